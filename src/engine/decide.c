/*
 * decide: see decide.h.
 */
#include "engine/decide.h"

#include <string.h>

void dvg_decision_init(dvg_decision *decision, const dvg_rules *rules, uint32_t class_index)
{
    memset(decision, 0, sizeof *decision);
    decision->class_index = class_index;
    decision->severity = rules->classes[class_index].severity;
    decision->rule = DVG_RULE_NONE;
    decision->origin.class_rule = decision->origin.severity_rule = DVG_RULE_NONE;
}

/* Remember a rule that decided, and why: a rule that names the class wins over one that named the
 * severity only. */
static void take_rule(dvg_decision *decision, const dvg_rule *rules, uint32_t rule)
{
    if (rule == DVG_RULE_NONE)
        return;
    decision->rule = rule;
    if (decision->note != NULL || rules[rule].why == NULL)
        return;
    decision->note = rules[rule].why;
    decision->note_size = strlen(rules[rule].why);
}

dvg_status dvg_decide_by_rules(dvg_result *result, const dvg_record *record, const void *owner,
                               dvg_decision *decision, dvg_settled *settled, dvg_error *error)
{
    const dvg_rule *rules = result->rules->rules;
    dvg_ruling *ruling = &result->ruling;
    const dvg_rule_query query = {record->path, (dvg_kind)record->kind, (dvg_which)record->side,
                                  owner};
    uint32_t class_rule = dvg_ruling_judge(ruling, DVG_EFFECT_CLASS, &query);
    uint32_t severity_rule = DVG_RULE_NONE;
    if (!settled->has_severity)
        severity_rule = dvg_ruling_judge(ruling, DVG_EFFECT_SEVERITY, &query);
    if (class_rule != DVG_RULE_NONE) {
        decision->class_index = rules[class_rule].class_index;
        decision->origin.class_rule = class_rule;
    }
    if (severity_rule != DVG_RULE_NONE) {
        decision->severity = rules[severity_rule].severity;
        decision->origin.severity_rule = severity_rule;
    }
    settled->has_class = class_rule != DVG_RULE_NONE;
    settled->has_severity = settled->has_severity || severity_rule != DVG_RULE_NONE;
    take_rule(decision, rules, class_rule != DVG_RULE_NONE ? class_rule : severity_rule);
    return ruling->failed ? dvg_fail_memory(error) : DVG_OK;
}

dvg_status dvg_decide(void *payload, dvg_result *result, const dvg_record *record,
                      dvg_decision *decision, dvg_error *error)
{
    dvg_settled settled = {false, false};
    dvg_decision_init(decision, result->rules, 0);
    dvg_status status = dvg_decide_by_rules(result, record, payload, decision, &settled, error);
    if (!settled.has_severity)
        decision->severity = result->rules->classes[decision->class_index].severity;
    return status;
}
