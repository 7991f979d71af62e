/*
 * likeness: see likeness.h.
 */
#include "engine/likeness.h"
#include "rules/equality.h"

#include <string.h>

void dvg_tell_rename(struct dvg_telling *telling, dvg_ruling *ruling, const dvg_spot *spot)
{
    const dvg_step *path = spot->path;
    if (path == NULL || path->kind != DVG_STEP_MEMBER || path->field == NULL)
        return;
    dvg_tell(telling, "  called ");
    dvg_tell_text(telling, path->field);
    dvg_tell(telling, " in ");
    dvg_tell_text(telling, telling->result->rules->side_names[1]);
    dvg_tell(telling, ", by ");
    dvg_tell_rule(telling, dvg_ruling_rename(ruling, path->parent));
    dvg_tell(telling, "\n");
}

static void tell_by(struct dvg_telling *telling, uint32_t rule)
{
    if (rule == DVG_RULE_NONE)
        return;
    dvg_tell(telling, "  called equal by ");
    dvg_tell_rule(telling, rule);
    dvg_tell(telling, "\n");
}

static bool is_scalar(dvg_value value)
{
    dvg_type type = dvg_value_type(value);
    return type > DVG_ABSENT && type < DVG_ARRAY;
}

/* Null on one side and nothing on the other, as members. */
static bool is_null_absent(const dvg_spot *spot)
{
    dvg_type types[2] = {dvg_value_type(spot->value[0]), dvg_value_type(spot->value[1])};
    return !spot->alone && spot->path != NULL && spot->path->kind == DVG_STEP_MEMBER &&
           types[0] + types[1] == DVG_NULL;
}

bool dvg_tell_likeness(struct dvg_telling *telling, dvg_ruling *ruling, const dvg_spot *spot)
{
    dvg_equality by = {DVG_RULE_NONE, DVG_RULE_NONE, DVG_RULE_NONE};
    if (is_null_absent(spot)) {
        by.normalize = dvg_ruling_null_absent(ruling, spot->path);
        tell_by(telling, by.normalize);
        return by.normalize != DVG_RULE_NONE;
    }
    if (spot->alone || !is_scalar(spot->value[0]) || !is_scalar(spot->value[1]) ||
        dvg_scalar_same(spot->value[0], spot->value[1], ruling->rules->numbers))
        return false;
    bool same = false;
    dvg_status status =
        dvg_ruling_same(ruling, spot->path, spot->value, &same, &by, telling->error);
    if (telling->status == DVG_OK)
        telling->status = status;
    if (!same)
        return false;
    tell_by(telling, by.normalize);
    if (by.tolerance != by.normalize)
        tell_by(telling, by.tolerance);
    return true;
}
