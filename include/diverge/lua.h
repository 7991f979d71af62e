/*
 * diverge/lua.h: modules in C for the scripts of a context.
 *
 * The only header of diverge that needs Lua's own headers, of version 5.4. It is for hosts whose
 * profiles, classifiers and reports should ask something that only the host knows: a symbol table,
 * a database of known differences, the state of a machine. A module is written as for any Lua:
 *
 *     static int symbols_find(lua_State *lua) { ... }
 *     static int open_symbols(lua_State *lua)
 *     {
 *         static const luaL_Reg functions[] = {{"find", symbols_find}, {NULL, NULL}};
 *         luaL_newlib(lua, functions);
 *         return 1;
 *     }
 *     dvg_context_add_module(context, "symbols", open_symbols, &error);
 *
 * and a script says `local symbols = require "symbols"`.
 *
 * One Lua: the program must use the Lua that the library uses. Two copies of Lua in one process,
 * one linked into the program and one into diverge, are fine as long as neither sees a state of the
 * other's; here they would meet. dvg_context_add_module notices and refuses.
 *
 * The host vouches for its modules. What they do is not confined by any sandbox: a module that
 * opens files opens them for every script of the context, whoever wrote it. A module should offer
 * no more than its scripts need, and answer the same question with the same words in every run.
 *
 * Bounds (dvg_options) act on a module as on Lua's own functions in C:
 *   memory         what the module takes through its state counts as the script's; beyond the limit
 *                  Lua raises an error there. What it takes otherwise is not seen.
 *   time           counts, and is looked at when the script goes on: a function that does not come
 *                  back is not stopped. dvg_watch_fn and a clock of the host's can.
 *   instructions   a function in C counts as one. What it calls in Lua counts as it does anywhere.
 *   errors         lua_error and all that raises ends the script that called, unless it catches:
 *                  the run fails with DVG_E_SCRIPT, the message, and the place in the script. A
 *                  bound that was hit cannot be caught; a module that uses lua_pcall need not care.
 *
 * A module must not use lua_sethook, lua_atpanic, lua_setallocf, lua_getextraspace or lua_close on
 * a state of the library's, nor keep the state: there is one for every script, which ends with it.
 * It must not call functions of diverge.h on the context that runs it, nor on results of it.
 */
#ifndef DIVERGE_LUA_H
#define DIVERGE_LUA_H

#include <diverge/diverge.h>

#ifdef __cplusplus
extern "C" {
#endif

#include <lua.h>

#if LUA_VERSION_NUM != 504
#error "diverge works with Lua 5.4 and with no other version"
#endif

/* Let scripts of `context` find the module `name` by `require`. `open` is called in protected mode,
 * with the name as its one argument, once in every state in which a script asks for the module: at
 * the first `require`; what it returns, one value and not nil, is what every `require` of that
 * script gives. States share nothing, so that each has a module of its own; data that `open` and
 * its functions share must be the host's, and last as long as the context.
 *
 * `name` is words of ASCII letters, digits, '_' and '-', joined by dots; it is copied. A module
 * wins over files that `require` would find without a sandbox. Add modules before the scripts that
 * need them are loaded: dvg_context_use_profile and its kin fail without.
 *
 * DVG_E_ARGUMENT: no such name can be; it is the name of a library of Lua's, "diverge", or begins
 * like a script's ("diverge.", "profile", "classify", "report", "util"): those cannot be shadowed;
 * it was added before; or the program uses another copy of Lua than the library. DVG_E_MEMORY.
 *
 * A macro, since it tells the library which Lua the program uses. */
#define dvg_context_add_module(context, name, open, error)                                         \
    dvg_context_add_module_of(context, name, open, lua_newstate, error)

/* What stands behind the macro: `lua` is the program's lua_newstate. */
DVG_API dvg_status dvg_context_add_module_of(dvg_context *context, const char *name,
                                             lua_CFunction open,
                                             lua_State *(*lua)(lua_Alloc, void *),
                                             dvg_error *error);

#ifdef __cplusplus
}
#endif

#endif
