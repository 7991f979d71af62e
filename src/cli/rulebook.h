/*
 * rulebook: what rules, skips and keyed arrays did, as a person reads it.
 * Answers for --check-rules and --show-ignored.
 */
#ifndef DVG_CLI_RULEBOOK_H
#define DVG_CLI_RULEBOOK_H

#include <diverge/diverge.h>

/* Hidden places that are listed. */
#define DVG_RULEBOOK_PLACES 1000

/* Print a table of them to standard output. */
void dvg_rulebook_print(const dvg_result *result);

/* List what was hidden or set aside, on standard output, or else on standard error. False: told. */
bool dvg_rulebook_list(dvg_result *result, bool output);

#endif
