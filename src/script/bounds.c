/*
 * bounds: see bounds.h.
 */
#include "script/bounds.h"

#include <string.h>

/* Instructions between two looks at the clock: some ten microseconds. */
#define INSTRUCTIONS 1000

/* True once the time of this entry is up. The clock is first read here, not at the entry: most
 * entries are over before a hook runs, and then cost no clock. */
static bool is_over(dvg_state *state)
{
    if (state->expired)
        return true;
    uint64_t now = dvg_clock_milliseconds();
    if (state->deadline == 0)
        state->deadline = now + state->milliseconds;
    state->expired = now >= state->deadline;
    return state->expired;
}

static void look_at_clock(lua_State *lua, lua_Debug *at)
{
    (void)at;
    dvg_state *state = dvg_state_of(lua);
    if (!is_over(state))
        return;
    /* From now on every instruction raises, so that what caught the error does not get far. */
    lua_sethook(lua, look_at_clock, LUA_MASKCOUNT, 1);
    luaL_error(lua, "the script ran longer than its limit");
}

void dvg_bounds_install(lua_State *lua)
{
    lua_sethook(lua, look_at_clock, LUA_MASKCOUNT, INSTRUCTIONS);
}

void dvg_state_check_time(lua_State *lua)
{
    if (is_over(dvg_state_of(lua)))
        luaL_error(lua, "the script ran longer than its limit");
}

void dvg_state_watch(const dvg_state *state, bool running)
{
    const dvg_script_limits *limits = &state->host->limits;
    if (limits->watch != NULL)
        limits->watch(limits->watch_payload, running ? state->source.shown : NULL);
}

uint64_t dvg_state_pause(const dvg_state *state)
{
    dvg_state_watch(state, false);
    return dvg_clock_milliseconds();
}

void dvg_state_resume(dvg_state *state, uint64_t since)
{
    dvg_state_watch(state, true);
    if (state->deadline != 0)
        state->deadline += dvg_clock_milliseconds() - since;
}

/* Does the error value say that memory ran out? Lua's buffers say so in an ordinary error. */
static bool tells_of_memory(lua_State *lua)
{
    return lua_type(lua, -1) == LUA_TSTRING &&
           strstr(lua_tostring(lua, -1), "not enough memory") != NULL;
}

void dvg_state_check_caught(lua_State *lua, int status, uint64_t refusals)
{
    dvg_state *state = dvg_state_of(lua);
    if (status == LUA_ERRMEM || (state->refusals != refusals && tells_of_memory(lua)))
        state->exhausted = true;
    /* A text of its own: Lua raises its own one again without asking for the place. */
    if (state->exhausted)
        luaL_error(lua, "the script needs more memory than it may have");
    if (state->expired || state->kept.status != DVG_OK)
        lua_error(lua);
}
