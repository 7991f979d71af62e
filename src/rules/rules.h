/*
 * rules: what a profile says, as plain data: which documents, how they are read and matched, what
 * is set aside, which classes there are. Filled in by a script or a host, then fixed.
 * Answers for storing and for the checks that need no script; does not compare anything.
 * Invariant: after dvg_rules_finish nothing changes; all texts live in its arena.
 */
#ifndef DVG_RULES_RULES_H
#define DVG_RULES_RULES_H

#include "base/arena.h"
#include "base/error.h"
#include "json/reader.h"
#include "path/skip.h"
#include "rules/kind.h"
#include "rules/matching.h"
#include "rules/within.h"
#include "rules/severity.h"
#include "value/equal.h"

/* A class that divergences can have. */
typedef struct dvg_class {
    const char *name;
    const char *title; /* the name where the profile gives none */
    dvg_severity severity;
} dvg_class;

/* An array whose elements are matched in some way. One of a profile's `keyed` is chosen by the bare
 * name of the array: the path's text after its last '.' up to the first '['. */
typedef struct dvg_keyed {
    const char *file; /* document name or glob; "*": every one */
    const char *field;
    size_t field_size;
    const char *key; /* with DVG_MATCH_KEY: the member, or what stands before '=' in a path */
    size_t key_size;
    const dvg_key *parts; /* a key of several members, or a nested one; NULL: the member `key` */
    dvg_matching matching;
    bool inferred; /* nobody said so */
} dvg_keyed;

/* An entry that hides paths. */
typedef struct dvg_skip_rule {
    const char *file; /* document name or glob; "*": every one */
    const char *entry;
    size_t entry_size;
} dvg_skip_rule;

/* Sides by number, and none. */
typedef enum dvg_which { DVG_NEITHER = -1, DVG_THE_LEFT = 0, DVG_THE_RIGHT = 1 } dvg_which;

typedef struct dvg_rule dvg_rule;

typedef struct dvg_rules {
    dvg_arena arena;
    const char *name;          /* of the profile */
    const char *title;         /* for people; the name where none is given */
    bool builtin;              /* the profile is one of the embedded ones */
    const char *side_names[2]; /* "left" and "right" where none are given */
    const char **documents;    /* names and globs, in report order */
    size_t document_count, document_capacity;
    const char **bytes; /* names and globs of files that are compared byte by byte */
    size_t bytes_count, bytes_capacity;
    dvg_matching arrays;       /* how arrays are matched of which nothing is said */
    bool surplus_is_length;    /* of two sequences the lengths are reported, not what is too much */
    const char *manifest_file; /* NULL: no manifest */
    const char *manifest_at;   /* member of the manifest's root that maps names to digests */
    dvg_reading reading;
    dvg_numbers numbers;
    const char *kind_names[DVG_KIND_COUNT];
    dvg_which absent_on_both; /* whose absence is reported where a document is on neither side */
    dvg_which output_beside;  /* reports go to the parent folder of that side */
    const char *output_name;  /* NULL: standard output */
    dvg_skip_rule *skips;
    size_t skip_count, skip_capacity;
    const char *skip_from_document; /* root member that lists further entries; NULL: none */
    dvg_keyed *keyed;
    size_t keyed_count, keyed_capacity;
    dvg_class *classes;
    size_t class_count, class_capacity;
    dvg_rule *rules; /* in the order in which they are asked: rule.h */
    size_t rule_count, rule_capacity;
    size_t match_count; /* those in front that were added one by one */
    dvg_scope scope;    /* what may be looked at */
} dvg_rules;

/* Empty rules with every default, in the caller's storage. */
void dvg_rules_init(dvg_rules *rules, const dvg_allocator *allocator);
void dvg_rules_clear(dvg_rules *rules);

/* A NUL-ended copy of a text in the rules' arena; NULL: out of memory. */
const char *dvg_rules_text(dvg_rules *rules, const char *text, size_t size);

/* Append one item; texts are copied. DVG_E_MEMORY, or DVG_E_ARGUMENT with a message where an item
 * repeats an earlier one (document, file of bytes, class, keyed array of a
 * file). */
dvg_status dvg_rules_add_document(dvg_rules *rules, const char *name, size_t size,
                                  dvg_error *error);
dvg_status dvg_rules_add_bytes(dvg_rules *rules, const char *name, size_t size, dvg_error *error);
dvg_status dvg_rules_add_skip(dvg_rules *rules, const char *file, const char *entry, size_t size,
                              dvg_error *error);
dvg_status dvg_rules_add_keyed(dvg_rules *rules, const char *file, const char *field,
                               size_t field_size, const char *key, size_t key_size,
                               dvg_error *error);
/* Give a way of matching a key of `count` parts, each a name or a path of names; 0 is none. Texts
 * are copied. DVG_E_ARGUMENT with a message, DVG_E_MEMORY. */
dvg_status dvg_rules_set_key(dvg_rules *rules, dvg_keyed *keyed, const dvg_text *texts,
                             size_t count, dvg_error *error);

dvg_status dvg_rules_add_class(dvg_rules *rules, const char *name, size_t name_size,
                               const char *title, size_t title_size, dvg_severity severity,
                               dvg_error *error);

/* Check what belongs together (skips and keyed arrays name documents of the profile, one of its
 * globs, a name that one of them matches, or "*") and
 * fill in names that were not given. DVG_E_ARGUMENT with a message. */
dvg_status dvg_rules_finish(dvg_rules *rules, dvg_error *error);

/* Must the directories be listed to know which files are compared? */
bool dvg_rules_lists(const dvg_rules *rules);

/* Does one of the names and globs mean that file? */
bool dvg_rules_match(const char *const *patterns, size_t count, const char *name);

/* Does what a skip or a keyed array names as its file concern that document? */
bool dvg_rules_concern(const char *pattern, const char *file);

/* Can one of the names and globs mean a file below the folder `name`? */
bool dvg_rules_reach(const char *const *patterns, size_t count, const char *name);

/* Index of a class by name, or -1. */
ptrdiff_t dvg_rules_class(const dvg_rules *rules, const char *name, size_t size);

/* The key of arrays with the bare name `field` in document `file`, as said for that name, else for
 * the first glob that matches, else for "*"; NULL: they are sequences. */
const dvg_keyed *dvg_rules_keyed(const dvg_rules *rules, const char *file, const char *field,
                                 size_t size);

/* Name of a kind as this profile shows it. */
const char *dvg_rules_kind_name(const dvg_rules *rules, dvg_kind kind);

#endif
