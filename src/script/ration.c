/*
 * ration: the memory of one state: what it may hold, and how much it may ask for in one entry.
 * Invariant: `live` is what was allocated and not freed, and what the result keeps for the script;
 * it is never more than its cap.
 */
#include "script/bounds.h"

#include "script/state.h"

/* Lua asks again for what was refused, after it has collected garbage. The second refusal is final,
 * and so is one after which something else is asked for. */
static void *refuse(dvg_bounds *bounds, const void *block, size_t size, dvg_bound bound)
{
    if (bounds->refused != DVG_BOUND_NONE && bounds->hit == DVG_BOUND_NONE)
        bounds->hit = bounds->refused;
    bounds->refused = bound;
    bounds->refused_block = block;
    bounds->refused_size = size;
    return NULL;
}

static void settle_against(dvg_bounds *bounds, const void *block, size_t size)
{
    bool again = bounds->refused_block == block && bounds->refused_size == size;
    if (bounds->refused != DVG_BOUND_NONE && !again && bounds->hit == DVG_BOUND_NONE)
        bounds->hit = bounds->refused;
    bounds->refused = DVG_BOUND_NONE;
}

void dvg_bounds_settle(dvg_state *state)
{
    if (state->bounds.refused != DVG_BOUND_NONE && state->bounds.hit == DVG_BOUND_NONE)
        state->bounds.hit = state->bounds.refused;
    state->bounds.refused = DVG_BOUND_NONE;
}

/* For a new block `old_size` is a tag of Lua's, not a size. */
void *dvg_bounds_allocate(void *payload, void *block, size_t old_size, size_t size)
{
    dvg_state *state = payload;
    dvg_bounds *bounds = &state->bounds;
    size_t held = block == NULL ? 0 : old_size;
    if (size == 0) {
        if (block != NULL)
            dvg_pool_release(&state->pool, block, held);
        bounds->live -= held;
        return NULL;
    }
    size_t grown = size > held ? size - held : 0;
    if (grown > bounds->live_most - bounds->live)
        return refuse(bounds, block, size, DVG_BOUND_MEMORY);
    if (grown > bounds->volume_most - bounds->volume)
        return refuse(bounds, block, size, DVG_BOUND_VOLUME);
    if (grown > 0)
        settle_against(bounds, block, size);
    void *moved = dvg_pool_resize(&state->pool, block, held, size);
    if (moved == NULL) {
        bounds->starved = true;
        return NULL;
    }
    bounds->live = bounds->live - held + size;
    bounds->volume += grown;
    return moved;
}

/* Is there no room for so many bytes more, even after garbage was collected? Lua collects by itself
 * where it is refused; what the library holds for it has to ask. */
static bool is_full(dvg_state *state, size_t grown)
{
    const dvg_bounds *bounds = &state->bounds;
    if (grown > bounds->live_most - bounds->live && state->lua != NULL)
        (void)lua_gc(state->lua, LUA_GCCOLLECT);
    return grown > bounds->live_most - bounds->live;
}

void *dvg_bounds_allocate_own(void *payload, void *block, size_t old_size, size_t size)
{
    dvg_state *state = payload;
    if (size > old_size && is_full(state, size - old_size)) {
        (void)refuse(&state->bounds, block, size, DVG_BOUND_MEMORY);
        return NULL;
    }
    return dvg_bounds_allocate(payload, block, old_size, size);
}

void dvg_state_keep(lua_State *lua, size_t size)
{
    dvg_state *state = dvg_state_of(lua);
    if (is_full(state, size))
        dvg_bounds_hit(lua, DVG_BOUND_MEMORY);
    state->bounds.live += size;
}
