/*
 * library: see library.h.
 */
#include "script/library.h"

#include "base/utf8.h"
#include "script/bigint.h"
#include "script/brief.h"
#include "script/digest.h"
#include "script/module.h"
#include "script/option.h"
#include "script/row.h"
#include "script/spell.h"
#include "script/view.h"
#include "value/equal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char module_key = 0; /* its address is the registry's key of the module */

/* ---------------------------------------------------------------- types */

const char *dvg_library_type_name(lua_State *lua, int index)
{
    dvg_text text;
    dvg_value value = dvg_view_get(lua, index);
    if (value.cell != NULL)
        return dvg_type_name(dvg_value_type(value));
    if (lua_isnoneornil(lua, index))
        return "absent";
    if (dvg_view_is_null(lua, index))
        return "null";
    if (lua_type(lua, index) == LUA_TNUMBER)
        return lua_isinteger(lua, index) ? "integer" : "real";
    return dvg_bigint_get(lua, index, &text) ? "integer" : luaL_typename(lua, index);
}

/* diverge.type(v): "absent" "null" "boolean" "integer" "real" "string" "array" "object", or the
 * name of Lua's type for what no document holds. */
static int library_type(lua_State *lua)
{
    lua_pushstring(lua, dvg_library_type_name(lua, 1));
    return 1;
}

/* ---------------------------------------------------------------- equality */

/* What a scalar is compared as. */
enum kind { KIND_NULL, KIND_NUMBER, KIND_STRING, KIND_CONTAINER };

static enum kind kind_of(lua_State *lua, int index)
{
    dvg_text text;
    switch (lua_type(lua, index)) {
    case LUA_TNONE:
    case LUA_TNIL:
        return KIND_NULL;
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
        return KIND_NUMBER;
    case LUA_TSTRING:
        return KIND_STRING;
    default:
        break;
    }
    if (dvg_view_is_null(lua, index))
        return KIND_NULL;
    if (dvg_bigint_get(lua, index, &text))
        return KIND_NUMBER;
    if (dvg_view_get(lua, index).cell == NULL)
        luaL_error(lua, "a %s is no value of JSON", luaL_typename(lua, index));
    return KIND_CONTAINER;
}

/* Push the number at `index`, true and false as 1 and 0. False: it is a NaN. [-0, +1, -] */
static bool push_number(lua_State *lua, int index)
{
    if (lua_isboolean(lua, index))
        lua_pushinteger(lua, lua_toboolean(lua, index));
    else
        lua_pushvalue(lua, index);
    return lua_type(lua, -1) != LUA_TNUMBER || !isnan(lua_tonumber(lua, -1));
}

static bool equal_numbers(lua_State *lua, int a, int b)
{
    bool ordered = push_number(lua, a);
    ordered = push_number(lua, b) && ordered;
    bool equal = ordered && dvg_bigint_compare(lua, -2, -1) == 0;
    lua_pop(lua, 2);
    return equal;
}

bool dvg_library_equal(lua_State *lua, int a, int b)
{
    bool equal = true;
    enum kind kind = kind_of(lua, a);
    if (kind != kind_of(lua, b))
        return false;
    switch (kind) {
    case KIND_NULL:
        break;
    case KIND_NUMBER:
        equal = equal_numbers(lua, a, b);
        break;
    case KIND_STRING:
        equal = lua_rawequal(lua, a, b) != 0;
        break;
    case KIND_CONTAINER:
        if (!dvg_value_loosely_equal(dvg_view_get(lua, a), dvg_view_get(lua, b),
                                     &dvg_state_of(lua)->allocator, &equal))
            dvg_state_raise_memory(lua);
        break;
    }
    return equal;
}

/* diverge.equal(a, b): as Python's ==: 1 == 1.0 == true, members without order, exact integers, a
 * bare NaN unlike itself; nil equals null. */
static int library_equal(lua_State *lua)
{
    lua_settop(lua, 2);
    lua_pushboolean(lua, dvg_library_equal(lua, 1, 2));
    return 1;
}

/* ---------------------------------------------------------------- text */

/* diverge.repr(v), diverge.str(v): Python's. */
static int library_repr(lua_State *lua)
{
    dvg_spell_repr(lua, 1, dvg_state_buffer(dvg_state_of(lua)));
    dvg_state_push_buffer(lua);
    return 1;
}

static int library_str(lua_State *lua)
{
    if (lua_type(lua, 1) == LUA_TSTRING) {
        lua_settop(lua, 1);
        return 1;
    }
    return library_repr(lua);
}

/* diverge.json(v [, style]) */
static int library_json(lua_State *lua)
{
    lua_settop(lua, 2);
    dvg_json_style style = dvg_spell_style(lua, 2);
    dvg_spell_json(lua, 1, dvg_state_buffer(dvg_state_of(lua)), &style);
    dvg_state_push_buffer(lua);
    return 1;
}

/* diverge.text(v): a string as it is, anything else as compact JSON. */
static int library_text(lua_State *lua)
{
    static const dvg_json_style compact = {-2, 0, false, false, false, false, false};
    if (lua_type(lua, 1) == LUA_TSTRING) {
        lua_settop(lua, 1);
        return 1;
    }
    dvg_spell_json(lua, 1, dvg_state_buffer(dvg_state_of(lua)), &compact);
    dvg_state_push_buffer(lua);
    return 1;
}

/* diverge.style{...}: a style that is read once instead of at every use. */
static int library_style(lua_State *lua)
{
    lua_settop(lua, 1);
    dvg_json_style style = dvg_spell_style(lua, 1);
    dvg_spell_push_style(lua, &style);
    return 1;
}

/* diverge.utf8(s): every lone surrogate as its escape, so that the text can be printed. */
static int library_utf8(lua_State *lua)
{
    size_t size = 0;
    const char *text = luaL_checklstring(lua, 1, &size);
    if (!dvg_utf8_has_surrogate(text, size)) {
        lua_settop(lua, 1);
        return 1;
    }
    dvg_buffer *out = dvg_state_buffer(dvg_state_of(lua));
    for (size_t at = 0; at < size;) {
        uint32_t point = 0;
        char escape[8];
        size_t length = dvg_utf8_decode(text + at, size - at, &point);
        if (length == 3 && point >= 0xD800 && point <= 0xDFFF) {
            (void)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)point);
            dvg_buffer_add(out, escape, 6);
        } else {
            length = length == 0 ? 1 : length;
            dvg_buffer_add(out, text + at, length);
        }
        at += length;
    }
    dvg_state_push_buffer(lua);
    return 1;
}

/* ---------------------------------------------------------------- opening */

void dvg_library_push(lua_State *lua) { lua_rawgetp(lua, LUA_REGISTRYINDEX, &module_key); }

void dvg_library_open(lua_State *lua)
{
    static const luaL_Reg functions[] = {{"type", library_type},
                                         {"equal", library_equal},
                                         {"repr", library_repr},
                                         {"str", library_str},
                                         {"json", library_json},
                                         {"text", library_text},
                                         {"style", library_style},
                                         {"row", dvg_row_new},
                                         {"utf8", library_utf8},
                                         {"at", dvg_locate_at},
                                         {"brief", dvg_brief_of},
                                         {"shorten", dvg_brief_shorten},
                                         {"width", dvg_brief_width},
                                         {"totable", dvg_locate_totable},
                                         {"option", dvg_option_value},
                                         {"digest", dvg_digest_of},
                                         {NULL, NULL}};
    dvg_spell_open(lua);
    dvg_row_open(lua);
    luaL_newlib(lua, functions);
    dvg_view_push_null(lua);
    lua_setfield(lua, -2, "null");
    dvg_brief_push_escapes(lua);
    lua_setfield(lua, -2, "escape");
    lua_pushvalue(lua, -1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &module_key);
    lua_setglobal(lua, "diverge");
    /* Without a sandbox there is a `require` of Lua's, for what is no module of ours. */
    lua_getglobal(lua, "require");
    lua_pushcclosure(lua, dvg_module_require, 1);
    lua_setglobal(lua, "require");
}
