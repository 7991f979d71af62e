/*
 * module: `require` for scripts: other scripts below the folders, embedded ones, those of the
 * program around the library, and nothing else.
 * Every state has its own copies.
 */
#ifndef DVG_SCRIPT_MODULE_H
#define DVG_SCRIPT_MODULE_H

#include "script/state.h"

/* `require`: see SCRIPTING in docs. A module is run once a state; a cycle is an error. Upvalue
 * 1 is nil, or Lua's own `require` for names that are no module's. */
int dvg_module_require(lua_State *lua);

/* Make room for what modules gave. [-0, +0, e] */
void dvg_module_open(lua_State *lua);

#endif
