/*
 * Rules through the public calls: what they cost in calls of Lua (nothing), what an account tells
 * of them, and that lack of memory is a status wherever it comes.
 */
#include <diverge/diverge.h>

#include "support/counting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/diverge-account-XXXXXX";
static char path[sizeof folder + 16];

/* Every divergence but `last` is decided by a rule. */
static const char rules_text[] =
    "  rules = { { at = 'list[*]', class = 'two', why = 'known' }, { at = 'hidden', ignore = true "
    "},\n"
    "    { at = 'keyed', match = 'key', key = 'id' }, { at = '*', side = 'left', ignore = true },\n"
    "    { at = 'n.*', class = 'one', severity = 'info' }, { at = 'nowhere', class = 'one' } },\n";

static const char left_text[] =
    "{\"list\": [1, 2, 3, 4], \"hidden\": {\"a\": 1}, \"keyed\": [{\"id\": 1}, {\"id\": 2}],"
    " \"gone\": 1, \"n\": {\"x\": 1}, \"skipped\": 1, \"last\": 1}";
static const char right_text[] =
    "{\"list\": [2, 3, 4, 5], \"hidden\": {\"a\": 2}, \"keyed\": [{\"id\": 2}, {\"id\": 1}],"
    " \"n\": {\"x\": 2}, \"skipped\": 2, \"last\": 2}";

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    (void)snprintf(path, sizeof path, "%s/p.lua", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    (void)unlink(path);
    return rmdir(folder);
}

static void write_profile(const char *rules, const char *classify)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fprintf(file,
            "return { api = 1, name = 'p', documents = { 'd.json' },\n"
            "  classes = { { name = 'one' }, { name = 'two', severity = 'warning' } },\n"
            "  arrays = 'position', skip = { ['*'] = { 'skipped' } }, keyed = { ['d.json'] = { "
            "other = 'id' } },\n"
            "%s%s}\n",
            rules, classify);
    assert_int_equal(fclose(file), 0);
}

/* ---- runs */

static size_t entries;

static void on_watch(void *payload, dvg_watch_event event, const char *name, uint64_t line)
{
    (void)payload;
    (void)name;
    (void)line;
    entries += event == DVG_WATCH_BEGIN;
}

struct run {
    dvg_context *context;
    dvg_document *documents[2];
    dvg_result *result;
};

static dvg_status begin(struct run *run, const dvg_allocator *allocator, bool account,
                        dvg_error *error)
{
    dvg_options options = DVG_OPTIONS_INIT;
    const char *texts[2] = {left_text, right_text};
    memset(run, 0, sizeof *run);
    options.watch = on_watch;
    if (allocator != NULL)
        options.allocator = *allocator;
    dvg_status status = dvg_context_new(&run->context, &options, error);
    if (status == DVG_OK)
        status = dvg_context_use_profile(run->context, path, error);
    for (int i = 0; i < 2 && status == DVG_OK; i++)
        status = dvg_document_read(&run->documents[i], run->context, texts[i], strlen(texts[i]),
                                   NULL, error);
    if (status != DVG_OK)
        return status;
    if (account)
        dvg_context_keep_account(run->context, 100);
    entries = 0;
    return dvg_run_documents(&run->result, run->context, run->documents[0], run->documents[1],
                             "d.json", error);
}

static void end(struct run *run)
{
    dvg_result_free(run->result);
    for (int i = 0; i < 2; i++)
        dvg_document_free(run->documents[i]);
    dvg_context_free(run->context);
}

static void must_begin(struct run *run, bool account)
{
    dvg_error error;
    if (begin(run, NULL, account, &error) != DVG_OK)
        fail_msg("%s:%d: %s", error.file, (int)error.line, error.message);
}

/* ---- tests */

static void rules_call_no_script(void **state)
{
    struct run run;
    (void)state;
    write_profile(rules_text, "");
    must_begin(&run, false);
    assert_int_equal(dvg_result_count(run.result), 6);
    assert_int_equal(dvg_result_ignored_count(run.result), 1);
    assert_int_equal(entries, 0);
    end(&run);
    write_profile("", "classify = function(d) return 'one' end");
    must_begin(&run, false);
    /* One entry for the run, one for each divergence. */
    assert_int_equal(entries, 1 + dvg_result_count(run.result));
    end(&run);
    write_profile(rules_text, "classify = function(d) return 'one' end");
    must_begin(&run, false);
    assert_int_equal(dvg_result_count(run.result), 6);
    assert_int_equal(entries, 1 + 1);
    end(&run);
}

static void check_account(const dvg_result *result, size_t index, dvg_account_kind kind,
                          const char *at, const char *effects, uint64_t hits, uint64_t nodes)
{
    dvg_account account;
    assert_true(dvg_result_account_get(result, index, &account));
    assert_int_equal(account.kind, kind);
    assert_string_equal(account.at, at);
    assert_string_equal(account.effects, effects);
    assert_true(account.counted);
    assert_int_equal(account.hits, hits);
    assert_int_equal(account.left_nodes, nodes);
}

static void an_account_tells_all(void **state)
{
    struct run run;
    dvg_account account;
    dvg_error error;
    dvg_text line;
    (void)state;
    write_profile(rules_text, "");
    must_begin(&run, true);
    dvg_result *result = run.result;
    assert_int_equal(dvg_result_account_count(result), 8);
    check_account(result, 0, DVG_ACCOUNT_RULE, "list[*]", "class", 4, 0);
    check_account(result, 1, DVG_ACCOUNT_RULE, "hidden", "ignore", 1, 4);
    check_account(result, 2, DVG_ACCOUNT_RULE, "keyed", "match", 1, 0);
    check_account(result, 3, DVG_ACCOUNT_RULE, "*", "ignore", 1, 0);
    check_account(result, 4, DVG_ACCOUNT_RULE, "n.*", "class, severity", 2, 0);
    check_account(result, 5, DVG_ACCOUNT_RULE, "nowhere", "class", 0, 0);
    check_account(result, 6, DVG_ACCOUNT_SKIP, "skipped", "ignore", 1, 2);
    check_account(result, 7, DVG_ACCOUNT_KEYED, "other", "id", 0, 0);
    assert_false(dvg_result_account_get(result, 8, &account));
    assert_int_equal(dvg_result_hidden_count(result), 2);
    assert_int_equal(dvg_result_hidden_line(result, 0, &line, &error), DVG_OK);
    assert_non_null(strstr(line.data, "d.json: hidden: hidden by rules[2] of "));
    assert_non_null(strstr(line.data, ", 4 values and names left, 4 right"));
    assert_int_equal(dvg_result_hidden_line(result, 1, &line, &error), DVG_OK);
    assert_string_equal(line.data, "d.json: skipped: hidden by the skip \"skipped\", 2 values and "
                                   "names left, 2 right");
    assert_int_equal(dvg_result_hidden_line(result, 2, &line, &error), DVG_E_ARGUMENT);
    end(&run);
}

static void without_an_account(void **state)
{
    struct run run;
    dvg_account account;
    dvg_error error;
    dvg_text text;
    (void)state;
    write_profile(rules_text, "");
    must_begin(&run, false);
    assert_true(dvg_result_account_get(run.result, 0, &account));
    assert_true(account.counted);
    assert_int_equal(account.hits, 4);
    assert_true(dvg_result_account_get(run.result, 6, &account));
    assert_false(account.counted);
    assert_int_equal(dvg_result_hidden_count(run.result), 0);
    assert_int_equal(dvg_result_explain(run.result, "d.json", "", &text, NULL, &error),
                     DVG_E_ARGUMENT);
    end(&run);
}

static void ignored_ones_stand_last(void **state)
{
    struct run run;
    dvg_divergence found;
    dvg_error error;
    dvg_text line;
    (void)state;
    write_profile(rules_text, "");
    must_begin(&run, false);
    size_t index = dvg_result_count(run.result);
    assert_int_equal(dvg_result_get(run.result, index, &found, &error), DVG_OK);
    assert_string_equal(found.path.data, "gone");
    assert_non_null(strstr(found.ignored_by, "rules[4] of "));
    assert_null(found.suppressed_by);
    assert_int_equal(dvg_result_line(run.result, index, &line, &error), DVG_OK);
    assert_non_null(strstr(line.data, "d.json: gone: member-missing (ignored by rules[4] of "));
    assert_int_equal(dvg_result_get(run.result, index + 1, &found, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_result_get(run.result, 0, &found, &error), DVG_OK);
    assert_null(found.ignored_by);
    end(&run);
}

static void a_place_is_explained(void **state)
{
    static const struct {
        const char *path, *words;
        bool counts;
    } rows[] = {
        {"list[0]", "class: two, by rules[1] of", true},
        {"/list/0", "d.json: list[0]\n  pointer: \"/list/0\"", true},
        {"hidden.a", "not compared: hidden is hidden by rules[2]", false},
        {"skipped", "not compared: is hidden by the skip \"skipped\"", false},
        {"keyed[id=2]", "matched: by the key id, by rules[3]", false},
        {"keyed", "its elements are matched: by the key id, by rules[3]", false},
        {"gone", "set aside by rules[4]", false},
        {"n.x", "severity: info, by rules[5]", true},
        {"last", "class: one, the default class: nobody named one", true},
        {"n", "divergences below: 1", true},
        {"", "divergences below: 6, set aside by rules: 1", true},
    };
    struct run run;
    dvg_error error;
    dvg_text words;
    bool counts;
    (void)state;
    write_profile(rules_text, "");
    must_begin(&run, true);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(
            dvg_result_explain(run.result, "d.json", rows[i].path, &words, &counts, &error),
            DVG_OK);
        if (strstr(words.data, rows[i].words) == NULL || counts != rows[i].counts)
            fail_msg("%s: %d\n%s", rows[i].path, (int)counts, words.data);
    }
    assert_int_equal(dvg_result_explain(run.result, "d.json", "list[9]", &words, NULL, &error),
                     DVG_E_ARGUMENT);
    assert_string_equal(error.message, "d.json has no place \"list[9]\" on either side");
    assert_int_equal(dvg_result_explain(run.result, "e.json", "", &words, NULL, &error),
                     DVG_E_ARGUMENT);
    end(&run);
}

static dvg_status try_all(const dvg_allocator *allocator, dvg_error *error)
{
    static const char *const paths[] = {"keyed[id=2]", "/hidden/a", "gone", ""};
    struct run run;
    dvg_text text;
    dvg_status status = begin(&run, allocator, true, error);
    for (size_t i = 0; status == DVG_OK && i < 4; i++)
        status = dvg_result_explain(run.result, "d.json", paths[i], &text, NULL, error);
    if (status == DVG_OK)
        status = dvg_result_hidden_line(run.result, 0, &text, error);
    end(&run);
    return status;
}

static void lack_of_memory_is_a_status(void **state)
{
    struct counting counting;
    dvg_error error;
    size_t failed = 0;
    (void)state;
    write_profile(rules_text, "classify = function(d) return 'one' end");
    for (size_t at = 1;; at++) {
        const dvg_allocator allocator = counting_allocator(&counting);
        counting.fail_at = at;
        counting.fail_after = at % 2 == 0;
        dvg_status status = try_all(&allocator, &error);
        assert_int_equal(counting.live, 0);
        assert_false(counting.wrong_size);
        if (counting.calls < at)
            break;
        if (status != DVG_OK && status != DVG_E_MEMORY)
            fail_msg("allocation %zu: status %d, %s", at, (int)status, error.message);
        failed += status == DVG_E_MEMORY;
    }
    assert_true(failed > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_call_no_script), cmocka_unit_test(an_account_tells_all),
        cmocka_unit_test(without_an_account),   cmocka_unit_test(ignored_ones_stand_last),
        cmocka_unit_test(a_place_is_explained), cmocka_unit_test(lack_of_memory_is_a_status),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
