/*
 * similar: see similar.h. Each member with its value, and each element of an array, is a trait. The
 * traits of the elements of one side are looked up for those of the other; the pairs that share
 * most come first.
 */
#include "diff/similar.h"
#include "base/sort.h"
#include "diff/align.h"
#include "diff/subtree.h"

#include <string.h>

/* Traits of one element that are looked at; elements of a side that may have one trait; those of
 * one element that are kept to choose from. */
enum { TRAITS_MOST = 64, HOLDERS_MOST = 16, LIKENESSES_MOST = 8 };

struct trait {
    uint64_t hash;
    uint32_t element; /* that has it */
};

/* Two elements that share something. */
struct likeness {
    uint32_t shared;
    uint32_t at[2]; /* first side first */
};

struct comparing {
    struct dvg_elements *elements;
    int side[2];          /* the first one and the other */
    struct trait *traits; /* of the other side, by hash */
    size_t trait_count, trait_capacity;
    uint32_t *shared; /* by element of the other side: traits shared with the one at hand */
    struct likeness *found;
    size_t found_count, found_capacity;
    bool failed;
};

static uint64_t traits_of(const struct comparing *c, int which, uint32_t at)
{
    const struct dvg_walker *walker = c->elements->walker;
    int side = c->side[which];
    dvg_value value = {walker->document[side], c->elements->list[side][at].cell};
    uint64_t count = dvg_value_count(value);
    return count < TRAITS_MOST ? count : TRAITS_MOST;
}

/* Elements of an array that are equal are traits of their own. */
static void tell_apart(uint64_t *hashes, size_t count)
{
    for (size_t i = count; i-- > 1;) {
        uint64_t before = 0;
        for (size_t j = 0; j < i; j++)
            before += hashes[j] == hashes[i];
        if (before > 0)
            hashes[i] += before * UINT64_C(0x9e3779b97f4a7c15);
    }
}

/* The hashes of an element's traits. Returns how many there are. */
static size_t list_traits(struct comparing *c, int which, uint32_t at, uint64_t hashes[TRAITS_MOST])
{
    int side = c->side[which];
    const dvg_cell *cell = c->elements->list[side][at].cell;
    const dvg_cell *end = dvg_cell_after(cell);
    bool array = dvg_cell_tag(*cell) == DVG_TAG_ARRAY;
    struct dvg_walker *walker = c->elements->walker;
    dvg_text bare = walker->frames[c->elements->frame].bare;
    size_t count = 0;
    if (!dvg_cell_is_container(*cell))
        return 0;
    for (cell++; cell < end && count < TRAITS_MOST; cell = dvg_cell_after(array ? cell : cell + 1))
        hashes[count++] = array ? dvg_subtree_hash(walker, side, cell, bare)
                                : dvg_subtree_member(walker, side, cell);
    c->failed = c->failed || walker->status != DVG_OK;
    if (array)
        tell_apart(hashes, count);
    return count;
}

static bool is_alone(const struct comparing *c, int which, size_t at)
{
    return c->elements->list[c->side[which]][at].partner == DVG_ALONE;
}

/* ---- the traits of the other side */

static int by_hash(const void *left, const void *right)
{
    const struct trait *a = left;
    const struct trait *b = right;
    int order = (a->hash > b->hash) - (a->hash < b->hash);
    return order != 0 ? order : (a->element > b->element) - (a->element < b->element);
}

static void add_traits(struct comparing *c, uint32_t at)
{
    uint64_t hashes[TRAITS_MOST];
    size_t count = list_traits(c, 1, at, hashes);
    void *traits = c->traits;
    if (!dvg_grow(c->elements->walker->walk->allocator, &traits, &c->trait_capacity,
                  c->trait_count + count, sizeof *c->traits)) {
        c->failed = c->failed || count > 0;
        return;
    }
    c->traits = traits;
    for (size_t i = 0; i < count; i++)
        c->traits[c->trait_count++] = (struct trait){hashes[i], at};
}

static void index_traits(struct comparing *c)
{
    size_t count = c->elements->count[c->side[1]];
    for (size_t i = 0; i < count && !c->failed; i++)
        if (is_alone(c, 1, i))
            add_traits(c, (uint32_t)i);
    if (!c->failed && c->trait_count > 1)
        c->failed = !dvg_sort(c->elements->walker->walk->allocator, c->traits, c->trait_count,
                              sizeof *c->traits, by_hash);
}

static size_t find_trait(const struct comparing *c, uint64_t hash)
{
    size_t low = 0;
    size_t high = c->trait_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (c->traits[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* ---- likenesses */

/* The most alike first; of those the ones whose places are nearest to each other. */
static int by_likeness(const void *left, const void *right)
{
    const struct likeness *a = left;
    const struct likeness *b = right;
    if (a->shared != b->shared)
        return a->shared > b->shared ? -1 : 1;
    for (int i = 0; i < 2; i++)
        if (a->at[i] != b->at[i])
            return a->at[i] < b->at[i] ? -1 : 1;
    return 0;
}

static bool add_likenesses(struct comparing *c, const struct likeness *best, size_t count)
{
    void *found = c->found;
    if (!dvg_grow(c->elements->walker->walk->allocator, &found, &c->found_capacity,
                  c->found_count + count, sizeof *c->found))
        return count == 0;
    c->found = found;
    for (size_t i = 0; i < count; i++)
        c->found[c->found_count++] = best[i];
    return true;
}

/* Put a likeness among the best ones, which are in order. Returns how many there are. */
static size_t rank(struct likeness best[LIKENESSES_MOST], size_t count, struct likeness likeness)
{
    size_t at = count;
    while (at > 0 && by_likeness(&likeness, &best[at - 1]) < 0)
        at--;
    if (at == LIKENESSES_MOST)
        return count;
    count = count < LIKENESSES_MOST ? count + 1 : count;
    memmove(&best[at + 1], &best[at], (count - at - 1) * sizeof *best);
    best[at] = likeness;
    return count;
}

/* Half of what the richer one has is shared. */
static bool is_like(const struct comparing *c, uint32_t at, uint32_t other)
{
    const struct dvg_element *a = &c->elements->list[c->side[0]][at];
    const struct dvg_element *b = &c->elements->list[c->side[1]][other];
    uint64_t most = traits_of(c, 0, at);
    if (traits_of(c, 1, other) > most)
        most = traits_of(c, 1, other);
    return dvg_tag_type(dvg_cell_tag(*a->cell)) == dvg_tag_type(dvg_cell_tag(*b->cell)) &&
           2 * (uint64_t)c->shared[other] >= most;
}

/* Whom does the element share its traits with? */
static void compare(struct comparing *c, uint32_t at)
{
    uint64_t hashes[TRAITS_MOST];
    uint32_t met[TRAITS_MOST * HOLDERS_MOST];
    struct likeness best[LIKENESSES_MOST];
    size_t likely = 0;
    size_t met_count = 0;
    size_t count = list_traits(c, 0, at, hashes);
    for (size_t i = 0; i < count; i++) {
        size_t from = find_trait(c, hashes[i]);
        size_t to = from;
        while (to < c->trait_count && to - from <= HOLDERS_MOST && c->traits[to].hash == hashes[i])
            to++;
        for (; to - from <= HOLDERS_MOST && from < to; from++)
            if (c->shared[c->traits[from].element]++ == 0)
                met[met_count++] = c->traits[from].element;
    }
    for (size_t i = 0; i < met_count; i++) {
        if (is_like(c, at, met[i]))
            likely = rank(best, likely, (struct likeness){c->shared[met[i]], {at, met[i]}});
        c->shared[met[i]] = 0;
    }
    c->failed = c->failed || !add_likenesses(c, best, likely);
}

/* ---- partners */

static void join(const struct comparing *c, uint32_t at, uint32_t other)
{
    uint32_t places[2];
    places[c->side[0]] = at;
    places[c->side[1]] = other;
    dvg_elements_join(c->elements, places[0], places[1]);
}

static void take_best(struct comparing *c)
{
    for (size_t i = 0; i < c->found_count; i++) {
        const struct likeness *likeness = &c->found[i];
        if (is_alone(c, 0, likeness->at[0]) && is_alone(c, 1, likeness->at[1]))
            join(c, likeness->at[0], likeness->at[1]);
    }
}

/* Partners that cross others are parted: first those that cross what was there before. */
struct uncrossing {
    struct comparing *c;
    struct dvg_element *list, *others;
    size_t count;
    const bool *old; /* who had a partner before */
};

static void part(const struct uncrossing *u, size_t at)
{
    u->others[u->list[at].partner].partner = DVG_ALONE;
    u->list[at].partner = DVG_ALONE;
}

static bool has_place(const struct uncrossing *u, size_t at)
{
    return u->list[at].partner != DVG_ALONE && !u->list[at].moved;
}

static void fit_between_old(const struct uncrossing *u)
{
    uint32_t bound = 0;
    for (size_t i = 0; i < u->count; i++) {
        if (has_place(u, i) && u->old[i])
            bound = u->list[i].partner;
        else if (has_place(u, i) && u->list[i].partner < bound)
            part(u, i);
    }
    bound = UINT32_MAX;
    for (size_t i = u->count; i-- > 0;) {
        if (has_place(u, i) && u->old[i])
            bound = u->list[i].partner;
        else if (has_place(u, i) && u->list[i].partner > bound)
            part(u, i);
    }
}

/* Of what is left as few as possible have to go. */
static void keep_rising(const struct uncrossing *u)
{
    const dvg_allocator *allocator = u->c->elements->walker->walk->allocator;
    uint32_t *positions = dvg_allocate(allocator, (u->count + 1) * sizeof *positions);
    bool *kept = dvg_allocate(allocator, u->count + 1);
    size_t used = 0;
    u->c->failed = positions == NULL || kept == NULL;
    for (size_t i = 0; !u->c->failed && i < u->count; i++)
        if (has_place(u, i))
            positions[used++] = u->list[i].partner;
    if (!u->c->failed && dvg_align_rising(allocator, positions, used, kept) == SIZE_MAX)
        u->c->failed = true;
    used = 0;
    for (size_t i = 0; !u->c->failed && i < u->count; i++)
        if (has_place(u, i) && !kept[used++])
            part(u, i);
    dvg_release(allocator, positions, (u->count + 1) * sizeof *positions);
    dvg_release(allocator, kept, u->count + 1);
}

static void uncross(struct comparing *c, const bool *old)
{
    struct dvg_elements *elements = c->elements;
    const struct uncrossing u = {c, elements->list[c->side[0]], elements->list[c->side[1]],
                                 elements->count[c->side[0]], old};
    fit_between_old(&u);
    keep_rising(&u);
}

static void run(struct comparing *c, bool ordered)
{
    const dvg_allocator *allocator = c->elements->walker->walk->allocator;
    size_t count = c->elements->count[c->side[0]];
    bool *old = dvg_allocate_zero(allocator, count + 1);
    c->failed = c->failed || old == NULL;
    for (size_t i = 0; !c->failed && i < count; i++)
        old[i] = !is_alone(c, 0, i);
    index_traits(c);
    for (size_t i = 0; c->trait_count > 0 && i < count && !c->failed; i++)
        if (is_alone(c, 0, i))
            compare(c, (uint32_t)i);
    if (!c->failed && c->found_count > 1)
        c->failed = !dvg_sort(allocator, c->found, c->found_count, sizeof *c->found, by_likeness);
    if (!c->failed && c->found_count > 0) {
        take_best(c);
        if (ordered)
            uncross(c, old);
    }
    dvg_release(allocator, old, count + 1);
}

bool dvg_similar_join(struct dvg_elements *elements, bool ordered)
{
    const dvg_allocator *allocator = elements->walker->walk->allocator;
    struct comparing c = {.elements = elements, .side = {elements->first, 1 - elements->first}};
    size_t others = elements->count[c.side[1]] + 1;
    c.shared = dvg_allocate_zero(allocator, others * sizeof *c.shared);
    c.failed = c.shared == NULL;
    run(&c, ordered);
    dvg_release(allocator, c.shared, others * sizeof *c.shared);
    dvg_release(allocator, c.traits, c.trait_capacity * sizeof *c.traits);
    dvg_release(allocator, c.found, c.found_capacity * sizeof *c.found);
    return !c.failed || dvg_walker_out_of_memory(elements->walker);
}
