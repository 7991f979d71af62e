/*
 * pool: see pool.h.
 */
#include "script/pool.h"

#include <string.h>

#define MOST ((size_t)DVG_POOL_STEP * DVG_POOL_SIZES)

/* AddressSanitizer watches over blocks of the C library only. */
#if defined(__SANITIZE_ADDRESS__)
#define WATCHED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED true
#endif
#endif
#if !defined(WATCHED)
#define WATCHED false
#endif

void dvg_pool_init(dvg_pool *pool, const dvg_allocator *allocator)
{
    memset(pool, 0, sizeof *pool);
    pool->allocator = *allocator;
    pool->mixed = WATCHED;
}

static size_t chunk_size(unsigned number) { return number == 0 ? DVG_POOL_FIRST : DVG_POOL_LATER; }

void dvg_pool_clear(dvg_pool *pool)
{
    for (unsigned i = 0; i < pool->chunk_count; i++)
        dvg_release(&pool->allocator, pool->chunks[i], chunk_size(i));
    pool->chunk_count = 0;
}

/* ---------------------------------------------------------------- whose a block is */

static bool is_small(size_t size) { return size <= MOST; }

static size_t number_of(size_t size) { return (size - 1) / DVG_POOL_STEP; }

static bool is_in_chunk(const dvg_pool *pool, const void *block)
{
    for (unsigned i = pool->chunk_count; i-- > 0;)
        if ((uintptr_t)block - (uintptr_t)pool->chunks[i] < chunk_size(i))
            return true;
    return false;
}

static bool is_ours(const dvg_pool *pool, const void *block, size_t size)
{
    return is_small(size) && (!pool->mixed || is_in_chunk(pool, block));
}

/* ---------------------------------------------------------------- blocks */

static bool add_chunk(dvg_pool *pool)
{
    size_t size = chunk_size(pool->chunk_count);
    if (WATCHED || pool->chunk_count == DVG_POOL_CHUNKS)
        return false;
    char *chunk = dvg_allocate(&pool->allocator, size);
    if (chunk == NULL)
        return false;
    pool->chunks[pool->chunk_count++] = chunk;
    pool->rest = chunk;
    pool->end = chunk + size;
    return true;
}

/* A small block where none of its size is kept. */
static void *cut(dvg_pool *pool, size_t size)
{
    size_t room = (number_of(size) + 1) * DVG_POOL_STEP;
    if ((size_t)(pool->end - pool->rest) < room && !add_chunk(pool)) {
        pool->mixed = true;
        return dvg_allocate(&pool->allocator, size);
    }
    char *block = pool->rest;
    pool->rest += room;
    return block;
}

static void *take(dvg_pool *pool, size_t size)
{
    if (!is_small(size))
        return dvg_allocate(&pool->allocator, size);
    dvg_pool_block **kept = &pool->kept[number_of(size)];
    dvg_pool_block *block = *kept;
    if (block == NULL)
        return cut(pool, size);
    *kept = block->next;
    return block;
}

void dvg_pool_release(dvg_pool *pool, void *block, size_t size)
{
    if (!is_ours(pool, block, size)) {
        dvg_release(&pool->allocator, block, size);
        return;
    }
    dvg_pool_block *freed = block;
    dvg_pool_block **kept = &pool->kept[number_of(size)];
    freed->next = *kept;
    *kept = freed;
}

static void *move(dvg_pool *pool, void *block, size_t old_size, size_t size)
{
    void *moved = take(pool, size);
    if (moved != NULL) {
        memcpy(moved, block, old_size < size ? old_size : size);
        dvg_pool_release(pool, block, old_size);
    }
    return moved;
}

void *dvg_pool_resize(dvg_pool *pool, void *block, size_t old_size, size_t size)
{
    if (block == NULL)
        return take(pool, size);
    bool ours = is_ours(pool, block, old_size);
    if (ours && is_small(size) && number_of(size) == number_of(old_size))
        return block;
    if (ours || (is_small(size) && !WATCHED)) {
        void *moved = move(pool, block, old_size, size);
        if (moved != NULL || size > old_size)
            return moved;
    }
    if (ours)
        return block;
    pool->mixed = pool->mixed || is_small(size);
    return dvg_reallocate(&pool->allocator, block, old_size, size);
}
