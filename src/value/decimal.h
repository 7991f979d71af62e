/*
 * decimal: number texts of JSON as numbers: the nearest double, and exact equality.
 * Answers for what a text denotes; its grammar was checked by the reader that found it, and the
 * digits of a double are shortest.h. Nothing here allocates or looks at the host's locale.
 */
#ifndef DVG_VALUE_DECIMAL_H
#define DVG_VALUE_DECIMAL_H

/* locale_t is POSIX, strtod_l a GNU name: -std=c11 alone shows neither. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <locale.h>
#include <stdbool.h>
#include <stddef.h>

/* The double nearest to a number text: an integer or a real of JSON's grammar with any number of
 * digits, or NaN, Infinity, -Infinity. `text` has `length` bytes (at least 1), no NUL needed.
 * Halfway cases go to the even mantissa, what is too great to infinity, what is too small to 0.0
 * or -0.0. `c_locale` is a handle of the "C" locale, borrowed; errno is kept; any thread. The
 * floating-point unit must round to nearest, as it does unless the host changed that. */
double dvg_decimal_to_double(const char *text, size_t length, locale_t c_locale);

/* Do two number texts of JSON's grammar (no literals) denote the same rational number? Exact for
 * any number of digits and any exponent: 1e3 and 1000.0 do, 1e400 and 1e500 do not. A zero equals
 * every zero whatever its sign and exponent. Linear in the lengths; any thread. */
bool dvg_decimal_equal(const char *a, size_t a_length, const char *b, size_t b_length);

/* Bytes that the one spelling of a number may take beyond those of its text. */
#define DVG_DECIMAL_SPELL_MORE 24

/* Write the one spelling of the number that a text of JSON's grammar (no literal) denotes, with an
 * exponent and one digit before the point: 1.50e+03 is 1.5e3, 0.00 and -0.0 are 0e0. Two texts have
 * one spelling exactly if dvg_decimal_equal; nothing is expanded, whatever the exponent. `out` has
 * room for `length` and DVG_DECIMAL_SPELL_MORE bytes. Returns what was written. Any thread. */
size_t dvg_decimal_spell(char *out, const char *text, size_t length);

#endif
