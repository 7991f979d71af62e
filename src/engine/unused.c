/*
 * unused: rules that decided nothing in a run, which nobody should have to find out by himself.
 * Declared in pair.h. A built-in profile may well hold rules for what is rarely there.
 */
#include "engine/pair.h"

static const char *reason(const dvg_rule_count *count)
{
    if (count->shadowed > 0)
        return "decided nothing: what it matches was decided before, by ";
    if (count->documents == 0 && count->found == 0)
        return "matched nothing: no document that it is for was compared value by value";
    return "matched nothing that was left to decide";
}

void dvg_rules_warn_unused(dvg_result *result)
{
    const dvg_rules *rules = result->rules;
    for (size_t i = 0; i < rules->rule_count; i++) {
        const dvg_rule *rule = &rules->rules[i];
        const dvg_rule_count *count = &result->ruling.counts[i];
        if (count->hits > 0 || rule->builtin)
            continue;
        dvg_result_warn(result, "%s:%zu: rules[%zu] %s%s", rule->script, (size_t)rule->line,
                        rule->number, reason(count),
                        count->shadowed > 0 ? rules->rules[count->shadow].name : "");
    }
}
