/*
 * lenient: where rules say when values are equal, and what that comes to. Declared in frame.h.
 * What they say is asked only of places that a rule may hit, of scalars that differ, and of zeros;
 * a pair that was looked through may be asked about once more, and only the last time counts.
 */
#include "diff/frame.h"
#include "rules/equality.h"

/* The step of a child; where the walk began, that of the walk. NULL with a status: failed. */
static const dvg_step *step_of(struct dvg_walker *walker, size_t frame,
                               const struct dvg_pair *place, dvg_step *step)
{
    if (frame == SIZE_MAX)
        return walker->walk->base;
    return dvg_child_step_on(step, walker, frame, place) ? step : NULL;
}

bool dvg_walker_lenient_same(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                             bool same)
{
    dvg_step mine;
    dvg_equality by;
    dvg_ruling *ruling = walker->walk->ruling;
    if (same && (ruling->places & DVG_EFFECT_NEGATIVE_ZERO) == 0)
        return true;
    const dvg_step *step = step_of(walker, frame, place, &mine);
    if (walker->status != DVG_OK)
        return false;
    const dvg_value values[2] = {dvg_walker_value(walker, 0, place->left),
                                 dvg_walker_value(walker, 1, place->right)};
    bool decided = same;
    dvg_status status = dvg_ruling_same(ruling, step, values, &decided, &by, walker->error);
    if (status != DVG_OK)
        return dvg_walker_fail(walker, status);
    walker->walk->ledger->alike += decided && !same;
    if (dvg_walker_credit(walker, DVG_EFFECT_NORMALIZE, step, by.normalize) &&
        (by.tolerance == by.normalize ||
         dvg_walker_credit(walker, DVG_EFFECT_TOLERANCE, step, by.tolerance)))
        (void)dvg_walker_credit(walker, DVG_EFFECT_NEGATIVE_ZERO, step, by.negative_zero);
    return decided;
}

/* Both its nodes are compared: what stands beside them is nothing, and that is what they say. */
bool dvg_walker_null_absent(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place)
{
    dvg_step mine;
    dvg_text bare = dvg_child_bare(walker, &walker->frames[frame], place);
    if (!dvg_walker_lenient(walker, frame, bare))
        return false;
    const dvg_step *step = step_of(walker, frame, place, &mine);
    if (walker->status != DVG_OK)
        return false;
    uint32_t rule = dvg_ruling_null_absent(walker->walk->ruling, step);
    if (!dvg_walker_credit(walker, DVG_EFFECT_NORMALIZE, step, rule) || rule == DVG_RULE_NONE)
        return false;
    walker->walk->ledger->side[place->left != NULL ? 0 : 1].compared += 2;
    walker->walk->ledger->alike++;
    return true;
}

bool dvg_object_rename(struct dvg_walker *walker, size_t frame, const size_t count[2],
                       const dvg_rename **renames)
{
    const struct dvg_frame *mine = &walker->frames[frame];
    dvg_ruling *ruling = walker->walk->ruling;
    dvg_value left = dvg_walker_value(walker, 0, mine->place.left);
    dvg_value right = dvg_walker_value(walker, 1, mine->place.right);
    uint64_t renamed = 0;
    *renames = NULL;
    if (ruling == NULL || (ruling->places & DVG_EFFECT_RENAME) == 0 ||
        (!mine->maybe && !mine->alive))
        return true;
    const dvg_step *step = dvg_frame_step(walker, frame);
    if (walker->status != DVG_OK)
        return false;
    uint32_t rule = dvg_ruling_rename(ruling, step);
    if (rule == DVG_RULE_NONE)
        return !ruling->failed || dvg_walker_out_of_memory(walker);
    const dvg_rename *first = ruling->rules->rules[rule].renames;
    for (const dvg_rename *at = first; at != NULL; at = at->next) {
        if (!dvg_rename_joins(at, left, right))
            continue;
        for (size_t i = 0; i < count[0]; i++) {
            if (!dvg_text_same(walker->members[0][i].name, at->left))
                continue;
            walker->members[0][i].name = at->right;
            renamed++;
        }
    }
    if (renamed == 0)
        return true;
    *renames = first;
    walker->walk->ledger->alike += renamed;
    if (!dvg_members_sort(walker->walk->allocator, walker->members[0], count[0]))
        return dvg_walker_out_of_memory(walker);
    return dvg_walker_credit(walker, DVG_EFFECT_RENAME, step, rule);
}
