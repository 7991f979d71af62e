/*
 * descend: see descend.h. What is still to be looked at stands on a stack; a child is put there if
 * its path, spelled out, is the beginning of the one that is looked for.
 */
#include "engine/descend.h"
#include "rules/equality.h"

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

static enum fit compare(dvg_text wanted, const dvg_buffer *path)
{
    if (path->size > wanted.size ||
        (path->size > 0 && memcmp(path->data, wanted.data, path->size) != 0))
        return OTHER;
    if (path->size == wanted.size)
        return THERE;
    char next = wanted.data[path->size];
    bool goes_on = path->size == 0 || next == '.' || next == '[';
    return goes_on ? ON_THE_WAY : OTHER;
}

static enum fit fit_pattern(struct descent *descent, const dvg_spot *spot)
{
    const dvg_search *search = descent->search;
    if (search->pattern == NULL)
        return OTHER;
    if (dvg_pattern_match(search->pattern, spot->path, search->allocator, &descent->failed))
        return THERE;
    return dvg_pattern_leads_on(search->pattern, spot->path, search->allocator, &descent->failed)
               ? ON_THE_WAY
               : OTHER;
}

/* As a text, or else as a pattern: where both mean something, both are meant. */
static enum fit fit(struct descent *descent, const dvg_spot *spot)
{
    const dvg_search *search = descent->search;
    dvg_buffer path;
    dvg_buffer_init(&path, search->allocator);
    dvg_path_render(&path, spot->path, search->allocator);
    descent->failed = descent->failed || path.failed;
    enum fit found = path.failed ? OTHER : compare(search->path, &path);
    dvg_buffer_clear(&path);
    enum fit other = found == THERE ? THERE : fit_pattern(descent, spot);
    return found > other ? found : other;
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

/* The rename that puts the member called `name` together with one of another name. */
static const dvg_rename *find_rename(struct descent *descent, const dvg_spot *spot, dvg_value name,
                                     int side)
{
    dvg_ruling *ruling = descent->search->ruling;
    uint32_t rule = dvg_ruling_rename(ruling, spot->path);
    dvg_text text = dvg_value_text(name);
    const dvg_rename *at = rule == DVG_RULE_NONE ? NULL : ruling->rules->rules[rule].renames;
    for (; at != NULL; at = at->next) {
        dvg_text own = side == 0 ? at->left : at->right;
        if (own.size == text.size && memcmp(own.data, text.data, own.size) == 0 &&
            dvg_rename_joins(at, spot->value[0], spot->value[1]))
            break;
    }
    return at;
}

static void consider_members(struct descent *descent, const dvg_spot *spot, int side)
{
    dvg_value name = dvg_value_first(spot->value[side]);
    for (uint64_t i = dvg_value_count(spot->value[side]); i > 0; i--) {
        dvg_step step = {spot->path, DVG_STEP_MEMBER, name, NULL, {0, 0}};
        dvg_value values[2] = {dvg_value_absent(), dvg_value_absent()};
        dvg_spot child = {.path = &step};
        const dvg_rename *rename = find_rename(descent, spot, name, side);
        if (rename != NULL && side == 0)
            step.field = rename->right.data;
        if (fit(descent, &child) != OTHER) {
            values[side] = value_of(name);
            values[1 - side] =
                find_member(spot->value[1 - side], name, occurrence(spot->value[side], name));
            if (rename != NULL && side == 0) {
                values[1] =
                    dvg_value_member(spot->value[1], rename->right.data, rename->right.size);
            }
            if (side == 0 || (values[0].cell == NULL && rename == NULL))
                consider(descent, spot, &step, values, NULL);
        }
        name = dvg_value_next(value_of(name));
    }
}

/* ---- elements */

/* The elements of two arrays, as the walk puts them beside each other. */
struct pairing {
    struct descent *descent;
    const dvg_spot *spot;
    dvg_decider matched;
};

/* The step with the key as the other side spells it, 1 or 1.0; false: there is none. */
static bool respell(const dvg_step *step, const dvg_keyed *keyed, const dvg_value values[2],
                    dvg_step *other)
{
    *other = *step;
    if (step->kind != DVG_STEP_KEYED || keyed->parts != NULL)
        return false;
    for (int side = 0; side < 2 && other->value.cell == step->value.cell; side++)
        if (dvg_value_type(values[side]) == DVG_OBJECT)
            other->value = dvg_value_member(values[side], keyed->key, keyed->key_size);
    return other->value.cell != NULL && other->value.cell != step->value.cell;
}

static void consider_pair(void *payload, const dvg_step *step, dvg_value left, dvg_value right)
{
    const struct pairing *pairing = payload;
    const dvg_value values[2] = {left, right};
    const dvg_spot spot = {.path = step, .value = {left, right}};
    dvg_step other;
    if (fit(pairing->descent, &spot) == OTHER &&
        respell(step, pairing->matched.keyed, values, &other))
        step = &other;
    consider(pairing->descent, pairing->spot, step, values, &pairing->matched);
}

/* Find out who says how the arrays are matched, and let the walk match them; `pair` may be NULL.
 * Where it cannot (a key that is an array), matched->keyed is NULL, and nothing is told. */
static void match(struct descent *descent, const dvg_spot *spot, dvg_decider *matched,
                  dvg_pair_fn pair, void *payload)
{
    const dvg_rule_query query = {spot->path, DVG_KIND_COUNT, DVG_NEITHER, NULL};
    const dvg_search *search = descent->search;
    dvg_buffer path;
    *matched = (dvg_decider){DVG_RULE_NONE, NULL, NULL, spot->path, false};
    matched->rule = dvg_ruling_decide(search->ruling, DVG_EFFECT_MATCH, &query);
    dvg_buffer_init(&path, search->allocator);
    dvg_path_render(&path, spot->path, search->allocator);
    const dvg_walk walk = {.allocator = search->allocator,
                           .steps = search->arena,
                           .rules = search->ruling->rules,
                           .skip = search->skip,
                           .file = search->file,
                           .shown = {search->file, search->file},
                           .seed = search->seed,
                           .ruling = search->ruling,
                           .base = spot->path,
                           .bare = dvg_path_bare(path.size > 0 ? path.data : "", path.size)};
    dvg_status status = path.failed ? DVG_E_MEMORY
                                    : dvg_walk_pairs(&walk, spot->value[0], spot->value[1],
                                                     &matched->keyed, pair, payload, NULL);
    descent->failed = descent->failed || status == DVG_E_MEMORY;
    dvg_buffer_clear(&path);
}

/* ---- containers */

static void consider_elements(struct descent *descent, const dvg_spot *spot)
{
    struct pairing pairing = {.descent = descent, .spot = spot};
    match(descent, spot, &pairing.matched, consider_pair, &pairing);
}

/* A place that was looked for. */
static void found(struct descent *descent, const dvg_spot *place)
{
    dvg_spot spot = *place;
    if (descent->search->count == DVG_SEARCH_MOST) {
        descent->search->many = true;
        return;
    }
    spot.array = dvg_value_type(spot.value[0]) == DVG_ARRAY &&
                 dvg_value_type(spot.value[1]) == DVG_ARRAY && !spot.hidden.is;
    if (spot.array)
        match(descent, &spot, &spot.inner, NULL, NULL);
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
        consider_elements(descent, &spot);
    }
}

bool dvg_search_run(dvg_search *search, const dvg_value roots[2])
{
    struct descent descent = {search, NULL, 0, 0, false};
    dvg_spot root = {.value = {roots[0], roots[1]}};
    root.hidden.rule = root.matched.rule = DVG_RULE_NONE;
    find_hidden(&descent, &root);
    push(&descent, &descent.open, &descent.count, &descent.capacity, &root);
    while (descent.count > 0 && !descent.failed && !search->ruling->failed && !search->many) {
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
