/*
 * ruling: the rules of a profile as one run meets them, document by document.
 * Answers for which rule decides: for each effect, the first that hits and names it; and for what
 * became of every rule. Knows nothing of how a document is walked.
 * Invariant: only dvg_ruling_count changes the counts, so that deciding can be undone.
 */
#ifndef DVG_RULES_RULING_H
#define DVG_RULES_RULING_H

#include "rules/rule.h"

/* No rule. */
#define DVG_RULE_NONE UINT32_MAX

/* What became of a rule. */
typedef struct dvg_rule_count {
    uint64_t hits;      /* times it decided something */
    uint64_t nodes[2];  /* that it hid on either side */
    uint64_t shadowed;  /* times an earlier rule had decided already */
    uint32_t shadow;    /* the first of those, in the order of rules */
    uint64_t documents; /* walked, that it is for */
    uint64_t found;     /* divergences in the documents that it is for */
} dvg_rule_count;

/* A place in a document, for errors. */
struct dvg_at {
    const char *file;
    const dvg_step *step;
};

/* Asks the function that a script has for a rule what it makes of two values. */
typedef struct dvg_normalizer {
    /* Two scalars: does it make the same of both, though they differ? DVG_E_SCRIPT, DVG_E_MEMORY,
     * DVG_E_LIMIT. */
    dvg_status (*ask)(void *payload, const dvg_rule *rule, const struct dvg_at *at,
                      const dvg_value values[2], bool *same, dvg_error *error);
    void *payload;
} dvg_normalizer;

/* In the caller's storage. */
typedef struct dvg_ruling {
    const dvg_rules *rules;
    dvg_allocator allocator;
    const char *file;       /* the document at hand */
    dvg_rule_count *counts; /* one for each rule */
    uint32_t *active;       /* rules that are for the document at hand, in their order */
    size_t active_count;
    unsigned places;    /* effects that some of these have on places */
    size_t loose_count; /* those of `active` that may hit places with any last part */
    uint32_t *loose;
    uint64_t *place_hits;      /* places that each pattern of the scope matched */
    uint64_t *file_hits;       /* the same for files and globs */
    dvg_normalizer normalizer; /* set by whoever has scripts; else no rule has a function */
    bool failed;               /* out of memory */
} dvg_ruling;

/* What is asked about. */
typedef struct dvg_rule_query {
    const dvg_step *step;
    dvg_kind kind; /* DVG_KIND_COUNT: nothing was found there yet, so rules for a kind do not hit */
    dvg_which side;
    const void *owner; /* only rules of that script; NULL: all */
} dvg_rule_query;

/* Rules for no document yet. False: out of memory. */
bool dvg_ruling_init(dvg_ruling *ruling, const dvg_rules *rules, const dvg_allocator *allocator);
void dvg_ruling_clear(dvg_ruling *ruling);

/* The document `file` comes next. `skip`, if it is walked, is made to ask about the last parts of
 * paths on which rules decide. */
void dvg_ruling_begin(dvg_ruling *ruling, const char *file, dvg_skip *skip);

/* The rule that decides the effect; DVG_RULE_NONE: none does. Counts nothing. */
uint32_t dvg_ruling_decide(dvg_ruling *ruling, dvg_effect effect, const dvg_rule_query *query);

/* The next rule behind `rule` that hits as well. */
uint32_t dvg_ruling_next(dvg_ruling *ruling, dvg_effect effect, const dvg_rule_query *query,
                         uint32_t rule);

/* The rule that hides a place which the step leads through; DVG_RULE_NONE: none does. */
uint32_t dvg_ruling_around(dvg_ruling *ruling, const dvg_step *step);

/* Can a loose rule hit this place or one below? */
bool dvg_ruling_leads_on(dvg_ruling *ruling, const dvg_step *step);

/* Count for `rule` that it decided, or (where `by` is another one) that `by` did before it. */
void dvg_ruling_count(dvg_ruling *ruling, uint32_t rule, uint32_t by, const uint64_t nodes[2]);

/* Decide about a divergence, and count it. */
uint32_t dvg_ruling_judge(dvg_ruling *ruling, dvg_effect effect, const dvg_rule_query *query);

#endif
