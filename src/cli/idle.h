/*
 * idle: options that say how to compare, or what to do with what is found, where nothing is
 * compared: a test, a canonical form, a digest. Said to be wrong, so that none is silently inert.
 */
#ifndef DVG_CLI_IDLE_H
#define DVG_CLI_IDLE_H

#include "options.h"

/* The first of them, in words; NULL: none was given. Options of scripts are for the caller. */
const char *dvg_idle_find(const dvg_command *command);

/* The option that chose an overview in place of a report; NULL: none did. */
const char *dvg_idle_summary(const dvg_command *command);

#endif
