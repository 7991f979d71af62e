/*
 * view: see view.h.
 */
#include "script/view.h"

#include "script/bigint.h"

/* An array shorter than this is searched from its beginning. */
#define INDEXED_LEAST 32

typedef struct view {
    dvg_value value;
    uint64_t epoch;
    uint64_t cursor; /* number of the element last looked at, from 1; 0: none */
    dvg_value at;    /* that element */
} view;

/* Their addresses are keys of the registry, or values that equal nothing else. */
static const char view_key = 0;
static const char null_anchor = 0;

void dvg_view_push_null(lua_State *lua)
{
    lua_pushlightuserdata(lua, (void *)(uintptr_t)&null_anchor);
}

bool dvg_view_is_null(lua_State *lua, int index)
{
    return lua_islightuserdata(lua, index) && lua_touserdata(lua, index) == &null_anchor;
}

static view *get(lua_State *lua, int index)
{
    view *found = lua_touserdata(lua, index);
    if (found == NULL || lua_type(lua, index) != LUA_TUSERDATA || !lua_getmetatable(lua, index))
        return NULL;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &view_key);
    bool is_view = lua_rawequal(lua, -1, -2) != 0;
    lua_pop(lua, 2);
    if (!is_view)
        return NULL;
    if (found->epoch != dvg_state_of(lua)->epoch)
        luaL_error(lua, "a value of an earlier run was kept; its document is gone");
    return found;
}

dvg_value dvg_view_get(lua_State *lua, int index)
{
    view *found = get(lua, index);
    return found == NULL ? dvg_value_absent() : found->value;
}

static void push_container(lua_State *lua, dvg_value value)
{
    view *made = lua_newuserdatauv(lua, sizeof *made, 1);
    made->value = value;
    made->epoch = dvg_state_of(lua)->epoch;
    made->cursor = 0;
    made->at = dvg_value_absent();
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &view_key);
    lua_setmetatable(lua, -2);
}

void dvg_view_push(lua_State *lua, dvg_value value)
{
    int64_t integer = 0;
    dvg_text text;
    switch (dvg_value_type(value)) {
    case DVG_ABSENT:
        lua_pushnil(lua);
        break;
    case DVG_NULL:
        dvg_view_push_null(lua);
        break;
    case DVG_FALSE:
    case DVG_TRUE:
        lua_pushboolean(lua, dvg_value_type(value) == DVG_TRUE);
        break;
    case DVG_INTEGER:
        if (dvg_value_int64(value, &integer)) {
            lua_pushinteger(lua, integer);
        } else {
            text = dvg_value_text(value);
            dvg_bigint_push(lua, text.data, text.size);
        }
        break;
    case DVG_REAL:
        lua_pushnumber(lua, dvg_value_double(value));
        break;
    case DVG_STRING:
        text = dvg_value_text(value);
        lua_pushlstring(lua, text.data, text.size);
        break;
    case DVG_ARRAY:
    case DVG_OBJECT:
        push_container(lua, value);
        break;
    }
}

/* ---------------------------------------------------------------- elements */

/* Cells of all elements, in a userdata that belongs to the view, so that they count against the
 * script's memory. Made when somebody looks backwards in a long array. [-0, +0, m] */
static const dvg_cell **element_table(lua_State *lua, int index, dvg_value array, uint64_t count)
{
    if (lua_getiuservalue(lua, index, 1) == LUA_TUSERDATA) {
        const dvg_cell **known = lua_touserdata(lua, -1);
        lua_pop(lua, 1);
        return known;
    }
    lua_pop(lua, 1);
    const dvg_cell **cells = lua_newuserdatauv(lua, (size_t)count * sizeof *cells, 0);
    dvg_value element = dvg_value_first(array);
    for (uint64_t i = 0; i < count; i++) {
        cells[i] = element.cell;
        element = dvg_value_next(element);
    }
    lua_setiuservalue(lua, index, 1);
    return cells;
}

dvg_value dvg_view_element(lua_State *lua, int index, lua_Integer wanted)
{
    view *self = get(lua, index);
    uint64_t number = (uint64_t)wanted;
    uint64_t count = self == NULL ? 0 : dvg_value_count(self->value);
    if (wanted < 1 || number > count || dvg_value_type(self->value) != DVG_ARRAY)
        return dvg_value_absent();
    if (self->cursor == 0 || number < self->cursor) {
        if (number != 1 && count >= INDEXED_LEAST) {
            dvg_value element = self->value;
            element.cell = element_table(lua, index, self->value, count)[number - 1];
            return element;
        }
        self->cursor = 1;
        self->at = dvg_value_first(self->value);
    } else if (number - self->cursor > INDEXED_LEAST) {
        dvg_value element = self->value;
        element.cell = element_table(lua, index, self->value, count)[number - 1];
        return element;
    }
    for (; self->cursor < number; self->cursor++)
        self->at = dvg_value_next(self->at);
    return self->at;
}

/* ---------------------------------------------------------------- metamethods */

static int view_index(lua_State *lua)
{
    view *self = get(lua, 1);
    size_t size = 0;
    int isnumber = 0;
    if (self == NULL)
        return luaL_error(lua, "not a value of a document");
    if (lua_type(lua, 2) == LUA_TSTRING) {
        const char *name = lua_tolstring(lua, 2, &size);
        if (dvg_value_type(self->value) != DVG_OBJECT)
            return 0;
        dvg_view_push(lua, dvg_value_member(self->value, name, size));
        return 1;
    }
    if (lua_type(lua, 2) == LUA_TNUMBER) {
        lua_Integer number = lua_tointegerx(lua, 2, &isnumber);
        if (isnumber) {
            dvg_view_push(lua, dvg_view_element(lua, 1, number));
            return 1;
        }
    }
    return 0;
}

static int view_newindex(lua_State *lua)
{
    return luaL_error(lua, "a value of a document cannot be changed");
}

static int view_length(lua_State *lua)
{
    view *self = get(lua, 1);
    lua_pushinteger(lua, self == NULL ? 0 : (lua_Integer)dvg_value_count(self->value));
    return 1;
}

static int view_tostring(lua_State *lua)
{
    view *self = get(lua, 1);
    lua_pushstring(lua, self == NULL ? "" : dvg_type_name(dvg_value_type(self->value)));
    return 1;
}

/* Two views are equal for Lua if they show the same place. */
static int view_equal(lua_State *lua)
{
    view *a = get(lua, 1);
    view *b = get(lua, 2);
    lua_pushboolean(lua, a != NULL && b != NULL && a->value.cell == b->value.cell);
    return 1;
}

/* Iterator over a view, upvalue 1; upvalue 2 is a frame: the next child and what is left. */
static int next_child(lua_State *lua)
{
    dvg_frame *frame = lua_touserdata(lua, lua_upvalueindex(2));
    (void)get(lua, lua_upvalueindex(1));
    if (frame->left == 0)
        return 0;
    if (frame->object) {
        dvg_text name = dvg_value_text(frame->value);
        lua_pushlstring(lua, name.data, name.size);
        frame->value = dvg_value_next(frame->value);
    } else {
        lua_pushinteger(lua, (lua_Integer)++frame->done);
    }
    dvg_view_push(lua, frame->value);
    frame->left--;
    if (frame->left > 0)
        frame->value = dvg_value_next(frame->value);
    return 2;
}

static int view_pairs(lua_State *lua)
{
    view *self = get(lua, 1);
    if (self == NULL)
        return luaL_error(lua, "not a value of a document");
    lua_pushvalue(lua, 1);
    dvg_frame *frame = lua_newuserdatauv(lua, sizeof *frame, 0);
    frame->value = dvg_value_first(self->value);
    frame->left = dvg_value_count(self->value);
    frame->done = 0;
    frame->index = 0;
    frame->object = dvg_value_type(self->value) == DVG_OBJECT;
    lua_pushcclosure(lua, next_child, 2);
    lua_pushvalue(lua, 1);
    lua_pushnil(lua);
    return 3;
}

void dvg_view_open(lua_State *lua)
{
    static const luaL_Reg methods[] = {{"__index", view_index},
                                       {"__newindex", view_newindex},
                                       {"__len", view_length},
                                       {"__tostring", view_tostring},
                                       {"__eq", view_equal},
                                       {"__pairs", view_pairs},
                                       {NULL, NULL}};
    luaL_newlib(lua, methods);
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pushliteral(lua, "value");
    lua_setfield(lua, -2, "__name");
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &view_key);
    dvg_bigint_open(lua);
}
