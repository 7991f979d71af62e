/*
 * row: see row.h.
 * A row is a userdata of its fields; its user value is one string that holds what is written before
 * each of them and at the end.
 */
#include "script/row.h"

#include "script/divergence.h"
#include "script/spell.h"

enum { ITEMS_MOST = 64 };

static const char row_key = 0; /* its address is the registry's key of the metatable */

struct item {
    int field;  /* 0: none, the text holds all */
    size_t end; /* of the text before it; it begins where the one before ends */
};

struct dvg_row {
    dvg_json_style style; /* of a value within the object */
    dvg_text text;        /* of its user value */
    size_t count;
    struct item items[];
};

void dvg_row_open(lua_State *lua)
{
    lua_createtable(lua, 0, 2);
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pushliteral(lua, "row");
    lua_setfield(lua, -2, "__name");
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &row_key);
}

bool dvg_row_is(lua_State *lua, int index)
{
    if (lua_touserdata(lua, index) == NULL || !lua_getmetatable(lua, index))
        return false;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &row_key);
    bool is_row = lua_rawequal(lua, -1, -2) != 0;
    lua_pop(lua, 2);
    return is_row;
}

static const dvg_row *check_row(lua_State *lua, int index)
{
    if (!dvg_row_is(lua, index))
        luaL_error(lua, "a row was expected, which diverge.row makes, not a %s",
                   luaL_typename(lua, index));
    return lua_touserdata(lua, index);
}

/* ---------------------------------------------------------------- making one */

static void new_line(dvg_buffer *out, const dvg_json_style *style, int level)
{
    if (style->indent < 0)
        return;
    dvg_buffer_add_byte(out, '\n');
    for (int i = 0; i < style->indent * level; i++)
        dvg_buffer_add_byte(out, ' ');
}

/* Push the member's name and the field's name of entry `number` of the list at 1; for a member that
 * is always the same its text instead. Returns whether it is. */
static bool push_names(lua_State *lua, int number)
{
    bool constant = false;
    if (lua_rawgeti(lua, 1, number) == LUA_TTABLE) {
        lua_pushliteral(lua, "text");
        constant = lua_rawget(lua, -2) != LUA_TNIL;
        lua_rawgeti(lua, -2, 1);
        lua_insert(lua, -2);
        if (!constant) {
            lua_pop(lua, 1);
            lua_rawgeti(lua, -2, 2);
        }
        lua_remove(lua, -3);
    } else {
        lua_pushvalue(lua, -1);
    }
    if (lua_type(lua, -1) != LUA_TSTRING || lua_type(lua, -2) != LUA_TSTRING)
        luaL_error(lua,
                   "entry %d of a row is neither the name of a field, nor {member, field}, nor "
                   "{member, text = constant}",
                   number);
    return constant;
}

static void add_item(lua_State *lua, dvg_row *made, int number, const dvg_json_style *style,
                     dvg_buffer *text)
{
    size_t size = 0;
    bool constant = push_names(lua, number);
    const char *name = lua_tolstring(lua, -2, &size);
    struct item *item = &made->items[number - 1];
    item->field = constant ? 0 : dvg_divergence_field(lua, -1);
    dvg_buffer_add_text(text, number == 1 ? "{" : style->indent == -1 ? ", " : ",");
    new_line(text, style, style->level + 1);
    dvg_json_write_string(text, name, size, style->ascii);
    dvg_buffer_add_text(text, style->indent == -2 ? ":" : ": ");
    if (constant) {
        name = lua_tolstring(lua, -1, &size);
        dvg_json_write_string(text, name, size, style->ascii);
    }
    item->end = text->size;
    lua_pop(lua, 2);
}

int dvg_row_new(lua_State *lua)
{
    lua_settop(lua, 2);
    luaL_checktype(lua, 1, LUA_TTABLE);
    size_t count = lua_rawlen(lua, 1);
    if (count < 1 || count > ITEMS_MOST)
        return luaL_error(lua, "a row has from 1 to %d fields, not %d", ITEMS_MOST, (int)count);
    dvg_json_style style = dvg_spell_style(lua, 2);
    dvg_row *made = lua_newuserdatauv(lua, sizeof *made + count * sizeof made->items[0], 1);
    made->style = style;
    made->style.level++;
    made->count = count;
    dvg_buffer *text = dvg_state_buffer(dvg_state_of(lua));
    for (size_t i = 1; i <= count; i++)
        add_item(lua, made, (int)i, &style, text);
    new_line(text, &style, style.level);
    dvg_buffer_add_byte(text, '}');
    dvg_state_push_buffer(lua);
    made->text.data = lua_tolstring(lua, -1, &made->text.size);
    lua_setiuservalue(lua, 3, 1);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &row_key);
    lua_setmetatable(lua, 3);
    return 1;
}

/* ---------------------------------------------------------------- writing */

static void write_field(lua_State *lua, const dvg_divergence_view *self, int field,
                        const dvg_json_style *style, dvg_buffer *out)
{
    dvg_text text;
    dvg_value value;
    if (dvg_divergence_get_text(lua, self, field, &text)) {
        dvg_json_write_string(out, text.data, text.size, style->ascii);
        return;
    }
    if (dvg_divergence_get_value(self, field, &value)) {
        if (!dvg_json_write(out, value, style))
            dvg_state_raise_memory(lua);
        return;
    }
    dvg_divergence_push_field(lua, self, field);
    dvg_spell_json(lua, lua_gettop(lua), out, style);
    lua_pop(lua, 1);
}

void dvg_row_add(lua_State *lua, const dvg_divergence_view *self, const dvg_row *found,
                 dvg_buffer *out)
{
    const char *text = found->text.data;
    size_t at = 0;
    for (size_t i = 0; i < found->count; i++) {
        dvg_buffer_add(out, text + at, found->items[i].end - at);
        at = found->items[i].end;
        if (found->items[i].field != 0)
            write_field(lua, self, found->items[i].field, &found->style, out);
    }
    dvg_buffer_add(out, text + at, found->text.size - at);
    if (out->failed)
        dvg_state_raise_memory(lua);
}

void dvg_row_write(lua_State *lua, dvg_buffer *out)
{
    const dvg_divergence_view *self = dvg_divergence_check(lua, 2);
    dvg_row_add(lua, self, check_row(lua, 3), out);
}
