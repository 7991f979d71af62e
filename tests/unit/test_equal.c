/*
 * When two values are the same: the exact rule of the walk, Python's `==`, and keys.
 */
#include "support/counting.h"
#include "value/equal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct side {
    dvg_document document;
    char *copy;
};

static struct counting counting;
static dvg_allocator allocator;
static struct side sides[2];

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    return counting.live != 0 || counting.wrong_size;
}

static dvg_value take(int side, const char *text)
{
    dvg_reading reading;
    dvg_reading_init(&reading);
    reading.nonfinite = true;
    reading.duplicates = DVG_DUPLICATES_LAST;
    if (read_bytes(&sides[side].document, &sides[side].copy, text, strlen(text), &allocator,
                   &reading, NULL) != DVG_OK)
        fail_msg("not read: %s", text);
    return dvg_document_root(&sides[side].document);
}

static void let_go(void)
{
    for (int side = 0; side < 2; side++) {
        dvg_document_clear(&sides[side].document);
        free(sides[side].copy);
    }
}

#define TWO_200 "1606938044258990275541962092341162602522202993782792835301376"
struct row {
    const char *left, *right;
    bool same;
};

/* What Python 3.11 says of `json.loads(left) == json.loads(right)`. */
static const struct row loose_rows[] = {
    {"1", "1.0", true},
    {"1", "true", true},
    {"1.0", "true", true},
    {"0", "false", true},
    {"-0", "0", true},
    {"-0.0", "false", true},
    {"-0", "-0.0", true},
    {"2", "true", false},
    {"null", "false", false},
    {"null", "0", false},
    {"null", "null", true},
    {"\"1\"", "1", false},
    {"\"\"", "null", false},
    {"9007199254740993", "9007199254740992.0", false},
    {"9007199254740993", "9007199254740993.0", false},
    {"9007199254740992", "9007199254740993.0", true},
    {"9007199254740994", "9007199254740994.0", true},
    {"-9007199254740992", "-9007199254740992.0", true},
    {"-9007199254740992", "9007199254740992.0", false},
    {"9007199254740991", "9007199254740991.0", true},
    {"9999999999999999", "1e16", false},
    {"10000000000000000", "1e16", true},
    {"10000000000000000000000", "1e22", true},
    {"100000000000000000000000", "1e23", false},
    {"99999999999999991611392", "1e23", true},
    {"99999999999999991611393", "1e23", false},
    {TWO_200, "1606938044258990275541962092341162602522202993782792835301376.0", true},
    {TWO_200, "1.6069380442589903e60", true},
    {TWO_200 "0", "1.6069380442589903e61", true},
    {TWO_200 "1", "1.6069380442589903e61", false},
    {"1"
     "0000000000000000000000000000000000000000",
     "1e40", false},
    {"1", "1.0000000000000000000001", true},
    {"1", "1.5", false},
    {"0", "1e-400", true},
    {"1e400", "Infinity", true},
    {"1e400", "1e500", true},
    {"-1e400", "1e400", false},
    {"NaN", "NaN", false},
    {"NaN", "1", false},
    {"[NaN]", "[NaN]", true},
    {"{\"a\":NaN}", "{\"a\":NaN}", true},
    {"[NaN]", "[1]", false},
    {"[]", "{}", false},
    {"[]", "[]", true},
    {"[1]", "[1,1]", false},
    {"[1,[2,{\"a\":[3.0]}]]", "[true,[2.0,{\"a\":[3]}]]", true},
    {"{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true},
    {"{\"a\":1,\"b\":2}", "{\"a\":1,\"c\":2}", false},
    {"{\"a\":1}", "{\"a\":1,\"b\":2}", false},
    {"{\"a\":1,\"a\":2}", "{\"a\":2}", true},
    {"\"\\u0061\"", "\"a\"", true},
    {"\"a\\u0000b\"", "\"a\"", false},
    {"\"\\ud800\"", "\"\\ufffd\"", false},
    {"\"\xc3\xa9\"", "\"e\\u0301\"", false},
};

static bool loosely(const char *left, const char *right)
{
    bool equal = false;
    assert_true(dvg_value_loosely_equal(take(0, left), take(1, right), &allocator, &equal));
    let_go();
    return equal;
}

static void python_equality(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof loose_rows / sizeof *loose_rows; i++) {
        const struct row *row = &loose_rows[i];
        if (loosely(row->left, row->right) != row->same ||
            loosely(row->right, row->left) != row->same)
            fail_msg("%s == %s", row->left, row->right);
    }
}

/* The integer that the double 1e308 is, and its neighbours. */
static void an_integer_of_309_digits(void **state)
{
    static const char exact[] =
        "10000000000000000109790636294404554174049230967731184633681068290315758540491149"
        "15371633289784946888990612496697211725156115902837431400883283070091981460460312"
        "71664502933027185697489699588559043338384466165001178426897626212945177628091195"
        "786707458122783970171784415105291802893207873272974885715430223118336";
    (void)state;
    char text[sizeof exact];
    assert_true(loosely(exact, "1e308"));
    assert_true(loosely("1e308", exact));
    memcpy(text, exact, sizeof text);
    text[sizeof text - 2] ^= 1;
    assert_false(loosely(text, "1e308"));
    memcpy(text, exact, sizeof text);
    text[1] = '1';
    assert_false(loosely(text, "1e308"));
}

static void absence_is_null(void **state)
{
    (void)state;
    bool equal = false;
    dvg_value null = take(0, "null");
    dvg_value zero = take(1, "0");
    assert_true(dvg_value_loosely_equal(null, dvg_value_absent(), &allocator, &equal));
    assert_true(equal);
    assert_true(dvg_value_loosely_equal(dvg_value_absent(), zero, &allocator, &equal));
    assert_false(equal);
    assert_true(dvg_key_same(dvg_value_absent(), null));
    assert_true(dvg_key_same(dvg_value_absent(), dvg_value_absent()));
    assert_false(dvg_key_same(dvg_value_absent(), zero));
    let_go();
}

static void scalars_of_the_walk(void **state)
{
    static const struct {
        const char *left, *right;
        bool exact, twice; /* DVG_NUMBERS_EXACT, DVG_NUMBERS_DOUBLE */
    } rows[] = {
        {"1", "1", true, true},
        {"1", "1.0", false, false},
        {"1", "true", false, false},
        {"true", "false", false, false},
        {"null", "false", false, false},
        {"-0", "0", true, true},
        {"0", "10", false, false},
        {"-0", "-10", false, false},
        {"-0.0", "0.0", true, true},
        {"0e5", "-0.00", true, true},
        {"1e3", "1000.0", true, true},
        {"1.10", "1.1", true, true},
        {"1e400", "1e500", false, true},
        {"1e400", "10e399", true, true},
        {"1e400", "Infinity", false, true},
        {"-Infinity", "Infinity", false, false},
        {"1e-400", "0.0", false, true},
        {"0.1", "0.1000000000000000001", false, true},
        {"NaN", "NaN", true, false},
        {"18446744073709551615", "18446744073709551614", false, false},
        {"\"a\\u0000b\"", "\"a\"", false, false},
        {"\"\\ud83d\"", "\"\\ufffd\"", false, false},
        {"\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"", true, true},
        {"\"1\"", "1", false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dvg_value left = take(0, rows[i].left);
        dvg_value right = take(1, rows[i].right);
        if (dvg_scalar_same(left, right, DVG_NUMBERS_EXACT) != rows[i].exact ||
            dvg_scalar_same(right, left, DVG_NUMBERS_EXACT) != rows[i].exact ||
            dvg_scalar_same(left, right, DVG_NUMBERS_DOUBLE) != rows[i].twice ||
            dvg_scalar_same(right, left, DVG_NUMBERS_DOUBLE) != rows[i].twice)
            fail_msg("%s and %s", rows[i].left, rows[i].right);
        let_go();
    }
}

/* Keys are the same as Python's `==` has it, but NaN is one key; their hashes agree. */
static void keys_and_their_hashes(void **state)
{
    static const dvg_seed seed = {{11, 22}};
    (void)state;
    for (size_t i = 0; i < sizeof loose_rows / sizeof *loose_rows; i++) {
        const struct row *row = &loose_rows[i];
        dvg_value left = take(0, row->left);
        dvg_value right = take(1, row->right);
        if (dvg_value_type(left) < DVG_ARRAY && dvg_value_type(right) < DVG_ARRAY) {
            bool nan = strcmp(row->left, "NaN") == 0 && strcmp(row->right, "NaN") == 0;
            assert_int_equal(dvg_key_same(left, right), row->same || nan);
            if (row->same || nan)
                assert_true(dvg_key_hash(left, &seed) == dvg_key_hash(right, &seed));
        }
        let_go();
    }
}

/* Integers that are near the same double must not share their hash: handles and addresses are. */
static void large_integers_do_not_collide(void **state)
{
    static const dvg_seed seed = {{11, 22}};
    static const char *const rows[][2] = {
        {"18446744073709551615", "18446744073709551614"},
        {"100000000000000000000000000000001", "100000000000000000000000000000002"},
        {"9007199254740993", "9007199254740992"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dvg_value left = take(0, rows[i][0]);
        dvg_value right = take(1, rows[i][1]);
        assert_false(dvg_key_same(left, right));
        assert_true(dvg_key_hash(left, &seed) != dvg_key_hash(right, &seed));
        let_go();
    }
}

static void every_allocation_can_fail(void **state)
{
    static const char text[] = "{\"a\":[1,2,[3]],\"b\":{\"x\":1,\"y\":2},\"c\":[],\"m\":1,\"l\":1,"
                               "\"k\":1,\"j\":1,\"i\":1,\"h\":1,\"g\":1,\"f\":1,\"e\":1,\"d\":1}";
    (void)state;
    dvg_value left = take(0, text);
    dvg_value right = take(1, text);
    bool done = false;
    for (size_t fail_at = 1; !done; fail_at++) {
        struct counting mine;
        dvg_allocator failing = counting_allocator(&mine);
        bool equal = false;
        mine.fail_at = fail_at;
        done = dvg_value_loosely_equal(left, right, &failing, &equal);
        assert_int_equal(done, mine.calls < fail_at);
        assert_int_equal(mine.live, 0);
        assert_false(mine.wrong_size);
        if (done)
            assert_true(equal);
    }
    let_go();
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(python_equality),           TEST(an_integer_of_309_digits),
        TEST(absence_is_null),           TEST(scalars_of_the_walk),
        TEST(keys_and_their_hashes),     TEST(large_integers_do_not_collide),
        TEST(every_allocation_can_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
