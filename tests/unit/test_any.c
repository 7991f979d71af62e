/*
 * Any two snapshots, as a host compares them: directories, files, what is neither; the ledger;
 * every allocation of a run fails in turn.
 */
#define _DEFAULT_SOURCE
#include <diverge/diverge.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/chunks.h"

static char folder[] = "/tmp/diverge-any-XXXXXX";
static dvg_error error;

/* An allocator that counts, and fails at one call, or from that call on. */
static struct meter {
    size_t live, calls, fail_at;
    bool for_ever;
} meter;

static void *metered(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    if (is_pool_chunk(pointer, new_size))
        return NULL;
    if (new_size > old_size || pointer == NULL) {
        meter.calls++;
        if (meter.fail_at > 0 &&
            (meter.for_ever ? meter.calls >= meter.fail_at : meter.calls == meter.fail_at))
            return NULL;
    }
    if (new_size == 0) {
        free(pointer);
        meter.live -= pointer == NULL ? 0 : old_size;
        return NULL;
    }
    void *block = realloc(pointer, new_size);
    if (block != NULL)
        meter.live += new_size - (pointer == NULL ? 0 : old_size);
    return block;
}

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return -1;
    return system("mkdir -p left/sub right/sub left/empty left/kind right/links && "
                  "echo '{\"a\":1}' >left/a.json && echo '{\"a\":2}' >right/a.json && "
                  "echo '[1,2]' >left/sub/.b.json && echo '[1, 2]' >right/sub/.b.json && "
                  "echo x >left/x && echo y >right/x && echo same >left/same && "
                  "echo same >right/same && ln -s nowhere left/dead && echo file >right/kind && "
                  "ln -s ../a.json right/links/one && ln -s sub right/also");
}

static int remove_folder(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return chdir("/") == 0 ? system(command) : -1;
}

static dvg_context *open_context(const char *profile)
{
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_context *context = NULL;
    memset(&meter, 0, sizeof meter);
    options.allocator.function = metered;
    assert_int_equal(dvg_context_new(&context, &options, &error), DVG_OK);
    assert_int_equal(dvg_context_use_profile(context, profile, &error), DVG_OK);
    return context;
}

static void check_divergence(dvg_result *result, size_t index, const char *file, const char *kind,
                             const char *class_name)
{
    dvg_divergence found;
    assert_int_equal(dvg_result_get(result, index, &found, &error), DVG_OK);
    assert_string_equal(found.file, file);
    assert_string_equal(found.kind, kind);
    assert_string_equal(found.class_name, class_name);
}

static void everything_below_is_compared(void **state)
{
    (void)state;
    dvg_context *context = open_context("default");
    dvg_result *result = NULL;
    dvg_text value;
    assert_int_equal(dvg_run(&result, context, "left", "right", &error), DVG_OK);
    assert_int_equal(dvg_result_count(result), 7);
    check_divergence(result, 0, "a.json", "value", "value");
    check_divergence(result, 1, "also/.b.json", "file-extra", "structural");
    check_divergence(result, 2, "dead", "file-missing", "structural");
    check_divergence(result, 3, "empty/", "file-missing", "structural");
    check_divergence(result, 4, "kind", "file-type", "structural");
    check_divergence(result, 5, "links/one", "file-extra", "structural");
    check_divergence(result, 6, "x", "bytes", "binary");
    assert_int_equal(dvg_result_value(result, 6, DVG_LEFT, &value, &error), DVG_OK);
    assert_string_equal(value.data, "{\"size\":2,\"differs_at\":0,\"bytes\":\"780a\"}");
    const dvg_ledger *ledger = dvg_result_ledger(result);
    assert_true(ledger->documents == 3 && ledger->documents_walked == 2);
    assert_true(ledger->documents_missing == 1 && ledger->outside == 0);
    assert_true(ledger->files == 5 && ledger->files_missing == 3 && ledger->folders == 1);
    assert_true(ledger->warnings == 1);
    dvg_result_free(result);
    dvg_context_free(context);
    assert_int_equal(meter.live, 0);
}

static void sides_are_two_of_a_kind(void **state)
{
    (void)state;
    dvg_context *context = open_context("default");
    dvg_result *result = NULL;
    assert_int_equal(dvg_run(&result, context, "left/x", "right/a.json", &error), DVG_E_INPUT);
    assert_string_equal(error.file, "left/x");
    assert_int_equal(dvg_run(&result, context, "left", "right/x", &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_run(&result, context, "left/x", "no", &error), DVG_E_IO);
    assert_int_equal(dvg_run(&result, context, "left", "no", &error), DVG_E_ABSENT);
    assert_int_equal(dvg_run(&result, context, "left/a.json", "/dev/null", &error), DVG_E_IO);
    assert_int_equal(dvg_run_directories(&result, context, "left/a.json", "right/a.json", &error),
                     DVG_E_ABSENT);
    assert_null(result);
    assert_int_equal(dvg_run(&result, context, "left/a.json", "right/links/one", &error), DVG_OK);
    check_divergence(result, 0, "a.json", "value",
                     "value"); /* the left name is the one that a glob matches */
    dvg_result_free(result);
    assert_int_equal(dvg_run_directories(&result, context, "left", "left", &error), DVG_OK);
    assert_int_equal(dvg_result_verdict(result), DVG_SAME);
    dvg_result_free(result);
    dvg_context_free(context);
}

/* Once and for ever: no verdict, nothing left behind; or, where something could be done without
 * the memory, the very same verdict. */
static void fail_each(const char *left, const char *right, size_t divergences)
{
    size_t calls = 1;
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        for (size_t at = 1; at <= calls; at++) {
            dvg_context *context = open_context("default");
            dvg_result *result = NULL;
            size_t before = meter.calls;
            meter.fail_at = at > 1 ? before + at - 1 : 0;
            meter.for_ever = for_ever != 0;
            dvg_status status = dvg_run(&result, context, left, right, &error);
            calls = at == 1 ? meter.calls - before + 1 : calls;
            meter.fail_at = 0;
            if (status == DVG_OK)
                assert_int_equal(dvg_result_count(result), divergences);
            else
                assert_int_equal(status, DVG_E_MEMORY);
            dvg_result_free(result);
            dvg_context_free(context);
            assert_int_equal(meter.live, 0);
        }
    }
    assert_true(calls > 10);
}

static void every_allocation_can_fail(void **state)
{
    (void)state;
    fail_each("left", "right", 7);
    fail_each("left/a.json", "right/a.json", 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_below_is_compared),
        cmocka_unit_test(sides_are_two_of_a_kind),
        cmocka_unit_test(every_allocation_can_fail),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
