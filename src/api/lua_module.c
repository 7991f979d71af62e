/*
 * lua_module: modules that a host gives to its scripts, the body of diverge/lua.h.
 * Which names can be taken is script/foreign.h's business.
 */
#include <diverge/lua.h>

#include "api/context.h"
#include "script/foreign.h"

dvg_status dvg_context_add_module_of(dvg_context *context, const char *name, lua_CFunction open,
                                     lua_State *(*lua)(lua_Alloc, void *), dvg_error *error)
{
    dvg_status status = dvg_require(error, context != NULL && name != NULL && open != NULL,
                                    "no context, no name, or no function that opens the module");
    if (status == DVG_OK)
        status = dvg_require(error, dvg_foreign_is_own_lua(lua),
                             "the program uses another copy of Lua than diverge does; both must be "
                             "linked with the same one");
    return status == DVG_OK ? dvg_foreign_add(context->host, name, open, error) : status;
}
