/*
 * The lowest floor: buffer, arena, growing arrays, sort, UTF-8, hash, and the error's text.
 */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/siphash.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "support/counting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void buffer_appends(void **state)
{
    (void)state;
    struct counting counting;
    dvg_allocator allocator = counting_allocator(&counting);
    dvg_buffer buffer;
    dvg_buffer_init(&buffer, &allocator);
    assert_string_equal(dvg_buffer_string(&buffer), "");
    assert_int_equal(buffer.size, 0);
    dvg_buffer_add(&buffer, NULL, 0);
    dvg_buffer_add_text(&buffer, "ab");
    dvg_buffer_add_byte(&buffer, 'c');
    dvg_buffer_add_u64(&buffer, 0);
    dvg_buffer_add_u64(&buffer, UINT64_MAX);
    dvg_buffer_add(&buffer, "x\0y", 3);
    assert_memory_equal(dvg_buffer_string(&buffer), "abc018446744073709551615x\0y", 27 + 1);
    assert_int_equal(buffer.size, 27);
    dvg_buffer_clear(&buffer);
    assert_int_equal(counting.live, 0);
    assert_false(counting.wrong_size);
}

static void buffer_remembers_a_failure(void **state)
{
    (void)state;
    struct counting counting;
    dvg_allocator allocator = counting_allocator(&counting);
    dvg_buffer buffer;
    dvg_buffer_init(&buffer, &allocator);
    dvg_buffer_add_text(&buffer, "kept");
    counting.fail_at = counting.calls + 1;
    assert_false(dvg_buffer_reserve(&buffer, 1000));
    dvg_buffer_add_text(&buffer, "!");
    assert_true(buffer.failed);
    assert_int_equal(buffer.size, 4);
    assert_null(dvg_buffer_string(&buffer));
    dvg_buffer_clear(&buffer);
    assert_false(buffer.failed);
    assert_false(dvg_buffer_reserve(&buffer, SIZE_MAX - 3));
    dvg_buffer_clear(&buffer);
    assert_int_equal(counting.live, 0);
}

static void arena_aligns_and_frees(void **state)
{
    (void)state;
    struct counting counting;
    dvg_allocator allocator = counting_allocator(&counting);
    dvg_arena arena;
    dvg_arena_init(&arena, &allocator);
    char *blocks[300];
    for (size_t i = 0; i < 300; i++) {
        blocks[i] = dvg_arena_get(&arena, i * 7);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % 8, 0);
        memset(blocks[i], (int)(i & 0x7f), i * 7);
    }
    for (size_t i = 1; i < 300; i++) {
        assert_int_equal(blocks[i][0], (char)(i & 0x7f));
        assert_int_equal(blocks[i][i * 7 - 1], (char)(i & 0x7f));
    }
    assert_string_equal(dvg_arena_copy(&arena, "abc", 2), "ab");
    assert_string_equal(dvg_arena_copy(&arena, NULL, 0), "");
    char *large = dvg_arena_get(&arena, 5000000);
    assert_non_null(large);
    memset(large, 1, 5000000);
    assert_null(dvg_arena_get(&arena, SIZE_MAX - 4));
    dvg_arena_clear(&arena);
    assert_int_equal(counting.live, 0);
    assert_non_null(dvg_arena_get(&arena, 1));
    dvg_arena_clear(&arena);
    assert_int_equal(counting.live, 0);
    assert_false(counting.wrong_size);
}

static void growing_checks_its_size(void **state)
{
    (void)state;
    struct counting counting;
    dvg_allocator allocator = counting_allocator(&counting);
    void *items = NULL;
    size_t capacity = 0;
    assert_false(dvg_grow(&allocator, &items, &capacity, SIZE_MAX / 4, 8));
    assert_null(items);
    assert_true(dvg_grow(&allocator, &items, &capacity, 3, 8));
    size_t before = counting.calls;
    assert_true(dvg_grow(&allocator, &items, &capacity, capacity, 8));
    assert_int_equal(counting.calls, before);
    dvg_release(&allocator, items, capacity * 8);
    assert_int_equal(counting.live, 0);
}

/* ---- sort */

struct item {
    uint32_t key, place;
};

static size_t comparisons;

static int by_key(const void *left, const void *right)
{
    const struct item *a = left;
    const struct item *b = right;
    comparisons++;
    return (a->key > b->key) - (a->key < b->key);
}

static void sort_and_check(size_t count, uint32_t keys, const dvg_allocator *allocator)
{
    struct item *items = malloc((count + 1) * sizeof *items);
    uint32_t state = (uint32_t)count * 2654435761u + 1;
    assert_non_null(items);
    for (size_t i = 0; i < count; i++) {
        state = state * 1664525u + 1013904223u;
        items[i] = (struct item){(state >> 8) % keys, (uint32_t)i};
    }
    assert_true(dvg_sort(allocator, items, count, sizeof *items, by_key));
    for (size_t i = 1; i < count; i++) {
        assert_true(items[i - 1].key <= items[i].key);
        if (items[i - 1].key == items[i].key)
            assert_true(items[i - 1].place < items[i].place);
    }
    free(items);
}

static void sort_is_stable(void **state)
{
    (void)state;
    struct counting counting;
    dvg_allocator allocator = counting_allocator(&counting);
    for (size_t count = 0; count < 70; count++) {
        sort_and_check(count, 4, &allocator);
        sort_and_check(count, 1000, &allocator);
    }
    comparisons = 0;
    sort_and_check(100000, 1000, &allocator);
    assert_true(comparisons < 2000000);
    assert_int_equal(counting.live, 0);
    assert_false(counting.wrong_size);
}

static void sort_is_linear_where_sorted(void **state)
{
    (void)state;
    struct counting counting;
    dvg_allocator allocator = counting_allocator(&counting);
    static struct item items[10000];
    for (uint32_t i = 0; i < 10000; i++)
        items[i] = (struct item){i / 3, i};
    comparisons = 0;
    assert_true(dvg_sort(&allocator, items, 10000, sizeof *items, by_key));
    assert_true(comparisons < 10000);
    assert_int_equal(counting.calls, 0);
}

static void sort_without_memory_changes_nothing(void **state)
{
    (void)state;
    struct counting counting;
    dvg_allocator allocator = counting_allocator(&counting);
    struct item items[50];
    for (uint32_t i = 0; i < 50; i++)
        items[i] = (struct item){50 - i, i};
    counting.fail_at = 1;
    assert_false(dvg_sort(&allocator, items, 50, sizeof *items, by_key));
    for (uint32_t i = 0; i < 50; i++)
        assert_int_equal(items[i].place, i);
    assert_true(dvg_sort(&allocator, items, 12, sizeof *items, by_key));
    assert_int_equal(items[0].place, 11);
}

static int text_order(const char *left, size_t left_size, const char *right, size_t right_size)
{
    int order = dvg_text_compare((dvg_text){left, left_size}, (dvg_text){right, right_size});
    return (order > 0) - (order < 0);
}

static void texts_have_the_order_of_code_points(void **state)
{
    (void)state;
    assert_int_equal(text_order("", 0, "", 0), 0);
    assert_int_equal(text_order("", 0, "\0", 1), -1);
    assert_int_equal(text_order("a", 1, "a\0", 2), -1);
    assert_int_equal(text_order("ab", 2, "b", 1), -1);
    assert_int_equal(text_order("z", 1, "\xc3\xa9", 2), -1);
    /* U+D800, U+FFFF, U+10000: in UTF-16 the order would be another. */
    assert_int_equal(text_order("\xed\xa0\x80", 3, "\xef\xbf\xbf", 3), -1);
    assert_int_equal(text_order("\xf0\x90\x80\x80", 4, "\xef\xbf\xbf", 3), 1);
}

/* ---- UTF-8 */

static void every_code_point_survives(void **state)
{
    (void)state;
    for (uint32_t point = 0; point < 0x110000; point++) {
        char bytes[4];
        uint32_t again = UINT32_MAX;
        size_t length = dvg_utf8_encode(bytes, point);
        bool surrogate = point >= 0xd800 && point < 0xe000;
        if (dvg_utf8_decode(bytes, length, &again) != length || again != point ||
            dvg_utf8_length(bytes, length) != (surrogate ? 0 : length) ||
            dvg_utf8_decode(bytes, length - 1, &again) != 0 ||
            dvg_utf8_has_surrogate(bytes, length) != surrogate)
            fail_msg("U+%04X", (unsigned)point);
    }
}

static void ill_formed_bytes_are_no_character(void **state)
{
    static const char *const texts[] = {"\x80",
                                        "\xbf",
                                        "\xc0\x80",
                                        "\xc1\xbf",
                                        "\xe0\x9f\xbf",
                                        "\xf0\x8f\xbf\xbf",
                                        "\xf4\x90\x80\x80",
                                        "\xf5\x80\x80\x80",
                                        "\xff",
                                        "\xe2\x28\xa1",
                                        "\xc3(",
                                        "\xf0\x9f\x98("};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        uint32_t point = 7;
        assert_int_equal(dvg_utf8_decode(texts[i], strlen(texts[i]), &point), 0);
        assert_int_equal(point, 7);
        assert_int_equal(dvg_utf8_length(texts[i], strlen(texts[i])), 0);
    }
    assert_false(dvg_utf8_has_surrogate("\xed\x9f\xbf\xed", 4));
    assert_true(dvg_utf8_has_surrogate("\xed\x9f\xbf\xed\xa0\x80", 6));
}

/* ---- hash */

static void hash_is_siphash_1_3(void **state)
{
    (void)state;
    /* Key 00 01 .. 0f, messages 00 01 .. of growing length. */
    static const dvg_seed seed = {{0x0706050403020100u, 0x0f0e0d0c0b0a0908u}};
    static const struct {
        size_t size;
        uint64_t hash;
    } known[] = {{0, 0xabac0158050fc4dcu},  {1, 0xc9f49bf37d57ca93u}, {7, 0xd3927d989bb11140u},
                 {8, 0x369095118d299a8eu},  {9, 0x25a48eb36c063de4u}, {15, 0xd320d86d2a519956u},
                 {16, 0xcc4fdd1a7d908b66u}, {63, 0x9d199062b7bbb3a8u}};
    unsigned char message[64];
    for (size_t i = 0; i < sizeof message; i++)
        message[i] = (unsigned char)i;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_true(dvg_siphash(&seed, message, known[i].size) == known[i].hash);
}

/* ---- error */

static void first_error_wins(void **state)
{
    (void)state;
    dvg_error error;
    dvg_error_clear(&error);
    assert_int_equal(dvg_fail_at(&error, DVG_E_INPUT, "a.json", 3, 4, 50, "bad %s", "thing"),
                     DVG_E_INPUT);
    assert_int_equal(dvg_fail(&error, DVG_E_IO, "later"), DVG_E_IO);
    assert_int_equal(dvg_fail_at(&error, DVG_E_IO, "b", 9, 9, 9, "later"), DVG_E_IO);
    assert_int_equal(dvg_fail_memory(&error), DVG_E_MEMORY);
    dvg_error_set_file(&error, "b.json");
    assert_int_equal(error.status, DVG_E_INPUT);
    assert_string_equal(error.message, "bad thing");
    assert_string_equal(error.file, "a.json");
    assert_int_equal(error.line, 3);
    assert_int_equal(error.column, 4);
    assert_int_equal(error.byte, 50);
    assert_int_equal(dvg_fail(NULL, DVG_E_LIMIT, "nobody listens"), DVG_E_LIMIT);
    assert_int_equal(dvg_fail_at(NULL, DVG_E_LIMIT, NULL, 1, 1, 0, "x"), DVG_E_LIMIT);
    dvg_error_set_file(NULL, "x");
    dvg_error_clear(NULL);
}

static void check_format(const char *file, uint64_t line, uint64_t column, const char *expected)
{
    dvg_error error;
    char text[200];
    dvg_error_clear(&error);
    dvg_fail_at(&error, DVG_E_INPUT, file, line, column, 7, "message");
    assert_int_equal(dvg_error_format(&error, text, sizeof text), strlen(expected));
    assert_string_equal(text, expected);
    assert_int_equal(dvg_error_format(&error, text, 4), strlen(expected));
    assert_int_equal(strlen(text), 3);
}

static void format_says_what_is_known(void **state)
{
    (void)state;
    check_format("a.json", 3, 4, "a.json:3:4: message (byte 7)");
    check_format("a.json", 3, 0, "a.json:3: message");
    check_format("a.json", 0, 0, "a.json: message");
    check_format(NULL, 0, 0, "message");
    check_format(NULL, 3, 4, "3:4: message (byte 7)");
    check_format(NULL, 3, 0, "3: message");
}

static void check_escape(const char *data, size_t size, size_t room, const char *expected,
                         size_t need)
{
    char text[64];
    memset(text, 'Z', sizeof text);
    assert_int_equal(dvg_line_escape(text, room, data, size), need);
    assert_string_equal(text, expected);
    assert_true(strlen(text) < room);
}

static void a_line_is_clean(void **state)
{
    (void)state;
    check_escape("plain \xc3\xa9", 8, 64, "plain \xc3\xa9", 8);
    check_escape("a\nb\x1b[0m\0\x7f", 9, 64, "a\\x0ab\\x1b[0m\\x00\\x7f", 21);
    check_escape("\xc2\x9b", 2, 64, "\\u009b", 6);
    check_escape("\xe2\x80\xa8\xe2\x80\xae", 6, 64, "\\u2028\\u202e", 12);
    check_escape("\xed\xa0\x80", 3, 64, "\\ud800", 6);
    check_escape("\xff\xc3", 2, 64, "\\xff\\xc3", 8);
    check_escape("", 0, 1, "", 0);
    check_escape("abc", 3, 1, "", 3);
}

static void a_long_line_is_cut_at_a_character(void **state)
{
    (void)state;
    check_escape("abcdefghij", 10, 8, "abcd...", 10);
    check_escape("abc\xc3\xa9yz", 7, 7, "abc...", 7);
    check_escape("ab\ncdef", 7, 8, "ab...", 10);
    check_escape("abcdefg", 7, 8, "abcdefg", 7); /* what fits is not cut */
    char text[3000];
    dvg_error error;
    dvg_error_clear(&error);
    memset(text, 'x', sizeof text);
    text[sizeof text - 1] = '\0';
    dvg_fail_file(&error, DVG_E_IO, text, "%s", text);
    assert_int_equal(strlen(error.message), DVG_ERROR_MESSAGE_SIZE - 1);
    assert_string_equal(error.message + DVG_ERROR_MESSAGE_SIZE - 5, "x...");
    assert_string_equal(error.file + DVG_ERROR_FILE_SIZE - 5, "x...");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buffer_appends),
        cmocka_unit_test(buffer_remembers_a_failure),
        cmocka_unit_test(arena_aligns_and_frees),
        cmocka_unit_test(growing_checks_its_size),
        cmocka_unit_test(sort_is_stable),
        cmocka_unit_test(sort_is_linear_where_sorted),
        cmocka_unit_test(sort_without_memory_changes_nothing),
        cmocka_unit_test(texts_have_the_order_of_code_points),
        cmocka_unit_test(every_code_point_survives),
        cmocka_unit_test(ill_formed_bytes_are_no_character),
        cmocka_unit_test(hash_is_siphash_1_3),
        cmocka_unit_test(first_error_wins),
        cmocka_unit_test(format_says_what_is_known),
        cmocka_unit_test(a_line_is_clean),
        cmocka_unit_test(a_long_line_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
