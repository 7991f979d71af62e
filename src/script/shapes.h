/*
 * shapes: the divergences of a result by shape: those of one file, class, kind, severity and
 * pattern of their path are one shape. Made where a report asks for it, since every path is
 * rendered. Invariant: every divergence that counts is in exactly one shape.
 */
#ifndef DVG_SCRIPT_SHAPES_H
#define DVG_SCRIPT_SHAPES_H

#include "engine/result.h"

typedef struct dvg_shape {
    size_t first; /* index of its first record; the others follow by `next` */
    size_t last;
    uint64_t count;
    uint64_t hash;
    size_t at;    /* of the pattern among all of them */
    size_t size;  /* of the pattern */
    bool told;    /* for the listing: the report was told of it */
    bool counted; /* and has counted it, so that its divergences are not told one by one */
} dvg_shape;

typedef struct dvg_shapes {
    dvg_allocator allocator;
    const dvg_result *result;
    dvg_shape *items; /* in the order of their first records */
    size_t count, capacity;
    size_t *slots; /* a number of a shape plus 1; 0: free */
    size_t slot_count;
    size_t *of;   /* by record: its shape */
    size_t *next; /* by record: the next one of the shape; SIZE_MAX: none */
    size_t record_count;
    dvg_buffer patterns;
} dvg_shapes;

/* The shapes of a result. Freed with dvg_shapes_free, which takes NULL as well. */
dvg_status dvg_shapes_new(dvg_shapes **shapes, const dvg_result *result, dvg_error *error);
void dvg_shapes_free(dvg_shapes *shapes);

/* Sort the shapes, the most frequent first; after that `of` means nothing. */
dvg_status dvg_shapes_sort(dvg_shapes *shapes, dvg_error *error);

#endif
