/*
 * descend: the places of two documents that a path names, whether they differ or not.
 * Answers for going the way that the walk would go, for what is hidden on it and how its arrays are
 * matched; reports nothing. The text of a path may name several places, since names may hold dots
 * and brackets. Private to engine/.
 */
#ifndef DVG_ENGINE_DESCEND_H
#define DVG_ENGINE_DESCEND_H

#include "engine/result.h"

/* What hides a place, or how an array is matched: a rule, an entry, or neither. */
typedef struct dvg_decider {
    uint32_t rule;          /* DVG_RULE_NONE: none */
    const char *skip;       /* the entry; NULL: none */
    const dvg_keyed *keyed; /* how elements are matched; NULL: they cannot be */
    const dvg_step *path;   /* what is hidden; of an array: the array */
    bool is;                /* the place is hidden */
} dvg_decider;

/* A place. */
typedef struct dvg_spot {
    const dvg_step *path; /* NULL: the root */
    dvg_value value[2];   /* absent: not there */
    dvg_decider hidden;   /* it, or what it stands in */
    dvg_decider matched;  /* an element: how its array is */
    dvg_decider inner;    /* an array on both sides: how it is */
    bool element, array;
    bool alone; /* inside of what only one side has, or of two types */
} dvg_spot;

/* Places that a search keeps. */
enum { DVG_SEARCH_MOST = 1000 };

/* What is looked for, and where. */
typedef struct dvg_search {
    const dvg_allocator *allocator;
    dvg_arena *arena;   /* of steps */
    dvg_ruling *ruling; /* begun for the document */
    const dvg_skip *skip;
    const char *file;
    const dvg_seed *seed;
    dvg_text path;              /* as reports write it as a text */
    const dvg_pattern *pattern; /* the same text as a pattern or a JSON Pointer; NULL: it is none */
    dvg_spot *spots;
    size_t count, capacity; /* found; cleared by dvg_search_clear */
    bool many;              /* there are more than are kept */
} dvg_search;

/* Find the places. False: out of memory. */
bool dvg_search_run(dvg_search *search, const dvg_value roots[2]);
void dvg_search_clear(dvg_search *search);

#endif
