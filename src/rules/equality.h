/*
 * equality: two values at one place, under the rules that say when values are equal there.
 * Answers for which rule has the say and what it says; counts nothing.
 */
#ifndef DVG_RULES_EQUALITY_H
#define DVG_RULES_EQUALITY_H

#include "rules/ruling.h"

/* The rules without which the answer would have been the other one, each once; DVG_RULE_NONE: no
 * rule of that effect took part. */
typedef struct dvg_equality {
    uint32_t normalize, tolerance, negative_zero;
} dvg_equality;

/* Are two scalars the same? `*same` is what dvg_scalar_same says, then what the rules say. Asks the
 * function of a rule, if it has one, whose failures are returned. */
dvg_status dvg_ruling_same(dvg_ruling *ruling, const dvg_step *step, const dvg_value values[2],
                           bool *same, dvg_equality *by, dvg_error *error);

/* The rule by which a member that is null is none; DVG_RULE_NONE: there is no such rule. */
uint32_t dvg_ruling_null_absent(dvg_ruling *ruling, const dvg_step *step);

/* The rule that says which members of the object have another name on the right; DVG_RULE_NONE:
 * there is no such rule. */
uint32_t dvg_ruling_rename(dvg_ruling *ruling, const dvg_step *step);

/* Are the two names those of one member of these objects? A name that both have goes with itself.
 */
bool dvg_rename_joins(const dvg_rename *rename, dvg_value left, dvg_value right);

#endif
