/*
 * descend: see descend.h. What is still to be looked at stands on a stack; a child is put there if
 * its path, spelled out, is the beginning of the one that is looked for.
 */
#include "engine/descend.h"

#include <string.h>

/* A search under way. */
struct descent {
    dvg_search *search;
    dvg_spot *open;
    size_t count, capacity;
    bool failed;
};

static bool push(struct descent *descent, dvg_spot **items, size_t *count, size_t *capacity,
                 const dvg_spot *spot)
{
    void *grown = *items;
    if (!dvg_grow(descent->search->allocator, &grown, capacity, *count + 1, sizeof **items)) {
        descent->failed = true;
        return false;
    }
    *items = grown;
    (*items)[(*count)++] = *spot;
    return true;
}

/* ---- paths */

enum fit { OTHER, ON_THE_WAY, THERE };

/* The document that a pointer leads into: the left one if it has the value. */
static int pointer_side(const dvg_spot *spot) { return spot->value[0].cell != NULL ? 0 : 1; }

static enum fit compare(dvg_text wanted, const dvg_buffer *path, bool pointer)
{
    if (path->size > wanted.size ||
        (path->size > 0 && memcmp(path->data, wanted.data, path->size) != 0))
        return OTHER;
    if (path->size == wanted.size)
        return THERE;
    char next = wanted.data[path->size];
    bool goes_on = pointer ? next == '/' : path->size == 0 || next == '.' || next == '[';
    return goes_on ? ON_THE_WAY : OTHER;
}

static enum fit fit(struct descent *descent, const dvg_spot *spot)
{
    const dvg_search *search = descent->search;
    bool pointer = search->path.size > 0 && search->path.data[0] == '/';
    dvg_buffer path;
    dvg_buffer_init(&path, search->allocator);
    if (pointer)
        dvg_path_pointer(&path, spot->path, pointer_side(spot), search->allocator);
    else
        dvg_path_render(&path, spot->path, search->allocator);
    descent->failed = descent->failed || path.failed;
    enum fit found = path.failed ? OTHER : compare(search->path, &path, pointer);
    dvg_buffer_clear(&path);
    return found;
}

/* ---- what is hidden */

/* The skips are asked about every place but elements that only one side has. */
static bool find_skip(struct descent *descent, dvg_spot *spot)
{
    const dvg_search *search = descent->search;
    dvg_buffer path;
    bool lone = spot->value[0].cell == NULL || spot->value[1].cell == NULL;
    if (lone && spot->path != NULL && spot->path->kind == DVG_STEP_KEYED)
        return false;
    dvg_buffer_init(&path, search->allocator);
    dvg_path_render(&path, spot->path, search->allocator);
    const char *text = dvg_buffer_string(&path);
    bool failed = text == NULL;
    ptrdiff_t entry =
        failed ? -1 : dvg_skip_test(search->skip, (dvg_text){text, path.size}, &failed);
    if (entry >= 0) {
        dvg_text found = search->skip->entries[entry];
        spot->hidden.skip = dvg_arena_copy(search->arena, found.data, found.size);
        failed = spot->hidden.skip == NULL;
    }
    descent->failed = descent->failed || failed;
    dvg_buffer_clear(&path);
    return entry >= 0;
}

static void find_hidden(struct descent *descent, dvg_spot *spot)
{
    const dvg_rule_query query = {spot->path, DVG_KIND_COUNT, DVG_NEITHER, NULL};
    if (spot->hidden.is || spot->alone)
        return;
    spot->hidden.path = spot->path;
    spot->hidden.is = find_skip(descent, spot);
    if (spot->hidden.is)
        return;
    spot->hidden.rule = dvg_ruling_decide(descent->search->ruling, DVG_EFFECT_IGNORE, &query);
    spot->hidden.is = spot->hidden.rule != DVG_RULE_NONE;
}

/* ---- children */

/* A child by the step that leads to it: kept if it is on the way. */
static void consider(struct descent *descent, const dvg_spot *parent, const dvg_step *step,
                     const dvg_value values[2], const dvg_decider *matched)
{
    dvg_spot spot = *parent;
    spot.path = step;
    spot.value[0] = values[0];
    spot.value[1] = values[1];
    spot.element = matched != NULL;
    if (matched != NULL)
        spot.matched = *matched;
    if (fit(descent, &spot) == OTHER)
        return;
    dvg_step *copy = dvg_arena_get(descent->search->arena, sizeof *copy);
    if (copy == NULL) {
        descent->failed = true;
        return;
    }
    *copy = *step;
    spot.path = copy;
    find_hidden(descent, &spot);
    push(descent, &descent->open, &descent->count, &descent->capacity, &spot);
}

static dvg_value value_of(dvg_value name) { return dvg_value_next(name); }

static bool same_name(dvg_value left, dvg_value right)
{
    dvg_text a = dvg_value_text(left);
    dvg_text b = dvg_value_text(right);
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* How many members of that name stand before `name`. */
static uint64_t occurrence(dvg_value object, dvg_value name)
{
    uint64_t count = 0;
    dvg_value at = dvg_value_first(object);
    for (; at.cell != name.cell; at = dvg_value_next(dvg_value_next(at)))
        count += same_name(at, name);
    return count;
}

/* The member that is called like `name`, occurrence `number` of it; absent: there is none. */
static dvg_value find_member(dvg_value object, dvg_value name, uint64_t number)
{
    dvg_value at = dvg_value_first(object);
    for (uint64_t i = dvg_value_count(object); i > 0; i--) {
        if (same_name(at, name) && number-- == 0)
            return value_of(at);
        at = dvg_value_next(dvg_value_next(at));
    }
    return dvg_value_absent();
}

static void consider_members(struct descent *descent, const dvg_spot *spot, int side)
{
    dvg_value name = dvg_value_first(spot->value[side]);
    for (uint64_t i = dvg_value_count(spot->value[side]); i > 0; i--) {
        dvg_step step = {spot->path, DVG_STEP_MEMBER, name, NULL, {0, 0}};
        dvg_value values[2] = {dvg_value_absent(), dvg_value_absent()};
        dvg_spot child = {.path = &step, .value = {value_of(name), value_of(name)}};
        if (fit(descent, &child) != OTHER) {
            values[side] = value_of(name);
            values[1 - side] =
                find_member(spot->value[1 - side], name, occurrence(spot->value[side], name));
            if (side == 0 || values[0].cell == NULL)
                consider(descent, spot, &step, values, NULL);
        }
        name = dvg_value_next(value_of(name));
    }
}

/* ---- elements */

static void consider_sequence(struct descent *descent, const dvg_spot *spot,
                              const dvg_decider *matched)
{
    dvg_value at[2];
    uint64_t count[2];
    for (int side = 0; side < 2; side++) {
        at[side] = dvg_value_first(spot->value[side]);
        count[side] = dvg_value_count(spot->value[side]);
    }
    for (uint64_t i = 0; i < count[0] || i < count[1]; i++) {
        dvg_step step = {spot->path, DVG_STEP_INDEX, {NULL, NULL}, NULL, {UINT64_MAX, UINT64_MAX}};
        dvg_value values[2] = {dvg_value_absent(), dvg_value_absent()};
        for (int side = 0; side < 2; side++) {
            if (i >= count[side])
                continue;
            values[side] = at[side];
            step.index[side] = i;
            at[side] = dvg_value_next(at[side]);
        }
        consider(descent, spot, &step, values, matched);
    }
}

/* An array that is matched by key, on one side. */
struct side {
    dvg_value array;
    const dvg_keyed *keyed;
    bool last_wins;
};

static dvg_value key_of(const struct side *side, dvg_value element)
{
    return dvg_value_member(element, side->keyed->key, side->keyed->key_size);
}

/* Are two elements matched with each other, as far as their keys tell? */
static bool same_key(const struct side *side, dvg_value left, dvg_value right)
{
    bool objects[2] = {dvg_value_type(left) == DVG_OBJECT, dvg_value_type(right) == DVG_OBJECT};
    if (objects[0] != objects[1])
        return false;
    return !objects[0] || dvg_key_same(key_of(side, left), key_of(side, right));
}

/* Occurrence `number` of the key of `like`, or the last one; absent: there is none. Its position in
 * `*index`. */
static dvg_value find_element(const struct side *side, dvg_value like, uint64_t number,
                              uint64_t *index)
{
    dvg_value found = dvg_value_absent();
    dvg_value at = dvg_value_first(side->array);
    *index = UINT64_MAX;
    for (uint64_t i = 0; i < dvg_value_count(side->array); i++) {
        if (same_key(side, like, at) && (side->last_wins || number-- == 0)) {
            found = at;
            *index = i;
            if (!side->last_wins)
                break;
        }
        at = dvg_value_next(at);
    }
    return found;
}

static uint64_t key_occurrence(const struct side *side, dvg_value element)
{
    uint64_t count = 0;
    dvg_value at = dvg_value_first(side->array);
    for (; at.cell != element.cell; at = dvg_value_next(at))
        count += same_key(side, element, at);
    return count;
}

/* Was the pair considered from the left, where its key may be spelled in another way? */
static bool is_taken(struct descent *descent, const struct side *left, const dvg_step *step,
                     const dvg_value values[2])
{
    dvg_step other = *step;
    other.value = key_of(left, values[0]);
    const dvg_spot child = {.path = &other, .value = {values[0], values[1]}};
    return fit(descent, &child) != OTHER;
}

/* One element of side `mine`, whose key's text may be the one that is looked for. */
static void consider_element(struct descent *descent, const dvg_spot *spot,
                             const struct side sides[2], int mine, dvg_value element,
                             const dvg_decider *matched)
{
    const struct side *own = &sides[mine];
    dvg_step step = {spot->path, DVG_STEP_KEYED, key_of(own, element), own->keyed->key, {0, 0}};
    dvg_value values[2];
    uint64_t number = own->last_wins ? 0 : key_occurrence(own, element);
    for (int side = 0; side < 2; side++)
        values[side] = find_element(&sides[side], element, number, &step.index[side]);
    bool stands = values[mine].cell == element.cell; /* a later one of its key may win */
    if (!stands || (own->last_wins && dvg_value_type(element) != DVG_OBJECT))
        return;
    if (mine == 1 && values[0].cell != NULL && is_taken(descent, &sides[0], &step, values))
        return;
    consider(descent, spot, &step, values, matched);
}

static void consider_keyed(struct descent *descent, const dvg_spot *spot,
                           const dvg_decider *matched)
{
    bool last = descent->search->ruling->rules->reading.duplicates == DVG_DUPLICATES_LAST;
    const struct side sides[2] = {{spot->value[0], matched->keyed, last},
                                  {spot->value[1], matched->keyed, last}};
    for (int side = 0; side < 2; side++) {
        dvg_value at = dvg_value_first(sides[side].array);
        for (uint64_t i = 0; i < dvg_value_count(sides[side].array); i++) {
            dvg_step step = {
                spot->path, DVG_STEP_KEYED, key_of(&sides[side], at), matched->keyed->key, {i, i}};
            dvg_spot child = {.path = &step, .value = {at, at}};
            if (fit(descent, &child) != OTHER)
                consider_element(descent, spot, sides, side, at, matched);
            at = dvg_value_next(at);
        }
    }
}

/* ---- containers */

/* How the array is matched: by a rule, or by its bare name. */
static dvg_decider find_match(struct descent *descent, const dvg_spot *spot)
{
    const dvg_search *search = descent->search;
    const dvg_rules *rules = search->ruling->rules;
    const dvg_rule_query query = {spot->path, DVG_KIND_COUNT, DVG_NEITHER, NULL};
    dvg_decider matched = {DVG_RULE_NONE, NULL, NULL, spot->path, false};
    dvg_buffer path;
    matched.rule = dvg_ruling_decide(search->ruling, DVG_EFFECT_MATCH, &query);
    if (matched.rule != DVG_RULE_NONE) {
        matched.keyed = &rules->rules[matched.rule].keyed;
        return matched;
    }
    dvg_buffer_init(&path, search->allocator);
    dvg_path_render(&path, spot->path, search->allocator);
    dvg_text bare = dvg_path_bare(path.size > 0 ? path.data : "", path.size);
    matched.keyed = dvg_rules_keyed(rules, search->file, bare.data, bare.size);
    descent->failed = descent->failed || path.failed;
    dvg_buffer_clear(&path);
    return matched;
}

/* A place that was looked for. */
static void found(struct descent *descent, const dvg_spot *place)
{
    dvg_spot spot = *place;
    spot.array = dvg_value_type(spot.value[0]) == DVG_ARRAY &&
                 dvg_value_type(spot.value[1]) == DVG_ARRAY && !spot.hidden.is;
    if (spot.array)
        spot.inner = find_match(descent, &spot);
    push(descent, &descent->search->spots, &descent->search->count, &descent->search->capacity,
         &spot);
}

/* What stands in the values of a place; of two types each goes its own way. */
static void expand(struct descent *descent, const dvg_spot *place)
{
    bool both = dvg_value_type(place->value[0]) == dvg_value_type(place->value[1]);
    for (int side = 0; side < 2; side++) {
        dvg_spot spot = *place;
        if (!both) {
            spot.value[1 - side] = dvg_value_absent();
            spot.alone = true;
        }
        dvg_type type = dvg_value_type(spot.value[side]);
        if (type == DVG_OBJECT)
            consider_members(descent, &spot, side);
        if (type != DVG_ARRAY || (both && side == 1))
            continue;
        dvg_decider matched = find_match(descent, &spot);
        if (matched.keyed != NULL)
            consider_keyed(descent, &spot, &matched);
        else
            consider_sequence(descent, &spot, &matched);
    }
}

bool dvg_search_run(dvg_search *search, const dvg_value roots[2])
{
    struct descent descent = {search, NULL, 0, 0, false};
    dvg_spot root = {.value = {roots[0], roots[1]}};
    root.hidden.rule = root.matched.rule = DVG_RULE_NONE;
    find_hidden(&descent, &root);
    push(&descent, &descent.open, &descent.count, &descent.capacity, &root);
    while (descent.count > 0 && !descent.failed && !search->ruling->failed) {
        const dvg_spot spot = descent.open[--descent.count];
        if (fit(&descent, &spot) == THERE)
            found(&descent, &spot);
        expand(&descent, &spot);
    }
    dvg_release(search->allocator, descent.open, descent.capacity * sizeof *descent.open);
    return !descent.failed && !search->ruling->failed;
}

void dvg_search_clear(dvg_search *search)
{
    dvg_release(search->allocator, search->spots, search->capacity * sizeof *search->spots);
    search->spots = NULL;
    search->count = search->capacity = 0;
}
