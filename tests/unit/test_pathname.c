/*
 * Paths as text: every expectation here is what Python's pathlib.PurePosixPath prints.
 */
#include "os/pathname.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct row {
    const char *path;
    const char *normal;
    const char *parent;
    const char *sibling; /* with_suffix(".json"); NULL: refused */
};

static const struct row rows[] = {
    {"", ".", ".", NULL},
    {".", ".", ".", NULL},
    {"./.", ".", ".", NULL},
    {"/", "/", "/", NULL},
    {"//", "//", "//", NULL},
    {"///", "/", "/", NULL},
    {"/.", "/", "/", NULL},
    {"..", "..", ".", "...json"},
    {"../..", "../..", "..", "../...json"},
    {"x", "x", ".", "x.json"},
    {"./x", "x", ".", "x.json"},
    {"newdir/", "newdir", ".", "newdir.json"},
    {"-", "-", ".", "-.json"},
    {"./a//b/.", "a/b", "a", "a/b.json"},
    {"a/..", "a/..", "a", "a/...json"},
    {"canary/..", "canary/..", "canary", "canary/...json"},
    {"/x", "/x", "/", "/x.json"},
    {"//a", "//a", "//", "//a.json"},
    {"//a/b", "//a/b", "//a", "//a/b.json"},
    {"///a", "/a", "/", "/a.json"},
    {"////a//b", "/a/b", "/a", "/a/b.json"},
    {"a.b.c", "a.b.c", ".", "a.b.json"},
    {".hidden", ".hidden", ".", ".hidden.json"},
    {".hidden.md", ".hidden.md", ".", ".hidden.json"},
    {"a.", "a.", ".", "a..json"},
    {"..a", "..a", ".", "..json"},
    {"...", "...", ".", "....json"},
    {"a..b", "a..b", ".", "a..json"},
    {"dir.d/report", "dir.d/report", "dir.d", "dir.d/report.json"},
    {"dir/report.md/", "dir/report.md", "dir", "dir/report.json"},
    {"x.json", "x.json", ".", "x.json"},
    {"a b/\xff.md", "a b/\xff.md", "a b", "a b/\xff.json"},
};

static void check(dvg_buffer *out, const char *path, const char *expected)
{
    const char *text = dvg_buffer_string(out);
    if (strcmp(text, expected) != 0)
        fail_msg("\"%s\": \"%s\", not \"%s\"", path, text, expected);
    dvg_buffer_clear(out);
}

static void normal_parent_and_sibling(void **state)
{
    const dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    dvg_buffer out;
    (void)state;
    dvg_buffer_init(&out, &allocator);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        dvg_pathname_normal(&out, row->path);
        check(&out, row->path, row->normal);
        dvg_pathname_parent(&out, row->path);
        check(&out, row->path, row->parent);
        bool named = dvg_pathname_suffix(&out, row->path, "json");
        assert_true(named == (row->sibling != NULL));
        check(&out, row->path, named ? row->sibling : "");
    }
}

static void joins(void **state)
{
    static const char *const joined[][3] = {
        {"a", "b", "a/b"},   {"a/", "./b//c/", "a/b/c"},
        {".", "x", "x"},     {"", "x", "x"},
        {"/", "x", "/x"},    {"//", "x", "//x"},
        {"a", "/b", "/b"},   {"//a", "/b", "/b"},
        {"a", "//b", "//b"}, {"a", "///b", "/b"},
        {"a", "", "a"},      {"", "", "."},
        {"a", "..", "a/.."}, {"a/..", "b", "a/../b"},
        {".", ".", "."},     {"a", "sub/../../x", "a/sub/../../x"},
    };
    const dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    dvg_buffer out;
    (void)state;
    dvg_buffer_init(&out, &allocator);
    for (size_t i = 0; i < sizeof joined / sizeof *joined; i++) {
        dvg_pathname_join(&out, joined[i][0], joined[i][1]);
        check(&out, joined[i][1], joined[i][2]);
    }
}

/* The functions append: what the buffer holds already is no part of the path. */
static void appends(void **state)
{
    const dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    dvg_buffer out;
    (void)state;
    dvg_buffer_init(&out, &allocator);
    dvg_buffer_add_text(&out, "here: ");
    dvg_pathname_normal(&out, "./");
    dvg_buffer_add_text(&out, ", ");
    dvg_pathname_parent(&out, "a");
    dvg_buffer_add_text(&out, ", ");
    assert_true(dvg_pathname_suffix(&out, "b.c", "d"));
    check(&out, "appended", "here: ., ., b.d");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_parent_and_sibling),
        cmocka_unit_test(joins),
        cmocka_unit_test(appends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
