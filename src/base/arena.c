/*
 * arena: see arena.h. Blocks double in size, so that a large document costs few calls and a small
 * one little memory.
 */
#include "base/arena.h"

#include <string.h>

struct dvg_arena_block {
    dvg_arena_block *next;
    size_t size; /* of the whole block, header included */
};

enum { BLOCK_FIRST = 4096, BLOCK_MOST = 1 << 20, ALIGNMENT = 8 };

void dvg_arena_init(dvg_arena *arena, const dvg_allocator *allocator)
{
    memset(arena, 0, sizeof *arena);
    arena->allocator = *allocator;
    arena->block_size = BLOCK_FIRST;
}

void dvg_arena_clear(dvg_arena *arena)
{
    dvg_arena_block *block = arena->blocks;
    while (block != NULL) {
        dvg_arena_block *next = block->next;
        dvg_release(&arena->allocator, block, block->size);
        block = next;
    }
    arena->blocks = NULL;
    arena->free = NULL;
    arena->left = 0;
    arena->block_size = BLOCK_FIRST;
}

static bool add_block(dvg_arena *arena, size_t need)
{
    size_t size = arena->block_size;
    if (size < need + sizeof(dvg_arena_block))
        size = need + sizeof(dvg_arena_block);
    dvg_arena_block *block = dvg_allocate(&arena->allocator, size);
    if (block == NULL)
        return false;
    block->next = arena->blocks;
    block->size = size;
    arena->blocks = block;
    arena->free = (char *)(block + 1);
    arena->left = size - sizeof *block;
    if (arena->block_size < BLOCK_MOST)
        arena->block_size *= 2;
    return true;
}

void *dvg_arena_get(dvg_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (arena->free == NULL || size > arena->left) {
        if (!add_block(arena, size))
            return NULL;
    }
    void *block = arena->free;
    arena->free += size;
    arena->left -= size;
    return block;
}

char *dvg_arena_copy(dvg_arena *arena, const char *data, size_t size)
{
    char *copy = dvg_arena_get(arena, size + 1);
    if (copy == NULL)
        return NULL;
    if (size > 0)
        memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}
