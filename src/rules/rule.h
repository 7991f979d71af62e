/*
 * rule: what is decided for places without a script: set aside, matched in some way, classed.
 * Answers for keeping rules in the order in which they are asked; who decides is ruling.c's.
 * Invariant: the rules of one script stand together, in the script's order.
 */
#ifndef DVG_RULES_RULE_H
#define DVG_RULES_RULE_H

#include "path/pattern.h"
#include "rules/rules.h"
#include "value/leniency.h"

/* What a rule can do, as bits. */
typedef enum dvg_effect {
    DVG_EFFECT_IGNORE = 1,
    DVG_EFFECT_MATCH = 2,
    DVG_EFFECT_CLASS = 4,
    DVG_EFFECT_SEVERITY = 8,
    DVG_EFFECT_TOLERANCE = 16,
    DVG_EFFECT_NORMALIZE = 32,
    DVG_EFFECT_NEGATIVE_ZERO = 64,
    DVG_EFFECT_RENAME = 128
} dvg_effect;

/* Those that say when two values are equal. */
#define DVG_EFFECTS_OF_EQUALITY                                                                    \
    ((unsigned)(DVG_EFFECT_TOLERANCE | DVG_EFFECT_NORMALIZE | DVG_EFFECT_NEGATIVE_ZERO))

/* Those that hold before anything was found, so that they take no kind and no side. */
#define DVG_EFFECTS_BEFORE                                                                         \
    ((unsigned)(DVG_EFFECT_MATCH | DVG_EFFECT_RENAME) | DVG_EFFECTS_OF_EQUALITY)

/* A member that has one name on the left and another one on the right. */
typedef struct dvg_rename {
    const struct dvg_rename *next; /* of the same rule */
    dvg_text left, right;          /* NUL-ended */
} dvg_rename;

struct dvg_rule {
    const void *owner;  /* the script that it comes from */
    const char *script; /* the script's file, as errors name it */
    const char *name;   /* "rules[2] of house.lua:14", for people */
    uint64_t line;      /* in the script's file */
    size_t number;      /* in its script, from 1 */
    bool builtin;       /* the script is built in */
    const char *file;   /* glob for document names; NULL: every one */
    const char *at;     /* the pattern as it was written; NULL: every place */
    dvg_pattern pattern;
    uint32_t kinds; /* bits, several where the profile gives them one name; 0: any */
    dvg_which side;
    unsigned effects;
    const char *effect_names; /* "ignore, class"; made when the rule is added */
    dvg_keyed keyed;          /* of match */
    dvg_tolerance tolerance;
    const dvg_rename *renames; /* no name twice on a side */
    unsigned forms;            /* of normalize: see leniency.h */
    int function;              /* of normalize, as the state of its script keeps it; 0: none */
    dvg_same_fn same;          /* of normalize, a host's; NULL: none */
    void *same_payload;
    uint32_t class_index;
    dvg_severity severity;
    const char *why; /* NULL: not said */
};

/* Does the rule speak of a place, whatever is found there? Else it speaks of divergences. */
static inline bool dvg_rule_is_of_places(const dvg_rule *rule)
{
    return rule->kinds == 0 && rule->side == DVG_NEITHER;
}

/* Insert a copy of the rule, whose effects are named by it, so that `behind` rules come after it.
 * DVG_E_MEMORY. */
dvg_status dvg_rules_add_rule(dvg_rules *rules, const dvg_rule *rule, size_t behind,
                              dvg_error *error);

/* Take back the rules that came in front of the last `behind` ones since there were `count`. */
void dvg_rules_forget(dvg_rules *rules, size_t count, size_t behind);

/* The effects that a rule can have, as its errors list them. */
#define DVG_EFFECT_NAMES                                                                           \
    "ignore, match, tolerance, normalize, negative_zero, rename, class or severity"

/* Add two names to the rule. DVG_E_ARGUMENT: one of them is there, or they are the same.
 * DVG_E_MEMORY. */
dvg_status dvg_rule_add_rename(dvg_rules *rules, dvg_rule *rule, const char *left,
                               const char *right, dvg_error *error);

/* What is wrong with what the rule's effects have beside them; NULL: nothing. */
const char *dvg_rule_check(const dvg_rule *rule);

/* Does any rule have one of the effects (bits)? */
bool dvg_rules_have(const dvg_rules *rules, unsigned effects);

#endif
