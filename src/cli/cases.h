/*
 * cases: a script's test, run and told case by case.
 */
#ifndef DVG_CLI_CASES_H
#define DVG_CLI_CASES_H

#include "options.h"

/* Run the test that the command names. Returns the exit status: 0 if every case passed, 1 if one
 * failed, DVG_EXIT_NO_VERDICT if they could not be run. */
int dvg_cases_run(dvg_context *context, const dvg_command *command);

#endif
