/*
 * spell: see spell.h.
 */
#include "script/spell.h"

#include "script/bigint.h"
#include "script/sandbox.h"
#include "script/view.h"
#include "value/shortest.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Tables within tables; one that holds itself goes deeper. */
#define DEPTH_MOST 200

static const char style_key = 0; /* its address is the registry's key of the metatable */

/* ---------------------------------------------------------------- style */

void dvg_spell_open(lua_State *lua)
{
    lua_createtable(lua, 0, 2);
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pushliteral(lua, "style");
    lua_setfield(lua, -2, "__name");
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &style_key);
}

void dvg_spell_push_style(lua_State *lua, const dvg_json_style *style)
{
    dvg_json_style *made = lua_newuserdatauv(lua, sizeof *made, 0);
    *made = *style;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &style_key);
    lua_setmetatable(lua, -2);
}

static const dvg_json_style *prepared_style(lua_State *lua, int index)
{
    const dvg_json_style *style = lua_touserdata(lua, index);
    if (style == NULL || !lua_getmetatable(lua, index))
        return NULL;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &style_key);
    bool is_style = lua_rawequal(lua, -1, -2) != 0;
    lua_pop(lua, 2);
    return is_style ? style : NULL;
}

/* Read one field of a style; key at -2, value at -1. */
static void read_style_field(lua_State *lua, dvg_json_style *style)
{
    static const char *const names[] = {"indent", "level",   "sort",      "ascii",
                                        "python", "compact", "nonfinite", NULL};
    const char *name = lua_type(lua, -2) == LUA_TSTRING ? lua_tostring(lua, -2) : "";
    bool flag = lua_toboolean(lua, -1) != 0;
    bool is_number = strcmp(name, "indent") == 0 || strcmp(name, "level") == 0;
    int isinteger = 0;
    lua_Integer number = lua_tointegerx(lua, -1, &isinteger);
    if (is_number ? (!isinteger || lua_type(lua, -1) != LUA_TNUMBER || number < 0 || number > 1000)
                  : !lua_isboolean(lua, -1)) {
        for (int i = 0; names[i] != NULL; i++)
            if (strcmp(names[i], name) == 0)
                luaL_error(lua, "style field '%s' takes %s", name,
                           is_number ? "an integer from 0 to 1000" : "true or false");
    }
    if (strcmp(name, "indent") == 0)
        style->indent = (int)number;
    else if (strcmp(name, "level") == 0)
        style->level = (int)number;
    else if (strcmp(name, "sort") == 0)
        style->sort = flag;
    else if (strcmp(name, "ascii") == 0)
        style->ascii = flag;
    else if (strcmp(name, "python") == 0)
        style->python = flag;
    else if (strcmp(name, "nonfinite") == 0)
        style->nonfinite = flag;
    else if (strcmp(name, "compact") == 0)
        style->indent = flag ? -2 : style->indent;
    else
        luaL_error(lua, "a style has no field '%s'", name);
}

dvg_json_style dvg_spell_style(lua_State *lua, int index)
{
    dvg_json_style style = {-1, 0, false, false, false, false, false};
    const dvg_json_style *prepared = prepared_style(lua, index);
    if (prepared != NULL)
        return *prepared;
    if (lua_isnoneornil(lua, index))
        return style;
    luaL_checktype(lua, index, LUA_TTABLE);
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        read_style_field(lua, &style);
        lua_pop(lua, 1);
    }
    return style;
}

/* ---------------------------------------------------------------- scalars */

void dvg_spell_number(lua_State *lua, int index, dvg_buffer *out)
{
    char text[DVG_DOUBLE_REPR_SIZE];
    int length = 0;
    if (lua_isinteger(lua, index))
        length = snprintf(text, sizeof text, "%lld", (long long)lua_tointeger(lua, index));
    else
        length = (int)dvg_double_repr(text, lua_tonumber(lua, index));
    dvg_buffer_add(out, text, (size_t)length);
}

static void json_number(lua_State *lua, int index, dvg_buffer *out, const dvg_json_style *style)
{
    double number = lua_tonumber(lua, index);
    if (lua_isinteger(lua, index) || isfinite(number))
        dvg_spell_number(lua, index, out);
    else
        dvg_json_write_nonfinite(out, number, style);
}

/* Write the value at `index` unless it is a table. False: it is one. */
static bool json_leaf(lua_State *lua, int index, dvg_buffer *out, const dvg_json_style *style)
{
    dvg_text text;
    switch (lua_type(lua, index)) {
    case LUA_TNIL:
        dvg_buffer_add_text(out, "null");
        return true;
    case LUA_TBOOLEAN:
        dvg_buffer_add_text(out, lua_toboolean(lua, index) ? "true" : "false");
        return true;
    case LUA_TNUMBER:
        json_number(lua, index, out, style);
        return true;
    case LUA_TSTRING:
        text.data = lua_tolstring(lua, index, &text.size);
        dvg_json_write_string(out, text.data, text.size, style->ascii);
        return true;
    case LUA_TTABLE:
        return false;
    default:
        break;
    }
    dvg_value value = dvg_view_get(lua, index);
    if (dvg_view_is_null(lua, index))
        dvg_buffer_add_text(out, "null");
    else if (dvg_bigint_get(lua, index, &text))
        dvg_buffer_add(out, text.data, text.size);
    else if (value.cell == NULL)
        luaL_error(lua, "a %s cannot be written as JSON", luaL_typename(lua, index));
    else if (!dvg_json_write(out, value, style))
        dvg_state_raise_memory(lua);
    return true;
}

/* ---------------------------------------------------------------- tables */

/* A frame of a table: `index` is the table's place on the stack, the place above it holds its
 * sorted keys if it is an object; `done` of `left` children are written. */

static void new_line(dvg_buffer *out, const dvg_json_style *style, size_t depth)
{
    if (style->indent < 0)
        return;
    dvg_buffer_add_byte(out, '\n');
    size_t spaces = (size_t)style->indent * ((size_t)style->level + depth);
    for (size_t i = 0; i < spaces; i++)
        dvg_buffer_add_byte(out, ' ');
}

/* Begin the table on the top of the stack in frame `depth`; its keys are pushed. */
static void open_table(lua_State *lua, size_t depth, dvg_buffer *out)
{
    if (depth >= DEPTH_MOST)
        luaL_error(lua, "a table is too deep for JSON, or holds itself");
    dvg_state_check_time(lua);
    luaL_checkstack(lua, 8, NULL);
    dvg_frame *frame = dvg_state_frame(lua, depth);
    frame->index = lua_gettop(lua);
    frame->done = 0;
    dvg_order_push_keys(lua, frame->index);
    frame->left = lua_rawlen(lua, -1);
    /* The keys are sorted: a sequence has 1 first and its length last. */
    frame->object = false;
    if (frame->left > 0) {
        lua_rawgeti(lua, -1, 1);
        lua_rawgeti(lua, -2, (lua_Integer)frame->left);
        frame->object =
            !(lua_isinteger(lua, -2) && lua_tointeger(lua, -2) == 1 && lua_isinteger(lua, -1) &&
              lua_tointeger(lua, -1) == (lua_Integer)frame->left);
        lua_pop(lua, 2);
    }
    dvg_buffer_add_byte(out, frame->object ? '{' : '[');
}

/* Push the next child of the frame, its separator and name written. */
static void push_child(lua_State *lua, dvg_frame *frame, size_t depth, dvg_buffer *out,
                       const dvg_json_style *style)
{
    if (frame->done > 0)
        dvg_buffer_add_text(out, style->indent == -1 ? ", " : ",");
    new_line(out, style, depth + 1);
    lua_rawgeti(lua, frame->index + 1, (lua_Integer)++frame->done);
    if (frame->object) {
        size_t size = 0;
        if (lua_type(lua, -1) != LUA_TSTRING)
            luaL_error(
                lua, "a table with a %s as key is no JSON: keys are 1 to n, without gaps, or names",
                luaL_typename(lua, -1));
        const char *name = lua_tolstring(lua, -1, &size);
        dvg_json_write_string(out, name, size, style->ascii);
        dvg_buffer_add_text(out, style->indent == -2 ? ":" : ": ");
    }
    lua_rawget(lua, frame->index);
}

void dvg_spell_json(lua_State *lua, int index, dvg_buffer *out, const dvg_json_style *style)
{
    dvg_json_style inner = *style;
    size_t depth = 0;
    int top = lua_gettop(lua);
    if (!json_leaf(lua, index, out, style)) {
        lua_pushvalue(lua, index);
        open_table(lua, depth++, out);
    }
    while (depth > 0) {
        dvg_frame *frame = dvg_state_frame(lua, depth - 1);
        if (frame->done == frame->left) {
            if (frame->left > 0)
                new_line(out, style, depth - 1);
            dvg_buffer_add_byte(out, frame->object ? '}' : ']');
            lua_settop(lua, frame->index - 1);
            depth--;
            continue;
        }
        push_child(lua, frame, depth - 1, out, style);
        inner.level = style->level + (int)depth;
        if (json_leaf(lua, -1, out, &inner))
            lua_pop(lua, 1);
        else
            open_table(lua, depth++, out);
    }
    lua_settop(lua, top);
    if (out->failed)
        dvg_state_raise_memory(lua);
}

/* ---------------------------------------------------------------- Python */

void dvg_spell_repr(lua_State *lua, int index, dvg_buffer *out)
{
    dvg_text text;
    dvg_value value = dvg_view_get(lua, index);
    if (value.cell != NULL) {
        if (!dvg_repr(out, value))
            dvg_state_raise_memory(lua);
        return;
    }
    if (lua_isnoneornil(lua, index) || dvg_view_is_null(lua, index)) {
        dvg_buffer_add_text(out, "None");
    } else if (lua_isboolean(lua, index)) {
        dvg_buffer_add_text(out, lua_toboolean(lua, index) ? "True" : "False");
    } else if (lua_type(lua, index) == LUA_TNUMBER) {
        dvg_spell_number(lua, index, out);
    } else if (lua_type(lua, index) == LUA_TSTRING) {
        text.data = lua_tolstring(lua, index, &text.size);
        dvg_repr_string(out, text.data, text.size);
    } else if (dvg_bigint_get(lua, index, &text)) {
        dvg_buffer_add(out, text.data, text.size);
    } else {
        luaL_error(lua, "a %s is no value of JSON", luaL_typename(lua, index));
    }
}

void dvg_spell_str(lua_State *lua, int index, dvg_buffer *out)
{
    size_t size = 0;
    if (lua_type(lua, index) != LUA_TSTRING) {
        dvg_spell_repr(lua, index, out);
        return;
    }
    const char *text = lua_tolstring(lua, index, &size);
    dvg_buffer_add(out, text, size);
}
