/*
 * spell: the values of scripts as text: JSON, Python's repr and str, the literal.
 * Answers for Lua's own values and tables; what lies in a document is json/writer.h's.
 * Without recursion; nothing leaks when an error is raised, since all room belongs to the state.
 */
#ifndef DVG_SCRIPT_SPELL_H
#define DVG_SCRIPT_SPELL_H

#include "json/writer.h"
#include "script/state.h"

/* Make the metatable of prepared styles. [-0, +0, e] */
void dvg_spell_open(lua_State *lua);

/* Read a style at `index`: nothing, a table with indent, level, sort, ascii, python, compact,
 * nonfinite, or what push_style made. Raises on an unknown or ill-typed field. [-0, +0, e] */
dvg_json_style dvg_spell_style(lua_State *lua, int index);

/* Push a prepared style. [-0, +1, m] */
void dvg_spell_push_style(lua_State *lua, const dvg_json_style *style);

/* Append the value at `index` as JSON to `out`. A sequence is an array, as is an empty table;
 * any other table is an object with its members sorted. nil is null. [-0, +0, e] */
void dvg_spell_json(lua_State *lua, int index, dvg_buffer *out, const dvg_json_style *style);

/* Append Python's repr of a value, or its str: a string as it is. Plain tables raise. [-0, +0, e]
 */
void dvg_spell_repr(lua_State *lua, int index, dvg_buffer *out);
void dvg_spell_str(lua_State *lua, int index, dvg_buffer *out);

/* Append a Lua number as Python prints it. [-0, +0, -] */
void dvg_spell_number(lua_State *lua, int index, dvg_buffer *out);

#endif
