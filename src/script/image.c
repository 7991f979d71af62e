/*
 * image: see image.h.
 */
#include "script/image.h"

#include "image/mask.h"
#include "os/parallel.h"
#include "script/bigint.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Images smaller than this, in bytes, are hashed one after the other: a thread costs more. */
#define THREADED_LEAST ((size_t)1 << 20)

/* Digits of the greatest double, its sign and a NUL. */
#define ADDRESS_SIZE 320

/* User values of an image. */
enum value { VALUE_NAME = 1, VALUE_BASE, VALUE_RANGES, VALUE_COUNT = VALUE_RANGES };

typedef struct image {
    dvg_mask mask;
    uint64_t epoch;
} image;

/* How a number serves as an address. */
enum address { ADDRESS_INTEGER, ADDRESS_NOWHERE, ADDRESS_NONE };

/* The number at `index` as decimal text. A float that is no whole number is at no byte. */
static enum address read_address(lua_State *lua, int index, char room[ADDRESS_SIZE], dvg_text *text)
{
    text->data = room;
    if (dvg_bigint_get(lua, index, text))
        return ADDRESS_INTEGER;
    if (lua_type(lua, index) != LUA_TNUMBER)
        return ADDRESS_NONE;
    int length = 0;
    double number = lua_tonumber(lua, index);
    if (lua_isinteger(lua, index))
        length = snprintf(room, ADDRESS_SIZE, "%lld", (long long)lua_tointeger(lua, index));
    else if (!isfinite(number) || floor(number) != number)
        return ADDRESS_NOWHERE;
    else
        length = snprintf(room, ADDRESS_SIZE, "%.0f", number == 0 ? 0.0 : number);
    text->size = (size_t)length;
    return ADDRESS_INTEGER;
}

static image *check_image(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    image *self = luaL_checkudata(lua, 1, "diverge.image");
    if (!state->gating || self->epoch != state->epoch)
        luaL_error(lua, "an image is used in the gates that asked for it");
    return self;
}

/* A dvg_allocate_fn for the image at 1 of the stack: its ranges are a user value, so that they are
 * the script's memory and go when the image goes, even where none is left to call a finalizer.
 * Raises on lack of memory, which leaves the image as it was. */
static void *hold_ranges(void *payload, void *block, size_t old_size, size_t size)
{
    lua_State *lua = payload;
    if (size == 0)
        return NULL;
    void *made = lua_newuserdatauv(lua, size, 0);
    if (block != NULL)
        memcpy(made, block, old_size < size ? old_size : size);
    lua_setiuservalue(lua, 1, VALUE_RANGES);
    return made;
}

/* image:mask(address, length): set `length` bytes at `address` aside. Returns the image. */
static int image_mask(lua_State *lua)
{
    char address_room[ADDRESS_SIZE];
    char base_room[ADDRESS_SIZE];
    dvg_text address;
    dvg_text base;
    image *self = check_image(lua);
    dvg_state *state = dvg_state_of(lua);
    lua_Integer length = luaL_checkinteger(lua, 3);
    luaL_argcheck(lua, length >= 0, 3, "a length is not negative");
    enum address at = read_address(lua, 2, address_room, &address);
    if (at == ADDRESS_NONE)
        return luaL_error(lua, "an address must be a number, and this is a %s",
                          luaL_typename(lua, 2));
    lua_getiuservalue(lua, 1, VALUE_BASE);
    enum address from = read_address(lua, -1, base_room, &base);
    if (from == ADDRESS_NONE)
        return luaL_error(lua, "the base of an image must be a number, and this is a %s",
                          luaL_typename(lua, -1));
    self->mask.allocator = (dvg_allocator){hold_ranges, lua};
    if (at == ADDRESS_NOWHERE || from == ADDRESS_NOWHERE)
        self->mask.outside_anywhere++;
    else
        dvg_state_check(lua, dvg_mask_add(&self->mask, address.data, address.size, base.data,
                                          base.size, (uint64_t)length, &state->kept));
    lua_settop(lua, 1);
    return 1;
}

/* One side's digest, made in a thread perhaps. */
struct job {
    const dvg_mask *mask;
    const dvg_bytes *bytes;
    char hex[DVG_SHA256_HEX_SIZE];
    uint64_t skipped;
    dvg_status status;
    dvg_error error;
};

static void run_job(void *payload)
{
    struct job *job = payload;
    job->status = dvg_mask_sha256(job->mask, job->bytes->data, job->bytes->size, job->hex,
                                  &job->skipped, &job->error);
}

static void warn_skipped(dvg_state *state, int side, const char *name, const struct job *job)
{
    if (job->skipped > 0)
        dvg_result_warn(state->result, "%s: %zu masked %s outside of the image and %s skipped",
                        dvg_snapshot_file_path(state->result->side[side], name),
                        (size_t)job->skipped, job->skipped == 1 ? "range lies" : "ranges lie",
                        job->skipped == 1 ? "was" : "were");
}

/* image:sha256(): digest of the left image, of the right one, the masks applied to both. */
static int image_sha256(lua_State *lua)
{
    image *self = check_image(lua);
    dvg_state *state = dvg_state_of(lua);
    lua_getiuservalue(lua, 1, VALUE_NAME);
    const char *name = lua_tostring(lua, -1);
    struct job *jobs = lua_newuserdatauv(lua, 2 * sizeof *jobs, 0);
    dvg_mask mask = self->mask;
    mask.allocator = state->allocator; /* threads hash, and ask for memory */
    memset(jobs, 0, 2 * sizeof *jobs);
    dvg_state_pause(lua);
    for (int side = 0; side < 2; side++) {
        jobs[side].mask = &mask;
        dvg_state_check(lua, dvg_snapshot_bytes(state->result->side[side], name, &jobs[side].bytes,
                                                &state->kept));
    }
    bool threaded = state->result->threads > 1 && jobs[0].bytes->size >= THREADED_LEAST &&
                    jobs[1].bytes->size >= THREADED_LEAST;
    dvg_parallel(run_job, &jobs[0], &jobs[1], threaded);
    dvg_state_resume(lua);
    for (int side = 0; side < 2; side++) {
        if (jobs[side].status != DVG_OK) {
            state->kept = jobs[side].error;
            dvg_state_raise_kept(lua);
        }
        warn_skipped(state, side, name, &jobs[side]);
        lua_pushstring(lua, jobs[side].hex);
    }
    return 2;
}

static int image_tostring(lua_State *lua)
{
    lua_pushliteral(lua, "image");
    return 1;
}

static void set_metatable(lua_State *lua)
{
    static const luaL_Reg methods[] = {
        {"mask", image_mask}, {"sha256", image_sha256}, {NULL, NULL}};
    if (luaL_newmetatable(lua, "diverge.image")) {
        luaL_newlib(lua, methods);
        lua_setfield(lua, -2, "__index");
        lua_pushcfunction(lua, image_tostring);
        lua_setfield(lua, -2, "__tostring");
        lua_pushboolean(lua, 0);
        lua_setfield(lua, -2, "__metatable");
    }
    lua_setmetatable(lua, -2);
}

/* A setting that nobody knows would be a mask that does nothing. */
static void check_settings(lua_State *lua, int index)
{
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        const char *name = lua_type(lua, -2) == LUA_TSTRING ? lua_tostring(lua, -2) : "?";
        if (strcmp(name, "base") != 0 && strcmp(name, "fill") != 0)
            luaL_error(lua, "an image has no setting '%s': it has `base` and `fill`", name);
        lua_pop(lua, 1);
    }
}

int dvg_image_new(lua_State *lua)
{
    size_t size = 0;
    dvg_state *state = dvg_state_of(lua);
    const char *name = luaL_checklstring(lua, 2, &size);
    luaL_argcheck(lua, size > 0 && strlen(name) == size, 2, "not a name of a file");
    luaL_checktype(lua, 3, LUA_TTABLE);
    lua_settop(lua, 3);
    check_settings(lua, 3);
    lua_getfield(lua, 3, "fill");
    int isinteger = 0;
    lua_Integer fill = lua_isnil(lua, -1) ? 0 : lua_tointegerx(lua, -1, &isinteger);
    if (!lua_isnil(lua, -1) && (!isinteger || fill < 0 || fill > 255))
        return luaL_error(lua, "the fill of an image is a byte, from 0 to 255");
    image *made = lua_newuserdatauv(lua, sizeof *made, VALUE_COUNT);
    dvg_mask_init(&made->mask, &state->allocator, (unsigned char)fill);
    made->epoch = state->epoch;
    set_metatable(lua);
    lua_pushvalue(lua, 2);
    lua_setiuservalue(lua, -2, VALUE_NAME);
    if (lua_getfield(lua, 3, "base") == LUA_TNIL) {
        lua_pop(lua, 1);
        lua_pushinteger(lua, 0);
    }
    lua_setiuservalue(lua, -2, VALUE_BASE);
    return 1;
}
