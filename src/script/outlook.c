/*
 * outlook: see outlook.h.
 */
#include "script/outlook.h"

#define TEXT_OF(number) #number
#define VERSION_OF(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

/* Divergences by the severity that each has, which need not be its class's. */
static void push_severities(lua_State *lua, const dvg_result *result)
{
    uint64_t counts[3] = {0, 0, 0};
    for (size_t i = 0; i < result->record_count; i++)
        counts[result->records[i].severity]++;
    lua_createtable(lua, 0, 3);
    for (int i = 0; i < 3; i++) {
        lua_pushinteger(lua, (lua_Integer)counts[i]);
        lua_setfield(lua, -2, dvg_severity_name((unsigned)i));
    }
}

void dvg_outlook_add(lua_State *lua, const dvg_result *result)
{
    lua_pushstring(lua, result->stop ? "stop" : result->record_count == 0 ? "same" : "different");
    lua_setfield(lua, -2, "verdict");
    push_severities(lua, result);
    lua_setfield(lua, -2, "severities");
    lua_pushliteral(lua, VERSION_OF(DVG_VERSION_MAJOR, DVG_VERSION_MINOR, DVG_VERSION_PATCH));
    lua_setfield(lua, -2, "version");
    lua_pushboolean(lua, result->color);
    lua_setfield(lua, -2, "color");
    lua_pushinteger(lua, (lua_Integer)result->columns);
    lua_setfield(lua, -2, "columns");
    lua_pushboolean(lua, result->show_suppressed);
    lua_setfield(lua, -2, "show_suppressed");
}
