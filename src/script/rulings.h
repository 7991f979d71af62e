/*
 * rulings: what became of the rules of a run, for scripts.
 */
#ifndef DVG_SCRIPT_RULINGS_H
#define DVG_SCRIPT_RULINGS_H

#include "script/state.h"

/* Push the list of all rules, in the order in which they are asked: tables of `name file at why
 * ignore hits left_nodes right_nodes shadowed shadowed_by`. [-0, +1, m] */
void dvg_rulings_push(lua_State *lua, const dvg_result *result);

/* Push `run.inferred`, the keys that were found for arrays of which nobody said how they are
 * matched. [-0, +1, m] */
void dvg_inferred_push(lua_State *lua, const dvg_result *result);

#endif
