/*
 * step: where a node stands in its document, as a chain of steps towards the root.
 * Answers for rendering a chain as the reference's path text and as an RFC 6901 pointer; a chain
 * is made only for nodes that are reported, and rendered only when somebody asks.
 * Invariant: a step outlives every chain that begins below it (both live in one arena).
 */
#ifndef DVG_PATH_STEP_H
#define DVG_PATH_STEP_H

#include "base/buffer.h"
#include "value/document.h"

typedef enum dvg_step_kind {
    DVG_STEP_MEMBER, /* `value` is the member's name */
    DVG_STEP_INDEX,  /* `index` counts from 0 */
    DVG_STEP_KEYED,  /* `field` is the key's name, `value` the key (absent: none) */
    DVG_STEP_LABEL   /* no node at all: `field` is shown as it is, "<file>" */
} dvg_step_kind;

/* One step; NULL stands for the root. */
typedef struct dvg_step {
    const struct dvg_step *parent; /* towards the root; NULL: the root */
    dvg_step_kind kind;
    dvg_value value;
    const char
        *field; /* of a member: its name on the right, where that is another one, else NULL */
    uint64_t index[2]; /* where the element stands left and right; UINT64_MAX: not there */
} dvg_step;

/* Append the path text: "a.b[3].c", "objects[name=x]"; nothing is joined after an empty path.
 * The text is not unique: names may hold dots and brackets. "" for the root. */
void dvg_path_render(dvg_buffer *out, const dvg_step *step, const dvg_allocator *allocator);

/* Append the JSON Pointer into the document of `side` (0 left, 1 right): "/a/b/3/c"; "" for the
 * root and for labels. A keyed step is an index there. */
void dvg_path_pointer(dvg_buffer *out, const dvg_step *step, int side,
                      const dvg_allocator *allocator);

/* Append what stands for a key within brackets: a string as it is, else its Python text. */
void dvg_key_render(dvg_buffer *out, dvg_value key);

/* The steps of a chain from the root on, in the caller's storage. */
enum { DVG_STEPS_NEAR = 64 };

typedef struct dvg_steps {
    const dvg_step **list;
    uint64_t count;
    const dvg_step *near[DVG_STEPS_NEAR];
} dvg_steps;

/* Collect a chain. False: out of memory, and nothing has to be discarded. */
bool dvg_steps_collect(dvg_steps *steps, const dvg_step *step, const dvg_allocator *allocator);
void dvg_steps_discard(dvg_steps *steps, const dvg_allocator *allocator);

/* Number of steps to the root. */
uint64_t dvg_path_depth(const dvg_step *step);

#endif
