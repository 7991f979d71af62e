/*
 * skip: see skip.h. Entries are few as a rule and searched in turn; more go into a table with a
 * seeded hash, since a document may bring any number of its own.
 */
#include "path/skip.h"

#include <string.h>

enum { FEW = 8 };

dvg_text dvg_path_cut(const char *text, size_t size)
{
    const char *start = text;
    const char *end = text + size;
    const char *cut = NULL;
    for (const char *at = text; at < end; at++) {
        if (*at == '.') {
            start = at + 1;
            cut = NULL;
        } else if (*at == '[' && cut == NULL) {
            cut = at;
        }
    }
    return (dvg_text){start, (size_t)((cut != NULL ? cut : end) - start)};
}

void dvg_skip_init(dvg_skip *skip, const dvg_allocator *allocator)
{
    memset(skip, 0, sizeof *skip);
    skip->allocator = *allocator;
    dvg_arena_init(&skip->texts, allocator);
}

void dvg_skip_clear(dvg_skip *skip)
{
    const dvg_allocator allocator = skip->allocator;
    dvg_release(&allocator, skip->entries, skip->capacity * sizeof *skip->entries);
    dvg_release(&allocator, skip->slots, skip->slot_count * sizeof *skip->slots);
    dvg_arena_clear(&skip->texts);
    dvg_skip_init(skip, &allocator);
}

static bool is_text(dvg_text entry, const char *text, size_t size)
{
    return entry.size == size && memcmp(entry.data, text, size) == 0;
}

/* The slot of a text, or the free one where it belongs. */
static uint32_t *find_slot(const dvg_skip *skip, const char *text, size_t size)
{
    size_t mask = skip->slot_count - 1;
    size_t slot = (size_t)dvg_siphash(&skip->seed, text, size) & mask;
    while (skip->slots[slot] != 0 && !is_text(skip->entries[skip->slots[slot] - 1], text, size))
        slot = (slot + 1) & mask;
    return &skip->slots[slot];
}

static ptrdiff_t find(const dvg_skip *skip, const char *text, size_t size)
{
    if (skip->slot_count > 0)
        return (ptrdiff_t)*find_slot(skip, text, size) - 1;
    for (size_t i = 0; i < skip->count; i++) {
        if (is_text(skip->entries[i], text, size))
            return (ptrdiff_t)i;
    }
    return -1;
}

/* Slots for one more entry, at most half of them taken; none while entries are few. */
static bool make_slots(dvg_skip *skip)
{
    if (skip->count < FEW || 2 * (skip->count + 1) <= skip->slot_count)
        return true;
    size_t count = skip->slot_count == 0 ? 64 : 2 * skip->slot_count;
    uint32_t *slots = dvg_allocate_zero(&skip->allocator, count * sizeof *slots);
    if (slots == NULL)
        return false;
    dvg_release(&skip->allocator, skip->slots, skip->slot_count * sizeof *slots);
    skip->slots = slots;
    skip->slot_count = count;
    for (size_t i = 0; i < skip->count; i++)
        *find_slot(skip, skip->entries[i].data, skip->entries[i].size) = (uint32_t)(i + 1);
    return true;
}

static uint64_t length_bit(size_t size) { return UINT64_C(1) << (size < 63 ? size : 63); }

void dvg_skip_mark(dvg_skip *skip, const char *bare, size_t size)
{
    if (size == 0)
        skip->empty_tail = true;
    else
        skip->tails[(unsigned char)bare[0]] |= length_bit(size);
}

bool dvg_skip_add(dvg_skip *skip, const char *text, size_t size)
{
    if (find(skip, text, size) >= 0)
        return true;
    void *entries = skip->entries;
    const char *copy = dvg_arena_copy(&skip->texts, text, size);
    if (copy == NULL || !make_slots(skip) ||
        !dvg_grow(&skip->allocator, &entries, &skip->capacity, skip->count + 1,
                  sizeof *skip->entries))
        return false;
    skip->entries = entries;
    if (skip->slot_count > 0)
        *find_slot(skip, copy, size) = (uint32_t)(skip->count + 1);
    skip->entries[skip->count++] = (dvg_text){copy, size};
    dvg_text bare = dvg_path_bare(copy, size);
    if (bare.size == 0)
        skip->empty_tail = true;
    else
        skip->tails[(unsigned char)bare.data[0]] |= length_bit(bare.size);
    return true;
}

ptrdiff_t dvg_skip_leaf(const dvg_skip *skip, dvg_text part)
{
    return find(skip, part.data, part.size);
}

/* The path with each part cut at its first '[' and closed; `*last` is where its last part begins.
 */
static void normalize(dvg_buffer *out, dvg_text path, size_t *last)
{
    const char *at = path.data;
    const char *end = path.data + path.size;
    for (;;) {
        const char *dot = at == end ? NULL : memchr(at, '.', (size_t)(end - at));
        size_t size = (size_t)((dot != NULL ? dot : end) - at);
        const char *bracket = size == 0 ? NULL : memchr(at, '[', size);
        *last = out->size;
        dvg_buffer_add(out, at, bracket != NULL ? (size_t)(bracket - at) : size);
        if (bracket != NULL)
            dvg_buffer_add(out, "[]", 2);
        if (dot == NULL)
            return;
        dvg_buffer_add_byte(out, '.');
        at = dot + 1;
    }
}

ptrdiff_t dvg_skip_test(const dvg_skip *skip, dvg_text path, bool *failed)
{
    size_t last = 0;
    dvg_buffer normal;
    ptrdiff_t entry = find(skip, path.data, path.size);
    if (entry >= 0)
        return entry;
    dvg_buffer_init(&normal, &skip->allocator);
    normalize(&normal, path, &last);
    const char *text = dvg_buffer_string(&normal);
    if (text == NULL) {
        *failed = true;
    } else {
        entry = find(skip, text, normal.size);
        if (entry < 0)
            entry = find(skip, text + last, normal.size - last);
    }
    dvg_buffer_clear(&normal);
    return entry;
}
