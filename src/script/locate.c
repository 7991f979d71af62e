/*
 * locate: parts of a value by a path, and a value as Lua tables; see library.h.
 */
#include "script/library.h"
#include "script/view.h"

#include <string.h>

/* ---------------------------------------------------------------- diverge.at */

/* What is left of a path. */
struct path {
    const char *at;
    const char *end;
};

static _Noreturn void bad_path(lua_State *lua)
{
    for (;;)
        luaL_error(lua, "\"%s\" is no path: a.b[3].c or a[\"odd.name\"]", lua_tostring(lua, 2));
}

/* Read "[3]" or "[\"name\"]" and step into the value. */
static dvg_value step_bracket(lua_State *lua, struct path *path, dvg_value value)
{
    const char *start = path->at + 1;
    if (start < path->end && *start == '"') {
        const char *quote = memchr(start + 1, '"', (size_t)(path->end - start - 1));
        if (quote == NULL || quote + 1 >= path->end || quote[1] != ']')
            bad_path(lua);
        path->at = quote + 2;
        return dvg_value_type(value) == DVG_OBJECT
                   ? dvg_value_member(value, start + 1, (size_t)(quote - start - 1))
                   : dvg_value_absent();
    }
    uint64_t index = 0;
    const char *at = start;
    for (; at < path->end && *at >= '0' && *at <= '9' && index < UINT32_MAX; at++)
        index = index * 10 + (uint64_t)(*at - '0');
    if (at == start || at >= path->end || *at != ']')
        bad_path(lua);
    path->at = at + 1;
    return dvg_value_type(value) == DVG_ARRAY && index < dvg_value_count(value)
               ? dvg_value_at(value, index)
               : dvg_value_absent();
}

static dvg_value step_name(struct path *path, dvg_value value)
{
    const char *start = path->at;
    while (path->at < path->end && *path->at != '.' && *path->at != '[')
        path->at++;
    return dvg_value_type(value) == DVG_OBJECT
               ? dvg_value_member(value, start, (size_t)(path->at - start))
               : dvg_value_absent();
}

/* diverge.at(v, "a.b[3]"): the part of a view that a path names; nil where there is none. Indexes
 * count from 0, as in every path. */
int dvg_locate_at(lua_State *lua)
{
    size_t size = 0;
    struct path path;
    path.at = luaL_checklstring(lua, 2, &size);
    path.end = path.at + size;
    dvg_value value = dvg_view_get(lua, 1);
    if (size == 0) {
        lua_settop(lua, 1);
        return 1;
    }
    if (*path.at != '[')
        value = step_name(&path, value);
    while (path.at < path.end) {
        if (*path.at == '[') {
            value = step_bracket(lua, &path, value);
        } else if (*path.at == '.') {
            path.at++;
            value = step_name(&path, value);
        } else {
            bad_path(lua);
        }
    }
    dvg_view_push(lua, value);
    return 1;
}

/* ---------------------------------------------------------------- diverge.totable */

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
    while (depth > 0) {
        dvg_frame *frame = dvg_state_frame(lua, depth - 1);
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
