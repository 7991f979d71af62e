/*
 * similar: elements that have no equal one, partnered with what is most like them.
 * Answers for objects and arrays that hold enough of the same members or elements; how much is a
 * matter of taste, so that nothing is hidden by it: partners are compared, the others are reported.
 * Bounded: what stands in too many elements tells none apart and is not looked at. Private to
 * diff/.
 */
#ifndef DVG_DIFF_SIMILAR_H
#define DVG_DIFF_SIMILAR_H

#include "diff/partners.h"

/* Make partners of elements that have none. `ordered`: only such that no two pairs cross, among
 * themselves and with the partners that there are. False: failed. */
bool dvg_similar_join(struct dvg_elements *elements, bool ordered);

#endif
