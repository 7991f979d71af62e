/*
 * state: see state.h. Allocation and protected calls; bounds.c has what stops a script.
 */
#include "script/state.h"

#include "script/bounds.h"
#include "script/module.h"
#include "script/sandbox.h"
#include "script/view.h"

#include <string.h>

/* Where the message handler stands on every state's stack. */
#define HANDLER 1

static const char script_key = 0; /* its address is the registry's key of the script's table */

/* ---------------------------------------------------------------- memory */

/* lua_Alloc. For a new block `old_size` is a tag of Lua's, not a size. */
static void *allocate(void *payload, void *block, size_t old_size, size_t size)
{
    dvg_state *state = payload;
    size_t held = block == NULL ? 0 : old_size;
    if (size == 0) {
        dvg_release(&state->allocator, block, held);
        state->live -= held;
        return NULL;
    }
    if (size > held && size - held > state->live_most - state->live) {
        state->refusals++;
        return NULL;
    }
    void *moved = block == NULL ? dvg_allocate(&state->allocator, size)
                                : dvg_reallocate(&state->allocator, block, held, size);
    if (moved == NULL) {
        state->refusals++;
        state->starved = true;
        return NULL;
    }
    state->live = state->live - held + size;
    return moved;
}

dvg_buffer *dvg_state_buffer(dvg_state *state)
{
    state->buffer.size = 0;
    state->buffer.failed = false;
    return &state->buffer;
}

void dvg_state_push_buffer(lua_State *lua)
{
    dvg_buffer *buffer = &dvg_state_of(lua)->buffer;
    if (buffer->failed)
        dvg_state_raise_memory(lua);
    lua_pushlstring(lua, buffer->size == 0 ? "" : buffer->data, buffer->size);
}

dvg_frame *dvg_state_frame(lua_State *lua, size_t index)
{
    dvg_state *state = dvg_state_of(lua);
    void *frames = state->frames;
    if (index >= state->frame_capacity) {
        if (!dvg_grow(&state->allocator, &frames, &state->frame_capacity, index + 1,
                      sizeof(dvg_frame)))
            dvg_state_raise_memory(lua);
        state->frames = frames;
    }
    return &state->frames[index];
}

/* ---------------------------------------------------------------- errors */

_Noreturn void dvg_state_raise_kept(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    if (state->kept.status == DVG_OK)
        dvg_fail(&state->kept, DVG_E_INTERNAL, "an error without a reason");
    lua_pushstring(lua, state->kept.message);
    for (;;)
        lua_error(lua); /* does not return, which the compiler cannot know */
}

_Noreturn void dvg_state_raise_memory(lua_State *lua)
{
    dvg_fail_memory(&dvg_state_of(lua)->kept);
    dvg_state_raise_kept(lua);
}

void dvg_state_check(lua_State *lua, dvg_status status)
{
    if (status != DVG_OK)
        dvg_state_raise_kept(lua);
}

/* If `message` begins with "WHERE:LINE: " return what follows and the line. */
static const char *skip_place(const char *message, const char *where, int *line)
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
    for (int level = 0; lua_getstack(lua, level, &at) != 0; level++) {
        int said = 0;
        lua_getinfo(lua, "Sl", &at);
        if (at.currentline < 0)
            continue;
        const char *rest = message == NULL ? NULL : skip_place(message, at.short_src, &said);
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

/* Message handler: note place and traceback while the stack still stands. [-1, +1, m] */
static int note_failure(lua_State *lua)
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

/* Make `failure` say `message` instead of what it says, at the same place. */
static void restate(dvg_error *failure, const char *file, dvg_error *error, const char *message,
                    uint64_t number, const char *unit)
{
    const char *where = failure->file[0] == '\0' ? file : failure->file;
    if (error == NULL || error->status != DVG_OK)
        return;
    dvg_fail_at(error, DVG_E_SCRIPT, where, failure->line, 0, 0, "%s %zu %s", message,
                (size_t)number, unit);
    memcpy(error->detail, failure->detail, sizeof error->detail);
}

/* Did a buffer of Lua's own run out of memory? It says so in an ordinary error. */
static bool buffers_failed(const dvg_state *state)
{
    return state->refusals != 0 && strstr(state->failure.message, "not enough memory") != NULL;
}

/* Turn a failed call into `error`. The error value is on the top unless `status` is LUA_OK. */
static dvg_status explain(dvg_state *state, int status, dvg_error *error)
{
    const char *file = state->source.shown;
    dvg_status answer = DVG_E_SCRIPT;
    if (state->kept.status != DVG_OK) {
        answer = state->kept.status;
        if (error != NULL && error->status == DVG_OK)
            *error = state->kept;
    } else if (state->expired) {
        restate(&state->failure, file, error, "the script ran longer than", state->milliseconds,
                "ms");
    } else if (state->starved) {
        answer = dvg_fail_memory(error);
    } else if (status == LUA_ERRMEM || state->exhausted || buffers_failed(state)) {
        restate(&state->failure, file, error, "the script needs more memory than its",
                state->live_most, "bytes");
    } else {
        if (status == LUA_ERRRUN)
            describe_failure(state);
        else
            dvg_fail_at(&state->failure, DVG_E_SCRIPT, file, 0, 0, 0,
                        "an error while an error was handled");
        if (error != NULL && error->status == DVG_OK)
            *error = state->failure;
        dvg_error_set_file(error, file);
    }
    return answer;
}

/* ---------------------------------------------------------------- entries */

static void begin(dvg_state *state)
{
    state->deadline = 0;
    state->refusals = 0;
    state->starved = false;
    state->exhausted = false;
    if (state->expired) {
        state->expired = false;
        dvg_bounds_install(state->lua);
    }
    if (state->kept.status != DVG_OK)
        dvg_error_clear(&state->kept);
    if (state->failure.status != DVG_OK)
        dvg_error_clear(&state->failure);
}

dvg_status dvg_state_call(dvg_state *state, int arguments, int results, dvg_error *error)
{
    lua_State *lua = state->lua;
    int base = lua_gettop(lua) - arguments - 1;
    dvg_status answer = DVG_OK;
    begin(state);
    /* Numbers, comparisons and patterns of Lua ask the locale of the thread. */
    locale_t before = uselocale(state->host->c_locale);
    dvg_state_watch(state, true);
    int status = lua_pcall(lua, arguments, results, HANDLER);
    dvg_state_watch(state, false);
    if (status != LUA_OK || state->kept.status != DVG_OK || state->expired || state->exhausted) {
        answer = explain(state, status, error);
        lua_settop(lua, base);
    }
    uselocale(before);
    return answer;
}

dvg_status dvg_state_run(dvg_state *state, lua_CFunction body, void *payload, dvg_error *error)
{
    if (!lua_checkstack(state->lua, 4))
        return dvg_fail_memory(error);
    lua_pushcfunction(state->lua, body);
    lua_pushlightuserdata(state->lua, payload);
    return dvg_state_call(state, 1, 0, error);
}

void dvg_state_push_script(dvg_state *state)
{
    lua_rawgetp(state->lua, LUA_REGISTRYINDEX, &script_key);
}

void dvg_state_renew(dvg_state *state) { state->epoch++; }

/* ---------------------------------------------------------------- life */

/* Raise what the compiler said, on the top of the stack. Its message begins with the name as Lua
 * shortens it, which may hold colons. */
static _Noreturn void fail_syntax(lua_State *lua, const dvg_source *source)
{
    int line = 0;
    char where[LUA_IDSIZE];
    const char *message = lua_tostring(lua, -1);
    const char *rest = NULL;
    for (const char *at = strchr(message, ':'); at != NULL && rest == NULL;
         at = strchr(at + 1, ':')) {
        size_t length = (size_t)(at - message);
        if (length >= sizeof where)
            break;
        memcpy(where, message, length);
        where[length] = '\0';
        rest = skip_place(message, where, &line);
    }
    dvg_fail_at(&dvg_state_of(lua)->kept, DVG_E_SCRIPT, source->shown, (uint64_t)line, 0, 0, "%s",
                rest == NULL ? message : rest);
    dvg_state_raise_kept(lua);
}

void dvg_state_load(lua_State *lua, const dvg_source *source)
{
    const char *text = source->text;
    size_t size = source->size;
    /* A first line for the shell; its end stays, so that lines keep their numbers. */
    if (size > 0 && text[0] == '#') {
        while (size > 0 && *text != '\n' && *text != '\r') {
            text++;
            size--;
        }
    }
    lua_pushfstring(lua, "@%s", source->shown);
    int status = luaL_loadbufferx(lua, text, size, lua_tostring(lua, -1), "t");
    if (status != LUA_OK) {
        if (status == LUA_ERRMEM)
            lua_error(lua);
        fail_syntax(lua, source);
    }
    lua_remove(lua, -2);
}

/* Open everything and run the script. [-1, +0, e] */
static int start(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    lua_gc(lua, LUA_GCSTOP); /* nothing made here is garbage; where memory runs out Lua collects */
    dvg_view_open(lua);
    dvg_sandbox_open(lua);
    dvg_module_open(lua);
    dvg_state_load(lua, &state->source);
    lua_gc(lua, LUA_GCRESTART);
    lua_call(lua, 0, 1);
    if (lua_type(lua, -1) != LUA_TTABLE) {
        dvg_fail_at(&state->kept, DVG_E_SCRIPT, state->source.shown, 1, 0, 0,
                    "a script returns one table, and this returned %s%s",
                    lua_isnil(lua, -1) ? "" : "a ",
                    lua_isnil(lua, -1) ? "nothing" : luaL_typename(lua, -1));
        dvg_state_raise_kept(lua);
    }
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &script_key);
    return 0;
}

static dvg_status open_state(dvg_state *state, dvg_error *error)
{
    state->lua = lua_newstate(allocate, state);
    if (state->lua == NULL)
        return dvg_fail_memory(error);
    *(dvg_state **)lua_getextraspace(state->lua) = state;
    dvg_bounds_install(state->lua);
    lua_pushcfunction(state->lua, note_failure);
    return dvg_state_run(state, start, NULL, error);
}

dvg_status dvg_state_new(dvg_state **state, const dvg_host *host, dvg_source *source,
                         dvg_error *error)
{
    dvg_state *made = dvg_allocate_zero(&host->allocator, sizeof *made);
    *state = NULL;
    if (made == NULL) {
        dvg_source_clear(source);
        return dvg_fail_memory(error);
    }
    made->host = host;
    made->allocator = host->allocator;
    made->source = *source;
    dvg_source_init(source, &host->allocator);
    made->live_most = (size_t)host->limits.memory;
    made->milliseconds = host->limits.milliseconds;
    dvg_buffer_init(&made->buffer, &made->allocator);
    dvg_status status = open_state(made, error);
    if (status != DVG_OK) {
        dvg_state_free(made);
        return status;
    }
    *state = made;
    return DVG_OK;
}

void dvg_state_free(dvg_state *state)
{
    if (state == NULL)
        return;
    dvg_allocator allocator = state->allocator;
    if (state->lua != NULL)
        lua_close(state->lua);
    dvg_buffer_clear(&state->buffer);
    dvg_source_clear(&state->source);
    dvg_release(&allocator, state->frames, state->frame_capacity * sizeof(dvg_frame));
    dvg_release(&allocator, state, sizeof *state);
}
