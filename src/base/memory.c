/*
 * memory: see memory.h. The default allocator is the C library's; sizes that would overflow are
 * treated as memory that is not there.
 */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void *allocate_default(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    (void)old_size;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    return realloc(pointer, new_size);
}

dvg_allocator dvg_allocator_or_default(dvg_allocator allocator)
{
    if (allocator.function == NULL) {
        allocator.function = allocate_default;
        allocator.payload = NULL;
    }
    return allocator;
}

void *dvg_allocate(const dvg_allocator *allocator, size_t size)
{
    return size == 0 ? NULL : allocator->function(allocator->payload, NULL, 0, size);
}

void *dvg_allocate_zero(const dvg_allocator *allocator, size_t size)
{
    void *block = dvg_allocate(allocator, size);
    if (block != NULL)
        memset(block, 0, size);
    return block;
}

void *dvg_reallocate(const dvg_allocator *allocator, void *block, size_t old_size, size_t size)
{
    return allocator->function(allocator->payload, block, old_size, size);
}

void dvg_release(const dvg_allocator *allocator, void *block, size_t size)
{
    if (block != NULL)
        (void)allocator->function(allocator->payload, block, size, 0);
}

bool dvg_grow(const dvg_allocator *allocator, void **items, size_t *capacity, size_t need,
              size_t item_size)
{
    if (need <= *capacity)
        return true;
    size_t room = *capacity + *capacity / 2 + 8;
    if (room < need)
        room = need;
    if (room > SIZE_MAX / item_size)
        return false;
    void *grown = dvg_reallocate(allocator, *items, *capacity * item_size, room * item_size);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = room;
    return true;
}

char *dvg_string_copy(const dvg_allocator *allocator, const char *data, size_t size)
{
    char *copy = dvg_allocate(allocator, size + 1);
    if (copy == NULL)
        return NULL;
    if (size > 0)
        memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

void dvg_release_string(const dvg_allocator *allocator, char *string)
{
    if (string != NULL)
        dvg_release(allocator, string, strlen(string) + 1);
}
