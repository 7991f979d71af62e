/*
 * module: see module.h.
 */
#include "script/module.h"

#include "script/library.h"

#include <string.h>

static const char loaded_key = 0; /* its address is the registry's key of the loaded modules */
static const char loading = 0;    /* its address stands for a module that is not done */

void dvg_module_open(lua_State *lua)
{
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &loaded_key);
}

/* A source that is freed with the userdata that holds it, whatever is raised. */
static int free_source(lua_State *lua)
{
    dvg_source_clear(lua_touserdata(lua, 1));
    return 0;
}

static dvg_source *push_source(lua_State *lua)
{
    dvg_source *source = lua_newuserdatauv(lua, sizeof *source, 0);
    dvg_source_init(source, &dvg_state_of(lua)->allocator);
    lua_createtable(lua, 0, 1);
    lua_pushcfunction(lua, free_source);
    lua_setfield(lua, -2, "__gc");
    lua_setmetatable(lua, -2);
    return source;
}

/* Find, load and run the module named at 1. [-0, +1, e] */
static void run_module(lua_State *lua, const char *name)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_source *source = push_source(lua);
    dvg_error error;
    dvg_error_clear(&error);
    dvg_status status = dvg_source_module(source, state->host, name, &error);
    if (status == DVG_E_SCRIPT && error.file[0] == '\0')
        luaL_error(lua, "%s", error.message);
    if (status != DVG_OK) {
        state->kept = error;
        dvg_state_raise_kept(lua);
    }
    dvg_state_load(lua, source);
    lua_call(lua, 0, 1);
    if (lua_isnil(lua, -1))
        luaL_error(lua, "module \"%s\" returned nothing", name);
}

int dvg_module_require(lua_State *lua)
{
    size_t size = 0;
    const char *name = luaL_checklstring(lua, 1, &size);
    if (strlen(name) != size)
        return luaL_error(lua, "a module's name holds no NUL");
    lua_settop(lua, 1);
    if (strcmp(name, "diverge") == 0) {
        dvg_library_push(lua);
        return 1;
    }
    if (lua_isfunction(lua, lua_upvalueindex(1)) && !dvg_source_is_module(name)) {
        lua_pushvalue(lua, lua_upvalueindex(1));
        lua_insert(lua, 1);
        lua_call(lua, 1, LUA_MULTRET);
        return lua_gettop(lua);
    }
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &loaded_key);
    lua_pushvalue(lua, 1);
    if (lua_rawget(lua, 2) != LUA_TNIL) {
        if (lua_touserdata(lua, -1) == &loading)
            return luaL_error(lua, "module \"%s\" requires itself, by way of others or straight",
                              name);
        return 1;
    }
    lua_pushvalue(lua, 1);
    lua_pushlightuserdata(lua, (void *)(uintptr_t)&loading);
    lua_rawset(lua, 2);
    dvg_state_charge(lua, 100); /* it reads a file */
    run_module(lua, name);
    lua_pushvalue(lua, 1);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 2);
    return 1;
}
