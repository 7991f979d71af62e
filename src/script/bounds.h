/*
 * bounds: what stops a script: the clock. (Memory is the allocator's, in state.c.)
 * The soft limit raises inside the script from a hook that counts instructions. What never reaches
 * a hook, a loop within one function of C, only the host can end: see dvg_watch_fn.
 */
#ifndef DVG_SCRIPT_BOUNDS_H
#define DVG_SCRIPT_BOUNDS_H

#include "script/state.h"

/* Set the hook that compares clocks. Threads made later inherit it. [-0, +0, -] */
void dvg_bounds_install(lua_State *lua);

#endif
