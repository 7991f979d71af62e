/*
 * asking: options with which somebody asks what scripts and rules did, and who decided.
 */
#ifndef DVG_CLI_ASKING_H
#define DVG_CLI_ASKING_H

#include "options.h"

void dvg_asking_show_suppressed(dvg_command *command, const char *value);
void dvg_asking_show_ignored(dvg_command *command, const char *value);
void dvg_asking_check_rules(dvg_command *command, const char *value);

/* Takes two values, one after the other: a document and a path in it. */
void dvg_asking_ledger(dvg_command *command, const char *value);
void dvg_asking_explain(dvg_command *command, const char *value);

/* The report of that name instead of the profile's. */
void dvg_asking_brief(dvg_command *command, const char *value);
void dvg_asking_stat(dvg_command *command, const char *value);

/* A number of divergences; what is wrong with it is in the command. */
void dvg_asking_limit(dvg_command *command, const char *value);

#endif
