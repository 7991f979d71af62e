/*
 * inferred: the keys that a run found for arrays of which nobody said how they are matched: those
 * of one shape and one key together, so that a reader sees each guess once.
 */
#ifndef DVG_ENGINE_INFERRED_H
#define DVG_ENGINE_INFERRED_H

#include "diff/walk.h"

/* A key, and what it was found for. */
typedef struct dvg_inferred {
    uint32_t file;
    const char *pattern; /* of the arrays */
    const char *key;
    uint64_t arrays;
    uint64_t count[2]; /* elements of either side */
    uint64_t common;   /* values of the key that are on both sides */
} dvg_inferred;

/* In the caller's storage; all zero is empty. */
typedef struct dvg_inferences {
    dvg_inferred *items;
    size_t count, capacity;
    uint64_t more; /* arrays whose shape is not among the first DVG_INFERRED_MOST */
} dvg_inferences;

enum { DVG_INFERRED_MOST = 1000 };

/* Add one. False: out of memory. */
bool dvg_inferences_add(dvg_inferences *inferences, const dvg_inference *inference,
                        const dvg_allocator *allocator);
void dvg_inferences_clear(dvg_inferences *inferences, const dvg_allocator *allocator);

#endif
