/*
 * Printable characters: every category that is not, at its edges, and the numbers past Unicode.
 * Whole-table check: tests/contract/printable.sh.
 */
#include "value/printable.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check_all(const uint32_t *points, size_t count, bool expected)
{
    for (size_t i = 0; i < count; i++) {
        if (dvg_code_point_printable(points[i]) != expected)
            fail_msg("U+%04X", (unsigned)points[i]);
    }
}

static void shows_letters_marks_and_the_space(void **state)
{
    static const uint32_t points[] = {
        0x20,    0x7e,    0xa1,    0xac,    0xae,    0xb5,    0x301,   0x377,   0x37a,   0x2010,
        0x2027,  0x2030,  0x3001,  0x4e00,  0xd7fb,  0xfe0f,  0xfffc,  0xfffd,  0x10000, 0x1d11e,
        0x1f600, 0x1f6d7, 0x1f6dd, 0x1faf6, 0x20000, 0x2a6df, 0x30000, 0x3134a, 0xe0100, 0xe01ef,
    };
    (void)state;
    check_all(points, sizeof points / sizeof *points, true);
}

static void hides_controls_formats_and_spaces(void **state)
{
    static const uint32_t points[] = {
        0x0,    0x9,    0xa,    0x1f,   0x7f,   0x80,   0x9f,    0xa0,    0xad,    0x600,   0x61c,
        0x1680, 0x180e, 0x2000, 0x200a, 0x200b, 0x200f, 0x2028,  0x2029,  0x202a,  0x202f,  0x205f,
        0x2060, 0x206f, 0x3000, 0xfeff, 0xfff9, 0xfffb, 0x110bd, 0x1d173, 0xe0001, 0xe007f,
    };
    (void)state;
    check_all(points, sizeof points / sizeof *points, false);
}

static void hides_surrogates_private_and_unassigned(void **state)
{
    static const uint32_t points[] = {
        0x378,    0x379,    0x530,    0xd800,   0xdbff,     0xdc00,     0xdfff,  0xe000,
        0xf8ff,   0xfdd0,   0xfffe,   0xffff,   0x1000c,    0x1f6d8,    0x1f6dc, 0x1ffff,
        0x2a6e0,  0x3134b,  0x40000,  0xe00ff,  0xe01f0,    0xf0000,    0xffffd, 0x100000,
        0x10fffd, 0x10ffff, 0x110000, 0x110041, 0x7fffffff, 0xffffffff,
    };
    (void)state;
    check_all(points, sizeof points / sizeof *points, false);
}

/* As many as Python 3.11 counts, so that no stretch of the table can be lost. */
static void counts_as_many_as_the_standard(void **state)
{
    (void)state;
    size_t count = 0;
    for (uint32_t point = 0; point < 0x110000; point++)
        count += dvg_code_point_printable(point);
    assert_int_equal(count, 144516);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_letters_marks_and_the_space),
        cmocka_unit_test(hides_controls_formats_and_spaces),
        cmocka_unit_test(hides_surrogates_private_and_unassigned),
        cmocka_unit_test(counts_as_many_as_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
