/*
 * digits: a number's text taken apart: where its digits stand and what they are worth.
 * Answers for texts of JSON's grammar that a reader checked, literals excepted; keeps pointers into
 * the text and copies nothing. Private to value/.
 */
#ifndef DVG_VALUE_DIGITS_H
#define DVG_VALUE_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Beyond every double, together with any text that fits in memory. */
#define DVG_EXPONENT_LIMIT 100000000000000000

typedef struct dvg_digits {
    bool negative;
    const char *digits; /* the first digit that is not 0; NULL for a zero */
    const char *end;    /* behind the last one that is not 0; a point may stand between */
    int64_t top;        /* power of ten of the first digit, before the exponent */
    const char *exponent;
    size_t exponent_length; /* digits only; 0 for no exponent */
    bool exponent_negative;
} dvg_digits;

dvg_digits dvg_digits_split(const char *text, size_t length);

/* The exponent, cut at DVG_EXPONENT_LIMIT. */
int64_t dvg_digits_exponent(const dvg_digits *of);

/* The next significant digit as 0 to 9, passing over the point; -1 behind the last. */
static inline int dvg_digits_next(const char **at, const char *end)
{
    if (*at < end && **at == '.')
        ++*at;
    return *at < end ? *(*at)++ - '0' : -1;
}

#endif
