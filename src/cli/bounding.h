/*
 * bounding: the options that bound scripts, as rows of the table in options.c.
 */
#ifndef DVG_CLI_BOUNDING_H
#define DVG_CLI_BOUNDING_H

#include "options.h"

/* What takes the value of such an option; what is wrong with it is in the command. */
void dvg_bounding_sandbox(dvg_command *command, const char *value);
void dvg_bounding_time(dvg_command *command, const char *value);
void dvg_bounding_run_time(dvg_command *command, const char *value);
void dvg_bounding_instructions(dvg_command *command, const char *value);
void dvg_bounding_memory(dvg_command *command, const char *value);
void dvg_bounding_volume(dvg_command *command, const char *value);
void dvg_bounding_output(dvg_command *command, const char *value);

#endif
