/*
 * pattern: which nodes of a document a rule speaks of.
 *
 *     a.b          members by name            ["odd.name"]   a member with any name
 *     *            one member                 **             any number of steps, none too
 *     [3]          an element by position     [*]            any element
 *     [key=value]  an element of a keyed array, by its key's text; [key="a]b"] with quotes
 *     /a/3/b       a JSON Pointer (RFC 6901): a text that begins with a slash
 *
 * Answers for parsing and for matching a chain of steps; does not know what a rule does.
 * Without recursion, and in time proportional to steps times parts, whatever the pattern.
 */
#ifndef DVG_PATH_PATTERN_H
#define DVG_PATH_PATTERN_H

#include "base/arena.h"
#include "base/error.h"
#include "path/step.h"

/* Parts that a pattern may have: they are a set of bits while it is matched. */
enum { DVG_PATTERN_PARTS_MOST = 62 };

typedef enum dvg_part_kind {
    DVG_PART_NAME,    /* `text` */
    DVG_PART_MEMBER,  /* any */
    DVG_PART_DEPTH,   /* any number of steps */
    DVG_PART_ELEMENT, /* any */
    DVG_PART_INDEX,   /* `index` */
    DVG_PART_KEY,     /* `field` is the key's name, `text` its text */
    DVG_PART_TOKEN /* of a pointer: `text` as a name, or `index` if it is one (else UINT64_MAX) */
} dvg_part_kind;

typedef struct dvg_part {
    dvg_part_kind kind;
    dvg_text text, field;
    uint64_t index;
} dvg_part;

typedef struct dvg_pattern {
    const dvg_part *parts;
    size_t count; /* 0: the root */
} dvg_pattern;

/* Parse a text; the parts and their texts live in `arena`. DVG_E_ARGUMENT: the message says what is
 * wrong and at which character. DVG_E_MEMORY. */
dvg_status dvg_pattern_parse(dvg_pattern *pattern, dvg_arena *arena, const char *text, size_t size,
                             dvg_error *error);

/* Does the pattern match the node that the chain leads to? `*failed` becomes true for lack of
 * memory. */
bool dvg_pattern_match(const dvg_pattern *pattern, const dvg_step *step,
                       const dvg_allocator *allocator, bool *failed);

/* Does it match that node, or can it match one below? */
bool dvg_pattern_leads_on(const dvg_pattern *pattern, const dvg_step *step,
                          const dvg_allocator *allocator, bool *failed);

/* Told what the last part of a path that matches may be, up to its first '['. */
typedef bool (*dvg_tail_fn)(void *payload, const char *text, size_t size);

/* Tell the last parts (see dvg_skip_maybe) of all paths that the pattern may match, but keys with
 * dots are no part of a path here; what is below a match counts as matched where `whole`. False:
 * the last part may be anything, or `tail` returned false. */
bool dvg_pattern_tails(const dvg_pattern *pattern, bool whole, dvg_tail_fn tail, void *payload);

/* Append the pattern that matches a chain and its siblings: positions and keys are [*]. */
void dvg_pattern_render(dvg_buffer *out, const dvg_step *step, const dvg_allocator *allocator);

#endif
