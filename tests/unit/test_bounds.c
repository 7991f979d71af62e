/*
 * test_bounds: what bounds scripts, through the public header: the watch, the limits of dvg_options
 * and their defaults. What scripts try against them is tests/hostile.
 */
#include <diverge/diverge.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/diverge-bounds-XXXXXX";

static void path_of(char *path, size_t size, const char *name)
{
    (void)snprintf(path, size, "%s/%s", folder, name);
}

static void write_file(const char *name, const char *text)
{
    char path[256];
    path_of(path, sizeof path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

/* What the watch was told, a letter an event; lines are counted. */
struct told {
    char events[256];
    size_t count;
    size_t lines;
    uint64_t last_line;
};

static void watch(void *payload, dvg_watch_event event, const char *name, uint64_t line)
{
    struct told *told = payload;
    bool named = event == DVG_WATCH_BEGIN || event == DVG_WATCH_LINE || event == DVG_WATCH_RESUME;
    assert_true(named == (name != NULL));
    assert_true((event == DVG_WATCH_LINE) == (line > 0));
    if (event == DVG_WATCH_LINE) {
        told->lines++;
        told->last_line = line;
    } else if (told->count + 1 < sizeof told->events) {
        told->events[told->count++] = "B?PRE"[event];
    }
}

/* Load the text as a profile and compare the two sides with it. */
static dvg_status run(const char *text, const dvg_options *options, dvg_error *error)
{
    char path[3][256];
    dvg_context *context = NULL;
    dvg_result *result = NULL;
    write_file("p.lua", text);
    path_of(path[0], sizeof path[0], "p.lua");
    path_of(path[1], sizeof path[1], "left");
    path_of(path[2], sizeof path[2], "right");
    assert_int_equal(dvg_context_new(&context, options, error), DVG_OK);
    dvg_status status = dvg_context_use_profile(context, path[0], error);
    if (status == DVG_OK)
        status = dvg_run(&result, context, path[1], path[2], error);
    dvg_result_free(result);
    dvg_context_free(context);
    return status;
}

#define PROFILE "return { api = 1, name = 'p', documents = { 'a.json' },\n"

static void watch_is_told(void **state)
{
    struct told told = {{0}, 0, 0, 0};
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_error error;
    (void)state;
    options.watch = watch;
    options.watch_payload = &told;
    assert_int_equal(run(PROFILE "gates = function(run)\n"
                                 "run.left:document('a.json')\nrun.left:sha256('a.json')\n"
                                 "for i = 1, 1e5 do local x = i end end }",
                         &options, &error),
                     DVG_OK);
    assert_non_null(strstr(told.events, "BPRPRE"));
    assert_true(told.lines > 0);
    assert_int_equal(told.last_line, 5);
    /* Every entry that begins ends, and no pause is left open. */
    int open = 0;
    for (const char *at = told.events; *at != '\0'; at++)
        open += (*at == 'B') - (*at == 'E');
    assert_int_equal(open, 0);
}

/* A strict sandbox stops a script at the same instruction in every run. */
static void strict_counts(void **state)
{
    uint64_t line[2];
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_error error;
    (void)state;
    options.sandbox = DVG_SANDBOX_STRICT;
    options.script_instructions = 50000;
    options.script_milliseconds = 1; /* does not stop it */
    for (int i = 0; i < 2; i++) {
        assert_int_equal(
            run("local n = 0\n"
                "for i = 1, 4000 do\nn = n + i\nn = n - 1\nn = n * 1\nn = n // 1\nend\n"
                "while true do\nn = n + 1\nn = n - 1\nn = n * 1\nend\n" PROFILE "}",
                &options, &error),
            DVG_E_SCRIPT);
        assert_non_null(strstr(error.message, "more than 50000 instructions"));
        line[i] = error.line;
    }
    assert_true(line[0] > 0);
    assert_int_equal(line[0], line[1]);
}

/* The time of a run is that of one run: the next one begins anew. */
static void each_run_has_its_time(void **state)
{
    char path[3][256];
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_context *context = NULL;
    dvg_error error;
    (void)state;
    write_file("p.lua", PROFILE "gates = function(run) for i = 1, 2e6 do local x = i end end }");
    path_of(path[0], sizeof path[0], "p.lua");
    path_of(path[1], sizeof path[1], "left");
    path_of(path[2], sizeof path[2], "right");
    options.script_run_milliseconds = 2000;
    assert_int_equal(dvg_context_new(&context, &options, &error), DVG_OK);
    assert_int_equal(dvg_context_use_profile(context, path[0], &error), DVG_OK);
    for (int i = 0; i < 3; i++) {
        dvg_result *result = NULL;
        assert_int_equal(dvg_run(&result, context, path[1], path[2], &error), DVG_OK);
        dvg_result_free(result);
    }
    dvg_context_free(context);
    options.script_run_milliseconds = 1;
    assert_int_equal(run(PROFILE "gates = function(run) while true do end end }", &options, &error),
                     DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "took longer than 1 ms"));
}

static void defaults_hold(void **state)
{
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_error error;
    (void)state;
    assert_int_equal(run("string.rep('x', 64 << 20)\n" PROFILE "}", &options, &error),
                     DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "more memory than its 67108864 bytes"));
    assert_int_equal(run("string.rep('x', 20 << 20)\n" PROFILE "}", &options, &error), DVG_OK);
    options.script_memory = 1 << 20; /* and 64 times that in volume */
    assert_int_equal(run("for i = 1, 50 do local s = string.rep('x', 1 << 18) end\n" PROFILE "}",
                         &options, &error),
                     DVG_OK);
    assert_int_equal(run("for i = 1, 1000 do local s = string.rep('x', 1 << 18) end\n" PROFILE "}",
                         &options, &error),
                     DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "allocated more than 67108864 bytes"));
}

static int set_up(void **state)
{
    char path[256];
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    path_of(path, sizeof path, "left");
    if (mkdir(path, 0700) != 0)
        return -1;
    path_of(path, sizeof path, "right");
    if (mkdir(path, 0700) != 0)
        return -1;
    write_file("left/a.json", "{\"a\": 1}");
    write_file("right/a.json", "{\"a\": 2}");
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"p.lua", "left/a.json", "right/a.json",
                                        "left",  "right",       ""};
    char path[256];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        path_of(path, sizeof path, names[i]);
        (void)remove(path);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(watch_is_told),
        cmocka_unit_test(strict_counts),
        cmocka_unit_test(each_run_has_its_time),
        cmocka_unit_test(defaults_hold),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
