/*
 * row: some fields of a divergence as one JSON object, prepared once and then written in C. What
 * most lines of a JSON report are made of: a call for each would cost more than the writing.
 */
#ifndef DVG_SCRIPT_ROW_H
#define DVG_SCRIPT_ROW_H

#include "script/divergence.h"

/* Make the metatable of rows. [-0, +0, e] */
void dvg_row_open(lua_State *lua);

/* diverge.row(fields [, style]): `fields` lists names of fields of `d`, or pairs {member, field};
 * members are written in that order. [-?, +1, e] */
int dvg_row_new(lua_State *lua);

typedef struct dvg_row dvg_row;

/* Is there a row at `index`? [-0, +0, -] */
bool dvg_row_is(lua_State *lua, int index);

/* Append the divergence at index 2 by the row at index 3. [-0, +0, e] */
void dvg_row_write(lua_State *lua, dvg_buffer *out);

/* Append a divergence by a row. [-0, +0, e] */
void dvg_row_add(lua_State *lua, const dvg_divergence_view *self, const dvg_row *found,
                 dvg_buffer *out);

#endif
