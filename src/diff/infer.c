/*
 * infer: see infer.h. A member is a key if every element of both sides has it, as a string or an
 * integer, no two of a side have the same, and at least half of the shorter side's values are on
 * the other side, too. Names that are called like keys are asked first, in their order, then all
 * others; of these the one with the most values in common is taken, but no plain numbering.
 */
#include "diff/infer.h"
#include "value/number.h"

#include <stdlib.h>
#include <string.h>

static const char *const usual[] = {"id",  "name", "key",     "uuid", "guid",
                                    "uid", "path", "address", "code", "slug"};

enum { USUAL = sizeof usual / sizeof usual[0], MEMBERS_MOST = 32 };

/* What is known of a value: which side has it. */
enum { LEFT = 1, RIGHT = 2 };

struct inferring {
    struct dvg_walker *walker;
    dvg_value array[2];
    uint64_t count[2];
    uint64_t *slots; /* hashes; 0: free */
    unsigned char *marks;
    size_t slot_count;
};

/* A candidate, and what became of it. */
struct candidate {
    dvg_text name;
    uint64_t common;
    bool numbered; /* the values only count the elements */
};

/* Mark a value. False: the side has it already. */
static bool mark(struct inferring *in, uint64_t hash, int side, uint64_t *common)
{
    size_t mask = in->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    hash |= 1;
    while (in->slots[slot] != 0 && in->slots[slot] != hash)
        slot = (slot + 1) & mask;
    unsigned char mine = side == 0 ? LEFT : RIGHT;
    if (in->slots[slot] != 0 && (in->marks[slot] & mine) != 0)
        return false;
    *common += in->slots[slot] != 0;
    in->slots[slot] = hash;
    in->marks[slot] |= mine;
    return true;
}

/* Is the integer `step` more than the one before? */
static bool follows(dvg_value value, dvg_value first, uint64_t step)
{
    dvg_text text = dvg_value_text(value);
    dvg_text from = dvg_value_text(first);
    if (text.size > 15 || from.size > 15 || dvg_value_type(value) != DVG_INTEGER ||
        dvg_value_type(first) != DVG_INTEGER)
        return false;
    return dvg_number_double(text) == dvg_number_double(from) + (double)step;
}

static bool check_side(struct inferring *in, struct candidate *candidate, int side)
{
    const dvg_seed *seed = in->walker->walk->seed;
    dvg_value element = dvg_value_first(in->array[side]);
    dvg_value first = dvg_value_absent();
    for (uint64_t i = 0; i < in->count[side]; i++) {
        dvg_value key = dvg_value_member(element, candidate->name.data, candidate->name.size);
        dvg_type type = dvg_value_type(key);
        if (type != DVG_STRING && type != DVG_INTEGER)
            return false;
        if (!mark(in, dvg_key_hash(key, seed) + (type == DVG_STRING), side, &candidate->common))
            return false;
        first = i == 0 ? key : first;
        candidate->numbered = candidate->numbered && follows(key, first, i);
        element = dvg_value_next(element);
    }
    return true;
}

/* Is it a key? */
static bool check(struct inferring *in, struct candidate *candidate)
{
    uint64_t least = in->count[0] < in->count[1] ? in->count[0] : in->count[1];
    dvg_value first = dvg_value_first(in->array[0]);
    /* What rules or skips may hide or call equal tells no elements apart. */
    if (dvg_skip_maybe(in->walker->walk->skip,
                       dvg_path_bare(candidate->name.data, candidate->name.size)))
        return false;
    /* Most names are not there at all, which needs no table. */
    if (dvg_value_member(first, candidate->name.data, candidate->name.size).cell == NULL)
        return false;
    memset(in->slots, 0, in->slot_count * sizeof *in->slots);
    memset(in->marks, 0, in->slot_count);
    candidate->common = 0;
    candidate->numbered = true;
    return check_side(in, candidate, 0) && check_side(in, candidate, 1) &&
           2 * candidate->common >= least;
}

static bool is_usual(dvg_text name)
{
    bool is = false;
    for (size_t i = 0; i < USUAL; i++)
        is = is || (strlen(usual[i]) == name.size && memcmp(usual[i], name.data, name.size) == 0);
    return is;
}

/* The one of the other members that has the most in common; of two the one whose name comes
 * first. */
static bool find_other(struct inferring *in, struct candidate *best)
{
    bool found = false;
    dvg_value element = dvg_value_first(in->array[0]);
    dvg_value name = dvg_value_first(element);
    uint64_t count = dvg_value_count(element);
    for (uint64_t i = 0; i < count && i < MEMBERS_MOST; i++) {
        struct candidate candidate = {dvg_value_text(name), 0, false};
        dvg_value value = dvg_value_next(name);
        if (!is_usual(candidate.name) && check(in, &candidate) && !candidate.numbered &&
            (!found || candidate.common > best->common ||
             (candidate.common == best->common &&
              dvg_text_compare(candidate.name, best->name) < 0))) {
            *best = candidate;
            found = true;
        }
        name = dvg_value_next(value);
    }
    return found;
}

static bool find(struct inferring *in, struct candidate *best)
{
    for (size_t i = 0; i < USUAL; i++) {
        *best = (struct candidate){{usual[i], strlen(usual[i])}, 0, false};
        if (check(in, best))
            return true;
    }
    return find_other(in, best);
}

/* Are all elements objects, and is there one on each side? */
static bool are_objects(const struct inferring *in)
{
    bool objects = in->count[0] > 0 && in->count[1] > 0;
    for (int side = 0; side < 2 && objects; side++) {
        dvg_value element = dvg_value_first(in->array[side]);
        for (uint64_t i = 0; i < in->count[side] && objects; i++) {
            objects = dvg_value_type(element) == DVG_OBJECT;
            element = dvg_value_next(element);
        }
    }
    return objects;
}

/* A way that is kept as long as the paths that show it; most arrays have the key of one before. */
static const dvg_keyed *keep(struct dvg_walker *walker, dvg_text key)
{
    for (struct dvg_inferred_key *known = walker->inferred; known != NULL; known = known->next)
        if (known->keyed.key_size == key.size && memcmp(known->keyed.key, key.data, key.size) == 0)
            return &known->keyed;
    struct dvg_inferred_key *made = dvg_arena_get(walker->walk->steps, sizeof *made);
    const char *copy = dvg_arena_copy(walker->walk->steps, key.data, key.size);
    if (made == NULL || copy == NULL) {
        dvg_walker_out_of_memory(walker);
        return NULL;
    }
    memset(made, 0, sizeof *made);
    made->keyed.key = copy;
    made->keyed.key_size = key.size;
    made->keyed.matching = DVG_MATCH_KEY;
    made->keyed.inferred = true;
    made->next = walker->inferred;
    walker->inferred = made;
    return &made->keyed;
}

static const dvg_keyed *tell(struct inferring *in, size_t frame, const struct candidate *best)
{
    struct dvg_walker *walker = in->walker;
    const dvg_walk *walk = walker->walk;
    const dvg_keyed *keyed = keep(walker, best->name);
    if (keyed == NULL || walk->inferred == NULL || walker->probe != SIZE_MAX)
        return keyed;
    const dvg_step *step = dvg_frame_step(walker, frame);
    if (walker->status != DVG_OK)
        return NULL;
    const dvg_inference inference = {
        walk->file_index, step, keyed->key, {in->count[0], in->count[1]}, best->common};
    dvg_status status = walk->inferred(walk->payload, &inference, walker->error);
    if (status != DVG_OK)
        dvg_walker_fail(walker, status);
    return status == DVG_OK ? keyed : NULL;
}

const dvg_keyed *dvg_infer(struct dvg_walker *walker, size_t frame)
{
    const struct dvg_pair *place = &walker->frames[frame].place;
    const dvg_allocator *allocator = walker->walk->allocator;
    const dvg_keyed *keyed = dvg_match_by(DVG_MATCH_SEQUENCE);
    struct inferring in = {.walker = walker, .slot_count = 16};
    struct candidate best;
    in.array[0] = (dvg_value){walker->document[0], place->left};
    in.array[1] = (dvg_value){walker->document[1], place->right};
    for (int side = 0; side < 2; side++)
        in.count[side] = dvg_value_count(in.array[side]);
    if (!are_objects(&in))
        return keyed;
    while (in.slot_count < 2 * (in.count[0] + in.count[1]))
        in.slot_count *= 2;
    in.slots = dvg_allocate(allocator, in.slot_count * sizeof *in.slots);
    in.marks = dvg_allocate(allocator, in.slot_count);
    if (in.slots == NULL || in.marks == NULL) {
        dvg_walker_out_of_memory(walker);
        keyed = NULL;
    } else if (find(&in, &best)) {
        keyed = tell(&in, frame, &best);
    }
    dvg_release(allocator, in.slots, in.slot_count * sizeof *in.slots);
    dvg_release(allocator, in.marks, in.slot_count);
    return keyed;
}
