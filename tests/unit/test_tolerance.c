/*
 * Tolerances and forms on scalars: bounds that mean what they say, integers of any size, exponents
 * of any size, doubles in steps, hexadecimal texts.
 */
#include "support/counting.h"
#include "value/equal.h"
#include "value/leniency.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct counting counting;
static dvg_allocator allocator;

struct side {
    dvg_document document;
    char *copy;
};

static dvg_value take(struct side *side, const char *text)
{
    dvg_reading reading;
    dvg_reading_init(&reading);
    reading.nonfinite = true;
    allocator = counting_allocator(&counting);
    if (read_bytes(&side->document, &side->copy, text, strlen(text), &allocator, &reading, NULL) !=
        DVG_OK)
        fail_msg("not read: %s", text);
    return dvg_document_root(&side->document);
}

/* Either way round; `*took` is of the first. */
static bool same(const dvg_leniency *leniency, const char *left, const char *right, unsigned *took)
{
    struct side sides[2];
    unsigned other;
    dvg_value a = take(&sides[0], left);
    dvg_value b = take(&sides[1], right);
    bool plain = dvg_scalar_same(a, b, DVG_NUMBERS_EXACT);
    bool answer = dvg_lenient_same(leniency, a, b, plain, took);
    if (dvg_lenient_same(leniency, b, a, plain, &other) != answer || other != *took)
        fail_msg("%s, %s: another answer the other way round", left, right);
    for (int side = 0; side < 2; side++) {
        dvg_document_clear(&sides[side].document);
        free(sides[side].copy);
    }
    return answer;
}

/* ---------------------------------------------------------------- tolerance */

struct near_row {
    double absolute, relative;
    const char *left, *right;
    bool same;
};

static void check_near(const struct near_row *row)
{
    unsigned took;
    dvg_tolerance tolerance = {{0, 0}, {0, 0}, false, 0, false};
    const dvg_leniency leniency = {0, &tolerance, false};
    assert_true(dvg_margin_set(&tolerance.absolute, row->absolute));
    assert_true(dvg_margin_set(&tolerance.relative, row->relative));
    if (same(&leniency, row->left, row->right, &took) != row->same)
        fail_msg("abs %g, rel %g: %s, %s", row->absolute, row->relative, row->left, row->right);
}

static void keeps_to_the_bound(void **state)
{
    (void)state;
    static const struct near_row rows[] = {
        {0.5, 0, "18446744073709551615", "18446744073709551614", false},
        {1, 0, "18446744073709551615", "18446744073709551614", true},
        {1, 0, "18446744073709551616", "18446744073709551614", false},
        {1, 0, "-18446744073709551615", "18446744073709551614", false},
        {1e300, 0, "18446744073709551615", "-18446744073709551614", true},
        {2, 0, "-1", "1", true},
        {1.9999999999999998, 0, "-1", "1", false},
        {0.1, 0, "1.1", "1.2", true},
        {0.1, 0, "1.1", "1.2000000000000000000000000000000000000000000001", false},
        {0.1, 0, "0.3", "0.2", true},
        {0.5, 0, "1.5", "2", true},
        {0.5, 0, "1", "1.50", true},
        {0.5, 0, "1", "1.500000000000000000000001", false},
        {0.5, 0, "100000000000000000000000000000000000000000000000",
         "100000000000000000000000000000000000000000000000.5", true},
        {0.25, 0, "100000000000000000000000000000000000000000000000",
         "100000000000000000000000000000000000000000000000.5", false},
        {1, 0, "1e400", "1e400", true},
        {1e308, 0, "1e400", "1e500", false},
        {0, 0.5, "1e400", "2e400", true},
        {0, 0.49999, "1e400", "2e400", false},
        {1, 0, "1e99999999999999999999", "1e99999999999999999998", false},
        {1, 1, "1e99999999999999999999", "10e99999999999999999998", true},
        {5e-324, 0, "1e-400", "0", true},
        {5e-324, 0, "5e-324", "0", true},
        {5e-324, 0, "5.1e-324", "0.0", false},
        {0, 0.1, "90", "100", true},
        {0, 0.1, "-90", "-100", true},
        {0, 0.1, "89.999999999999999999999", "100", false},
        {0, 1, "0", "1e300", true},
        {0, 1, "-1", "1", false},
        {0, 2, "-1", "1", true},
        {0, 1e-9, "1000000000", "1000000001", true},
        {0, 1e-9, "1000000000", "1000000002", false},
        {0.001, 0.1, "1", "1.05", true},
        {0, 0, "1", "1.0", true}, /* two numbers, and they are the same */
        {0, 0, "1", "1.1", false},
        {1e308, 1, "Infinity", "Infinity", true},
        {1e308, 1, "Infinity", "-Infinity", false},
        {1e308, 1, "Infinity", "1e308", false},
        {1e308, 1, "NaN", "1", false},
        {1e308, 1, "\"1\"", "1", false},
        {1e308, 1, "true", "1", false},
        {1e308, 1, "null", "0", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_near(&rows[i]);
}

static void refuses_bounds(void **state)
{
    (void)state;
    dvg_margin margin;
    assert_false(dvg_margin_set(&margin, -1));
    assert_false(dvg_margin_set(&margin, -5e-324));
    assert_false(dvg_margin_set(&margin, (double)NAN));
    assert_false(dvg_margin_set(&margin, (double)INFINITY));
    assert_true(dvg_margin_set(&margin, -0.0));
    assert_int_equal(margin.mantissa, 0);
    assert_true(dvg_margin_set(&margin, 0.1));
    assert_int_equal(margin.mantissa, 1);
    assert_int_equal(margin.power, -1);
    assert_true(dvg_margin_set(&margin, 1.7976931348623157e308));
    assert_int_equal(margin.mantissa, 17976931348623157);
    assert_int_equal(margin.power, 292);
}

/* One number against another, for many bounds: the sum by digits is what 128 bits say. */
static void agrees_with_wide_integers(void **state)
{
    (void)state;
    uint64_t seed = 88172645463325252U;
    for (int i = 0; i < 20000; i++) {
        int64_t part[3];
        char text[2][64];
        for (int n = 0; n < 3; n++) {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            part[n] = (int64_t)(seed % 2000) * (seed >> 40 & 1 ? 1 : 1000003);
        }
        int64_t left = part[0] - 500;
        int64_t right = part[1] - 500;
        snprintf(text[0], sizeof text[0], "%lld", (long long)left);
        snprintf(text[1], sizeof text[1], "%llde2", (long long)right);
        int64_t apart = left > right * 100 ? left - right * 100 : right * 100 - left;
        const struct near_row absolute = {(double)part[2] / 2, 0, text[0], text[1],
                                          2 * apart <= part[2]};
        check_near(&absolute);
        int64_t most = llabs(left) > llabs(right * 100) ? llabs(left) : llabs(right * 100);
        const struct near_row relative = {0, (double)(part[2] % 256) / 128, text[0], text[1],
                                          128 * apart <= most * (part[2] % 256)};
        check_near(&relative);
    }
}

static void counts_doubles(void **state)
{
    (void)state;
    static const struct {
        uint64_t steps;
        const char *left, *right;
        bool same;
    } rows[] = {
        {1, "1.0", "1.0000000000000002", true},
        {1, "1.0", "1.0000000000000004", false},
        {2, "1.0", "1.0000000000000004", true},
        {1, "1.0", "0.9999999999999999", true},
        {2, "5e-324", "-5e-324", true},
        {1, "5e-324", "-5e-324", false},
        {0, "0.1", "0.1000000000000000000001", true},
        {1, "9007199254740993", "9007199254740992", false}, /* two integers */
        {0, "9007199254740993", "9007199254740992.0", true},
        {1000, "1e400", "1e500", false}, /* no doubles */
        {1000, "1.7976931348623157e308", "Infinity", false},
        {1000, "NaN", "NaN", true}, /* as ever where numbers are exact */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        unsigned took;
        const dvg_tolerance tolerance = {{0, 0}, {0, 0}, true, rows[i].steps, false};
        const dvg_leniency leniency = {0, &tolerance, false};
        if (same(&leniency, rows[i].left, rows[i].right, &took) != rows[i].same)
            fail_msg("row %zu: %s, %s", i, rows[i].left, rows[i].right);
    }
}

/* ---------------------------------------------------------------- forms */

#define F64 "ffffffffffffffff"

static void brings_into_one_form(void **state)
{
    (void)state;
    enum { CASE = DVG_FORM_CASE, TRIM = DVG_FORM_TRIM, HEX = DVG_FORM_HEX };
    static const struct {
        unsigned forms;
        const char *left, *right;
        bool same;
    } rows[] = {
        {CASE, "\"Foo\"", "\"fOO\"", true},
        {CASE, "\"Foo\"", "\"fOO \"", false},
        {CASE, "\"\\u00c9\"", "\"\\u00e9\"", false}, /* no letter of ASCII */
        {CASE, "\"[\"", "\"{\"", false},
        {CASE, "\"@\"", "\"`\"", false},
        {TRIM, "\" \\t\\r\\n\\u000b\\u000ca b \"", "\"a b\"", true},
        {TRIM, "\"\\u00a0a\"", "\"a\"", false},
        {TRIM, "\"\\u0000\"", "\"\"", false},
        {TRIM, "\"   \"", "\"\"", true},
        {TRIM, "\"a b\"", "\"ab\"", false},
        {TRIM, "\"A\"", "\"a\"", false},
        {TRIM | CASE, "\" A\"", "\"a\"", true},
        {HEX, "\"0x1F\"", "\"0x1f\"", true},
        {HEX, "\"0x1F\"", "\"0X001F\"", true},
        {HEX, "\"0x1F\"", "31", true},
        {HEX, "\"0x1F\"", "32", false},
        {HEX, "\"0x1F\"", "\"31\"", false},
        {HEX, "\"0x1F\"", "31.0", false},
        {HEX, "\"-0x1F\"", "-31", true},
        {HEX, "\"-0x0\"", "0", true},
        {HEX, "\"0x0\"", "\"0x000\"", true},
        {HEX, "\"0x\"", "0", false},
        {HEX, "\"0xG\"", "\"0xg\"", false},
        {HEX, "\"1F\"", "31", false},
        {HEX, "\" 0x1F\"", "31", false},
        {HEX | TRIM, "\" 0x1F\"", "31", true},
        {HEX, "\"0x" F64 "\"", "18446744073709551615", true},
        {HEX, "\"0x" F64 "\"", "18446744073709551614", false},
        {HEX, "\"0x" F64 F64 F64 "\"", "6277101735386680763835789423207666416102355444464034512895",
         true},
        {HEX, "\"0x" F64 F64 F64 "\"", "6277101735386680763835789423207666416102355444464034512894",
         false},
        {HEX, "\"Foo\"", "\"foo\"", false},
        {CASE | TRIM | HEX, "1", "1.0", false},
        {CASE | TRIM | HEX, "true", "\"true\"", false},
        {DVG_FORM_NULL_ABSENT, "null", "0", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        unsigned took;
        const dvg_leniency leniency = {rows[i].forms, NULL, false};
        if (same(&leniency, rows[i].left, rows[i].right, &took) != rows[i].same)
            fail_msg("row %zu: %s, %s", i, rows[i].left, rows[i].right);
        assert_int_equal(took, rows[i].same ? DVG_TOOK_FORMS : 0);
    }
}

/* Many digits: two hexadecimal texts have no bound, one beside a decimal number has. */
static void takes_long_texts(void **state)
{
    (void)state;
    enum { LONG = 5000 };
    unsigned took;
    char texts[2][LONG + 16];
    const dvg_leniency leniency = {DVG_FORM_HEX, NULL, false};
    for (int side = 0; side < 2; side++) {
        memset(texts[side], side == 0 ? 'a' : 'A', LONG);
        memcpy(texts[side], "\"0x", 3);
        memcpy(texts[side] + LONG, "\"", 2);
    }
    assert_true(same(&leniency, texts[0], texts[1], &took));
    texts[1][LONG - 1] = 'B';
    assert_false(same(&leniency, texts[0], texts[1], &took));
    assert_false(same(&leniency, texts[0], "12", &took));
    memset(texts[0] + 3, '0', LONG - 4);
    texts[0][LONG - 1] = 'c';
    assert_true(same(&leniency, texts[0], "12", &took)); /* zeros in front are no digits */
}

static void tells_zeros_apart(void **state)
{
    (void)state;
    static const struct {
        const char *left, *right;
        bool same;
    } rows[] = {{"0.0", "-0.0", false}, {"0", "-0", false},        {"-0.0", "-0e5", true},
                {"0.0", "0e-7", true},  {"0.0", "-0.0e9", false},  {"1.0", "-1.0", false},
                {"1.0", "1.00", true},  {"\"0\"", "\"-0\"", false}};
    dvg_tolerance tolerance = {{0, 0}, {0, 0}, false, 0, false};
    const dvg_leniency alone = {0, NULL, true};
    const dvg_leniency beside = {0, &tolerance, true};
    unsigned took;
    assert_true(dvg_margin_set(&tolerance.absolute, 1));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (same(&alone, rows[i].left, rows[i].right, &took) != rows[i].same)
            fail_msg("row %zu: %s, %s", i, rows[i].left, rows[i].right);
        if (same(&beside, rows[i].left, rows[i].right, &took) != rows[i].same)
            fail_msg("row %zu under a tolerance: %s, %s", i, rows[i].left, rows[i].right);
    }
    assert_false(same(&beside, "0", "-0.0", &took));
    assert_int_equal(took, DVG_TOOK_SIGN);
}

static void says_what_it_took(void **state)
{
    (void)state;
    dvg_tolerance tolerance = {{0, 0}, {0, 0}, false, 0, true};
    const dvg_leniency both = {DVG_FORM_HEX | DVG_FORM_TRIM, &tolerance, false};
    unsigned took;
    assert_true(dvg_margin_set(&tolerance.absolute, 1));
    assert_true(same(&both, "1", "1", &took));
    assert_int_equal(took, 0);
    assert_true(same(&both, "1", "2", &took));
    assert_int_equal(took, DVG_TOOK_TOLERANCE);
    assert_true(same(&both, "\"0x1f\"", "31", &took));
    assert_int_equal(took, DVG_TOOK_FORMS);
    assert_true(same(&both, "\" 0x1e\"", "31.0", &took));
    assert_int_equal(took, DVG_TOOK_FORMS | DVG_TOOK_TOLERANCE);
    assert_true(same(&both, "\"0x1e\"", "\"0x1f\"", &took));
    assert_int_equal(took, DVG_TOOK_FORMS | DVG_TOOK_TOLERANCE);
    assert_false(same(&both, "\"0x1e\"", "\"0x20\"", &took));
    assert_int_equal(took, 0);
}

#define TEST(name) cmocka_unit_test(name)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_to_the_bound), TEST(refuses_bounds),       TEST(agrees_with_wide_integers),
        TEST(counts_doubles),     TEST(brings_into_one_form), TEST(takes_long_texts),
        TEST(tells_zeros_apart),  TEST(says_what_it_took),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
