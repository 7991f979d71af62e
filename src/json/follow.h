/*
 * follow: reading what stands as an earlier object has shown it.
 * An object that has the shape of an earlier one is read value by value; whatever is odd, or new,
 * is left to the reader, which learns from it.
 * Private to json/: the state of a reader stands here, since both halves of it work on it.
 */
#ifndef DVG_JSON_FOLLOW_H
#define DVG_JSON_FOLLOW_H

#include "json/reader.h"
#include "json/scan.h"
#include "json/shape.h"
#include "value/repeats.h"

struct dvg_level {
    size_t position; /* of the container's cell */
    uint64_t count;  /* elements or members so far */
    uint64_t seen;   /* one bit a name so far */
    size_t part;     /* object: 1 + the part of its shape that comes next; 0: it has none */
    size_t generation;
    size_t shape; /* of this object or, until one begins, of the last one on this level */
    const char
        *between; /* array: white space and a comma as they stood between two elements, here */
    size_t gap;   /* or in an earlier array of this level; their size, 0: unknown */
    bool array;
    bool followed; /* names were taken as parts of a shape: their bits are not among `seen` */
    bool suspect;  /* a name may stand twice: two have one bit, or some were not looked at */
};

struct dvg_reader {
    struct dvg_scan scan;
    dvg_document *document;
    dvg_cell *next;  /* where the next cell goes; the document learns of it by tell_document */
    dvg_cell *limit; /* so far, within the room for cells */
    dvg_cell *cells; /* where that room began when it was last looked at */
    const dvg_reading *reading;
    struct dvg_level *levels;
    size_t depth, level_capacity;
    size_t levels_used; /* so many were open at once */
    dvg_repeats repeats;
    struct dvg_shapes shapes;
    uint64_t special;   /* not 0: a name may hold a dot or a bracket */
    size_t digits_most; /* of an integer that needs no second look */
    bool follow;        /* every place of the text fits into a cell */
};

/* Open a level, for which there is room. Its container has the cell at `position`. */
static inline void dvg_reader_open(struct dvg_reader *r, enum dvg_tag tag, size_t position)
{
    struct dvg_level *level = &r->levels[r->depth];
    if (r->depth++ == r->levels_used) {
        level->shape = level->gap = 0;
        r->levels_used++;
    }
    level->position = position;
    level->count = level->seen = 0;
    level->part = 0;
    level->array = tag == DVG_TAG_ARRAY;
    level->followed = level->suspect = false;
}

/* Learn from the object of `level`, which has just been closed and repeats no name. False: out of
 * memory. */
bool dvg_reader_learn(struct dvg_reader *r, const struct dvg_level *level);

/* Take elements, and members as their object's shape has them, as long as their values are
 * containers or scalars that need no second look, and close what ends. Whatever else comes is left
 * to the reader. True: what comes is the value of a member whose name has been taken. */
bool dvg_reader_follow(struct dvg_reader *r);

#endif
