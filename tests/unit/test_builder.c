/*
 * Documents made value by value: what each value becomes, what is refused and where it says so, and
 * that a builder can be used again after anything.
 */
#include "json/writer.h"

#include <diverge/diverge.h>

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static dvg_builder *builder;
static dvg_error error;

static int set_up(void **state)
{
    (void)state;
    return dvg_builder_new(&builder, NULL, &error) == DVG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    dvg_builder_free(builder);
    return 0;
}

static void add_name(const char *name) { (void)dvg_builder_name(builder, name, strlen(name)); }

static void add_number(const char *text)
{
    (void)dvg_builder_add_number(builder, text, strlen(text));
}

/* What was added must be the document that is written as `text`. */
static void check(const char *text)
{
    const dvg_json_style compact = {.indent = -2};
    const dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    dvg_document *document = NULL;
    dvg_buffer out;
    if (dvg_builder_finish(&document, builder, &error) != DVG_OK)
        fail_msg("%s: %s", text, error.message);
    dvg_buffer_init(&out, &allocator);
    assert_true(dvg_json_write(&out, dvg_document_root(document), &compact));
    assert_string_equal(dvg_buffer_string(&out), text);
    dvg_buffer_clear(&out);
    dvg_document_free(document);
}

/* What was added must be refused, with `message`; the next document is none the worse. */
static void check_refused(dvg_status status, const char *message)
{
    dvg_document *document = (dvg_document *)(void *)&document;
    assert_int_equal(dvg_builder_add_null(builder), status); /* whatever comes after is refused */
    assert_int_equal(dvg_builder_finish(&document, builder, &error), status);
    assert_null(document);
    assert_int_equal(error.status, status);
    assert_string_equal(error.message, message);
    (void)dvg_builder_add_int64(builder, 1);
    check("1");
}

static void keeps_every_scalar(void **state)
{
    (void)state;
    (void)dvg_builder_open_array(builder);
    (void)dvg_builder_add_null(builder);
    (void)dvg_builder_add_boolean(builder, true);
    (void)dvg_builder_add_boolean(builder, false);
    (void)dvg_builder_add_int64(builder, 0);
    (void)dvg_builder_add_int64(builder, INT64_MIN);
    (void)dvg_builder_add_int64(builder, INT64_MAX);
    (void)dvg_builder_add_uint64(builder, UINT64_MAX);
    (void)dvg_builder_add_string(builder, "a\0b\"\xc3\xa4", 6);
    (void)dvg_builder_add_string(builder, NULL, 0);
    (void)dvg_builder_close_array(builder);
    check("[null,true,false,0,-9223372036854775808,9223372036854775807,18446744073709551615,"
          "\"a\\u0000b\\\"\xc3\xa4\",\"\"]");
}

static void keeps_every_real(void **state)
{
    static const double reals[] = {1.0, -0.0, 0.1, 1e300, DBL_MIN, 5e-324, 1.0 / 3.0};
    (void)state;
    (void)dvg_builder_open_array(builder);
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        (void)dvg_builder_add_real(builder, reals[i]);
    (void)dvg_builder_close_array(builder);
    check("[1.0,-0.0,0.1,1e+300,2.2250738585072014e-308,5e-324,0.3333333333333333]");
}

static void keeps_what_is_no_finite_number(void **state)
{
    static const double reals[] = {NAN, INFINITY, -INFINITY};
    static const char *const words[] = {"NaN", "Infinity", "-Infinity"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        dvg_document *document = NULL;
        (void)dvg_builder_add_real(builder, reals[i]);
        assert_int_equal(dvg_builder_finish(&document, builder, &error), DVG_OK);
        dvg_text text = dvg_value_text(dvg_document_root(document));
        assert_int_equal(dvg_value_type(dvg_document_root(document)), DVG_REAL);
        assert_int_equal(text.size, strlen(words[i]));
        assert_memory_equal(text.data, words[i], text.size);
        dvg_document_free(document);
    }
}

static void keeps_the_text_of_numbers(void **state)
{
    static const char *const good[] = {
        "0",   "-0",    "10",      "1.0", "0.10",
        "1e5", "1E-05", "-1.5e+3", "0e0", "123456789012345678901234567890"};
    static const char *const bad[] = {"",    "-",  "01", "-01", "+1",  ".5",  "1.",  "1.e5", "1e",
                                      "1e+", " 1", "1 ", "0x1", "NaN", "1,5", "--1", "1e5.0"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        add_number(good[i]);
        check(good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        add_number(bad[i]);
        check_refused(DVG_E_INPUT, "document: a text that is no number of JSON, at the root");
    }
    (void)dvg_builder_add_number(builder, "1\0", 2);
    check_refused(DVG_E_INPUT, "document: a text that is no number of JSON, at the root");
}

static void bounds_the_digits_of_integers(void **state)
{
    static char digits[4302];
    (void)state;
    memset(digits, '7', sizeof digits - 1);
    digits[4300] = '\0';
    add_number(digits);
    check(digits);
    digits[4300] = '7';
    add_number(digits);
    check_refused(DVG_E_LIMIT, "document: an integer of more than 4300 digits, at the root");
}

static void nests(void **state)
{
    (void)state;
    (void)dvg_builder_open_object(builder);
    add_name("b");
    (void)dvg_builder_open_array(builder);
    (void)dvg_builder_open_object(builder);
    (void)dvg_builder_close_object(builder);
    (void)dvg_builder_open_array(builder);
    (void)dvg_builder_close_array(builder);
    (void)dvg_builder_close_array(builder);
    add_name("");
    (void)dvg_builder_add_int64(builder, -1);
    (void)dvg_builder_close_object(builder);
    check("{\"b\":[{},[]],\"\":-1}");
}

static void bounds_the_levels(void **state)
{
    (void)state;
    for (int i = 0; i < 10000; i++)
        assert_int_equal(dvg_builder_open_array(builder), DVG_OK);
    assert_int_equal(dvg_builder_open_array(builder), DVG_E_LIMIT);
    dvg_document *document = NULL;
    assert_int_equal(dvg_builder_finish(&document, builder, &error), DVG_E_LIMIT);
    assert_non_null(strstr(error.message, "more than 10000 levels, at [0][0]"));
}

/* ---------------------------------------------------------------- misuse */

static void refuses_what_stands_nowhere(void **state)
{
    (void)state;
    (void)dvg_builder_add_int64(builder, 1);
    (void)dvg_builder_add_int64(builder, 2);
    check_refused(DVG_E_ARGUMENT, "document: a second root, at the root");
    add_name("a");
    check_refused(DVG_E_ARGUMENT, "document: a name outside of an object, at the root");
    (void)dvg_builder_open_array(builder);
    (void)dvg_builder_add_null(builder);
    add_name("a");
    check_refused(DVG_E_ARGUMENT, "document: a name outside of an object, at [1]");
    (void)dvg_builder_open_object(builder);
    (void)dvg_builder_add_null(builder);
    check_refused(DVG_E_ARGUMENT, "document: a value without a name in an object, at the root");
    (void)dvg_builder_open_object(builder);
    add_name("a\nb");
    (void)dvg_builder_open_array(builder);
    (void)dvg_builder_open_object(builder);
    add_name("c");
    add_name("d");
    check_refused(DVG_E_ARGUMENT, "document: a second name for one value, at a\\x0ab[0].c");
}

static void refuses_what_is_not_closed(void **state)
{
    dvg_document *document = NULL;
    (void)state;
    assert_int_equal(dvg_builder_finish(&document, builder, &error), DVG_E_ARGUMENT);
    assert_string_equal(error.message, "document: nothing was added, at the root");
    (void)dvg_builder_open_array(builder);
    assert_int_equal(dvg_builder_finish(&document, builder, &error), DVG_E_ARGUMENT);
    assert_string_equal(error.message, "document: a container was not closed, at [0]");
    (void)dvg_builder_close_array(builder);
    check_refused(DVG_E_ARGUMENT, "document: no array is open here, at the root");
    (void)dvg_builder_open_object(builder);
    (void)dvg_builder_close_array(builder);
    check_refused(DVG_E_ARGUMENT, "document: no array is open here, at the root");
    (void)dvg_builder_open_array(builder);
    (void)dvg_builder_close_object(builder);
    check_refused(DVG_E_ARGUMENT, "document: no object is open here, at [0]");
    (void)dvg_builder_open_object(builder);
    add_name("a");
    (void)dvg_builder_close_object(builder);
    check_refused(DVG_E_ARGUMENT, "document: a name without a value, at a");
}

static void refuses_what_is_not_utf8(void **state)
{
    (void)state;
    (void)dvg_builder_add_string(builder, "\xff", 1);
    check_refused(DVG_E_INPUT, "document: a string or name that is not UTF-8, at the root");
    (void)dvg_builder_add_string(builder, "\xed\xa0\x80", 3);
    check_refused(DVG_E_INPUT, "document: a string or name that is not UTF-8, at the root");
    (void)dvg_builder_open_object(builder);
    add_name("\xc3");
    check_refused(DVG_E_INPUT, "document: a string or name that is not UTF-8, at the root");
    (void)dvg_builder_add_string(builder, NULL, 1);
    check_refused(DVG_E_ARGUMENT, "document: no text, at the root");
    (void)dvg_builder_add_number(builder, NULL, 1);
    check_refused(DVG_E_ARGUMENT, "document: no text, at the root");
}

static void fails_as_the_host_says(void **state)
{
    (void)state;
    assert_int_equal(dvg_builder_status(builder), DVG_OK);
    (void)dvg_builder_open_array(builder);
    assert_int_equal(dvg_builder_fail(builder, "a socket\n"), DVG_E_INPUT);
    assert_int_equal(dvg_builder_fail(builder, "another"), DVG_E_INPUT);
    assert_int_equal(dvg_builder_add_null(builder), DVG_E_INPUT);
    assert_int_equal(dvg_builder_status(builder), DVG_E_INPUT);
    check_refused(DVG_E_INPUT, "document: a socket\\x0a, at [0]");
    assert_int_equal(dvg_builder_status(builder), DVG_OK);
    (void)dvg_builder_fail(builder, NULL);
    check_refused(DVG_E_ARGUMENT, "document: a failure without a message, at the root");
}

static void refuses_null(void **state)
{
    dvg_document *document = NULL;
    (void)state;
    assert_int_equal(dvg_builder_new(NULL, NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_builder_add_null(NULL), DVG_E_ARGUMENT);
    assert_int_equal(dvg_builder_name(NULL, "a", 1), DVG_E_ARGUMENT);
    assert_int_equal(dvg_builder_fail(NULL, "a"), DVG_E_ARGUMENT);
    assert_int_equal(dvg_builder_status(NULL), DVG_E_ARGUMENT);
    assert_int_equal(dvg_builder_open_array(NULL), DVG_E_ARGUMENT);
    assert_int_equal(dvg_builder_close_object(NULL), DVG_E_ARGUMENT);
    assert_int_equal(dvg_builder_finish(&document, NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_builder_finish(NULL, builder, &error), DVG_E_ARGUMENT);
    dvg_builder_free(NULL);
}

/* ---------------------------------------------------------------- beside documents that are read
 */

static size_t count_divergences(const char *text)
{
    dvg_context *context = NULL;
    dvg_document *built = NULL;
    dvg_document *read = NULL;
    dvg_result *result = NULL;
    assert_int_equal(dvg_context_new(&context, NULL, &error), DVG_OK);
    assert_int_equal(dvg_context_use_profile(context, "default", &error), DVG_OK);
    assert_int_equal(dvg_builder_finish(&built, builder, &error), DVG_OK);
    assert_int_equal(dvg_document_read(&read, context, text, strlen(text), NULL, &error), DVG_OK);
    assert_int_equal(dvg_run_documents(&result, context, built, read, "d.json", &error), DVG_OK);
    size_t count = dvg_result_count(result);
    assert_int_equal(dvg_result_ledger(result)->inexact, 0);
    dvg_result_free(result);
    dvg_document_free(built);
    dvg_document_free(read);
    dvg_context_free(context);
    return count;
}

/* {"id": 1, "id": 2 or 3, "x": 0.5} */
static void build_repeated(int64_t second)
{
    (void)dvg_builder_open_object(builder);
    add_name("id");
    (void)dvg_builder_add_int64(builder, 1);
    add_name("id");
    (void)dvg_builder_add_int64(builder, second);
    add_name("x");
    (void)dvg_builder_add_real(builder, 0.5);
    (void)dvg_builder_close_object(builder);
}

static void compares_with_text(void **state)
{
    (void)state;
    build_repeated(2);
    assert_int_equal(count_divergences("{\"x\": 5e-1, \"id\": 1, \"id\": 2}"), 0);
    build_repeated(3);
    assert_int_equal(count_divergences("{\"x\": 5e-1, \"id\": 1, \"id\": 2}"), 1);
    build_repeated(2);
    assert_int_equal(count_divergences("{\"x\": 0.5, \"id\": 2}"), 2);
}

/* ---------------------------------------------------------------- memory */

struct memory {
    size_t left; /* allocations that succeed */
    size_t live; /* bytes */
};

static void *allocate(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    struct memory *memory = payload;
    if (new_size == 0) {
        memory->live -= pointer != NULL ? old_size : 0;
        free(pointer);
        return NULL;
    }
    if (new_size > old_size || pointer == NULL) {
        if (memory->left == 0)
            return NULL;
        memory->left--;
    }
    void *block = realloc(pointer, new_size);
    if (block != NULL)
        memory->live += new_size - (pointer != NULL ? old_size : 0);
    return block;
}

static dvg_status build_much(dvg_document **document, const dvg_allocator *allocator)
{
    dvg_builder *made = NULL;
    dvg_status status = dvg_builder_new(&made, allocator, &error);
    if (status != DVG_OK)
        return status;
    (void)dvg_builder_open_object(made);
    for (int i = 0; i < 40; i++) {
        char name[16];
        int size = snprintf(name, sizeof name, "name %d", i);
        (void)dvg_builder_name(made, name, (size_t)size);
        (void)dvg_builder_open_array(made);
        (void)dvg_builder_add_int64(made, i);
        (void)dvg_builder_close_array(made);
    }
    (void)dvg_builder_close_object(made);
    status = dvg_builder_finish(document, made, &error);
    dvg_builder_free(made);
    return status;
}

static void survives_a_lack_of_memory(void **state)
{
    struct memory memory = {0, 0};
    const dvg_allocator allocator = {allocate, &memory};
    dvg_document *document = NULL;
    dvg_status status = DVG_E_MEMORY;
    size_t most = 0;
    (void)state;
    for (; status != DVG_OK; most++) {
        memory.left = most;
        status = build_much(&document, &allocator);
        if (status != DVG_OK) {
            assert_int_equal(status, DVG_E_MEMORY);
            assert_int_equal(error.status, DVG_E_MEMORY);
            assert_null(document);
            assert_int_equal(memory.live, 0);
        }
    }
    assert_true(most > 10);
    dvg_document_free(document);
    assert_int_equal(memory.live, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(keeps_every_scalar),
        TEST(keeps_every_real),
        TEST(keeps_what_is_no_finite_number),
        TEST(keeps_the_text_of_numbers),
        TEST(bounds_the_digits_of_integers),
        TEST(nests),
        TEST(bounds_the_levels),
        TEST(refuses_what_stands_nowhere),
        TEST(refuses_what_is_not_closed),
        TEST(refuses_what_is_not_utf8),
        TEST(fails_as_the_host_says),
        TEST(refuses_null),
        TEST(compares_with_text),
        TEST(survives_a_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
