/*
 * narrowing: --at and --files, what a comparison is restricted to.
 */
#ifndef DVG_CLI_NARROWING_H
#define DVG_CLI_NARROWING_H

#include "options.h"

void dvg_narrowing_at(dvg_command *command, const char *value);
void dvg_narrowing_files(dvg_command *command, const char *value);

/* Restrict the runs of the context. False: a line has said what is wrong. */
bool dvg_narrowing_apply(dvg_context *context, const dvg_command *command);

/* Which of the two options was given; NULL: none. */
const char *dvg_narrowing_given(const dvg_command *command);

/* Say how much was outside, for whoever sees no report. */
void dvg_narrowing_tell(const dvg_ledger *ledger);

#endif
