/*
 * shape: what objects of one make have in common: the text between their values.
 * Arrays of state hold objects that list the same names in the same order, laid out alike. What
 * stands in front of each value, names included, is learnt from one of them; where it stands again,
 * byte for byte, nothing of it has to be looked at once more. Answers for learning and finding
 * shapes. Private to json/.
 * Invariant: a shape was learnt from an object in which no name is repeated, so that an object that
 * has every part of it repeats none.
 */
#ifndef DVG_JSON_SHAPE_H
#define DVG_JSON_SHAPE_H

#include "value/cell.h"

/* What stands before a value, from behind the value or the bracket before it; in the last part of a
 * shape, up to the object's end. */
struct dvg_part {
    size_t text; /* where it stands in the source */
    size_t size;
    dvg_cell name; /* its place is counted from the part's; 0: the object ends here */
};

struct dvg_shape {
    size_t first;    /* part */
    unsigned missed; /* objects in a row that began like it and went on in another way */
};

enum {
    DVG_SHAPES = 64,
    DVG_SHAPE_SLOTS = 256,
    DVG_SHAPE_MEMBERS = 64 /* most members of an object that is learnt */
};

struct dvg_shapes {
    struct dvg_part *parts;
    size_t part_count, part_capacity;
    struct dvg_shape shape[DVG_SHAPES];
    size_t count;
    size_t generation; /* how often all were forgotten: whoever kept a part has to look */
    unsigned char slots[DVG_SHAPE_SLOTS]; /* by first name: 1 + the shape learnt last; 0: none */
};

/* An object at the end of its text. */
struct dvg_learnt {
    const char *source;
    const dvg_cell *object;
    uint64_t count;  /* of members */
    const char *end; /* behind its bracket */
};

void dvg_shapes_clear(struct dvg_shapes *shapes, const dvg_allocator *allocator);

/* Learn the shape of an object that repeats no name; one that is too odd for it is passed over.
 * False: out of memory. */
bool dvg_shapes_learn(struct dvg_shapes *shapes, const struct dvg_learnt *learnt,
                      const dvg_allocator *allocator);

/* The shape learnt last whose first name is the one that follows at `at`, behind an opening
 * bracket, perhaps; else `otherwise`. */
size_t dvg_shapes_find(const struct dvg_shapes *shapes, const char *at, size_t otherwise);

#endif
