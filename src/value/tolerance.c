/*
 * tolerance: see tolerance.h.
 * A test is the sign of a sum of decimal numbers with small factors: |a - b| - bound <= 0. It is
 * found digit by digit from the highest power of ten down, with one small remainder; as soon as
 * that is greater than all digits behind it could make up for, the sign is known. Nothing is
 * expanded, whatever the exponents are.
 */
#include "value/tolerance.h"
#include "value/decimal.h"
#include "value/digits.h"
#include "value/number.h"
#include "value/shortest.h"

#include <math.h>
#include <string.h>

/* ---- sums */

/* One number of a sum, without its sign: `factor` has it. */
struct term {
    const char *at, *end; /* digits still to come; NULL: none */
    int64_t power;        /* of ten, of the next one */
    int64_t factor;
};

enum { TERMS_MOST = 3 };

struct sum {
    struct term terms[TERMS_MOST];
    size_t count;
    int64_t most[2]; /* sums of the factors that are positive, and negative */
};

static void add_term(struct sum *sum, const dvg_digits *digits, int64_t shift, int64_t factor)
{
    if (digits->digits == NULL || factor == 0)
        return;
    sum->terms[sum->count++] = (struct term){
        digits->digits, digits->end, digits->top + dvg_digits_exponent(digits) + shift, factor};
    sum->most[factor < 0] += factor < 0 ? -factor : factor;
}

/* The highest power that a digit still stands at. False: there is none. */
static bool next_power(const struct sum *sum, int64_t *power)
{
    bool found = false;
    for (size_t i = 0; i < sum->count; i++) {
        if (sum->terms[i].at == sum->terms[i].end || (found && sum->terms[i].power <= *power))
            continue;
        *power = sum->terms[i].power;
        found = true;
    }
    return found;
}

/* The digits at one power, times their factors. */
static int64_t take_digits(struct sum *sum, int64_t power)
{
    int64_t total = 0;
    for (size_t i = 0; i < sum->count; i++) {
        struct term *term = &sum->terms[i];
        if (term->at == term->end || term->power != power)
            continue;
        total += term->factor * dvg_digits_next(&term->at, term->end);
        term->power--;
    }
    return total;
}

/* What is behind a digit is less than one more of it, times the factor. */
static bool is_decided(const struct sum *sum, int64_t rest)
{
    return rest > 0 ? rest >= sum->most[1] : rest < 0 && -rest >= sum->most[0];
}

/* -1, 0 or 1. */
static int sign_of(struct sum *sum)
{
    int64_t rest = 0;
    int64_t power = 0;
    int64_t at = 0;
    while (!is_decided(sum, rest) && next_power(sum, &power)) {
        for (; rest != 0 && at > power + 1 && !is_decided(sum, rest); at--)
            rest *= 10; /* no digit stands there */
        if (is_decided(sum, rest))
            break;
        rest = rest * 10 + take_digits(sum, power);
        at = power;
    }
    return (rest > 0) - (rest < 0);
}

/* ---- bounds */

bool dvg_margin_set(dvg_margin *bound, double value)
{
    char text[DVG_DOUBLE_REPR_SIZE];
    *bound = (dvg_margin){0, 0};
    if (!isfinite(value) || value < 0)
        return false;
    dvg_digits digits = dvg_digits_split(text, dvg_double_repr(text, value));
    const char *at = digits.digits;
    int digit;
    if (at == NULL)
        return true;
    bound->power = digits.top + dvg_digits_exponent(&digits) + 1;
    while ((digit = dvg_digits_next(&at, digits.end)) >= 0) {
        bound->mantissa = bound->mantissa * 10 + digit;
        bound->power--;
    }
    return true;
}

/* Which of the two is greater: -1, 0 or 1. */
static int order(const dvg_digits *a, const dvg_digits *b)
{
    struct sum sum = {.count = 0};
    add_term(&sum, a, 0, a->negative ? -1 : 1);
    add_term(&sum, b, 0, b->negative ? 1 : -1);
    return sign_of(&sum);
}

/* Is |a - b| at most the bound times |of|? */
static bool is_within(const dvg_digits *a, const dvg_digits *b, dvg_margin bound,
                      const dvg_digits *of)
{
    struct sum sum = {.count = 0};
    int64_t sign = order(a, b);
    add_term(&sum, a, 0, a->negative ? -sign : sign);
    add_term(&sum, b, 0, b->negative ? sign : -sign);
    add_term(&sum, of, bound.power, -bound.mantissa);
    return sign_of(&sum) <= 0;
}

/* Is |a| greater than |b|? */
static bool is_greater(const dvg_digits *a, const dvg_digits *b)
{
    struct sum difference = {.count = 0};
    add_term(&difference, a, 0, 1);
    add_term(&difference, b, 0, -1);
    return sign_of(&difference) > 0;
}

/* ---- doubles */

/* Doubles in a row are integers in a row; both zeros are one. */
static int64_t rank(double value)
{
    int64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits < 0 ? INT64_MIN - bits : bits;
}

static bool is_steps_away(dvg_text left, dvg_text right, uint64_t steps)
{
    double a = dvg_number_double(left);
    double b = dvg_number_double(right);
    if (!isfinite(a) || !isfinite(b))
        return false;
    int64_t i = rank(a);
    int64_t j = rank(b);
    uint64_t apart = i > j ? (uint64_t)i - (uint64_t)j : (uint64_t)j - (uint64_t)i;
    return apart <= steps;
}

/* ---- the whole */

static bool is_literal(dvg_text text)
{
    return text.data[0] == 'N' || text.data[text.size - 1] == 'y';
}

static bool same_literal(dvg_text left, dvg_text right, bool nan_equal)
{
    if (left.data[0] == 'N' || right.data[0] == 'N')
        return nan_equal && left.data[0] == right.data[0];
    return left.size == right.size && memcmp(left.data, right.data, left.size) == 0;
}

/* An exponent that 64 bits do not hold is worth no sum: such a number is near itself only. */
static bool is_beyond(const dvg_digits *digits)
{
    int64_t exponent = dvg_digits_exponent(digits);
    return digits->digits != NULL &&
           (exponent >= DVG_EXPONENT_LIMIT || exponent <= -DVG_EXPONENT_LIMIT);
}

bool dvg_tolerance_holds(const dvg_tolerance *tolerance, dvg_text left, bool left_integer,
                         dvg_text right, bool right_integer)
{
    if (is_literal(left) || is_literal(right))
        return same_literal(left, right, tolerance->nan_equal);
    if (dvg_decimal_equal(left.data, left.size, right.data, right.size))
        return true;
    const dvg_digits one = dvg_digits_split("1", 1);
    dvg_digits a = dvg_digits_split(left.data, left.size);
    dvg_digits b = dvg_digits_split(right.data, right.size);
    if (is_beyond(&a) || is_beyond(&b))
        return false;
    if (tolerance->absolute.mantissa > 0 && is_within(&a, &b, tolerance->absolute, &one))
        return true;
    const dvg_digits *greater = is_greater(&a, &b) ? &a : &b;
    if (tolerance->relative.mantissa > 0 && is_within(&a, &b, tolerance->relative, greater))
        return true;
    return tolerance->in_doubles && !(left_integer && right_integer) &&
           is_steps_away(left, right, tolerance->doubles);
}

bool dvg_number_is_zero(dvg_text text)
{
    return !is_literal(text) && dvg_digits_split(text.data, text.size).digits == NULL;
}

bool dvg_number_is_negative_zero(dvg_text text)
{
    return text.data[0] == '-' && dvg_number_is_zero(text);
}
