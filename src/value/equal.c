/*
 * equal: see equal.h. Scalars first, then whole trees with a work list in place of recursion.
 */
#include "value/equal.h"
#include "base/bytes.h"
#include "value/cell.h"
#include "value/decimal.h"
#include "value/number.h"
#include "value/members.h"

#include <math.h>
#include <string.h>

static bool is_zero_integer(dvg_text text)
{
    return text.data[text.size - 1] == '0' && text.size <= 2 &&
           (text.size == 1 || text.data[0] == '-');
}

static bool same_integer(dvg_text left, dvg_text right)
{
    return dvg_text_same(left, right) || (is_zero_integer(left) && is_zero_integer(right));
}

static bool is_named(dvg_text real)
{
    char last = real.data[real.size - 1];
    return last == 'N' || last == 'y';
}

static double to_double(dvg_text text) { return dvg_number_double(text); }

static bool same_real(dvg_text left, dvg_text right, dvg_numbers numbers)
{
    if (numbers == DVG_NUMBERS_DOUBLE)
        return to_double(left) == to_double(right);
    if (dvg_text_same(left, right))
        return true;
    if (is_named(left) || is_named(right))
        return false;
    return to_double(left) == to_double(right) &&
           dvg_decimal_equal(left.data, left.size, right.data, right.size);
}

bool dvg_scalar_same(dvg_value left, dvg_value right, dvg_numbers numbers)
{
    dvg_type type = dvg_value_type(left);
    if (type != dvg_value_type(right))
        return false;
    if (type < DVG_INTEGER)
        return true;
    dvg_text a = dvg_value_text(left);
    dvg_text b = dvg_value_text(right);
    if (type == DVG_INTEGER)
        return same_integer(a, b);
    return type == DVG_REAL ? same_real(a, b, numbers) : dvg_text_same(a, b);
}

/* ---- across types */

static bool is_number(dvg_type type) { return type >= DVG_FALSE && type <= DVG_REAL; }

/* The integer that a double is, in decimal digits without a sign; 0 if it is none. 2^1024 has
 * 309 digits. */
static size_t double_digits(double value, char digits[320])
{
    uint32_t limbs[40] = {0}; /* base 10^9, lowest first */
    int exponent;
    double fraction = frexp(fabs(value), &exponent);
    uint64_t mantissa = (uint64_t)ldexp(fraction, 53);
    size_t used = 0;
    for (; mantissa > 0; mantissa /= 1000000000)
        limbs[used++] = (uint32_t)(mantissa % 1000000000);
    for (int shift = exponent - 53; shift > 0; shift--) {
        uint32_t carry = 0;
        for (size_t i = 0; i < used; i++) {
            uint32_t doubled = limbs[i] * 2 + carry;
            carry = doubled >= 1000000000;
            limbs[i] = doubled - (carry ? 1000000000 : 0);
        }
        if (carry)
            limbs[used++] = 1;
    }
    size_t size = 0;
    for (size_t i = used; i-- > 0;) {
        for (uint32_t unit = 100000000; unit > 0; unit /= 10) {
            uint32_t digit = limbs[i] / unit % 10;
            if (size > 0 || digit > 0)
                digits[size++] = (char)('0' + digit);
        }
    }
    return size;
}

static bool integer_is_double(dvg_text integer, double value)
{
    char digits[320];
    bool negative = integer.data[0] == '-';
    if (!isfinite(value) || value != floor(value))
        return false;
    if (fabs(value) < 9007199254740992.0) {
        /* Fewer than 17 digits, so the nearest double of such an integer is the integer. */
        return integer.size - negative < 17 && to_double(integer) == value;
    }
    size_t size = double_digits(value, digits);
    return negative == (value < 0) && integer.size - negative == size &&
           memcmp(integer.data + negative, digits, size) == 0;
}

/* A boolean as the integer that Python takes it for. */
static dvg_text integer_text(dvg_value value)
{
    dvg_type type = dvg_value_type(value);
    if (type == DVG_TRUE || type == DVG_FALSE)
        return (dvg_text){type == DVG_TRUE ? "1" : "0", 1};
    return dvg_value_text(value);
}

static bool same_number(dvg_value left, dvg_value right)
{
    bool left_real = dvg_value_type(left) == DVG_REAL;
    bool right_real = dvg_value_type(right) == DVG_REAL;
    dvg_text a = integer_text(left);
    dvg_text b = integer_text(right);
    if (left_real && right_real)
        return to_double(a) == to_double(b);
    if (left_real)
        return integer_is_double(b, to_double(a));
    return right_real ? integer_is_double(a, to_double(b)) : same_integer(a, b);
}

static bool is_nan(dvg_value value)
{
    return dvg_value_type(value) == DVG_REAL && dvg_value_text(value).data[0] == 'N';
}

static dvg_type null_if_absent(dvg_value value)
{
    dvg_type type = dvg_value_type(value);
    return type == DVG_ABSENT ? DVG_NULL : type;
}

static bool scalar_loosely_same(dvg_value left, dvg_value right)
{
    dvg_type a = null_if_absent(left);
    dvg_type b = null_if_absent(right);
    if (is_number(a) && is_number(b))
        return same_number(left, right);
    return a == b && (a == DVG_NULL || dvg_text_same(dvg_value_text(left), dvg_value_text(right)));
}

bool dvg_key_same(dvg_value left, dvg_value right)
{
    return scalar_loosely_same(left, right) || (is_nan(left) && is_nan(right));
}

/* Numbers that are the same have one double. An integer that is none equals no real, so that its
 * digits can be hashed: handles and addresses in a row are near one double. */
static uint64_t hash_number(dvg_value key, const dvg_seed *seed)
{
    enum { SURELY_DOUBLE = 15 };
    dvg_text text = integer_text(key);
    double number = to_double(text);
    if (dvg_value_type(key) == DVG_INTEGER && text.size > SURELY_DOUBLE &&
        !integer_is_double(text, number))
        return dvg_siphash(seed, text.data, text.size);
    number = number == 0 ? 0 : number; /* -0.0 and 0.0 are one key */
    return is_nan(key) ? seed->word[0] : dvg_siphash(seed, &number, sizeof number);
}

uint64_t dvg_key_hash(dvg_value key, const dvg_seed *seed)
{
    dvg_type type = null_if_absent(key);
    if (is_number(type))
        return hash_number(key, seed);
    if (type != DVG_STRING)
        return seed->word[1];
    dvg_text text = dvg_value_text(key);
    return dvg_siphash(seed, text.data, text.size);
}

/* ---- trees */

struct pair {
    dvg_value left, right;
};

struct work {
    const dvg_allocator *allocator;
    struct pair *pairs;
    size_t count, capacity;
    const dvg_numbers *strict; /* as the walk compares; NULL: loosely */
    bool equal;
    bool failed;
};

static void work_add(struct work *work, dvg_value left, dvg_value right)
{
    void *pairs = work->pairs;
    if (!dvg_grow(work->allocator, &pairs, &work->capacity, work->count + 1, sizeof *work->pairs)) {
        work->failed = true;
        return;
    }
    work->pairs = pairs;
    work->pairs[work->count++] = (struct pair){left, right};
}

static void add_elements(struct work *work, dvg_value left, dvg_value right)
{
    uint64_t count = dvg_value_count(left);
    if (count != dvg_value_count(right)) {
        work->equal = false;
        return;
    }
    dvg_value a = dvg_value_first(left);
    dvg_value b = dvg_value_first(right);
    for (uint64_t i = 0; i < count && !work->failed; i++) {
        work_add(work, a, b);
        a = dvg_value_next(a);
        b = dvg_value_next(b);
    }
}

static void pair_members(struct work *work, struct pair pair, dvg_member *a, dvg_member *b,
                         size_t count)
{
    dvg_members_list(pair.left, a);
    dvg_members_list(pair.right, b);
    if (!dvg_members_sort(work->allocator, a, count) ||
        !dvg_members_sort(work->allocator, b, count)) {
        work->failed = true;
        return;
    }
    for (size_t i = 0; i < count && work->equal && !work->failed; i++) {
        work->equal = dvg_text_same(a[i].name, b[i].name);
        work_add(work, (dvg_value){pair.left.document, a[i].cell},
                 (dvg_value){pair.right.document, b[i].cell});
    }
}

static void add_members(struct work *work, struct pair pair)
{
    size_t count = (size_t)dvg_value_count(pair.left);
    work->equal = count == dvg_value_count(pair.right);
    if (!work->equal || count == 0)
        return;
    dvg_member *members = dvg_allocate(work->allocator, 2 * count * sizeof *members);
    if (members == NULL) {
        work->failed = true;
        return;
    }
    pair_members(work, pair, members, members + count, count);
    dvg_release(work->allocator, members, 2 * count * sizeof *members);
}

static void work_compare(struct work *work, struct pair pair)
{
    dvg_type left = dvg_value_type(pair.left);
    dvg_type right = dvg_value_type(pair.right);
    if (work->strict != NULL && left < DVG_ARRAY)
        work->equal = dvg_scalar_same(pair.left, pair.right, *work->strict);
    else if (left < DVG_ARRAY && right < DVG_ARRAY)
        /* Inside a container the two NaN of a reader are one object, and so are equal. */
        work->equal = dvg_key_same(pair.left, pair.right);
    else if (left != right)
        work->equal = false;
    else if (left == DVG_ARRAY)
        add_elements(work, pair.left, pair.right);
    else
        add_members(work, pair);
}

static bool same_trees(dvg_value left, dvg_value right, const dvg_allocator *allocator,
                       const dvg_numbers *strict, bool *equal)
{
    struct work work = {allocator, NULL, 0, 0, strict, true, false};
    work_add(&work, left, right);
    while (work.count > 0 && work.equal && !work.failed)
        work_compare(&work, work.pairs[--work.count]);
    dvg_release(allocator, work.pairs, work.capacity * sizeof *work.pairs);
    *equal = work.equal;
    return !work.failed;
}

bool dvg_value_loosely_equal(dvg_value left, dvg_value right, const dvg_allocator *allocator,
                             bool *equal)
{
    if (is_nan(left) && is_nan(right)) {
        *equal = false;
        return true;
    }
    return same_trees(left, right, allocator, NULL, equal);
}

/* ---- as the walk compares */

/* Most trees that are the same list their members in one order. */
static bool alike(dvg_value left, dvg_value right, dvg_numbers numbers)
{
    uint64_t nodes = dvg_value_nodes(left);
    bool alike = nodes == dvg_value_nodes(right);
    for (uint64_t i = 0; i < nodes && alike; i++) {
        dvg_cell a = left.cell[i];
        dvg_cell b = right.cell[i];
        if (dvg_cell_is_container(a) || dvg_cell_is_container(b))
            alike = a == b;
        else
            alike = dvg_scalar_same((dvg_value){left.document, left.cell + i},
                                    (dvg_value){right.document, right.cell + i}, numbers);
    }
    return alike;
}

bool dvg_value_same(dvg_value left, dvg_value right, dvg_numbers numbers,
                    const dvg_allocator *allocator, bool *same)
{
    *same = alike(left, right, numbers);
    return *same || same_trees(left, right, allocator, &numbers, same);
}
