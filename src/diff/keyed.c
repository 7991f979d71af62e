/*
 * keyed: the elements of two arrays, paired by the value of one of their members.
 * An object without the member has the key null. Where duplicates are "last", a key that stands
 * twice on one side keeps its first text and its last element, and what is no object takes no
 * part; else the occurrences of a key, and what is no object, are matched in their order.
 * Order: by the text of the key.
 */
#include "base/bytes.h"
#include "diff/frame.h"
#include "os/parallel.h"

#include <string.h>

/* Elements that are looked up together, and entries from which on a second thread pays. */
enum { BATCH = 32, WORTH_A_THREAD = 2000 };

/* What is no object has no key to hash; all of it is one chain of occurrences. */
#define STRANGER_HASH UINT64_C(0x5bd1e995a5a5a5a5)

#if defined(__GNUC__)
#define DVG_PREFETCH(address) __builtin_prefetch(address)
#else
#define DVG_PREFETCH(address) ((void)(address))
#endif

/* One key, with the elements that carry it. */
struct entry {
    const dvg_cell *element[2]; /* the last one of each side; NULL: none */
    uint32_t index[2];
    uint32_t count[2]; /* of the first occurrence: how often each side has the key */
    uint32_t hash;     /* upper half */
    uint32_t occurrence : 29;
    uint32_t same : 1;     /* both elements were looked at: they are the same, and counted */
    uint32_t string : 1;   /* the key is a string: both sides spell it alike */
    uint32_t stranger : 1; /* the elements are no objects and have no key at all */
    union {
        dvg_text text;          /* of a string */
        const dvg_cell *key[2]; /* else as each side spells it first; NULL: no such member */
    } as;
};

struct matching {
    struct dvg_walker *walker;
    size_t frame;
    struct entry *entries;
    size_t count, capacity;
    uint32_t *slots; /* 1 + index of an entry; 0: free */
    size_t slot_count;
    size_t distinct[2];
    uint64_t duplicates[2], strangers[2], keyless[2];
    bool last_wins; /* a key that comes again replaces; what is no object is set aside */
};

static bool out_of_memory(struct matching *m) { return dvg_walker_out_of_memory(m->walker); }

static bool make_slots(struct matching *m, uint64_t elements)
{
    size_t count = 16;
    while (count < 2 * elements)
        count *= 2;
    m->slots = dvg_allocate_zero(m->walker->walk->allocator, count * sizeof *m->slots);
    m->slot_count = m->slots == NULL ? 0 : count;
    return m->slots != NULL || out_of_memory(m);
}

static dvg_value key_of(const struct matching *m, const struct entry *entry, int side)
{
    const dvg_cell *cell = entry->as.key[side];
    return (dvg_value){cell == NULL ? NULL : m->walker->document[side], cell};
}

static dvg_value known_key(const struct matching *m, const struct entry *entry)
{
    return key_of(m, entry, entry->element[0] != NULL ? 0 : 1);
}

/* An element whose key was read but not yet looked up. */
struct arrival {
    const dvg_cell *element;
    dvg_value key;
    dvg_text text; /* of a key that is a string; data NULL: it is none */
    uint64_t hash;
    uint64_t index;
    uint32_t occurrence;
    bool stranger;
};

static bool same_key(const struct matching *m, const struct entry *entry,
                     const struct arrival *arrival)
{
    if (entry->hash != (uint32_t)(arrival->hash >> 32) ||
        entry->string != (arrival->text.data != NULL) || entry->occurrence != arrival->occurrence ||
        entry->stranger != arrival->stranger)
        return false;
    if (entry->string)
        return dvg_text_same(entry->as.text, arrival->text);
    return dvg_key_same(known_key(m, entry), arrival->key);
}

/* The entry of a key; a new one if nobody has it yet. NULL: failed. */
static struct entry *find_entry(struct matching *m, const struct arrival *arrival)
{
    size_t mask = m->slot_count - 1;
    size_t slot = (size_t)arrival->hash & mask;
    for (; m->slots[slot] != 0; slot = (slot + 1) & mask) {
        struct entry *entry = &m->entries[m->slots[slot] - 1];
        if (same_key(m, entry, arrival))
            return entry;
    }
    void *entries = m->entries;
    if (!dvg_grow(m->walker->walk->allocator, &entries, &m->capacity, m->count + 1,
                  sizeof *m->entries)) {
        out_of_memory(m);
        return NULL;
    }
    m->entries = entries;
    m->slots[slot] = (uint32_t)(m->count + 1);
    struct entry *entry = &m->entries[m->count++];
    memset(entry, 0, sizeof *entry);
    entry->hash = (uint32_t)(arrival->hash >> 32);
    entry->string = arrival->text.data != NULL;
    entry->stranger = arrival->stranger;
    entry->occurrence = arrival->occurrence & ((UINT32_C(1) << 29) - 1);
    if (entry->string)
        entry->as.text = arrival->text;
    return entry;
}

static void set_aside(struct matching *m, int side, const dvg_cell *element)
{
    m->walker->walk->ledger->side[side].shadowed += (uint64_t)(dvg_cell_after(element) - element);
}

static bool fail_key(struct matching *m, int side, uint64_t index, dvg_type type)
{
    struct dvg_walker *walker = m->walker;
    const dvg_step *step = dvg_frame_step(walker, m->frame);
    if (walker->status != DVG_OK)
        return false;
    const char *path = dvg_walker_path(walker, step);
    if (path == NULL)
        return false;
    return dvg_walker_fail(
        walker, dvg_fail_file(walker->error, DVG_E_INPUT, walker->walk->shown[side],
                              "%s[%llu]: the key \"%s\" is an %s, which cannot be matched", path,
                              (unsigned long long)index, walker->frames[m->frame].keyed->key,
                              dvg_type_name(type)));
}

/* Read the key of an element. `*taken` becomes false where it has none to be found by. */
static bool arrive(struct matching *m, int side, struct arrival *arrival, bool *taken)
{
    struct dvg_walker *walker = m->walker;
    const dvg_keyed *keyed = walker->frames[m->frame].keyed;
    dvg_value value = {walker->document[side], arrival->element};
    *taken = dvg_value_type(value) == DVG_OBJECT;
    if (!*taken) {
        m->strangers[side]++;
        arrival->stranger = true;
        arrival->hash = STRANGER_HASH;
        *taken = !m->last_wins;
        if (m->last_wins)
            set_aside(m, side, arrival->element);
        return true;
    }
    arrival->key = dvg_value_member(value, keyed->key, keyed->key_size);
    dvg_type type = dvg_value_type(arrival->key);
    if (type >= DVG_ARRAY)
        return fail_key(m, side, arrival->index, type);
    m->keyless[side] += type <= DVG_NULL;
    arrival->text = type == DVG_STRING ? dvg_value_text(arrival->key) : (dvg_text){NULL, 0};
    arrival->hash = dvg_key_hash(arrival->key, walker->walk->seed);
    return true;
}

/* Put an arrival in its place. A key that comes again takes the earlier one's place where the last
 * one wins, as in Python; else the occurrences of both sides are matched in their order. */
static bool settle(struct matching *m, int side, struct arrival *arrival)
{
    struct entry *entry = find_entry(m, arrival);
    if (entry == NULL)
        return false;
    uint32_t before = entry->count[side]++;
    if (before > 0) {
        m->duplicates[side]++;
        if (m->last_wins) {
            set_aside(m, side, entry->element[side]);
        } else {
            arrival->occurrence = before;
            arrival->hash ^= before * UINT64_C(0x9e3779b97f4a7c15);
            entry = find_entry(m, arrival);
        }
    }
    if (entry == NULL)
        return false;
    if (entry->element[side] == NULL) {
        if (!entry->string)
            entry->as.key[side] = arrival->key.cell;
        m->distinct[side]++;
    }
    entry->element[side] = arrival->element;
    entry->index[side] = (uint32_t)arrival->index;
    return true;
}

/* The first entry that a hash leads to; NULL: none. Most often it is the right one. */
static const struct entry *guess(const struct matching *m, uint64_t hash)
{
    uint32_t known = m->slots[(size_t)hash & (m->slot_count - 1)];
    return known == 0 || m->entries == NULL ? NULL : &m->entries[known - 1];
}

/* Look up a batch. Its places in memory are asked for before the first is needed: in arrays of
 * another order each would be waited for, and there are many. */
static bool settle_batch(struct matching *m, int side, struct arrival *batch, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = guess(m, batch[i].hash);
        if (entry != NULL)
            DVG_PREFETCH(entry);
    }
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = guess(m, batch[i].hash);
        if (entry != NULL && entry->string)
            DVG_PREFETCH(entry->as.text.data);
    }
    for (size_t i = 0; i < count; i++) {
        if (!settle(m, side, &batch[i]))
            return false;
    }
    return true;
}

static bool add_side(struct matching *m, int side, const dvg_cell *array)
{
    struct arrival batch[BATCH];
    const dvg_cell *end = dvg_cell_after(array);
    uint64_t index = 0;
    size_t count = 0;
    for (const dvg_cell *cell = array + 1; cell < end; cell = dvg_cell_after(cell)) {
        bool taken;
        batch[count] = (struct arrival){cell, dvg_value_absent(), {NULL, 0}, 0, index++, 0, false};
        if (!arrive(m, side, &batch[count], &taken))
            return false;
        if (!taken)
            continue;
        DVG_PREFETCH(&m->slots[(size_t)batch[count].hash & (m->slot_count - 1)]);
        if (++count == BATCH) {
            if (!settle_batch(m, side, batch, count))
                return false;
            count = 0;
        }
    }
    return settle_batch(m, side, batch, count);
}

/* ---- order */

/* Which side's spelling of a key is shown: the right one's where both have it, unless the left
 * has fewer keys. That is the reference's rule, and as good as any. */
static int shown_side(const struct matching *m, const struct entry *entry)
{
    if (entry->element[0] == NULL)
        return 1;
    if (entry->element[1] == NULL)
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

static int group_of(const struct entry *entry)
{
    return entry->element[1] == NULL ? LONE_LEFT : entry->element[0] == NULL ? LONE_RIGHT : COMMON;
}

/* ---- results */

/* Where an entry's elements stand. False: out of memory. */
static bool place_of(struct matching *m, const struct entry *entry, struct dvg_pair *place)
{
    int shown = shown_side(m, entry);
    *place = (struct dvg_pair){entry->element[0],
                               entry->element[1],
                               {NULL, 0},
                               NULL,
                               {entry->index[0], entry->index[1]},
                               shown == 0,
                               entry->occurrence > 0 && !entry->stranger};
    for (int side = 0; side < 2; side++) {
        if (entry->element[side] == NULL)
            place->index[side] = UINT32_MAX;
    }
    if (!entry->string) {
        place->key = entry->as.key[shown];
        place->name = spell(m, key_of(m, entry, shown));
        return place->name.data != NULL;
    }
    /* Strings are spelled alike; the left side is the one that is gone through in order. */
    const dvg_keyed *keyed = m->walker->frames[m->frame].keyed;
    int side = entry->element[0] != NULL ? 0 : 1;
    dvg_value element = {m->walker->document[side], entry->element[side]};
    place->key = dvg_value_member(element, keyed->key, keyed->key_size).cell;
    place->key_is_left = side == 0;
    place->name = entry->as.text;
    return true;
}

static bool report_lone(struct matching *m, const struct dvg_pair *place, int side)
{
    dvg_kind kind = side == 0 ? DVG_KIND_ELEMENT_MISSING : DVG_KIND_ELEMENT_EXTRA;
    const dvg_cell *element = side == 0 ? place->left : place->right;
    m->walker->walk->ledger->side[side].one_sided += (uint64_t)(dvg_cell_after(element) - element);
    return dvg_walker_report(m->walker, m->frame, place, place->again ? DVG_KIND_DUPLICATE : kind,
                             place->left, place->right);
}

/* Append the pairs of one group to the walker's list. */
static bool list_group(struct matching *m, int group)
{
    for (size_t i = 0; i < m->count; i++) {
        struct dvg_pair place;
        if (m->entries[i].same || group_of(&m->entries[i]) != group)
            continue;
        if (!place_of(m, &m->entries[i], &place) || !dvg_walker_add_pair(m->walker, &place))
            return false;
    }
    return true;
}

/* Report what only one side has, by the order of the keys' texts. */
static bool emit_lone(struct matching *m, int group)
{
    struct dvg_walker *walker = m->walker;
    size_t start = walker->pair_count;
    if (!list_group(m, group) || !dvg_pairs_sort(walker, start, walker->pair_count))
        return false;
    for (size_t i = start; i < walker->pair_count; i++) {
        const struct dvg_pair place = walker->pairs[i];
        if (!report_lone(m, &place, group))
            return false;
    }
    walker->pair_count = start;
    return true;
}

/* ---- what is the same */

/* One thread's share of the entries, and what it counted. */
struct share {
    const struct matching *matching;
    struct entry *first, *last;
    dvg_ledger ledger;
};

/* Does the path of an element end as the path of its array does? A dot or a bracket within a key
 * would be read as part of the path, so that skips have to be asked. */
static bool plain_key(const struct matching *m, const struct entry *entry)
{
    if (entry->string)
        return dvg_path_special(entry->as.text.data, entry->as.text.size) == 0;
    return dvg_value_type(known_key(m, entry)) != DVG_REAL;
}

/* The elements of an array in another order are scattered over memory: ask for those that come. */
static void look_ahead(const struct share *share, const struct entry *entry)
{
    const struct dvg_walker *walker = share->matching->walker;
    size_t left = (size_t)(share->last - entry);
    if (left > 8 && entry[8].element[1] != NULL)
        DVG_PREFETCH(entry[8].element[1]);
    const dvg_cell *soon = left > 4 && walker->alike.usable ? entry[4].element[1] : NULL;
    if (soon != NULL && dvg_cell_is_container(*soon) && dvg_cell_extent(*soon) > 0)
        DVG_PREFETCH(walker->document[1]->source + dvg_cell_offset(soon[1]));
}

static void run_share(void *payload)
{
    struct share *share = payload;
    const struct matching *m = share->matching;
    for (struct entry *entry = share->first; entry < share->last; entry++) {
        look_ahead(share, entry);
        entry->same =
            group_of(entry) == COMMON && plain_key(m, entry) &&
            dvg_walker_quick(m->walker, entry->element[0], entry->element[1], &share->ledger);
    }
}

static void add_ledger(dvg_ledger *to, const dvg_ledger *from)
{
    for (int side = 0; side < 2; side++) {
        to->side[side].compared += from->side[side].compared;
        to->side[side].ignored += from->side[side].ignored;
    }
    to->skipped += from->skipped;
}

/* Mark the entries whose elements are the same, in two threads where that pays; not where the
 * skips must be asked for every element. */
static void mark_same(struct matching *m)
{
    struct share shares[2];
    struct dvg_walker *walker = m->walker;
    const struct dvg_frame *frame = &walker->frames[m->frame];
    if (frame->maybe || dvg_path_special(frame->keyed->key, frame->keyed->key_size) != 0)
        return;
    memset(shares, 0, sizeof shares);
    shares[0].matching = shares[1].matching = m;
    shares[0].first = m->entries;
    shares[0].last = shares[1].first = m->entries + m->count / 2;
    shares[1].last = m->entries + m->count;
    dvg_parallel(run_share, &shares[0], &shares[1],
                 walker->walk->threaded && m->count >= WORTH_A_THREAD);
    add_ledger(walker->walk->ledger, &shares[0].ledger);
    add_ledger(walker->walk->ledger, &shares[1].ledger);
}

/* What both sides have is walked later. Most of it is equal, so an outermost keyed array is gone
 * through in document order first, which is the order of memory, and only what differs is put in
 * order and reported. In a nested one that would be done again for every level. */
static bool emit_common(struct matching *m)
{
    struct dvg_walker *walker = m->walker;
    struct dvg_frame *frame = &walker->frames[m->frame];
    frame->probing = !frame->tested;
    if (frame->probing)
        mark_same(m);
    if (!list_group(m, COMMON))
        return false;
    frame->last = walker->pair_count;
    frame->kept = frame->first;
    return frame->probing || dvg_pairs_sort(walker, frame->first, frame->last);
}

static bool emit(struct matching *m)
{
    return emit_lone(m, LONE_LEFT) && emit_lone(m, LONE_RIGHT) && emit_common(m);
}

static void tell_oddities(struct matching *m)
{
    const dvg_walk *walk = m->walker->walk;
    for (int side = 0; side < 2; side++) {
        const uint64_t counts[DVG_ODDITY_COUNT] = {m->strangers[side], m->duplicates[side],
                                                   m->keyless[side]};
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

bool dvg_keyed_open(struct dvg_walker *walker, size_t frame, const dvg_cell *left,
                    const dvg_cell *right)
{
    struct matching m;
    memset(&m, 0, sizeof m);
    m.walker = walker;
    m.frame = frame;
    m.last_wins = walker->walk->rules->reading.duplicates == DVG_DUPLICATES_LAST;
    uint64_t elements = dvg_value_count((dvg_value){walker->document[0], left}) +
                        dvg_value_count((dvg_value){walker->document[1], right});
    bool done = make_slots(&m, elements) && add_side(&m, 0, left) && add_side(&m, 1, right);
    if (done)
        tell_oddities(&m);
    done = done && walker->status == DVG_OK && !walker->differs && emit(&m);
    dvg_release(walker->walk->allocator, m.slots, m.slot_count * sizeof *m.slots);
    dvg_release(walker->walk->allocator, m.entries, m.capacity * sizeof *m.entries);
    return done;
}
