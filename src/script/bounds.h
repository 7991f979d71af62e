/*
 * bounds: what stops a script: memory, volume, time and instructions.
 * A bound that was hit is noted in the state and stays until the entry is over; the note is what
 * pcall and its kin look at, so that nothing a script catches or replaces hides it. What never
 * reaches a hook, a loop within one function of C, only the host can end: see dvg_watch_fn.
 */
#ifndef DVG_SCRIPT_BOUNDS_H
#define DVG_SCRIPT_BOUNDS_H

#include "script/script.h"

#include <lua.h>

/* Which bound was hit first. */
typedef enum dvg_bound {
    DVG_BOUND_NONE,
    DVG_BOUND_TIME,
    DVG_BOUND_RUN,
    DVG_BOUND_INSTRUCTIONS,
    DVG_BOUND_MEMORY,
    DVG_BOUND_VOLUME,
    DVG_BOUND_OUTPUT
} dvg_bound;

/* Bytes kept of the name of the file that a script was last seen in. */
#define DVG_SEEN_SIZE 256

/* What one state has used, and where it was last seen. */
typedef struct dvg_bounds {
    dvg_bound hit;
    size_t live, live_most;       /* bytes that the state holds now */
    uint64_t volume, volume_most; /* bytes allocated in this entry */
    bool starved;                 /* the allocator below failed, at least once in this entry */

    /* The request that a cap refused last. Lua collects garbage and asks again; whatever else
     * comes next means that the refusal was final. */
    const void *refused_block;
    size_t refused_size;
    dvg_bound refused; /* DVG_BOUND_NONE: no refusal is open */

    uint64_t entered;  /* when this entry began; meant where the time of the run is bounded */
    uint64_t deadline; /* of this entry; 0: not yet set, the first hook does it */
    uint64_t instructions;
    uint64_t work; /* of C functions since the last look at the clock */
    unsigned pauses;
    uint64_t paused_at;
    bool paused;

    uint64_t seen_at; /* milliseconds */
    uint64_t line;    /* 0: not seen yet */
    char file[DVG_SEEN_SIZE];
} dvg_bounds;

struct dvg_state;

/* Take the limits of the host; `bounds` is all zero. */
void dvg_bounds_init(struct dvg_state *state);

/* lua_Alloc of a state, which is the payload. */
void *dvg_bounds_allocate(void *payload, void *block, size_t old_size, size_t size);

/* dvg_allocate_fn of what the library holds for a state, which is the payload. Called within
 * protected calls only, since it may collect garbage. */
void *dvg_bounds_allocate_own(void *payload, void *block, size_t old_size, size_t size);

/* Set the hook that looks at the bounds. Threads made later inherit it. [-0, +0, -] */
void dvg_bounds_install(lua_State *lua);

/* Around an entry. False: the time of the run is up already, which is noted as hit. */
bool dvg_bounds_begin(struct dvg_state *state);
void dvg_bounds_end(struct dvg_state *state);

/* Nothing asks for memory now: an open refusal was final. */
void dvg_bounds_settle(struct dvg_state *state);

/* Note that a bound is hit, and raise what no script can catch. [-0, +0, e] */
_Noreturn void dvg_bounds_hit(lua_State *lua, dvg_bound bound);

/* Say what was hit as `error`: the sentence, at the place last seen or else in `file`. */
void dvg_bounds_tell(const struct dvg_state *state, dvg_error *error);

#endif
