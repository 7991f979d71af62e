/*
 * walk: two values side by side, every divergence between them in a fixed order.
 * Answers for objects, keyed arrays and sequences, for what is hidden by skips and for counting
 * every node; reports through a callback and keeps no record itself.
 * Invariant: each node of both values is counted exactly once in the ledger.
 *
 * Order: members that the right lacks, members that the left lacks, common ones, each sorted by
 * code point; keyed arrays likewise, sorted by the key's text; arrays by position: length, then
 * positions; in every other way: another order as a whole, then elements as the left array has
 * them.
 */
#ifndef DVG_DIFF_WALK_H
#define DVG_DIFF_WALK_H

#include "diff/record.h"

/* What the walk sets aside or takes in an odd way, without calling it a divergence. */
typedef enum dvg_oddity {
    DVG_ODDITY_STRANGER,  /* elements of a keyed array that are no objects */
    DVG_ODDITY_DUPLICATE, /* elements whose key a later one repeats */
    DVG_ODDITY_KEYLESS,   /* elements without a key */
    DVG_ODDITY_CUT,       /* arrays whose matching was ended by its budget; told of the left side */
    DVG_ODDITY_COUNT
} dvg_oddity;

/* Told once for each array, side and oddity, with how many elements; `path` leads to the array. */
typedef void (*dvg_oddity_fn)(void *payload, dvg_which side, dvg_oddity oddity, uint64_t count,
                              const dvg_step *path);

/* What a rule decided about a place, or would have if another had not, or (in a thorough walk) what
 * a skip or a keyed entry did. */
typedef struct dvg_hit {
    uint32_t rule, by;    /* DVG_RULE_NONE: no rule; `by` is the rule that decided */
    ptrdiff_t skip;       /* index of the skip's entry; -1: none */
    const dvg_keyed *key; /* NULL: none */
    bool hides;           /* it hid the place */
    const dvg_step
        *path;         /* of that place, if hidden ones are listed; NULL: the root, or not kept */
    uint64_t nodes[2]; /* that were hidden */
} dvg_hit;

/* A key that nobody named. */
typedef struct dvg_inference {
    uint32_t file;
    const dvg_step *path; /* of the array */
    const char *key;
    uint64_t count[2]; /* elements of either side */
    uint64_t common;   /* values of the key that are on both */
} dvg_inference;

typedef dvg_status (*dvg_inferred_fn)(void *payload, const dvg_inference *inference,
                                      dvg_error *error);

typedef dvg_status (*dvg_hit_fn)(void *payload, const dvg_hit *hit, dvg_error *error);

/* What a walk is told. All borrowed. */
typedef struct dvg_walk {
    const dvg_allocator *allocator;
    dvg_arena *steps; /* where the steps of reported paths are made */
    const dvg_rules *rules;
    const dvg_skip *skip; /* entries for this document; may be empty */
    const char *file;     /* name of the document */
    const char *shown[2]; /* what errors call it on each side */
    uint32_t file_index;  /* what records carry */
    const dvg_seed *seed;
    dvg_record_fn record;
    void *payload;
    dvg_ledger *ledger;   /* counts are added */
    dvg_oddity_fn oddity; /* may be NULL; gets `payload` too */
    bool threaded;        /* large arrays may be looked through in two threads */
    dvg_cancel_fn cancel; /* asked now and then; negative ends the walk; may be NULL */
    void *cancel_payload;
    const dvg_scope *scope;   /* places that are looked at; NULL: all. How arrays are matched does
                                 not depend on it */
    dvg_ruling *ruling;       /* begun for this document with `skip`; NULL: no rules */
    dvg_hit_fn hit;           /* told in the order of the walk; gets `payload` too; may be NULL */
    dvg_inferred_fn inferred; /* told of every key that is inferred, in the order of the walk; gets
                                 `payload` too; may be NULL */
    uint64_t *const *hashes; /* of subtrees, of another walk over the same documents; may be NULL */
    const dvg_step *base;    /* where the two values stand; NULL: they are roots */
    dvg_text bare;           /* bare last part of its path */
    bool every;              /* list equal and hidden elements of arrays, too: dvg_walk_pairs */
    bool probing;            /* only to find out whether anything is reported */
    bool list;               /* keep the paths of hidden places */
    bool thorough;           /* look at every place, however plain it is that all is equal below */
} dvg_walk;

/* Compare. DVG_E_MEMORY; DVG_E_INPUT where an array or object is the key of a keyed element;
 * DVG_E_CANCELLED; whatever the callback returned. */
dvg_status dvg_walk_run(const dvg_walk *walk, dvg_value left, dvg_value right, dvg_error *error);

/* Told of two elements that the walk puts beside each other, of which one may be absent. */
typedef void (*dvg_pair_fn)(void *payload, const dvg_step *step, dvg_value left, dvg_value right);

/* How the walk matches two arrays at `walk->base`, hidden elements included, and by what; an absent
 * value is an empty array. `*way` is there before the first pair is told, and untouched after a
 * failure; `pair` may be NULL. Reports and counts nothing; steps are made in `walk->steps`. The
 * statuses of dvg_walk_run. */
dvg_status dvg_walk_pairs(const dvg_walk *walk, dvg_value left, dvg_value right,
                          const dvg_keyed **way, dvg_pair_fn pair, void *payload, dvg_error *error);

#endif
