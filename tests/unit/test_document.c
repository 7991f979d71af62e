/*
 * The document: cells, near and far texts, scalars that stand alone, building and looking.
 */
#include "support/counting.h"
#include "value/cell.h"
#include "value/repeats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct counting counting;
static dvg_allocator allocator;
static dvg_document document;

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_document_init(&document, &allocator);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dvg_document_clear(&document);
    return counting.live != 0 || counting.wrong_size;
}

static void check_text(dvg_value value, dvg_type type, const char *text)
{
    assert_int_equal(dvg_value_type(value), type);
    dvg_text found = dvg_value_text(value);
    assert_int_equal(found.size, strlen(text));
    assert_memory_equal(found.data, text, found.size);
}

static void cells_keep_their_fields(void **state)
{
    (void)state;
    dvg_cell cell =
        dvg_cell_near(DVG_TAG_POOL_STRING, DVG_CELL_OFFSET_MOST, DVG_CELL_LENGTH_MOST - 1);
    assert_int_equal(dvg_cell_tag(cell), DVG_TAG_POOL_STRING);
    assert_true(dvg_cell_offset(cell) == DVG_CELL_OFFSET_MOST);
    assert_true(dvg_cell_length(cell) == DVG_CELL_LENGTH_MOST - 1);
    cell = dvg_cell_container(DVG_TAG_ARRAY, UINT64_MAX, DVG_CELL_EXTENT_MOST);
    assert_int_equal(dvg_cell_tag(cell), DVG_TAG_ARRAY);
    assert_true(dvg_cell_extent(cell) == DVG_CELL_EXTENT_MOST);
    assert_true((cell >> 4 & DVG_CELL_COUNT_MOST) == DVG_CELL_COUNT_MOST);
}

static void absent_is_nothing(void **state)
{
    (void)state;
    dvg_value none = dvg_document_root(&document);
    int64_t number;
    assert_int_equal(dvg_value_type(none), DVG_ABSENT);
    assert_int_equal(dvg_value_text(none).size, 0);
    assert_int_equal(dvg_value_count(none), 0);
    assert_int_equal(dvg_value_nodes(none), 0);
    assert_null(dvg_value_first(none).cell);
    assert_null(dvg_value_at(none, 0).cell);
    assert_null(dvg_value_member(none, "a", 1).cell);
    assert_false(dvg_value_repeats(none));
    assert_false(dvg_value_int64(none, &number));
    assert_string_equal(dvg_type_name(DVG_ABSENT), "absent");
    assert_string_equal(dvg_type_name(DVG_FALSE), "boolean");
    assert_string_equal(dvg_type_name(DVG_OBJECT), "object");
}

/* {"a": [null, true, -12, 1.50, []], "": {}, "a": "x\0y"} */
static void build_sample(void)
{
    size_t root = dvg_document_open(&document, DVG_OBJECT);
    assert_true(dvg_document_add_text(&document, DVG_STRING, "a", 1));
    size_t array = dvg_document_open(&document, DVG_ARRAY);
    assert_true(dvg_document_add_literal(&document, DVG_NULL));
    assert_true(dvg_document_add_literal(&document, DVG_TRUE));
    assert_true(dvg_document_add_text(&document, DVG_INTEGER, "-12", 3));
    assert_true(dvg_document_add_text(&document, DVG_REAL, "1.50", 4));
    size_t empty = dvg_document_open(&document, DVG_ARRAY);
    assert_true(dvg_document_close(&document, empty, 0));
    assert_true(dvg_document_close(&document, array, 5));
    assert_true(dvg_document_add_text(&document, DVG_STRING, "", 0));
    size_t object = dvg_document_open(&document, DVG_OBJECT);
    assert_true(dvg_document_close(&document, object, 0));
    assert_true(dvg_document_add_text(&document, DVG_STRING, "a", 1));
    assert_true(dvg_document_add_text(&document, DVG_STRING, "x\0y", 3));
    assert_true(dvg_document_close(&document, root, 3));
    dvg_repeats repeats;
    dvg_seed seed = {{1, 2}};
    const dvg_cell *repeated = NULL;
    dvg_repeats_init(&repeats, &allocator, &seed);
    assert_true(dvg_repeats_check(&repeats, &document, root, 3, &repeated));
    assert_ptr_equal(repeated, document.cells + root + 10);
    assert_true(document.first_repeated_byte == UINT64_MAX);
    dvg_repeats_clear(&repeats);
}

static void what_is_built_is_found(void **state)
{
    (void)state;
    build_sample();
    dvg_value root = dvg_document_root(&document);
    assert_int_equal(dvg_value_type(root), DVG_OBJECT);
    assert_int_equal(dvg_value_count(root), 3);
    assert_int_equal(dvg_value_nodes(root), 12);
    dvg_value name = dvg_value_first(root);
    check_text(name, DVG_STRING, "a");
    dvg_value array = dvg_value_next(name);
    assert_int_equal(dvg_value_count(array), 5);
    assert_int_equal(dvg_value_nodes(array), 6);
    assert_int_equal(dvg_value_type(dvg_value_at(array, 0)), DVG_NULL);
    assert_int_equal(dvg_value_type(dvg_value_at(array, 1)), DVG_TRUE);
    check_text(dvg_value_at(array, 2), DVG_INTEGER, "-12");
    check_text(dvg_value_at(array, 3), DVG_REAL, "1.50");
    assert_int_equal(dvg_value_count(dvg_value_at(array, 4)), 0);
    assert_null(dvg_value_first(dvg_value_at(array, 4)).cell);
    assert_null(dvg_value_at(array, 5).cell);
    assert_null(dvg_value_at(root, 0).cell);
    check_text(dvg_value_next(array), DVG_STRING, "");
    assert_int_equal(dvg_value_type(dvg_value_member(root, "", 0)), DVG_OBJECT);
    dvg_text last = dvg_value_text(dvg_value_member(root, "a", 1));
    assert_int_equal(last.size, 3);
    assert_memory_equal(last.data, "x\0y", 3);
    assert_null(dvg_value_member(root, "b", 1).cell);
    assert_null(dvg_value_member(array, "a", 1).cell);
}

static void check_int64(const char *text, bool fits, int64_t expected)
{
    int64_t number = 77;
    dvg_arena arena;
    dvg_arena_init(&arena, &allocator);
    dvg_value value = dvg_document_scalar(&document, &arena, DVG_INTEGER, text, strlen(text));
    assert_int_equal(dvg_value_int64(value, &number), fits);
    assert_true(number == (fits ? expected : 77));
    dvg_arena_clear(&arena);
}

static void integers_of_64_bits(void **state)
{
    (void)state;
    check_int64("0", true, 0);
    check_int64("-0", true, 0);
    check_int64("-1", true, -1);
    check_int64("9223372036854775807", true, INT64_MAX);
    check_int64("9223372036854775808", false, 0);
    check_int64("-9223372036854775808", true, INT64_MIN);
    check_int64("-9223372036854775809", false, 0);
    check_int64("18446744073709551616", false, 0);
    check_int64("99999999999999999999", false, 0);
    check_int64("100000000000000000000", false, 0);
}

static void scalars_stand_alone(void **state)
{
    (void)state;
    dvg_arena arena;
    int64_t number;
    dvg_arena_init(&arena, &allocator);
    char text[] = "1.5";
    dvg_value real = dvg_document_scalar(&document, &arena, DVG_REAL, text, 3);
    dvg_value string = dvg_document_scalar(&document, &arena, DVG_STRING, "", 0);
    dvg_value truth = dvg_document_scalar(&document, &arena, DVG_TRUE, NULL, 0);
    memset(text, '9', 3);
    for (int i = 0; i < 1000; i++) /* tables move, values stay */
        assert_non_null(dvg_document_scalar(&document, &arena, DVG_STRING, "more", 4).cell);
    check_text(real, DVG_REAL, "1.5");
    assert_true(dvg_value_double(real) == 1.5);
    assert_false(dvg_value_int64(real, &number));
    check_text(string, DVG_STRING, "");
    assert_int_equal(dvg_value_type(truth), DVG_TRUE);
    assert_true(dvg_value_double(truth) == 0);
    assert_int_equal(dvg_value_nodes(truth), 1);
    dvg_arena_clear(&arena);
}

/* A string one byte longer than a cell can say, built and read, plain and with an escape. */
static void long_strings_go_far(void **state)
{
    (void)state;
    size_t size = (size_t)DVG_CELL_LENGTH_MOST + 1;
    char *text = malloc(size + 64);
    assert_non_null(text);
    memset(text, 'x', size + 64);
    text[size - 1] = 'y';
    size_t root = dvg_document_open(&document, DVG_ARRAY);
    assert_true(dvg_document_add_text(&document, DVG_STRING, text, size - 1));
    assert_true(dvg_document_add_text(&document, DVG_STRING, text, size));
    assert_true(dvg_document_add_text(&document, DVG_STRING, "end", 3));
    assert_true(dvg_document_close(&document, root, 3));
    dvg_value array = dvg_document_root(&document);
    assert_int_equal(dvg_cell_tag(*dvg_value_at(array, 0).cell), DVG_TAG_POOL_STRING);
    assert_int_equal(dvg_cell_tag(*dvg_value_at(array, 1).cell), DVG_TAG_FAR_STRING);
    assert_int_equal(dvg_value_text(dvg_value_at(array, 0)).size, size - 1);
    dvg_text far = dvg_value_text(dvg_value_at(array, 1));
    assert_int_equal(far.size, size);
    assert_memory_equal(far.data, text, size);
    check_text(dvg_value_at(array, 2), DVG_STRING, "end");
    free(text);
}

/* [" ...", "\n..."] of `size` bytes each: `first` is what the second begins with. */
static void read_two_long(const char *first, enum dvg_tag tag)
{
    size_t size = (size_t)DVG_CELL_LENGTH_MOST + 9;
    char *text = malloc(2 * size + 64);
    char *copy;
    dvg_reading reading;
    assert_non_null(text);
    memset(text, 'x', 2 * size + 8);
    memcpy(text, "[\"", 2);
    memcpy(text + 2 + size, "\",\"", 3);
    memcpy(text + 5 + size, first, strlen(first));
    memcpy(text + 5 + 2 * size, "\"]", 2);
    dvg_reading_init(&reading);
    assert_int_equal(read_bytes(&document, &copy, text, 7 + 2 * size, &allocator, &reading, NULL),
                     DVG_OK);
    dvg_value array = dvg_document_root(&document);
    assert_int_equal(dvg_cell_tag(*dvg_value_at(array, 1).cell), (int)tag);
    dvg_text one = dvg_value_text(dvg_value_at(array, 0));
    dvg_text two = dvg_value_text(dvg_value_at(array, 1));
    assert_int_equal(one.size, size);
    assert_int_equal(two.size, size - strlen(first) + 1);
    assert_memory_equal(one.data + 1, two.data + 1, two.size - 1);
    assert_int_equal(two.data[0], '\n');
    assert_true(dvg_cell_source_byte(&document, *dvg_value_at(array, 0).cell) == 2);
    assert_true(dvg_cell_source_byte(&document, *dvg_value_at(array, 1).cell) == size + 5);
    free(text);
    dvg_document_clear(&document);
    free(copy);
}

static void long_strings_are_read(void **state)
{
    (void)state;
    read_two_long("\\n", DVG_TAG_FAR_STRING);
    read_two_long("\\u000a", DVG_TAG_FAR_STRING);
}

static void every_allocation_can_fail(void **state)
{
    (void)state;
    for (size_t fail_at = 1;; fail_at++) {
        struct counting mine;
        dvg_allocator failing = counting_allocator(&mine);
        mine.fail_at = fail_at;
        dvg_arena arena;
        dvg_document built;
        dvg_document_init(&built, &failing);
        dvg_arena_init(&arena, &failing);
        size_t root = dvg_document_open(&built, DVG_ARRAY);
        bool done = root != SIZE_MAX;
        for (int i = 0; i < 100 && done; i++)
            done = dvg_document_add_text(&built, DVG_STRING, "some text", 9) &&
                   dvg_document_add_literal(&built, DVG_FALSE);
        for (int i = 0; i < 100 && done; i++)
            done = dvg_document_scalar(&built, &arena, DVG_STRING, "text", 4).cell != NULL;
        assert_int_equal(done, mine.calls < fail_at);
        dvg_document_clear(&built);
        dvg_arena_clear(&arena);
        assert_int_equal(mine.live, 0);
        assert_false(mine.wrong_size);
        if (done)
            break;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cells_keep_their_fields, set_up, tear_down),
        cmocka_unit_test_setup_teardown(absent_is_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_built_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(integers_of_64_bits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(scalars_stand_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_strings_go_far, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_strings_are_read, set_up, tear_down),
        cmocka_unit_test(every_allocation_can_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
