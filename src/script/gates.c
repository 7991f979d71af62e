/*
 * gates: `run` as gates see it: both snapshots, the options, and rows to add.
 */
#include "os/pathname.h"
#include "script/attachment.h"
#include "script/bigint.h"
#include "script/digest.h"
#include "script/image.h"
#include "script/option.h"
#include "script/spell.h"
#include "script/view.h"

#include <string.h>

/* Bytes that a value or a row of a gate takes beside its text, roughly. */
enum { KEPT_BESIDE = 128 };

/* Warnings that a script may add to those that there are. */
enum { WARNINGS_MOST = 1000 };

static const char side_key = 0; /* its address is the registry's key of the sides' metatable */

/* ---------------------------------------------------------------- sides */

/* The result at hand; raises outside of the gates. */
static dvg_result *check_gating(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    if (!state->gating || state->result == NULL)
        luaL_error(lua, "run was used after the gates");
    return state->result;
}

/* Number of the side at 1. */
static int check_side(lua_State *lua)
{
    const int *side = lua_touserdata(lua, 1);
    bool is_side = side != NULL && lua_getmetatable(lua, 1) != 0;
    if (is_side) {
        lua_rawgetp(lua, LUA_REGISTRYINDEX, &side_key);
        is_side = lua_rawequal(lua, -1, -2) != 0;
        lua_pop(lua, 2);
    }
    if (!is_side)
        return luaL_error(lua, "call it as run.left:name(...)");
    return *side;
}

/* Name of a file inside a snapshot, at `index`. Nothing outside of it is reached, and nothing by
 * two names, since what was read is kept by name. */
static const char *check_name(lua_State *lua, int index)
{
    size_t size = 0;
    const char *name = luaL_checklstring(lua, index, &size);
    luaL_argcheck(lua, strlen(name) == size && dvg_pathname_is_inside(name), index,
                  "not a name of a file in a snapshot");
    return name;
}

/* Will the run itself look at this file, and say what there is to say? */
static bool is_compared(const dvg_result *result, const char *name)
{
    const char *manifest = result->rules->manifest_file;
    return dvg_result_has_file(result, name) || (manifest != NULL && strcmp(manifest, name) == 0);
}

/* side:exists(name): is there a file? A link that leads nowhere is none, which is said. */
static int side_exists(lua_State *lua)
{
    dvg_result *result = check_gating(lua);
    int side = check_side(lua);
    const char *name = check_name(lua, 2);
    dvg_presence presence = DVG_PRESENCE_ABSENT;
    dvg_state_check(
        lua, dvg_snapshot_look(result->side[side], name, &presence, &dvg_state_of(lua)->kept));
    if (presence == DVG_PRESENCE_DANGLING && !is_compared(result, name) &&
        dvg_attachment_warn_once(result, side, name))
        dvg_result_warn(result, "%s: a link that leads nowhere counts as absent",
                        dvg_snapshot_file_path(result->side[side], name));
    lua_pushboolean(lua, presence != DVG_PRESENCE_ABSENT && presence != DVG_PRESENCE_DANGLING);
    return 1;
}

/* The root of the document that a function of a side is called for. [-0, +0, e] */
static dvg_value read_document(lua_State *lua)
{
    dvg_result *result = check_gating(lua);
    int side = check_side(lua);
    const char *name = check_name(lua, 2);
    const dvg_document *document = NULL;
    dvg_state *state = dvg_state_of(lua);
    dvg_state_pause(lua);
    dvg_state_check(lua, dvg_snapshot_document(result->side[side], name, &document, &state->kept));
    dvg_state_resume(lua);
    return dvg_document_root(document);
}

/* side:document(name): the root of a document. */
static int side_document(lua_State *lua)
{
    dvg_view_push(lua, read_document(lua));
    return 1;
}

/* side:sha256(name): digest of a file. */
static int side_sha256(lua_State *lua)
{
    dvg_result *result = check_gating(lua);
    int side = check_side(lua);
    const char *name = check_name(lua, 2);
    const char *hex = NULL;
    dvg_state *state = dvg_state_of(lua);
    dvg_state_pause(lua);
    dvg_state_check(lua, dvg_snapshot_sha256(result->side[side], name, &hex, &state->kept));
    dvg_state_resume(lua);
    lua_pushstring(lua, hex);
    return 1;
}

/* side:digest(name): digest of the canonical form of a document. */
static int side_digest(lua_State *lua) { return dvg_digest_push(lua, read_document(lua)); }

/* side:path_of(name): the path of a file as text. */
static int side_path_of(lua_State *lua)
{
    dvg_result *result = check_gating(lua);
    int side = check_side(lua);
    const char *path = dvg_snapshot_file_path(result->side[side], check_name(lua, 2));
    if (path == NULL)
        dvg_state_raise_memory(lua);
    lua_pushstring(lua, path);
    return 1;
}

/* side.path, side.name, or a method; the methods are upvalue 1. */
static int side_index(lua_State *lua)
{
    const dvg_result *result = check_gating(lua);
    int side = check_side(lua);
    const char *name = luaL_checkstring(lua, 2);
    if (strcmp(name, "path") == 0) {
        lua_pushstring(lua, dvg_snapshot_shown(result->side[side]));
        return 1;
    }
    if (strcmp(name, "name") == 0) {
        lua_pushstring(lua, result->rules->side_names[side]);
        return 1;
    }
    lua_pushvalue(lua, 2);
    if (lua_rawget(lua, lua_upvalueindex(1)) == LUA_TNIL)
        return luaL_error(lua, "a side has no field '%s'", name);
    return 1;
}

/* ---------------------------------------------------------------- rows */

/* The value at `index` as a value of the result. */
static dvg_value cell_value(lua_State *lua, int index, dvg_result *result)
{
    dvg_value value = dvg_view_get(lua, index);
    dvg_text text = {"", 0};
    dvg_type type = DVG_NULL;
    dvg_buffer *buffer = dvg_state_buffer(dvg_state_of(lua));
    if (value.cell != NULL)
        return value;
    if (dvg_bigint_get(lua, index, &text)) {
        type = DVG_INTEGER;
    } else if (lua_type(lua, index) == LUA_TNUMBER) {
        static const dvg_json_style style = {-2, 0, false, false, true, false, false};
        type = lua_isinteger(lua, index) ? DVG_INTEGER : DVG_REAL;
        dvg_spell_json(lua, index, buffer, &style);
        text.data = buffer->data;
        text.size = buffer->size;
    } else if (lua_type(lua, index) == LUA_TSTRING) {
        type = DVG_STRING;
        text.data = lua_tolstring(lua, index, &text.size);
    } else if (lua_isboolean(lua, index)) {
        type = lua_toboolean(lua, index) ? DVG_TRUE : DVG_FALSE;
    } else if (!lua_isnil(lua, index) && !dvg_view_is_null(lua, index)) {
        luaL_error(lua, "a %s is no value that a gate can show", luaL_typename(lua, index));
    }
    dvg_state_keep(lua, KEPT_BESIDE + text.size);
    value = dvg_result_scalar(result, type, text.data, text.size);
    if (value.cell == NULL)
        dvg_state_raise_memory(lua);
    return value;
}

/* run:gate(name, left, right, ok, { stop = true }) */
static int run_gate(lua_State *lua)
{
    size_t size = 0;
    bool stop = false;
    dvg_result *result = check_gating(lua);
    const char *name = luaL_checklstring(lua, 2, &size);
    lua_settop(lua, 6);
    luaL_checktype(lua, 5, LUA_TBOOLEAN);
    if (!lua_isnil(lua, 6)) {
        luaL_checktype(lua, 6, LUA_TTABLE);
        lua_pushnil(lua);
        while (lua_next(lua, 6) != 0) {
            if (lua_type(lua, -2) != LUA_TSTRING || strcmp(lua_tostring(lua, -2), "stop") != 0 ||
                !lua_isboolean(lua, -1))
                return luaL_error(lua, "a gate takes one setting: stop, true or false");
            stop = lua_toboolean(lua, -1) != 0;
            lua_pop(lua, 1);
        }
    }
    dvg_state_keep(lua, KEPT_BESIDE + size);
    dvg_value left = cell_value(lua, 3, result);
    dvg_value right = cell_value(lua, 4, result);
    dvg_state_check(lua,
                    dvg_result_add_gate(result, name, size, left, right, lua_toboolean(lua, 5) != 0,
                                        stop, &dvg_state_of(lua)->kept));
    return 0;
}

/* run:warn(text) */
static int run_warn(lua_State *lua)
{
    dvg_result *result = check_gating(lua);
    const char *text = luaL_checkstring(lua, 2);
    if (result->ledger.warnings >= WARNINGS_MOST)
        return luaL_error(lua, "more than %d warnings are refused", WARNINGS_MOST);
    dvg_result_warn(result, "%s", text);
    return 0;
}

/* run:refuse(file, text): an input is not what the profile needs; the run ends. */
static int run_refuse(lua_State *lua)
{
    check_gating(lua);
    const char *file = luaL_checkstring(lua, 2);
    dvg_fail_file(&dvg_state_of(lua)->kept, DVG_E_INPUT, file, "%s", luaL_checkstring(lua, 3));
    dvg_state_raise_kept(lua);
}

/* ---------------------------------------------------------------- options */

/* run:option(name): what the user gave; nil if nothing, false for a flag that was not given. */
static int run_option(lua_State *lua)
{
    check_gating(lua);
    return dvg_option_push(lua, dvg_option_check(lua, 2));
}

/* run:json(option): the root of the JSON file that the user named; nil if none. */
static int run_json(lua_State *lua)
{
    dvg_result *result = check_gating(lua);
    const dvg_profile_option *option = dvg_option_check(lua, 2);
    const dvg_document *document = NULL;
    if (option->type != DVG_OPTION_FILE)
        return luaL_error(lua, "option '%s' is no file", option->name);
    if (option->value == NULL)
        return 0;
    dvg_state *state = dvg_state_of(lua);
    dvg_state_pause(lua);
    dvg_state_check(lua, dvg_attachment_read(result, option->value, &document, &state->kept));
    dvg_state_resume(lua);
    dvg_view_push(lua, dvg_document_root(document));
    return 1;
}

static int run_image(lua_State *lua)
{
    check_gating(lua);
    check_name(lua, 2);
    return dvg_image_new(lua);
}

/* ---------------------------------------------------------------- asking */

static void push_side(lua_State *lua, int number)
{
    int *side = lua_newuserdatauv(lua, sizeof *side, 0);
    *side = number;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &side_key);
    lua_setmetatable(lua, -2);
}

/* Push `run`. [-0, +1, e] */
static void push_run(lua_State *lua)
{
    static const luaL_Reg methods[] = {
        {"gate", run_gate}, {"option", run_option}, {"json", run_json}, {"image", run_image},
        {"warn", run_warn}, {"refuse", run_refuse}, {NULL, NULL}};
    static const luaL_Reg side_methods[] = {{"exists", side_exists},   {"document", side_document},
                                            {"sha256", side_sha256},   {"digest", side_digest},
                                            {"path_of", side_path_of}, {NULL, NULL}};
    lua_createtable(lua, 0, 2);
    luaL_newlib(lua, side_methods);
    lua_pushcclosure(lua, side_index, 1);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &side_key);
    luaL_newlib(lua, methods);
    push_side(lua, 0);
    lua_setfield(lua, -2, "left");
    push_side(lua, 1);
    lua_setfield(lua, -2, "right");
}

static int ask(lua_State *lua)
{
    dvg_state_push_script(dvg_state_of(lua));
    lua_getfield(lua, -1, "gates");
    push_run(lua);
    lua_call(lua, 1, 0);
    return 0;
}

dvg_status dvg_gates_ask(void *payload, dvg_result *result, dvg_error *error)
{
    dvg_profile *profile = payload;
    dvg_state *state = profile->state;
    dvg_status status = dvg_profile_begin(profile, result, error);
    if (status != DVG_OK)
        return status;
    state->result = result;
    state->gating = true;
    status = dvg_state_run(state, ask, NULL, error);
    state->gating = false;
    state->result = NULL;
    return status;
}
