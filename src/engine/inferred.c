/*
 * inferred: see inferred.h. The shapes of a document are few, so that they are gone through.
 */
#include "engine/inferred.h"
#include "path/pattern.h"

#include <string.h>

static dvg_inferred *find(const dvg_inferences *inferences, uint32_t file, const char *pattern,
                          const char *key)
{
    for (size_t i = inferences->count; i-- > 0;) {
        dvg_inferred *item = &inferences->items[i];
        if (item->file != file)
            return NULL;
        if (strcmp(item->pattern, pattern) == 0 && strcmp(item->key, key) == 0)
            return item;
    }
    return NULL;
}

/* One more of its kind; the pattern becomes the list's own. NULL: out of memory. */
static dvg_inferred *add(dvg_inferences *inferences, const dvg_inference *inference,
                         const char *pattern, const dvg_allocator *allocator)
{
    void *items = inferences->items;
    char *own = dvg_string_copy(allocator, pattern, strlen(pattern));
    char *key = dvg_string_copy(allocator, inference->key, strlen(inference->key));
    if (own == NULL || key == NULL ||
        !dvg_grow(allocator, &items, &inferences->capacity, inferences->count + 1,
                  sizeof *inferences->items)) {
        dvg_release_string(allocator, own);
        dvg_release_string(allocator, key);
        return NULL;
    }
    inferences->items = items;
    dvg_inferred *item = &inferences->items[inferences->count++];
    *item = (dvg_inferred){inference->file, own, key, 0, {0, 0}, 0};
    return item;
}

bool dvg_inferences_add(dvg_inferences *inferences, const dvg_inference *inference,
                        const dvg_allocator *allocator)
{
    dvg_buffer text;
    dvg_buffer_init(&text, allocator);
    dvg_pattern_render(&text, inference->path, allocator);
    const char *pattern = dvg_buffer_string(&text);
    dvg_inferred *item = NULL;
    if (pattern != NULL)
        item = find(inferences, inference->file, pattern, inference->key);
    bool full = item == NULL && inferences->count == DVG_INFERRED_MOST;
    if (pattern != NULL && item == NULL && !full)
        item = add(inferences, inference, pattern, allocator);
    dvg_buffer_clear(&text);
    inferences->more += full;
    if (item == NULL)
        return full && pattern != NULL;
    item->arrays++;
    item->count[0] += inference->count[0];
    item->count[1] += inference->count[1];
    item->common += inference->common;
    return true;
}

void dvg_inferences_clear(dvg_inferences *inferences, const dvg_allocator *allocator)
{
    for (size_t i = 0; i < inferences->count; i++) {
        dvg_release_string(allocator, (char *)inferences->items[i].pattern);
        dvg_release_string(allocator, (char *)inferences->items[i].key);
    }
    dvg_release(allocator, inferences->items, inferences->capacity * sizeof *inferences->items);
    memset(inferences, 0, sizeof *inferences);
}
