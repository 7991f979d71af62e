/*
 * compare: the command that compares two snapshots and writes the profile's reports.
 */
#ifndef DVG_CLI_COMPARE_H
#define DVG_CLI_COMPARE_H

#include "options.h"

/* Run `command` under the profile in use. Returns the exit status. */
int dvg_compare(dvg_context *context, const dvg_command *command);

#endif
