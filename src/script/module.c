/*
 * module: see module.h.
 */
#include "script/module.h"

#include "script/foreign.h"
#include "script/host.h"
#include "script/library.h"

#include <string.h>

static const char loaded_key = 0; /* its address is the registry's key of the loaded modules */
static const char loading = 0;    /* its address stands for a module that is not done */

void dvg_module_open(lua_State *lua)
{
    lua_newtable(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &loaded_key);
}

/* What is found out about a module, outside of Lua. */
struct wanted {
    const char *name;
    dvg_source source;
};

/* Find the module and push it as a function. The body of a protected call. */
static int load_module(lua_State *lua)
{
    struct wanted *wanted = lua_touserdata(lua, 1);
    dvg_state *state = dvg_state_of(lua);
    dvg_error error;
    dvg_error_clear(&error);
    dvg_status status = dvg_source_module(&wanted->source, state->host, wanted->name, &error);
    if (status == DVG_E_SCRIPT && error.file[0] == '\0')
        luaL_error(lua, "%s", error.message);
    if (status != DVG_OK) {
        state->kept = error;
        dvg_state_raise_kept(lua);
    }
    dvg_state_load(lua, &wanted->source);
    return 1;
}

/* Find, load and run the module. Its source is freed whatever is raised; by a finalizer it would be
 * lost where there is no memory left to call one. [-0, +1, e] */
static void run_module(lua_State *lua, const char *name)
{
    struct wanted wanted;
    wanted.name = name;
    dvg_source_init(&wanted.source, &dvg_state_of(lua)->allocator);
    lua_pushcfunction(lua, load_module);
    lua_pushlightuserdata(lua, &wanted);
    int status = lua_pcall(lua, 1, 1, 0);
    dvg_source_clear(&wanted.source);
    if (status != LUA_OK)
        lua_error(lua);
    lua_call(lua, 0, 1);
    if (lua_isnil(lua, -1))
        luaL_error(lua, "module \"%s\" returned nothing", name);
}

/* Open a module of the program's. [-0, +1, e] */
static void open_foreign(lua_State *lua, lua_CFunction open, const char *name)
{
    lua_pushcfunction(lua, open);
    lua_pushstring(lua, name);
    lua_call(lua, 1, 1);
    if (lua_isnil(lua, -1))
        luaL_error(lua, "module \"%s\" of the host returned nothing", name);
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
    lua_CFunction open = dvg_foreign_find(dvg_state_of(lua)->host, name);
    if (open == NULL && lua_isfunction(lua, lua_upvalueindex(1)) && !dvg_source_is_module(name)) {
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
    if (open != NULL) {
        open_foreign(lua, open, name);
    } else {
        dvg_state_charge(lua, 100); /* it reads a file */
        run_module(lua, name);
    }
    lua_pushvalue(lua, 1);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 2);
    return 1;
}
