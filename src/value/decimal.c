/*
 * decimal: see decimal.h.
 * A text is taken apart once into a `number`: where its significant digits begin and end, the power
 * of ten of the first of them, and its exponent as it stands there, of any length.
 */
#include "value/decimal.h"
#include "value/digits.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A double's interval ends after at most 767 significant digits: of those behind that, it matters
 * only whether one is not zero. */
#define DIGITS_KEPT 800

typedef dvg_digits number;

static bool is_zero_or_point(char byte) { return byte == '0' || byte == '.'; }

static void split_exponent(number *out, const char *at, const char *end)
{
    out->exponent_negative = false;
    if (at < end && (*at == '-' || *at == '+')) {
        out->exponent_negative = *at == '-';
        at++;
    }
    out->exponent = at;
    out->exponent_length = (size_t)(end - at);
}

static const char *find_exponent(const char *text, const char *end)
{
    while (text < end && *text != 'e' && *text != 'E')
        text++;
    return text;
}

dvg_digits dvg_digits_split(const char *text, size_t length)
{
    number out = {.negative = text[0] == '-'};
    const char *end = text + length;
    const char *begin = text + out.negative;
    const char *stop = find_exponent(begin, end);
    split_exponent(&out, stop < end ? stop + 1 : end, end);
    const char *point = memchr(begin, '.', (size_t)(stop - begin));
    if (point == NULL)
        point = stop;
    while (begin < stop && is_zero_or_point(*begin))
        begin++;
    if (begin == stop)
        return out;
    while (is_zero_or_point(stop[-1]))
        stop--;
    out.digits = begin;
    out.end = stop;
    out.top = begin < point ? point - begin - 1 : point - begin;
    return out;
}

int64_t dvg_digits_exponent(const number *of)
{
    int64_t value = 0;
    for (size_t i = 0; i < of->exponent_length && value < DVG_EXPONENT_LIMIT; i++)
        value = value * 10 + (of->exponent[i] - '0');
    if (value > DVG_EXPONENT_LIMIT)
        value = DVG_EXPONENT_LIMIT;
    return of->exponent_negative ? -value : value;
}

/* mantissa * 10^power where one IEEE operation on exact operands gives it, rounded once. */
static bool quick_double(double *value, uint64_t mantissa, int64_t power)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (FLT_EVAL_METHOD != 0 || mantissa > 1ull << 53 || power < -22 || power > 22)
        return false;
    *value = power < 0 ? (double)mantissa / powers[-power] : (double)mantissa * powers[power];
    return true;
}

/* Up to 19 significant digits as an integer; how many there were, 20 if there are more. */
static int short_mantissa(const number *of, uint64_t *mantissa)
{
    const char *at = of->digits;
    int count = 0;
    int digit;
    *mantissa = 0;
    while ((digit = dvg_digits_next(&at, of->end)) >= 0) {
        if (++count > 19)
            break;
        *mantissa = *mantissa * 10 + (uint64_t)digit;
    }
    return count;
}

/* Write "e" and a power of ten, which is cut to five digits, and a NUL. */
static void put_exponent(char *out, int64_t power)
{
    *out++ = 'e';
    *out++ = power < 0 ? '-' : '+';
    int64_t size = power < 0 ? -power : power;
    if (size > 99999)
        size = 99999;
    for (int64_t unit = 10000; unit > 0; unit /= 10)
        *out++ = (char)('0' + size / unit % 10);
    *out = '\0';
}

/* Any magnitude, by the C library: a text without a point, so that only strtod_l's digits count. */
static double library_double(const number *of, int64_t top, locale_t c_locale)
{
    char text[DIGITS_KEPT + 16];
    size_t count = 0;
    const char *at = of->digits;
    int digit;
    while (count < DIGITS_KEPT && (digit = dvg_digits_next(&at, of->end)) >= 0)
        text[count++] = (char)('0' + digit);
    if (at < of->end)
        text[count++] = '1'; /* the last digit is not zero, so the value is above the kept ones */
    put_exponent(text + count, top - (int64_t)count + 1);
    int kept = errno;
    double value = strtod_l(text, NULL, c_locale);
    errno = kept;
    return value;
}

double dvg_decimal_to_double(const char *text, size_t length, locale_t c_locale)
{
    if (text[0] == 'N')
        return (double)NAN;
    bool negative = text[0] == '-';
    if (length > negative && text[negative] == 'I')
        return (double)(negative ? -INFINITY : INFINITY);
    number parts = dvg_digits_split(text, length);
    double value = 0;
    if (parts.digits != NULL) {
        int64_t top = parts.top + dvg_digits_exponent(&parts);
        uint64_t mantissa;
        int count = short_mantissa(&parts, &mantissa);
        if (count > 19 || !quick_double(&value, mantissa, top - count + 1))
            value = library_double(&parts, top, c_locale);
    }
    return negative ? -value : value;
}

static bool same_digits(const number *a, const number *b)
{
    const char *a_at = a->digits;
    const char *b_at = b->digits;
    int digit;
    do {
        digit = dvg_digits_next(&a_at, a->end);
        if (digit != dvg_digits_next(&b_at, b->end))
            return false;
    } while (digit >= 0);
    return true;
}

/* Digit of an exponent with the exponent's sign, counted from its end; 0 beyond its beginning. */
static int signed_digit(const number *of, size_t from_end)
{
    if (from_end >= of->exponent_length)
        return 0;
    int digit = of->exponent[of->exponent_length - 1 - from_end] - '0';
    return of->exponent_negative ? -digit : digit;
}

/* Is a's exponent less b's exactly `rest`? Subtracts digit by digit from the right and carries
 * what is left to the next place, so that no length of exponent is too great. */
static bool exponents_differ_by(const number *a, const number *b, int64_t rest)
{
    size_t count =
        a->exponent_length > b->exponent_length ? a->exponent_length : b->exponent_length;
    for (size_t i = 0; i < count; i++) {
        rest -= signed_digit(a, i) - signed_digit(b, i);
        if (rest % 10 != 0)
            return false;
        rest /= 10;
    }
    return rest == 0;
}

bool dvg_decimal_equal(const char *a, size_t a_length, const char *b, size_t b_length)
{
    if (a_length == b_length && memcmp(a, b, a_length) == 0)
        return true;
    number left = dvg_digits_split(a, a_length);
    number right = dvg_digits_split(b, b_length);
    if (left.digits == NULL || right.digits == NULL)
        return left.digits == right.digits;
    return left.negative == right.negative &&
           exponents_differ_by(&left, &right, right.top - left.top) && same_digits(&left, &right);
}

/* ---- one spelling */

/* The first significant digit, and the others behind a point. Returns what it wrote. */
static size_t spell_digits(char *out, const number *of)
{
    const char *at = of->digits;
    size_t size = 0;
    int digit;
    while ((digit = dvg_digits_next(&at, of->end)) >= 0) {
        if (size == 1)
            out[size++] = '.';
        out[size++] = (char)('0' + digit);
    }
    return size;
}

/* A number of at most 64 bits. */
static size_t spell_int64(char *out, int64_t value)
{
    char digits[20];
    size_t count = 0;
    size_t size = 0;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do {
        digits[count++] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (value < 0)
        out[size++] = '-';
    while (count > 0)
        out[size++] = digits[--count];
    return size;
}

/* An exponent of more digits than 64 bits hold, and so far greater than `top`: what is added goes
 * into its digits from the last one on. */
static size_t spell_long(char *out, const number *of, const char *digits, size_t count)
{
    size_t size = of->exponent_negative ? 1 : 0;
    int64_t carry = of->exponent_negative ? -of->top : of->top;
    out[0] = '-';
    char *first = out + size;
    *first = '0'; /* room for a carry */
    for (size_t i = count; i > 0; i--) {
        int64_t sum = carry + (digits[i - 1] - '0');
        int64_t digit = (sum % 10 + 10) % 10;
        first[i] = (char)('0' + digit);
        carry = (sum - digit) / 10;
    }
    *first = (char)('0' + carry);
    size_t zeros = 0;
    while (first[zeros] == '0')
        zeros++;
    memmove(first, first + zeros, count + 1 - zeros);
    return size + count + 1 - zeros;
}

static size_t spell_exponent(char *out, const number *of)
{
    const char *digits = of->exponent;
    size_t count = of->exponent_length;
    while (count > 0 && *digits == '0') {
        digits++;
        count--;
    }
    return count <= 17 ? spell_int64(out, of->top + dvg_digits_exponent(of))
                       : spell_long(out, of, digits, count);
}

size_t dvg_decimal_spell(char *out, const char *text, size_t length)
{
    number parts = dvg_digits_split(text, length);
    if (parts.digits == NULL) {
        memcpy(out, "0e0", 3);
        return 3;
    }
    size_t size = 0;
    if (parts.negative)
        out[size++] = '-';
    size += spell_digits(out + size, &parts);
    out[size++] = 'e';
    return size + spell_exponent(out + size, &parts);
}
