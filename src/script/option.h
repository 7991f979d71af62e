/*
 * option: the long options that a profile declares.
 */
#ifndef DVG_SCRIPT_OPTION_H
#define DVG_SCRIPT_OPTION_H

#include "script/profile.h"

/* Names of the program's own long options, NULL-ended: no profile may take one. */
extern const char *const dvg_reserved_options[];

/* Raise unless `name` can be a long option of a profile. */
void dvg_option_check_name(dvg_fields *fields, const char *name);

/* Read the table of options at hand into the profile that is the fields' payload. */
void dvg_option_read_all(dvg_fields *fields);

#endif
