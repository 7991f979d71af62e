/*
 * Number texts: the nearest double with any number of digits, and exact equality with any exponent.
 */
#include "value/decimal.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static locale_t c_locale;

/* From a heap copy of exactly that many bytes, so that a checker sees a read beyond the text. */
static double read_exactly(const char *text, size_t length)
{
    char *copy = malloc(length);
    assert_non_null(copy);
    memcpy(copy, text, length);
    double value = dvg_decimal_to_double(copy, length, c_locale);
    free(copy);
    return value;
}

static void check_bits(const char *text, uint64_t expected)
{
    double value = read_exactly(text, strlen(text));
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (bits != expected)
        fail_msg("%s: %016llx", text, (unsigned long long)bits);
}

static void reads_short_texts(void **state)
{
    (void)state;
    check_bits("0", 0);
    check_bits("-0", 0x8000000000000000u);
    check_bits("0.0e99999999999999999999", 0);
    check_bits("-0.000", 0x8000000000000000u);
    check_bits("1", 0x3ff0000000000000u);
    check_bits("-1.0", 0xbff0000000000000u);
    check_bits("0.1", 0x3fb999999999999au);
    check_bits("1E5", 0x40f86a0000000000u);
    check_bits("100e-2", 0x3ff0000000000000u);
    check_bits("1.10", 0x3ff199999999999au);
    check_bits("9007199254740993", 0x4340000000000000u);
    check_bits("9007199254740993.00000000000000000001", 0x4340000000000001u);
    check_bits("1e22", 0x4480f0cf064dd592u);
    check_bits("1e23", 0x44b52d02c7e14af6u);
    check_bits("123456789012345678901234567890", 0x45f8ee90ff6c373eu);
}

static void reads_the_ends_of_the_range(void **state)
{
    (void)state;
    check_bits("1.7976931348623157e308", 0x7fefffffffffffffu);
    check_bits("1.7976931348623158e308", 0x7fefffffffffffffu);
    check_bits("1.7976931348623159e308", 0x7ff0000000000000u);
    check_bits("1e400", 0x7ff0000000000000u);
    check_bits("-1e+999999999999999999999999", 0xfff0000000000000u);
    check_bits("2.2250738585072011e-308", 0x000fffffffffffffu);
    check_bits("5e-324", 1);
    check_bits("2.4703282292062328e-324", 1);
    check_bits("2.4703282292062327e-324", 0);
    check_bits("-1e-400", 0x8000000000000000u);
    check_bits("1e-999999999999999999999999", 0);
}

static void reads_literals(void **state)
{
    (void)state;
    double value = read_exactly("NaN", 3);
    assert_true(value != value);
    check_bits("Infinity", 0x7ff0000000000000u);
    check_bits("-Infinity", 0xfff0000000000000u);
}

/* "1" and `zeros` zeros, then `tail`. The caller frees. */
static char *with_zeros(const char *head, size_t zeros, const char *tail)
{
    char *text = malloc(strlen(head) + zeros + strlen(tail) + 1);
    assert_non_null(text);
    strcpy(text, head);
    memset(text + strlen(head), '0', zeros);
    strcpy(text + strlen(head) + zeros, tail);
    return text;
}

static void check_long(const char *head, size_t zeros, const char *tail, uint64_t expected)
{
    char *text = with_zeros(head, zeros, tail);
    check_bits(text, expected);
    free(text);
}

static void reads_any_number_of_digits(void **state)
{
    (void)state;
    check_long("1", 400, "", 0x7ff0000000000000u);
    check_long("1", 20000, "e-20000", 0x3ff0000000000000u);
    check_long("0.", 20000, "1e20001", 0x3ff0000000000000u);
    /* Halfway between two doubles, and a last digit thousands of places on that decides. */
    check_long("9007199254740993.", 3000, "", 0x4340000000000000u);
    check_long("9007199254740993.", 3000, "1", 0x4340000000000001u);
    check_long("9007199254740993", 3000, "1e-3001", 0x4340000000000001u);
    check_long("9007199254740995.", 3000, "1", 0x4340000000000002u);
}

static void keeps_errno(void **state)
{
    (void)state;
    errno = 7;
    check_bits("1.00000000000000000000000000000000000001e400", 0x7ff0000000000000u);
    assert_int_equal(errno, 7);
}

static bool equal(const char *a, const char *b)
{
    bool result = dvg_decimal_equal(a, strlen(a), b, strlen(b));
    assert_int_equal(dvg_decimal_equal(b, strlen(b), a, strlen(a)), result);
    return result;
}

static void equal_texts_of_one_number(void **state)
{
    (void)state;
    assert_true(equal("1", "1.0"));
    assert_true(equal("1", "1e0"));
    assert_true(equal("1e3", "1000"));
    assert_true(equal("0.001E+3", "1.000e-00"));
    assert_true(equal("-12.50", "-0.125e2"));
    assert_true(equal("10", "100e-1"));
    assert_true(equal("1.0e5", "10e4"));
    assert_true(equal("0", "-0.0"));
    assert_true(equal("0e999999999999999999999", "0.00e-5"));
    assert_true(equal("1e999999999999999999999", "10e999999999999999999998"));
    assert_true(equal("1e1000000000000000000000", "0.1e+0001000000000000000000001"));
    assert_true(equal("1e-1000000000000000000000", "10e-1000000000000000000001"));
    assert_true(equal("0.01e1", "0.1e-0"));
    assert_true(equal("100e-1", "0.1e2"));
}

static void unequal_texts(void **state)
{
    (void)state;
    assert_false(equal("1", "-1"));
    assert_false(equal("1", "0"));
    assert_false(equal("1e400", "1e500"));
    assert_false(equal("1e-400", "0"));
    assert_false(equal("0.1", "0.1000000000000000001"));
    assert_false(equal("18446744073709551615", "18446744073709551614"));
    assert_false(equal("1e999999999999999999999", "1e999999999999999999998"));
    assert_false(equal("1e999999999999999999999", "1e-999999999999999999999"));
    assert_false(equal("1e1000000000000000000000", "1"));
    assert_false(equal("10", "1"));
    assert_false(equal("101", "11"));
    assert_false(equal("1.01", "1.1"));
    assert_false(equal("12", "123"));
    assert_false(equal("1e10", "1e20"));
}

static int open_locale(void **state)
{
    (void)state;
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return c_locale == (locale_t)0;
}

static int close_locale(void **state)
{
    (void)state;
    freelocale(c_locale);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_short_texts), cmocka_unit_test(reads_the_ends_of_the_range),
        cmocka_unit_test(reads_literals),    cmocka_unit_test(reads_any_number_of_digits),
        cmocka_unit_test(keeps_errno),       cmocka_unit_test(equal_texts_of_one_number),
        cmocka_unit_test(unequal_texts),
    };
    return cmocka_run_group_tests(tests, open_locale, close_locale);
}
