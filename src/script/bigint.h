/*
 * bigint: integers beyond 64 bits, as scripts see them: exact digits, comparison, no arithmetic.
 */
#ifndef DVG_SCRIPT_BIGINT_H
#define DVG_SCRIPT_BIGINT_H

#include "script/state.h"

/* Make the metatable. [-0, +0, e] */
void dvg_bigint_open(lua_State *lua);

/* Push an integer of JSON's grammar as a big integer, whatever its size. [-0, +1, m] */
void dvg_bigint_push(lua_State *lua, const char *text, size_t size);

/* The digits of the big integer at `index`, with its sign. False: there is none. [-0, +0, -] */
bool dvg_bigint_get(lua_State *lua, int index, dvg_text *text);

/* Negative, zero or positive as the number at `a` is below, equal to or above the one at `b`; each
 * is a Lua number or a big integer, none a NaN. Exact. [-0, +0, -] */
int dvg_bigint_compare(lua_State *lua, int a, int b);

#endif
