/*
 * arena: many small allocations that are freed in one call.
 * Answers for alignment and for block sizes; nothing in it is freed alone.
 * Invariant: a pointer it gave stays valid until dvg_arena_clear.
 */
#ifndef DVG_BASE_ARENA_H
#define DVG_BASE_ARENA_H

#include "base/memory.h"

typedef struct dvg_arena_block dvg_arena_block;

typedef struct dvg_arena {
    dvg_allocator allocator;
    dvg_arena_block *blocks; /* newest first */
    char *free;              /* next free byte of the newest block */
    size_t left;             /* bytes left in the newest block */
    size_t block_size;       /* size of the next block; doubles up to a bound */
} dvg_arena;

/* Make an empty arena in the caller's storage. Allocates nothing. */
void dvg_arena_init(dvg_arena *arena, const dvg_allocator *allocator);

/* Free everything the arena gave. It can be used again. */
void dvg_arena_clear(dvg_arena *arena);

/* `size` bytes aligned to 8, uninitialised; a valid pointer for size 0. NULL: out of memory. */
void *dvg_arena_get(dvg_arena *arena, size_t size);

/* A NUL-ended copy of `size` bytes. NULL: out of memory. */
char *dvg_arena_copy(dvg_arena *arena, const char *data, size_t size);

#endif
