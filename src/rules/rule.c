/*
 * rule: see rule.h.
 */
#include "rules/rule.h"

#include <stdio.h>
#include <string.h>

/* In the order of the bits; NULL: out of memory. */
static const char *name_effects(dvg_rules *rules, unsigned effects)
{
    static const char *const names[] = {"ignore",    "match",     "class",         "severity",
                                        "tolerance", "normalize", "negative_zero", "rename"};
    char text[128] = "";
    size_t size = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((effects >> i & 1) == 0)
            continue;
        int more =
            snprintf(text + size, sizeof text - size, "%s%s", size > 0 ? ", " : "", names[i]);
        size += more > 0 ? (size_t)more : 0;
    }
    return dvg_rules_text(rules, text, size);
}

dvg_status dvg_rules_add_rule(dvg_rules *rules, const dvg_rule *rule, size_t behind,
                              dvg_error *error)
{
    void *list = rules->rules;
    const char *names = name_effects(rules, rule->effects);
    if (names == NULL)
        return dvg_fail_memory(error);
    if (!dvg_grow(&rules->arena.allocator, &list, &rules->rule_capacity, rules->rule_count + 1,
                  sizeof *rules->rules))
        return dvg_fail_memory(error);
    rules->rules = list;
    dvg_rule *place = rules->rules + (rules->rule_count - behind);
    memmove(place + 1, place, behind * sizeof *place);
    *place = *rule;
    place->effect_names = names;
    rules->rule_count++;
    return DVG_OK;
}

static bool is_text(dvg_text text, const char *other)
{
    return text.size == strlen(other) && memcmp(text.data, other, text.size) == 0;
}

dvg_status dvg_rule_add_rename(dvg_rules *rules, dvg_rule *rule, const char *left,
                               const char *right, dvg_error *error)
{
    if (strcmp(left, right) == 0)
        return dvg_fail(error, DVG_E_ARGUMENT, "both names are \"%.100s\"", left);
    for (const dvg_rename *at = rule->renames; at != NULL; at = at->next)
        if (is_text(at->left, left) || is_text(at->right, right))
            return dvg_fail(error, DVG_E_ARGUMENT, "the name \"%.100s\" is there twice",
                            is_text(at->left, left) ? left : right);
    dvg_rename *added = dvg_arena_get(&rules->arena, sizeof *added);
    const char *texts[2] = {dvg_rules_text(rules, left, strlen(left)),
                            dvg_rules_text(rules, right, strlen(right))};
    if (added == NULL || texts[0] == NULL || texts[1] == NULL)
        return dvg_fail_memory(error);
    added->next = rule->renames;
    added->left = (dvg_text){texts[0], strlen(left)};
    added->right = (dvg_text){texts[1], strlen(right)};
    rule->renames = added;
    return DVG_OK;
}

const char *dvg_rule_check(const dvg_rule *rule)
{
    if (rule->effects == 0)
        return "a rule needs an effect: " DVG_EFFECT_NAMES;
    if ((rule->effects & DVG_EFFECT_MATCH) != 0 && rule->at == NULL)
        return "match needs `at`, which says for which arrays";
    if ((rule->effects & DVG_EFFECTS_BEFORE) == 0 || dvg_rule_is_of_places(rule))
        return NULL;
    return (rule->effects & DVG_EFFECT_MATCH) != 0
               ? "match holds before anything was found: it takes no kind and no side"
               : "what says what is equal holds before anything was found: it takes no "
                 "kind and no side";
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
