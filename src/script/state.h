/*
 * state: one Lua state for one script file, with its bounds.
 * Answers for memory, wall time, protected calls and for turning whatever a script throws into a
 * dvg_error. Knows no profile and no report.
 * Invariant: no Lua code runs but inside dvg_state_run or dvg_state_call, and what went over a
 * bound, or failed outside of Lua, ends that call with an error whatever the script catches.
 *
 * Notes in brackets at functions that take a lua_State say what they pop and push and what they
 * raise: [-pops, +pushes, raises], where raises is `-` never, `m` lack of memory, `e` errors.
 */
#ifndef DVG_SCRIPT_STATE_H
#define DVG_SCRIPT_STATE_H

#include "engine/result.h"
#include "script/bounds.h"
#include "script/pool.h"
#include "script/source.h"

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#if LUA_VERSION_NUM != 504
#error "diverge is built for Lua 5.4"
#endif

typedef struct dvg_sink dvg_sink;
typedef struct dvg_divergence_view dvg_divergence_view;

/* Where a loop without recursion stands in one container. */
typedef struct dvg_frame {
    dvg_value value; /* the next child, or the container; absent: a Lua table */
    uint64_t left;   /* children still to come */
    uint64_t done;
    int index; /* of the table on the Lua stack */
    bool object;
} dvg_frame;

typedef struct dvg_state {
    lua_State *lua;
    dvg_host *host;
    dvg_allocator allocator;
    dvg_allocator own; /* memory that counts as the script's */
    dvg_pool pool;     /* that it comes from */
    dvg_source source; /* of the script */
    dvg_bounds bounds;

    dvg_error kept;    /* failed outside of Lua, or in a check; wins over what Lua says */
    dvg_error failure; /* place and traceback that the message handler saw */

    dvg_result *result;          /* that scripts may look at now; NULL: none */
    uint64_t noted;              /* bytes of long notes in this result */
    bool gating;                 /* the gates are being asked */
    uint64_t epoch;              /* values handed out for another result are refused */
    struct dvg_profile *profile; /* whose script, classifier or report this is; may be NULL */
    dvg_sink *sink;              /* of a report; NULL: none */
    dvg_divergence_view *divergence;
    struct dvg_trial *trial; /* of a test: the case that runs; NULL: none */

    dvg_buffer buffer; /* scratch for texts, so that an error raised half-way leaks nothing */
    dvg_frame *frames; /* scratch for loops without recursion */
    size_t frame_capacity;
} dvg_state;

/* Make a state, open the libraries that scripts may use, run the script and check that it gives a
 * table. `*source` is taken over, also on failure. */
dvg_status dvg_state_new(dvg_state **state, dvg_host *host, dvg_source *source, dvg_error *error);
void dvg_state_free(dvg_state *state);

/* The state that a lua_State belongs to. [-0, +0, -] */
static inline dvg_state *dvg_state_of(lua_State *lua)
{
    return *(dvg_state **)lua_getextraspace(lua);
}

/* Run `body` under protection; it receives `payload` as a light userdata at index 1. The stack is
 * as before afterwards. */
dvg_status dvg_state_run(dvg_state *state, lua_CFunction body, void *payload, dvg_error *error);

/* Call the function on the stack of state->lua, below its `arguments`, under protection. Leaves
 * `results` values, or nothing after a failure. */
dvg_status dvg_state_call(dvg_state *state, int arguments, int results, dvg_error *error);

/* Push the table that the script returned. [-0, +1, -] */
void dvg_state_push_script(dvg_state *state);

/* Load the text of a source as a function. [-0, +1, e] */
void dvg_state_load(lua_State *lua, const dvg_source *source);

/* Raise what was kept in state->kept: for C functions whose callee failed. [-0, +0, e] */
_Noreturn void dvg_state_raise_kept(lua_State *lua);

/* Raise lack of memory outside of the state. [-0, +0, e] */
_Noreturn void dvg_state_raise_memory(lua_State *lua);

/* Raise unless `status` is DVG_OK; it was written to state->kept. [-0, +0, e] */
void dvg_state_check(lua_State *lua, dvg_status status);

/* Raise if the time is up: for loops in C. [-0, +0, e] */
void dvg_state_check_time(lua_State *lua);

/* Work that a loop in C did for the script: counts as so many instructions, and now and then looks
 * at the clock. [-0, +0, e] */
void dvg_state_charge(lua_State *lua, uint64_t work);

/* So many bytes are kept outside of the state, until it ends, because the script said so.
 * [-0, +0, e] */
void dvg_state_keep(lua_State *lua, size_t size);

/* Time that the core takes on a script's behalf, reading and hashing files, is not the script's:
 * what passes between the two calls does not count, some hundred times in one entry.
 * [-0, +0, e] */
void dvg_state_pause(lua_State *lua);
void dvg_state_resume(lua_State *lua);

/* The same where an error ends the work in between; raises nothing. [-0, +0, -] */
void dvg_state_unpause(dvg_state *state);

/* After a protected call within a script: raise again what no script may catch. [-0, +0, e] */
void dvg_state_check_caught(lua_State *lua, int status);

/* Make values handed out so far unusable: another result is looked at. */
void dvg_state_renew(dvg_state *state);

/* The scratch buffer, emptied. Never fails. */
dvg_buffer *dvg_state_buffer(dvg_state *state);

/* Push the text of the scratch buffer as a string; raises if it ran out of memory. [-0, +1, e] */
void dvg_state_push_buffer(lua_State *lua);

/* Frame number `index` of the scratch stack, room made for it. [-0, +0, e] */
dvg_frame *dvg_state_frame(lua_State *lua, size_t index);

#endif
