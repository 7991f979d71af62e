/*
 * Patterns: what each part matches, what cannot be parsed, the shape of a path, and that what a
 * pattern says of last parts and of ways on is never too little.
 */
#include "path/pattern.h"
#include "path/skip.h"
#include "support/counting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct counting counting;
static dvg_allocator allocator;
static dvg_arena arena;

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_arena_init(&arena, &allocator);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dvg_arena_clear(&arena);
    return counting.live != 0 || counting.wrong_size;
}

/* A chain of steps written as JSON: "name" is a member, 3 a position, {"id": "x"} a keyed element,
 * ["<file>"] a label, [3, null] a position on one side, [3, 4] one that differs. */
struct chain {
    dvg_document document;
    char *copy;
    dvg_step steps[16];
    const dvg_step *last;
};

static uint64_t position_of(dvg_value value)
{
    return strtoull(dvg_value_text(value).data, NULL, 10); /* the source is padded */
}

static void fill_step(dvg_step *step, dvg_value value, uint64_t position)
{
    dvg_value inner = dvg_value_first(value);
    char *name = NULL;
    switch (dvg_value_type(value)) {
    case DVG_STRING:
        step->kind = DVG_STEP_MEMBER;
        step->value = value;
        return;
    case DVG_OBJECT:
        step->kind = DVG_STEP_KEYED;
        step->value = dvg_value_next(inner);
        step->index[0] = step->index[1] = position;
        name = dvg_arena_copy(&arena, dvg_value_text(inner).data, dvg_value_text(inner).size);
        break;
    case DVG_ARRAY:
        if (dvg_value_type(inner) != DVG_STRING) {
            dvg_value right = dvg_value_next(inner);
            step->kind = DVG_STEP_INDEX;
            step->index[0] = dvg_value_type(inner) == DVG_NULL ? UINT64_MAX : position_of(inner);
            step->index[1] = dvg_value_type(right) == DVG_NULL ? UINT64_MAX : position_of(right);
            return;
        }
        step->kind = DVG_STEP_LABEL;
        name = dvg_arena_copy(&arena, dvg_value_text(inner).data, dvg_value_text(inner).size);
        break;
    default:
        step->kind = DVG_STEP_INDEX;
        step->index[0] = step->index[1] = position_of(value);
        return;
    }
    step->field = name;
}

static void open_chain(struct chain *chain, const char *text)
{
    dvg_reading reading;
    dvg_reading_init(&reading);
    memset(chain, 0, sizeof *chain);
    assert_int_equal(
        read_bytes(&chain->document, &chain->copy, text, strlen(text), &allocator, &reading, NULL),
        DVG_OK);
    dvg_value root = dvg_document_root(&chain->document);
    dvg_value value = dvg_value_first(root);
    for (uint64_t i = 0; i < dvg_value_count(root); i++) {
        chain->steps[i].parent = chain->last;
        fill_step(&chain->steps[i], value, 7);
        chain->last = &chain->steps[i];
        value = dvg_value_next(value);
    }
}

static void close_chain(struct chain *chain)
{
    dvg_document_clear(&chain->document);
    free(chain->copy);
}

static void parse(dvg_pattern *pattern, const char *text)
{
    dvg_error error;
    dvg_error_clear(&error);
    if (dvg_pattern_parse(pattern, &arena, text, strlen(text), &error) != DVG_OK)
        fail_msg("%s: %s", text, error.message);
}

struct tails {
    dvg_text bare;
    bool told;
};

static bool on_tail(void *payload, const char *text, size_t size)
{
    struct tails *tails = payload;
    tails->told =
        tails->told || (size == tails->bare.size && memcmp(text, tails->bare.data, size) == 0);
    return true;
}

/* A path that matches, and everything below one where `whole`, ends in a part that was told. */
static void check_tails(const dvg_pattern *pattern, const dvg_step *step, bool whole)
{
    dvg_buffer path;
    struct tails tails = {{NULL, 0}, false};
    dvg_buffer_init(&path, &allocator);
    dvg_path_render(&path, step, &allocator);
    tails.bare = dvg_path_bare(path.size > 0 ? path.data : "", path.size);
    bool complete = dvg_pattern_tails(pattern, whole, on_tail, &tails);
    assert_true(!complete || tails.told);
    dvg_buffer_clear(&path);
}

static bool matches(const char *text, const char *steps)
{
    dvg_pattern pattern;
    struct chain chain;
    bool failed = false;
    parse(&pattern, text);
    open_chain(&chain, steps);
    bool matched = dvg_pattern_match(&pattern, chain.last, &allocator, &failed);
    for (const dvg_step *step = chain.last; matched && step != NULL; step = step->parent)
        assert_true(dvg_pattern_leads_on(&pattern, step, &allocator, &failed));
    if (matched && strstr(steps, ".b") == NULL)
        check_tails(&pattern, chain.last, false);
    assert_false(failed);
    close_chain(&chain);
    return matched;
}

static void what_matches(void **state)
{
    static const struct {
        const char *pattern, *steps;
        bool matches;
    } rows[] = {
        {"a", "[\"a\"]", true},
        {"a", "[\"b\"]", false},
        {"a", "[]", false},
        {"a", "[\"a\",\"a\"]", false},
        {"a.b", "[\"a\",\"b\"]", true},
        {"a.b", "[\"a.b\"]", false},
        {"[\"a.b\"]", "[\"a.b\"]", true},
        {"[\"a\\\"b\\\\\"]", "[\"a\\\"b\\\\\"]", true},
        {"[\"\"]", "[\"\"]", true},
        {"x[\"a]b\"].c", "[\"x\",\"a]b\",\"c\"]", true},
        {"a.*", "[\"a\",\"b\"]", true},
        {"a.*", "[\"a\",3]", false},
        {"a.*", "[\"a\"]", false},
        {"a.*.c", "[\"a\",\"b\",\"c\"]", true},
        {"**", "[]", true},
        {"**", "[\"a\",3,\"b\"]", true},
        {"**.c", "[\"c\"]", true},
        {"**.c", "[\"a\",3,\"c\"]", true},
        {"**.c", "[\"c\",\"a\"]", false},
        {"a.**", "[\"a\"]", true},
        {"a.**", "[\"a\",\"b\",3]", true},
        {"a.**", "[\"b\",\"a\"]", false},
        {"a.**.c", "[\"a\",\"c\"]", true},
        {"a.**.c", "[\"a\",\"b\",3,\"c\"]", true},
        {"**.a.**.a", "[\"a\",\"a\"]", true},
        {"**.a.**.a", "[\"a\"]", false},
        {"a[3]", "[\"a\",3]", true},
        {"a[3]", "[\"a\",4]", false},
        {"a[3]", "[\"a\",\"3\"]", false},
        {"a[7]", "[\"a\",{\"id\":\"x\"}]", true},
        {"a[*]", "[\"a\",4]", true},
        {"a[*]", "[\"a\",{\"id\":\"x\"}]", true},
        {"a[*]", "[\"a\",\"b\"]", false},
        {"[*][*]", "[1,2]", true},
        {"**[*]", "[\"a\",\"b\",2]", true},
        {"a[id=x]", "[\"a\",{\"id\":\"x\"}]", true},
        {"a[id=x]", "[\"a\",{\"id\":\"y\"}]", false},
        {"a[id=x]", "[\"a\",{\"name\":\"x\"}]", false},
        {"a[id=x]", "[\"a\",3]", false},
        {"a[id=3]", "[\"a\",{\"id\":3}]", true},
        {"a[id=]", "[\"a\",{\"id\":\"\"}]", true},
        {"a[id=\"x]\"].b", "[\"a\",{\"id\":\"x]\"},\"b\"]", true},
        {"a[3]", "[\"a\",[3,null]]", true},
        {"a[3]", "[\"a\",[null,3]]", true},
        {"a[<3]", "[\"a\",[3,null]]", true},
        {"a[<3]", "[\"a\",[null,3]]", false},
        {"a[<3]", "[\"a\",3]", false},
        {"a[>3]", "[\"a\",[null,3]]", true},
        {"a[>3]", "[\"a\",[3,null]]", false},
        {"a[>3]", "[\"a\",[3,4]]", false},
        {"a[3>4]", "[\"a\",[3,4]]", true},
        {"a[3>3]", "[\"a\",[3,4]]", false},
        {"a[3>3]", "[\"a\",3]", true},
        {"a[id=1]", "[\"a\",{\"id\":\"1\"}]", true},
        {"a[id=\"1\"]", "[\"a\",{\"id\":\"1\"}]", true},
        {"a[id=\"1\"]", "[\"a\",{\"id\":1}]", false},
        {"a[id==1]", "[\"a\",{\"id\":1}]", true},
        {"a[id==1]", "[\"a\",{\"id\":\"1\"}]", false},
        {"a[id==1]", "[\"a\",{\"id\":1.0}]", false},
        {"a[id==null]", "[\"a\",{\"id\":null}]", true},
        {"a[id==null]", "[\"a\",{\"id\":\"None\"}]", false},
        {"a[\"i]d=\"=x]", "[\"a\",{\"i]d=\":\"x\"}]", true},
        {"a[\"i]d=\"==1]", "[\"a\",{\"i]d=\":1}]", true},
        {"[\"\\n\\x41\\u0042\\.\"]", "[\"\\nAB.\"]", true},
        {"[\"\\ud83d\\ude00\\ud83d\"]", "[\"\\ud83d\\ude00\\ud83d\"]", true},
        {"a[id=x=y]", "[\"a\",{\"id\":\"x=y\"}]", true},
        {"/a/b", "[\"a\",\"b\"]", true},
        {"/a/3", "[\"a\",3]", true},
        {"/a/3", "[\"a\",\"3\"]", true},
        {"/a/03", "[\"a\",3]", false},
        {"/a~1b/c~0d", "[\"a/b\",\"c~d\"]", true},
        {"/", "[\"\"]", true},
        {"/a/", "[\"a\",\"\"]", true},
        {"/*", "[\"a\"]", false},
        {"<file>", "[[\"<file>\"]]", true},
        {"**", "[[\"<file>\"]]", true},
        {"*", "[[\"<file>\"]]", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (matches(rows[i].pattern, rows[i].steps) != rows[i].matches)
            fail_msg("%s against %s", rows[i].pattern, rows[i].steps);
}

static void what_is_no_pattern(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"", ""},
        {"a..b", "a name is expected (at character 3 of the pattern)"},
        {".a", "a name is expected (at character 1 of the pattern)"},
        {"a.", "a name is expected (at character 3 of the pattern)"},
        {"a[", "']' is missing (at character 3 of the pattern)"},
        {"a[]", "a position, *, key=value or a name in quotes is expected in brackets "
                "(at character 3 of the pattern)"},
        {"a[x]", "a position, *, key=value or a name in quotes is expected in brackets "
                 "(at character 3 of the pattern)"},
        {"a[-1]", "a position, *, key=value or a name in quotes is expected in brackets "
                  "(at character 3 of the pattern)"},
        {"a[=x]", "the name of a key is expected before '=' (at character 3 of the pattern)"},
        {"a[<]", "a position, *, key=value or a name in quotes is expected in brackets "
                 "(at character 3 of the pattern)"},
        {"a[3>]", "a position, *, key=value or a name in quotes is expected in brackets "
                  "(at character 3 of the pattern)"},
        {"[\"\\q\"]",
         "no such escape: \\b \\f \\n \\r \\t \\uXXXX \\xNN, and a backslash before a mark "
         "(at character 4 of the pattern)"},
        {"[\"\\x4g\"]",
         "\\x is followed by two hexadecimal digits (at character 4 of the pattern)"},
        {"[\"\\u12\"]",
         "\\u is followed by four hexadecimal digits (at character 4 of the pattern)"},
        {"[\"a\"=", "']' is missing (at character 6 of the pattern)"},
        {"a[1]b", "'.' or '[' is expected (at character 5 of the pattern)"},
        {"a[\"b]", "a quote that is not closed (at character 3 of the pattern)"},
        {"a[\"b\"x]", "']' is expected (at character 6 of the pattern)"},
        {"a[b=\"c\"d]", "']' is expected (at character 8 of the pattern)"},
        {"a*", "'*' and '**' stand alone; a name that holds one is written [\"name\"] "
               "(at character 2 of the pattern)"},
        {"***", "'*' and '**' stand alone; a name that holds one is written [\"name\"] "
                "(at character 1 of the pattern)"},
        {"a]", "a name that holds this character is written [\"name\"] "
               "(at character 2 of the pattern)"},
        {"/a~2", "in a JSON Pointer '~' is followed by 0 or 1 (at character 3 of the pattern)"},
        {"/a~", "in a JSON Pointer '~' is followed by 0 or 1 (at character 3 of the pattern)"},
    };
    (void)state;
    for (size_t i = 1; i < sizeof rows / sizeof rows[0]; i++) {
        dvg_pattern pattern;
        dvg_error error;
        dvg_error_clear(&error);
        if (dvg_pattern_parse(&pattern, &arena, rows[i].text, strlen(rows[i].text), &error) !=
            DVG_E_ARGUMENT)
            fail_msg("%s was parsed", rows[i].text);
        assert_string_equal(error.message, rows[i].message);
    }
}

static void too_many_parts(void **state)
{
    char text[200];
    dvg_pattern pattern;
    dvg_error error;
    (void)state;
    for (size_t i = 0; i < 63; i++)
        memcpy(text + 2 * i, "a.", 2);
    dvg_error_clear(&error);
    assert_int_equal(dvg_pattern_parse(&pattern, &arena, text, 2 * 63 - 1, &error), DVG_OK);
    assert_int_equal(pattern.count, 63);
    memcpy(text, "**", 2);
    memcpy(text + 2, ".", 1);
    for (size_t i = 0; i < 62; i++)
        memcpy(text + 3 + 2 * i, "a.", 2);
    assert_int_equal(dvg_pattern_parse(&pattern, &arena, text, 2 + 2 * 61, &error), DVG_OK);
    assert_int_equal(pattern.count, 62);
    assert_int_equal(dvg_pattern_parse(&pattern, &arena, text, 2 + 2 * 62, &error), DVG_E_ARGUMENT);
    assert_non_null(strstr(error.message, "too many parts"));
}

/* The shape of a path, which is a pattern that matches it. */
static void shapes(void **state)
{
    static const char *const rows[][2] = {
        {"[\"a\",\"b\"]", "a.b"},
        {"[\"a\",3,\"b\"]", "a[*].b"},
        {"[\"a\",{\"id\":\"x\"}]", "a[*]"},
        {"[\"a.b\",\"c\"]", "[\"a.b\"].c"},
        {"[\"x\",\"a\\\"*\",\"c\"]", "x[\"a\\\"*\"].c"},
        {"[\"/x\"]", "[\"/x\"]"},
        {"[\"a/x\"]", "a/x"},
        {"[3,4]", "[*][*]"},
        {"[]", ""},
        {"[[\"<file>\"]]", "<file>"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct chain chain;
        dvg_buffer out;
        open_chain(&chain, rows[i][0]);
        dvg_buffer_init(&out, &allocator);
        dvg_pattern_render(&out, chain.last, &allocator);
        assert_string_equal(dvg_buffer_string(&out), rows[i][1]);
        if (chain.last != NULL)
            assert_true(matches(rows[i][1], rows[i][0]));
        dvg_buffer_clear(&out);
        close_chain(&chain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_matches, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_pattern, set_up, tear_down),
        cmocka_unit_test_setup_teardown(too_many_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shapes, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
