/*
 * subtree: a hash of every value and of what is in it, for finding elements that are equal.
 * Answers for this: values that the walk would find equal have one hash. What rules or skips may
 * decide about, and arrays that are matched by more than position, are left out of it, and then
 * the value is open: one hash says only that it may be equal. Each is made once for a walk, when
 * the value or one around it is first asked for. Without recursion. Private to diff/.
 */
#ifndef DVG_DIFF_SUBTREE_H
#define DVG_DIFF_SUBTREE_H

#include "diff/frame.h"

/* Hash of a value of `side`, whose path has the bare last part `bare`; never 0. Its lowest bit says
 * that the value is open. 0: failed. */
uint64_t dvg_subtree_hash(struct dvg_walker *walker, int side, const dvg_cell *cell, dvg_text bare);

/* Hash of a value as it stands, open or not: what is the same for everybody has one. Made anew each
 * time. 0: failed. */
uint64_t dvg_subtree_exact(struct dvg_walker *walker, int side, const dvg_cell *cell);

/* Hash of a member, its name's cell given, and its value. 0: failed. */
uint64_t dvg_subtree_member(struct dvg_walker *walker, int side, const dvg_cell *name);

static inline bool dvg_subtree_is_open(uint64_t hash) { return (hash & 1) != 0; }

/* Are two values the same, whatever rules say? False where one is open, or the walker failed. */
bool dvg_subtree_same(struct dvg_walker *walker, const dvg_cell *left, const dvg_cell *right,
                      dvg_text bare);

void dvg_subtree_clear(struct dvg_walker *walker);

/* Two hashes as one; the order counts. */
static inline uint64_t dvg_hash_mix(uint64_t a, uint64_t b)
{
    uint64_t mixed = (a ^ (b + UINT64_C(0x9e3779b97f4a7c15) + (a << 6) + (a >> 2)));
    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

#endif
