/*
 * shortcut: `d` is asked for a few fields by millions of calls, so its fields are found by the
 * address of their name, and what seldom changes is kept where Lua finds it without a call.
 * Answers for the metatable of the `d` at hand; what a field holds is divergence.c's.
 */
#ifndef DVG_SCRIPT_SHORTCUT_H
#define DVG_SCRIPT_SHORTCUT_H

#include "script/divergence.h"

/* Push the __index of the `d` at hand, a table. It takes the upvalues of the __index of a copy from
 * the stack, of which the first one has the names of fields and the methods. [-4, +1, e] */
void dvg_shortcut_push(lua_State *lua, dvg_divergence_view *view);

/* Push the table in front of the fields, and the names of the two sides in it: a link keeps them on
 * its stack. [-0, +3, e] */
void dvg_shortcut_push_table(lua_State *lua);

/* Another divergence comes to hand, at the bottom of the stack of a link: forget what does not hold
 * for it, and put the values of sides that were read of the last one in place. [-0, +0, -] */
void dvg_shortcut_show(lua_State *lua, dvg_divergence_view *view, const dvg_record *record);

/* Forget everything that is kept. [-0, +0, -] */
void dvg_shortcut_forget(lua_State *lua, dvg_divergence_view *view);

#endif
