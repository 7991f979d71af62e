/*
 * composite: keys that are more than one member of the element: several, or one deeper down.
 * Answers for finding, hashing, comparing and spelling them; what is matched by them is keymap.h's.
 * Private to diff/.
 */
#ifndef DVG_DIFF_COMPOSITE_H
#define DVG_DIFF_COMPOSITE_H

#include "diff/frame.h"

/* The value of one part; absent where a member on the way is. */
dvg_value dvg_composite_part(const dvg_key_part *part, dvg_value element);

/* A hash of all parts. `*none`: every part is absent or null. `*bad`: one is an array or an
 * object, whose type is in `*type`. */
uint64_t dvg_composite_hash(const dvg_key *key, dvg_value element, const dvg_seed *seed, bool *none,
                            bool *bad, dvg_type *type);

/* Have two elements the same key? */
bool dvg_composite_same(const dvg_key *key, dvg_value left, dvg_value right);

/* Give a place the key of an element of `side`, and its text. False: out of memory. */
bool dvg_composite_place(struct dvg_walker *walker, const dvg_keyed *keyed, int side,
                         const dvg_cell *element, struct dvg_pair *place);

#endif
