/*
 * keymap: see keymap.h.
 * First both sides are gone through for their keys, one thread a side; then each thread looks its
 * half of the keys up, the left side's elements before the right side's.
 */
#include "diff/keymap.h"
#include "base/bytes.h"
#include "diff/composite.h"
#include "os/map.h"
#include "os/parallel.h"

#include <string.h>

/* Elements that are looked up together, and elements of a side from which on a thread pays. */
enum { BATCH = 32, WORTH_A_THREAD = 2000 };

/* Bytes of a line of cache, bytes of an element that are asked for ahead of need, entries ahead;
 * bytes of cells and of text ahead, where all elements of a side are gone through. */
enum {
    LINE = 64,
    ASKED_MOST = 256,
    AHEAD = 6,
    FURTHER = 12,
    CELLS_ASKED = 1024,
    TEXT_ASKED = 2048
};

/* What is no object has no key to hash; all of it is one chain of occurrences. */
#define STRANGER_HASH UINT32_C(0x5bd1e995)

#if defined(__GNUC__)
#define DVG_PREFETCH(address) __builtin_prefetch(address)
#else
#define DVG_PREFETCH(address) ((void)(address))
#endif

/* What is kept of an element until it is looked up: places are counted in cells. */
struct dvg_key_found {
    uint32_t hash;
    uint32_t element; /* behind the array's own cell */
    uint32_t key;     /* behind the element; 0: none; NO_OBJECT; PARTS */
};

#define NO_OBJECT UINT32_MAX
#define PARTS (UINT32_MAX - 1)

dvg_value dvg_keymap_key(const struct dvg_keymap *map, const struct dvg_key_entry *entry, int side)
{
    uint32_t key = entry->as.key[side];
    return key == 0 ? dvg_value_absent()
                    : (dvg_value){map->walker->document[side], map->array[side] + key};
}

static dvg_value known_key(const struct dvg_keymap *map, const struct dvg_key_entry *entry)
{
    return dvg_keymap_key(map, entry, entry->element[0] != 0 ? 0 : 1);
}

/* The half of a hash that is kept: who makes keys collide does not know the seed. */
static uint32_t half_of(uint64_t hash) { return (uint32_t)(hash >> 32); }

/* ---- the keys of one side */

struct side {
    struct dvg_keymap *map;
    int number;
};

/* The key of an element, if it is the element's first member, as most often. NULL: perhaps not. */
static inline const dvg_cell *first_key(const struct dvg_keymap *map, int side,
                                        const dvg_cell *element)
{
    if (dvg_cell_tag(*element) != DVG_TAG_OBJECT || dvg_cell_extent(*element) == 0)
        return NULL;
    dvg_text name = dvg_cell_text(map->walker->document[side], element[1]);
    return name.size == map->keyed->key_size &&
                   dvg_bytes_same(name.data, map->keyed->key, name.size)
               ? element + 2
               : NULL;
}

static const dvg_cell *key_of(const struct dvg_keymap *map, int side, const dvg_cell *element)
{
    dvg_value value = {map->walker->document[side], element};
    const dvg_cell *key = first_key(map, side, element);
    return key != NULL ? key : dvg_value_member(value, map->keyed->key, map->keyed->key_size).cell;
}

/* A key of several parts: what is kept is only whether there is one. */
static void find_parts(struct dvg_keymap *map, int side, size_t index, const dvg_cell *element)
{
    struct dvg_key_found *found = &map->found[side][index];
    dvg_value value = {map->walker->document[side], element};
    bool none;
    bool bad;
    dvg_type type;
    found->hash = half_of(
        dvg_composite_hash(map->keyed->parts, value, map->walker->walk->seed, &none, &bad, &type));
    found->key = none ? 0 : PARTS;
    if (!bad || map->bad[side] != SIZE_MAX)
        return;
    map->bad[side] = index;
    map->bad_type[side] = type;
}

static void find_key(struct dvg_keymap *map, int side, size_t index, const dvg_cell *element)
{
    const dvg_document *document = map->walker->document[side];
    struct dvg_key_found *found = &map->found[side][index];
    found->element = (uint32_t)(element - map->array[side]);
    if (dvg_tag_type(dvg_cell_tag(*element)) != DVG_OBJECT) {
        found->key = NO_OBJECT;
        found->hash = STRANGER_HASH;
        return;
    }
    if (map->keyed->parts != NULL) {
        find_parts(map, side, index, element);
        return;
    }
    const dvg_cell *key = key_of(map, side, element);
    found->key = key == NULL ? 0 : (uint32_t)(key - element);
    if (key != NULL && dvg_cell_tag(*key) == DVG_TAG_STRING) {
        dvg_text text = dvg_cell_text(document, *key);
        DVG_PREFETCH(text.data + TEXT_ASKED);
        found->hash = half_of(dvg_siphash(map->walker->walk->seed, text.data, text.size));
    } else if (key == NULL || !dvg_cell_is_container(*key)) {
        found->hash = half_of(
            dvg_key_hash((dvg_value){key == NULL ? NULL : document, key}, map->walker->walk->seed));
    } else if (map->bad[side] == SIZE_MAX) {
        map->bad[side] = index;
        map->bad_type[side] = dvg_tag_type(dvg_cell_tag(*key));
    }
}

static void find_keys(void *payload)
{
    const struct side *side = payload;
    struct dvg_keymap *map = side->map;
    const dvg_cell *cell = map->array[side->number] + 1;
    for (size_t i = 0; i < map->count[side->number]; i++) {
        DVG_PREFETCH((const char *)cell + CELLS_ASKED);
        find_key(map, side->number, i, cell);
        cell = dvg_cell_after(cell);
    }
}

/* ---- entries */

/* An element that is being looked up. */
struct arrival {
    const dvg_cell *element;
    dvg_value key;
    dvg_text text; /* of a key that is a string; data NULL: it is none */
    uint32_t hash;
    uint32_t index;
    uint32_t occurrence;
    bool stranger;
};

static bool same_parts(const struct dvg_keymap *map, const struct dvg_key_entry *entry,
                       const struct arrival *arrival)
{
    dvg_value known = known_key(map, entry);
    if (known.cell == NULL || arrival->key.cell == NULL)
        return known.cell == arrival->key.cell;
    return dvg_composite_same(map->keyed->parts, known, arrival->key);
}

static bool same_key(const struct dvg_key_shard *shard, const struct dvg_key_entry *entry,
                     const struct arrival *arrival)
{
    if (entry->hash != arrival->hash || entry->string != (arrival->text.data != NULL) ||
        entry->occurrence != arrival->occurrence || entry->stranger != arrival->stranger)
        return false;
    if (entry->string)
        return dvg_text_same(dvg_keymap_text(shard->map, entry), arrival->text);
    if (shard->map->keyed->parts != NULL && !entry->stranger)
        return same_parts(shard->map, entry, arrival);
    return dvg_key_same(known_key(shard->map, entry), arrival->key);
}

static struct dvg_key_entry *new_entry(struct dvg_key_shard *shard, const struct arrival *arrival)
{
    void *entries = shard->entries;
    if (!dvg_grow(shard->map->walker->walk->allocator, &entries, &shard->capacity, shard->count + 1,
                  sizeof *shard->entries)) {
        shard->failed = true;
        return NULL;
    }
    shard->entries = entries;
    struct dvg_key_entry *entry = &shard->entries[shard->count++];
    memset(entry, 0, sizeof *entry);
    entry->hash = arrival->hash;
    entry->string = arrival->text.data != NULL;
    entry->stranger = arrival->stranger;
    entry->occurrence = arrival->occurrence & ((UINT32_C(1) << 29) - 1);
    if (entry->string)
        entry->as.text = *arrival->key.cell;
    return entry;
}

/* The entry of a key; a new one if nobody has it yet. NULL: out of memory. */
static struct dvg_key_entry *find_entry(struct dvg_key_shard *shard, const struct arrival *arrival)
{
    size_t mask = shard->slot_count - 1;
    size_t slot = (size_t)arrival->hash & mask;
    for (; shard->slots[slot] != 0; slot = (slot + 1) & mask) {
        struct dvg_key_entry *entry = &shard->entries[shard->slots[slot] - 1];
        if (same_key(shard, entry, arrival))
            return entry;
    }
    struct dvg_key_entry *entry = new_entry(shard, arrival);
    if (entry != NULL)
        shard->slots[slot] = (uint32_t)shard->count;
    return entry;
}

static void set_aside(struct dvg_key_shard *shard, int side, const dvg_cell *element)
{
    shard->ledger.side[side].shadowed += (uint64_t)(dvg_cell_after(element) - element);
}

/* What was found, as it is looked up. False: there is nothing to be found by. */
static bool arrive(struct dvg_key_shard *shard, int side, size_t index, struct arrival *arrival)
{
    const struct dvg_keymap *map = shard->map;
    const struct dvg_key_found *found = &map->found[side][index];
    memset(arrival, 0, sizeof *arrival);
    arrival->element = map->array[side] + found->element;
    arrival->hash = found->hash;
    arrival->index = (uint32_t)index;
    arrival->stranger = found->key == NO_OBJECT;
    if (arrival->stranger) {
        shard->strangers[side]++;
        if (map->last_wins)
            set_aside(shard, side, arrival->element);
        return !map->last_wins;
    }
    if (found->key == PARTS)
        arrival->key = (dvg_value){map->walker->document[side], arrival->element};
    else if (found->key != 0)
        arrival->key = (dvg_value){map->walker->document[side], arrival->element + found->key};
    dvg_type type = dvg_value_type(arrival->key);
    shard->keyless[side] += type <= DVG_NULL;
    if (type == DVG_STRING)
        arrival->text = dvg_value_text(arrival->key);
    return true;
}

/* Put an arrival in its place. A key that comes again takes the earlier one's place where the last
 * one wins, as in Python; else the occurrences of both sides are matched in their order. */
static void settle(struct dvg_key_shard *shard, int side, struct arrival *arrival)
{
    struct dvg_key_entry *entry = find_entry(shard, arrival);
    if (entry == NULL)
        return;
    uint32_t before = entry->count[side]++;
    if (before > 0) {
        shard->duplicates[side]++;
        if (shard->map->last_wins) {
            set_aside(shard, side, dvg_keymap_element(shard->map, entry, side));
        } else {
            arrival->occurrence = before;
            arrival->hash ^= before * UINT32_C(0x9e3779b9);
            entry = find_entry(shard, arrival);
        }
    }
    if (entry == NULL)
        return;
    const dvg_cell *array = shard->map->array[side];
    if (entry->element[side] == 0) {
        if (!entry->string && arrival->key.cell != NULL)
            entry->as.key[side] = (uint32_t)(arrival->key.cell - array);
        shard->distinct[side]++;
    }
    entry->element[side] = (uint32_t)(arrival->element - array);
    entry->index[side] = arrival->index;
}

/* The first entry that a hash leads to; NULL: none. Most often it is the right one. */
static const struct dvg_key_entry *guess(const struct dvg_key_shard *shard, uint32_t hash)
{
    uint32_t known = shard->slots[(size_t)hash & (shard->slot_count - 1)];
    return known == 0 ? NULL : &shard->entries[known - 1];
}

/* Look up a batch. Its places in memory are asked for before the first is needed: in arrays of
 * another order each would be waited for, and there are many. */
static void settle_batch(struct dvg_key_shard *shard, int side, struct arrival *batch, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct dvg_key_entry *entry = guess(shard, batch[i].hash);
        if (entry != NULL)
            DVG_PREFETCH(entry);
        DVG_PREFETCH(batch[i].text.data);
    }
    for (size_t i = 0; i < count; i++) {
        const struct dvg_key_entry *entry = guess(shard, batch[i].hash);
        if (entry != NULL && entry->string)
            DVG_PREFETCH(dvg_keymap_text(shard->map, entry).data);
    }
    for (size_t i = 0; i < count && !shard->failed; i++)
        settle(shard, side, &batch[i]);
}

/* ---- one thread's half */

/* The highest bit shares the keys out, the lowest ones lead to slots. */
static bool is_mine(const struct dvg_key_shard *shard, uint32_t hash)
{
    return hash >> 31 == (uint32_t)(shard - shard->map->shard);
}

static void add_side(struct dvg_key_shard *shard, int side)
{
    struct arrival batch[BATCH];
    size_t count = 0;
    const struct dvg_key_found *found = shard->map->found[side];
    size_t all = shard->map->count[side];
    for (size_t i = 0; i < all && !shard->failed; i++) {
        if (i + BATCH < all && is_mine(shard, found[i + BATCH].hash))
            DVG_PREFETCH(shard->map->array[side] + found[i + BATCH].element + 2);
        if (!is_mine(shard, found[i].hash) || !arrive(shard, side, i, &batch[count]))
            continue;
        DVG_PREFETCH(&shard->slots[(size_t)batch[count].hash & (shard->slot_count - 1)]);
        if (++count == BATCH) {
            settle_batch(shard, side, batch, count);
            count = 0;
        }
    }
    settle_batch(shard, side, batch, count);
}

/* Most keys are on both sides, so that entries for one side will do; more are made if not. Slots
 * are enough for any case. */
static bool make_slots(struct dvg_key_shard *shard)
{
    const struct dvg_keymap *map = shard->map;
    const dvg_allocator *allocator = map->walker->walk->allocator;
    size_t mine[2] = {0, 0};
    size_t count = 16;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < map->count[side]; i++)
            mine[side] += is_mine(shard, map->found[side][i].hash);
    size_t entries = mine[0] > mine[1] ? mine[0] : mine[1];
    entries += entries / 32 + 8;
    while (count < 2 * entries || count / 4 * 3 < mine[0] + mine[1])
        count *= 2;
    shard->slots = dvg_allocate(allocator, count * sizeof *shard->slots);
    if (shard->slots != NULL) {
        dvg_map_expect(shard->slots, count * sizeof *shard->slots);
        memset(shard->slots, 0, count * sizeof *shard->slots);
    }
    shard->slot_count = shard->slots == NULL ? 0 : count;
    shard->entries = dvg_allocate(allocator, entries * sizeof *shard->entries);
    shard->capacity = shard->entries == NULL ? 0 : entries;
    if (shard->entries != NULL)
        dvg_map_expect(shard->entries, entries * sizeof *shard->entries);
    return shard->slots != NULL && shard->entries != NULL;
}

/* Does the path of an element end as the path of its array does? A dot or a bracket within a key
 * would be read as part of the path, so that skips have to be asked. */
static bool plain_key(const struct dvg_keymap *map, const struct dvg_key_entry *entry)
{
    if (entry->string) {
        dvg_text text = dvg_keymap_text(map, entry);
        return dvg_path_special(text.data, text.size) == 0;
    }
    return dvg_value_type(known_key(map, entry)) != DVG_REAL;
}

static void ask_for(const void *from, size_t bytes)
{
    for (size_t at = 0; at < bytes && at < ASKED_MOST; at += LINE)
        DVG_PREFETCH((const char *)from + at);
}

/* Ask for the text of an element, whose cells are there. */
static void ask_for_text(const dvg_document *document, const dvg_cell *element)
{
    if (!dvg_cell_is_container(*element) || dvg_cell_extent(*element) == 0)
        return;
    uint64_t begin = dvg_cell_offset(element[1]);
    const dvg_cell *last = element + dvg_cell_extent(*element);
    if (dvg_cell_tag(*last) < DVG_TAG_INTEGER)
        last--;
    uint64_t end = dvg_cell_offset(*last) + dvg_cell_length(*last);
    if (end > begin && end <= document->source_size)
        ask_for(document->source + begin, (size_t)(end - begin));
}

/* The elements of the right array, in another order, are scattered over memory, and every line of
 * it would be waited for: ask for the cells of one that comes, and for the text of one that comes
 * sooner, whose cells are there by then. The left ones are gone through as they stand. */
static void look_ahead(const struct dvg_key_shard *shard, const struct dvg_key_entry *entry)
{
    const struct dvg_keymap *map = shard->map;
    size_t left = (size_t)(shard->entries + shard->count - entry);
    if (left > FURTHER && entry[FURTHER].element[1] != 0)
        ask_for(dvg_keymap_element(map, &entry[FURTHER], 1), ASKED_MOST);
    if (left > AHEAD && map->walker->alike.usable && entry[AHEAD].element[1] != 0)
        ask_for_text(map->walker->document[1], dvg_keymap_element(map, &entry[AHEAD], 1));
}

static void mark_same(struct dvg_key_shard *shard)
{
    const struct dvg_keymap *map = shard->map;
    for (size_t i = 0; i < shard->count; i++) {
        struct dvg_key_entry *entry = &shard->entries[i];
        look_ahead(shard, entry);
        entry->same = entry->element[0] != 0 && entry->element[1] != 0 && plain_key(map, entry) &&
                      dvg_walker_quick(map->walker, dvg_keymap_element(map, entry, 0),
                                       dvg_keymap_element(map, entry, 1), &shard->ledger);
    }
}

static void fill_shard(void *payload)
{
    struct dvg_key_shard *shard = payload;
    shard->failed = !make_slots(shard);
    for (int side = 0; side < 2 && !shard->failed; side++)
        add_side(shard, side);
    if (!shard->failed && shard->map->look)
        mark_same(shard);
}

/* ---- the whole */

static bool make_found(struct dvg_keymap *map)
{
    map->bad[0] = map->bad[1] = SIZE_MAX;
    for (int side = 0; side < 2; side++) {
        dvg_value array = {map->walker->document[side], map->array[side]};
        map->count[side] = (size_t)dvg_value_count(array);
        map->found[side] = dvg_allocate(map->walker->walk->allocator,
                                        (map->count[side] + 1) * sizeof *map->found[side]);
        if (map->found[side] == NULL)
            return false;
        dvg_map_expect(map->found[side], map->count[side] * sizeof *map->found[side]);
    }
    return true;
}

bool dvg_keymap_fill(struct dvg_keymap *map, const struct dvg_walker *walker,
                     const dvg_keyed *keyed, const dvg_cell *left, const dvg_cell *right, bool look)
{
    struct side sides[2] = {{map, 0}, {map, 1}};
    memset(map, 0, sizeof *map);
    map->walker = walker;
    map->keyed = keyed;
    map->array[0] = left;
    map->array[1] = right;
    map->last_wins = walker->walk->rules->reading.duplicates == DVG_DUPLICATES_LAST;
    map->look = look;
    if (!make_found(map))
        return false;
    bool threaded = walker->walk->threaded && map->count[0] + map->count[1] >= WORTH_A_THREAD;
    dvg_parallel(find_keys, &sides[0], &sides[1], threaded);
    if (map->bad[0] != SIZE_MAX || map->bad[1] != SIZE_MAX)
        return false;
    for (int i = 0; i < DVG_KEY_SHARDS; i++)
        map->shard[i].map = map;
    dvg_parallel(fill_shard, &map->shard[0], &map->shard[1], threaded);
    return !map->shard[0].failed && !map->shard[1].failed;
}

void dvg_keymap_clear(struct dvg_keymap *map)
{
    const dvg_allocator *allocator = map->walker->walk->allocator;
    for (int i = 0; i < 2; i++) {
        struct dvg_key_shard *shard = &map->shard[i];
        dvg_release(allocator, map->found[i], (map->count[i] + 1) * sizeof *map->found[i]);
        dvg_release(allocator, shard->slots, shard->slot_count * sizeof *shard->slots);
        dvg_release(allocator, shard->entries, shard->capacity * sizeof *shard->entries);
    }
}
