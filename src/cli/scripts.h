/*
 * scripts: what the program tells of the scripts there are: their list, their source, their own
 * words. All on standard output.
 */
#ifndef DVG_CLI_SCRIPTS_H
#define DVG_CLI_SCRIPTS_H

#include <diverge/diverge.h>

/* False: failed, and a line on standard error has said why. */

/* Every script that can be named, a line each; a copy that another hides, below that one. */
bool dvg_scripts_list(dvg_context *context);

/* The source of script `name`, byte for byte. */
bool dvg_scripts_show(dvg_context *context, const char *name);

/* What script `name` says of itself, and the options it declares. */
bool dvg_scripts_help(dvg_context *context, const char *name);

#endif
