/*
 * The reader: what it refuses and where, repeated names, depth, digits, cut texts, lack of memory.
 */
#include "json/writer.h"
#include "support/counting.h"
#include "value/equal.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct counting counting;
static dvg_allocator allocator;
static dvg_reading reading;
static dvg_document document;
static char *copy;
static dvg_error error;

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_reading_init(&reading);
    dvg_document_init(&document, &allocator);
    copy = NULL;
    return 0;
}

static void let_go(void)
{
    dvg_document_clear(&document);
    free(copy);
    copy = NULL;
}

static int tear_down(void **state)
{
    (void)state;
    let_go();
    return counting.live != 0 || counting.wrong_size;
}

static dvg_status read_sized(const char *text, size_t size)
{
    let_go();
    return read_bytes(&document, &copy, text, size, &allocator, &reading, &error);
}

static void check_refused(const char *text, size_t size, dvg_status status, uint64_t line,
                          uint64_t column, uint64_t byte, const char *message)
{
    assert_int_equal(read_sized(text, size), status);
    assert_string_equal(error.message, message);
    assert_int_equal(error.status, status);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
    assert_int_equal(error.byte, byte);
    assert_string_equal(error.file, "file");
    assert_null(dvg_document_root(&document).cell);
}

static void check_written(const char *text, const char *expected)
{
    static const dvg_json_style style = {-2, 0, false, true, true, false, false};
    dvg_buffer out;
    if (read_sized(text, strlen(text)) != DVG_OK)
        fail_msg("%s: %s", text, error.message);
    dvg_buffer_init(&out, &allocator);
    assert_true(dvg_json_write(&out, dvg_document_root(&document), &style));
    assert_string_equal(dvg_buffer_string(&out), expected);
    dvg_buffer_clear(&out);
}

static void every_error_has_its_place(void **state)
{
    static const struct {
        const char *text;
        uint64_t line, column, byte;
        const char *message;
    } rows[] = {
        {"", 1, 1, 0, "empty document"},
        {" \n ", 2, 2, 3, "empty document"},
        {"\xef\xbb\xbf{}", 1, 1, 0, "the text begins with a byte order mark (U+FEFF)"},
        {"{\n  \"a\": 01}", 2, 9, 10, "leading zero"},
        {"[1,]", 1, 4, 3, "trailing comma"},
        {"{\"a\":1,}", 1, 8, 7, "trailing comma"},
        {"[1 2]", 1, 4, 3, "comma or ] expected"},
        {"[1}", 1, 3, 2, "comma or ] expected"},
        {"{\"a\":1]", 1, 7, 6, "comma or } expected"},
        {"{a:1}", 1, 2, 1, "member name expected"},
        {"{,}", 1, 2, 1, "member name expected"},
        {"[,]", 1, 2, 1, "value expected"},
        {"{\"a\" 1}", 1, 6, 5, "colon expected"},
        {"{\"a\":}", 1, 6, 5, "value expected"},
        {"[\"\xc3(\"]", 1, 3, 2, "invalid UTF-8 (byte 0xc3)"},
        {"[\"\xed\xa0\x80\"]", 1, 3, 2, "invalid UTF-8 (byte 0xed)"},
        {"[\xff]", 1, 2, 1, "invalid UTF-8"},
        {"[\"\xc3\xa9\xff\"]", 1, 5, 4, "invalid UTF-8 (byte 0xff)"},
        {"\"a\nb\"", 1, 3, 2, "control character in a string: U+000A"},
        {"\"\\x\"", 1, 3, 2, "invalid escape"},
        {"\"\\u12g4\"", 1, 6, 5, "invalid escape: four hexadecimal digits expected after \\u"},
        {"\"\\ud800\\u12", 1, 12, 11, "end of text inside a string"},
        {"\"abc", 1, 5, 4, "end of text inside a string"},
        {"-", 1, 2, 1, "unexpected end of text"},
        {"-a", 1, 2, 1, "digit expected"},
        {"1.", 1, 3, 2, "unexpected end of text"},
        {"[1.]", 1, 4, 3, "digit expected"},
        {"[1e+]", 1, 5, 4, "digit expected"},
        {"[.5]", 1, 2, 1, "value expected"},
        {"[+1]", 1, 2, 1, "value expected"},
        {"nul", 1, 1, 0, "invalid literal"},
        {"[tru", 1, 2, 1, "invalid literal"},
        {"nulll", 1, 5, 4, "text after the document"},
        {"{} {}", 1, 4, 3, "text after the document"},
        {"[NaN]", 1, 2, 1, "non-finite number: NaN is not JSON"},
        {"[-Infinity]", 1, 2, 1, "non-finite number: -Infinity is not JSON"},
        {"[Inf]", 1, 2, 1, "invalid literal"},
        {"[\n[\n", 3, 1, 4, "unexpected end of text"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_refused(rows[i].text, strlen(rows[i].text), DVG_E_INPUT, rows[i].line, rows[i].column,
                      rows[i].byte, rows[i].message);
    check_refused("[\0]", 3, DVG_E_INPUT, 1, 2, 1, "value expected");
    check_refused("\"a\0\"", 4, DVG_E_INPUT, 1, 3, 2, "control character in a string: U+0000");
    check_refused("1\0", 2, DVG_E_INPUT, 1, 2, 1, "text after the document");
}

static void the_root_may_have_to_be_an_object(void **state)
{
    (void)state;
    reading.root_object = true;
    check_refused(" [1]", 4, DVG_E_INPUT, 1, 2, 1, "the root must be an object, not array");
    check_refused("\n1", 2, DVG_E_INPUT, 2, 1, 1, "the root must be an object, not integer");
    check_written("{}", "{}");
}

static void odd_values_are_taken(void **state)
{
    (void)state;
    reading.nonfinite = true;
    check_written("[NaN,Infinity,-Infinity,-0,-0.0,1E5,1.10]",
                  "[NaN,Infinity,-Infinity,0,-0.0,100000.0,1.1]");
    check_written("\"\\u0000\\ud83d\\ud83d\\ude00\\ude00\\uDBFF\\uDFFF\"",
                  "\"\\u0000\\ud83d\\ud83d\\ude00\\ude00\\udbff\\udfff\"");
    check_written("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"");
    check_written(" \t\r\n{ \"a\" :\n[ ] , \"b\" : { } } \n", "{\"a\":[],\"b\":{}}");
    check_written("\"\x7f\xc3\xa9\xf0\x9f\x98\x80\"", "\"\\u007f\\u00e9\\ud83d\\ude00\"");
}

/* ---- repeated names */

static void the_last_of_a_name_counts(void **state)
{
    (void)state;
    reading.duplicates = DVG_DUPLICATES_LAST;
    check_written("{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}");
    assert_int_equal(document.repeated, 1);
    assert_int_equal(document.shadowed, 2);
    assert_int_equal(document.first_repeated_byte, 14);
    check_written("{\"a\":1,\"\\u0061\":2}", "{\"a\":2}");
    check_written("{\"\\u0061\":{\"x\":1,\"x\":2},\"a\":{\"y\":[{\"z\":1,\"z\":2,\"z\":3}]}}",
                  "{\"a\":{\"y\":[{\"z\":3}]}}");
    check_written("[{\"\":1,\"\":{\"q\":1,\"r\":2,\"q\":{\"s\":0,\"s\":[]}},\"t\":1},5]",
                  "[{\"\":{\"q\":{\"s\":[]},\"r\":2},\"t\":1},5]");
    check_written("{\"a\\u0000\":1,\"a\":2,\"a\\u0000b\":3}",
                  "{\"a\\u0000\":1,\"a\":2,\"a\\u0000b\":3}");
    assert_int_equal(document.repeated, 0);
}

static void many_names_are_looked_up(void **state)
{
    (void)state;
    dvg_buffer text;
    dvg_buffer_init(&text, &allocator);
    dvg_buffer_add_byte(&text, '{');
    for (int i = 0; i < 1000; i++) {
        dvg_buffer_add_text(&text, i % 2 == 0 ? "\"name" : "\"\\u006eame");
        dvg_buffer_add_u64(&text, (uint64_t)(i * 7 % 400));
        dvg_buffer_add_text(&text, i == 999 ? "\":0}" : "\":0,");
    }
    reading.duplicates = DVG_DUPLICATES_LAST;
    assert_int_equal(read_sized(text.data, text.size), DVG_OK);
    assert_int_equal(document.repeated, 600);
    assert_int_equal(document.shadowed, 1200);
    assert_int_equal(dvg_value_count(dvg_document_root(&document)), 400);
    reading.duplicates = DVG_DUPLICATES_REPORT;
    assert_int_equal(read_sized(text.data, text.size), DVG_OK);
    assert_int_equal(document.repeated, 600);
    assert_int_equal(document.shadowed, 0);
    assert_int_equal(dvg_value_count(dvg_document_root(&document)), 1000);
    assert_true(dvg_value_repeats(dvg_document_root(&document)));
    dvg_buffer_clear(&text);
}

static void repeats_are_kept_or_refused(void **state)
{
    static const char text[] = "{\"k\":[{\"a\":1,\n\"b\":2,\"\\u0061\":3}]}";
    (void)state;
    check_written(text, "{\"k\":[{\"a\":1,\"b\":2,\"a\":3}]}");
    dvg_value root = dvg_document_root(&document);
    assert_false(dvg_value_repeats(root));
    assert_true(dvg_value_repeats(dvg_value_at(dvg_value_member(root, "k", 1), 0)));
    assert_int_equal(document.repeated, 1);
    reading.duplicates = DVG_DUPLICATES_REFUSE;
    check_refused(text, strlen(text), DVG_E_INPUT, 2, 7, 20, "repeated member name \"a\"");
    check_written("{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":1}]}",
                  "{\"a\":{\"a\":1},\"b\":[{\"a\":1},{\"a\":1}]}");
}

static void the_first_repeat_is_first_in_the_text(void **state)
{
    static const char text[] = "{\"a\":1,\"a\":{\"b\":1,\"b\":2}}";
    (void)state;
    assert_int_equal(read_sized(text, strlen(text)), DVG_OK);
    assert_int_equal(document.repeated, 2);
    assert_int_equal(document.first_repeated_byte, 8);
}

/* A repeated name too long for a cell, with an escape: it stands in the pool, far. */
static void a_far_name_has_its_place(void **state)
{
    (void)state;
    size_t size = 1 << 24;
    char *text = malloc(2 * size + 64);
    assert_non_null(text);
    memset(text, 'x', 2 * size + 64);
    memcpy(text, "{\"\\n", 4);
    memcpy(text + 4 + size, "\":1,\"\\n", 7);
    memcpy(text + 11 + 2 * size, "\":2}", 4);
    reading.duplicates = DVG_DUPLICATES_REFUSE;
    assert_int_equal(read_sized(text, 15 + 2 * size), DVG_E_INPUT);
    assert_int_equal(error.line, 1);
    assert_int_equal(error.byte, 8 + size);
    assert_int_equal(error.column, 9 + size);
    free(text);
}

/* ---- limits */

static void digits_have_a_limit(void **state)
{
    (void)state;
    char text[4400];
    memset(text, '7', sizeof text);
    text[0] = '-';
    assert_int_equal(read_sized(text, 4301), DVG_OK);
    assert_int_equal(read_sized(text + 1, 4300), DVG_OK);
    check_refused(text, 4302, DVG_E_LIMIT, 1, 1, 0,
                  "too many digits: the integer has 4301, at most 4300 are read");
    text[2] = '.';
    assert_int_equal(read_sized(text, 4400), DVG_OK);
    reading.integer_digits = 3;
    check_refused("[123, 1234]", 11, DVG_E_LIMIT, 1, 7, 6,
                  "too many digits: the integer has 4, at most 3 are read");
    check_written("[-123,1234.0]", "[-123,1234.0]");
}

enum { LEVELS = 1000000 };

/* All that a document goes through, on a small stack: read, write, compare, free. */
static void *read_deep(void *payload)
{
    static const dvg_json_style style = {-2, 0, true, true, true, false, false};
    char *text = payload;
    size_t size = strlen(text);
    bool equal = false;
    dvg_buffer out;
    dvg_buffer_init(&out, &allocator);
    reading.depth = 10000;
    if (read_sized(text, size) != DVG_E_LIMIT || error.column != (text[0] == '[' ? 10001 : 50001))
        return "the limit was not kept";
    reading.depth = LEVELS;
    if (read_sized(text, size) != DVG_OK)
        return "the raised limit was not kept";
    dvg_value root = dvg_document_root(&document);
    if (!dvg_json_write(&out, root, &style) || out.size != size ||
        memcmp(out.data, text, size) != 0)
        return "written otherwise";
    out.size = 0;
    if (!dvg_repr(&out, root) || out.size < size)
        return "no repr";
    if (!dvg_value_loosely_equal(root, root, &allocator, &equal) || !equal)
        return "not equal to itself";
    dvg_buffer_clear(&out);
    return NULL;
}

static void in_a_small_thread(char *text)
{
    pthread_attr_t attributes;
    pthread_t thread;
    void *answer = "not run";
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, 65536), 0);
    assert_int_equal(pthread_create(&thread, &attributes, read_deep, text), 0);
    assert_int_equal(pthread_join(thread, &answer), 0);
    pthread_attr_destroy(&attributes);
    if (answer != NULL)
        fail_msg("%s", (const char *)answer);
}

static void depth_needs_no_stack(void **state)
{
    (void)state;
    char *text = malloc(6 * (size_t)LEVELS + 1);
    assert_non_null(text);
    memset(text, '[', LEVELS);
    memset(text + LEVELS, ']', LEVELS);
    text[2 * LEVELS] = '\0';
    in_a_small_thread(text);
    for (size_t i = 0; i < LEVELS; i++)
        memcpy(text + 5 * i, "{\"a\":", 5);
    memcpy(text + 5 * (LEVELS - 1), "{    ", 5);
    memset(text + 5 * (LEVELS - 1) + 1, '}', LEVELS);
    text[6 * LEVELS - 4] = '\0';
    in_a_small_thread(text);
    free(text);
}

/* ---- cut texts, lack of memory */

static const char sample[] =
    "{\"a\":[1,-2.5e+3,true,false,null,\"\\u00e9\\ud83d\\ude00\xc3\xa9\\n\"],\"\\u0061\":{},"
    "\"b\":[[],{\"c\":{\"d\":\"0123456789abcdef\xf0\x9f\x98\x80\"}},NaN,-Infinity],"
    "\"n1\":1,\"n2\":2,\"n3\":3,\"n4\":4,\"n5\":5,\"n6\":6,\"n7\":7,\"n8\":8,\"n9\":9,\"n10\":1,"
    "\"n11\":1,\"n12\":1,\"n13\":1,\"n14\":1,\"n15\":1,\"n\\u0031\":{\"x\":1,\"x\":[2]}}";

static void every_cut_text_is_refused(void **state)
{
    (void)state;
    reading.nonfinite = true;
    reading.duplicates = DVG_DUPLICATES_LAST;
    for (size_t size = 0; size + 1 < sizeof sample; size++) {
        assert_int_equal(read_sized(sample, size), DVG_E_INPUT);
        assert_true(error.byte <= size);
        assert_true(error.line == 1 && error.column == error.byte + 1);
    }
    assert_int_equal(read_sized(sample, sizeof sample - 1), DVG_OK);
}

static void every_allocation_can_fail(void **state)
{
    (void)state;
    for (int policy = 0; policy < 4; policy++) {
        reading.nonfinite = true;
        reading.duplicates = (dvg_duplicates)(policy % 2);
        size_t fail_at = 1;
        dvg_status status;
        do {
            let_go();
            counting.calls = 0;
            counting.fail_at = fail_at++;
            counting.fail_after = policy >= 2;
            status = read_sized(sample, sizeof sample - 1);
            if (status != DVG_OK) {
                assert_int_equal(status, DVG_E_MEMORY);
                assert_string_equal(error.message, "out of memory");
                assert_int_equal(counting.live, 0);
            }
        } while (status != DVG_OK);
        assert_true(fail_at > 5);
        counting.fail_at = 0;
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_error_has_its_place),
        TEST(the_root_may_have_to_be_an_object),
        TEST(odd_values_are_taken),
        TEST(the_last_of_a_name_counts),
        TEST(many_names_are_looked_up),
        TEST(repeats_are_kept_or_refused),
        TEST(the_first_repeat_is_first_in_the_text),
        TEST(a_far_name_has_its_place),
        TEST(digits_have_a_limit),
        TEST(depth_needs_no_stack),
        TEST(every_cut_text_is_refused),
        TEST(every_allocation_can_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
