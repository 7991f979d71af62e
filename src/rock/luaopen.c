/*
 * luaopen: what `require "diverge"` gives in a stock Lua 5.4.
 */
#include "rock.h"

int luaopen_diverge(lua_State *lua)
{
    static const luaL_Reg functions[] = {{"compare", dvg_rock_compare},
                                         {"compare_json", dvg_rock_compare_json},
                                         {"compare_paths", dvg_rock_compare_paths},
                                         {NULL, NULL}};
    luaL_checkversion(lua);
    dvg_rock_open_comparison(lua);
    dvg_rock_open_finding(lua);
    luaL_newlib(lua, functions);
    dvg_rock_open_values(lua);
    lua_pushstring(lua, dvg_version());
    lua_setfield(lua, -2, "version");
    return 1;
}
