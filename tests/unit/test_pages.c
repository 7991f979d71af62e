/*
 * The memory of the program: blocks keep what was written into them however they are resized, in
 * two threads, and what is freed is used again.
 */
#include "cli/pages.c"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* The C library of ThreadSanitizer ends the program where memory runs out. */
#if defined(__SANITIZE_THREAD__)
#define STRICT true
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define STRICT true
#endif
#endif
#if !defined(STRICT)
#define STRICT WATCHED
#endif

enum { BLOCKS = 24, ROUNDS = 4000, KIB = 1024 };

static void *get(void *pointer, size_t old_size, size_t size)
{
    return dvg_pages_allocate(NULL, pointer, old_size, size);
}

/* ---- contents */

struct block {
    unsigned char *data;
    size_t size;
    unsigned char mark;
};

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

/* Sizes below, around and above what is large. */
static size_t any_size(uint32_t *state)
{
    static const size_t most[] = {100, 4 * KIB, 200 * KIB, 200 * KIB, 600 * KIB, 5000 * KIB};
    return 1 + next_random(state) % most[next_random(state) % 6];
}

/* The first and last byte and some in between; all of them would take long. */
static bool holds(const struct block *block, size_t size)
{
    for (size_t i = 0; i < size; i += 509)
        if (block->data[i] != block->mark)
            return false;
    return size == 0 || block->data[size - 1] == block->mark;
}

static void fill(struct block *block, unsigned char mark)
{
    memset(block->data, mark, block->size);
    block->mark = mark;
}

static void *churn(void *payload)
{
    uint32_t state = (uint32_t)(uintptr_t)payload;
    struct block blocks[BLOCKS];
    bool sound = true;
    memset(blocks, 0, sizeof blocks);
    for (int round = 0; round < ROUNDS && sound; round++) {
        struct block *block = &blocks[next_random(&state) % BLOCKS];
        size_t size = next_random(&state) % 4 == 0 ? 0 : any_size(&state);
        size_t kept = size < block->size ? size : block->size;
        unsigned char *data = get(block->data, block->size, size);
        sound = (data == NULL) == (size == 0) && (uintptr_t)data % 16 == 0;
        block->data = data;
        sound = sound && holds(block, kept);
        block->size = size;
        if (size > 0)
            fill(block, (unsigned char)(1 + next_random(&state) % 255));
    }
    for (int i = 0; i < BLOCKS; i++) {
        sound = sound && holds(&blocks[i], blocks[i].size);
        get(blocks[i].data, blocks[i].size, 0);
    }
    return sound ? payload : NULL;
}

static void test_blocks_keep_their_contents(void **state)
{
    (void)state;
    assert_non_null(churn((void *)(uintptr_t)1));
}

static void test_two_threads_do_not_meet(void **state)
{
    pthread_t thread;
    void *answer = NULL;
    (void)state;
    dvg_pages_start();
    assert_int_equal(pthread_create(&thread, NULL, churn, (void *)(uintptr_t)2), 0);
    assert_non_null(churn((void *)(uintptr_t)3));
    assert_int_equal(pthread_join(thread, &answer), 0);
    assert_non_null(answer);
}

/* ---- places */

static void test_freed_neighbours_are_one(void **state)
{
    char *block[3];
    (void)state;
    if (WATCHED)
        skip();
    for (int i = 0; i < 3; i++)
        assert_non_null(block[i] = get(NULL, 0, 300 * KIB));
    assert_ptr_equal(block[1], block[0] + 300 * KIB);
    get(block[0], 300 * KIB, 0);
    get(block[2], 300 * KIB, 0);
    get(block[1], 300 * KIB, 0);
    char *all = get(NULL, 0, 900 * KIB);
    assert_ptr_equal(all, block[0]);
    get(all, 900 * KIB, 0);
    assert_int_equal(hole_count, atomic_load(&span_count));
}

static void test_a_block_is_resized_where_it_is(void **state)
{
    (void)state;
    if (WATCHED)
        skip();
    char *block = get(NULL, 0, 900 * KIB);
    assert_ptr_equal(get(block, 900 * KIB, 10), block);
    assert_ptr_equal(get(block, 10, 3000 * KIB), block);
    char *behind = get(NULL, 0, 200 * KIB);
    memset(block, 7, 3000 * KIB);
    char *moved = get(block, 3000 * KIB, 4000 * KIB);
    assert_ptr_not_equal(moved, block);
    assert_int_equal(moved[0], 7);
    assert_int_equal(moved[3000 * KIB - 1], 7);
    get(moved, 4000 * KIB, 0);
    get(behind, 200 * KIB, 0);
}

/* More than fits into what is there, and more than there is. */
static void test_wide_blocks(void **state)
{
    (void)state;
    size_t wide = SPAN_LEAST + SPAN_LEAST / 2;
    char *block = get(NULL, 0, wide);
    assert_non_null(block);
    block[0] = block[wide - 1] = 1;
    if (!STRICT)
        assert_null(get(block, wide, SIZE_MAX / 2));
    assert_int_equal(block[wide - 1], 1);
    get(block, wide, 0);
}

/* ---- the end */

struct held {
    char *block, *kept;
    size_t size;
};

static void let_go(void *payload)
{
    struct held *held = payload;
    get(held->block, held->size, 0);
    held->block = NULL;
}

/* What is freed leaves, what is not stays, and there is room for more. */
static void leaves(bool threaded, size_t size)
{
    struct held held = {get(NULL, 0, size), get(NULL, 0, size), size};
    assert_non_null(held.block);
    assert_non_null(held.kept);
    memset(held.block, 1, size);
    memset(held.kept, 2, size);
    dvg_pages_begin_return(let_go, &held, threaded);
    char *next = get(NULL, 0, size);
    assert_non_null(next);
    memset(next, 3, size);
    dvg_pages_end_return();
    assert_null(held.block);
    for (size_t i = 0; i < size; i += 4 * KIB) {
        assert_int_equal(held.kept[i], 2);
        assert_int_equal(next[i], 3);
    }
    get(held.kept, size, 0);
    get(next, size, 0);
}

static void test_memory_leaves_at_the_end(void **state)
{
    (void)state;
    leaves(false, 8000 * KIB);
    leaves(true, 8000 * KIB);
    leaves(true, 100);
    leaves(true, 8000 * KIB);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_freed_neighbours_are_one),
        cmocka_unit_test(test_blocks_keep_their_contents),
        cmocka_unit_test(test_two_threads_do_not_meet),
        cmocka_unit_test(test_a_block_is_resized_where_it_is),
        cmocka_unit_test(test_wide_blocks),
        cmocka_unit_test(test_memory_leaves_at_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
