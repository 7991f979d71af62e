/*
 * memory: every allocation of the library goes through the caller's dvg_allocator, here.
 * Answers for the default allocator and for growing arrays; knows nothing of what is stored.
 * Invariant: sizes are passed back exactly as they were asked for.
 */
#ifndef DVG_BASE_MEMORY_H
#define DVG_BASE_MEMORY_H

#include <diverge/diverge.h>

/* The allocator to use for what a caller gave: itself, or the C library's where its function is
 * NULL. */
dvg_allocator dvg_allocator_or_default(dvg_allocator allocator);

/* `size` bytes, uninitialised; NULL when there are none left, or when `size` is 0. */
void *dvg_allocate(const dvg_allocator *allocator, size_t size);

/* `size` bytes, all zero. */
void *dvg_allocate_zero(const dvg_allocator *allocator, size_t size);

/* Resize a block as realloc does; the old block stays as it was when NULL is returned. */
void *dvg_reallocate(const dvg_allocator *allocator, void *block, size_t old_size, size_t size);

/* Free a block of `size` bytes. NULL is allowed. */
void dvg_release(const dvg_allocator *allocator, void *block, size_t size);

/* Make room for at least `need` items of `item_size` bytes in `*items`, which has room for
 * `*capacity`. Grows by half, so that appending is linear. False: out of memory, nothing changed.
 */
bool dvg_grow(const dvg_allocator *allocator, void **items, size_t *capacity, size_t need,
              size_t item_size);

/* A NUL-ended copy of `size` bytes of `data`; freed with dvg_release of size + 1 bytes, or with
 * dvg_release_string. NULL: out of memory. */
char *dvg_string_copy(const dvg_allocator *allocator, const char *data, size_t size);

/* Free a NUL-ended string made by dvg_string_copy. NULL is allowed. */
void dvg_release_string(const dvg_allocator *allocator, char *string);

#endif
