/*
 * choose: which profile a command line means.
 * Answers for "named, else the built-in one that declares the options, else the default", and for
 * saying which option nobody knows.
 */
#ifndef DVG_CLI_CHOOSE_H
#define DVG_CLI_CHOOSE_H

#include "options.h"

/* Make the context use the profile that `command`, read without a profile, means. False: there
 * is none, and a line on standard error has said why. */
bool dvg_choose_profile(dvg_context *context, dvg_command *command);

/* Say that `name` is no option, and which known one is nearest. */
void dvg_choose_complain(const dvg_context *context, const char *name);

#endif
