/*
 * ruling: see ruling.h. Lists are short, so that going through them is the fastest way.
 */
#include "rules/ruling.h"
#include "path/glob.h"

#include <string.h>

bool dvg_ruling_init(dvg_ruling *ruling, const dvg_rules *rules, const dvg_allocator *allocator)
{
    size_t count = rules->rule_count;
    memset(ruling, 0, sizeof *ruling);
    ruling->rules = rules;
    ruling->allocator = *allocator;
    if (rules->scope.place_count > 0)
        ruling->place_hits =
            dvg_allocate_zero(allocator, rules->scope.place_count * sizeof *ruling->place_hits);
    if (rules->scope.file_count > 0)
        ruling->file_hits =
            dvg_allocate_zero(allocator, rules->scope.file_count * sizeof *ruling->file_hits);
    if ((rules->scope.place_count > 0 && ruling->place_hits == NULL) ||
        (rules->scope.file_count > 0 && ruling->file_hits == NULL))
        return false;
    if (count == 0)
        return true;
    ruling->counts = dvg_allocate_zero(allocator, count * sizeof *ruling->counts);
    ruling->active = dvg_allocate_zero(allocator, count * sizeof *ruling->active);
    ruling->loose = dvg_allocate_zero(allocator, count * sizeof *ruling->loose);
    for (size_t i = 0; ruling->counts != NULL && i < count; i++)
        ruling->counts[i].shadow = DVG_RULE_NONE;
    return ruling->counts != NULL && ruling->active != NULL && ruling->loose != NULL;
}

void dvg_ruling_clear(dvg_ruling *ruling)
{
    if (ruling->rules == NULL)
        return;
    size_t count = ruling->rules->rule_count;
    dvg_release(&ruling->allocator, ruling->counts, count * sizeof *ruling->counts);
    dvg_release(&ruling->allocator, ruling->active, count * sizeof *ruling->active);
    dvg_release(&ruling->allocator, ruling->loose, count * sizeof *ruling->loose);
    dvg_release(&ruling->allocator, ruling->place_hits,
                ruling->rules->scope.place_count * sizeof *ruling->place_hits);
    dvg_release(&ruling->allocator, ruling->file_hits,
                ruling->rules->scope.file_count * sizeof *ruling->file_hits);
    memset(ruling, 0, sizeof *ruling);
}

/* ---- the document at hand */

static bool holds_for(const dvg_rule *rule, const char *file)
{
    return rule->file == NULL || dvg_glob_match(rule->file, strlen(rule->file), file, strlen(file));
}

/* What the rule does to places, before anything is compared there. */
static unsigned effects_on_places(const dvg_rule *rule)
{
    unsigned effects = rule->effects & DVG_EFFECTS_BEFORE;
    return dvg_rule_is_of_places(rule) ? effects | (rule->effects & DVG_EFFECT_IGNORE) : effects;
}

static bool mark(void *payload, const char *text, size_t size)
{
    dvg_skip_mark(payload, text, size);
    return true;
}

static void begin_walk(dvg_ruling *ruling, uint32_t index, dvg_skip *skip)
{
    const dvg_rule *rule = &ruling->rules->rules[index];
    unsigned effects = effects_on_places(rule);
    ruling->counts[index].documents++;
    ruling->places |= effects;
    if (effects == 0)
        return;
    bool whole = (effects & DVG_EFFECT_IGNORE) != 0;
    if (rule->at == NULL || !dvg_pattern_tails(&rule->pattern, whole, mark, skip))
        ruling->loose[ruling->loose_count++] = index;
}

void dvg_ruling_begin(dvg_ruling *ruling, const char *file, dvg_skip *skip)
{
    ruling->file = file;
    ruling->active_count = 0;
    ruling->loose_count = 0;
    ruling->places = 0;
    for (size_t i = 0; i < ruling->rules->rule_count; i++) {
        if (!holds_for(&ruling->rules->rules[i], file))
            continue;
        ruling->active[ruling->active_count++] = (uint32_t)i;
        if (skip != NULL)
            begin_walk(ruling, (uint32_t)i, skip);
    }
}

/* ---- deciding */

static bool hits(dvg_ruling *ruling, const dvg_rule *rule, dvg_effect effect,
                 const dvg_rule_query *query)
{
    if ((rule->effects & (unsigned)effect) == 0)
        return false;
    if (query->owner != NULL && rule->owner != query->owner)
        return false;
    if (query->kind == DVG_KIND_COUNT && !dvg_rule_is_of_places(rule))
        return false;
    if (rule->kinds != 0 && (rule->kinds >> query->kind & 1) == 0)
        return false;
    if (rule->side != DVG_NEITHER && rule->side != query->side)
        return false;
    return rule->at == NULL ||
           dvg_pattern_match(&rule->pattern, query->step, &ruling->allocator, &ruling->failed);
}

static uint32_t find(dvg_ruling *ruling, dvg_effect effect, const dvg_rule_query *query,
                     size_t from)
{
    for (size_t i = from; i < ruling->active_count; i++)
        if (hits(ruling, &ruling->rules->rules[ruling->active[i]], effect, query))
            return ruling->active[i];
    return DVG_RULE_NONE;
}

uint32_t dvg_ruling_decide(dvg_ruling *ruling, dvg_effect effect, const dvg_rule_query *query)
{
    return find(ruling, effect, query, 0);
}

uint32_t dvg_ruling_next(dvg_ruling *ruling, dvg_effect effect, const dvg_rule_query *query,
                         uint32_t rule)
{
    size_t from = 0;
    while (from < ruling->active_count && ruling->active[from] <= rule)
        from++;
    return find(ruling, effect, query, from);
}

uint32_t dvg_ruling_around(dvg_ruling *ruling, const dvg_step *step)
{
    dvg_rule_query query = {step, DVG_KIND_COUNT, DVG_NEITHER, NULL};
    while (query.step != NULL) {
        query.step = query.step->parent;
        uint32_t rule = dvg_ruling_decide(ruling, DVG_EFFECT_IGNORE, &query);
        if (rule != DVG_RULE_NONE)
            return rule;
    }
    return DVG_RULE_NONE;
}

bool dvg_ruling_leads_on(dvg_ruling *ruling, const dvg_step *step)
{
    for (size_t i = 0; i < ruling->loose_count; i++) {
        const dvg_rule *rule = &ruling->rules->rules[ruling->loose[i]];
        if (rule->at == NULL ||
            dvg_pattern_leads_on(&rule->pattern, step, &ruling->allocator, &ruling->failed))
            return true;
    }
    return false;
}

/* ---- counting */

void dvg_ruling_count(dvg_ruling *ruling, uint32_t rule, uint32_t by, const uint64_t nodes[2])
{
    dvg_rule_count *count = &ruling->counts[rule];
    if (by != rule) {
        count->shadowed++;
        if (by < count->shadow)
            count->shadow = by;
        return;
    }
    count->hits++;
    count->nodes[0] += nodes[0];
    count->nodes[1] += nodes[1];
}

uint32_t dvg_ruling_judge(dvg_ruling *ruling, dvg_effect effect, const dvg_rule_query *query)
{
    static const uint64_t none[2] = {0, 0};
    uint32_t first = dvg_ruling_decide(ruling, effect, query);
    dvg_rule_query others = *query;
    others.owner = NULL; /* scripts that are asked later are not asked at all */
    for (uint32_t rule = first; rule != DVG_RULE_NONE;
         rule = dvg_ruling_next(ruling, effect, &others, rule))
        dvg_ruling_count(ruling, rule, first, none);
    return first;
}
