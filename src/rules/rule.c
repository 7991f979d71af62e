/*
 * rule: see rule.h.
 */
#include "rules/rule.h"

#include <string.h>

dvg_status dvg_rules_add_rule(dvg_rules *rules, const dvg_rule *rule, size_t behind,
                              dvg_error *error)
{
    void *list = rules->rules;
    if (!dvg_grow(&rules->arena.allocator, &list, &rules->rule_capacity, rules->rule_count + 1,
                  sizeof *rules->rules))
        return dvg_fail_memory(error);
    rules->rules = list;
    dvg_rule *place = rules->rules + (rules->rule_count - behind);
    memmove(place + 1, place, behind * sizeof *place);
    *place = *rule;
    rules->rule_count++;
    return DVG_OK;
}

void dvg_rules_forget(dvg_rules *rules, size_t count, size_t behind)
{
    if (rules->rule_count > count)
        memmove(rules->rules + (count - behind), rules->rules + (rules->rule_count - behind),
                behind * sizeof *rules->rules);
    rules->rule_count = count;
}

bool dvg_rules_have(const dvg_rules *rules, unsigned effects)
{
    for (size_t i = 0; i < rules->rule_count; i++)
        if ((rules->rules[i].effects & effects) != 0)
            return true;
    return false;
}
