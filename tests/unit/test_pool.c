/*
 * pool: blocks keep what is in them whatever sizes they go through, wherever chunks end or are
 * refused; everything is given back, with the size that it was asked for with.
 */
#include "script/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCKS = 600, STEPS = 200000, HEADER = 16 };

struct source {
    size_t live, blocks;
    size_t chunks_left; /* later ones are refused */
    size_t small_left;  /* the same for all else */
    size_t small;       /* blocks asked for by themselves */
};

/* The size stands in front of a block. */
static void *allocate(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    struct source *source = payload;
    char *block = pointer == NULL ? NULL : (char *)pointer - HEADER;
    bool chunk = new_size == DVG_POOL_FIRST || new_size == DVG_POOL_LATER;
    if (block != NULL)
        assert_memory_equal(block, &old_size, sizeof old_size);
    if (new_size == 0) {
        source->live -= old_size;
        source->blocks--;
        free(block);
        return NULL;
    }
    size_t *left = chunk ? &source->chunks_left : &source->small_left;
    if (new_size > old_size && *left == 0)
        return NULL;
    *left -= *left > 0;
    source->small += !chunk;
    source->blocks += block == NULL;
    source->live += new_size - (block == NULL ? 0 : old_size);
    block = realloc(block, new_size + HEADER);
    assert_non_null(block);
    memcpy(block, &new_size, sizeof new_size);
    return block + HEADER;
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

/* Small sizes mostly, as Lua asks for them. */
static size_t any_size(uint32_t *seed)
{
    uint32_t kind = next(seed) % 16;
    return 1 + next(seed) % (kind == 0 ? 5000 : kind < 4 ? 600 : 100);
}

static unsigned char mark(size_t number) { return (unsigned char)(number * 7 + 1); }

struct block {
    unsigned char *data;
    size_t size;
};

static void check(const struct block *block, size_t number, size_t size)
{
    for (size_t i = 0; i < size; i++)
        assert_int_equal(block->data[i], mark(number));
}

/* False: it was refused, and the block is as before. */
static bool resize(dvg_pool *pool, struct block *block, size_t number, size_t size)
{
    unsigned char *moved = dvg_pool_resize(pool, block->data, block->size, size);
    if (moved == NULL) {
        assert_true(size > block->size); /* getting smaller never fails */
        check(block, number, block->size);
        return false;
    }
    block->data = moved;
    check(block, number, block->size < size ? block->size : size);
    memset(moved, mark(number), size);
    block->size = size;
    return true;
}

static size_t play(struct source *source, uint32_t seed)
{
    static struct block blocks[BLOCKS];
    dvg_allocator allocator = {allocate, source};
    dvg_pool pool;
    size_t refused = 0;
    memset(blocks, 0, sizeof blocks);
    dvg_pool_init(&pool, &allocator);
    for (size_t i = 0; i < STEPS; i++) {
        size_t number = next(&seed) % BLOCKS;
        struct block *block = &blocks[number];
        if (block->data != NULL && next(&seed) % 3 == 0) {
            check(block, number, block->size);
            dvg_pool_release(&pool, block->data, block->size);
            *block = (struct block){NULL, 0};
        } else {
            refused += !resize(&pool, block, number, any_size(&seed));
        }
    }
    for (size_t i = 0; i < BLOCKS; i++)
        if (blocks[i].data != NULL)
            dvg_pool_release(&pool, blocks[i].data, blocks[i].size);
    dvg_pool_clear(&pool);
    assert_int_equal(source->live, 0);
    assert_int_equal(source->blocks, 0);
    return refused;
}

static void blocks_keep_what_is_in_them(void **state)
{
    struct source source = {0, 0, SIZE_MAX, SIZE_MAX, 0};
    (void)state;
    assert_int_equal(play(&source, 1), 0);
}

static void chunks_may_end(void **state)
{
    (void)state;
    for (size_t chunks = 0; chunks < 4; chunks++) {
        struct source source = {0, 0, chunks, SIZE_MAX, 0};
        assert_int_equal(play(&source, 2), 0);
        assert_true(source.small > 1000);
    }
}

static void memory_may_end(void **state)
{
    (void)state;
    for (size_t chunks = 0; chunks < 3; chunks++) {
        struct source source = {0, 0, chunks, 3000, 0};
        assert_true(play(&source, 3) > 1000);
    }
}

/* What was freed is used again, and a pool asks for no more than its chunks. */
static void chunks_are_bounded(void **state)
{
    static void *blocks[40000];
    struct source source = {0, 0, SIZE_MAX, SIZE_MAX, 0};
    dvg_allocator allocator = {allocate, &source};
    dvg_pool pool;
    (void)state;
    dvg_pool_init(&pool, &allocator);
    for (size_t size = 16; size <= 512; size *= 2) {
        for (size_t i = 0; i < 40000; i++)
            assert_non_null(blocks[i] = dvg_pool_resize(&pool, NULL, 0, size));
        for (size_t i = 0; i < 40000; i++)
            dvg_pool_release(&pool, blocks[i], size);
        assert_true(source.live <= 1 << 20);
    }
    dvg_pool_clear(&pool);
    assert_int_equal(source.live, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_keep_what_is_in_them),
        cmocka_unit_test(chunks_may_end),
        cmocka_unit_test(memory_may_end),
        cmocka_unit_test(chunks_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
