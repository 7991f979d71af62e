/*
 * Listing a directory: sorted names, links inside of it, links that lead out or back, a bound on
 * what links multiply; which folders a glob can reach; where two files differ.
 */
#define _DEFAULT_SOURCE
#include "os/differ.h"
#include "os/listing.h"
#include "rules/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static dvg_allocator allocator;
static char folder[] = "/tmp/diverge-listing-XXXXXX";
static dvg_tree tree;
static dvg_error error;

static void put(const char *path, const char *text, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(size == 0 || fwrite(text, size, 1, file) == 1);
    assert_int_equal(fclose(file), 0);
}

static int enter_folder(void **state)
{
    (void)state;
    allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    return mkdtemp(folder) == NULL ? -1 : chdir(folder);
}

static int leave_folder(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return chdir("/") == 0 ? system(command) : -1;
}

/* A fresh directory "t" for every test. */
static int fresh(void **state)
{
    (void)state;
    memset(&tree, 0, sizeof tree);
    dvg_arena_init(&tree.arena, &allocator);
    dvg_error_clear(&error);
    return system("rm -rf t && mkdir t");
}

static int clear(void **state)
{
    (void)state;
    dvg_tree_clear(&tree);
    return 0;
}

/* One line an entry: "NAME KIND" with the kind as a letter. */
static void lists(dvg_tree_want_fn want, void *payload, const char *expected)
{
    static const char letters[] = "fecda";
    char text[2000] = "";
    dvg_tree_clear(&tree);
    assert_int_equal(dvg_tree_list(&tree, "t", &allocator, want, payload, &error), DVG_OK);
    for (size_t i = 0; i < tree.count; i++) {
        size_t size = strlen(text);
        snprintf(text + size, sizeof text - size, "%s %c\n", tree.entries[i].name,
                 letters[tree.entries[i].kind]);
        assert_ptr_equal(dvg_tree_find(&tree, tree.entries[i].name), &tree.entries[i]);
    }
    assert_string_equal(text, expected);
    assert_null(dvg_tree_find(&tree, "no such name"));
}

static void names_are_sorted_by_bytes(void **state)
{
    (void)state;
    assert_int_equal(system("cd t && mkdir -p a/b .h empty a.b && touch a/b/z a/.x .h/y a.b/c B"),
                     0);
    put("t/\xff\n", "", 0);
    lists(NULL, NULL, ".h/y f\nB f\na.b/c f\na/.x f\na/b/z f\nempty e\n\xff\n f\n");
}

static void links_are_followed_inside(void **state)
{
    char absolute[200];
    (void)state;
    assert_int_equal(system("cd t && mkdir -p real/deep && touch real/deep/f && mkdir dir && "
                            "ln -s real/deep/f file && ln -s ../real dir/up && ln -s file again && "
                            "ln -s ./real/../real//deep/ slashes"),
                     0);
    snprintf(absolute, sizeof absolute, "%s/t/real/deep/f", folder);
    assert_int_equal(symlink(absolute, "t/absolute"), 0);
    lists(NULL, NULL, "absolute f\nagain f\ndir/up/deep/f f\nfile f\nreal/deep/f f\nslashes/f f\n");
}

static void links_elsewhere_are_not(void **state)
{
    (void)state;
    put("outside", "x", 1);
    assert_int_equal(
        system("cd t && mkdir a && ln -s ../outside one && ln -s /etc two && "
               "ln -s ../../t/a a/three && ln -s nowhere four && ln -s a/x/../b five && "
               "ln -s six six && ln -s .. a/seven && ln -s . eight"),
        0);
    lists(NULL, NULL, "a/seven a\na/three a\neight a\nfive d\nfour d\none a\nsix a\ntwo a\n");
    assert_string_equal(dvg_tree_find(&tree, "one")->why,
                        "is a link that leads out of the snapshot");
    assert_string_equal(dvg_tree_find(&tree, "a/three")->why,
                        "is a link that leads out of the snapshot");
    assert_string_equal(dvg_tree_find(&tree, "six")->why, "is a link that leads to itself");
    assert_string_equal(dvg_tree_find(&tree, "eight")->why,
                        "is a link that leads back to a folder that it stands in");
}

static void links_come_to_an_end(void **state)
{
    (void)state;
    /* Each of two folders leads to the other. */
    assert_int_equal(system("cd t && mkdir x y && ln -s ../y x/to && ln -s ../x y/to"), 0);
    lists(NULL, NULL, "x/to/to a\ny/to/to a\n");
    /* Twice two to the power of twenty names. */
    assert_int_equal(system("cd t && rm -r x y && mkdir d20 && i=0 && while [ $i -lt 20 ]; do "
                            "mkdir d$i; ln -s ../d$((i+1)) d$i/x; ln -s ../d$((i+1)) d$i/y; "
                            "i=$((i+1)); done"),
                     0);
    dvg_tree_clear(&tree);
    assert_int_equal(dvg_tree_list(&tree, "t", &allocator, NULL, NULL, &error), DVG_E_LIMIT);
}

static void what_is_no_file_says_so(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("t/pipe", 0600), 0);
    assert_int_equal(symlink("pipe", "t/link"), 0);
    lists(NULL, NULL, "link a\npipe a\n");
    assert_string_equal(tree.entries[0].why, "is a pipe, not a regular file");
    dvg_tree_clear(&tree);
    assert_int_equal(dvg_tree_list(&tree, "absent", &allocator, NULL, NULL, &error), DVG_E_IO);
}

static bool wants_a(void *payload, const char *name)
{
    ++*(int *)payload;
    return strncmp(name, "a", 1) == 0;
}

static void folders_may_stay_closed(void **state)
{
    int asked = 0;
    (void)state;
    assert_int_equal(system("cd t && mkdir -p a/a b/c && touch a/f b/f && chmod 0 b"), 0);
    lists(wants_a, &asked, "a/a e\na/f f\nb c\n");
    assert_int_equal(asked, 3);
    assert_int_equal(system("chmod 700 t/b"), 0);
}

static void globs_reach_folders(void **state)
{
    (void)state;
    static const struct {
        const char *glob, *folder;
        bool reaches;
    } cases[] = {
        {"**", "a", true},        {"**/*.json", "a/b/c", true}, {"*.json", "a", false},
        {"a/*.json", "a", true},  {"a/*.json", "b", false},     {"a/*.json", "a/b", false},
        {"*/b/*.x", "a/b", true}, {"*/b/*.x", "a/c", false},    {"a/**/x", "a/b/c/d", true},
        {"a/**/x", "b", false},   {"a/x", "a", false},          {"[a-c]/?/x*", "b/d", true},
        {"a/**", "a", true},      {"a/**", "ab", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(dvg_rules_reach(&cases[i].glob, 1, cases[i].folder), cases[i].reaches);
}

static void differ(size_t left, size_t right, size_t at, bool same)
{
    static char text[600000];
    const dvg_differ_source sources[2] = {{"t/left", NULL, 0}, {"t/right", NULL, 0}};
    dvg_differ found;
    memset(text, 'x', sizeof text);
    put("t/left", text, left);
    if (at < right)
        text[at] = 'y';
    put("t/right", text, right);
    assert_int_equal(dvg_differ_find(&found, sources, &allocator, &error), DVG_OK);
    assert_int_equal(found.same, same);
    assert_true(found.size[0] == left && found.size[1] == right);
    if (!same)
        assert_true(found.at == at);
}

static void files_differ_at_a_byte(void **state)
{
    (void)state;
    enum { PIECE = 256 << 10 };
    differ(0, 0, SIZE_MAX, true);
    differ(PIECE, PIECE, SIZE_MAX, true);
    differ(PIECE + 1, PIECE + 1, SIZE_MAX, true);
    differ(600000, 600000, SIZE_MAX, true);
    differ(3, 3, 0, false);
    differ(PIECE, PIECE, PIECE - 1, false);
    differ(PIECE + 1, PIECE + 1, PIECE, false);
    differ(600000, 600000, 599999, false);
    differ(0, 1, 0, false);
    differ(PIECE, PIECE + 1, PIECE, false);
    differ(2 * PIECE, PIECE, PIECE, false);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, clear)
    const struct CMUnitTest tests[] = {
        TEST(names_are_sorted_by_bytes), TEST(links_are_followed_inside),
        TEST(links_elsewhere_are_not),   TEST(links_come_to_an_end),
        TEST(what_is_no_file_says_so),   TEST(folders_may_stay_closed),
        TEST(globs_reach_folders),       TEST(files_differ_at_a_byte),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
