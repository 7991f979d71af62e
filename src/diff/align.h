/*
 * align: the elements of two sequences, partnered in order with as few left over as can be found.
 * Answers for elements that are equal; what is only alike is similar.h's. Exact where every element
 * stands once on a side; else by the greedy search of Myers ("An O(ND) difference algorithm and its
 * variations", 1986) from both ends, within a budget, so that time stays near linear. Private to
 * diff/.
 */
#ifndef DVG_DIFF_ALIGN_H
#define DVG_DIFF_ALIGN_H

#include "diff/partners.h"

/* Make partners. elements->cut tells that the budget ended the search. False: failed. */
bool dvg_align(struct dvg_elements *elements);

/* Of `count` positions the members of a longest run that rises, as marks in `kept`: the fewest have
 * to move. Returns how many are kept; SIZE_MAX: out of memory. */
size_t dvg_align_rising(const dvg_allocator *allocator, const uint32_t *positions, size_t count,
                        bool *kept);

#endif
