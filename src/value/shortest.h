/*
 * shortest: the shortest decimal text of a double that reads back as the same double.
 * Answers for the digits and for their layout (`1e+16`, `0.0001`, `1e-05`, `100000.0`, `-0.0`);
 * reading is decimal.h. Integer arithmetic alone: neither locale nor rounding mode matters.
 */
#ifndef DVG_VALUE_SHORTEST_H
#define DVG_VALUE_SHORTEST_H

#include <stddef.h>

/* Room for every text and its NUL; the longest is `-2.2250738585072014e-308`. */
#define DVG_DOUBLE_REPR_SIZE 32

/* Write the text of `value` to `out`, NUL-ended, and return its length without the NUL.
 * The fewest significant digits that read back, of these the nearest to the value, a tie to the
 * even digit. An exponent is written from 1e16 up and below 1e-4, with a sign and at least two
 * digits; otherwise the text holds a point. `inf`, `-inf`, `nan` (whatever its sign or payload).
 * Cannot fail, allocates nothing, any thread. */
size_t dvg_double_repr(char out[DVG_DOUBLE_REPR_SIZE], double value);

#endif
