/*
 * sandbox: the libraries that scripts may use, and what is different in them: nothing that reaches
 * out of the state, nothing that shows an address, nothing whose order or value changes from run
 * to run, nothing that catches what must end a script.
 */
#ifndef DVG_SCRIPT_SANDBOX_H
#define DVG_SCRIPT_SANDBOX_H

#include "script/state.h"

/* Open the libraries and close the table of globals. [-0, +0, e] */
void dvg_sandbox_open(lua_State *lua);

/* `pairs` and `next` in a fixed order: numbers ascending, strings by bytes, then booleans; other
 * keys raise. Views in document order. [-args, +results, e] */
int dvg_order_pairs(lua_State *lua);
int dvg_order_next(lua_State *lua);

/* Push an array of the keys of the table at `index`, in that order. [-0, +1, e] */
void dvg_order_push_keys(lua_State *lua, int index);

/* `table.sort`, stable and the same in every run. [-args, +0, e] */
int dvg_order_sort(lua_State *lua);

#endif
