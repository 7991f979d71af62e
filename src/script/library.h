/*
 * library: the module `diverge`: functions on values. It is a global of every script and what
 * `require "diverge"` gives.
 */
#ifndef DVG_SCRIPT_LIBRARY_H
#define DVG_SCRIPT_LIBRARY_H

#include "script/state.h"

/* Make the module and the globals `diverge` and `require`. [-0, +0, e] */
void dvg_library_open(lua_State *lua);

/* Push the module. [-0, +1, -] */
void dvg_library_push(lua_State *lua);

/* `diverge.at` and `diverge.totable`, in locate.c. [-args, +1, e] */
int dvg_locate_at(lua_State *lua);
int dvg_locate_totable(lua_State *lua);

/* What diverge.type says of the value at `index`. [-0, +0, e] */
const char *dvg_library_type_name(lua_State *lua, int index);

/* Are the values at `a` and `b` the same, as Python's == says? Raises on tables. [-0, +0, e] */
bool dvg_library_equal(lua_State *lua, int a, int b);

#endif
