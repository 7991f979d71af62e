/*
 * keyed: what becomes of the elements of two arrays that a keymap has paired: what one side lacks
 * is reported, what both have is walked. Order: by the text of the key.
 */
#include "base/bytes.h"
#include "diff/align.h"
#include "diff/composite.h"
#include "diff/reorder.h"
#include "diff/keymap.h"
#include "diff/ledger.h"

#include <string.h>

enum { FEW = 4 }; /* the part of the entries that is few */

struct matching {
    struct dvg_walker *walker;
    size_t frame;
    struct dvg_keymap map;
    size_t distinct[2];
};

static bool out_of_memory(struct matching *m) { return dvg_walker_out_of_memory(m->walker); }

/* With the key of an element it is impossible to go on; `is` says what the key is. */
static bool fail_key(struct matching *m, int side, uint64_t index, const char *is)
{
    struct dvg_walker *walker = m->walker;
    /* Several may be wrong, and the first in the order of reports is the one to name. */
    if (dvg_walker_stop_probe(walker))
        return false;
    const dvg_step *step = dvg_frame_step(walker, m->frame);
    if (walker->status != DVG_OK)
        return false;
    const char *path = dvg_walker_path(walker, step);
    if (path == NULL)
        return false;
    return dvg_walker_fail(
        walker, dvg_fail_file(walker->error, DVG_E_INPUT, walker->walk->shown[side],
                              "%s[%llu]: the key \"%s\" is %s", path, (unsigned long long)index,
                              walker->frames[m->frame].way->key, is));
}

/* ---- order */

/* Which side's spelling of a key is shown: the right one's where both have it, unless the left
 * has fewer keys. That is the reference's rule, and as good as any. */
static int shown_side(const struct matching *m, const struct dvg_key_entry *entry)
{
    if (entry->element[0] == 0)
        return 1;
    if (entry->element[1] == 0)
        return 0;
    return m->distinct[0] < m->distinct[1] ? 0 : 1;
}

/* Text of a key that is no string, in the arena of steps. data NULL: out of memory. */
static dvg_text spell(struct matching *m, dvg_value key)
{
    dvg_buffer text;
    dvg_buffer_init(&text, m->walker->walk->allocator);
    dvg_key_render(&text, key);
    const char *copy =
        text.failed ? NULL : dvg_arena_copy(m->walker->walk->steps, text.data, text.size);
    dvg_text spelled = {copy, text.size};
    dvg_buffer_clear(&text);
    if (copy == NULL)
        out_of_memory(m);
    return spelled;
}

/* What the right lacks, what the left lacks, what both have. */
enum { LONE_LEFT, LONE_RIGHT, COMMON };

static int group_of(const struct dvg_key_entry *entry)
{
    return entry->element[1] == 0 ? LONE_LEFT : entry->element[0] == 0 ? LONE_RIGHT : COMMON;
}

/* ---- results */

/* Is it one of several that have the key? Of the first occurrence the map counts how many; where
 * one side has none at all, that is what there is to say of it. */
static bool is_repeated(const struct dvg_key_entry *entry)
{
    bool both = entry->element[0] != 0 && entry->element[1] != 0;
    return !entry->stranger &&
           (entry->occurrence > 0 || (both && (entry->count[0] > 1 || entry->count[1] > 1)));
}

/* Does an element of it have no key? One beside it may have null for one, which is the same key,
 * and either may be the left one. */
static bool is_keyless(const struct dvg_key_entry *entry)
{
    bool keyless = entry->stranger;
    for (int side = 0; side < 2 && !entry->string; side++)
        keyless = keyless || (entry->element[side] != 0 && entry->as.key[side] == 0);
    return keyless;
}

/* Where an entry's elements stand. False: out of memory. */
static bool place_of(struct matching *m, const struct dvg_key_entry *entry, struct dvg_pair *place)
{
    int shown = shown_side(m, entry);
    memset(place, 0, sizeof *place);
    place->left = dvg_keymap_element(&m->map, entry, 0);
    place->right = dvg_keymap_element(&m->map, entry, 1);
    place->index[0] = entry->index[0];
    place->index[1] = entry->index[1];
    place->key_is_left = shown == 0;
    place->keyless = is_keyless(entry);
    place->again = !place->keyless && is_repeated(entry); /* of several without a key, too */
    for (int side = 0; side < 2; side++) {
        if (entry->element[side] == 0)
            place->index[side] = UINT32_MAX;
    }
    if (m->map.keyed->parts != NULL)
        return dvg_composite_place(m->walker, m->map.keyed, shown,
                                   shown == 0 ? place->left : place->right, place);
    if (!entry->string) {
        dvg_value key = dvg_keymap_key(&m->map, entry, shown);
        place->key = key.cell;
        place->name = spell(m, key);
        return place->name.data != NULL;
    }
    /* Strings are spelled alike; the left side is the one that is gone through in order. */
    const dvg_keyed *keyed = m->walker->frames[m->frame].way;
    int side = place->left != NULL ? 0 : 1;
    dvg_value element = dvg_walker_value(m->walker, side, side == 0 ? place->left : place->right);
    place->key = dvg_value_member(element, keyed->key, keyed->key_size).cell;
    place->key_is_left = side == 0;
    place->name = dvg_keymap_text(&m->map, entry);
    return true;
}

static bool report_lone(struct matching *m, const struct dvg_pair *place)
{
    dvg_step step;
    if (dvg_walker_outside(m->walker, m->frame, place)) {
        dvg_walker_ignore(m->walker, place->left, place->right, 0);
        return true;
    }
    if (m->walker->status != DVG_OK)
        return false;
    if (m->walker->frames[m->frame].asks) {
        if (!dvg_child_step_on(&step, m->walker, m->frame, place))
            return false;
        if (dvg_walker_ruled(m->walker, &step)) {
            dvg_walker_ignore(m->walker, place->left, place->right, 0);
            return true;
        }
        if (m->walker->status != DVG_OK)
            return false;
    }
    return dvg_walker_report_alone(m->walker, m->frame, place);
}

/* Append the pairs of one group to the walker's list, but those that are the same. */
static bool list_group(struct matching *m, int group)
{
    for (int number = 0; number < DVG_KEY_SHARDS; number++) {
        const struct dvg_key_shard *shard = &m->map.shard[number];
        for (size_t i = 0; i < shard->count; i++) {
            struct dvg_pair place;
            if (shard->entries[i].same || group_of(&shard->entries[i]) != group)
                continue;
            if (!place_of(m, &shard->entries[i], &place) || !dvg_walker_add_pair(m->walker, &place))
                return false;
        }
    }
    return true;
}

/* The same by the order of the keys' texts: the shards are filled by a seed. */
static bool list_sorted(struct matching *m, int group)
{
    size_t start = m->walker->pair_count;
    return list_group(m, group) && dvg_pairs_sort(m->walker, start, m->walker->pair_count);
}

/* Report what only one side has, by the order of the keys' texts. */
static bool emit_lone(struct matching *m, int group)
{
    struct dvg_walker *walker = m->walker;
    size_t start = walker->pair_count;
    if (!list_sorted(m, group))
        return false;
    for (size_t i = start; i < walker->pair_count; i++) {
        const struct dvg_pair place = walker->pairs[i];
        if (!report_lone(m, &place))
            return false;
    }
    walker->pair_count = start;
    return true;
}

/* What both sides have is walked later. Most of it is equal, so an outermost keyed array is gone
 * through in document order first, which is the order of memory, and only what differs is put in
 * order and reported; unless so few are left after a look at their text that most of those will
 * differ. In a nested array that would be done again for every level. Where hidden places are
 * listed, each has to come in its turn: the keys are shared out by a seed. */
static bool emit_common(struct matching *m)
{
    struct dvg_walker *walker = m->walker;
    struct dvg_frame *frame = &walker->frames[m->frame];
    size_t entries = m->map.shard[0].count + m->map.shard[1].count;
    if (!list_group(m, COMMON))
        return false;
    frame->last = walker->pair_count;
    frame->kept = frame->first;
    frame->probing =
        !frame->tested && !m->walker->walk->list && frame->last - frame->first > entries / FEW;
    return frame->probing || dvg_pairs_sort(walker, frame->first, frame->last);
}

static bool emit(struct matching *m)
{
    if (m->walker->walk->every) {
        bool listed =
            list_sorted(m, LONE_LEFT) && list_sorted(m, LONE_RIGHT) && list_sorted(m, COMMON);
        m->walker->frames[m->frame].last = m->walker->pair_count;
        return listed;
    }
    return emit_lone(m, LONE_LEFT) && emit_lone(m, LONE_RIGHT) && emit_common(m);
}

/* ---- opening */

static void tell_oddities(struct matching *m)
{
    const dvg_walk *walk = m->walker->walk;
    const struct dvg_key_shard *a = &m->map.shard[0];
    const struct dvg_key_shard *b = &m->map.shard[1];
    for (int side = 0; side < 2; side++) {
        const uint64_t counts[DVG_ODDITY_COUNT] = {a->strangers[side] + b->strangers[side],
                                                   a->duplicates[side] + b->duplicates[side],
                                                   a->keyless[side] + b->keyless[side]};
        for (int i = 0; i < DVG_ODDITY_COUNT; i++) {
            if (counts[i] == 0 || walk->oddity == NULL)
                continue;
            if (dvg_walker_stop_probe(m->walker))
                return;
            const dvg_step *step = dvg_frame_step(m->walker, m->frame);
            if (m->walker->status == DVG_OK)
                walk->oddity(walk->payload, (dvg_which)side, (dvg_oddity)i, counts[i], step);
        }
    }
}

/* Does every element's path end as the array's does, with nothing for a skip to find there? Then
 * elements may be looked at without asking the skips for each. Once is enough. */
static bool may_look(const struct matching *m)
{
    const struct dvg_frame *frame = &m->walker->frames[m->frame];
    return !frame->tested && !frame->maybe && dvg_frame_is_plain(frame) &&
           !m->walker->walk->thorough && !m->walker->walk->every && frame->way->parts == NULL &&
           dvg_path_special(frame->way->key, frame->way->key_size) == 0;
}

/* Take over what the threads counted. */
static void add_up(struct matching *m)
{
    for (int number = 0; number < DVG_KEY_SHARDS; number++) {
        const struct dvg_key_shard *shard = &m->map.shard[number];
        dvg_ledger_add(m->walker->walk->ledger, &shard->ledger);
        for (int side = 0; side < 2; side++)
            m->distinct[side] += shard->distinct[side];
    }
}

/* The first element of a side whose key an earlier one has; NULL: none. What has no key, or
 * null for one, repeats none. */
static const struct dvg_key_entry *find_repeated(const struct dvg_keymap *map, int side)
{
    const struct dvg_key_entry *first = NULL;
    for (int number = 0; number < DVG_KEY_SHARDS; number++) {
        const struct dvg_key_shard *shard = &map->shard[number];
        for (size_t i = 0; shard->duplicates[side] > 0 && i < shard->count; i++) {
            const struct dvg_key_entry *entry = &shard->entries[i];
            if (entry->occurrence == 0 || entry->stranger || entry->element[side] == 0 ||
                (!entry->string && dvg_value_type(dvg_keymap_key(map, entry, side)) <= DVG_NULL))
                continue;
            if (first == NULL || entry->index[side] < first->index[side])
                first = entry;
        }
    }
    return first;
}

/* Where the profile refuses duplicates, no key may stand twice. */
static bool refuse_repeated(struct matching *m)
{
    if (m->walker->walk->rules->reading.duplicates != DVG_DUPLICATES_REFUSE)
        return true;
    for (int side = 0; side < 2; side++) {
        const struct dvg_key_entry *entry = find_repeated(&m->map, side);
        if (entry != NULL)
            return fail_key(m, side, entry->index[side],
                            "that of an earlier element, which the profile refuses");
    }
    return true;
}

static bool fail_unmatchable(struct matching *m, int side)
{
    bool list = m->map.bad_type[side] == DVG_ARRAY;
    return fail_key(m, side, m->map.bad[side],
                    list ? "an array, which cannot be matched"
                         : "an object, which cannot be matched");
}

static bool fill(struct matching *m, const dvg_cell *left, const dvg_cell *right)
{
    const dvg_keyed *keyed = m->walker->frames[m->frame].way;
    if (dvg_keymap_fill(&m->map, m->walker, keyed, left, right, may_look(m)))
        return refuse_repeated(m);
    for (int side = 0; side < 2; side++)
        if (m->map.bad[side] != SIZE_MAX)
            return fail_unmatchable(m, side);
    return out_of_memory(m);
}

bool dvg_keyed_open(struct dvg_walker *walker, size_t frame, const dvg_cell *left,
                    const dvg_cell *right)
{
    struct matching m;
    memset(&m, 0, sizeof m);
    m.walker = walker;
    m.frame = frame;
    bool done = fill(&m, left, right);
    if (done) {
        add_up(&m);
        tell_oddities(&m);
    }
    done = done && walker->status == DVG_OK && !walker->differs &&
           (!walker->frames[frame].way->inferred || dvg_reorder_report(walker, frame, &m.map)) &&
           emit(&m);
    dvg_keymap_clear(&m.map);
    return done;
}
