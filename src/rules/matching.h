/*
 * matching: the ways in which the elements of two arrays are put beside each other, and what a key
 * is made of. Answers for names and for checking a key's text; the matching itself is diff/'s.
 */
#ifndef DVG_RULES_MATCHING_H
#define DVG_RULES_MATCHING_H

#include "base/arena.h"
#include "base/error.h"

typedef enum dvg_matching {
    DVG_MATCH_INFER =
        0,              /* by a key that tells all elements apart, if there is one; else sequence */
    DVG_MATCH_POSITION, /* the first with the first, and so on */
    DVG_MATCH_SEQUENCE, /* in order, with as few insertions and deletions as can be found */
    DVG_MATCH_KEY,      /* by the value of a member, whatever the order */
    DVG_MATCH_MULTISET, /* equal ones, as often as they come, whatever the order */
    DVG_MATCH_BEST,     /* equal ones, then those that are most alike, whatever the order */
    DVG_MATCH_COUNT
} dvg_matching;

/* One part of a key: the names that lead to it, from the element on. */
typedef struct dvg_key_part {
    const dvg_text *names;
    size_t count;
    const char *shown; /* "id", "meta.id": what a path shows before '=' */
} dvg_key_part;

/* A key of one or more parts. */
typedef struct dvg_key {
    const dvg_key_part *parts;
    size_t count;
} dvg_key;

/* The ways by name, in their order; NULL-ended. */
extern const char *const dvg_matching_names[DVG_MATCH_COUNT + 1];

/* The way of a name; false: there is none, and `*matching` is untouched. */
bool dvg_matching_find(const char *name, dvg_matching *matching);

/* Parts that a key may have. */
enum { DVG_KEY_PARTS_MOST = 16 };

/* The parts of a key that is said in one text, separated by commas: "type,meta.id". Returns how
 * many there are; 0: too many, or one is empty. */
size_t dvg_key_split(const char *text, size_t size, dvg_text parts[DVG_KEY_PARTS_MOST]);

/* Read the parts of a key, each a path of names: "id", "meta.id", ["odd.name"]. `*key` lives in
 * `arena`. DVG_E_ARGUMENT: a part is empty, or names no member. DVG_E_MEMORY. */
dvg_status dvg_key_parse(const dvg_key **key, dvg_arena *arena, const dvg_text *texts, size_t count,
                         dvg_error *error);

#endif
