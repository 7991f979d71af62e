/*
 * Globs over file names: each wild card, what is refused, and random globs against a slow matcher
 * that tries everything.
 */
#include "path/glob.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool match(const char *glob, const char *text)
{
    dvg_error error;
    dvg_error_clear(&error);
    assert_int_equal(dvg_glob_check(glob, strlen(glob), &error), DVG_OK);
    return dvg_glob_match(glob, strlen(glob), text, strlen(text));
}

struct row {
    const char *glob, *text;
    bool matches;
};

static void wild_cards(void **state)
{
    static const struct row rows[] = {
        {"a.json", "a.json", true},
        {"a.json", "a-json", false},
        {"a.json", "x/a.json", false},
        {"*.json", "a.json", true},
        {"*.json", ".json", true},
        {"*.json", ".hidden.json", true},
        {"*.json", "x/a.json", false},
        {"*", "a", true},
        {"*", ".a", true},
        {"*", "a/b", false},
        {"*/b", "a/b", true},
        {"*/b", "b", false},
        {"a*b*c", "aXbYc", true},
        {"a*b*c", "abcbc", true},
        {"a*b*c", "acb", false},
        {"?.json", "a.json", true},
        {"?.json", "\xc3\xa9.json", true},
        {"??.json", "\xc3\xa9.json", false},
        {"?.json", "\xff.json", true},
        {"?", "/", false},
        {"**", "a", true},
        {"**", "a/b/c", true},
        {"**/a", "a", true},
        {"**/a", "x/y/a", true},
        {"**/a", "x/y/ba", false},
        {"x/**/a", "x/a", true},
        {"x/**/a", "x/y/z/a", true},
        {"x/**/a", "y/a", false},
        {"x/**", "x/y/z", true},
        {"x/**", "x", true},
        {"x/**", "xy", false},
        {"**/x/**/y", "x/x/z/y/y", true},
        {"**/x/**/y", "z/y/x", false},
        {"**/*.json", "a/.b/c.json", true},
        {"**/b*/**/c", "b1/x/b2/y/c", true},
        {"[a-c].x", "b.x", true},
        {"[a-c].x", "d.x", false},
        {"[!a-c].x", "d.x", true},
        {"[!a-c].x", "b.x", false},
        {"[]].x", "].x", true},
        {"[a-].x", "-.x", true},
        {"[!-0]", "/", false},
        {"[!a]", "/", false},
        {"[\\]a]", "]", true},
        {"[\xc3\xa0-\xc3\xa9]", "\xc3\xa5", true},
        {"\\*.x", "*.x", true},
        {"\\*.x", "a.x", false},
        {"\\{a\\}", "{a}", true},
        {"a", "", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (match(rows[i].glob, rows[i].text) != rows[i].matches)
            fail_msg("%s against %s", rows[i].glob, rows[i].text);
}

static void refusals(void **state)
{
    static const struct {
        const char *glob, *message;
    } rows[] = {
        {"", "a path part is empty; names are relative, with one '/' between parts "
             "(at character 1 of the glob)"},
        {"/a", "a path part is empty; names are relative, with one '/' between parts "
               "(at character 1 of the glob)"},
        {"a//b", "a path part is empty; names are relative, with one '/' between parts "
                 "(at character 3 of the glob)"},
        {"a/", "a path part is empty; names are relative, with one '/' between parts "
               "(at character 3 of the glob)"},
        {"x[a-", "a set that is not closed by ']' (at character 2 of the glob)"},
        {"[a/b]", "a set that is not closed by ']' (at character 1 of the glob)"},
        {"a[z-b]", "a range that ends before it begins (at character 2 of the glob)"},
        {"a**", "'**' stands alone between slashes (at character 2 of the glob)"},
        {"x/***", "'**' stands alone between slashes (at character 3 of the glob)"},
        {"a\\", "a backslash with nothing behind it (at character 2 of the glob)"},
        {"{a,b}", "alternatives in braces are not supported; a brace is written with '\\' before "
                  "it (at character 1 of the glob)"},
    };
    dvg_error error;
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        dvg_error_clear(&error);
        assert_int_equal(dvg_glob_check(rows[i].glob, strlen(rows[i].glob), &error),
                         DVG_E_ARGUMENT);
        assert_string_equal(error.message, rows[i].message);
    }
}

static void what_is_wild(void **state)
{
    (void)state;
    assert_false(dvg_glob_is_wild("a/b.json", 8));
    assert_true(dvg_glob_is_wild("*.json", 6));
    assert_true(dvg_glob_is_wild("a[b]", 4));
    assert_true(dvg_glob_is_wild("a\\*", 3));
}

/* Tries everything: a table over both texts, of the alphabet "a", "b", '/', '?', '*', "**". */
static bool slow(const char *glob, const char *text)
{
    static bool reach[64][64];
    size_t rows = strlen(glob);
    size_t columns = strlen(text);
    memset(reach, 0, sizeof reach);
    reach[0][0] = true;
    for (size_t i = 0; i < rows; i++) {
        bool depth = strncmp(glob + i, "**", 2) == 0;
        for (size_t j = 0; j <= columns; j++) {
            if (!reach[i][j])
                continue;
            if (depth) {
                /* Any whole parts: with the slash behind '**', or to the end of the text. */
                bool last = i + 2 == rows;
                for (size_t k = j; k <= columns; k++)
                    if (last ? k == columns : k == j || text[k - 1] == '/')
                        reach[last ? rows : i + 3][k] = true;
                if (!last)
                    reach[rows][columns] |= i + 3 > rows;
            } else if (glob[i] == '*') {
                for (size_t k = j; k <= columns; k++) {
                    reach[i + 1][k] = true;
                    if (text[k] == '/')
                        break;
                }
            } else if (j < columns && (glob[i] == '?' ? text[j] != '/' : glob[i] == text[j])) {
                reach[i + 1][j + 1] = true;
            }
        }
        if (depth)
            i += i + 2 == rows ? 1 : 2;
    }
    return reach[rows][columns];
}

static uint32_t random_state = 1;

static uint32_t draw(uint32_t below)
{
    random_state = random_state * 1664525U + 1013904223U;
    return (random_state >> 8) % below;
}

static void compose(char *out, bool glob)
{
    size_t size = 0;
    uint32_t parts = 1 + draw(4);
    for (uint32_t i = 0; i < parts; i++) {
        if (i > 0)
            out[size++] = '/';
        if (glob && draw(3) == 0) {
            out[size++] = '*';
            out[size++] = '*';
            continue;
        }
        bool star = false;
        for (uint32_t n = 1 + draw(4); n > 0; n--) {
            char character = glob ? "aab?*"[draw(5)] : "ab"[draw(2)];
            if (character != '*' || !star)
                out[size++] = character;
            star = character == '*';
        }
    }
    out[size] = '\0';
}

/* A '**' at the end may match nothing, with the slash before it: the slow matcher does not know. */
static void against_all(void **state)
{
    char glob[64];
    char text[64];
    size_t matched = 0;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        compose(glob, true);
        compose(text, false);
        size_t size = strlen(glob);
        if (size > 2 && strcmp(glob + size - 3, "/**") == 0)
            continue;
        bool expected = slow(glob, text);
        matched += expected;
        if (match(glob, text) != expected)
            fail_msg("%s against %s: expected %d", glob, text, expected);
    }
    assert_true(matched > 5000);
}

/* Would take for ever if every star were tried with every length. */
static void hostile(void **state)
{
    static char glob[4096];
    static char text[8192];
    (void)state;
    for (size_t i = 0; i + 2 < sizeof glob; i += 2)
        memcpy(glob + i, "a*", 2);
    glob[sizeof glob - 2] = 'b';
    memset(text, 'a', sizeof text - 1);
    assert_false(match(glob, text));
    for (size_t i = 0; i + 5 < sizeof glob; i += 5)
        memcpy(glob + i, "**/a/", 5);
    glob[4090] = '\0';
    strcpy(glob + 4085, "b");
    for (size_t i = 1; i + 1 < sizeof text; i += 2)
        text[i] = '/';
    assert_false(match(glob, text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wild_cards),  cmocka_unit_test(refusals), cmocka_unit_test(what_is_wild),
        cmocka_unit_test(against_all), cmocka_unit_test(hostile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
