/*
 * locate: parts of a value by a path, and a value as Lua tables; see library.h.
 */
#include "path/parse.h"
#include "script/library.h"
#include "script/view.h"

#include <string.h>

/* ---------------------------------------------------------------- diverge.at */

/* The room that one look needs, freed before anything is raised. */
struct look {
    dvg_arena arena;
    dvg_document scratch;
    dvg_buffer wanted; /* a key as paths spell it */
    dvg_buffer seen;
};

static void look_init(struct look *look, const dvg_allocator *allocator)
{
    dvg_arena_init(&look->arena, allocator);
    dvg_document_init(&look->scratch, allocator);
    dvg_buffer_init(&look->wanted, allocator);
    dvg_buffer_init(&look->seen, allocator);
}

static void look_clear(struct look *look)
{
    dvg_buffer_clear(&look->wanted);
    dvg_buffer_clear(&look->seen);
    dvg_document_clear(&look->scratch);
    dvg_arena_clear(&look->arena);
}

/* The first element whose member is the key, as far as a path's text tells. */
static dvg_value find_keyed(struct look *look, dvg_value array, const dvg_step *step)
{
    dvg_value element = dvg_value_first(array);
    look->wanted.size = 0;
    dvg_key_render(&look->wanted, step->value);
    for (uint64_t left = dvg_value_count(array); left > 0; left--) {
        dvg_value key = dvg_value_absent();
        if (dvg_value_type(element) == DVG_OBJECT)
            key = dvg_value_member(element, step->field, strlen(step->field));
        if (key.cell != NULL && dvg_value_type(key) < DVG_ARRAY) {
            look->seen.size = 0;
            dvg_key_render(&look->seen, key);
            if (look->seen.size == look->wanted.size &&
                (look->seen.size == 0 ||
                 memcmp(look->seen.data, look->wanted.data, look->seen.size) == 0))
                return element;
        }
        if (left > 1)
            element = dvg_value_next(element);
    }
    return dvg_value_absent();
}

/* One step into a value; absent where there is no such part. */
static dvg_value step_into(struct look *look, dvg_value value, const dvg_step *step)
{
    bool array = dvg_value_type(value) == DVG_ARRAY;
    bool named =
        step->kind == DVG_STEP_MEMBER || (step->kind == DVG_STEP_INDEX && step->value.cell != NULL);
    if (named && dvg_value_type(value) == DVG_OBJECT) {
        dvg_text name = dvg_value_text(step->value);
        return dvg_value_member(value, name.data, name.size);
    }
    if (step->kind == DVG_STEP_INDEX && array) {
        uint64_t index = step->index[step->index[0] == UINT64_MAX ? 1 : 0];
        return index < dvg_value_count(value) ? dvg_value_at(value, index) : dvg_value_absent();
    }
    if (step->kind == DVG_STEP_KEYED && array)
        return find_keyed(look, value, step);
    return dvg_value_absent();
}

/* `*value` becomes its part at the path. */
static dvg_status follow(struct look *look, dvg_value *value, dvg_text path, dvg_error *error)
{
    dvg_step *last = NULL;
    dvg_status status =
        dvg_path_parse(&last, path.data, path.size, &look->arena, &look->scratch, error);
    if (status != DVG_OK)
        return status;
    uint64_t depth = dvg_path_depth(last);
    const dvg_step **steps = dvg_arena_get(&look->arena, (size_t)depth * sizeof(dvg_step *));
    if (steps == NULL)
        return dvg_fail_memory(error);
    const dvg_step *step = last;
    for (uint64_t i = depth; i-- > 0; step = step->parent)
        steps[i] = step;
    for (uint64_t i = 0; i < depth; i++)
        *value = step_into(look, *value, steps[i]);
    return look->wanted.failed || look->seen.failed ? dvg_fail_memory(error) : DVG_OK;
}

/* diverge.at(v, "a.b[3]"): the part of a view that a path names, spelled as a divergence's path is;
 * nil where there is none, as in what has no parts. Indexes count from 0, as in every path. */
int dvg_locate_at(lua_State *lua)
{
    struct look look;
    dvg_text path;
    dvg_error error;
    int type = lua_type(lua, 1);
    dvg_error_clear(&error);
    path.data = luaL_checklstring(lua, 2, &path.size);
    if (type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TTHREAD)
        return luaL_error(lua, "diverge.at takes a value of a document, not a %s",
                          luaL_typename(lua, 1));
    dvg_value value = dvg_view_get(lua, 1);
    if (path.size == 0) {
        lua_settop(lua, 1);
        return 1;
    }
    look_init(&look, &dvg_state_of(lua)->allocator);
    dvg_status status = follow(&look, &value, path, &error);
    look_clear(&look);
    if (status == DVG_E_MEMORY)
        dvg_state_raise_memory(lua);
    if (status != DVG_OK)
        return luaL_error(lua, "%s", error.message);
    dvg_view_push(lua, value);
    return 1;
}

/* ---------------------------------------------------------------- diverge.totable */

/* Children between two looks at the clock. */
#define TURNS 4096

static bool is_container(dvg_value value) { return dvg_value_type(value) >= DVG_ARRAY; }

/* Push a new table for `value` and describe it in frame `depth`. */
static void open_table(lua_State *lua, size_t depth, dvg_value value)
{
    uint64_t count = dvg_value_count(value);
    int room = count < 1000000 ? (int)count : 0;
    dvg_frame *frame = dvg_state_frame(lua, depth);
    frame->object = dvg_value_type(value) == DVG_OBJECT;
    frame->value = dvg_value_first(value);
    frame->left = count;
    frame->done = 0;
    luaL_checkstack(lua, 6, "a value is too deep for tables");
    lua_createtable(lua, frame->object ? 0 : room, frame->object ? room : 0);
    frame->index = lua_gettop(lua);
}

/* Push the key of the frame's next child and return the child. */
static dvg_value next_child(lua_State *lua, dvg_frame *frame)
{
    if (frame->object) {
        dvg_text name = dvg_value_text(frame->value);
        lua_pushlstring(lua, name.data, name.size);
        frame->value = dvg_value_next(frame->value);
    } else {
        lua_pushinteger(lua, (lua_Integer)frame->done + 1);
    }
    dvg_value child = frame->value;
    frame->done++;
    if (frame->done < frame->left)
        frame->value = dvg_value_next(child);
    return child;
}

/* diverge.totable(v): a copy in Lua tables, to its depth; null stays the null value. Anything but
 * a view is returned as it is. */
int dvg_locate_totable(lua_State *lua)
{
    size_t depth = 0;
    dvg_value value = dvg_view_get(lua, 1);
    lua_settop(lua, 1);
    if (value.cell == NULL)
        return 1;
    open_table(lua, depth++, value);
    for (uint64_t turn = 1; depth > 0; turn++) {
        dvg_frame *frame = dvg_state_frame(lua, depth - 1);
        if (turn % TURNS == 0)
            dvg_state_check_time(lua);
        if (frame->done == frame->left) {
            depth--;
            if (depth > 0)
                lua_rawset(lua, dvg_state_frame(lua, depth - 1)->index);
            continue;
        }
        dvg_value child = next_child(lua, frame);
        if (is_container(child)) {
            open_table(lua, depth++, child);
        } else {
            dvg_view_push(lua, child);
            lua_rawset(lua, frame->index);
        }
    }
    return 1;
}
