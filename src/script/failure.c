/*
 * failure: see failure.h.
 */
#include "script/failure.h"

#include <string.h>

/* Calls that are looked through for the place of an error: every one costs a walk. */
enum { LEVELS_MOST = 64 };

const char *dvg_failure_skip_place(const char *message, const char *where, int *line)
{
    size_t length = strlen(where);
    int number = 0;
    if (strncmp(message, where, length) != 0 || message[length] != ':')
        return NULL;
    const char *at = message + length + 1;
    if (*at < '0' || *at > '9')
        return NULL;
    for (; *at >= '0' && *at <= '9' && number < 100000000; at++)
        number = number * 10 + (*at - '0');
    if (at[0] != ':' || at[1] != ' ')
        return NULL;
    *line = number;
    return at + 2;
}

/* Where an error was raised: the place that its message begins with, which is then cut off, else
 * the innermost Lua function that is running. */
static const char *find_place(lua_State *lua, const char *message, lua_Debug *found, int *line)
{
    lua_Debug at;
    bool any = false;
    for (int level = 0; level < LEVELS_MOST && lua_getstack(lua, level, &at) != 0; level++) {
        int said = 0;
        lua_getinfo(lua, "Sl", &at);
        if (at.currentline < 0)
            continue;
        const char *rest =
            message == NULL ? NULL : dvg_failure_skip_place(message, at.short_src, &said);
        if (rest != NULL || !any) {
            *found = at;
            *line = rest != NULL ? said : at.currentline;
            any = true;
        }
        if (rest != NULL)
            return rest;
    }
    if (!any)
        found->source = NULL;
    return message;
}

int dvg_failure_note(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_error *failure = &state->failure;
    lua_Debug at;
    int line = 0;
    const char *message = lua_type(lua, 1) == LUA_TSTRING ? lua_tostring(lua, 1) : NULL;
    const char *rest = find_place(lua, message, &at, &line);
    const char *file = at.source == NULL ? "" : at.source;
    dvg_error_clear(failure);
    dvg_fail_at(failure, DVG_E_SCRIPT, *file == '@' || *file == '=' ? file + 1 : file,
                (uint64_t)line, 0, 0, "%s", rest == NULL ? "" : rest);
    luaL_traceback(lua, lua, NULL, 1);
    const char *trace = lua_tostring(lua, -1);
    size_t room = sizeof failure->detail;
    size_t length = strlen(trace);
    memcpy(failure->detail, trace, length < room ? length + 1 : room - 1);
    failure->detail[room - 1] = '\0';
    lua_settop(lua, 1);
    return 1;
}

/* An error value that is no string, in words. [-1, +1, e] */
static int describe(lua_State *lua)
{
    if (luaL_getmetafield(lua, 1, "__tostring") != LUA_TNIL) {
        lua_pushvalue(lua, 1);
        lua_call(lua, 1, 1);
        if (lua_type(lua, -1) == LUA_TSTRING)
            return 1;
    }
    lua_pushfstring(lua, "the error value is a %s value", luaL_typename(lua, 1));
    return 1;
}

/* Complete state->failure where the error value, on the top, is no string. [-0, +0, -] */
static void describe_failure(dvg_state *state)
{
    lua_State *lua = state->lua;
    const char *text = "the error value cannot be shown";
    if (lua_type(lua, -1) == LUA_TSTRING || !lua_checkstack(lua, 4))
        return;
    lua_pushcfunction(lua, describe);
    lua_pushvalue(lua, -2);
    if (lua_pcall(lua, 1, 1, 0) == LUA_OK)
        text = lua_tostring(lua, -1);
    dvg_error place = state->failure;
    dvg_error_clear(&state->failure);
    dvg_fail_at(&state->failure, DVG_E_SCRIPT, place.file, place.line, 0, 0, "%s", text);
    memcpy(state->failure.detail, place.detail, sizeof place.detail);
    lua_pop(lua, 1);
}

/* What a bound that was hit means as an error. The traceback is that of the first error. */
static void tell_bound(const dvg_state *state, dvg_error *error)
{
    if (error == NULL || error->status != DVG_OK)
        return;
    dvg_bounds_tell(state, error);
    memcpy(error->detail, state->failure.detail, sizeof error->detail);
}

static dvg_status tell_failure(dvg_state *state, int status, dvg_error *error)
{
    if (status != LUA_ERRRUN)
        dvg_fail_at(&state->failure, DVG_E_SCRIPT, state->bounds.file, state->bounds.line, 0, 0,
                    "an error while an error was handled");
    if (error != NULL && error->status == DVG_OK)
        *error = state->failure;
    dvg_error_set_file(error, state->source.shown);
    return DVG_E_SCRIPT;
}

dvg_status dvg_failure_explain(dvg_state *state, int status, dvg_error *error)
{
    bool told = state->kept.status != DVG_OK || state->bounds.hit != DVG_BOUND_NONE;
    if (status == LUA_ERRRUN && !told && !state->bounds.starved)
        describe_failure(state);
    dvg_bounds_settle(state);
    if (state->kept.status != DVG_OK) {
        if (error != NULL && error->status == DVG_OK)
            *error = state->kept;
        return state->kept.status;
    }
    if (state->bounds.starved)
        return dvg_fail_memory(error);
    if (state->bounds.hit == DVG_BOUND_NONE && status != LUA_ERRMEM)
        return tell_failure(state, status, error);
    tell_bound(state, error);
    return DVG_E_SCRIPT;
}

void dvg_failure_name_place(dvg_error *error, const dvg_allocator *allocator,
                            const struct dvg_at *at, const char *kind)
{
    char where[300];
    char in[200];
    dvg_buffer path;
    if (error == NULL || error->status != DVG_E_SCRIPT)
        return;
    dvg_buffer_init(&path, allocator);
    dvg_path_render(&path, at->step, allocator);
    dvg_line_escape(where, sizeof where, path.size == 0 ? "" : path.data, path.size);
    dvg_line_escape(in, sizeof in, at->file, strlen(at->file));
    dvg_buffer_clear(&path);
    dvg_error before = *error;
    dvg_error_clear(error);
    dvg_fail_at(error, DVG_E_SCRIPT, before.file, before.line, 0, 0,
                "%.400s (at \"%s\" in %s%s%.60s)", before.message, where, in,
                kind != NULL ? ", " : "", kind != NULL ? kind : "");
    memcpy(error->detail, before.detail, sizeof error->detail);
}
