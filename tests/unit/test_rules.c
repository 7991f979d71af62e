/*
 * Rules: defaults, what may stand once only, what must belong together, names of kinds.
 */
#include "rules/rules.h"
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
static dvg_rules rules;
static dvg_error error;

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_rules_init(&rules, &allocator);
    dvg_error_clear(&error);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dvg_rules_clear(&rules);
    return counting.live != 0 || counting.wrong_size;
}

static void nothing_said_means_the_defaults(void **state)
{
    (void)state;
    assert_int_equal(dvg_rules_finish(&rules, &error), DVG_OK);
    assert_string_equal(rules.name, "unnamed");
    assert_string_equal(rules.title, "unnamed");
    assert_string_equal(rules.side_names[0], "left");
    assert_string_equal(rules.side_names[1], "right");
    assert_int_equal(rules.class_count, 1);
    assert_string_equal(rules.classes[0].name, "divergence");
    assert_string_equal(rules.classes[0].title, "divergence");
    assert_int_equal(rules.classes[0].severity, DVG_ERROR);
    assert_int_equal(rules.numbers, DVG_NUMBERS_EXACT);
    assert_int_equal(rules.reading.duplicates, DVG_DUPLICATES_REPORT);
    assert_int_equal(rules.reading.depth, 10000);
    assert_int_equal(rules.reading.integer_digits, 4300);
    assert_false(rules.reading.nonfinite);
    assert_null(dvg_rules_keyed(&rules, "a.json", "k", 1));
}

static void what_stands_twice_is_refused(void **state)
{
    (void)state;
    assert_int_equal(dvg_rules_add_document(&rules, "a.json", 6, &error), DVG_OK);
    assert_int_equal(dvg_rules_add_document(&rules, "a.jso", 5, &error), DVG_OK);
    assert_int_equal(dvg_rules_add_document(&rules, "a.json", 6, &error), DVG_E_ARGUMENT);
    assert_string_equal(error.message, "document \"a.json\" is named twice");
    dvg_error_clear(&error);
    assert_int_equal(dvg_rules_add_keyed(&rules, "a.json", "k", 1, "id", 2, &error), DVG_OK);
    assert_int_equal(dvg_rules_add_keyed(&rules, "*", "k", 1, "no", 2, &error), DVG_OK);
    assert_int_equal(dvg_rules_add_keyed(&rules, "a.json", "k", 1, "x", 1, &error), DVG_E_ARGUMENT);
    assert_string_equal(error.message, "array \"k\" of a.json has two keys");
    dvg_error_clear(&error);
    assert_int_equal(dvg_rules_add_class(&rules, "c", 1, "C", 1, DVG_INFO, &error), DVG_OK);
    assert_int_equal(dvg_rules_add_class(&rules, "c", 1, NULL, 0, DVG_INFO, &error),
                     DVG_E_ARGUMENT);
    assert_string_equal(error.message, "class \"c\" is declared twice");
    assert_int_equal(rules.document_count, 2);
    assert_int_equal(rules.keyed_count, 2);
    assert_int_equal(rules.class_count, 1);
}

static void rules_name_documents_of_the_profile(void **state)
{
    (void)state;
    assert_int_equal(dvg_rules_add_document(&rules, "a.json", 6, &error), DVG_OK);
    assert_int_equal(dvg_rules_add_skip(&rules, "a.json", "x", 1, &error), DVG_OK);
    assert_int_equal(dvg_rules_add_skip(&rules, "*", "", 0, &error), DVG_OK);
    assert_int_equal(dvg_rules_finish(&rules, &error), DVG_OK);
    assert_int_equal(dvg_rules_add_skip(&rules, "b.json", "x", 1, &error), DVG_OK);
    assert_int_equal(dvg_rules_finish(&rules, &error), DVG_E_ARGUMENT);
    assert_string_equal(error.message, "skip names \"b.json\", which is no document");
    dvg_rules_clear(&rules);
    dvg_error_clear(&error);
    assert_int_equal(dvg_rules_add_keyed(&rules, "c.json", "k", 1, "id", 2, &error), DVG_OK);
    assert_int_equal(dvg_rules_finish(&rules, &error), DVG_E_ARGUMENT);
    assert_string_equal(error.message, "keyed names \"c.json\", which is no document");
}

static void the_nearer_keyed_rule_wins(void **state)
{
    (void)state;
    dvg_rules_add_keyed(&rules, "*", "k", 1, "any", 3, &error);
    dvg_rules_add_keyed(&rules, "a.json", "k", 1, "mine", 4, &error);
    dvg_rules_add_keyed(&rules, "a.json", "a\0b", 3, "nul", 3, &error);
    assert_string_equal(dvg_rules_keyed(&rules, "a.json", "k", 1)->key, "mine");
    assert_string_equal(dvg_rules_keyed(&rules, "b.json", "k", 1)->key, "any");
    assert_string_equal(dvg_rules_keyed(&rules, "a.json", "a\0b", 3)->key, "nul");
    assert_null(dvg_rules_keyed(&rules, "a.json", "a", 1));
    assert_null(dvg_rules_keyed(&rules, "a.json", "", 0));
}

static void kinds_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < DVG_KIND_COUNT; i++) {
        const char *name = dvg_kind_name((dvg_kind)i);
        assert_int_equal(dvg_kind_find(name, strlen(name)), i);
        assert_string_equal(dvg_rules_kind_name(&rules, (dvg_kind)i), name);
    }
    assert_int_equal(dvg_kind_find("valu", 4), DVG_KIND_COUNT);
    assert_int_equal(dvg_kind_find("", 0), DVG_KIND_COUNT);
}

static dvg_status fill(dvg_rules *out, dvg_error *why)
{
    dvg_status status = dvg_rules_add_document(out, "a.json", 6, why);
    for (char i = 'a'; i < 'z' && status == DVG_OK; i++)
        status = dvg_rules_add_skip(out, "a.json", &i, 1, why);
    for (char i = 'a'; i < 'z' && status == DVG_OK; i++)
        status = dvg_rules_add_keyed(out, "*", &i, 1, "key", 3, why);
    for (char i = 'a'; i < 'z' && status == DVG_OK; i++)
        status = dvg_rules_add_class(out, &i, 1, NULL, 0, DVG_INFO, why);
    return status == DVG_OK ? dvg_rules_finish(out, why) : status;
}

static void every_allocation_can_fail(void **state)
{
    (void)state;
    dvg_status status = DVG_E_MEMORY;
    for (size_t fail_at = 1; status != DVG_OK; fail_at++) {
        struct counting mine;
        dvg_allocator failing = counting_allocator(&mine);
        dvg_rules filled;
        dvg_rules_init(&filled, &failing);
        mine.fail_at = fail_at;
        status = fill(&filled, NULL);
        assert_int_equal(status, mine.calls < fail_at ? DVG_OK : DVG_E_MEMORY);
        dvg_rules_clear(&filled);
        assert_int_equal(mine.live, 0);
        assert_false(mine.wrong_size);
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_said_means_the_defaults),
        TEST(what_stands_twice_is_refused),
        TEST(rules_name_documents_of_the_profile),
        TEST(the_nearer_keyed_rule_wins),
        TEST(kinds_have_names),
        TEST(every_allocation_can_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
