/*
 * Masks: addresses of any size, ranges at the edges, and the digest against a masked copy.
 */
#include "image/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static dvg_allocator standard(void)
{
    return dvg_allocator_or_default((dvg_allocator){NULL, NULL});
}

static dvg_status add(dvg_mask *mask, const char *address, const char *base, uint64_t length)
{
    return dvg_mask_add(mask, address, strlen(address), base, strlen(base), length, NULL);
}

struct row {
    const char *address;
    const char *base;
    bool fits;
    int64_t start;
};

static const struct row rows[] = {
    {"0", "0", true, 0},
    {"-0", "0", true, 0},
    {"2181038084", "2181038080", true, 4},
    {"0000000000000000000000000000000000000012", "-0", true, 12},
    {"1", "2", true, -1},
    {"-5", "-7", true, 2},
    {"-5", "7", true, -12},
    {"9223372036854775807", "0", true, INT64_MAX},
    {"9223372036854775808", "0", false, 0},
    {"9223372036854775808", "1", true, INT64_MAX},
    {"9223372036854775810", "3", true, INT64_MAX},
    {"9223372036854775811", "3", false, 0},
    {"-9223372036854775808", "0", true, INT64_MIN},
    {"-9223372036854775809", "0", false, 0},
    {"-9223372036854775809", "-1", true, INT64_MIN},
    {"-9223372036854775807", "2", false, 0},
    {"18446744073709551616", "18446744073709551615", true, 1},
    {"100000000000000000000000000000000000000004", "100000000000000000000000000000000000000000",
     true, 4},
    {"100000000000000000000000000000000000000000", "99999999999999999999999999999999999999999",
     true, 1},
    {"-100000000000000000000000000000000000000000", "-99999999999999999999999999999999999999998",
     true, -2},
    {"200000000000000000000000000000000000000000", "100000000000000000000000000000000000000000",
     false, 0},
    {"9999999999999999999999999999", "-9999999999999999999999999999", false, 0},
};

static void subtracts_addresses_of_any_size(void **state)
{
    const dvg_allocator allocator = standard();
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dvg_mask mask;
        dvg_mask_init(&mask, &allocator, 0);
        assert_int_equal(add(&mask, rows[i].address, rows[i].base, 4), DVG_OK);
        if (mask.count != rows[i].fits || mask.outside_anywhere == rows[i].fits ||
            (rows[i].fits && mask.ranges[0].start != rows[i].start))
            fail_msg("%s - %s", rows[i].address, rows[i].base);
        dvg_mask_clear(&mask);
    }
}

static void refuses_what_is_no_integer(void **state)
{
    static const char *const wrong[] = {"", "-", "+1", "1.0", "1e3", "0x10", " 1", "1 ", "--1"};
    const dvg_allocator allocator = standard();
    dvg_mask mask;
    (void)state;
    dvg_mask_init(&mask, &allocator, 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(add(&mask, wrong[i], "0", 4), DVG_E_ARGUMENT);
        assert_int_equal(add(&mask, "0", wrong[i], 4), DVG_E_ARGUMENT);
    }
    assert_int_equal(mask.count, 0);
    dvg_mask_clear(&mask);
}

/* The digest must be that of a copy with the ranges overwritten, and both must skip alike. */
static void check_against_copy(const dvg_mask *mask, const char *image, size_t size,
                               uint64_t expected_skips)
{
    char expected[DVG_SHA256_HEX_SIZE];
    char hex[DVG_SHA256_HEX_SIZE];
    uint64_t skipped = 99;
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, image, size);
    assert_int_equal(dvg_mask_apply(mask, copy, size), expected_skips);
    assert_int_equal(dvg_sha256(copy, size, expected, NULL), DVG_OK);
    assert_int_equal(dvg_mask_sha256(mask, image, size, hex, &skipped, NULL), DVG_OK);
    assert_int_equal(skipped, expected_skips);
    assert_string_equal(hex, expected);
    free(copy);
}

static void skips_what_leaves_the_image(void **state)
{
    const dvg_allocator allocator = standard();
    char image[100];
    dvg_mask mask;
    (void)state;
    memset(image, 'i', sizeof image);
    dvg_mask_init(&mask, &allocator, 0xcd);
    add(&mask, "99", "100", 4);                   /* begins before */
    add(&mask, "197", "100", 4);                  /* ends behind */
    add(&mask, "200", "100", 1);                  /* begins behind */
    add(&mask, "201", "100", 0);                  /* empty, but behind */
    add(&mask, "110", "100", UINT64_MAX);         /* would wrap round */
    add(&mask, "99999999999999999999", "100", 4); /* fits no 64 bits */
    check_against_copy(&mask, image, sizeof image, 6);
    add(&mask, "196", "100", 4); /* ends with the image */
    add(&mask, "100", "100", 4); /* begins with it */
    add(&mask, "200", "100", 0); /* empty at its end */
    check_against_copy(&mask, image, sizeof image, 6);
    check_against_copy(&mask, image, 4, 8);
    check_against_copy(&mask, image, 0, 9);
    dvg_mask_clear(&mask);
}

static void merges_ranges_in_any_order(void **state)
{
    const dvg_allocator allocator = standard();
    enum { SIZE = 20000 };
    char *image = malloc(SIZE);
    uint32_t random = 1;
    (void)state;
    assert_non_null(image);
    for (size_t i = 0; i < SIZE; i++)
        image[i] = (char)(i * 7);
    for (int round = 0; round < 200; round++) {
        dvg_mask mask;
        dvg_mask_init(&mask, &allocator, (unsigned char)round);
        for (int i = 0; i < round; i++) {
            char address[16];
            random = random * 1664525 + 1013904223;
            snprintf(address, sizeof address, "%u", (unsigned)(random >> 8) % 12000);
            random = random * 1664525 + 1013904223;
            add(&mask, address, "0", (random >> 8) % 8 == 0 ? 8000 : (random >> 12) % 40);
        }
        check_against_copy(&mask, image, SIZE, 0);
        dvg_mask_clear(&mask);
    }
    free(image);
}

static void changes_nothing_without_ranges(void **state)
{
    const dvg_allocator allocator = standard();
    dvg_mask mask;
    char hex[DVG_SHA256_HEX_SIZE];
    (void)state;
    dvg_mask_init(&mask, &allocator, 0);
    assert_int_equal(dvg_mask_sha256(&mask, "abc", 3, hex, NULL, NULL), DVG_OK);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    dvg_mask_clear(&mask);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subtracts_addresses_of_any_size),
        cmocka_unit_test(refuses_what_is_no_integer),
        cmocka_unit_test(skips_what_leaves_the_image),
        cmocka_unit_test(merges_ranges_in_any_order),
        cmocka_unit_test(changes_nothing_without_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
