/*
 * ruled: what rules do to a walk: hide places, say how arrays are matched. Declared in frame.h.
 * What they decide is kept until nothing of it can be undone any more, since a pair that was looked
 * through may be walked once more, and then the rules decide once more.
 */
#include "diff/frame.h"

#include <string.h>

/* Remember a hit. False: failed. */
static bool add_hit(struct dvg_walker *walker, const dvg_hit *hit)
{
    void *hits = walker->hits;
    if (!dvg_grow(walker->walk->allocator, &hits, &walker->hit_capacity, walker->hit_count + 1,
                  sizeof *walker->hits))
        return dvg_walker_out_of_memory(walker);
    walker->hits = hits;
    walker->hits[walker->hit_count++] = *hit;
    return true;
}

/* A copy of a place's step that stays, where hidden places are listed. */
static const dvg_step *keep_step(struct dvg_walker *walker, const dvg_step *step)
{
    if (!walker->walk->list || step == NULL)
        return NULL;
    dvg_step *copy = dvg_arena_get(walker->walk->steps, sizeof *copy);
    if (copy == NULL)
        dvg_walker_out_of_memory(walker);
    else
        *copy = *step;
    return copy;
}

bool dvg_walker_credit(struct dvg_walker *walker, dvg_effect effect, const dvg_step *step,
                       uint32_t first)
{
    dvg_ruling *ruling = walker->walk->ruling;
    const dvg_rule_query query = {step, DVG_KIND_COUNT, DVG_NEITHER, NULL};
    dvg_hit hit = {first, first, -1, NULL, effect == DVG_EFFECT_IGNORE, NULL, {0, 0}};
    if (first != DVG_RULE_NONE && hit.hides)
        hit.path = keep_step(walker, step);
    for (uint32_t rule = first; rule != DVG_RULE_NONE;
         rule = dvg_ruling_next(ruling, effect, &query, rule)) {
        hit.rule = rule;
        if (!add_hit(walker, &hit))
            return false;
        hit.hides = false;
    }
    if (ruling->failed)
        dvg_walker_out_of_memory(walker);
    return walker->status == DVG_OK;
}

/* Ask for the rule that decides, and remember it. */
static uint32_t decide(struct dvg_walker *walker, dvg_effect effect, const dvg_step *step)
{
    const dvg_rule_query query = {step, DVG_KIND_COUNT, DVG_NEITHER, NULL};
    uint32_t first = dvg_ruling_decide(walker->walk->ruling, effect, &query);
    return dvg_walker_credit(walker, effect, step, first) ? first : DVG_RULE_NONE;
}

/* ---- hiding */

bool dvg_walker_ruled(struct dvg_walker *walker, const dvg_step *step)
{
    const dvg_ruling *ruling = walker->walk->ruling;
    size_t mine = walker->hit_count;
    if (ruling == NULL || (ruling->places & DVG_EFFECT_IGNORE) == 0 ||
        decide(walker, DVG_EFFECT_IGNORE, step) == DVG_RULE_NONE)
        return false;
    walker->hiding = mine;
    return true;
}

void dvg_walker_skipped(struct dvg_walker *walker, ptrdiff_t entry, const dvg_step *step)
{
    dvg_hit hit = {DVG_RULE_NONE, DVG_RULE_NONE, entry, NULL, true, NULL, {0, 0}};
    if (!walker->walk->thorough)
        return;
    hit.path = keep_step(walker, step);
    if (add_hit(walker, &hit))
        walker->hiding = walker->hit_count - 1;
}

/* ---- frames */

/* A key with dots ends the path of an element, and of arrays in it, in another way than the
 * array's; rules know no such ends. */
bool dvg_frame_settle(struct dvg_walker *walker, size_t frame)
{
    dvg_ruling *ruling = walker->walk->ruling;
    if (ruling == NULL || ruling->places == 0)
        return true;
    const struct dvg_frame *parent = frame > 0 ? &walker->frames[frame - 1] : NULL;
    if (parent != NULL && parent->kind != DVG_FRAME_OBJECT && parent->maybe)
        walker->frames[frame].maybe = true;
    if (ruling->loose_count == 0 || (parent != NULL && !parent->alive))
        return true;
    const dvg_step *step = dvg_frame_step(walker, frame);
    if (walker->status != DVG_OK)
        return false;
    walker->frames[frame].alive = dvg_ruling_leads_on(ruling, step);
    return !ruling->failed || dvg_walker_out_of_memory(walker);
}

/* The rule that says how the array is matched. */
static uint32_t find_match(struct dvg_walker *walker, size_t frame)
{
    const dvg_ruling *ruling = walker->walk->ruling;
    const struct dvg_frame *mine = &walker->frames[frame];
    if (ruling == NULL || (ruling->places & DVG_EFFECT_MATCH) == 0 ||
        (!mine->maybe && !mine->alive))
        return DVG_RULE_NONE;
    const dvg_step *step = dvg_frame_step(walker, frame);
    return walker->status == DVG_OK ? decide(walker, DVG_EFFECT_MATCH, step) : DVG_RULE_NONE;
}

const dvg_keyed *dvg_match_by(dvg_matching matching)
{
    static const dvg_keyed ways[DVG_MATCH_COUNT] = {
        {.matching = DVG_MATCH_INFER},    {.matching = DVG_MATCH_POSITION},
        {.matching = DVG_MATCH_SEQUENCE}, {.matching = DVG_MATCH_KEY},
        {.matching = DVG_MATCH_MULTISET}, {.matching = DVG_MATCH_BEST}};
    return &ways[matching];
}

const dvg_keyed *dvg_frame_match(struct dvg_walker *walker, size_t frame)
{
    const dvg_walk *walk = walker->walk;
    uint32_t rule = find_match(walker, frame);
    if (rule != DVG_RULE_NONE)
        return &walk->ruling->rules->rules[rule].keyed;
    dvg_text bare = walker->frames[frame].bare;
    const dvg_keyed *keyed = dvg_rules_keyed(walk->rules, walk->file, bare.data, bare.size);
    const dvg_hit hit = {DVG_RULE_NONE, DVG_RULE_NONE, -1, keyed, false, NULL, {0, 0}};
    if (keyed != NULL && walk->thorough)
        (void)add_hit(walker, &hit);
    return keyed != NULL ? keyed : dvg_match_by(walk->rules->arrays);
}

/* ---- telling */

bool dvg_walker_tell(struct dvg_walker *walker)
{
    const dvg_walk *walk = walker->walk;
    dvg_status status = DVG_OK;
    for (size_t i = 0; walk->hit != NULL && i < walker->hit_count && status == DVG_OK; i++)
        status = walk->hit(walk->payload, &walker->hits[i], walker->error);
    walker->hit_count = 0;
    return status == DVG_OK || dvg_walker_fail(walker, status);
}
