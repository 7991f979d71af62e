/*
 * sink: `out`, where a report writes to. Collects in C and hands whole pieces on.
 */
#ifndef DVG_SCRIPT_SINK_H
#define DVG_SCRIPT_SINK_H

#include "script/row.h"

/* Make the sink of a state: pushes `out`. The bytes go to `function`. [-0, +1, e] */
void dvg_sink_push(lua_State *lua, dvg_sink_fn function, void *payload);

/* Append a divergence by a row. Returns whether that filled a piece, which was handed on.
 * [-0, +0, e] */
bool dvg_sink_row(lua_State *lua, const dvg_divergence_view *self, const dvg_row *row);

/* Append a text; where there is no memory for it, the next method of `out` fails. */
void dvg_sink_add(const dvg_state *state, dvg_text text);

/* Hand on what is left; a refusal is kept in the state and raised. [-0, +0, e] */
void dvg_sink_flush(lua_State *lua);

/* Bytes that the sink of a state has handed on. */
uint64_t dvg_sink_written(const dvg_state *state);

/* Free what the sink of a state holds. The state may have none. */
void dvg_sink_close(dvg_state *state);

#endif
