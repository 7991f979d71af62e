/*
 * repeats: objects in which a name stands twice.
 * Answers for finding them in linear time whatever the names, and for dropping all but the last
 * member of a name. Knows no text. Invariant: an object with a repeated name carries its mark.
 */
#ifndef DVG_VALUE_REPEATS_H
#define DVG_VALUE_REPEATS_H

#include "value/cell.h"

/* Working memory that is kept between objects. */
typedef struct dvg_repeats {
    const dvg_allocator *allocator;
    const dvg_seed *seed;
    uint32_t *slots; /* open addressing; 1 + index of a member, 0: free */
    size_t slot_capacity;
    const dvg_cell **names;
    size_t name_capacity;
} dvg_repeats;

void dvg_repeats_init(dvg_repeats *repeats, const dvg_allocator *allocator, const dvg_seed *seed);
void dvg_repeats_clear(dvg_repeats *repeats);

/* Look at the closed object at `position` with `count` members. Marks it and counts in the
 * document where a name stands twice; `*repeated` becomes the name cell of the first second
 * occurrence, else stays as it is. False: out of memory. */
bool dvg_repeats_check(dvg_repeats *repeats, dvg_document *document, size_t position,
                       uint64_t count, const dvg_cell **repeated);

/* Rewrite the tape so that of every name in an object only the last value is left, at the place
 * of the first; the cells dropped are counted as shadowed. False: out of memory. */
bool dvg_repeats_drop(dvg_repeats *repeats, dvg_document *document);

#endif
