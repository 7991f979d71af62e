/*
 * audit: what is kept of a run beside its result where somebody wants to know who decided what:
 * counts of skips and keyed arrays, hidden places, and who named each class and severity.
 * Answers for keeping it; the counts of rules are always there, see rules/ruling.h.
 * Invariant: origins stand beside the records and the suppressed ones of the result, one for one.
 */
#ifndef DVG_ENGINE_AUDIT_H
#define DVG_ENGINE_AUDIT_H

#include "diff/walk.h"

/* Who decided about a divergence. A rule, else the function that begins at that line, else nobody:
 * then it is the default class, and the severity of the class. */
typedef struct dvg_origin {
    uint32_t class_rule, severity_rule;     /* DVG_RULE_NONE: no rule */
    const char *class_file, *severity_file; /* NULL: no function; live with the profile */
    uint64_t class_line, severity_line;
} dvg_origin;

typedef struct dvg_origins {
    dvg_origin *items;
    size_t count, capacity;
} dvg_origins;

/* A place that a skip or a rule hid. */
typedef struct dvg_hidden {
    uint32_t file;
    uint32_t rule;        /* DVG_RULE_NONE: a skip */
    const char *entry;    /* of the skip */
    const dvg_step *path; /* NULL: the root */
    uint64_t nodes[2];
} dvg_hidden;

/* What a skip or a keyed array of the profile did. */
typedef struct dvg_entry_count {
    uint64_t hits;
    uint64_t nodes[2];
} dvg_entry_count;

/* In the caller's storage; all zero is one that is off. */
typedef struct dvg_audit {
    bool on;
    dvg_entry_count *entries; /* skips, those that documents list as one, keyed arrays */
    size_t entry_count;
    dvg_origins records, suppressed;
    dvg_hidden *hidden; /* the first ones */
    size_t hidden_count, hidden_capacity, hidden_most;
} dvg_audit;

/* Begin one that lists up to `most` hidden places. False: out of memory. */
bool dvg_audit_init(dvg_audit *audit, const dvg_rules *rules, size_t most,
                    const dvg_allocator *allocator);
void dvg_audit_clear(dvg_audit *audit, const dvg_allocator *allocator);

/* Keep who decided about the next record. False: out of memory. */
bool dvg_audit_add_origin(dvg_origins *origins, const dvg_origin *origin,
                          const dvg_allocator *allocator);

/* A hit in document number `file`, called `name`, whose skips are `skip`. False: out of memory. */
bool dvg_audit_hit(dvg_audit *audit, const dvg_rules *rules, const dvg_skip *skip,
                   const dvg_hit *hit, uint32_t file, const char *name, dvg_arena *arena,
                   const dvg_allocator *allocator);

#endif
