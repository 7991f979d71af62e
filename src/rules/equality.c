/*
 * equality: see equality.h.
 */
#include "rules/equality.h"

static uint32_t decide(dvg_ruling *ruling, dvg_effect effect, const dvg_step *step)
{
    const dvg_rule_query query = {step, DVG_KIND_COUNT, DVG_NEITHER, NULL};
    return (ruling->places & (unsigned)effect) == 0 ? DVG_RULE_NONE
                                                    : dvg_ruling_decide(ruling, effect, &query);
}

/* What the function of a rule says, a script's or a host's. */
static dvg_status ask(const dvg_ruling *ruling, const dvg_rule *rule, const dvg_step *step,
                      const dvg_value values[2], bool *same, dvg_error *error)
{
    const struct dvg_at at = {ruling->file, step};
    *same = false;
    if (rule->function != 0)
        return ruling->normalizer.ask(ruling->normalizer.payload, rule, &at, values, same, error);
    if (rule->same == NULL)
        return DVG_OK;
    int answer = rule->same(rule->same_payload, values[0], values[1]);
    if (answer < 0)
        return dvg_fail(error, DVG_E_CANCELLED, "the function of %.200s ended the run", rule->name);
    *same = answer > 0;
    return DVG_OK;
}

dvg_status dvg_ruling_same(dvg_ruling *ruling, const dvg_step *step, const dvg_value values[2],
                           bool *same, dvg_equality *by, dvg_error *error)
{
    const dvg_rule *rules = ruling->rules->rules;
    dvg_equality asked = {DVG_RULE_NONE, DVG_RULE_NONE, DVG_RULE_NONE};
    dvg_leniency leniency = {0, NULL, false};
    unsigned took = 0;
    *by = asked;
    asked.negative_zero = decide(ruling, DVG_EFFECT_NEGATIVE_ZERO, step);
    asked.tolerance = decide(ruling, DVG_EFFECT_TOLERANCE, step);
    if (!*same)
        asked.normalize = decide(ruling, DVG_EFFECT_NORMALIZE, step);
    if (asked.normalize != DVG_RULE_NONE) {
        dvg_status status = ask(ruling, &rules[asked.normalize], step, values, same, error);
        if (*same)
            by->normalize = asked.normalize;
        if (*same || status != DVG_OK)
            return status;
        leniency.forms = rules[asked.normalize].forms;
    }
    leniency.signed_zero = asked.negative_zero != DVG_RULE_NONE;
    if (asked.tolerance != DVG_RULE_NONE)
        leniency.tolerance = &rules[asked.tolerance].tolerance;
    *same = dvg_lenient_same(&leniency, values[0], values[1], *same, &took);
    by->normalize = (took & DVG_TOOK_FORMS) != 0 ? asked.normalize : DVG_RULE_NONE;
    by->tolerance = (took & DVG_TOOK_TOLERANCE) != 0 ? asked.tolerance : DVG_RULE_NONE;
    by->negative_zero = (took & DVG_TOOK_SIGN) != 0 ? asked.negative_zero : DVG_RULE_NONE;
    return DVG_OK;
}

uint32_t dvg_ruling_null_absent(dvg_ruling *ruling, const dvg_step *step)
{
    uint32_t rule = decide(ruling, DVG_EFFECT_NORMALIZE, step);
    return rule != DVG_RULE_NONE && (ruling->rules->rules[rule].forms & DVG_FORM_NULL_ABSENT) != 0
               ? rule
               : DVG_RULE_NONE;
}

uint32_t dvg_ruling_rename(dvg_ruling *ruling, const dvg_step *step)
{
    return decide(ruling, DVG_EFFECT_RENAME, step);
}

static bool has(dvg_value object, dvg_text name)
{
    return dvg_value_type(dvg_value_member(object, name.data, name.size)) != DVG_ABSENT;
}

bool dvg_rename_joins(const dvg_rename *rename, dvg_value left, dvg_value right)
{
    return has(left, rename->left) && !has(right, rename->left) && has(right, rename->right) &&
           !has(left, rename->right);
}
