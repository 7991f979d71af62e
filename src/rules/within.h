/*
 * within: what a run is restricted to: places of documents, by patterns, and files, by globs.
 * Answers for what was asked for; what of it was there, a run counts.
 */
#ifndef DVG_RULES_WITHIN_H
#define DVG_RULES_WITHIN_H

#include "path/pattern.h"

/* A pattern or a glob, in the arena of its rules. */
typedef struct dvg_within {
    const char *text;
    dvg_pattern pattern; /* not of a glob */
    struct dvg_within *next;
} dvg_within;

/* What may be looked at; nothing is: everything may. */
typedef struct dvg_scope {
    dvg_within *places, *files; /* in the order in which they were said */
    size_t place_count, file_count;
} dvg_scope;

/* Add a pattern or a glob; the text is copied. DVG_E_ARGUMENT: it is none. DVG_E_MEMORY. */
dvg_status dvg_scope_add_place(dvg_scope *scope, dvg_arena *arena, const char *pattern,
                               dvg_error *error);
dvg_status dvg_scope_add_file(dvg_scope *scope, dvg_arena *arena, const char *glob,
                              dvg_error *error);

/* Does a glob of the scope match the file's name, or are there none? `hits`, one for each, counts;
 * it may be NULL. */
bool dvg_scope_has_file(const dvg_scope *scope, const char *name, uint64_t *hits);

/* How a place stands to the patterns. */
typedef enum dvg_standing {
    DVG_OUTSIDE,
    DVG_LEADS_INSIDE, /* a place below may match */
    DVG_INSIDE        /* it matches; what it stands in is the caller's to know */
} dvg_standing;

/* `hits`, one for each pattern, counts those that match; it may be NULL. */
dvg_standing dvg_scope_stand(const dvg_scope *scope, const dvg_step *step, uint64_t *hits,
                             const dvg_allocator *allocator, bool *failed);

#endif
