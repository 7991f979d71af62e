/*
 * unused: rules that decided nothing in a run, which nobody should have to find out by himself.
 * Declared in pair.h. A built-in profile may well hold rules for what is rarely there.
 */
#include "engine/pair.h"

static const char *reason(const dvg_rule *rule, const dvg_rule_count *count)
{
    if (count->shadowed > 0)
        return "decided nothing: what it matches was decided before, by ";
    if (count->documents == 0 && count->found == 0)
        return "matched nothing: no document that it is for was compared value by value";
    if (dvg_rule_is_of_places(rule) && (rule->effects & DVG_EFFECT_IGNORE) != 0)
        return "matched nothing: no place that was compared";
    if ((rule->effects & DVG_EFFECTS_OF_EQUALITY) != 0)
        return "decided nothing: no two values where it holds would have been told otherwise";
    if ((rule->effects & DVG_EFFECT_RENAME) != 0)
        return "decided nothing: no object where it holds has the one name left and the other "
               "right";
    return (rule->effects & DVG_EFFECT_MATCH) != 0
               ? "matched nothing: no array that was compared"
               : "matched nothing: no divergence that was left to decide about";
}

/* "house.lua:14: rules[2]", or "rules[2] of NAME" for one that was said in C. */
static void warn(dvg_result *result, const dvg_rule *rule, const dvg_rule_count *count)
{
    const char *why = reason(rule, count);
    const char *by = count->shadowed > 0 ? result->rules->rules[count->shadow].name : "";
    if (rule->line > 0)
        dvg_result_warn(result, "%s:%zu: rules[%zu] %s%s", rule->script, (size_t)rule->line,
                        rule->number, why, by);
    else
        dvg_result_warn(result, "%s, at \"%.200s\", %s%s", rule->name,
                        rule->at != NULL ? rule->at : "**", why, by);
}

/* Were two documents given, and no snapshots that hold some? */
static bool is_of_one(const dvg_result *result)
{
    return result->given[0] != NULL ||
           (result->side[0] != NULL && dvg_snapshot_is_file(result->side[0]));
}

/* Of one document, rules for others can say nothing. */
static bool concerns(const dvg_result *result, const dvg_rule *rule)
{
    return rule->file == NULL || !is_of_one(result) ||
           dvg_rules_concern(rule->file, result->files[0].name);
}

/* A run that is restricted cannot know. */
void dvg_rules_warn_unused(dvg_result *result)
{
    const dvg_rules *rules = result->rules;
    if (rules->scope.place_count + rules->scope.file_count > 0)
        return;
    for (size_t i = 0; i < rules->rule_count; i++) {
        const dvg_rule *rule = &rules->rules[i];
        const dvg_rule_count *count = &result->ruling.counts[i];
        if (count->hits == 0 && !rule->builtin && concerns(result, rule))
            warn(result, rule, count);
    }
}
