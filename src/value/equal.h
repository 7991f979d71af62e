/*
 * equal: when two values are the same. The one place where 1 and 1.0 are decided.
 * Answers for scalars and for whole trees; without recursion; knows no rules and no paths.
 */
#ifndef DVG_VALUE_EQUAL_H
#define DVG_VALUE_EQUAL_H

#include "value/document.h"

/* When two reals are equal. Integers are always exact. */
typedef enum dvg_numbers {
    DVG_NUMBERS_EXACT = 0, /* both texts denote the same number */
    DVG_NUMBERS_DOUBLE     /* both texts read as the same double; NaN equals nothing */
} dvg_numbers;

/* Are two values of one type, both scalars, the same? `numbers` decides for reals: 0.0 equals
 * -0.0 in both modes; in exact mode the literal NaN equals itself. */
bool dvg_scalar_same(dvg_value left, dvg_value right, dvg_numbers numbers);

/* Equality across types, as Python's `==` on what json.load gives: 1 == 1.0 == true, objects
 * without regard to order, integers against reals exactly, a bare NaN unequal to itself but equal
 * inside of arrays and objects. `*equal` is the answer. False: out of memory. Absent equals absent
 * and null. Both documents must have been read with duplicates "last". */
bool dvg_value_loosely_equal(dvg_value left, dvg_value right, const dvg_allocator *allocator,
                             bool *equal);

/* Are two trees the same, types exact, members in any order, those of one name by occurrence?
 * `*same` is the answer. False: out of memory. */
bool dvg_value_same(dvg_value left, dvg_value right, dvg_numbers numbers,
                    const dvg_allocator *allocator, bool *same);

/* Two values of a key: the same as above for scalars, but NaN equals NaN, and absent null. */
bool dvg_key_same(dvg_value left, dvg_value right);

/* A hash that is the same for keys that dvg_key_same calls the same. */
uint64_t dvg_key_hash(dvg_value key, const dvg_seed *seed);

#endif
