/*
 * option: the options that scripts declare, and what they are told of them. Those of the profile
 * are long options of the program as well.
 */
#ifndef DVG_SCRIPT_OPTION_H
#define DVG_SCRIPT_OPTION_H

#include "script/profile.h"

/* Names of the program's own long options, NULL-ended: no profile may take one. */
extern const char *const dvg_reserved_options[];

/* Raise unless `name` can be a long option of a profile. */
void dvg_option_check_name(dvg_fields *fields, const char *name);

/* Read the table of options at hand into the profile of the state, behind those it has. */
void dvg_option_read_all(dvg_fields *fields);

/* Forget all options but the first `count`. */
void dvg_option_forget(dvg_profile *profile, size_t count);

/* "file", "text", "number", "flag", "side". */
const char *dvg_option_type_name(dvg_option_type type);

/* The option named at `index`, which a script in use declares. Borrowed. [-0, +0, e] */
const dvg_profile_option *dvg_option_check(lua_State *lua, int index);

/* Push what the user gave: nil if nothing, false for a flag that was not given. [-0, +1, m] */
int dvg_option_push(lua_State *lua, const dvg_profile_option *option);

/* diverge.option(name), for every script. A lua_CFunction. */
int dvg_option_value(lua_State *lua);

#endif
