/*
 * forms: documents in their canonical form, and its digests: --canonical and --digest.
 */
#ifndef DVG_CLI_FORMS_H
#define DVG_CLI_FORMS_H

#include "options.h"

void dvg_forms_canonical(dvg_command *command, const char *value);
void dvg_forms_digest(dvg_command *command, const char *value);

/* Print the canonical form of the document that the command names, or a line "DIGEST  NAME" for
 * each of several. Returns the exit status. */
int dvg_forms_print(dvg_context *context, const dvg_command *command);

#endif
