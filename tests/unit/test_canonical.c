/*
 * The canonical form and its digest: the spellings of numbers and strings one by one, and, over
 * generated pairs of documents, that digests are equal exactly if a diff without rules is empty.
 */
#include <diverge/diverge.h>

#include "value/decimal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---------------------------------------------------------------- spellings */

static void check_number(const char *text, const char *expected)
{
    size_t length = strlen(text);
    char *copy = malloc(length); /* so that a checker sees a read beyond the text */
    char *out = malloc(length + DVG_DECIMAL_SPELL_MORE);
    assert_non_null(copy);
    assert_non_null(out);
    memcpy(copy, text, length);
    size_t size = dvg_decimal_spell(out, copy, length);
    if (size != strlen(expected) || memcmp(out, expected, size) != 0)
        fail_msg("%s: %.*s instead of %s", text, (int)size, out, expected);
    assert_true(dvg_decimal_equal(text, length, expected, strlen(expected)));
    free(copy);
    free(out);
}

static void spells_numbers(void **state)
{
    (void)state;
    check_number("1.0", "1e0");
    check_number("1.00", "1e0");
    check_number("10e-1", "1e0");
    check_number("0.1e+1", "1e0");
    check_number("-0.0", "0e0");
    check_number("0e99999999999999999999999999", "0e0");
    check_number("-12.340", "-1.234e1");
    check_number("0.00120", "1.2e-3");
    check_number("1200.0", "1.2e3");
    check_number("1E+0007", "1e7");
    check_number("1e-0", "1e0");
    check_number("100000000000000000000.0", "1e20");
    check_number("0.1000000000000000001", "1.000000000000000001e-1");
}

static void spells_exponents_of_any_length(void **state)
{
    (void)state;
    check_number("1e400", "1e400");
    check_number("1e-999999999", "1e-999999999");
    check_number("10e99999999999999999", "1e100000000000000000");
    check_number("10e999999999999999999", "1e1000000000000000000");
    check_number("0.1e1000000000000000000", "1e999999999999999999");
    check_number("10e-1000000000000000000", "1e-999999999999999999");
    check_number("0.01e-999999999999999999", "1e-1000000000000000001");
    check_number("123e-0000000000000000000000000005", "1.23e-3");
    check_number("12345678901.0e99999999999999999999999999999999",
                 "1.2345678901e100000000000000000000000000000009");
    check_number("0.00000000001e100000000000000000000000000000009",
                 "1e99999999999999999999999999999998");
}

/* ---------------------------------------------------------------- documents */

struct text {
    char *data;
    size_t size;
};

static int append(void *payload, const char *data, size_t size)
{
    struct text *text = payload;
    text->data = realloc(text->data, text->size + size + 1);
    assert_non_null(text->data);
    memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
    return 0;
}

static dvg_context *make_context(uint64_t depth)
{
    dvg_context *context;
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_profile_options rules = DVG_PROFILE_OPTIONS_INIT;
    options.depth = depth;
    rules.nonfinite = true;
    assert_int_equal(dvg_context_new(&context, &options, NULL), DVG_OK);
    assert_int_equal(dvg_context_use_rules(context, &rules, NULL), DVG_OK);
    return context;
}

static dvg_document *read_text(dvg_context *context, const char *text)
{
    dvg_error error;
    dvg_document *document;
    if (dvg_document_read(&document, context, text, strlen(text), NULL, &error) != DVG_OK)
        fail_msg("%s: %s", error.message, text);
    return document;
}

static void check_form(dvg_context *context, const char *text, const char *expected)
{
    struct text form = {NULL, 0};
    dvg_document *document = read_text(context, text);
    assert_int_equal(dvg_document_canonical(document, append, &form, NULL), DVG_OK);
    assert_string_equal(form.data, expected);
    free(form.data);
    dvg_document_free(document);
}

static void writes_documents(void **state)
{
    (void)state;
    dvg_context *context = make_context(0);
    check_form(context, " null ", "null");
    check_form(context, "-0", "0");
    check_form(context, "[ NaN, -Infinity, Infinity, true, false ]",
               "[NaN,-Infinity,Infinity,true,false]");
    check_form(context, "{\"b\" : {}, \"a\" : [ ], \"\" : 1}", "{\"\":1,\"a\":[],\"b\":{}}");
    check_form(context, "{\"a\": 2, \"b\": 0, \"a\": 1}", "{\"a\":2,\"a\":1,\"b\":0}");
    check_form(context, "\"\\u0041\\/\\u00e9\\u001f\\u000a\\\"\\\\\\u007f\"",
               "\"A/\xc3\xa9\\u001f\\n\\\"\\\\\x7f\"");
    check_form(context, "\"\\ud800x\\udfff \\ud83d\\ude00 \\ud7ff\"",
               "\"\\ud800x\\udfff \xf0\x9f\x98\x80 \xed\x9f\xbf\"");
    /* By code point: U+FF5E stands before U+1F600, which it would not in UTF-16. */
    check_form(context, "{\"\\ud83d\\ude00\": 1, \"\\uff5e\": 2}",
               "{\"\xef\xbd\x9e\":2,\"\xf0\x9f\x98\x80\":1}");
    dvg_context_free(context);
}

static void takes_any_depth(void **state)
{
    (void)state;
    enum { LEVELS = 300000 };
    char *text = malloc(2 * LEVELS + 1);
    assert_non_null(text);
    memset(text, '[', LEVELS);
    memset(text + LEVELS, ']', LEVELS);
    text[2 * LEVELS] = '\0';
    dvg_context *context = make_context(LEVELS);
    check_form(context, text, text);
    dvg_context_free(context);
    free(text);
}

static int refuse(void *payload, const char *data, size_t size)
{
    (void)payload;
    (void)data;
    (void)size;
    return -1;
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    char hex[DVG_DIGEST_SIZE];
    dvg_error error;
    dvg_document *document;
    dvg_context *context = make_context(0);
    dvg_document *small = read_text(context, "1");
    assert_int_equal(dvg_document_canonical(small, refuse, NULL, &error), DVG_E_CANCELLED);
    assert_int_equal(dvg_document_canonical(NULL, refuse, NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_document_canonical(small, NULL, NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_document_digest(NULL, small, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_document_digest(hex, NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_document_read_file(&document, context, NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_document_read_file(&document, context, "/nonexistent", &error), DVG_E_IO);
    assert_null(document);
    assert_int_equal(dvg_document_digest(hex, small, &error), DVG_OK);
    assert_string_equal(hex, "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b");
    dvg_document_free(small);
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- the property */

/* What a document says comes from one stream of numbers, how it is written from another: two
 * texts with one meaning differ in spelling only. */
struct writer {
    uint64_t meaning, spelling;
    struct text out;
    unsigned mutations; /* one in so many scalars is another one; 0: none */
};

static uint64_t draw(uint64_t *stream, uint64_t below)
{
    *stream ^= *stream << 13;
    *stream ^= *stream >> 7;
    *stream ^= *stream << 17;
    return *stream % below;
}

static void put(struct writer *writer, const char *text)
{
    (void)append(&writer->out, text, strlen(text));
}

static void put_space(struct writer *writer)
{
    if (draw(&writer->spelling, 8) == 0)
        put(writer, draw(&writer->spelling, 2) == 0 ? " " : "\n");
}

/* Rows of one meaning each; NULL ends a row. */
static const char *const scalars[][5] = {
    {"null", "null", "null", "null"},
    {"true", "true", "true", "true"},
    {"false", "false", "false", "false"},
    {"0", "-0", "0", "-0"},
    {"0.0", "-0.0", "0e7", "-0.00E-99999999999999999999"},
    {"1", "1", "1", "1"},
    {"1.0", "10e-1", "0.1E+1", "1.00"},
    {"18446744073709551615", "18446744073709551615", "18446744073709551615",
     "18446744073709551615"},
    {"18446744073709551614", "18446744073709551614", "18446744073709551614",
     "18446744073709551614"},
    {"18446744073709551615.0", "1844674407370955161.5e1", "18446744073709551615e0",
     "18446744073709551615.00"},
    {"1e400", "10e399", "0.1e401", "1E+0400"},
    {"1e401", "10e400", "0.1e402", "1E+401"},
    {"1e100000000000000000000", "10e99999999999999999999", "0.1e100000000000000000001",
     "1.0e100000000000000000000"},
    {"0.1", "1e-1", "0.10", "100e-3"},
    {"0.1000000000000000001", "1000000000000000001e-19", "0.10000000000000000010",
     "1.000000000000000001e-1"},
    {"-1.5", "-15e-1", "-0.15e1", "-1.50"},
    {"NaN", "NaN", "NaN", "NaN"},
    {"Infinity", "Infinity", "Infinity", "Infinity"},
    {"-Infinity", "-Infinity", "-Infinity", "-Infinity"},
    {"\"\"", "\"\"", "\"\"", "\"\""},
    {"\"a\"", "\"\\u0061\"", "\"a\"", "\"a\""},
    {"\"1\"", "\"\\u0031\"", "\"1\"", "\"1\""},
    {"\"\\ud800\"", "\"\\uD800\"", "\"\\uD800\"", "\"\\ud800\""},
    {"\"\\u0000\"", "\"\\u0000\"", "\"\\u0000\"", "\"\\u0000\""},
    {"\"\\n/\\\\ud800\"", "\"\\u000a\\/\\u005cud800\"", "\"\\n\\/\\\\ud800\"",
     "\"\\u000A/\\\\ud800\""},
    {"\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"", "\"\\uD83D\\uDE00\"", "\"\xf0\x9f\x98\x80\""},
};
enum { SCALARS = sizeof scalars / sizeof *scalars };

static void put_scalar(struct writer *writer)
{
    size_t row = (size_t)draw(&writer->meaning, SCALARS);
    if (writer->mutations > 0 && draw(&writer->spelling, writer->mutations) == 0)
        row = (size_t)draw(&writer->spelling, SCALARS);
    put(writer, scalars[row][draw(&writer->spelling, 4)]);
}

static void put_value(struct writer *writer, int depth);

static void put_array(struct writer *writer, int depth)
{
    uint64_t count = draw(&writer->meaning, 4);
    put(writer, "[");
    for (uint64_t i = 0; i < count; i++) {
        put(writer, i > 0 ? "," : "");
        put_space(writer);
        put_value(writer, depth - 1);
    }
    put_space(writer);
    put(writer, "]");
}

/* Members are written one by one and then put in another order, in which those of one name stay as
 * they are: their order is what they mean. */
static void put_object(struct writer *writer, int depth)
{
    static const char *const names[][2] = {{"\"a\"", "\"\\u0061\""},
                                           {"\"b\"", "\"b\""},
                                           {"\"\"", "\"\""},
                                           {"\"\\uff5e\"", "\"\xef\xbd\x9e\""}};
    struct text members[4];
    uint64_t name[4];
    uint64_t count = draw(&writer->meaning, 5);
    struct text whole = writer->out;
    for (uint64_t i = 0; i < count; i++) {
        writer->out = (struct text){NULL, 0};
        name[i] = draw(&writer->meaning, 4);
        put(writer, names[name[i]][draw(&writer->spelling, 2)]);
        put_space(writer);
        put(writer, ":");
        put_value(writer, depth - 1);
        members[i] = writer->out;
    }
    for (uint64_t swaps = draw(&writer->spelling, 5); count > 1 && swaps > 0; swaps--) {
        uint64_t at = draw(&writer->spelling, count - 1);
        if (name[at] == name[at + 1])
            continue;
        struct text member = members[at];
        uint64_t its = name[at];
        members[at] = members[at + 1];
        members[at + 1] = member;
        name[at] = name[at + 1];
        name[at + 1] = its;
    }
    writer->out = whole;
    put(writer, "{");
    for (uint64_t i = 0; i < count; i++) {
        put(writer, i > 0 ? "," : "");
        put_space(writer);
        put(writer, members[i].data);
        free(members[i].data);
    }
    put(writer, "}");
}

static void put_value(struct writer *writer, int depth)
{
    uint64_t kind = depth == 0 ? 0 : draw(&writer->meaning, 4);
    if (kind < 2)
        put_scalar(writer);
    else if (kind == 2)
        put_array(writer, depth);
    else
        put_object(writer, depth);
}

static char *write_text(uint64_t meaning, uint64_t spelling, unsigned mutations)
{
    struct writer writer = {meaning, spelling, {NULL, 0}, mutations};
    put_value(&writer, 4);
    return writer.out.data;
}

/* Is a diff of the two empty, and are the digests equal? Both or neither. */
static bool check_pair(dvg_context *context, const char *left_text, const char *right_text)
{
    char left_hex[DVG_DIGEST_SIZE];
    char right_hex[DVG_DIGEST_SIZE];
    dvg_result *result;
    dvg_document *left = read_text(context, left_text);
    dvg_document *right = read_text(context, right_text);
    assert_int_equal(dvg_document_digest(left_hex, left, NULL), DVG_OK);
    assert_int_equal(dvg_document_digest(right_hex, right, NULL), DVG_OK);
    assert_int_equal(dvg_run_documents(&result, context, left, right, "a.json", NULL), DVG_OK);
    bool same = dvg_result_count(result) == 0;
    if (same != (strcmp(left_hex, right_hex) == 0))
        fail_msg("%zu divergences, but the digests are %s:\n%s\n%s", dvg_result_count(result),
                 same ? "unequal" : "equal", left_text, right_text);
    dvg_result_free(result);
    dvg_document_free(left);
    dvg_document_free(right);
    return same;
}

static void digests_are_equal_exactly_if_a_diff_is_empty(void **state)
{
    (void)state;
    enum { PAIRS = 30000 };
    uint64_t stream = 0x9e3779b97f4a7c15u;
    int same = 0;
    dvg_context *context = make_context(0);
    for (int i = 0; i < PAIRS; i++) {
        uint64_t meaning = draw(&stream, UINT64_MAX) | 1;
        /* A third says the same, a third nearly, a third something else. */
        char *left = write_text(meaning, draw(&stream, UINT64_MAX) | 1, 0);
        char *right = write_text(i % 3 == 2 ? draw(&stream, UINT64_MAX) | 1 : meaning,
                                 draw(&stream, UINT64_MAX) | 1, i % 3 == 1 ? 4 : 0);
        bool equal = check_pair(context, left, right);
        same += equal;
        if (i % 3 == 0 && !equal)
            fail_msg("one meaning, but a divergence:\n%s\n%s", left, right);
        free(left);
        free(right);
    }
    assert_in_range(same, PAIRS / 3 + 1, PAIRS - PAIRS / 4);
    dvg_context_free(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spells_numbers),
        cmocka_unit_test(spells_exponents_of_any_length),
        cmocka_unit_test(writes_documents),
        cmocka_unit_test(takes_any_depth),
        cmocka_unit_test(says_what_is_wrong),
        cmocka_unit_test(digests_are_equal_exactly_if_a_diff_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
