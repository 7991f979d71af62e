/*
 * One context for many runs, and runs that must not depend on how they are run: threads, maps and
 * the host's locale change no byte.
 */
#include <diverge/diverge.h>

#include <locale.h>
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

enum { RUNS = 60, ELEMENTS = 6000, IMAGE = 3 << 20 };

static const char *const made[] = {"left/d.json", "right/d.json", "left/i.bin", "right/i.bin",
                                   "same.lua",    "broken.lua",   "left",       "right"};

static char folder[] = "/tmp/diverge-reuse-XXXXXX";

static void write_bytes(const char *name, const char *data, size_t size)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* Large enough for a second thread and for a map; the right one is in another order. */
static void write_document(const char *name, bool right)
{
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    fputs("{\"list\": [", file);
    for (int i = 0; i < ELEMENTS; i++) {
        int number = right ? ELEMENTS - 1 - i : i;
        fprintf(file, "%s{\"id\": \"n%d\", \"x\": %d.5, \"name\": \"element number %d\"}",
                i > 0 ? ", " : "", number, right && number % 1000 == 0 ? -number - 1 : number,
                number);
    }
    fputs("]}", file);
    assert_int_equal(fclose(file), 0);
}

static int set_up(void **state)
{
    static char image[IMAGE];
    static const char script[] =
        "return { api = 1, name = 'same', title = 'The same', documents = { 'd.json' },\n"
        "  keyed = { ['d.json'] = { list = 'id' } }, classes = { { name = 'any' } },\n"
        "  classify = function(d) return 'any' end, reports = { './same.lua' },\n"
        "  gates = function(run)\n"
        "    local left, right = run:image('i.bin', { base = 0, fill = 0xCD }):mask(16, "
        "32):sha256()\n"
        "    run:gate('image', left, right, left == right)\n"
        "  end,\n"
        "  extension = 'txt', gate = function(out, row) out:json(row):write '\\n' end,\n"
        "  divergence = function(out, d) out:write(d.path, ' ', d.left, ' ', d.right, '\\n') end "
        "}\n";
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0 || mkdir("left", 0700) != 0 ||
        mkdir("right", 0700) != 0)
        return -1;
    for (size_t i = 0; i < sizeof image; i++)
        image[i] = (char)(i * 7 % 251);
    write_bytes("left/i.bin", image, sizeof image);
    memset(image + 16, 'x', 32); /* masked */
    write_bytes("right/i.bin", image, sizeof image);
    write_document("left/d.json", false);
    write_document("right/d.json", true);
    write_bytes("same.lua", script, sizeof script - 1);
    write_bytes("broken.lua", "return {", 8);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        (void)remove(made[i]);
    return chdir("/") != 0 || rmdir(folder) != 0;
}

/* ---- */

struct text {
    char data[8192];
    size_t size;
};

static int collect(void *payload, const char *data, size_t size)
{
    struct text *text = payload;
    assert_true(text->size + size < sizeof text->data);
    memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
    return 0;
}

static dvg_context *new_context(uint32_t threads, dvg_map_fn map)
{
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_context *context;
    options.threads = threads;
    options.map = map;
    assert_int_equal(dvg_context_new(&context, &options, NULL), DVG_OK);
    assert_int_equal(dvg_context_use_profile(context, "./same.lua", NULL), DVG_OK);
    return context;
}

static void run(dvg_context *context, struct text *text)
{
    dvg_error error;
    dvg_result *result;
    text->size = 0;
    if (dvg_run(&result, context, "left", "right", &error) != DVG_OK)
        fail_msg("%s", error.message);
    assert_int_equal(dvg_result_report(result, "./same.lua", collect, text, NULL), DVG_OK);
    dvg_result_free(result);
}

static void check_report(const struct text *text)
{
    size_t lines = 0;
    for (size_t i = 0; i < text->size; i++)
        lines += text->data[i] == '\n';
    assert_int_equal(lines, 1 + ELEMENTS / 1000);
    assert_non_null(strstr(text->data, "\"ok\": true"));
    assert_non_null(strstr(text->data, "list[id=n5000].x 5000.5 -5001.5\n"));
}

static void one_context_serves_many_runs(void **state)
{
    static struct text first, other;
    dvg_context *context = new_context(1, NULL);
    dvg_result *result;
    (void)state;
    run(context, &first);
    check_report(&first);
    for (int i = 0; i < RUNS; i++) {
        /* What fails in between leaves nothing behind. */
        if (i % 4 == 1)
            assert_int_equal(dvg_context_use_profile(context, "./broken.lua", NULL), DVG_E_SCRIPT);
        if (i % 4 == 2)
            assert_int_equal(dvg_run(&result, context, "left", "nowhere", NULL), DVG_E_ABSENT);
        run(context, &other);
        assert_string_equal(other.data, first.data);
    }
    dvg_context_free(context);
}

static bool agree(void *payload, const char *path, const void *data, size_t size)
{
    (void)payload;
    (void)path;
    return data != NULL && size > 0;
}

static void threads_and_maps_change_nothing(void **state)
{
    static struct text first, other;
    (void)state;
    dvg_context *plain = new_context(1, NULL);
    run(plain, &first);
    for (int i = 0; i < 12; i++) {
        dvg_context *context = new_context(i % 3 == 0 ? 1 : 2, i % 2 == 0 ? agree : NULL);
        run(context, &other);
        assert_string_equal(other.data, first.data);
        dvg_context_free(context);
    }
    dvg_context_free(plain);
}

/* Where such a locale is installed, its decimal comma must not be seen. */
static void the_locale_changes_nothing(void **state)
{
    static const char *const names[] = {"C.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8"};
    static struct text first, other;
    (void)state;
    dvg_context *context = new_context(2, NULL);
    run(context, &first);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (setlocale(LC_ALL, names[i]) == NULL)
            continue;
        run(context, &other);
        setlocale(LC_ALL, "C");
        assert_string_equal(other.data, first.data);
    }
    dvg_context_free(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_context_serves_many_runs),
        cmocka_unit_test(threads_and_maps_change_nothing),
        cmocka_unit_test(the_locale_changes_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
