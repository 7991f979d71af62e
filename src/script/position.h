/*
 * position: where a divergence is, and what kind of thing stands there, as values of Lua. Knows the
 * record and nothing of who asks.
 */
#ifndef DVG_SCRIPT_POSITION_H
#define DVG_SCRIPT_POSITION_H

#include "diff/record.h"
#include "script/state.h"

/* Each pushes one value, nil where the record has none: the JSON Pointer; the type of a side in a
 * word; the key of a keyed element; the index of an element, on the left side if it is there; the
 * one side that the divergence is on. [-0, +1, e] */
void dvg_position_push_pointer(lua_State *lua, const dvg_record *record);
void dvg_position_push_type(lua_State *lua, const dvg_record *record, int side);
void dvg_position_push_key(lua_State *lua, const dvg_record *record);
void dvg_position_push_index(lua_State *lua, const dvg_record *record);
void dvg_position_push_side(lua_State *lua, const dvg_record *record);

#endif
