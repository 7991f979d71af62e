/*
 * reorder: the divergence of an array whose elements have another order: one, however many have
 * moved. Answers for saying it; who may is keyed.c's and sequence.c's business. Private to diff/.
 */
#ifndef DVG_DIFF_REORDER_H
#define DVG_DIFF_REORDER_H

#include "diff/keymap.h"

/* How much of it is in another order. */
typedef struct dvg_reorder_count {
    uint64_t moved;    /* the fewest that could have */
    uint64_t common;   /* elements that both sides have */
    uint32_t first[2]; /* where the first that has moved stands */
} dvg_reorder_count;

/* Report the array of a frame as reordered. False: failed. */
bool dvg_reorder_tell(struct dvg_walker *walker, size_t frame, const dvg_reorder_count *count);

/* Report if the elements that both sides have by key stand in another order. False: failed. */
bool dvg_reorder_report(struct dvg_walker *walker, size_t frame, const struct dvg_keymap *map);

#endif
