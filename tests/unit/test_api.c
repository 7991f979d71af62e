/*
 * The public calls as a host makes them: arguments, defaults, who owns what, and what is left when
 * something fails.
 */
#include <diverge/diverge.h>

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/chunks.h"

/* ---------------------------------------------------------------- a folder to play in */

static char folder[] = "/tmp/diverge-api-XXXXXX";

static const char *const folders[] = {"profile", "report", "left", "right"};

static const struct {
    const char *name;
    const char *text;
} files[] = {
    {"profile/pair.lua",
     "return { api = 1, name = 'pair', title = 'A pair',\n"
     "  sides = { left = 'before', right = 'after' },\n"
     "  documents = { 'd.json' },\n"
     "  output = { beside = 'left', name = 'found.txt' },\n"
     "  classes = { { name = 'any' } },\n"
     "  classify = function(d) return 'any' end,\n"
     "  options = { extra = { type = 'file', help = 'a file' }, loud = { type = 'flag' } },\n"
     "  reports = { 'lines', 'again' } }\n"},
    {"profile/quiet.lua",
     "return { api = 1, name = 'quiet', title = 'To standard output', documents = { 'd.json' },\n"
     "  classes = { { name = 'some' } }, classify = function(d) return 'some' end,\n"
     "  reports = { 'lines' } }\n"},
    {"report/lines.lua", "return { api = 1, name = 'lines', extension = 'txt',\n"
                         "  divergence = function(out, d) out:write(d.path, '\\n') end }\n"},
    {"report/again.lua", "return { api = 1, name = 'again', extension = 'again',\n"
                         "  divergence = function(out, d) out:write(d.kind, '\\n') end }\n"},
    {"left/d.json", "{\"a\": 1, \"b\": [1, 2], \"c\": \"x\"}\n"},
    {"right/d.json", "{\"a\": 2, \"b\": [1, 2], \"c\": null}\n"},
};
#define FILE_COUNT (sizeof files / sizeof *files)
#define FOLDER_COUNT (sizeof folders / sizeof *folders)

/* A path in the folder; valid until the fourth call from here. */
static const char *in(const char *name)
{
    static char paths[4][256];
    static unsigned next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(in(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void read_file(const char *name, char *text, size_t size)
{
    FILE *file = fopen(in(name), "rb");
    assert_non_null(file);
    size_t length = fread(text, 1, size - 1, file);
    text[length] = '\0';
    assert_int_equal(fclose(file), 0);
}

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    for (size_t i = 0; i < FOLDER_COUNT; i++)
        if (mkdir(in(folders[i]), 0700) != 0)
            return -1;
    for (size_t i = 0; i < FILE_COUNT; i++)
        write_file(files[i].name, files[i].text);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    for (size_t i = 0; i < FILE_COUNT; i++)
        (void)unlink(in(files[i].name));
    (void)unlink(in("found.txt"));
    (void)unlink(in("found.again"));
    for (size_t i = 0; i < FOLDER_COUNT; i++)
        (void)rmdir(in(folders[i]));
    return rmdir(folder);
}

/* ---------------------------------------------------------------- contexts */

/* An allocator that counts what is live and fails from call `fail_at` on. */
struct meter {
    size_t live;
    size_t calls;
    size_t fail_at; /* 0: never */
};

static void *metered(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    struct meter *meter = payload;
    if (is_pool_chunk(pointer, new_size))
        return NULL;
    if (new_size == 0) {
        meter->live -= pointer != NULL ? old_size : 0;
        free(pointer);
        return NULL;
    }
    meter->calls++;
    if (meter->fail_at != 0 && meter->calls >= meter->fail_at && new_size > old_size)
        return NULL;
    void *block = realloc(pointer, new_size);
    if (block != NULL)
        meter->live += new_size - (pointer != NULL ? old_size : 0);
    return block;
}

static dvg_status open_context(dvg_context **context, struct meter *meter)
{
    const char *path[] = {folder};
    dvg_options options = DVG_OPTIONS_INIT;
    options.script_path = path;
    options.script_path_count = 1;
    if (meter != NULL) {
        options.allocator.function = metered;
        options.allocator.payload = meter;
    }
    return dvg_context_new(context, &options, NULL);
}

static dvg_context *context_with(const char *profile)
{
    dvg_context *context;
    dvg_error error;
    assert_int_equal(open_context(&context, NULL), DVG_OK);
    if (profile != NULL && dvg_context_use_profile(context, profile, &error) != DVG_OK)
        fail_msg("%s: %s", error.file, error.message);
    return context;
}

static void tells_its_version(void **state)
{
    (void)state;
    char expected[32];
    snprintf(expected, sizeof expected, "%d.%d.%d", DVG_VERSION_MAJOR, DVG_VERSION_MINOR,
             DVG_VERSION_PATCH);
    assert_string_equal(dvg_version(), expected);
}

static void refuses_unknown_options(void **state)
{
    (void)state;
    dvg_context *context = (dvg_context *)&context;
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_error error;
    options.version = DVG_OPTIONS_VERSION + 1;
    assert_int_equal(dvg_context_new(&context, &options, &error), DVG_E_ARGUMENT);
    assert_int_equal(error.status, DVG_E_ARGUMENT);
    assert_null(context);
    assert_int_equal(dvg_context_new(NULL, NULL, &error), DVG_E_ARGUMENT);
    /* The same object serves again, and a success leaves nothing of the failure in it. */
    assert_int_equal(dvg_context_new(&context, NULL, &error), DVG_OK);
    assert_int_equal(error.status, DVG_OK);
    dvg_context_free(context);
    dvg_context_free(NULL);
}

static void needs_a_profile(void **state)
{
    (void)state;
    dvg_context *context = context_with(NULL);
    dvg_result *result;
    dvg_error error;
    char *path;
    assert_null(dvg_context_profile_name(context));
    assert_int_equal(dvg_context_option_count(context), 0);
    assert_int_equal(dvg_context_report_count(context), 0);
    assert_null(dvg_context_report_name(context, 0));
    assert_int_equal(dvg_run(&result, context, in("left"), in("right"), &error), DVG_E_ARGUMENT);
    assert_null(result);
    assert_int_equal(dvg_context_set_option(context, "loud", NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_report_path(context, 0, "o", "l", "r", &path, &error),
                     DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_use_profile(context, "no-such-profile", &error), error.status);
    assert_int_not_equal(error.status, DVG_OK);
    dvg_context_free(context);
}

static void describes_options(void **state)
{
    (void)state;
    dvg_context *context = context_with("pair");
    dvg_option_info info;
    assert_string_equal(dvg_context_profile_name(context), "pair");
    assert_int_equal(dvg_context_option_count(context), 4);
    assert_true(dvg_context_option_get(context, 0, &info));
    assert_string_equal(info.name, "before");
    assert_int_equal(info.type, DVG_OPTION_SIDE);
    assert_int_equal(info.side, DVG_LEFT);
    assert_true(dvg_context_option_get(context, 1, &info));
    assert_string_equal(info.name, "after");
    assert_int_equal(info.side, DVG_RIGHT);
    assert_false(dvg_context_option_get(context, 4, &info));
    assert_int_equal(dvg_context_set_option(context, "loud", NULL, NULL), DVG_OK);
    assert_int_equal(dvg_context_set_option(context, "nothing", "x", NULL), DVG_E_ARGUMENT);
    /* A profile that cannot be loaded leaves the one in use. */
    assert_int_not_equal(dvg_context_use_profile(context, "no-such-profile", NULL), DVG_OK);
    assert_string_equal(dvg_context_profile_name(context), "pair");
    dvg_context_free(context);
}

static void check_path(dvg_context *context, size_t index, const char *out, const char *left,
                       const char *expected)
{
    char *path;
    assert_int_equal(dvg_context_report_path(context, index, out, left, "r", &path, NULL), DVG_OK);
    if (expected == NULL)
        assert_null(path);
    else
        assert_string_equal(path, expected);
    dvg_context_release_text(context, path);
}

static void places_reports(void **state)
{
    (void)state;
    dvg_context *context = context_with("pair");
    dvg_error error;
    char *path;
    check_path(context, 0, NULL, "runs//one/.", "runs/found.txt");
    check_path(context, 1, NULL, "runs/one", "runs/found.again");
    check_path(context, 0, "", "one", "found.txt");
    check_path(context, 0, NULL, "one/..", "one/found.txt");
    check_path(context, 0, "./a//b.md", "one", "a/b.md");
    check_path(context, 1, "./a//b.md", "one", "a/b.again");
    check_path(context, 1, ".hidden", "one", ".hidden.again");
    assert_int_equal(dvg_context_report_path(context, 1, "/", "l", "r", &path, &error),
                     DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_report_path(context, 2, NULL, "l", "r", &path, &error),
                     DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_use_profile(context, "quiet", NULL), DVG_OK);
    check_path(context, 0, NULL, "one", NULL);
    check_path(context, 0, "x", "one", "x");
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- runs */

static void check_divergence(dvg_result *result, size_t index, const char *path, const char *left,
                             const char *right)
{
    dvg_divergence found;
    dvg_text text;
    assert_int_equal(dvg_result_get(result, index, &found, NULL), DVG_OK);
    assert_string_equal(found.file, "d.json");
    assert_int_equal(found.path.size, strlen(path));
    assert_memory_equal(found.path.data, path, strlen(path));
    assert_string_equal(found.class_name, "any");
    assert_string_equal(found.severity, "error");
    assert_null(found.note);
    assert_int_equal(dvg_result_value(result, index, DVG_LEFT, &text, NULL), DVG_OK);
    assert_int_equal(text.size, strlen(left));
    assert_memory_equal(text.data, left, strlen(left));
    assert_int_equal(dvg_result_value(result, index, DVG_RIGHT, &text, NULL), DVG_OK);
    assert_int_equal(text.size, strlen(right));
    assert_memory_equal(text.data, right, strlen(right));
}

static void compares_two_snapshots(void **state)
{
    (void)state;
    dvg_context *context = context_with("pair");
    dvg_result *result;
    dvg_divergence found;
    assert_int_equal(dvg_run(&result, context, in("left"), in("right"), NULL), DVG_OK);
    assert_int_equal(dvg_result_verdict(result), DVG_DIFFERENT);
    assert_false(dvg_result_identical(result));
    assert_int_equal(dvg_result_count(result), 2);
    check_divergence(result, 0, "a", "1", "2");
    check_divergence(result, 1, "c", "\"x\"", "null");
    assert_int_equal(dvg_result_get(result, 2, &found, NULL), DVG_E_ARGUMENT);
    assert_int_equal(dvg_result_ledger(result)->documents, 1);
    assert_int_equal(dvg_result_ledger(result)->documents_walked, 1);
    dvg_result_free(result);
    assert_int_equal(dvg_run(&result, context, in("left"), in("left"), NULL), DVG_OK);
    assert_int_equal(dvg_result_verdict(result), DVG_SAME);
    assert_true(dvg_result_identical(result));
    dvg_result_free(result);
    dvg_error error;
    assert_int_equal(dvg_run(&result, context, in("left"), in("none"), &error), DVG_E_ABSENT);
    assert_null(result);
    dvg_result_free(NULL);
    dvg_context_free(context);
}

static dvg_document *document(dvg_context *context, const char *text)
{
    dvg_document *made;
    assert_int_equal(dvg_document_read(&made, context, text, strlen(text), NULL, NULL), DVG_OK);
    return made;
}

static void compares_two_documents(void **state)
{
    (void)state;
    dvg_context *context = context_with("pair");
    dvg_document *left = document(context, "{\"k\": 1}");
    dvg_document *right = document(context, "{\"k\": 1.0}");
    dvg_result *result;
    assert_int_equal(dvg_document_inexact(left), 0);
    assert_int_equal(dvg_run_documents(&result, context, left, right, "d.json", NULL), DVG_OK);
    assert_int_equal(dvg_result_count(result), 1);
    check_divergence(result, 0, "k", "1", "1.0");
    dvg_result_free(result);
    dvg_document_free(left);
    dvg_document_free(right);
    dvg_document_free(NULL);
    dvg_context_free(context);
}

static void names_the_place_of_an_error(void **state)
{
    (void)state;
    dvg_context *context = context_with(NULL);
    dvg_document *made;
    dvg_error error;
    assert_int_equal(dvg_document_read(&made, context, "[1,\n 01]", 8, "state", &error),
                     DVG_E_INPUT);
    assert_null(made);
    assert_string_equal(error.file, "state");
    assert_int_equal(error.line, 2);
    assert_int_equal(dvg_document_read(&made, context, NULL, 0, NULL, &error), DVG_E_INPUT);
    assert_int_equal(dvg_document_read(&made, context, NULL, 1, NULL, &error), DVG_E_ARGUMENT);
    dvg_context_free(context);
}

static void options_limit_the_depth(void **state)
{
    (void)state;
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_context *context;
    dvg_document *made;
    options.depth = 2;
    assert_int_equal(dvg_context_new(&context, &options, NULL), DVG_OK);
    assert_int_equal(dvg_document_read(&made, context, "[[[]]]", 6, NULL, NULL), DVG_E_LIMIT);
    assert_int_equal(dvg_document_read(&made, context, "[[]]", 4, NULL, NULL), DVG_OK);
    dvg_document_free(made);
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- reports */

struct collected {
    char text[256];
    size_t size;
};

static int collect(void *payload, const char *data, size_t size)
{
    struct collected *collected = payload;
    if (size > sizeof collected->text - 1 - collected->size)
        return -1;
    memcpy(collected->text + collected->size, data, size);
    collected->size += size;
    collected->text[collected->size] = '\0';
    return 0;
}

static int abort_at_once(void *payload, const char *data, size_t size)
{
    (void)payload;
    (void)data;
    (void)size;
    return -1;
}

static void a_result_keeps_its_profile(void **state)
{
    (void)state;
    dvg_context *context = context_with("pair");
    dvg_result *result;
    struct collected collected = {"", 0};
    assert_int_equal(dvg_run(&result, context, in("left"), in("right"), NULL), DVG_OK);
    assert_int_equal(dvg_context_use_profile(context, "quiet", NULL), DVG_OK);
    assert_string_equal(dvg_context_profile_name(context), "quiet");
    check_divergence(result, 0, "a", "1", "2");
    assert_int_equal(dvg_result_report(result, "lines", collect, &collected, NULL), DVG_OK);
    assert_string_equal(collected.text, "a\nc\n");
    assert_int_equal(dvg_result_report(result, "lines", abort_at_once, NULL, NULL),
                     DVG_E_CANCELLED);
    dvg_result_free(result);
    dvg_context_free(context);
}

static void writes_both_reports(void **state)
{
    (void)state;
    dvg_context *context = context_with("pair");
    dvg_result *result;
    dvg_output *output;
    char text[64];
    assert_int_equal(dvg_run(&result, context, in("left"), in("right"), NULL), DVG_OK);
    assert_int_equal(dvg_output_new(&output, context, NULL), DVG_OK);
    assert_true(dvg_output_sink(output, "x", 1) < 0);
    assert_int_equal(dvg_output_protect_result(output, result, NULL), DVG_OK);
    assert_int_equal(dvg_output_add(output, in("left/d.json"), NULL), DVG_E_ARGUMENT);
    assert_int_equal(dvg_output_add(output, in("left"), NULL), DVG_E_IO);
    assert_int_equal(dvg_output_add(output, in("none/x"), NULL), DVG_E_IO);
    assert_int_equal(dvg_output_add(output, in("found.txt"), NULL), DVG_OK);
    assert_int_equal(dvg_result_report(result, "lines", dvg_output_sink, output, NULL), DVG_OK);
    assert_int_equal(dvg_output_add(output, in("./found.txt"), NULL), DVG_E_ARGUMENT);
    assert_int_equal(dvg_output_add(output, in("found.again"), NULL), DVG_OK);
    assert_int_equal(dvg_output_sink(output, "second", 6), 0);
    assert_int_equal(dvg_output_commit(output, NULL, NULL, NULL), DVG_OK);
    dvg_output_free(output);
    dvg_output_free(NULL);
    read_file("found.txt", text, sizeof text);
    assert_string_equal(text, "a\nc\n");
    read_file("found.again", text, sizeof text);
    assert_string_equal(text, "second");
    dvg_result_free(result);
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- memory */

/* Everything that a host does in one go; returns the first status that is no success. */
static dvg_status whole_run(struct meter *meter)
{
    dvg_context *context = NULL;
    dvg_result *result = NULL;
    dvg_divergence found;
    dvg_text text;
    struct collected collected = {"", 0};
    dvg_status status = open_context(&context, meter);
    if (status == DVG_OK)
        status = dvg_context_use_profile(context, "pair", NULL);
    if (status == DVG_OK)
        status = dvg_run(&result, context, in("left"), in("right"), NULL);
    if (status == DVG_OK)
        status = dvg_result_get(result, 0, &found, NULL);
    if (status == DVG_OK)
        status = dvg_result_value(result, 0, DVG_LEFT, &text, NULL);
    if (status == DVG_OK)
        status = dvg_result_report(result, "lines", collect, &collected, NULL);
    dvg_result_free(result);
    dvg_context_free(context);
    return status;
}

static void survives_every_lack_of_memory(void **state)
{
    (void)state;
    struct meter meter = {0, 0, 0};
    assert_int_equal(whole_run(&meter), DVG_OK);
    assert_int_equal(meter.live, 0);
    size_t calls = meter.calls;
    size_t missed = 0;
    for (size_t at = 1; at <= calls; at++) {
        meter = (struct meter){0, 0, at};
        dvg_status status = whole_run(&meter);
        /* One that fails once can be made up for: Lua collects its garbage and asks again, and a
         * document keeps its room where it cannot be given back. */
        missed += status == DVG_E_MEMORY;
        if ((status != DVG_E_MEMORY && status != DVG_OK) || meter.live != 0)
            fail_msg("allocation %zu of %zu: status %d, %zu bytes live", at, calls, (int)status,
                     meter.live);
    }
    assert_true(missed > calls / 10 * 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_its_version),       cmocka_unit_test(refuses_unknown_options),
        cmocka_unit_test(needs_a_profile),         cmocka_unit_test(describes_options),
        cmocka_unit_test(places_reports),          cmocka_unit_test(compares_two_snapshots),
        cmocka_unit_test(compares_two_documents),  cmocka_unit_test(names_the_place_of_an_error),
        cmocka_unit_test(options_limit_the_depth), cmocka_unit_test(a_result_keeps_its_profile),
        cmocka_unit_test(writes_both_reports),     cmocka_unit_test(survives_every_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
