/*
 * bounds: see bounds.h. The clock and the count of instructions; memory is ration.c.
 */
#include "script/bounds.h"

#include "script/state.h"

#include <string.h>

/* Instructions between two looks at the clock: some ten microseconds. */
#define INSTRUCTIONS 1000

/* So often in one entry the library's work on a script's behalf is not the script's time. A script
 * that asks for more could keep the library busy for days. */
#define PAUSES_MOST 256

static const dvg_script_limits *limits_of(const dvg_state *state) { return &state->host->limits; }

static uint64_t or_default(uint64_t number, uint64_t otherwise)
{
    uint64_t given = number == 0 ? otherwise : number;
    return given < INT64_MAX ? given : INT64_MAX; /* sums of two never overflow */
}

dvg_script_limits dvg_script_limits_of(const dvg_options *options)
{
    dvg_script_limits limits;
    bool strict = options->sandbox == DVG_SANDBOX_STRICT;
    limits.sandbox = options->sandbox;
    limits.memory = or_default(options->script_memory, DVG_SCRIPT_MEMORY_DEFAULT);
    uint64_t volume = limits.memory < INT64_MAX / DVG_SCRIPT_VOLUME_FACTOR
                          ? limits.memory * DVG_SCRIPT_VOLUME_FACTOR
                          : INT64_MAX;
    limits.volume = or_default(options->script_volume, volume);
    limits.milliseconds = or_default(options->script_milliseconds, DVG_SCRIPT_MILLISECONDS_DEFAULT);
    limits.run_milliseconds = or_default(options->script_run_milliseconds,
                                         strict ? DVG_SCRIPT_RUN_MILLISECONDS_STRICT : 0);
    limits.instructions =
        or_default(options->script_instructions, strict ? DVG_SCRIPT_INSTRUCTIONS_STRICT : 0);
    limits.output = or_default(options->script_output, DVG_SCRIPT_OUTPUT_DEFAULT);
    limits.watch = options->watch;
    limits.watch_payload = options->watch_payload;
    return limits;
}

void dvg_bounds_init(dvg_state *state)
{
    const dvg_script_limits *limits = limits_of(state);
    state->bounds.live_most = limits->memory < SIZE_MAX ? (size_t)limits->memory : SIZE_MAX;
    state->bounds.volume_most = limits->volume;
}

static void watch(const dvg_state *state, dvg_watch_event event, const char *name, uint64_t line)
{
    const dvg_script_limits *limits = limits_of(state);
    if (limits->watch != NULL)
        limits->watch(limits->watch_payload, event, name, line);
}

/* ---------------------------------------------------------------- looking */

/* The bound that is hit at the time `now`. The clock is first read by a hook, not at the entry:
 * most entries are over before one runs, and then cost no clock. */
static dvg_bound find_hit(dvg_state *state, uint64_t now)
{
    dvg_bounds *bounds = &state->bounds;
    const dvg_script_limits *limits = limits_of(state);
    if (bounds->hit != DVG_BOUND_NONE)
        return bounds->hit;
    if (limits->instructions != 0 && bounds->instructions >= limits->instructions)
        return DVG_BOUND_INSTRUCTIONS;
    if (limits->run_milliseconds != 0 &&
        state->host->spent + (now - bounds->entered) >= limits->run_milliseconds)
        return DVG_BOUND_RUN;
    if (bounds->deadline == 0)
        bounds->deadline = now + limits->milliseconds;
    /* A strict sandbox counts instructions instead: what it stops does not hang on the clock. */
    return limits->sandbox != DVG_SANDBOX_STRICT && now >= bounds->deadline ? DVG_BOUND_TIME
                                                                            : DVG_BOUND_NONE;
}

/* Note where the script is, if `at` is a line of Lua. */
static bool note_line(lua_State *lua, lua_Debug *at)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_bounds *bounds = &state->bounds;
    if (lua_getinfo(lua, "Sl", at) == 0 || at->currentline < 1)
        return false;
    const char *file = *at->source == '@' || *at->source == '=' ? at->source + 1 : at->short_src;
    size_t size = strlen(file);
    size = size < sizeof bounds->file ? size : sizeof bounds->file - 1;
    memcpy(bounds->file, file, size);
    bounds->file[size] = '\0';
    bounds->line = (uint64_t)at->currentline;
    watch(state, DVG_WATCH_LINE, bounds->file, bounds->line);
    return true;
}

/* The same from within a function of C: the innermost line that is near. */
static void note_caller(lua_State *lua)
{
    lua_Debug at;
    for (int level = 0; level < 8 && lua_getstack(lua, level, &at) != 0; level++)
        if (note_line(lua, &at))
            return;
}

/* Raise without asking for memory, which may be what there is none of. */
static _Noreturn void raise_hit(lua_State *lua)
{
    lua_pushboolean(lua, 0);
    for (;;)
        lua_error(lua); /* does not return, which the compiler cannot know */
}

static void look(lua_State *lua, lua_Debug *at)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_bounds *bounds = &state->bounds;
    bool first = bounds->hit == DVG_BOUND_NONE;
    uint64_t now = dvg_clock_milliseconds();
    bounds->instructions += INSTRUCTIONS;
    bounds->hit = find_hit(state, now);
    if (first && (bounds->hit != DVG_BOUND_NONE || now != bounds->seen_at))
        (void)note_line(lua, at);
    bounds->seen_at = now;
    if (bounds->hit == DVG_BOUND_NONE)
        return;
    /* From now on every instruction raises, so that what caught the error does not get far. */
    lua_sethook(lua, look, LUA_MASKCOUNT, 1);
    raise_hit(lua);
}

void dvg_bounds_install(lua_State *lua) { lua_sethook(lua, look, LUA_MASKCOUNT, INSTRUCTIONS); }

void dvg_bounds_hit(lua_State *lua, dvg_bound bound)
{
    dvg_bounds *bounds = &dvg_state_of(lua)->bounds;
    if (bounds->hit == DVG_BOUND_NONE || bounds->line == 0)
        note_caller(lua);
    bounds->hit = bound;
    lua_sethook(lua, look, LUA_MASKCOUNT, 1);
    raise_hit(lua);
}

void dvg_state_check_time(lua_State *lua)
{
    dvg_bound hit = find_hit(dvg_state_of(lua), dvg_clock_milliseconds());
    if (hit != DVG_BOUND_NONE)
        dvg_bounds_hit(lua, hit);
}

void dvg_state_charge(lua_State *lua, uint64_t work)
{
    dvg_bounds *bounds = &dvg_state_of(lua)->bounds;
    bounds->instructions += work;
    bounds->work += work;
    if (bounds->work < INSTRUCTIONS)
        return;
    bounds->work = 0;
    dvg_state_check_time(lua);
}

/* ---------------------------------------------------------------- entries */

bool dvg_bounds_begin(dvg_state *state)
{
    dvg_bounds *bounds = &state->bounds;
    const dvg_script_limits *limits = limits_of(state);
    if (bounds->hit != DVG_BOUND_NONE)
        dvg_bounds_install(state->lua);
    bounds->hit = DVG_BOUND_NONE;
    bounds->refused = DVG_BOUND_NONE;
    bounds->starved = false;
    bounds->volume = 0;
    bounds->deadline = 0;
    bounds->instructions = 0;
    bounds->work = 0;
    bounds->pauses = 0;
    bounds->paused = false;
    bounds->line = 0;
    watch(state, DVG_WATCH_BEGIN, state->source.shown, 0);
    if (limits->run_milliseconds == 0)
        return true;
    bounds->entered = dvg_clock_milliseconds();
    if (state->host->spent >= limits->run_milliseconds)
        bounds->hit = DVG_BOUND_RUN;
    return bounds->hit == DVG_BOUND_NONE;
}

void dvg_bounds_end(dvg_state *state)
{
    watch(state, DVG_WATCH_END, NULL, 0);
    if (limits_of(state)->run_milliseconds != 0)
        state->host->spent += dvg_clock_milliseconds() - state->bounds.entered;
}

void dvg_state_pause(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_state_check_time(lua);
    if (state->bounds.pauses >= PAUSES_MOST)
        return;
    state->bounds.pauses++;
    state->bounds.paused = true;
    state->bounds.paused_at = dvg_clock_milliseconds();
    watch(state, DVG_WATCH_PAUSE, NULL, 0);
}

void dvg_state_resume(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_bounds *bounds = &state->bounds;
    if (bounds->paused) {
        uint64_t passed = dvg_clock_milliseconds() - bounds->paused_at;
        bounds->deadline += passed;
        bounds->entered += passed;
        bounds->paused = false;
    }
    /* Also where it was no pause: what ran in between may have been another script. */
    watch(state, DVG_WATCH_RESUME, state->source.shown, 0);
    dvg_state_check_time(lua);
}

/* ---------------------------------------------------------------- errors */

void dvg_state_unpause(dvg_state *state)
{
    if (!state->bounds.paused)
        return;
    state->bounds.paused = false;
    watch(state, DVG_WATCH_RESUME, state->source.shown, 0);
}

void dvg_state_check_caught(lua_State *lua, int status)
{
    dvg_state *state = dvg_state_of(lua);
    bool failed = status != LUA_OK && status != LUA_YIELD;
    dvg_bounds_settle(state);
    if (state->kept.status == DVG_OK && state->bounds.hit != DVG_BOUND_NONE)
        dvg_bounds_hit(lua, state->bounds.hit);
    if (failed && state->bounds.starved)
        dvg_fail_memory(&state->kept);
    if (state->kept.status != DVG_OK)
        raise_hit(lua);
}

void dvg_bounds_tell(const dvg_state *state, dvg_error *error)
{
    const dvg_bounds *bounds = &state->bounds;
    const dvg_script_limits *limits = limits_of(state);
    const char *script = state->source.shown;
    const struct {
        const char *before;
        uint64_t number;
        const char *after;
    } words[] = {
        [DVG_BOUND_NONE] = {"the script failed, ", 0, ""},
        [DVG_BOUND_TIME] = {"the script ran longer than ", limits->milliseconds, " ms"},
        [DVG_BOUND_RUN] = {"the scripts of this run took longer than ", limits->run_milliseconds,
                           " ms"},
        [DVG_BOUND_INSTRUCTIONS] = {"the script ran more than ", limits->instructions,
                                    " instructions"},
        [DVG_BOUND_MEMORY] = {"the script needs more memory than its ", limits->memory, " bytes"},
        [DVG_BOUND_VOLUME] = {"the script allocated more than ", limits->volume,
                              " bytes in one entry"},
        [DVG_BOUND_OUTPUT] = {"the report has more than ", limits->output, " bytes"},
    };
    bool own = bounds->line == 0 || strcmp(bounds->file, script) == 0;
    dvg_fail_at(error, DVG_E_SCRIPT, bounds->line == 0 ? script : bounds->file, bounds->line, 0, 0,
                "%s%llu%s%s%s", words[bounds->hit].before,
                (unsigned long long)words[bounds->hit].number, words[bounds->hit].after,
                own ? "" : ", running ", own ? "" : script);
}
