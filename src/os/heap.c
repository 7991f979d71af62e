/*
 * heap: see heap.h.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "os/heap.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

#define LARGE ((size_t)2 << 20)
#define PAGE ((uintptr_t)4096)

void dvg_heap_advise(void *data, size_t size)
{
#ifdef MADV_HUGEPAGE
    uintptr_t first = ((uintptr_t)data + PAGE - 1) / PAGE * PAGE;
    uintptr_t last = ((uintptr_t)data + size) / PAGE * PAGE;
    int number = errno;
    /* Harmless for any memory, so its failure does not matter. */
    if (size >= LARGE)
        (void)madvise((void *)first, last - first, MADV_HUGEPAGE);
    errno = number;
#else
    (void)data;
    (void)size;
#endif
}

static void *allocate(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    if (new_size == 0) {
        free(pointer);
        return NULL;
    }
    void *block = realloc(pointer, new_size);
    if (block != NULL && new_size > old_size)
        dvg_heap_advise(block, new_size);
    return block;
}

dvg_allocator dvg_heap_or(dvg_allocator allocator)
{
    static const dvg_allocator heap = {allocate, NULL};
    return allocator.function != NULL ? allocator : heap;
}
