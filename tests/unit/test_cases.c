/*
 * test_cases: tests of scripts through the public call: what a host is told of each case, and what
 * ends the call. What a test can say is in tests/cli/test-script*.
 */
#include <diverge/diverge.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/chunks.h"

static char folder[] = "/tmp/diverge-cases-XXXXXX";
static char script[128];

static void write_file(const char *name, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void setting(const char *test)
{
    write_file("x.lua", "return { api = 1, classify = function(d) return nil, nil, d.path end }");
    write_file("x_test.lua", test);
    (void)snprintf(script, sizeof script, "%s/x.lua", folder);
}

/* What was told, and how many cases to take. */
struct told {
    int most;
    int cases;
    char text[1024];
};

static int take(void *payload, const dvg_test_case *result)
{
    struct told *told = payload;
    char line[256];
    (void)snprintf(line, sizeof line, "%s %d %d %d %s:%d\n", result->name, (int)result->check_count,
                   (int)result->failure_count, (int)result->failures_told,
                   result->failures_told > 0 ? result->failures[0].message : "",
                   result->failures_told > 0 ? (int)result->failures[0].line : 0);
    strcat(told->text, line);
    return ++told->cases < told->most ? 0 : -1;
}

static void cases_are_told(void **state)
{
    struct told told = {9, 0, ""};
    dvg_context *context = NULL;
    dvg_error error;
    (void)state;
    setting("return { profile = 'phase-b',\n"
            "second = function(t) t:equal(1, 2) end,\n"
            "first = function(t) t:check(true) end }");
    assert_int_equal(dvg_context_new(&context, NULL, &error), DVG_OK);
    assert_int_equal(dvg_context_test_script(context, script, NULL, take, &told, &error), DVG_OK);
    assert_string_equal(told.text, "second 1 1 1 expected 2, got 1:2\nfirst 1 0 0 :0\n");
    assert_null(dvg_context_profile_name(context));
    dvg_context_free(context);
}

static void calls_end_as_they_say(void **state)
{
    struct told told = {1, 0, ""};
    dvg_context *context = NULL;
    dvg_test_options options = DVG_TEST_OPTIONS_INIT;
    dvg_error error;
    (void)state;
    setting("return { a = function(t) t:check(true) end, b = function(t) t:check(true) end }");
    assert_int_equal(dvg_context_new(&context, NULL, &error), DVG_OK);
    options.profile = "phase-b";
    assert_int_equal(dvg_context_test_script(context, script, &options, take, &told, &error),
                     DVG_E_CANCELLED);
    assert_int_equal(told.cases, 1);
    options.version = 7;
    assert_int_equal(dvg_context_test_script(context, script, &options, take, &told, &error),
                     DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_test_script(context, script, NULL, NULL, &told, &error),
                     DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_test_script(context, "", NULL, take, &told, &error),
                     DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_test_script(NULL, script, NULL, take, &told, NULL),
                     DVG_E_ARGUMENT);
    dvg_context_free(context);
}

/* An allocator that fails from a certain request on. */
struct meter {
    long left;
};

static void *allocate(void *payload, void *block, size_t old_size, size_t new_size)
{
    struct meter *meter = payload;
    (void)old_size;
    if (is_pool_chunk(block, new_size))
        return NULL;
    if (new_size == 0) {
        free(block);
        return NULL;
    }
    if (new_size > old_size && --meter->left < 0)
        return NULL;
    return realloc(block, new_size);
}

/* Where memory ends, at every request in turn, nothing leaks and no case passes. */
static void memory_may_end_anywhere(void **state)
{
    dvg_status status = DVG_E_MEMORY;
    (void)state;
    setting("return { profile = 'phase-b', a = function(t)\n"
            "local r = t:run({ a = 1 }, { a = 2 })\n"
            "t:equal(r.divergences[1].note, 'a')\n"
            "t:equal(select(3, t:class { file = 'vfs.json', path = 'b[k=1].c', left = {} }), "
            "'b[k=1].c')\n"
            "t:check(#t:report({ a = 1 }, { a = 2 }) > 0) end }");
    for (long allowed = 1; status != DVG_OK; allowed += allowed < 60 ? 1 : 7) {
        struct meter meter = {allowed};
        struct told told = {9, 0, ""};
        dvg_options options = DVG_OPTIONS_INIT;
        dvg_context *context = NULL;
        dvg_error error;
        options.allocator.function = allocate;
        options.allocator.payload = &meter;
        status = dvg_context_new(&context, &options, &error);
        if (status == DVG_OK)
            status = dvg_context_test_script(context, script, NULL, take, &told, &error);
        if (status == DVG_OK)
            assert_string_equal(told.text, "a 3 0 0 :0\n");
        else
            assert_int_equal(status, DVG_E_MEMORY);
        dvg_context_free(context);
        assert_true(allowed < 1000000);
    }
}

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    char command[128];
    (void)state;
    (void)snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_told),
        cmocka_unit_test(calls_end_as_they_say),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
