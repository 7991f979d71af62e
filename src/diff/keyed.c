/*
 * keyed: the elements of two arrays, paired by the value of one of their members.
 * A key that stands twice on one side keeps its first text and its last element; an element that
 * is no object has no key at all and takes no part; an object without the member has the key null.
 * Order: by the text of the key.
 */
#include "diff/frame.h"

#include <string.h>

/* One key, with the elements that carry it. */
struct entry {
    dvg_value key[2];          /* as each side spells it first; absent: the member is missing */
    const dvg_cell *element[2]; /* the last one of each side; NULL: none */
    uint64_t index[2];
    uint64_t hash;
    dvg_text text; /* of the key that is shown */
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
};

static bool out_of_memory(struct matching *m)
{
    return dvg_walker_out_of_memory(m->walker);
}

static bool make_slots(struct matching *m, uint64_t elements)
{
    size_t count = 16;
    while (count < 2 * elements)
        count *= 2;
    m->slots = dvg_allocate_zero(m->walker->walk->allocator, count * sizeof *m->slots);
    m->slot_count = m->slots == NULL ? 0 : count;
    return m->slots != NULL || out_of_memory(m);
}

static dvg_value known_key(const struct entry *entry)
{
    return entry->element[0] != NULL ? entry->key[0] : entry->key[1];
}

/* The entry of a key; a new one if nobody has it yet. NULL: failed. */
static struct entry *find_entry(struct matching *m, dvg_value key)
{
    uint64_t hash = dvg_key_hash(key, m->walker->walk->seed);
    size_t mask = m->slot_count - 1;
    size_t slot = (size_t)hash & mask;
    for (; m->slots[slot] != 0; slot = (slot + 1) & mask) {
        struct entry *entry = &m->entries[m->slots[slot] - 1];
        if (entry->hash == hash && dvg_key_same(known_key(entry), key))
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
    entry->hash = hash;
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
    walker->path.size = 0;
    dvg_path_render(&walker->path, step, walker->walk->allocator);
    const char *path = dvg_buffer_string(&walker->path);
    if (path == NULL)
        return out_of_memory(m);
    return dvg_walker_fail(
        walker, dvg_fail_file(walker->error, DVG_E_INPUT, walker->walk->shown[side],
                              "%s[%llu]: the key \"%s\" is an %s, which cannot be matched", path,
                              (unsigned long long)index, walker->frames[m->frame].keyed->key,
                              dvg_type_name(type)));
}

static bool add_element(struct matching *m, int side, const dvg_cell *element, uint64_t index)
{
    struct dvg_walker *walker = m->walker;
    const dvg_keyed *keyed = walker->frames[m->frame].keyed;
    dvg_value value = {walker->document[side], element};
    if (dvg_value_type(value) != DVG_OBJECT) {
        m->strangers[side]++;
        set_aside(m, side, element);
        return true;
    }
    dvg_value key = dvg_value_member(value, keyed->key, keyed->key_size);
    dvg_type type = dvg_value_type(key);
    if (type >= DVG_ARRAY)
        return fail_key(m, side, index, type);
    m->keyless[side] += type <= DVG_NULL;
    struct entry *entry = find_entry(m, key);
    if (entry == NULL)
        return false;
    if (entry->element[side] != NULL) {
        m->duplicates[side]++;
        set_aside(m, side, entry->element[side]);
    } else {
        entry->key[side] = key;
        m->distinct[side]++;
    }
    entry->element[side] = element;
    entry->index[side] = index;
    return true;
}

static bool add_side(struct matching *m, int side, const dvg_cell *array)
{
    const dvg_cell *end = dvg_cell_after(array);
    uint64_t index = 0;
    for (const dvg_cell *cell = array + 1; cell < end; cell = dvg_cell_after(cell)) {
        if (!add_element(m, side, cell, index++))
            return false;
    }
    return true;
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

/* Text of a key: a string's own characters, else a text in the arena of steps. */
static bool set_text(struct matching *m, struct entry *entry)
{
    dvg_value key = entry->key[shown_side(m, entry)];
    if (dvg_value_type(key) == DVG_STRING) {
        entry->text = dvg_value_text(key);
        return true;
    }
    dvg_buffer text;
    dvg_buffer_init(&text, m->walker->walk->allocator);
    dvg_key_render(&text, key);
    const char *copy =
        text.failed ? NULL : dvg_arena_copy(m->walker->walk->steps, text.data, text.size);
    entry->text = (dvg_text){copy, text.size};
    dvg_buffer_clear(&text);
    return copy != NULL || out_of_memory(m);
}

static int which(const struct entry *entry)
{
    return entry->element[1] == NULL ? 0 : entry->element[0] == NULL ? 1 : 2;
}

/* What the right lacks, what the left lacks, what both have; then by text. */
static int by_text(const void *left, const void *right)
{
    const struct entry *a = left;
    const struct entry *b = right;
    int order = which(a) - which(b);
    return order != 0 ? order : dvg_text_compare(a->text, b->text);
}

static bool sort_entries(struct matching *m)
{
    for (size_t i = 0; i < m->count; i++) {
        if (!set_text(m, &m->entries[i]))
            return false;
    }
    return dvg_sort(m->walker->walk->allocator, m->entries, m->count, sizeof *m->entries,
                    by_text) ||
           out_of_memory(m);
}

/* ---- results */

static struct dvg_pair place_of(const struct matching *m, const struct entry *entry)
{
    int shown = shown_side(m, entry);
    struct dvg_pair place = {entry->element[0], entry->element[1], entry->text,
                             entry->key[shown].cell, {entry->index[0], entry->index[1]},
                             shown == 0};
    for (int side = 0; side < 2; side++) {
        if (entry->element[side] == NULL)
            place.index[side] = UINT64_MAX;
    }
    return place;
}

static bool report_lone(struct matching *m, const struct entry *entry, int side)
{
    struct dvg_pair place = place_of(m, entry);
    const dvg_cell *element = entry->element[side];
    m->walker->walk->ledger->side[side].one_sided += (uint64_t)(dvg_cell_after(element) - element);
    return dvg_walker_report(m->walker, m->frame, &place,
                             side == 0 ? DVG_KIND_ELEMENT_MISSING : DVG_KIND_ELEMENT_EXTRA,
                             place.left, place.right);
}

static bool emit(struct matching *m)
{
    for (size_t i = 0; i < m->count; i++) {
        const struct entry *entry = &m->entries[i];
        struct dvg_pair place = place_of(m, entry);
        int side = which(entry);
        if (!(side < 2 ? report_lone(m, entry, side) : dvg_walker_add_pair(m->walker, &place)))
            return false;
    }
    m->walker->frames[m->frame].last = m->walker->pair_count;
    return true;
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
    uint64_t elements = dvg_value_count((dvg_value){walker->document[0], left}) +
                        dvg_value_count((dvg_value){walker->document[1], right});
    bool done = make_slots(&m, elements) && add_side(&m, 0, left) && add_side(&m, 1, right) &&
                sort_entries(&m);
    if (done)
        tell_oddities(&m);
    done = done && walker->status == DVG_OK && emit(&m);
    dvg_release(walker->walk->allocator, m.slots, m.slot_count * sizeof *m.slots);
    dvg_release(walker->walk->allocator, m.entries, m.capacity * sizeof *m.entries);
    return done;
}
