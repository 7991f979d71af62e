/*
 * skip: see skip.h. Entries are few, so they are searched in turn once a path's last part has
 * been found among theirs.
 */
#include "path/skip.h"

#include <string.h>

dvg_text dvg_path_bare(const char *text, size_t size)
{
    const char *dot = NULL;
    for (size_t i = size; i > 0 && dot == NULL; i--) {
        if (text[i - 1] == '.')
            dot = text + i - 1;
    }
    dvg_text bare = {dot != NULL ? dot + 1 : text, size};
    if (dot != NULL)
        bare.size = (size_t)(text + size - (dot + 1));
    const char *bracket = bare.size == 0 ? NULL : memchr(bare.data, '[', bare.size);
    if (bracket != NULL)
        bare.size = (size_t)(bracket - bare.data);
    return bare;
}

void dvg_skip_init(dvg_skip *skip, const dvg_allocator *allocator)
{
    memset(skip, 0, sizeof *skip);
    skip->allocator = *allocator;
    dvg_arena_init(&skip->texts, allocator);
}

void dvg_skip_clear(dvg_skip *skip)
{
    dvg_release(&skip->allocator, skip->entries, skip->capacity * sizeof *skip->entries);
    dvg_arena_clear(&skip->texts);
    dvg_skip_init(skip, &skip->allocator);
}

static ptrdiff_t find(const dvg_skip *skip, const char *text, size_t size)
{
    for (size_t i = 0; i < skip->count; i++) {
        if (skip->entries[i].size == size && memcmp(skip->entries[i].data, text, size) == 0)
            return (ptrdiff_t)i;
    }
    return -1;
}

static uint64_t length_bit(size_t size)
{
    return UINT64_C(1) << (size < 63 ? size : 63);
}

bool dvg_skip_add(dvg_skip *skip, const char *text, size_t size)
{
    if (find(skip, text, size) >= 0)
        return true;
    void *entries = skip->entries;
    const char *copy = dvg_arena_copy(&skip->texts, text, size);
    if (copy == NULL || !dvg_grow(&skip->allocator, &entries, &skip->capacity, skip->count + 1,
                                  sizeof *skip->entries))
        return false;
    skip->entries = entries;
    skip->entries[skip->count++] = (dvg_text){copy, size};
    dvg_text bare = dvg_path_bare(copy, size);
    if (bare.size == 0)
        skip->empty_tail = true;
    else
        skip->tails[(unsigned char)bare.data[0]] |= length_bit(bare.size);
    return true;
}

bool dvg_skip_maybe(const dvg_skip *skip, dvg_text bare)
{
    if (bare.size == 0)
        return skip->empty_tail;
    return (skip->tails[(unsigned char)bare.data[0]] & length_bit(bare.size)) != 0;
}

ptrdiff_t dvg_skip_leaf(const dvg_skip *skip, dvg_text part)
{
    return find(skip, part.data, part.size);
}

/* The path with each part cut at its first '[' and closed; `*last` is where its last part begins. */
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
