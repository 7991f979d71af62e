/*
 * The writer: JSON in every style, Python's repr and str. The expected texts were printed by
 * CPython 3.11 (repr, json.dumps).
 */
#include "json/writer.h"
#include "support/counting.h"

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
static char *copy;

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
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

static dvg_value read_value(const char *text)
{
    dvg_reading reading;
    dvg_reading_init(&reading);
    reading.nonfinite = true;
    let_go();
    if (read_bytes(&document, &copy, text, strlen(text), &allocator, &reading, NULL) != DVG_OK)
        fail_msg("not read: %s", text);
    return dvg_document_root(&document);
}

static void check_json(dvg_value value, dvg_json_style style, const char *expected)
{
    dvg_buffer out;
    dvg_buffer_init(&out, &allocator);
    assert_true(dvg_json_write(&out, value, &style));
    assert_string_equal(dvg_buffer_string(&out), expected);
    dvg_buffer_clear(&out);
}

static void check_repr(dvg_value value, const char *expected)
{
    dvg_buffer out;
    dvg_buffer_init(&out, &allocator);
    assert_true(dvg_repr(&out, value));
    assert_string_equal(dvg_buffer_string(&out), expected);
    dvg_buffer_clear(&out);
}

static const dvg_json_style one_line = {-1, 0, false, true, true, false, false};

static void values_look_as_python_shows_them(void **state)
{
    static const struct {
        const char *json, *repr, *dumps;
    } rows[] = {
        {"null", "None", "null"},
        {"true", "True", "true"},
        {"\"\"", "''", "\"\""},
        {"\"it's\"", "\"it's\"", "\"it's\""},
        {"\"say \\\"x\\\"\"", "'say \"x\"'", "\"say \\\"x\\\"\""},
        {"\"it's \\\"x\\\"\"", "'it\\'s \"x\"'", "\"it's \\\"x\\\"\""},
        {"\"\\\\ \\n\\r\\t\\b\\f\\u0000\\u001f\\u007f\"",
         "'\\\\ \\n\\r\\t\\x08\\x0c\\x00\\x1f\\x7f'",
         "\"\\\\ \\n\\r\\t\\b\\f\\u0000\\u001f\\u007f\""},
        {"\"\\u0080\\u00a0\\u00ad\\u00b5\\u0301\\u200b\\u2028\\u3000\\ue000\\ufeff\\ufffd\\ufe0f\"",
         "'\\x80\\xa0\\xad\xc2\xb5\xcc\x81\\u200b\\u2028\\u3000\\ue000\\ufeff\xef\xbf\xbd\xef\xb8"
         "\x8f'",
         "\"\\u0080\\u00a0\\u00ad\\u00b5\\u0301\\u200b\\u2028\\u3000\\ue000\\ufeff\\ufffd\\ufe0f"
         "\""},
        {"\"\\ud83d\\ude00\\ud83d\\udedc\\udb40\\udc01\"",
         "'\xf0\x9f\x98\x80\\U0001f6dc\\U000e0001'",
         "\"\\ud83d\\ude00\\ud83d\\udedc\\udb40\\udc01\""},
        {"\"\\ud83d\\ud83d\\ude00\"", "'\\ud83d\xf0\x9f\x98\x80'", "\"\\ud83d\\ud83d\\ude00\""},
        {"-0", "0", "0"},
        {"-0.0", "-0.0", "-0.0"},
        {"1E5", "100000.0", "100000.0"},
        {"1.10", "1.1", "1.1"},
        {"1e16", "1e+16", "1e+16"},
        {"9999999999999998.0", "9999999999999998.0", "9999999999999998.0"},
        {"0.0001", "0.0001", "0.0001"},
        {"0.00001", "1e-05", "1e-05"},
        {"1.5e-7", "1.5e-07", "1.5e-07"},
        {"1e-400", "0.0", "0.0"},
        {"1e400", "inf", "Infinity"},
        {"-1e400", "-inf", "-Infinity"},
        {"NaN", "nan", "NaN"},
        {"123456789012345678901234567890", "123456789012345678901234567890",
         "123456789012345678901234567890"},
        {"5e-324", "5e-324", "5e-324"},
        {"1.7976931348623157e308", "1.7976931348623157e+308", "1.7976931348623157e+308"},
        {"2.5", "2.5", "2.5"},
        {"100", "100", "100"},
        {"1e22", "1e+22", "1e+22"},
        {"1e23", "1e+23", "1e+23"},
        {"[]", "[]", "[]"},
        {"{}", "{}", "{}"},
        {"[[],{}]", "[[], {}]", "[[], {}]"},
        {"{\"it's\":[\"'\",1e-5],\"b\":null,\"a\":{\"\\ud800\":true}}",
         "{\"it's\": [\"'\", 1e-05], 'b': None, 'a': {'\\ud800': True}}",
         "{\"it's\": [\"'\", 1e-05], \"b\": null, \"a\": {\"\\ud800\": true}}"},
        {"{\"b\":1,\"a\":2,\"c\":3}", "{'b': 1, 'a': 2, 'c': 3}", "{\"b\": 1, \"a\": 2, \"c\": 3}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dvg_value value = read_value(rows[i].json);
        check_repr(value, rows[i].repr);
        check_json(value, one_line, rows[i].dumps);
    }
    check_repr(dvg_value_absent(), "None");
    check_json(dvg_value_absent(), one_line, "null");
}

static void layout_follows_the_style(void **state)
{
    static const char text[] = "{\"b\":[1,{\"z\":[],\"a\":{}},[]],\"a\":{\"\\ud83d\\ude00\":1,"
                               "\"\\uffff\":2,\"\\ud800\":3},\"\":1E5}";
    (void)state;
    dvg_value value = read_value(text);
    check_json(value, (dvg_json_style){2, 0, true, true, true, false, false},
               "{\n  \"\": 100000.0,\n  \"a\": {\n    \"\\ud800\": 3,\n    \"\\uffff\": 2,\n    "
               "\"\\ud83d\\ude00\": 1\n  },\n  \"b\": [\n    1,\n    {\n      \"a\": {},\n      "
               "\"z\": []\n    },\n    []\n  ]\n}");
    check_json(value, (dvg_json_style){-1, 0, true, true, true, false, false},
               "{\"\": 100000.0, \"a\": {\"\\ud800\": 3, \"\\uffff\": 2, \"\\ud83d\\ude00\": 1}, "
               "\"b\": [1, {\"a\": {}, \"z\": []}, []]}");
    check_json(value, (dvg_json_style){-2, 0, false, true, true, false, false},
               "{\"b\":[1,{\"z\":[],\"a\":{}},[]],\"a\":{\"\\ud83d\\ude00\":1,\"\\uffff\":2,"
               "\"\\ud800\":3},\"\":100000.0}");
    value = read_value("[1,{\"a\":[2]}]");
    check_json(value, (dvg_json_style){2, 1, true, true, true, false, false},
               "[\n    1,\n    {\n      \"a\": [\n        2\n      ]\n    }\n  ]");
    check_json(value, (dvg_json_style){0, 0, true, true, true, false, false},
               "[\n1,\n{\n\"a\": [\n2\n]\n}\n]");
}

static void literals_may_stay_as_they_were(void **state)
{
    (void)state;
    dvg_value value = read_value("[-0,1E5,1.10,1e400,NaN,-Infinity]");
    check_json(value, (dvg_json_style){-2, 0, false, true, false, false, false},
               "[-0,1E5,1.10,1e400,null,null]");
    value = read_value("\"\\u007f\xc3\xa9\\u0001\\ud83d\\ude00\\udc00\\u2028\"");
    check_json(value, (dvg_json_style){-2, 0, false, false, false, false, false},
               "\"\\u007f\xc3\xa9\\u0001\xf0\x9f\x98\x80\\udc00\\u2028\"");
    value = read_value("[NaN,-Infinity,Infinity,1e400]");
    check_json(value, (dvg_json_style){-2, 0, false, false, false, true, false},
               "[\"NaN\",\"-Infinity\",\"Infinity\",1e400]");
    check_json(value, (dvg_json_style){-2, 0, false, false, true, true, false},
               "[NaN,-Infinity,Infinity,Infinity]");
}

static void repeated_names_are_all_written(void **state)
{
    (void)state;
    dvg_value value = read_value("{\"b\":1,\"a\":2,\"b\":3}");
    check_json(value, (dvg_json_style){-2, 0, true, true, true, false, false},
               "{\"a\":2,\"b\":1,\"b\":3}");
    check_repr(value, "{'b': 1, 'a': 2, 'b': 3}");
}

static void bytes_that_are_no_character_are_shown(void **state)
{
    (void)state;
    dvg_buffer out;
    dvg_buffer_init(&out, &allocator);
    dvg_json_write_string(&out, "a\xff\xc3", 3, false);
    dvg_repr_string(&out, "a\xff\xc3", 3);
    dvg_json_write_string(&out, "\x80", 1, true);
    dvg_repr_string(&out, NULL, 0);
    assert_string_equal(dvg_buffer_string(&out), "\"a\\\\xff\\\\xc3\"'a\\xff\\xc3'\"\\\\x80\"''");
    dvg_buffer_clear(&out);
}

static void str_leaves_a_string_alone(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"\"it's\\n\"", "it's\n"}, {"1E5", "100000.0"}, {"[\"a\"]", "['a']"},
        {"null", "None"},          {"-0", "0"},         {"false", "False"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dvg_buffer out;
        dvg_value value = read_value(rows[i][0]);
        dvg_buffer_init(&out, &allocator);
        assert_true(dvg_str(&out, value));
        assert_string_equal(dvg_buffer_string(&out), rows[i][1]);
        dvg_buffer_clear(&out);
    }
}

static void every_allocation_can_fail(void **state)
{
    (void)state;
    dvg_value value =
        read_value("{\"d\":[[[1]],{\"x\":{\"y\":[]}}],\"c\":\"long enough to grow\","
                   "\"b\":1.5,\"a\":{\"z\":1,\"y\":2},\"e\":0,\"f\":0,\"g\":0,\"h\":0,"
                   "\"i\":0,\"j\":0,\"k\":0,\"l\":0,\"m\":0}");
    for (int kind = 0; kind < 3; kind++) {
        dvg_json_style style = {2, 0, kind == 0, true, true, false, false};
        bool done = false;
        for (size_t fail_at = 1; !done; fail_at++) {
            struct counting mine;
            dvg_allocator failing = counting_allocator(&mine);
            dvg_buffer out;
            dvg_buffer_init(&out, &failing);
            mine.fail_at = fail_at;
            done = kind == 2 ? dvg_repr(&out, value) : dvg_json_write(&out, value, &style);
            assert_int_equal(done, mine.calls < fail_at);
            dvg_buffer_clear(&out);
            assert_int_equal(mine.live, 0);
            assert_false(mine.wrong_size);
        }
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(values_look_as_python_shows_them),
        TEST(layout_follows_the_style),
        TEST(literals_may_stay_as_they_were),
        TEST(repeated_names_are_all_written),
        TEST(bytes_that_are_no_character_are_shown),
        TEST(str_leaves_a_string_alone),
        TEST(every_allocation_can_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
