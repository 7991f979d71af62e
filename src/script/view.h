/*
 * view: JSON values as scripts see them. Scalars become Lua values at once, arrays and objects
 * read-only userdata that point into the document.
 * Invariant: a view never outlives its document unnoticed: it carries the epoch of its state, and
 * one of an earlier run is refused.
 */
#ifndef DVG_SCRIPT_VIEW_H
#define DVG_SCRIPT_VIEW_H

#include "script/state.h"

/* Make the metatables of views and of big integers. [-0, +0, e] */
void dvg_view_open(lua_State *lua);

/* Push a value: absent as nil, null as the null value, an integer of 64 bits, a larger one as a
 * big integer, other numbers as float, a view of arrays and objects. [-0, +1, m] */
void dvg_view_push(lua_State *lua, dvg_value value);

/* The value behind the view at `index`; absent if there is no view. Raises on a view of an
 * earlier run. [-0, +0, e] */
dvg_value dvg_view_get(lua_State *lua, int index);

/* Push the null value; is it at `index`? [-0, +0|1, -] */
void dvg_view_push_null(lua_State *lua);
bool dvg_view_is_null(lua_State *lua, int index);

/* Element `index` from 1 of the view on the stack at `view`; absent if there is none. Constant
 * time, but for the first look that goes backwards. [-0, +0, m] */
dvg_value dvg_view_element(lua_State *lua, int view, lua_Integer index);

#endif
