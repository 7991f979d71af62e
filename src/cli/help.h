/*
 * help: what the program says about itself on standard output.
 */
#ifndef DVG_CLI_HELP_H
#define DVG_CLI_HELP_H

#include <diverge/diverge.h>

/* One line for who gave no argument at all, on standard error. */
void dvg_help_usage(void);

/* Usage, the program's options, those of the profile in use if there is one, exit statuses. */
void dvg_help_show(const dvg_context *context);

void dvg_help_version(void);

/* One option in a list: "  --NAME ARGUMENT  help"; `argument` NULL: it takes none. */
void dvg_help_option(const char *name, const char *argument, const char *help);

#endif
