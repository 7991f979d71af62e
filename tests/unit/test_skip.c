/*
 * Skips: the three tests, and the shortcuts of the walk against a plain copy of the rule on random
 * paths and entries.
 */
#include "path/skip.h"
#include "support/counting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct counting counting;
static dvg_allocator allocator;
static dvg_skip skip;

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_skip_init(&skip, &allocator);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dvg_skip_clear(&skip);
    return counting.live != 0 || counting.wrong_size;
}

static bool hides(const char *path)
{
    bool failed = false;
    bool hidden = dvg_skip_test(&skip, (dvg_text){path, strlen(path)}, &failed) >= 0;
    assert_false(failed);
    return hidden;
}

static void add(const char *entry) { assert_true(dvg_skip_add(&skip, entry, strlen(entry))); }

static void three_tests(void **state)
{
    (void)state;
    assert_false(hides(""));
    assert_false(hides("a"));
    add("engine");
    add("b[]");
    add("m[][]");
    add("y[0]");
    add("k[3].c");
    add("o[].raw");
    add("cvars.dir");
    assert_true(hides("engine"));
    assert_true(hides("a.b[3].engine"));
    assert_true(hides("x.engine"));
    assert_false(hides("engine[x"));
    assert_false(hides("engine.x"));
    assert_true(hides("b[0]"));
    assert_true(hides("a.b[id=7]"));
    assert_true(hides("a.b[1][2]"));
    assert_false(hides("b"));
    assert_false(hides("m[0][0]"));
    assert_false(hides("m[][0]"));
    assert_true(hides("m[][]"));
    assert_true(hides("y[0]"));
    assert_false(hides("y[1]"));
    assert_false(hides("z.y[0]"));
    assert_true(hides("k[3].c"));
    assert_false(hides("k[4].c"));
    assert_true(hides("o[12].raw"));
    assert_true(hides("o[id=x].raw"));
    assert_false(hides("o[id=x.y].raw"));
    assert_false(hides("p.o[1].raw"));
    assert_true(hides("cvars.dir"));
    assert_false(hides("dir"));
    assert_false(hides(""));
    add("");
    assert_true(hides(""));
    assert_true(hides("a."));
    assert_false(hides("a"));
}

static void bytes_count_not_text(void **state)
{
    (void)state;
    bool failed = false;
    assert_true(dvg_skip_add(&skip, "a\0b", 3));
    assert_true(dvg_skip_test(&skip, (dvg_text){"a\0b", 3}, &failed) >= 0);
    assert_true(dvg_skip_test(&skip, (dvg_text){"x.a\0b", 5}, &failed) >= 0);
    assert_true(dvg_skip_test(&skip, (dvg_text){"a", 1}, &failed) < 0);
    assert_true(dvg_skip_test(&skip, (dvg_text){"a\0c", 3}, &failed) < 0);
    assert_false(failed);
}

static void an_entry_is_kept_once(void **state)
{
    (void)state;
    add("one");
    add("two");
    add("one");
    assert_int_equal(skip.count, 2);
    assert_int_equal(dvg_skip_leaf(&skip, (dvg_text){"two", 3}), 1);
    assert_int_equal(dvg_skip_leaf(&skip, (dvg_text){"tw", 2}), -1);
}

/* A document may list as many as it likes; adding must stay linear. */
static void many_entries(void **state)
{
    enum { MANY = 100000 };
    (void)state;
    clock_t start = clock();
    for (int again = 0; again < 2; again++) {
        for (int i = 0; i < MANY; i++) {
            char entry[16];
            int size = snprintf(entry, sizeof entry, "e%d", i);
            assert_true(dvg_skip_add(&skip, entry, (size_t)size));
        }
    }
    assert_int_equal(skip.count, MANY);
    assert_int_equal(dvg_skip_leaf(&skip, (dvg_text){"e77777", 6}), 77777);
    assert_int_equal(dvg_skip_leaf(&skip, (dvg_text){"e100000", 7}), -1);
    assert_true(hides("a.b[3].e0"));
    assert_false(hides("e0[3]"));
    assert_true((clock() - start) / CLOCKS_PER_SEC < 10);
}

static void check_bare(const char *path, const char *expected)
{
    dvg_text bare = dvg_path_bare(path, strlen(path));
    assert_int_equal(bare.size, strlen(expected));
    assert_memory_equal(bare.data, expected, bare.size);
}

static void bare_names(void **state)
{
    (void)state;
    check_bare("", "");
    check_bare("objects", "objects");
    check_bare("z.objects", "objects");
    check_bare("objects[7", "objects");
    check_bare("a.b[id=x].objects[1][2]", "objects");
    check_bare("b[id=x.y]", "y]");
    check_bare("a.", "");
    check_bare("[0]", "");
    check_bare(".[", "");
}

/* ---- the rule, told plainly */

struct plain {
    char text[64];
};

static bool is_entry(const struct plain *entries, size_t count, const char *text)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(entries[i].text, text) == 0)
            return true;
    }
    return false;
}

static bool plainly_hidden(const struct plain *entries, size_t count, const char *path)
{
    char normal[128] = "";
    char part[64];
    const char *at = path;
    if (is_entry(entries, count, path))
        return true;
    for (;;) {
        size_t size = strcspn(at, ".");
        size_t cut = strcspn(at, ".[");
        snprintf(part, sizeof part, "%.*s%s", (int)cut, at, cut < size ? "[]" : "");
        strcat(normal, part);
        if (at[size] == '\0')
            break;
        strcat(normal, ".");
        at += size + 1;
    }
    return is_entry(entries, count, normal) || is_entry(entries, count, part);
}

static uint32_t random_state;

static uint32_t draw(uint32_t below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 10) % below;
}

static void draw_text(char *out, uint32_t most)
{
    uint32_t size = draw(most + 1);
    for (uint32_t i = 0; i < size; i++)
        out[i] = "aab..[[]]"[draw(9)];
    out[size] = '\0';
}

static void random_round(void)
{
    struct plain entries[20];
    size_t count = draw(draw(4) == 0 ? 21 : 5);
    dvg_skip_clear(&skip);
    for (size_t i = 0; i < count; i++) {
        draw_text(entries[i].text, 8);
        add(entries[i].text);
    }
    for (int i = 0; i < 40; i++) {
        char path[32];
        draw_text(path, 12);
        bool hidden = plainly_hidden(entries, count, path);
        dvg_text bare = dvg_path_bare(path, strlen(path));
        const char *dot = strrchr(path, '.');
        const char *last = dot == NULL ? path : dot + 1;
        if (hides(path) != hidden)
            fail_msg("\"%s\" is %shidden", path, hidden ? "" : "not ");
        if (hidden && !dvg_skip_maybe(&skip, bare))
            fail_msg("no shortcut for \"%s\"", path);
        if (bare.size == strlen(last) && dvg_skip_leaf(&skip, bare) >= 0 && !hidden)
            fail_msg("wrong shortcut for \"%s\"", path);
    }
}

static void shortcuts_agree_with_the_rule(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < 5000; round++) {
        random_state = round;
        random_round();
    }
}

static void every_allocation_can_fail(void **state)
{
    (void)state;
    bool done = false;
    for (size_t fail_at = 1; !done; fail_at++) {
        struct counting mine;
        dvg_allocator failing = counting_allocator(&mine);
        dvg_skip entries;
        bool failed = false;
        dvg_skip_init(&entries, &failing);
        mine.fail_at = fail_at;
        done = true;
        for (size_t i = 0; i < 40 && done; i++)
            done = dvg_skip_add(&entries, "................................................", i);
        if (done) {
            assert_true(dvg_skip_test(&entries, (dvg_text){"a[0].b", 6}, &failed) < 0);
            done = !failed;
        }
        assert_int_equal(done, mine.calls < fail_at);
        dvg_skip_clear(&entries);
        assert_int_equal(mine.live, 0);
        assert_false(mine.wrong_size);
    }
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(three_tests),
        TEST(bytes_count_not_text),
        TEST(an_entry_is_kept_once),
        TEST(many_entries),
        TEST(bare_names),
        TEST(shortcuts_agree_with_the_rule),
        TEST(every_allocation_can_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
