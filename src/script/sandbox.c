/*
 * sandbox: see sandbox.h.
 */
#include "script/sandbox.h"

#include "script/library.h"
#include "script/view.h"

#include <string.h>

/* What the making of a coroutine counts as, in instructions: what it can do unseen. */
enum { COROUTINE_WORK = 1000 };

/* ---------------------------------------------------------------- text without addresses */

/* `tostring`: no address of a table, function or userdata. */
static int to_string(lua_State *lua)
{
    luaL_checkany(lua, 1);
    if (dvg_view_is_null(lua, 1)) {
        lua_pushliteral(lua, "null");
        return 1;
    }
    if (luaL_getmetafield(lua, 1, "__tostring") != LUA_TNIL) {
        lua_pushvalue(lua, 1);
        lua_call(lua, 1, 1);
        if (lua_type(lua, -1) != LUA_TSTRING)
            return luaL_error(lua, "'__tostring' must return a string");
        return 1;
    }
    switch (lua_type(lua, 1)) {
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
    case LUA_TSTRING:
        luaL_tolstring(lua, 1, NULL);
        break;
    default:
        lua_pushstring(lua, luaL_typename(lua, 1));
        break;
    }
    return 1;
}

/* The conversion letter behind a '%', past its flags; NUL: the format ends there. */
static char conversion(const char **at, const char *end)
{
    while (*at < end && strchr("-+ #0123456789.", **at) != NULL && **at != '\0')
        (*at)++;
    return *at < end ? *(*at)++ : '\0';
}

/* `string.format` whose %s shows no address; the library's own is upvalue 1. */
static int format(lua_State *lua)
{
    size_t size = 0;
    const char *text = luaL_checklstring(lua, 1, &size);
    const char *end = text + size;
    int argument = 1;
    int count = lua_gettop(lua);
    for (const char *at = text; at < end;) {
        if (*at++ != '%')
            continue;
        char letter = conversion(&at, end);
        if (letter == '%')
            continue;
        argument++;
        if (letter == 'p')
            return luaL_error(lua, "'%%p' is refused: addresses differ from run to run");
        if (letter != 's' || argument > count || lua_type(lua, argument) == LUA_TSTRING)
            continue;
        lua_pushcfunction(lua, to_string);
        lua_pushvalue(lua, argument);
        lua_call(lua, 1, 1);
        lua_replace(lua, argument);
    }
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, count, 1);
    return 1;
}

/* ---------------------------------------------------------------- catching errors */

/* Behind a protected call, at once or after a yield. */
static int finish_pcall(lua_State *lua, int status, lua_KContext context)
{
    (void)context;
    dvg_state_check_caught(lua, status);
    if (status != LUA_OK && status != LUA_YIELD) {
        lua_pushboolean(lua, 0);
        lua_insert(lua, -2);
        return 2;
    }
    lua_pushboolean(lua, 1);
    lua_replace(lua, 1);
    return lua_gettop(lua);
}

static int protected_call(lua_State *lua)
{
    luaL_checkany(lua, 1);
    lua_pushnil(lua); /* becomes the first result */
    lua_insert(lua, 1);
    int status = lua_pcallk(lua, lua_gettop(lua) - 2, LUA_MULTRET, 0, 0, finish_pcall);
    return finish_pcall(lua, status, 0);
}

/* Behind the function of xpcall, whose handler stands at 1. The handler runs here, when the stack
 * is unwound: no hook would reach it where the error was raised, and it can see no stack. */
static int finish_xpcall(lua_State *lua, int status, lua_KContext context)
{
    (void)context;
    dvg_state_check_caught(lua, status);
    if (status == LUA_OK || status == LUA_YIELD) {
        lua_pushboolean(lua, 1);
        lua_replace(lua, 1);
        return lua_gettop(lua);
    }
    lua_pushboolean(lua, 0);
    lua_insert(lua, 1); /* false, handler, ..., error */
    lua_pushvalue(lua, 2);
    lua_insert(lua, -2);
    /* An error of the handler's is its answer. */
    dvg_state_check_caught(lua, lua_pcall(lua, 1, 1, 0));
    lua_replace(lua, 2);
    lua_settop(lua, 2);
    return 2;
}

static int protected_call_with_handler(lua_State *lua)
{
    luaL_checktype(lua, 2, LUA_TFUNCTION);
    lua_pushvalue(lua, 2); /* handler, function, arguments */
    lua_remove(lua, 2);
    lua_insert(lua, 1);
    int status = lua_pcallk(lua, lua_gettop(lua) - 2, LUA_MULTRET, 0, 0, finish_xpcall);
    return finish_xpcall(lua, status, 0);
}

/* A function of the coroutine library that catches errors: call it, then look. Upvalue 1. */
static int watched(lua_State *lua)
{
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, lua_gettop(lua) - 1, LUA_MULTRET);
    int count = lua_gettop(lua);
    bool failed = count > 0 && lua_type(lua, 1) == LUA_TBOOLEAN && !lua_toboolean(lua, 1);
    dvg_state_check_caught(lua, failed ? LUA_ERRRUN : LUA_OK);
    return count;
}

/* A function that makes a coroutine, upvalue 1. Each counts its own instructions up to the next
 * hook: those that end before it, or make others that do, would be free. */
static int charged(lua_State *lua)
{
    dvg_state_charge(lua, COROUTINE_WORK);
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, lua_gettop(lua) - 1, 1);
    return 1;
}

/* ---------------------------------------------------------------- other changes */

/* `setmetatable` without finalizers: they run where no hook and no limit reaches. */
static int set_metatable(lua_State *lua)
{
    luaL_checktype(lua, 1, LUA_TTABLE);
    luaL_argexpected(lua, lua_isnoneornil(lua, 2) || lua_istable(lua, 2), 2, "nil or table");
    lua_settop(lua, 2);
    if (lua_istable(lua, 2)) {
        lua_pushliteral(lua, "__gc");
        if (lua_rawget(lua, 2) != LUA_TNIL)
            return luaL_error(lua, "a metatable with '__gc' is refused");
        lua_pop(lua, 1);
    }
    if (luaL_getmetafield(lua, 1, "__metatable") != LUA_TNIL)
        return luaL_error(lua, "cannot change a protected metatable");
    lua_setmetatable(lua, 1);
    return 1;
}

/* `rawset` that is no way around the door of the globals. Upvalue 1 is the library's. */
static int raw_set(lua_State *lua)
{
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_pushglobaltable(lua);
    if (lua_rawequal(lua, 1, -1))
        return luaL_error(lua, "a script sets no global");
    lua_settop(lua, 3);
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_call(lua, 3, 1);
    return 1;
}

/* `math.randomseed`: without arguments the library would ask the time. Upvalue 1 is its own. */
static int random_seed(lua_State *lua)
{
    if (lua_isnoneornil(lua, 1)) {
        lua_settop(lua, 0);
        lua_pushinteger(lua, 0);
    }
    lua_settop(lua, 2);
    int count = lua_isnil(lua, 2) ? 1 : 2;
    lua_pushvalue(lua, lua_upvalueindex(1));
    lua_insert(lua, 1);
    lua_settop(lua, count + 1);
    lua_call(lua, count, 0);
    return 0;
}

static const char *global_name(lua_State *lua)
{
    return lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : luaL_typename(lua, 2);
}

static int read_global(lua_State *lua)
{
    return luaL_error(lua, "there is no global named '%s'", global_name(lua));
}

static int write_global(lua_State *lua)
{
    return luaL_error(lua, "a script sets no global, and this sets '%s'", global_name(lua));
}

/* ---------------------------------------------------------------- opening */

/* Set field `name` of the table on the top to nil. [-0, +0, e] */
static void drop(lua_State *lua, const char *name)
{
    lua_pushnil(lua);
    lua_setfield(lua, -2, name);
}

/* Put `function` around field `name` of the table on the top; the field is its upvalue. */
static void wrap(lua_State *lua, const char *name, lua_CFunction function)
{
    lua_getfield(lua, -1, name);
    lua_pushcclosure(lua, function, 1);
    lua_setfield(lua, -2, name);
}

/* What is changed in any sandbox: order, text and the limits that nothing catches. */
static void open_base(lua_State *lua, bool off)
{
    static const char *const refused[] = {"_G",       "collectgarbage", "dofile", "load",
                                          "loadfile", "print",          "warn"};
    static const luaL_Reg changed[] = {{"tostring", to_string},
                                       {"pcall", protected_call},
                                       {"xpcall", protected_call_with_handler},
                                       {"pairs", dvg_order_pairs},
                                       {"next", dvg_order_next},
                                       {NULL, NULL}};
    luaL_requiref(lua, LUA_GNAME, luaopen_base, 0);
    luaL_setfuncs(lua, changed, 0);
    for (size_t i = 0; !off && i < sizeof refused / sizeof refused[0]; i++)
        drop(lua, refused[i]);
    if (!off) {
        lua_pushcfunction(lua, set_metatable);
        lua_setfield(lua, -2, "setmetatable");
        wrap(lua, "rawset", raw_set);
    }
    lua_pop(lua, 1);
}

static void open_string(lua_State *lua, bool off)
{
    luaL_requiref(lua, LUA_STRLIBNAME, luaopen_string, 1);
    if (!off)
        drop(lua, "dump");
    wrap(lua, "format", format);
    lua_pop(lua, 1);
    lua_pushliteral(lua, "");
    lua_getmetatable(lua, -1);
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pop(lua, 2);
}

static void open_math(lua_State *lua, bool off)
{
    /* Names of older versions, which one build of Lua has and another has not. */
    static const char *const old[] = {"atan2", "cosh", "frexp", "ldexp",
                                      "log10", "pow",  "sinh",  "tanh"};
    luaL_requiref(lua, LUA_MATHLIBNAME, luaopen_math, 1);
    for (size_t i = 0; !off && i < sizeof old / sizeof old[0]; i++)
        drop(lua, old[i]);
    wrap(lua, "randomseed", random_seed);
    lua_getfield(lua, -1, "randomseed");
    lua_pushinteger(lua, 0);
    lua_call(lua, 1, 0);
    lua_pop(lua, 1);
}

/* A global that is not there is an error, and so is one that is set; without a sandbox only the
 * latter, since libraries for Lua ask what there is. */
static void close_globals(lua_State *lua, bool off)
{
    lua_pushglobaltable(lua);
    lua_createtable(lua, 0, 3);
    lua_pushcfunction(lua, write_global);
    lua_setfield(lua, -2, "__newindex");
    if (!off) {
        lua_pushcfunction(lua, read_global);
        lua_setfield(lua, -2, "__index");
    }
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
    lua_pop(lua, 1);
}

static void open_coroutine(lua_State *lua)
{
    luaL_requiref(lua, LUA_COLIBNAME, luaopen_coroutine, 1);
    wrap(lua, "resume", watched);
    wrap(lua, "close", watched);
    wrap(lua, "create", charged);
    wrap(lua, "wrap", charged);
    lua_pop(lua, 1);
}

/* What only a script without a sandbox has. */
static void open_system(lua_State *lua)
{
    static const luaL_Reg libraries[] = {{LUA_LOADLIBNAME, luaopen_package},
                                         {LUA_IOLIBNAME, luaopen_io},
                                         {LUA_OSLIBNAME, luaopen_os},
                                         {LUA_DBLIBNAME, luaopen_debug},
                                         {NULL, NULL}};
    for (const luaL_Reg *library = libraries; library->name != NULL; library++) {
        luaL_requiref(lua, library->name, library->func, 1);
        lua_pop(lua, 1);
    }
}

void dvg_sandbox_open(lua_State *lua)
{
    bool off = dvg_state_of(lua)->host->limits.sandbox == DVG_SANDBOX_OFF;
    open_base(lua, off);
    open_string(lua, off);
    open_math(lua, off);
    luaL_requiref(lua, LUA_TABLIBNAME, luaopen_table, 1);
    lua_pushcfunction(lua, dvg_order_sort);
    lua_setfield(lua, -2, "sort");
    luaL_requiref(lua, LUA_UTF8LIBNAME, luaopen_utf8, 1);
    lua_pop(lua, 2);
    open_coroutine(lua);
    if (off)
        open_system(lua);
    /* The module of this program and require are globals too; they are set before the door
     * closes, by those who make them. */
    dvg_library_open(lua);
    close_globals(lua, off);
}
