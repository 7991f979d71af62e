/*
 * Elements that are compared as text must come to what they come to value by value. Each pair is
 * compared twice, once with other white space on the right, so that no text is alike: records and
 * ledger must be the same. The texts are made so that names of skips stand where names stand and
 * where values stand, with escapes, nesting, literals at the end and shapes that differ.
 */
#include "engine/run.h"
#include "json/writer.h"
#include "support/counting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PAIRS = 60000, ELEMENTS = 4, DEPTH = 3 };

static struct counting counting;
static dvg_allocator allocator;
static dvg_rules rules;
static uint64_t state_of_chance = 0x9e3779b97f4a7c15u;
static size_t equal_pairs, hidden_pairs;

static uint32_t chance(uint32_t below)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state_of_chance >> 33) % below;
}

static void must(dvg_status status) { assert_int_equal(status, DVG_OK); }

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_rules_init(&rules, &allocator);
    must(dvg_rules_add_document(&rules, "a.json", 6, NULL));
    must(dvg_rules_add_skip(&rules, "*", "hide", 4, NULL));
    must(dvg_rules_add_skip(&rules, "*", "x.deep", 6, NULL));
    must(dvg_rules_add_keyed(&rules, "a.json", "keyed", 5, "id", 2, NULL));
    must(dvg_rules_finish(&rules, NULL));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dvg_rules_clear(&rules);
    return counting.live != 0 || counting.wrong_size;
}

/* ---- texts */

static void add_scalar(dvg_buffer *out)
{
    static const char *const scalars[] = {
        "1",     "12",    "-0",      "1.5",    "\"\"",  "\"hide\"", "null", "true",  "\"deep\"",
        "\"a\"", "false", "\"\\n\"", "\"id\"", "\"1\"", "[]",       "{}",   "\"hi\""};
    dvg_buffer_add_text(out, scalars[chance(sizeof scalars / sizeof *scalars)]);
}

static void add_value(dvg_buffer *out, int depth);

static void add_members(dvg_buffer *out, int depth)
{
    static const char *const names[] = {"a", "hide", "deep", "keyed", "id", "x", "b", "c"};
    uint32_t used = 0;
    for (uint32_t i = chance(5); i > 0; i--) {
        uint32_t name = chance(8);
        if ((used >> name & 1) != 0)
            continue;
        if (used != 0)
            dvg_buffer_add_byte(out, ',');
        used |= UINT32_C(1) << name;
        dvg_buffer_add_byte(out, '"');
        dvg_buffer_add_text(out, names[name]);
        dvg_buffer_add_text(out, "\":");
        add_value(out, depth);
    }
}

static void add_array(dvg_buffer *out, int depth)
{
    for (uint32_t i = chance(3); i > 0; i--) {
        add_value(out, depth);
        if (i > 1)
            dvg_buffer_add_byte(out, ',');
    }
}

/* Bounded by `depth`. NOLINTNEXTLINE(misc-no-recursion) */
static void add_value(dvg_buffer *out, int depth)
{
    uint32_t what = depth == 0 ? 9 : chance(10);
    if (what > 2) {
        add_scalar(out);
        return;
    }
    dvg_buffer_add_byte(out, what == 0 ? '[' : '{');
    if (what == 0)
        add_array(out, depth - 1);
    else
        add_members(out, depth - 1);
    dvg_buffer_add_byte(out, what == 0 ? ']' : '}');
}

/* One element after the other, `{"id":N,...}`, in a keyed array or in one that is not. */
static void make_text(dvg_buffer *out, const char *array)
{
    out->size = 0;
    dvg_buffer_add_text(out, array);
    for (int i = 0; i < ELEMENTS; i++) {
        char head[32];
        snprintf(head, sizeof head, "%s{\"key\":%d,\"v\":{", i > 0 ? "," : "", i);
        dvg_buffer_add_text(out, head);
        add_members(out, DEPTH);
        dvg_buffer_add_text(out, "}}");
    }
    dvg_buffer_add_text(out, "]}");
}

/* Put one text for another at the first place behind a random one. */
static void replace(dvg_buffer *text, const char *from, const char *to)
{
    dvg_buffer made;
    const char *whole = dvg_buffer_string(text);
    const char *found = strstr(whole + chance((uint32_t)text->size), from);
    if (found == NULL)
        return;
    dvg_buffer_init(&made, &allocator);
    dvg_buffer_add(&made, whole, (size_t)(found - whole));
    dvg_buffer_add_text(&made, to);
    dvg_buffer_add_text(&made, found + strlen(from));
    dvg_buffer_clear(text);
    *text = made;
}

/* A copy in which a few scalars, or brackets, or bytes, are other ones; it may be no JSON. */
static void mutate(dvg_buffer *out, const dvg_buffer *from)
{
    static const char *const pieces[][2] = {{"null", "true"},
                                            {"true", "null"},
                                            {"[]", "{}"},
                                            {"{}", "[]"},
                                            {"12", "\"12\""},
                                            {"1", "null"},
                                            {",\"hide\":", "},\"hide\":"},
                                            {"},", ",\"q\":1},"},
                                            {"\"hide\":1", "\"hide\":[1]"},
                                            {"null", "[]"},
                                            {"\"a\"", "\"hide\""},
                                            {"\"12\"", "12"},
                                            {"}}", ",\"l\":[{\"hide\":3},\"12\"]}}"},
                                            {"},\"", ",\""},
                                            {"\"hide\":12", "\"hide\":{}"},
                                            {"\"hide\":null", "\"hide\":\"hide\""},
                                            {"\"hide\":", "\"hide\":null,\"z\":"},
                                            {"12}", "12,13}"},
                                            {"],", ",1],"}};
    static const char bytes[] = "12atx{}[],:\"he";
    out->size = 0;
    dvg_buffer_add(out, from->data, from->size);
    for (uint32_t i = chance(4); i > 0; i--) {
        uint32_t piece = chance(2 * sizeof pieces / sizeof *pieces);
        if (piece < sizeof pieces / sizeof *pieces)
            replace(out, pieces[piece][0], pieces[piece][1]);
        else if (piece % 4 == 0)
            out->data[chance((uint32_t)out->size)] = bytes[chance(sizeof bytes - 1)];
    }
}

/* The same values, written with white space that the other side has not. */
static void spread(dvg_buffer *out, const dvg_buffer *from)
{
    bool inside = false;
    out->size = 0;
    for (size_t i = 0; i < from->size; i++) {
        char byte = from->data[i];
        if (byte == '"' && (i == 0 || from->data[i - 1] != '\\'))
            inside = !inside;
        dvg_buffer_add_byte(out, byte);
        if (!inside && (byte == ':' || byte == ',' || byte == '{' || byte == '['))
            dvg_buffer_add_text(out, " \n");
    }
}

/* ---- comparing */

static void add_record(dvg_buffer *out, const dvg_record *record)
{
    static const dvg_json_style style = {-2, 0, false, true, false, false, false};
    dvg_path_render(out, record->path, &allocator);
    dvg_buffer_add_text(out, dvg_kind_name((dvg_kind)record->kind));
    for (int side = 0; side < 2; side++) {
        dvg_value value = side == 0 ? record->left : record->right;
        if (value.cell != NULL)
            assert_true(dvg_json_write(out, value, &style));
        dvg_buffer_add_byte(out, '|');
    }
}

static bool read_text(dvg_document *document, char **copy, const dvg_buffer *text)
{
    return read_bytes(document, copy, text->data, text->size, &allocator, &rules.reading, NULL) ==
           DVG_OK;
}

static void compare(dvg_buffer *out, const dvg_document *left, const dvg_document *right,
                    dvg_ledger *ledger)
{
    dvg_run_input input;
    dvg_result *result = NULL;
    memset(&input, 0, sizeof input);
    input.allocator = allocator;
    input.rules = &rules;
    out->size = 0;
    memset(ledger, 0, sizeof *ledger);
    dvg_status status = dvg_engine_run_documents(&result, &input, left, right, "a.json", NULL);
    if (status != DVG_OK) {
        /* An array or an object is the key of an element. */
        assert_int_equal(status, DVG_E_INPUT);
        dvg_buffer_add_text(out, "no key");
        return;
    }
    for (size_t i = 0; i < result->record_count; i++)
        add_record(out, &result->records[i]);
    *ledger = result->ledger;
    dvg_engine_free(result);
}

static bool is_json(const dvg_buffer *text)
{
    dvg_document document;
    char *copy;
    bool is = read_text(&document, &copy, text);
    dvg_document_clear(&document);
    free(copy);
    return is;
}

struct texts {
    dvg_buffer left, right, wide, report[2];
};

/* False: the right text is no JSON. */
static bool compare_both(struct texts *t)
{
    dvg_document documents[3];
    char *copies[3];
    dvg_ledger ledgers[2];
    if (!read_text(&documents[1], &copies[1], &t->right)) {
        dvg_document_clear(&documents[1]);
        free(copies[1]);
        return false;
    }
    spread(&t->wide, &t->right);
    assert_true(read_text(&documents[0], &copies[0], &t->left));
    assert_true(read_text(&documents[2], &copies[2], &t->wide));
    compare(&t->report[0], &documents[0], &documents[1], &ledgers[0]);
    compare(&t->report[1], &documents[0], &documents[2], &ledgers[1]);
    assert_string_equal(dvg_buffer_string(&t->report[0]), dvg_buffer_string(&t->report[1]));
    assert_memory_equal(&ledgers[0], &ledgers[1], sizeof ledgers[0]);
    equal_pairs += t->report[0].size == 0;
    hidden_pairs += ledgers[0].skipped > 0;
    for (int i = 0; i < 3; i++) {
        dvg_document_clear(&documents[i]);
        free(copies[i]);
    }
    return true;
}

static void text_and_values_agree(void **state)
{
    struct texts t;
    size_t compared = 0;
    dvg_buffer *const all[] = {&t.left, &t.right, &t.wide, &t.report[0], &t.report[1]};
    (void)state;
    for (size_t i = 0; i < 5; i++)
        dvg_buffer_init(all[i], &allocator);
    for (int i = 0; i < PAIRS; i++) {
        make_text(&t.left, i % 2 == 0 ? "{\"list\":[" : "{\"keyed\":[");
        /* Some things are rare in what comes by chance: put them into the left side too. */
        mutate(&t.wide, &t.left);
        if (is_json(&t.wide)) {
            t.left.size = 0;
            dvg_buffer_add(&t.left, t.wide.data, t.wide.size);
        }
        mutate(&t.right, &t.left);
        compared += compare_both(&t);
    }
    for (size_t i = 0; i < 5; i++)
        dvg_buffer_clear(all[i]);
    assert_true(compared > PAIRS / 3 && equal_pairs > PAIRS / 10 && hidden_pairs > PAIRS / 10);
    assert_true(equal_pairs < compared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(text_and_values_agree, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
