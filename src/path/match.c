/*
 * match: patterns against chains of steps; see pattern.h. The places in the pattern that a chain
 * may have come to are a set of bits, which each step takes on.
 */
#include "path/pattern.h"
#include "path/skip.h"

#include <string.h>

static bool same(dvg_text text, const char *data, size_t size)
{
    return text.size == size && memcmp(text.data, data, size) == 0;
}

/* Where an element stands: left, or else right. */
static uint64_t position(const dvg_step *step)
{
    return step->index[0] != UINT64_MAX ? step->index[0] : step->index[1];
}

static bool match_position(const dvg_part *part, const dvg_step *step)
{
    switch (part->where) {
    case DVG_WHERE_EITHER:
        return position(step) == part->index;
    case DVG_WHERE_LEFT:
        return step->index[0] == part->index && step->index[1] == UINT64_MAX;
    case DVG_WHERE_RIGHT:
        return step->index[1] == part->index && step->index[0] == UINT64_MAX;
    case DVG_WHERE_BOTH:
        return step->index[0] == part->index && step->index[1] == part->right;
    }
    return false;
}

static bool is_element(const dvg_step *step)
{
    return step->kind == DVG_STEP_INDEX || step->kind == DVG_STEP_KEYED;
}

static bool match_name(dvg_text text, const dvg_step *step)
{
    if (step->kind == DVG_STEP_LABEL)
        return same(text, step->field, strlen(step->field));
    dvg_text name = dvg_value_text(step->value);
    return step->kind == DVG_STEP_MEMBER && same(text, name.data, name.size);
}

static bool match_key(const dvg_part *part, const dvg_step *step, const dvg_allocator *allocator,
                      bool *failed)
{
    dvg_buffer text;
    dvg_type type = dvg_value_type(step->value);
    if (step->kind != DVG_STEP_KEYED || !same(part->field, step->field, strlen(step->field)) ||
        (part->key != DVG_KEY_TEXT && (type == DVG_STRING) != (part->key == DVG_KEY_STRING)))
        return false;
    if (part->key == DVG_KEY_LITERAL) {
        dvg_text literal = dvg_path_literal(step->value);
        return same(part->text, literal.data, literal.size);
    }
    dvg_buffer_init(&text, allocator);
    dvg_key_render(&text, step->value);
    bool is = same(part->text, text.size > 0 ? text.data : "", text.size);
    *failed = *failed || text.failed;
    dvg_buffer_clear(&text);
    return is;
}

/* A part of a pointer, which leads into the document of `side`. */
static bool match_token(const dvg_part *part, const dvg_step *step, int side)
{
    if (is_element(step))
        return part->index != UINT64_MAX && step->index[side] == part->index;
    if (side == 1 && step->kind == DVG_STEP_MEMBER && step->field != NULL)
        return same(part->text, step->field, strlen(step->field)); /* it has another name there */
    return match_name(part->text, step);
}

static bool match_part(const dvg_part *part, const dvg_step *step, int side,
                       const dvg_allocator *allocator, bool *failed)
{
    switch (part->kind) {
    case DVG_PART_NAME:
        return match_name(part->text, step);
    case DVG_PART_MEMBER:
        return step->kind == DVG_STEP_MEMBER;
    case DVG_PART_DEPTH:
        return true;
    case DVG_PART_ELEMENT:
        return is_element(step);
    case DVG_PART_INDEX:
        return is_element(step) && match_position(part, step);
    case DVG_PART_KEY:
        return match_key(part, step, allocator, failed);
    case DVG_PART_TOKEN:
        return match_token(part, step, side);
    }
    return false;
}

/* The places that are reached without a step: behind every '**'. */
static uint64_t pass_depths(const dvg_pattern *pattern, uint64_t places)
{
    for (size_t i = 0; i < pattern->count; i++)
        if ((places >> i & 1) != 0 && pattern->parts[i].kind == DVG_PART_DEPTH)
            places |= UINT64_C(1) << (i + 1);
    return places;
}

static uint64_t take_step(const dvg_pattern *pattern, uint64_t places, const dvg_step *step,
                          const dvg_allocator *allocator, bool *failed)
{
    uint64_t next = 0;
    for (size_t i = 0; i < pattern->count; i++) {
        const dvg_part *part = &pattern->parts[i];
        if ((places >> i & 1) != 0 && match_part(part, step, 0, allocator, failed))
            next |= UINT64_C(1) << (part->kind == DVG_PART_DEPTH ? i : i + 1);
    }
    return pass_depths(pattern, next);
}

/* The places in the pattern that the chain leads to. */
static uint64_t follow(const dvg_pattern *pattern, const dvg_step *step,
                       const dvg_allocator *allocator, bool *failed)
{
    dvg_steps steps;
    uint64_t places = pass_depths(pattern, 1);
    if (!dvg_steps_collect(&steps, step, allocator)) {
        *failed = true;
        return 0;
    }
    for (uint64_t i = 0; i < steps.count && places != 0; i++)
        places = take_step(pattern, places, steps.list[i], allocator, failed);
    dvg_steps_discard(&steps, allocator);
    return places;
}

/* Without "**" the part for a step is known: do the parts before `count` take the chain's steps? */
static bool match_side(const dvg_pattern *pattern, size_t count, const dvg_step *step, int side,
                       const dvg_allocator *allocator, bool *failed)
{
    for (; count > 0; step = step->parent)
        if (!match_part(&pattern->parts[--count], step, side, allocator, failed))
            return false;
    return true;
}

/* A pointer may lead into either document, but all of it into one. */
static bool match_plain(const dvg_pattern *pattern, size_t count, const dvg_step *step,
                        const dvg_allocator *allocator, bool *failed)
{
    return match_side(pattern, count, step, 0, allocator, failed) ||
           (pattern->count > 0 && pattern->parts[0].kind == DVG_PART_TOKEN &&
            match_side(pattern, count, step, 1, allocator, failed));
}

bool dvg_pattern_match(const dvg_pattern *pattern, const dvg_step *step,
                       const dvg_allocator *allocator, bool *failed)
{
    if (!pattern->deep)
        return dvg_path_depth(step) == pattern->count &&
               match_plain(pattern, pattern->count, step, allocator, failed);
    return (follow(pattern, step, allocator, failed) >> pattern->count & 1) != 0;
}

bool dvg_pattern_leads_on(const dvg_pattern *pattern, const dvg_step *step,
                          const dvg_allocator *allocator, bool *failed)
{
    uint64_t depth = dvg_path_depth(step);
    if (!pattern->deep)
        return depth <= pattern->count &&
               match_plain(pattern, (size_t)depth, step, allocator, failed);
    return follow(pattern, step, allocator, failed) != 0;
}

/* ---- last parts */

static bool tell_bare(dvg_text name, dvg_tail_fn tail, void *payload)
{
    dvg_text bare = dvg_path_bare(name.data, name.size);
    return tail(payload, bare.data, bare.size);
}

/* The path of an element ends as the path of its array does, so brackets are passed towards the
 * root, until a name stands there or the root is reached. */
bool dvg_pattern_tails(const dvg_pattern *pattern, bool whole, dvg_tail_fn tail, void *payload)
{
    size_t at = pattern->count;
    while (whole && at > 0 && pattern->parts[at - 1].kind == DVG_PART_DEPTH)
        at--;
    if (at == 0 && pattern->count > 0)
        return false;
    for (; at > 0; at--) {
        const dvg_part *part = &pattern->parts[at - 1];
        if (part->kind == DVG_PART_NAME)
            return tell_bare(part->text, tail, payload);
        if (part->kind == DVG_PART_MEMBER || part->kind == DVG_PART_DEPTH)
            return false;
        if (part->kind == DVG_PART_TOKEN && !tell_bare(part->text, tail, payload))
            return false;
        if (part->kind == DVG_PART_TOKEN && part->index == UINT64_MAX)
            return true;
    }
    return tail(payload, "", 0);
}
