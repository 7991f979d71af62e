/*
 * follow: reading what an earlier object has shown already.
 * Arrays of state hold objects that list the same names in the same order. So the container that
 * stood at the same place in the element before is a model, or else the object that last began
 * with the same name: a name that agrees with the model's is taken over without a scan, and an
 * object that follows its model to the letter repeats no name if the model repeats none.
 * Private to json/: the state of a reader stands here, since both halves of it work on it.
 */
#ifndef DVG_JSON_FOLLOW_H
#define DVG_JSON_FOLLOW_H

#include "json/reader.h"
#include "json/scan.h"
#include "value/repeats.h"

struct dvg_level {
    size_t position;  /* of the container's cell */
    uint64_t count;   /* elements or members so far */
    uint64_t seen;    /* one bit a name so far */
    size_t model;     /* array: the element before; object: the name that is expected next */
    size_t model_end; /* object: behind the last name that can be expected; 0: none is expected */
    const char *between; /* white space and a comma as they stood between two children, here or */
    size_t gap;          /* in an earlier container of this level; their size, 0: unknown */
    bool array;
    bool followed; /* names were taken over from a model: their bits are not among `seen` */
    bool suspect;  /* a name may stand twice: two have one bit, or some were not looked at */
};

enum { SHAPES = 64 }; /* one for each bit of a name */

struct dvg_reader {
    struct dvg_scan scan;
    dvg_document *document;
    dvg_cell *next;  /* where the next cell goes; the document learns of it by tell_document */
    dvg_cell *limit; /* end of the room for cells */
    const dvg_reading *reading;
    struct dvg_level *levels;
    size_t depth, level_capacity;
    size_t levels_used; /* so many were open at once */
    dvg_repeats repeats;
    uint64_t special;      /* not 0: a name may hold a dot or a bracket */
    size_t like;           /* model of the value that is about to be read; 0: none */
    size_t shapes[SHAPES]; /* by first name: 1 + position of the last object that has it; 0: none */
    size_t digits_most;    /* of an integer that needs no second look */
    bool follow;           /* every place of the text fits into a cell */
};

/* The object of `level` began with the name that was just read, one of whose bits is `bit`: an
 * earlier one that did is the model of the rest, if it is closed and no name in it is repeated. */
void dvg_reader_find_model(struct dvg_reader *r, struct dvg_level *level, uint64_t bit);

/* What the model at `like` (0: none) says of the children of a container that is being opened. */
static inline void dvg_reader_set_model(const struct dvg_reader *r, struct dvg_level *level,
                                        enum dvg_tag tag, size_t like)
{
    dvg_cell model = like == 0 ? 0 : r->document->cells[like];
    if (like == 0 || dvg_cell_tag(model) != tag || dvg_cell_extent(model) == 0)
        return;
    level->model = like + 1;
    level->model_end = like + 1 + dvg_cell_extent(model);
}

/* Open a level, for which there is room. Its container has the cell at `position`. */
static inline void dvg_reader_open(struct dvg_reader *r, enum dvg_tag tag, size_t position,
                                   size_t like)
{
    struct dvg_level *level = &r->levels[r->depth];
    if (r->depth++ == r->levels_used) {
        level->gap = 0;
        r->levels_used++;
    }
    level->position = position;
    level->count = level->seen = 0;
    level->model = level->model_end = 0;
    level->array = tag == DVG_TAG_ARRAY;
    level->followed = level->suspect = false;
    dvg_reader_set_model(r, level, tag, like);
}

/* Take elements, and members whose names are the model's, as long as their values are containers
 * or scalars that need no second look, and close what ends. Whatever else comes is left to the
 * reader. */
void dvg_reader_follow(struct dvg_reader *r);

#endif
