/*
 * Quoted paths: each name has a spelling of printable characters that reads back to the same bytes,
 * and the quoted form of each place of generated pairs of documents is a pattern that matches that
 * place and none of the others.
 */
#include "path/pattern.h"
#include "path/quote.h"
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
static dvg_document scratch;
static uint64_t stream = 0x9e3779b97f4a7c15u;

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_arena_init(&arena, &allocator);
    dvg_document_init(&scratch, &allocator);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dvg_document_clear(&scratch);
    dvg_arena_clear(&arena);
    return counting.live != 0 || counting.wrong_size;
}

static uint64_t draw(uint64_t below)
{
    stream ^= stream << 13;
    stream ^= stream >> 7;
    stream ^= stream << 17;
    return stream % below;
}

static void check_name(const char *data, size_t size)
{
    dvg_buffer out;
    char *back = malloc(6 * size + 8);
    size_t back_size = 0;
    dvg_buffer_init(&out, &allocator);
    dvg_quote_write(&out, (dvg_text){data, size});
    const char *at = out.data + 1;
    assert_non_null(back);
    assert_null(dvg_quote_read(&at, out.data + out.size, back, &back_size));
    assert_ptr_equal(at, out.data + out.size);
    assert_int_equal(back_size, size);
    assert_memory_equal(back, data, size);
    for (size_t i = 0; i < out.size; i++)
        assert_true((unsigned char)out.data[i] >= 0x20 && out.data[i] != 0x7f);
    dvg_buffer_clear(&out);
    free(back);
}

static void each_name_reads_back(void **state)
{
    (void)state;
    static const char alphabet[] =
        "\"\\\0\n\x1f\x7f\x80\xff\xed\xa0\xbd\xed\xb8\x80\xc3\xa9ux0[]=.";
    char name[12];
    check_name("", 0);
    for (int byte = 0; byte < 256; byte++) {
        name[0] = (char)byte;
        check_name(name, 1);
    }
    /* Two surrogates in three bytes each are not the character that they would be together. */
    check_name("\xed\xa0\xbd\xed\xb8\x80", 6);
    check_name("\xf0\x9f\x98\x80", 4);
    for (int i = 0; i < 200000; i++) {
        size_t size = (size_t)draw(sizeof name);
        for (size_t j = 0; j < size; j++)
            name[j] = alphabet[draw(sizeof alphabet - 1)];
        check_name(name, size);
    }
}

static void how_names_are_spelled(void **state)
{
    (void)state;
    static const struct {
        const char *name, *first, *later;
        size_t size;
    } rows[] = {
        {"a", "a", ".a", 1},
        {"caf\xc3\xa9 1", "caf\xc3\xa9 1", ".caf\xc3\xa9 1", 7},
        {"", "[\"\"]", "[\"\"]", 0},
        {"a.b", "[\"a.b\"]", "[\"a.b\"]", 3},
        {"a\"b\\", "[\"a\\\"b\\\\\"]", "[\"a\\\"b\\\\\"]", 4},
        {"/a", "[\"/a\"]", "[\"/a\"]", 2},
        {"<file>", "[\"<file>\"]", "[\"<file>\"]", 6},
        {"a\nb\0", "[\"a\\nb\\u0000\"]", "[\"a\\nb\\u0000\"]", 4},
        {"\xed\xa0\x80", "[\"\\ud800\"]", "[\"\\ud800\"]", 3},
        {"\xff", "[\"\\xff\"]", "[\"\\xff\"]", 1},
        {"\xe2\x80\xae", "[\"\\u202e\"]", "[\"\\u202e\"]", 3},
        {"\xf3\xa0\x80\x81", "[\"\\udb40\\udc01\"]", "[\"\\udb40\\udc01\"]", 4},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        for (int first = 0; first < 2; first++) {
            dvg_buffer out;
            dvg_buffer_init(&out, &allocator);
            dvg_quote_name(&out, (dvg_text){rows[i].name, rows[i].size}, first);
            assert_string_equal(dvg_buffer_string(&out), first ? rows[i].first : rows[i].later);
            dvg_buffer_clear(&out);
        }
    }
}

/* ---------------------------------------------------------------- places */

enum { PLACES = 300, SIBLINGS = 8 };

struct places {
    const dvg_step *steps[PLACES];
    size_t count;
};

static dvg_step *add_place(struct places *places, const dvg_step *parent, dvg_step_kind kind)
{
    dvg_step *step = dvg_arena_get(&arena, sizeof *step);
    assert_non_null(step);
    memset(step, 0, sizeof *step);
    step->parent = parent;
    step->kind = kind;
    places->steps[places->count++] = step;
    return step;
}

static dvg_value scalar(dvg_type type, const char *text, size_t size)
{
    return dvg_document_scalar(&scratch, &arena, type, text, size);
}

/* Members of one object: names that are easily taken for another. */
static void add_members(struct places *places, const dvg_step *parent)
{
    static const dvg_text names[] = {{"a", 1},           {"a.b", 3},  {"b", 1},     {"a[0]", 4},
                                     {"[\"a\"]", 5},     {"0", 1},    {"*", 1},     {"**", 2},
                                     {"\\u0061", 6},     {"a\0", 2},  {"", 0},      {"/a", 2},
                                     {"a=1", 3},         {"\xff", 1}, {"\"a\"", 3}, {"<0", 2},
                                     {"\xed\xa0\x80", 3}};
    size_t from = (size_t)draw(sizeof names / sizeof names[0]);
    for (size_t i = 0; i < SIBLINGS; i++) {
        dvg_text name = names[(from + i) % (sizeof names / sizeof names[0])];
        add_place(places, parent, DVG_STEP_MEMBER)->value =
            scalar(DVG_STRING, name.data, name.size);
    }
}

/* Elements of one sequence, on one side or on both; no position on a side is that of two. */
static void add_elements(struct places *places, const dvg_step *parent)
{
    uint64_t at[2] = {draw(3), draw(3)};
    for (size_t i = 0; i < SIBLINGS; i++) {
        uint64_t which = draw(3);
        dvg_step *step = add_place(places, parent, DVG_STEP_INDEX);
        for (int side = 0; side < 2; side++)
            step->index[side] = which == (uint64_t)side ? UINT64_MAX : at[side]++;
    }
}

/* Elements of one array that is matched by key. */
static void add_keyed(struct places *places, const dvg_step *parent)
{
    static const struct {
        dvg_type type;
        dvg_text text;
    } keys[] = {{DVG_STRING, {"1", 1}},    {DVG_INTEGER, {"1", 1}},  {DVG_STRING, {"true", 4}},
                {DVG_TRUE, {"", 0}},       {DVG_NULL, {"", 0}},      {DVG_STRING, {"None", 4}},
                {DVG_REAL, {"1.5", 3}},    {DVG_STRING, {"1.5", 3}}, {DVG_STRING, {"a]b\"\\", 5}},
                {DVG_STRING, {"null", 4}}, {DVG_STRING, {"=1", 2}},  {DVG_FALSE, {"", 0}},
                {DVG_STRING, {"", 0}},     {DVG_ABSENT, {"", 0}},    {DVG_ABSENT, {"", 0}}};
    static const char *const fields[] = {"id", "a=b", "*", "\"", "3", "a]"};
    const char *field = fields[draw(sizeof fields / sizeof fields[0])];
    size_t from = (size_t)draw(sizeof keys / sizeof keys[0]);
    for (size_t i = 0; i < SIBLINGS; i++) {
        size_t row = (from + i) % (sizeof keys / sizeof keys[0]);
        dvg_step *step = add_place(places, parent, DVG_STEP_KEYED);
        step->field = field;
        step->index[0] = i;
        step->index[1] = SIBLINGS - i;
        if (keys[row].type != DVG_ABSENT)
            step->value = scalar(keys[row].type, keys[row].text.data, keys[row].text.size);
    }
}

static void add_children(struct places *places, const dvg_step *parent)
{
    uint64_t kind = draw(3);
    if (kind == 0)
        add_members(places, parent);
    else if (kind == 1)
        add_elements(places, parent);
    else
        add_keyed(places, parent);
}

/* The one place among all that the text of another one matches, as a pattern. */
static void check_place(const struct places *places, size_t wanted)
{
    dvg_buffer text;
    dvg_pattern pattern;
    dvg_error error;
    bool failed = false;
    dvg_buffer_init(&text, &allocator);
    dvg_path_quoted(&text, places->steps[wanted], &allocator);
    if (dvg_pattern_parse(&pattern, &arena, dvg_buffer_string(&text), text.size, &error) != DVG_OK)
        fail_msg("%s: %s", dvg_buffer_string(&text), error.message);
    for (size_t i = 0; i < places->count; i++)
        if (dvg_pattern_match(&pattern, places->steps[i], &allocator, &failed) != (i == wanted))
            fail_msg("%s: place %zu is taken for place %zu", dvg_buffer_string(&text), i, wanted);
    assert_false(failed);
    dvg_buffer_clear(&text);
}

static void each_place_has_a_path_of_its_own(void **state)
{
    (void)state;
    for (int round = 0; round < 100; round++) {
        static struct places places;
        places.count = 1;
        places.steps[0] = NULL;
        add_children(&places, NULL);
        for (size_t parent = 1; places.count + SIBLINGS <= PLACES; parent += 1 + (size_t)draw(3))
            add_children(&places, places.steps[parent]);
        for (size_t i = 0; i < places.count; i++)
            check_place(&places, i);
    }
}

/* Deeper than a pattern with "**" may be. */
static void a_path_may_have_any_depth(void **state)
{
    (void)state;
    struct places places = {{NULL}, 1};
    for (size_t i = 1; i < PLACES; i++) {
        dvg_step *step = add_place(&places, places.steps[i - 1], DVG_STEP_INDEX);
        step->index[0] = step->index[1] = 0;
    }
    for (size_t i = 0; i < PLACES; i += 13)
        check_place(&places, i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_name_reads_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(how_names_are_spelled, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_place_has_a_path_of_its_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_path_may_have_any_depth, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
