/*
 * bounds: what stops a script: the clock. (Memory is the allocator's, in state.c.)
 * The soft limit raises inside the script from a hook that counts instructions. A hard limit, for
 * what never reaches a hook, has its place in dvg_state_call: it would be armed there.
 */
#ifndef DVG_SCRIPT_BOUNDS_H
#define DVG_SCRIPT_BOUNDS_H

#include "script/state.h"

/* Set the hook that compares clocks. Threads made later inherit it. [-0, +0, -] */
void dvg_bounds_install(lua_State *lua);

#endif
