/*
 * Rules that say when values are equal, as a host has them: at their places and nowhere else,
 * inside arrays however these are matched, counted where they decide; and what holds for every
 * document.
 */
#include <diverge/diverge.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static dvg_document *read_text(dvg_context *context, const char *text)
{
    dvg_error error;
    dvg_document *document;
    if (dvg_document_read(&document, context, text, strlen(text), NULL, &error) != DVG_OK)
        fail_msg("%s: %s", error.message, text);
    return document;
}

/* What a comparison came to. */
struct outcome {
    size_t count;
    uint64_t alike;
    uint64_t hits[8]; /* of rules */
    bool identical;
};

static const dvg_profile_options defaults = DVG_PROFILE_OPTIONS_INIT;

static struct outcome compare(const dvg_profile_options *options, const char *left,
                              const char *right)
{
    dvg_context *context;
    dvg_result *result;
    dvg_account account;
    dvg_error error;
    struct outcome outcome = {0, 0, {0}, false};
    size_t rules = 0;
    assert_int_equal(dvg_context_new(&context, NULL, NULL), DVG_OK);
    if (dvg_context_use_rules(context, options, &error) != DVG_OK)
        fail_msg("%s", error.message);
    dvg_document *documents[2] = {read_text(context, left), read_text(context, right)};
    if (dvg_run_documents(&result, context, documents[0], documents[1], "d.json", &error) != DVG_OK)
        fail_msg("%s: %s, %s", error.message, left, right);
    outcome.count = dvg_result_count(result);
    outcome.alike = dvg_result_ledger(result)->alike;
    outcome.identical = dvg_result_identical(result);
    for (size_t i = 0; dvg_result_account_get(result, i, &account); i++)
        if (account.kind == DVG_ACCOUNT_RULE && rules < 8)
            outcome.hits[rules++] = account.hits;
    dvg_result_free(result);
    for (int side = 0; side < 2; side++)
        dvg_document_free(documents[side]);
    dvg_context_free(context);
    return outcome;
}

/* Both ways round; rules that are NULL-ended by one without effect. */
static void expect(const dvg_rule_options *rules, size_t rule_count, const char *left,
                   const char *right, size_t count, uint64_t alike)
{
    dvg_profile_options options = defaults;
    options.rules = rules;
    options.rule_count = rule_count;
    options.nonfinite = true;
    const char *const texts[3] = {left, right, left};
    for (int way = 0; way < 2; way++) {
        struct outcome outcome = compare(&options, texts[way], texts[way + 1]);
        if (outcome.count != count || outcome.alike != alike)
            fail_msg("%s, %s: %zu divergences, %llu alike", texts[way], texts[way + 1],
                     outcome.count, (unsigned long long)outcome.alike);
        assert_int_equal(outcome.identical, count == 0);
    }
}

static const dvg_tolerance_options half = {0.5, 0, 0, false};
static const dvg_tolerance_options one = {1, 0, 0, false};

/* ---------------------------------------------------------------- places */

static void holds_at_its_places(void **state)
{
    (void)state;
    const dvg_rule_options at_a[] = {{.at = "a", .tolerance = &half}};
    const dvg_rule_options anywhere[] = {{.tolerance = &half}};
    const dvg_rule_options below[] = {{.at = "a.**", .tolerance = &half}};
    expect(at_a, 1, "{\"a\": 1.0, \"b\": 1.0}", "{\"a\": 1.5, \"b\": 1.5}", 1, 1);
    expect(at_a, 1, "{\"a\": 1.0}", "{\"a\": 1.6}", 1, 0);
    expect(at_a, 1, "{\"a\": [1.0]}", "{\"a\": [1.5]}", 1, 0);
    expect(at_a, 1, "{\"a\": 1}", "{\"a\": [1]}", 1, 0);
    expect(at_a, 1, "{\"a\": 1}", "{\"a\": 1.5}", 0, 1);
    expect(anywhere, 1, "1", "1.5", 0, 1);
    expect(anywhere, 1, "{\"b\": {\"c\": 1.0}, \"d\": 3}", "{\"b\": {\"c\": 1.5}, \"d\": 3}", 0, 1);
    expect(anywhere, 1, "{\"b\": 1, \"d\": 3}", "{\"d\": 3, \"b\": 1}", 0, 0);
    expect(below, 1, "{\"a\": {\"x\": {\"y\": 1}}, \"y\": 1}",
           "{\"a\": {\"x\": {\"y\": 1.5}}, \"y\": 1.5}", 1, 1);
}

static void decides_by_the_first_rule(void **state)
{
    (void)state;
    const dvg_rule_options rules[] = {
        {.at = "a", .tolerance = &half}, {.tolerance = &one}, {.at = "a", .normalize = "hex"}};
    dvg_profile_options options = defaults;
    options.rules = rules;
    options.rule_count = 3;
    struct outcome outcome = compare(&options, "{\"a\": 1, \"b\": 1}", "{\"a\": 2, \"b\": 2}");
    assert_int_equal(outcome.count, 1);
    assert_int_equal(outcome.hits[0], 0);
    assert_int_equal(outcome.hits[1], 1);
    outcome = compare(&options, "{\"a\": \"0x1\", \"b\": 1}", "{\"a\": 1.5, \"b\": 1}");
    assert_int_equal(outcome.count, 0);
    assert_int_equal(outcome.hits[0], 1);
    assert_int_equal(outcome.hits[1], 0);
    assert_int_equal(outcome.hits[2], 1);
    assert_int_equal(outcome.alike, 1);
}

/* ---------------------------------------------------------------- arrays */

static void holds_in_arrays(void **state)
{
    (void)state;
    static const char *const ways[] = {"position", "sequence", "multiset", "best"};
    const dvg_rule_options keyed[] = {{.at = "t", .match = "key", .key = "k"},
                                      {.at = "t[*].v", .tolerance = &half}};
    expect(keyed, 2, "{\"t\": [{\"k\": 1, \"v\": 1}, {\"k\": 2, \"v\": 2}]}",
           "{\"t\": [{\"v\": 2.25, \"k\": 2}, {\"k\": 1, \"v\": 1.5}]}", 0, 2);
    expect(keyed, 2, "{\"t\": [{\"k\": 1, \"v\": 1}, {\"k\": 2, \"v\": 2}]}",
           "{\"t\": [{\"k\": 1, \"v\": 1.5}, {\"k\": 2, \"v\": 9}]}", 1, 1);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        const dvg_rule_options scalars[] = {{.at = "t", .match = ways[i]},
                                            {.at = "t[*]", .tolerance = &half}};
        const dvg_rule_options objects[] = {{.at = "t", .match = ways[i]},
                                            {.at = "t[*].v", .tolerance = &half}};
        expect(scalars, 2, "{\"t\": [1, 2.5, 9]}", "{\"t\": [1.25, 2, 9]}", 0, 2);
        expect(scalars, 2, "{\"t\": [[1], 2.5, 9]}", "{\"t\": [[1], 2, 9]}", 0, 1);
        expect(objects, 2, "{\"t\": [{\"v\": 1, \"w\": 1}, {\"v\": 2, \"w\": 7}]}",
               "{\"t\": [{\"v\": 1.5, \"w\": 1}, {\"v\": 2.5, \"w\": 7}]}", 0, 2);
        if (i >= 2) {
            expect(scalars, 2, "{\"t\": [1, 5, 9]}", "{\"t\": [9.5, 1.5, 5.5]}", 0, 3);
            expect(objects, 2, "{\"t\": [{\"v\": 1, \"w\": 1}, {\"v\": 2, \"w\": 7}]}",
                   "{\"t\": [{\"w\": 7, \"v\": 2.5}, {\"v\": 1.5, \"w\": 1}]}", 0, 2);
        }
    }
    const dvg_rule_options sequence[] = {{.at = "t", .match = "sequence"},
                                         {.at = "t[*]", .tolerance = &half}};
    expect(sequence, 2, "{\"t\": [1, 2, 3, 4]}", "{\"t\": [0, 1.5, 2.5, 3.5, 4.5]}", 1, 4);
    const dvg_rule_options multiset[] = {{.at = "t", .match = "multiset"},
                                         {.at = "t[*].n", .normalize = "null-absent"}};
    expect(multiset, 2, "{\"t\": [{\"n\": null}, {\"a\": 1}]}",
           "{\"t\": [{\"a\": 1, \"n\": null}, {}]}", 0, 2);
}

/* ---------------------------------------------------------------- other effects */

static void brings_values_into_one_form(void **state)
{
    (void)state;
    const dvg_rule_options forms[] = {{.at = "*", .normalize = "case,trim,hex"}};
    const dvg_rule_options absent[] = {{.at = "n", .normalize = "null-absent"}};
    expect(forms, 1, "{\"a\": \" Foo\", \"b\": \"0x1F\"}", "{\"a\": \"fOO\", \"b\": 31}", 0, 2);
    expect(forms, 1, "{\"a\": \"foo\", \"b\": 31}", "{\"a\": \"foo\", \"b\": 32}", 1, 0);
    expect(forms, 1, "{\"A\": 1}", "{\"a\": 1}", 2, 0); /* names are no values */
    expect(absent, 1, "{\"n\": null, \"m\": null}", "{}", 1, 1);
    expect(absent, 1, "{\"n\": null}", "{\"n\": 0}", 1, 0);
    expect(absent, 1, "{\"n\": []}", "{}", 1, 0);
    expect(absent, 1, "{\"n\": 1, \"n\": null}", "{\"n\": 1}", 1, 0); /* a name too many */
}

/* A host's function: texts are the same if they have the same length. */
static int same_length(void *payload, dvg_value left, dvg_value right)
{
    ++*(unsigned *)payload;
    if (dvg_value_type(left) != DVG_STRING || dvg_value_type(right) != DVG_STRING)
        return 0;
    return dvg_value_text(left).size == dvg_value_text(right).size;
}

static int ends_the_run(void *payload, dvg_value left, dvg_value right)
{
    (void)left;
    (void)right;
    return *(const int *)payload;
}

static void asks_the_host(void **state)
{
    (void)state;
    static const dvg_tolerance_options near = {1, 0, 0, false};
    unsigned calls = 0;
    const dvg_rule_options rules[] = {{.at = "a", .same = same_length, .same_payload = &calls},
                                      {.at = "a", .tolerance = &near},
                                      {.at = "t", .match = "sequence"},
                                      {.at = "t[*]", .same = same_length, .same_payload = &calls}};
    expect(rules, 2, "{\"a\": \"one\", \"b\": \"one\"}", "{\"a\": \"two\", \"b\": \"two\"}", 1, 1);
    const unsigned asked = calls;
    assert_true(asked > 0);
    expect(rules, 2, "{\"a\": \"one\"}", "{\"a\": \"one\"}", 0, 0);
    assert_int_equal(calls, asked); /* what is equal needs no asking */
    expect(rules, 2, "{\"a\": 1}", "{\"a\": 2}", 0, 1);
    expect(rules, 4, "{\"t\": [\"aa\", \"b\"]}", "{\"t\": [\"ccc\", \"dd\", \"e\"]}", 1, 2);
}

static void ends_where_the_host_says(void **state)
{
    (void)state;
    static const char *const ways[] = {"position", "sequence", "multiset", "best"};
    const int answer = -1;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        const dvg_rule_options rules[] = {
            {.at = "t", .match = ways[i]},
            {.at = "t[*].v", .same = ends_the_run, .same_payload = (void *)&answer}};
        dvg_profile_options options = defaults;
        dvg_context *context;
        dvg_result *result;
        dvg_error error;
        options.rules = rules;
        options.rule_count = 2;
        assert_int_equal(dvg_context_new(&context, NULL, NULL), DVG_OK);
        assert_int_equal(dvg_context_use_rules(context, &options, &error), DVG_OK);
        dvg_document *documents[2] = {read_text(context, "{\"t\": [{\"v\": 1, \"w\": 1}]}"),
                                      read_text(context, "{\"t\": [{\"v\": 2, \"w\": 1}]}")};
        assert_int_equal(
            dvg_run_documents(&result, context, documents[0], documents[1], "d.json", &error),
            DVG_E_CANCELLED);
        assert_string_equal(error.message, "the function of rules[2] of rules ended the run");
        for (int side = 0; side < 2; side++)
            dvg_document_free(documents[side]);
        dvg_context_free(context);
    }
}

static void tells_zeros_apart_at_its_places(void **state)
{
    (void)state;
    const dvg_rule_options zero[] = {{.at = "z", .negative_zero = "different"}};
    expect(zero, 1, "{\"y\": 0.0, \"z\": 0.0}", "{\"y\": -0.0, \"z\": 0.00}", 0, 0);
    expect(zero, 1, "{\"y\": 0.0, \"z\": 0.0}", "{\"y\": -0.0, \"z\": -0.0}", 1, 0);
    expect(zero, 1, "{\"y\": 0.0, \"z\": -0.0}", "{\"z\": 0.0, \"y\": -0.0}", 1, 0);
    const dvg_rule_options everywhere[] = {{.negative_zero = "different"}};
    expect(everywhere, 1, "[{\"a\": [0.0]}]", "[{\"a\": [-0.0]}]", 1, 0);
}

static void takes_nan_for_itself(void **state)
{
    (void)state;
    static const dvg_tolerance_options nan_equal = {0, 0, 0, true};
    const dvg_rule_options rules[] = {{.at = "a", .tolerance = &nan_equal}};
    dvg_profile_options options = defaults;
    options.rules = rules;
    options.rule_count = 1;
    options.nonfinite = options.doubles = true;
    struct outcome outcome =
        compare(&options, "{\"a\": NaN, \"b\": NaN}", "{\"a\": NaN, \"b\": 1}");
    assert_int_equal(outcome.count, 1);
    assert_int_equal(outcome.alike, 1);
    outcome = compare(&options, "{\"a\": NaN}", "{\"a\": 1}");
    assert_int_equal(outcome.count, 1);
}

/* ---------------------------------------------------------------- renamed members */

/* In one direction: names are not the same the other way round. */
static void expect_one_way(const dvg_rule_options *rules, size_t rule_count, const char *left,
                           const char *right, size_t count, uint64_t alike)
{
    dvg_profile_options options = defaults;
    options.rules = rules;
    options.rule_count = rule_count;
    struct outcome outcome = compare(&options, left, right);
    if (outcome.count != count || outcome.alike != alike)
        fail_msg("%s, %s: %zu divergences, %llu alike", left, right, outcome.count,
                 (unsigned long long)outcome.alike);
}

static void puts_renamed_members_together(void **state)
{
    (void)state;
    static const char *const ways[] = {"position", "sequence", "multiset", "best"};
    static const dvg_rename_options names[] = {{"a", "x"}, {"b", "y"}};
    const dvg_rule_options at_o[] = {{.at = "o", .renames = names, .rename_count = 2}};
    const dvg_rule_options anywhere[] = {{.renames = names, .rename_count = 2}};
    expect_one_way(at_o, 1, "{\"o\": {\"a\": 1, \"b\": 2}}", "{\"o\": {\"y\": 2, \"x\": 1}}", 0, 2);
    expect_one_way(at_o, 1, "{\"o\": {\"a\": 1, \"b\": 2}}", "{\"o\": {\"x\": 2, \"y\": 3}}", 2, 2);
    expect_one_way(at_o, 1, "{\"a\": 1}", "{\"x\": 1}", 2, 0);
    expect_one_way(at_o, 1, "{\"o\": {\"x\": 1}}", "{\"o\": {\"a\": 1}}", 2, 0);
    expect_one_way(at_o, 1, "{\"o\": {\"a\": 1}}", "{\"o\": {\"x\": 1, \"y\": 1}}", 1, 1);
    /* A name that both sides have goes with itself, and the other is told. */
    expect_one_way(at_o, 1, "{\"o\": {\"a\": 1, \"x\": 1}}", "{\"o\": {\"x\": 1}}", 1, 0);
    expect_one_way(at_o, 1, "{\"o\": {\"a\": 1}}", "{\"o\": {\"a\": 1, \"x\": 1}}", 1, 0);
    /* A name that stands twice is there twice. */
    expect_one_way(at_o, 1, "{\"o\": {\"a\": 1, \"a\": 2}}", "{\"o\": {\"x\": 1}}", 1, 2);
    expect_one_way(anywhere, 1, "[{\"a\": {\"b\": [1]}}]", "[{\"x\": {\"y\": [1]}}]", 0, 2);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        const dvg_rule_options rules[] = {{.at = "t", .match = ways[i]},
                                          {.at = "t[*]", .renames = names, .rename_count = 2}};
        expect_one_way(rules, 2, "{\"t\": [{\"a\": 1}, {\"b\": 2}, 3]}",
                       "{\"t\": [{\"x\": 1}, {\"y\": 2}, 3]}", 0, 2);
    }
}

static void points_into_the_document_that_has_it(void **state)
{
    (void)state;
    static const dvg_rename_options names[] = {{"a", "x"}};
    const dvg_rule_options rules[] = {{.renames = names, .rename_count = 1}};
    dvg_profile_options options = defaults;
    dvg_context *context;
    dvg_result *result;
    dvg_divergence divergence;
    options.rules = rules;
    options.rule_count = 1;
    assert_int_equal(dvg_context_new(&context, NULL, NULL), DVG_OK);
    assert_int_equal(dvg_context_use_rules(context, &options, NULL), DVG_OK);
    dvg_document *left = read_text(context, "{\"a\": {\"l\": 1}}");
    dvg_document *right = read_text(context, "{\"x\": {\"r\": 1}}");
    assert_int_equal(dvg_run_documents(&result, context, left, right, "d.json", NULL), DVG_OK);
    assert_int_equal(dvg_result_count(result), 2);
    assert_int_equal(dvg_result_get(result, 0, &divergence, NULL), DVG_OK);
    assert_string_equal(divergence.path.data, "a.l");
    assert_string_equal(divergence.pointer.data, "/a/l");
    assert_int_equal(dvg_result_get(result, 1, &divergence, NULL), DVG_OK);
    assert_string_equal(divergence.path.data, "a.r");
    assert_string_equal(divergence.pointer.data, "/x/r");
    dvg_result_free(result);
    dvg_document_free(left);
    dvg_document_free(right);
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- what is wrong */

static void refuses(const dvg_rule_options *rule, const char *message)
{
    dvg_context *context;
    dvg_error error;
    dvg_profile_options options = defaults;
    options.rules = rule;
    options.rule_count = 1;
    assert_int_equal(dvg_context_new(&context, NULL, NULL), DVG_OK);
    assert_int_equal(dvg_context_use_rules(context, &options, &error), DVG_E_ARGUMENT);
    assert_string_equal(error.message, message);
    dvg_context_free(context);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    static const dvg_tolerance_options negative = {-1, 0, 0, false};
    static const dvg_tolerance_options empty = {0, 0, 0, false};
    const dvg_tolerance_options no_number = {0, strtod("nan", NULL), 0, false};
    const char *const bound = "rules[1]: a bound of a tolerance is a number from 0 on, and finite";
    refuses(&(dvg_rule_options){.at = "a", .tolerance = &negative}, bound);
    refuses(&(dvg_rule_options){.at = "a", .tolerance = &no_number}, bound);
    refuses(&(dvg_rule_options){.at = "a", .tolerance = &empty},
            "rules[1]: a tolerance needs a bound: absolute, relative, ulp or nan_equal");
    refuses(&(dvg_rule_options){.at = "a", .normalize = "case,"},
            "rules[1]: normalize is \"case\", \"trim\", \"hex\" or \"null-absent\", not \"\"");
    refuses(&(dvg_rule_options){.at = "a", .negative_zero = "equal"},
            "rules[1]: negative_zero is \"different\", not \"equal\"");
    const dvg_rename_options half_named[] = {{"a", NULL}};
    const dvg_rename_options twice[] = {{"a", "b"}, {"a", "c"}};
    refuses(&(dvg_rule_options){.renames = half_named, .rename_count = 1},
            "rules[1]: a rename needs two names");
    refuses(&(dvg_rule_options){.renames = twice, .rename_count = 2},
            "rules[1]: the name \"a\" is there twice");
    refuses(&(dvg_rule_options){.at = "a", .tolerance = &one, .side = "left"},
            "rules[1]: what says what is equal holds before anything was found: it takes "
            "no kind and no side");
}

/* ---------------------------------------------------------------- any documents */

static uint64_t seed = 88172645463325252U;

static uint32_t draw(uint32_t below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (uint32_t)(seed >> 33) % below;
}

static void add(char *text, size_t size, const char *more)
{
    size_t at = strlen(text);
    snprintf(text + at, size - at, "%s", more);
}

static void add_scalar(char *text, size_t size)
{
    static const char *const values[] = {"0",
                                         "-0.0",
                                         "0.0",
                                         "1",
                                         "1.0",
                                         "1.25",
                                         "1.5",
                                         "2",
                                         "-1",
                                         "2e0",
                                         "1e400",
                                         "Infinity",
                                         "NaN",
                                         "null",
                                         "true",
                                         "\"0x2\"",
                                         "\"A\"",
                                         "\"a\"",
                                         "\" a\"",
                                         "\"0X1\"",
                                         "1e-9",
                                         "10",
                                         "18446744073709551615",
                                         "18446744073709551614"};
    add(text, size, values[draw(sizeof values / sizeof values[0])]);
}

static void add_object(char *text, size_t size)
{
    static const char *const names[] = {"k", "v", "n"};
    const char *between = "{";
    for (size_t i = 0; i < 3; i++) {
        if (draw(5) == 0)
            continue;
        add(text, size, between);
        add(text, size, "\"");
        add(text, size, names[i]);
        add(text, size, "\": ");
        add_scalar(text, size);
        between = ", ";
    }
    add(text, size, between[0] == '{' ? "{}" : "}");
}

static void make_document(char *text, size_t size)
{
    text[0] = '\0';
    add(text, size, "{\"a\": ");
    add_scalar(text, size);
    add(text, size, ", \"t\": [");
    uint32_t count = draw(5);
    for (uint32_t i = 0; i < count; i++) {
        add(text, size, i > 0 ? ", " : "");
        if (draw(2) == 0)
            add_object(text, size);
        else
            add_scalar(text, size);
    }
    add(text, size, "]}");
}

static size_t count_under(const dvg_tolerance_options *tolerance, const char *match,
                          const char *const texts[2])
{
    const dvg_rule_options rules[] = {{.at = "t", .match = match, .key = NULL},
                                      {.tolerance = tolerance, .normalize = "trim,null-absent"}};
    dvg_profile_options options = defaults;
    options.rules = rules;
    options.rule_count = 2;
    options.nonfinite = true;
    struct outcome one_way = compare(&options, texts[0], texts[1]);
    struct outcome other_way = compare(&options, texts[1], texts[0]);
    if (one_way.count != other_way.count || one_way.alike != other_way.alike)
        fail_msg("%s, %s: %zu and %zu divergences", texts[0], texts[1], one_way.count,
                 other_way.count);
    return one_way.count;
}

/* More of a tolerance, never more divergences, where partners do not depend on it. */
static void never_reports_more_under_more(void **state)
{
    (void)state;
    static const dvg_tolerance_options steps[] = {{0, 0, 1, false},      {0.25, 0, 1, false},
                                                  {0.25, 0.5, 2, false}, {1, 0.5, 2, true},
                                                  {1, 2, 1000, true},    {1e300, 2, 1000, true}};
    char texts[2][1024];
    const char *const both[2] = {texts[0], texts[1]};
    for (int i = 0; i < 1500; i++) {
        make_document(texts[0], sizeof texts[0]);
        make_document(texts[1], sizeof texts[1]);
        size_t before = SIZE_MAX;
        for (size_t step = 0; step < sizeof steps / sizeof steps[0]; step++) {
            size_t count = count_under(&steps[step], "position", both);
            if (count > before)
                fail_msg("step %zu: %zu after %zu: %s, %s", step, count, before, both[0], both[1]);
            before = count;
        }
    }
}

/* However arrays are matched: both ways round the same, and nothing against itself. */
static void mirrors_and_holds_for_itself(void **state)
{
    (void)state;
    static const char *const ways[] = {"sequence", "multiset", "best", "infer"};
    static const dvg_tolerance_options some = {0.25, 0.25, 2, false};
    char texts[2][1024];
    for (int i = 0; i < 1500; i++) {
        const char *const both[2] = {texts[0], texts[1]};
        const char *const itself[2] = {texts[0], texts[0]};
        make_document(texts[0], sizeof texts[0]);
        make_document(texts[1], sizeof texts[1]);
        (void)count_under(&some, ways[i % 4], both);
        if (count_under(&some, ways[i % 4], itself) != 0)
            fail_msg("%s: %s differs from itself", ways[i % 4], texts[0]);
    }
}

#define TEST(name) cmocka_unit_test(name)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(holds_at_its_places),
        TEST(decides_by_the_first_rule),
        TEST(holds_in_arrays),
        TEST(brings_values_into_one_form),
        TEST(asks_the_host),
        TEST(ends_where_the_host_says),
        TEST(tells_zeros_apart_at_its_places),
        TEST(takes_nan_for_itself),
        TEST(puts_renamed_members_together),
        TEST(points_into_the_document_that_has_it),
        TEST(says_what_is_wrong),
        TEST(never_reports_more_under_more),
        TEST(mirrors_and_holds_for_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
