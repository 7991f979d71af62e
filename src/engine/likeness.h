/*
 * likeness: what rules say of the equality of two values, in words. Private to engine/.
 */
#ifndef DVG_ENGINE_LIKENESS_H
#define DVG_ENGINE_LIKENESS_H

#include "engine/descend.h"
#include "engine/telling.h"

/* Tell by which rule a member goes with one of another name, if it does. */
void dvg_tell_rename(struct dvg_telling *telling, dvg_ruling *ruling, const dvg_spot *spot);

/* Tell by which rules two values that differ are equal. False: they are not, or do not differ. */
bool dvg_tell_likeness(struct dvg_telling *telling, dvg_ruling *ruling, const dvg_spot *spot);

#endif
