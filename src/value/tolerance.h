/*
 * tolerance: are two numbers near enough? Exact in decimal digits, whatever their length, so that a
 * bound means what it says: 2^64-1 and 2^64-2 are 1 apart. Only doubles are counted in doubles.
 * Answers for texts of JSON's grammar and the literals; allocates nothing; any thread.
 */
#ifndef DVG_VALUE_TOLERANCE_H
#define DVG_VALUE_TOLERANCE_H

#include <diverge/diverge.h>

/* mantissa * 10^power, neither of them negative as a whole; fewer than 18 digits. */
typedef struct dvg_margin {
    int64_t mantissa;
    int64_t power;
} dvg_margin;

/* Zero: nothing is near but the same number. */
typedef struct dvg_tolerance {
    dvg_margin absolute; /* |a - b| may be that much, */
    dvg_margin relative; /* or that much of the greater of |a| and |b|, */
    bool in_doubles;     /* or, unless both are integers, */
    uint64_t doubles;    /* their doubles may be that many steps apart */
    bool nan_equal;      /* NaN equals NaN */
} dvg_tolerance;

/* A bound as the shortest decimal number that reads as `value`: 0.1 is a tenth. False: negative, or
 * not finite. */
bool dvg_margin_set(dvg_margin *bound, double value);

/* Are the two numbers the same, or within the tolerance? An infinity is near itself only, NaN
 * nothing unless `nan_equal`. More of a tolerance never says no where less said yes. */
bool dvg_tolerance_holds(const dvg_tolerance *tolerance, dvg_text left, bool left_integer,
                         dvg_text right, bool right_integer);

/* Is a number's text a zero with a minus? */
bool dvg_number_is_negative_zero(dvg_text text);

/* Is it a zero, with or without? */
bool dvg_number_is_zero(dvg_text text);

#endif
