/*
 * Rules in a run. On random documents with random rules: what is ignored is what patterns match, no
 * more and no less, whichever way the walk goes, and every node is counted once. And what a rule
 * without a script costs: no call of Lua.
 */
#include "engine/run.h"
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
static dvg_error error;

/* ---- chance */

static uint32_t chance = 1;

static uint32_t draw(uint32_t below)
{
    chance = chance * 1664525U + 1013904223U;
    return (chance >> 8) % below;
}

/* ---- documents */

static const char *const names[] = {"a", "b", "keyed", "list", "x.a", "a[0]", "", "deep"};

/* Two texts that are written together, and differ here and there. */
struct pair {
    dvg_buffer text[2];
};

static void add(struct pair *pair, const char *text)
{
    for (int side = 0; side < 2; side++)
        dvg_buffer_add_text(&pair->text[side], text);
}

static void add_scalar(struct pair *pair)
{
    static const char *const values[] = {"1", "2", "\"t\"", "null", "1.5", "[]", "{}"};
    const char *value = values[draw(7)];
    bool differs = draw(4) == 0;
    dvg_buffer_add_text(&pair->text[0], value);
    dvg_buffer_add_text(&pair->text[1], differs ? values[draw(7)] : value);
}

static void add_number(struct pair *pair, uint32_t number)
{
    for (int side = 0; side < 2; side++)
        dvg_buffer_add_u64(&pair->text[side], number);
}

/* Append a value to both texts; the levels that are open stand in `open`, so that there is no
 * recursion. */
struct open {
    char close;
    bool keyed, named;
    uint32_t left, done;
};

/* Begin a container, "{", "[" or a keyed array; `size` children. */
static struct open begin(struct pair *pair, uint32_t size, bool object, bool keyed)
{
    add(pair, object ? "{" : "[");
    return (struct open){object ? '}' : ']', keyed, object, size, 0};
}

/* What stands before a child: a comma, a name. Members of one side only come here and there. */
static void begin_child(struct pair *pair, struct open *level)
{
    if (level->done++ > 0)
        add(pair, ",");
    if (!level->named)
        return;
    if (draw(8) == 0) {
        int side = (int)draw(2);
        dvg_buffer_add_text(&pair->text[side], "\"lone");
        dvg_buffer_add_u64(&pair->text[side], draw(3));
        dvg_buffer_add_text(&pair->text[side], "\":{\"a\":[1]},");
    }
    add(pair, "\"");
    add(pair, names[draw(8)]);
    add(pair, "\":");
}

/* An element of a keyed array: its key is often a text with a dot. */
static struct open begin_element(struct pair *pair, const struct open *array)
{
    add(pair, "{\"id\":");
    if (draw(3) == 0) {
        add(pair, "\"k.");
        add_number(pair, array->done);
        add(pair, "\"");
    } else {
        add_number(pair, draw(20) == 0 ? 1 : array->done);
    }
    struct open level = {'}', false, true, draw(4), 1};
    return level;
}

static void compose(struct pair *pair, uint32_t large)
{
    struct open levels[8];
    size_t depth = 0;
    levels[depth++] = begin(pair, 4 + draw(4), true, false);
    while (depth > 0) {
        struct open *level = &levels[depth - 1];
        if (level->left == 0) {
            char end[2] = {level->close, '\0'};
            add(pair, end);
            depth--;
            continue;
        }
        level->left--;
        begin_child(pair, level);
        uint32_t what = depth < 7 ? draw(6) : 0;
        struct open *inner = &levels[depth];
        if (level->keyed)
            *inner = begin_element(pair, level);
        else if (what == 1 || what == 2)
            *inner = begin(pair, draw(5), what == 1, false);
        else if (what == 3)
            *inner = begin(pair, depth == 1 ? large : draw(5), false, true);
        if (level->keyed || (what >= 1 && what <= 3))
            depth++;
        else
            add_scalar(pair);
    }
}

/* ---- rules */

static const char *const patterns[] = {
    "a",          "*.a",         "**.a",         "**.a.b",         "keyed[*]",
    "keyed[*].a", "**.keyed",    "**[*].b",      "**[0]",          "list[1]",
    "*",          "*[*]",        "*.*.*",        "**.deep.**",     "**.list[*][*]",
    "[\"x.a\"]",  "**[\"x.a\"]", "**[\"a[0]\"]", "**[\"\"]",       "/a/0/b",
    "/keyed/2",   "/keyed/1/a",  "**[id=3]",     "**[id=\"k.2\"]", "keyed[id=\"k.1\"].b",
    "**.id",      "b.**",        "*[*].*",       "**.lone1",       "**.lone0.a[*]",
    "deep[*][*]", "**[*][*].a"};

static void add_rule(dvg_rules *rules, const char *at, unsigned effects, const char *key)
{
    dvg_rule rule;
    memset(&rule, 0, sizeof rule);
    rule.name = rule.script = at;
    rule.at = at;
    rule.side = DVG_NEITHER;
    rule.effects = effects;
    if (key != NULL) {
        rule.keyed.matching = DVG_MATCH_KEY;
        rule.keyed.key = key;
        rule.keyed.key_size = strlen(key);
    }
    assert_int_equal(dvg_pattern_parse(&rule.pattern, &rules->arena, at, strlen(at), &error),
                     DVG_OK);
    assert_int_equal(dvg_rules_add_rule(rules, &rule, 0, &error), DVG_OK);
}

/* Rules with which both runs match arrays, and skips. */
static void make_rules(dvg_rules *rules, uint32_t seed)
{
    dvg_rules_init(rules, &allocator);
    rules->arrays = DVG_MATCH_POSITION;
    rules->reading.nonfinite = true;
    rules->reading.duplicates = seed % 3 == 0 ? DVG_DUPLICATES_LAST : DVG_DUPLICATES_REPORT;
    assert_int_equal(dvg_rules_add_document(rules, "d.json", 6, &error), DVG_OK);
    rules->surplus_is_length = seed % 5 == 0;
    if (seed % 4 == 0)
        assert_int_equal(dvg_rules_add_skip(rules, "*", "deep", 4, &error), DVG_OK);
    if (seed % 2 == 0)
        assert_int_equal(dvg_rules_add_keyed(rules, "*", "keyed", 5, "id", 2, &error), DVG_OK);
    else
        add_rule(rules, "**.keyed", DVG_EFFECT_MATCH, "id");
    assert_int_equal(dvg_rules_finish(rules, &error), DVG_OK);
}

/* ---- runs */

static dvg_result *run(const dvg_rules *rules, dvg_document documents[2], uint32_t threads,
                       bool audit)
{
    dvg_run_input input;
    dvg_result *result = NULL;
    memset(&input, 0, sizeof input);
    input.allocator = allocator;
    input.rules = rules;
    input.threads = threads;
    input.audit = audit;
    input.hidden_most = SIZE_MAX;
    dvg_error_clear(&error);
    if (dvg_engine_run_documents(&result, &input, &documents[0], &documents[1], "d.json", &error) !=
        DVG_OK)
        fail_msg("%s", error.message);
    return result;
}

/* Is the place, or one that it stands in, matched by a rule that ignores? */
static bool is_ignored(const dvg_rules *rules, const dvg_step *step)
{
    bool failed = false;
    for (size_t i = 0; i < rules->rule_count; i++) {
        if (rules->rules[i].effects != DVG_EFFECT_IGNORE)
            continue;
        for (const dvg_step *at = step;; at = at->parent) {
            if (dvg_pattern_match(&rules->rules[i].pattern, at, &allocator, &failed))
                return true;
            if (at == NULL)
                break;
        }
    }
    assert_false(failed);
    return false;
}

static void add_record(dvg_buffer *out, const dvg_record *record)
{
    dvg_path_render(out, record->path, &allocator);
    dvg_buffer_add_byte(out, ' ');
    dvg_buffer_add_text(out, dvg_kind_name((dvg_kind)record->kind));
    dvg_buffer_add_byte(out, '\n');
}

/* The records as text, without those that `but` ignores. */
static void list(dvg_buffer *out, const dvg_result *result, const dvg_rules *but, size_t *left_out)
{
    dvg_buffer_init(out, &allocator);
    *left_out = 0;
    for (size_t i = 0; i < result->record_count; i++) {
        if (but != NULL && is_ignored(but, result->records[i].path))
            ++*left_out;
        else
            add_record(out, &result->records[i]);
    }
}

/* The nodes that rules hid are those that are counted as ignored, with those of skips. */
static void check_counts(const dvg_result *result, bool skips)
{
    uint64_t nodes[2] = {0, 0};
    uint64_t places = 0;
    assert_int_equal(result->ignored_count, 0); /* nothing was found where nothing is looked at */
    for (size_t i = 0; i < result->rules->rule_count; i++) {
        if (result->rules->rules[i].effects != DVG_EFFECT_IGNORE)
            continue;
        places += result->ruling.counts[i].hits;
        nodes[0] += result->ruling.counts[i].nodes[0];
        nodes[1] += result->ruling.counts[i].nodes[1];
    }
    for (int side = 0; side < 2; side++) {
        const dvg_ledger_side *count = &result->ledger.side[side];
        assert_true(count->read ==
                    count->compared + count->one_sided + count->ignored + count->shadowed);
        assert_true(skips ? nodes[side] <= count->ignored : nodes[side] == count->ignored);
    }
    assert_true(skips ? places <= result->ledger.skipped : places == result->ledger.skipped);
}

/* A run that keeps who decided what looks at every place: it finds and counts the same, and lists
 * every place that is hidden. */
static void check_audit(const dvg_result *result, const dvg_rules *rules, dvg_document documents[2],
                        uint32_t threads)
{
    dvg_buffer expected;
    dvg_buffer got;
    size_t none;
    uint64_t nodes[2] = {0, 0};
    dvg_result *audited = run(rules, documents, threads, true);
    list(&expected, result, NULL, &none);
    list(&got, audited, NULL, &none);
    assert_int_equal(expected.size, got.size);
    assert_true(got.size == 0 || memcmp(expected.data, got.data, got.size) == 0);
    assert_memory_equal(&audited->ledger, &result->ledger, sizeof result->ledger);
    for (size_t i = 0; i < rules->rule_count; i++)
        assert_memory_equal(&audited->ruling.counts[i], &result->ruling.counts[i],
                            sizeof(dvg_rule_count));
    assert_int_equal(audited->audit.hidden_count, result->ledger.skipped);
    for (size_t i = 0; i < audited->audit.hidden_count; i++) {
        nodes[0] += audited->audit.hidden[i].nodes[0];
        nodes[1] += audited->audit.hidden[i].nodes[1];
    }
    for (int side = 0; side < 2; side++)
        assert_int_equal(nodes[side], result->ledger.side[side].ignored);
    dvg_engine_free(audited);
    dvg_buffer_clear(&expected);
    dvg_buffer_clear(&got);
}

static size_t one_pair(uint32_t seed, uint32_t large, uint32_t threads)
{
    struct pair pair;
    dvg_rules plain;
    dvg_rules ruled;
    dvg_document documents[2];
    char *copies[2];
    dvg_buffer expected;
    dvg_buffer got;
    size_t left_out;
    size_t none;
    chance = seed;
    dvg_buffer_init(&pair.text[0], &allocator);
    dvg_buffer_init(&pair.text[1], &allocator);
    compose(&pair, large);
    make_rules(&plain, seed);
    make_rules(&ruled, seed);
    for (uint32_t i = 1 + draw(3); i > 0; i--)
        add_rule(&ruled, patterns[draw(sizeof patterns / sizeof patterns[0])], DVG_EFFECT_IGNORE,
                 NULL);
    for (int i = 0; i < 2; i++)
        assert_int_equal(read_bytes(&documents[i], &copies[i], pair.text[i].data, pair.text[i].size,
                                    &allocator, &plain.reading, NULL),
                         DVG_OK);
    dvg_result *without = run(&plain, documents, threads, false);
    dvg_result *with = run(&ruled, documents, threads, false);
    list(&expected, without, &ruled, &left_out);
    list(&got, with, NULL, &none);
    if (expected.size != got.size ||
        (got.size > 0 && memcmp(expected.data, got.data, got.size) != 0))
        fail_msg("seed %u: %.2000s\n%.2000s\nexpected:\n%s\ngot:\n%s", (unsigned)seed,
                 dvg_buffer_string(&pair.text[0]), dvg_buffer_string(&pair.text[1]),
                 dvg_buffer_string(&expected), dvg_buffer_string(&got));
    check_counts(with, ruled.skip_count > 0);
    check_audit(with, &ruled, documents, threads);
    dvg_engine_free(without);
    dvg_engine_free(with);
    dvg_rules_clear(&plain);
    dvg_rules_clear(&ruled);
    dvg_buffer_clear(&expected);
    dvg_buffer_clear(&got);
    for (int i = 0; i < 2; i++) {
        dvg_document_clear(&documents[i]);
        free(copies[i]);
        dvg_buffer_clear(&pair.text[i]);
    }
    return left_out;
}

static void ignoring_is_filtering(void **state)
{
    size_t left_out = 0;
    (void)state;
    for (uint32_t seed = 1; seed <= 1500; seed++)
        left_out += one_pair(seed, 2 + seed % 40, 1);
    assert_true(left_out > 500);
}

/* The key's name and text are a part of the path, and change what ends it: rules do not mind. */
static void dots_in_keys(void **state)
{
    static const char *const texts[2] = {"{\"list\":[[1,[2]],{\"x.id\":\"p.q\",\"v\":[[1]]}]}",
                                         "{\"list\":[[3,[4]],{\"x.id\":\"p.q\",\"v\":[[5]]}]}"};
    dvg_rules rules;
    dvg_document documents[2];
    char *copies[2];
    (void)state;
    dvg_rules_init(&rules, &allocator);
    rules.arrays = DVG_MATCH_POSITION;
    assert_int_equal(dvg_rules_add_keyed(&rules, "*", "list", 4, "x.id", 4, &error), DVG_OK);
    assert_int_equal(dvg_rules_finish(&rules, &error), DVG_OK);
    add_rule(&rules, "list[*][0]", DVG_EFFECT_IGNORE, NULL);
    add_rule(&rules, "list[*][1][0]", DVG_EFFECT_IGNORE, NULL);
    add_rule(&rules, "list[x.id=p.q].v[*][*]", DVG_EFFECT_IGNORE, NULL);
    for (int i = 0; i < 2; i++)
        assert_int_equal(read_bytes(&documents[i], &copies[i], texts[i], strlen(texts[i]),
                                    &allocator, &rules.reading, NULL),
                         DVG_OK);
    dvg_result *result = run(&rules, documents, 1, false);
    assert_int_equal(result->record_count, 0);
    assert_int_equal(result->ignored_count, 0);
    for (size_t i = 0; i < rules.rule_count; i++)
        assert_int_equal(result->ruling.counts[i].hits, 1);
    dvg_engine_free(result);
    dvg_rules_clear(&rules);
    for (int i = 0; i < 2; i++) {
        dvg_document_clear(&documents[i]);
        free(copies[i]);
    }
}

/* Large enough that both threads look through keyed arrays. */
static void also_in_two_threads(void **state)
{
    size_t left_out = 0;
    (void)state;
    for (uint32_t seed = 5001; seed <= 5025; seed++)
        left_out += one_pair(seed, 3000, 2);
    assert_true(left_out > 50);
}

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_error_clear(&error);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return counting.live != 0 || counting.wrong_size;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ignoring_is_filtering, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dots_in_keys, set_up, tear_down),
        cmocka_unit_test_setup_teardown(also_in_two_threads, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
