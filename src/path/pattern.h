/*
 * pattern: which nodes of a document a rule speaks of.
 *
 *     a.b          members by name            ["odd.name"]   a member with any name
 *     *            one member                 **             any number of steps, none too
 *     [3]          an element by position     [*]            any element
 *     [<3] [>3]    one that only the left side has, or the right one, where it stands there
 *     [3>5]        one that stands at 3 on the left and at 5 on the right
 *     [key=value]  an element of a keyed array, by its key's text
 *     [key="a]b"]  the same, and the key is a string; ["odd key"="x"]
 *     [key==1]     the same, and the key is none: a literal, as it stands in its document
 *     /a/3/b       a JSON Pointer (RFC 6901): a text that begins with a slash; it matches the node
 *                  that it leads to in the left document, and the one in the right document
 *
 * Texts in quotes have escapes, see quote.h. Answers for parsing, for matching a chain of steps and
 * for the pattern that matches one chain, or it and its siblings; does not know what a rule does.
 * Without recursion, and in time proportional to steps times parts, whatever the pattern.
 */
#ifndef DVG_PATH_PATTERN_H
#define DVG_PATH_PATTERN_H

#include "base/arena.h"
#include "base/error.h"
#include "path/step.h"

/* Parts that a pattern with a "**" may have: they are a set of bits while it is matched. */
enum { DVG_PATTERN_PARTS_MOST = 62 };

typedef enum dvg_part_kind {
    DVG_PART_NAME,    /* `text` */
    DVG_PART_MEMBER,  /* any */
    DVG_PART_DEPTH,   /* any number of steps */
    DVG_PART_ELEMENT, /* any */
    DVG_PART_INDEX,   /* `where` */
    DVG_PART_KEY,     /* `field` is the key's name, `text` its text, read as `key` says */
    DVG_PART_TOKEN /* of a pointer: `text` as a name, or `index` if it is one (else UINT64_MAX) */
} dvg_part_kind;

/* Where an element stands. */
typedef enum dvg_part_where {
    DVG_WHERE_EITHER, /* `index` left, or right where the left side has it not */
    DVG_WHERE_LEFT,   /* `index` left, and not on the right */
    DVG_WHERE_RIGHT,  /* `index` right, and not on the left */
    DVG_WHERE_BOTH    /* `index` left and `right` right */
} dvg_part_where;

/* What a key is. Further keys of one element would stand beside `field` and `text`. */
typedef enum dvg_part_key {
    DVG_KEY_TEXT,   /* anything with that text */
    DVG_KEY_STRING, /* a string */
    DVG_KEY_LITERAL /* no string; as it stands in the document */
} dvg_part_key;

typedef struct dvg_part {
    dvg_part_kind kind;
    dvg_part_where where;
    dvg_part_key key;
    dvg_text text, field;
    uint64_t index, right;
} dvg_part;

typedef struct dvg_pattern {
    const dvg_part *parts;
    size_t count; /* 0: the root */
    bool deep;    /* some part is a "**" */
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

/* A key that is no string, as it stands in its document; "" for what is no such key. */
dvg_text dvg_path_literal(dvg_value key);

/* Append the pattern that matches this chain and no other of the same two documents, but further
 * occurrences of a name or a key that is repeated. An element without a key that can be written is
 * named by its position. */
void dvg_path_quoted(dvg_buffer *out, const dvg_step *step, const dvg_allocator *allocator);

#endif
