/*
 * shortest: see shortest.h.
 * A finite double is m * 2^e. It and the two ends of the interval that reads back as it are scaled
 * by one power of ten to integers of 17 or 18 digits, exactly (on words of the stack where 64 bits
 * are too few); the shortest text is then a matter of dropping digits from 64-bit integers.
 */
#include "value/shortest.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define WORDS 30            /* 5^340 times a 56-bit number, and two words to look beyond */
#define FIVE_13 1220703125u /* 5^13, the greatest power of five in a word */
#define HIDDEN_BIT (1ull << 52)

/* A natural number, least word first; words from `count` on are zero. */
typedef struct natural {
    uint32_t words[WORDS];
    size_t count;
} natural;

/* floor(x), and whether x is above it. */
typedef struct scaled {
    uint64_t whole;
    bool more;
} scaled;

/* digits * 10^exponent */
typedef struct decimal {
    uint64_t digits;
    int exponent;
} decimal;

/* How to scale n * 2^(e-2) by 10^k: times `five` and 2^shift, or divided by `five`. */
typedef struct scale {
    natural five; /* 5^|k|; for a division shifted until its top bit is set */
    int shift;    /* of the numerator: left if positive */
    bool divides; /* k is negative */
} scale;

static void natural_multiply(natural *number, uint32_t factor)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < number->count; i++) {
        carry += (uint64_t)number->words[i] * factor;
        number->words[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry != 0)
        number->words[number->count++] = (uint32_t)carry;
}

static void natural_power_of_five(natural *number, unsigned power)
{
    memset(number, 0, sizeof *number);
    number->words[0] = 1;
    number->count = 1;
    for (; power >= 13; power -= 13)
        natural_multiply(number, FIVE_13);
    uint32_t rest = 1;
    for (; power > 0; power--)
        rest *= 5;
    natural_multiply(number, rest);
}

/* out += number * factor; `out` has room for the carry. */
static void add_product(uint32_t *out, const natural *number, uint32_t factor)
{
    uint64_t carry = 0;
    for (size_t i = 0; i < number->count; i++) {
        carry += (uint64_t)number->words[i] * factor + out[i];
        out[i] = (uint32_t)carry;
        carry >>= 32;
    }
    for (size_t i = number->count; carry != 0; i++) {
        carry += out[i];
        out[i] = (uint32_t)carry;
        carry >>= 32;
    }
}

/* words / 2^right, which is known to fit 64 bits. */
static scaled shift_right(const uint32_t *words, unsigned right)
{
    size_t at = right / 32;
    unsigned bit = right % 32;
    scaled result = {(words[at] | (uint64_t)words[at + 1] << 32) >> bit, false};
    if (bit != 0)
        result.whole |= (uint64_t)words[at + 2] << (64 - bit);
    result.more = (words[at] & ((1ull << bit) - 1)) != 0;
    for (size_t i = 0; i < at && !result.more; i++)
        result.more = words[i] != 0;
    return result;
}

static scaled scale_by_product(const scale *by, uint64_t number)
{
    uint32_t product[WORDS] = {0};
    if (by->shift > 0)
        number <<= by->shift;
    add_product(product, &by->five, (uint32_t)number);
    add_product(product + 1, &by->five, (uint32_t)(number >> 32));
    return shift_right(product, by->shift < 0 ? (unsigned)-by->shift : 0);
}

/* rest -= divisor * factor over the words of the divisor and one more; true if it went below 0. */
static bool subtract_product(uint32_t *rest, const natural *divisor, uint32_t factor)
{
    uint64_t carry = 0;
    bool borrow = false;
    for (size_t i = 0; i <= divisor->count; i++) {
        carry += (uint64_t)divisor->words[i] * factor;
        uint64_t take = (uint32_t)carry + (uint64_t)borrow;
        borrow = rest[i] < take;
        rest[i] = (uint32_t)(rest[i] - take);
        carry >>= 32;
    }
    return borrow;
}

/* Undo one divisor too many; true if that brought the rest back to 0 or above. */
static bool add_back(uint32_t *rest, const natural *divisor)
{
    uint64_t carry = 0;
    for (size_t i = 0; i <= divisor->count; i++) {
        carry += (uint64_t)rest[i] + divisor->words[i];
        rest[i] = (uint32_t)carry;
        carry >>= 32;
    }
    return carry != 0;
}

/* One word of a quotient: `rest` has one word more than the divisor, whose top bit is set. The
 * guess from the top words is never too small and at most two too great. */
static uint32_t divide_word(uint32_t *rest, const natural *divisor)
{
    size_t count = divisor->count;
    uint64_t top = (uint64_t)rest[count] << 32 | rest[count - 1];
    uint64_t guess = top / divisor->words[count - 1];
    uint32_t word = guess > UINT32_MAX ? UINT32_MAX : (uint32_t)guess;
    bool below = subtract_product(rest, divisor, word);
    while (below) {
        word--;
        below = !add_back(rest, divisor);
    }
    return word;
}

static scaled scale_by_division(const scale *by, uint64_t number)
{
    uint32_t rest[WORDS + 2] = {0};
    size_t at = (unsigned)by->shift / 32;
    unsigned bit = (unsigned)by->shift % 32;
    rest[at] = (uint32_t)(number << bit);
    rest[at + 1] = (uint32_t)(number >> (32 - bit) & UINT32_MAX);
    rest[at + 2] = (uint32_t)(number >> 32 >> (32 - bit));
    scaled result = {(uint64_t)divide_word(rest + 1, &by->five) << 32, false};
    result.whole |= divide_word(rest, &by->five);
    for (size_t i = 0; i < by->five.count && !result.more; i++)
        result.more = rest[i] != 0;
    return result;
}

static scaled scale_number(const scale *by, uint64_t number)
{
    return by->divides ? scale_by_division(by, number) : scale_by_product(by, number);
}

static void scale_init(scale *by, int exponent, int power)
{
    by->divides = power < 0;
    by->shift = exponent - 2 + power;
    natural_power_of_five(&by->five, (unsigned)(by->divides ? -power : power));
    if (!by->divides)
        return;
    uint32_t top = by->five.words[by->five.count - 1];
    unsigned left = 0;
    while ((top << left & 0x80000000u) == 0)
        left++;
    natural_multiply(&by->five, 1u << left);
    by->shift += (int)left;
}

/* floor(log10(2^power)) for every power that a double has: 78913 / 2^18 is near enough to log10(2),
 * and the offset keeps the shifted number positive. */
static int log10_of_power(int power) { return ((power * 78913 + (1024 << 18)) >> 18) - 1024; }

/* The power of two of the top bit of a mantissa: 52 unless the double is subnormal. */
static int top_bit(uint64_t mantissa)
{
    int top = 52;
    while (mantissa >> top == 0)
        top--;
    return top;
}

/* The shortest digits of mantissa * 2^exponent. `narrow`: the double below is nearer than the one
 * above, as it is at a power of two. */
static decimal shortest_digits(uint64_t mantissa, int exponent, bool narrow)
{
    /* The value times 10^power is at least 10^16 and below 10^17.4, and the interval wider than 1
     * there, so that it holds an integer. All is counted in quarters of the last binary place. */
    int power = 16 - log10_of_power(top_bit(mantissa) + exponent);
    scale by;
    scale_init(&by, exponent, power);
    scaled low = scale_number(&by, 4 * mantissa - (narrow ? 1 : 2));
    scaled high = scale_number(&by, 4 * mantissa + 2);
    scaled twice = scale_number(&by, 8 * mantissa);
    /* Halfway cases read back as the even mantissa, so its ends belong to the interval. */
    bool closed = mantissa % 2 == 0;
    uint64_t least = low.whole + (low.more || !closed);
    uint64_t most = high.whole - (!high.more && !closed);
    uint64_t unit = 1;
    for (; most / 10 >= (least + 9) / 10; unit *= 10) {
        most /= 10;
        least = (least + 9) / 10;
        power--;
    }
    uint64_t digits = twice.whole / (2 * unit);
    uint64_t middle = (2 * digits + 1) * unit;
    if (twice.whole > middle || (twice.whole == middle && (twice.more || digits % 2 == 1)))
        digits++;
    digits = digits < least ? least : digits > most ? most : digits;
    return (decimal){digits, -power};
}

/* An integer below 2^53: any other integer in its interval is another double, so its own digits
 * are the shortest but for the zeros at their end. */
static decimal integer_digits(uint64_t number)
{
    decimal result = {number, 0};
    for (; result.digits % 10 == 0; result.digits /= 10)
        result.exponent++;
    return result;
}

/* Digits of a finite, non-zero double, given as its bits without the sign. */
static decimal double_digits(uint64_t bits)
{
    uint64_t fraction = bits & (HIDDEN_BIT - 1);
    int biased = (int)(bits >> 52);
    if (biased == 0)
        return shortest_digits(fraction, -1074, false);
    uint64_t mantissa = fraction | HIDDEN_BIT;
    int exponent = biased - 1075;
    if (exponent <= 0 && exponent >= -52 && (mantissa & ((1ull << -exponent) - 1)) == 0)
        return integer_digits(mantissa >> -exponent);
    return shortest_digits(mantissa, exponent, fraction == 0 && biased > 1);
}

/* Write the digits of `number`, at least one, and return how many. */
static size_t put_digits(char *out, uint64_t number)
{
    char reversed[20];
    size_t count = 0;
    do
        reversed[count++] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    for (size_t i = 0; i < count; i++)
        out[i] = reversed[count - 1 - i];
    return count;
}

/* d.ddde+XX from `count` digits; `first` is the power of ten of the first. */
static size_t put_scientific(char *out, const char *digits, size_t count, int first)
{
    size_t length = 0;
    out[length++] = digits[0];
    if (count > 1) {
        out[length++] = '.';
        memcpy(out + length, digits + 1, count - 1);
        length += count - 1;
    }
    out[length++] = 'e';
    out[length++] = first < 0 ? '-' : '+';
    unsigned size = (unsigned)(first < 0 ? -first : first);
    if (size < 10)
        out[length++] = '0';
    return length + put_digits(out + length, size);
}

/* Digits with a point and no exponent; `first` is the power of ten of the first, -4 to 15. */
static size_t put_plain(char *out, const char *digits, size_t count, int first)
{
    if (first < 0) {
        size_t zeros = (size_t)(1 - first);
        memset(out, '0', zeros);
        out[1] = '.';
        memcpy(out + zeros, digits, count);
        return zeros + count;
    }
    size_t whole = (size_t)first + 1;
    size_t here = count < whole ? count : whole;
    memcpy(out, digits, here);
    memset(out + here, '0', whole - here);
    out[whole] = '.';
    if (count <= whole) {
        out[whole + 1] = '0';
        return whole + 2;
    }
    memcpy(out + whole + 1, digits + whole, count - whole);
    return count + 1;
}

static size_t put_decimal(char *out, decimal number)
{
    char digits[20];
    size_t count = put_digits(digits, number.digits);
    int first = number.exponent + (int)count - 1;
    if (first < -4 || first > 15)
        return put_scientific(out, digits, count, first);
    return put_plain(out, digits, count, first);
}

static size_t put_word(char out[3], const char word[3])
{
    memcpy(out, word, 3);
    return 3;
}

size_t dvg_double_repr(char out[DVG_DOUBLE_REPR_SIZE], double value)
{
    const uint64_t infinity = 0x7ffull << 52;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    uint64_t size = bits & ~(1ull << 63);
    size_t length = 0;
    if (bits != size && size <= infinity)
        out[length++] = '-';
    if (size >= infinity)
        length += put_word(out + length, size > infinity ? "nan" : "inf");
    else if (size == 0)
        length += put_word(out + length, "0.0");
    else
        length += put_decimal(out + length, double_digits(size));
    out[length] = '\0';
    return length;
}
