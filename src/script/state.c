/*
 * state: see state.h. Scratch memory, protected calls, loading; bounds.c has what stops a script,
 * failure.c what it is told.
 */
#include "script/state.h"

#include "script/failure.h"
#include "script/module.h"
#include "script/sandbox.h"
#include "script/view.h"

#include <string.h>

/* Where the message handler stands on every state's stack. */
#define HANDLER 1

static const char script_key = 0; /* its address is the registry's key of the script's table */

/* More scratch memory than this is not kept. */
#define SCRATCH_MOST ((size_t)1 << 20)

/* ---------------------------------------------------------------- memory */

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
    if (buffer->capacity > SCRATCH_MOST)
        dvg_buffer_clear(buffer);
}

dvg_frame *dvg_state_frame(lua_State *lua, size_t index)
{
    dvg_state *state = dvg_state_of(lua);
    void *frames = state->frames;
    if (index >= state->frame_capacity) {
        if (!dvg_grow(&state->own, &frames, &state->frame_capacity, index + 1, sizeof(dvg_frame)))
            dvg_state_raise_memory(lua);
        state->frames = frames;
    }
    return &state->frames[index];
}

/* ---------------------------------------------------------------- errors */

_Noreturn void dvg_state_raise_kept(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_state_unpause(state);
    if (state->kept.status == DVG_OK)
        dvg_fail(&state->kept, DVG_E_INTERNAL, "an error without a reason");
    lua_pushstring(lua, state->kept.message);
    for (;;)
        lua_error(lua); /* does not return, which the compiler cannot know */
}

_Noreturn void dvg_state_raise_memory(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_state_unpause(state);
    dvg_bounds_settle(state);
    if (state->bounds.hit != DVG_BOUND_NONE && !state->bounds.starved)
        dvg_bounds_hit(lua, state->bounds.hit);
    dvg_fail_memory(&state->kept);
    dvg_state_raise_kept(lua);
}

void dvg_state_check(lua_State *lua, dvg_status status)
{
    if (status != DVG_OK)
        dvg_state_raise_kept(lua);
}

/* ---------------------------------------------------------------- entries */

static dvg_status call(dvg_state *state, int arguments, int results, dvg_error *error)
{
    lua_State *lua = state->lua;
    int status = LUA_OK;
    if (state->kept.status != DVG_OK)
        dvg_error_clear(&state->kept);
    if (state->failure.status != DVG_OK)
        dvg_error_clear(&state->failure);
    if (dvg_bounds_begin(state))
        status = lua_pcall(lua, arguments, results, HANDLER);
    dvg_bounds_settle(state);
    if (status == LUA_OK && state->kept.status == DVG_OK && state->bounds.hit == DVG_BOUND_NONE)
        return DVG_OK;
    /* Still bounded and watched: the error value may have a script to tell what it is. */
    return dvg_failure_explain(state, status, error);
}

dvg_status dvg_state_call(dvg_state *state, int arguments, int results, dvg_error *error)
{
    int base = lua_gettop(state->lua) - arguments - 1;
    /* Numbers, comparisons and patterns of Lua ask the locale of the thread. */
    locale_t before = uselocale(state->host->c_locale);
    dvg_status answer = call(state, arguments, results, error);
    dvg_bounds_end(state);
    if (answer != DVG_OK)
        lua_settop(state->lua, base);
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

void dvg_state_renew(dvg_state *state)
{
    state->epoch++;
    state->noted = 0;
}

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
        rest = dvg_failure_skip_place(message, where, &line);
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

/* Where a script returns, as a rule: its last line that is not empty, from 1. */
static uint64_t last_line(const dvg_source *source)
{
    size_t size = source->size;
    uint64_t line = 1;
    while (size > 0 && strchr(" \t\r\n", source->text[size - 1]) != NULL)
        size--;
    for (size_t i = 0; i < size; i++)
        line += source->text[i] == '\n';
    return line;
}

static _Noreturn void fail_values(dvg_state *state, int count)
{
    dvg_fail_at(&state->kept, DVG_E_SCRIPT, state->source.shown, last_line(&state->source), 0, 0,
                "a script returns one table, and this returned %d values", count);
    dvg_state_raise_kept(state->lua);
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
    int below = lua_gettop(lua) - 1;
    lua_call(lua, 0, LUA_MULTRET);
    int count = lua_gettop(lua) - below;
    if (count > 1)
        fail_values(state, count);
    lua_settop(lua, below + 1);
    if (lua_type(lua, -1) != LUA_TTABLE) {
        dvg_fail_at(&state->kept, DVG_E_SCRIPT, state->source.shown, last_line(&state->source), 0,
                    0, "a script returns one table, and this returned %s%s",
                    lua_isnil(lua, -1) ? "" : "a ",
                    lua_isnil(lua, -1) ? "nothing" : luaL_typename(lua, -1));
        dvg_state_raise_kept(lua);
    }
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &script_key);
    return 0;
}

static dvg_status open_state(dvg_state *state, dvg_error *error)
{
    state->lua = lua_newstate(dvg_bounds_allocate, state);
    if (state->lua == NULL)
        return dvg_fail_memory(error);
    *(dvg_state **)lua_getextraspace(state->lua) = state;
    dvg_bounds_install(state->lua);
    lua_pushcfunction(state->lua, dvg_failure_note);
    return dvg_state_run(state, start, NULL, error);
}

dvg_status dvg_state_new(dvg_state **state, dvg_host *host, dvg_source *source, dvg_error *error)
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
    dvg_pool_init(&made->pool, &host->allocator);
    made->own = (dvg_allocator){dvg_bounds_allocate_own, made};
    dvg_bounds_init(made);
    dvg_buffer_init(&made->buffer, &made->own);
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
    if (state->lua != NULL) {
        (void)dvg_bounds_begin(state); /* without a sandbox there may be finalizers */
        lua_close(state->lua);
        dvg_bounds_end(state);
    }
    dvg_buffer_clear(&state->buffer);
    dvg_source_clear(&state->source);
    dvg_release(&state->own, state->frames, state->frame_capacity * sizeof(dvg_frame));
    dvg_pool_clear(&state->pool);
    dvg_release(&allocator, state, sizeof *state);
}
