/*
 * foreign: modules in C that the program around the library offers to scripts.
 * Answers for their names and for who may be called what; `require` itself is module.c's business.
 * Invariant: no foreign module has the name of a script, of a library of Lua's, or of another one.
 */
#ifndef DVG_SCRIPT_FOREIGN_H
#define DVG_SCRIPT_FOREIGN_H

#include "script/script.h"

#include <lua.h>

typedef struct dvg_foreign {
    struct dvg_foreign *next;
    char *name;
    lua_CFunction open;
} dvg_foreign;

/* Is `lua` the lua_newstate that this library calls? */
bool dvg_foreign_is_own_lua(lua_State *(*lua)(lua_Alloc, void *));

/* Offer a module. DVG_E_ARGUMENT: the name cannot be taken. */
dvg_status dvg_foreign_add(dvg_host *host, const char *name, lua_CFunction open, dvg_error *error);

/* The function that opens the module; NULL: there is no such one. */
lua_CFunction dvg_foreign_find(const dvg_host *host, const char *name);

/* Free the list, when the host ends. */
void dvg_foreign_clear(dvg_host *host);

#endif
