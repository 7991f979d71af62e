/*
 * plain: a profile that a host says in C, into rules. Answers for checking it as a script's fields
 * are checked, and for saying what is wrong with it.
 */
#ifndef DVG_RULES_PLAIN_H
#define DVG_RULES_PLAIN_H

#include "rules/rule.h"

/* Fill empty rules in and finish them; `options` NULL: all defaults. Rules are of `owner`.
 * DVG_E_ARGUMENT says what is wrong. */
dvg_status dvg_rules_from_options(dvg_rules *rules, const dvg_profile_options *options,
                                  const void *owner, dvg_error *error);

/* Put a rule that only matches arrays in front of all others, but behind those that were added so
 * before. DVG_E_ARGUMENT says what is wrong. */
dvg_status dvg_rules_add_match(dvg_rules *rules, const dvg_rule_options *match, const void *owner,
                               dvg_error *error);

#endif
