/*
 * wishes: the table of options of a comparison becomes a context of the library.
 * Answers for types and names; what a name or a number means is the library's business. A profile
 * given as a table is inline.c.
 */
#include "rock.h"

#include <string.h>

/* ---------------------------------------------------------------- fields */

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

void dvg_rock_check_fields(lua_State *lua, int index, const char *what, const char *const *names)
{
    index = lua_absindex(lua, index);
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        lua_pop(lua, 1);
        if (lua_type(lua, -1) == LUA_TSTRING && is_one_of(lua_tostring(lua, -1), names))
            continue;
        luaL_Buffer list;
        const char *key = luaL_tolstring(lua, -1, NULL);
        luaL_buffinit(lua, &list);
        for (size_t i = 0; names[i] != NULL; i++) {
            if (i > 0)
                luaL_addstring(&list, ", ");
            luaL_addstring(&list, names[i]);
        }
        luaL_pushresult(&list);
        luaL_error(lua, "\"%s\" is no %s; there are %s", key, what, lua_tostring(lua, -1));
    }
}

static _Noreturn void fail_type(lua_State *lua, const char *name, const char *expected)
{
    luaL_error(lua, "option \"%s\": %s is expected, not a %s", name, expected,
               luaL_typename(lua, -1));
    for (;;)
        ; /* luaL_error does not return, which the compiler cannot know */
}

const char *dvg_rock_push_field(lua_State *lua, int index, const char *name)
{
    luaL_checkstack(lua, 8, "too many options");
    int type = lua_getfield(lua, index, name);
    if (type == LUA_TNIL)
        return NULL;
    if (type != LUA_TSTRING)
        fail_type(lua, name, "a string");
    size_t size = 0;
    const char *text = lua_tolstring(lua, -1, &size);
    if (strlen(text) != size)
        luaL_error(lua, "option \"%s\" holds a NUL", name);
    return text;
}

bool dvg_rock_push_table(lua_State *lua, int index, const char *name)
{
    luaL_checkstack(lua, 8, "too many options");
    int type = lua_getfield(lua, index, name);
    if (type != LUA_TNIL && type != LUA_TTABLE)
        fail_type(lua, name, "a table");
    return type == LUA_TTABLE;
}

const char *const *dvg_rock_push_list(lua_State *lua, int index, const char *name, size_t *count)
{
    *count = 0;
    if (!dvg_rock_push_table(lua, index, name)) {
        lua_pushnil(lua);
        return NULL;
    }
    int source = lua_gettop(lua);
    lua_Integer length = (lua_Integer)lua_rawlen(lua, source);
    lua_createtable(lua, 0, 0); /* keeps the strings, whatever happens to the list */
    const char **texts = lua_newuserdatauv(lua, ((size_t)length + 1) * sizeof *texts, 0);
    for (lua_Integer i = 1; i <= length; i++) {
        if (lua_rawgeti(lua, source, i) != LUA_TSTRING)
            fail_type(lua, name, "a list of strings");
        texts[i - 1] = lua_tostring(lua, -1);
        lua_rawseti(lua, source + 1, i);
    }
    lua_remove(lua, source);
    *count = (size_t)length;
    return texts;
}

static uint64_t number_field(lua_State *lua, int index, const char *name)
{
    lua_Integer number = 0;
    if (lua_getfield(lua, index, name) != LUA_TNIL) {
        number = lua_isinteger(lua, -1) ? lua_tointeger(lua, -1) : 0;
        if (number < 1)
            luaL_error(lua, "option \"%s\": a whole number above 0 is expected", name);
    }
    lua_pop(lua, 1);
    return (uint64_t)number;
}

static dvg_sandbox sandbox_field(lua_State *lua, int index)
{
    static const char *const words[] = {"default", "strict", "off"};
    const char *word = dvg_rock_push_field(lua, index, "sandbox");
    for (int i = 0; word != NULL && i < 3; i++)
        if (strcmp(words[i], word) == 0)
            return (dvg_sandbox)i;
    if (word != NULL)
        luaL_error(lua, "option \"sandbox\": \"default\", \"strict\" or \"off\" is expected");
    return DVG_SANDBOX_DEFAULT;
}

/* ---------------------------------------------------------------- the context */

/* Fill in `options`; what they point to stays on the stack. [-0, +n, e] */
static void read_options(lua_State *lua, int index, dvg_options *options)
{
    static const char *const names[] = {"profile",
                                        "classifiers",
                                        "classify",
                                        "set",
                                        "name",
                                        "script_path",
                                        "sandbox",
                                        "depth",
                                        "integer_digits",
                                        "script_memory",
                                        "script_milliseconds",
                                        NULL};
    if (!lua_istable(lua, index))
        return;
    dvg_rock_check_fields(lua, index, "option", names);
    options->script_path =
        dvg_rock_push_list(lua, index, "script_path", &options->script_path_count);
    options->sandbox = sandbox_field(lua, index);
    options->depth = number_field(lua, index, "depth");
    options->integer_digits = number_field(lua, index, "integer_digits");
    options->script_memory = number_field(lua, index, "script_memory");
    options->script_milliseconds = number_field(lua, index, "script_milliseconds");
}

static dvg_status use_profile(lua_State *lua, int index, dvg_context *context, dvg_error *error)
{
    if (lua_istable(lua, index) && lua_getfield(lua, index, "profile") == LUA_TTABLE)
        return dvg_rock_use_profile_table(lua, lua_gettop(lua), context, error);
    const char *name = NULL;
    if (lua_istable(lua, index))
        name = dvg_rock_push_field(lua, index, "profile");
    return dvg_context_use_profile(context, name != NULL ? name : "default", error);
}

static dvg_status add_classifiers(lua_State *lua, int index, dvg_context *context, dvg_error *error)
{
    size_t count = 0;
    dvg_status status = DVG_OK;
    const char *const *names = dvg_rock_push_list(lua, index, "classifiers", &count);
    for (size_t i = 0; i < count && status == DVG_OK; i++)
        status = dvg_context_add_classifier(context, names[i], error);
    return status;
}

/* The value on the top as the text of an option. */
static const char *option_text(lua_State *lua)
{
    int type = lua_type(lua, -1);
    if (type == LUA_TBOOLEAN)
        return lua_toboolean(lua, -1) ? "true" : "false";
    if (type != LUA_TSTRING && type != LUA_TNUMBER)
        fail_type(lua, "set", "a string, a number or a boolean");
    return luaL_tolstring(lua, -1, NULL);
}

static dvg_status set_options(lua_State *lua, int index, dvg_context *context, dvg_error *error)
{
    dvg_status status = DVG_OK;
    if (!dvg_rock_push_table(lua, index, "set"))
        return DVG_OK;
    int table = lua_gettop(lua);
    lua_pushnil(lua);
    while (status == DVG_OK && lua_next(lua, table) != 0) {
        if (lua_type(lua, table + 1) != LUA_TSTRING)
            return (dvg_status)luaL_error(lua, "option \"set\": names of options are strings");
        status =
            dvg_context_set_option(context, lua_tostring(lua, table + 1), option_text(lua), error);
        lua_settop(lua, table + 1);
    }
    return status;
}

dvg_status dvg_rock_make_context(lua_State *lua, int index, dvg_rock_comparison *comparison,
                                 dvg_error *error)
{
    dvg_options options = DVG_OPTIONS_INIT;
    int top = lua_gettop(lua);
    options.warning = dvg_rock_warn;
    options.warning_payload = comparison;
    read_options(lua, index, &options);
    dvg_status status = dvg_context_new(&comparison->context, &options, error);
    if (status == DVG_OK)
        status = use_profile(lua, index, comparison->context, error);
    if (status == DVG_OK && lua_istable(lua, index))
        status = add_classifiers(lua, index, comparison->context, error);
    if (status == DVG_OK && lua_istable(lua, index))
        status = set_options(lua, index, comparison->context, error);
    lua_settop(lua, top);
    return status;
}
