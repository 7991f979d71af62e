/*
 * Restrictions over generated pairs of documents: what a restricted run finds is exactly what a
 * whole run finds at the places that match and below them, and values on the way that only one side
 * has, or that have two types, if a place in them matches. Its ledger closes.
 */
#include "engine/run.h"
#include "fuzz/oracle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static uint64_t stream = 0x2545f4914f6cdd1du;

static uint64_t draw(uint64_t below)
{
    stream ^= stream << 13;
    stream ^= stream >> 7;
    stream ^= stream << 17;
    return stream % below;
}

/* ---------------------------------------------------------------- generating */

static void add_value(dvg_buffer *out, int depth)
{
    static const char *const scalars[] = {"1", "2", "\"x\"", "null"};
    uint64_t kind = depth == 0 ? 0 : draw(5);
    if (kind < 2) {
        dvg_buffer_add_text(out, scalars[draw(4)]);
        return;
    }
    bool object = kind < 4;
    uint64_t count = draw(4);
    dvg_buffer_add_byte(out, object ? '{' : '[');
    for (uint64_t i = 0; i < count; i++) {
        dvg_buffer_add_text(out, i > 0 ? "," : "");
        if (object) {
            const char name[] = {'"', (char)('a' + 2 * i + draw(2)), '"', ':', '\0'};
            dvg_buffer_add_text(out, name);
        }
        add_value(out, depth - 1);
    }
    dvg_buffer_add_byte(out, object ? '}' : ']');
}

static void make(dvg_document *document)
{
    dvg_buffer text;
    dvg_reading reading;
    dvg_reading_init(&reading);
    dvg_buffer_init(&text, plain_allocator());
    dvg_buffer_add_text(&text, "{\"a\":");
    add_value(&text, 4);
    dvg_buffer_add_text(&text, ",\"c\":");
    add_value(&text, 4);
    dvg_buffer_add_byte(&text, '}');
    REQUIRE(oracle_read(document, text.data, text.size, &reading, NULL) == DVG_OK);
    dvg_buffer_clear(&text);
}

/* ---------------------------------------------------------------- runs */

static dvg_result *run(dvg_rules *rules, const dvg_document documents[2], const char *const *at,
                       dvg_matching arrays, dvg_status *status)
{
    dvg_result *result = NULL;
    dvg_run_input input;
    dvg_error error;
    dvg_error_clear(&error);
    memset(&input, 0, sizeof input);
    dvg_rules_init(rules, plain_allocator());
    rules->arrays = arrays;
    REQUIRE(dvg_rules_add_document(rules, "d.json", 6, NULL) == DVG_OK);
    REQUIRE(dvg_rules_finish(rules, NULL) == DVG_OK);
    for (int i = 0; i < 2 && at[i] != NULL; i++)
        REQUIRE(dvg_scope_add_place(&rules->scope, &rules->arena, at[i], &error) == DVG_OK);
    input.allocator = *plain_allocator();
    input.rules = rules;
    *status =
        dvg_engine_run_documents(&result, &input, &documents[0], &documents[1], "d.json", &error);
    REQUIRE(*status == DVG_OK || strstr(error.message, "nothing was compared") != NULL);
    return result;
}

static char *text_of(const dvg_step *path)
{
    dvg_buffer out;
    dvg_buffer_init(&out, plain_allocator());
    dvg_path_quoted(&out, path, plain_allocator());
    char *copy = strdup(dvg_buffer_string(&out));
    dvg_buffer_clear(&out);
    return copy;
}

static bool same_place(const dvg_record *left, const dvg_record *right)
{
    char *a = text_of(left->path);
    char *b = text_of(right->path);
    bool same = strcmp(a, b) == 0 && left->kind == right->kind;
    free(a);
    free(b);
    return same;
}

/* ---------------------------------------------------------------- what is inside */

static dvg_standing stand(const dvg_scope *scope, const dvg_step *step)
{
    bool failed = false;
    return dvg_scope_stand(scope, step, NULL, plain_allocator(), &failed);
}

static bool is_inside(const dvg_scope *scope, const dvg_step *step)
{
    for (; step != NULL; step = step->parent)
        if (stand(scope, step) == DVG_INSIDE)
            return true;
    return stand(scope, NULL) == DVG_INSIDE;
}

/* Does a place in the value, or the value itself, match? Literally, place by place. */
static bool holds(const dvg_scope *scope, dvg_value value, int side, const dvg_step *path)
{
    bool object = dvg_value_type(value) == DVG_OBJECT;
    dvg_value at = dvg_value_first(value);
    uint64_t count = dvg_value_count(value);
    if (value.cell == NULL)
        return false;
    if (stand(scope, path) == DVG_INSIDE)
        return true;
    for (uint64_t i = 0; i < count; i++) {
        dvg_step step = {.parent = path,
                         .kind = object ? DVG_STEP_MEMBER : DVG_STEP_INDEX,
                         .index = {UINT64_MAX, UINT64_MAX}};
        step.index[side] = i;
        if (object) {
            step.value = at;
            at = dvg_value_next(at);
        }
        if (holds(scope, at, side, &step))
            return true;
        if (i + 1 < count)
            at = dvg_value_next(at);
    }
    return false;
}

static bool belongs(const dvg_scope *scope, const dvg_record *record)
{
    return is_inside(scope, record->path) || holds(scope, record->left, 0, record->path) ||
           holds(scope, record->right, 1, record->path);
}

/* ---------------------------------------------------------------- the property */

static void check_sums(const dvg_ledger *ledger)
{
    for (int side = 0; side < 2; side++) {
        const dvg_ledger_side *count = &ledger->side[side];
        assert_int_equal(count->read, count->compared + count->one_sided + count->ignored +
                                          count->shadowed + count->outside);
    }
}

/* The same records in the same order, but for those that do not belong. */
static void check_records(const dvg_scope *scope, const dvg_result *whole,
                          const dvg_result *restricted)
{
    size_t found = 0;
    for (size_t i = 0; i < whole->record_count; i++) {
        if (!belongs(scope, &whole->records[i]))
            continue;
        if (restricted == NULL || found == restricted->record_count ||
            !same_place(&whole->records[i], &restricted->records[found]))
            fail_msg("%s is missing", text_of(whole->records[i].path));
        found++;
    }
    if (restricted != NULL && found < restricted->record_count)
        fail_msg("%s does not belong", text_of(restricted->records[found].path));
}

static int check_pair(const char *const *at, dvg_matching arrays)
{
    static const char *const nothing[2] = {NULL, NULL};
    dvg_document documents[2];
    dvg_rules rules[2];
    dvg_status status;
    make(&documents[0]);
    make(&documents[1]);
    dvg_result *whole = run(&rules[0], documents, nothing, arrays, &status);
    assert_int_equal(whole->ledger.side[0].outside + whole->ledger.side[1].outside, 0);
    dvg_result *restricted = run(&rules[1], documents, at, arrays, &status);
    /* In other ways of matching, what is outside may have a say in which elements go together. */
    if (arrays == DVG_MATCH_POSITION || strcmp(at[0], "**") == 0)
        check_records(&rules[1].scope, whole, restricted);
    int found = restricted != NULL ? (int)restricted->record_count : 0;
    if (restricted != NULL) {
        check_sums(&restricted->ledger);
    } else if (arrays == DVG_MATCH_POSITION &&
               strpbrk(at[0], "<>") == NULL) { /* what a side has alone is known to the walk */
        assert_false(holds(&rules[1].scope, dvg_document_root(&documents[0]), 0, NULL));
        assert_false(holds(&rules[1].scope, dvg_document_root(&documents[1]), 1, NULL));
    }
    dvg_engine_free(restricted);
    dvg_engine_free(whole);
    for (int i = 0; i < 2; i++) {
        dvg_rules_clear(&rules[i]);
        dvg_document_clear(&documents[i]);
    }
    return found;
}

static void what_a_restricted_run_finds(void **state)
{
    static const char *const patterns[][2] = {
        {"a", NULL},       {"a.a", NULL},       {"a.*.c", NULL},  {"**.c", NULL},
        {"a[*]", NULL},    {"a[1]", NULL},      {"**[*]", NULL},  {"**", NULL},
        {"*", NULL},       {"/a/0", NULL},      {"c[>2]", NULL},  {"a.**.e", NULL},
        {"a.a", "c[0].a"}, {"c.c", "a[*].a"},   {"a", "a.a.a"},   {"**[0]", "**.e"},
        {"", NULL},        {"[\"a\"].b", NULL}, {"*.*", "**[1]"}, {"c[<1]", "c[>1]"},
    };
    (void)state;
    int found = 0;
    for (int i = 0; i < 20000; i++)
        found +=
            check_pair(patterns[draw(sizeof patterns / sizeof patterns[0])], DVG_MATCH_POSITION);
    assert_true(found > 10000);
    static const dvg_matching ways[] = {DVG_MATCH_INFER, DVG_MATCH_SEQUENCE, DVG_MATCH_MULTISET,
                                        DVG_MATCH_BEST};
    for (int i = 0; i < 8000; i++)
        (void)check_pair(patterns[draw(sizeof patterns / sizeof patterns[0])], ways[i % 4]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_a_restricted_run_finds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
