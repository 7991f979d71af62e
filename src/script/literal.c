/*
 * literal: see literal.h. Both sides are spelled from the value itself, so that no digit is lost on
 * a way through Lua's numbers.
 */
#include "script/literal.h"

#include "json/writer.h"

static dvg_value check_side(lua_State *lua, const dvg_record *record)
{
    static const char *const names[] = {"left", "right", NULL};
    return luaL_checkoption(lua, 2, NULL, names) == 0 ? record->left : record->right;
}

int dvg_literal_text(lua_State *lua)
{
    static const dvg_json_style compact = {-2, 0, false, false, false, false, false};
    dvg_value value = check_side(lua, dvg_divergence_check(lua, 1)->record);
    dvg_type type = dvg_value_type(value);
    if (type == DVG_ABSENT)
        return 0;
    if (type == DVG_STRING || type == DVG_INTEGER || type == DVG_REAL) {
        dvg_text text = dvg_value_text(value);
        lua_pushlstring(lua, text.data, text.size);
        return 1;
    }
    if (!dvg_json_write(dvg_state_buffer(dvg_state_of(lua)), value, &compact))
        dvg_state_raise_memory(lua);
    dvg_state_push_buffer(lua);
    return 1;
}

int dvg_literal_repr(lua_State *lua)
{
    dvg_value value = check_side(lua, dvg_divergence_check(lua, 1)->record);
    dvg_buffer *out = dvg_state_buffer(dvg_state_of(lua));
    if (value.cell == NULL)
        dvg_buffer_add_text(out, "None");
    else if (!dvg_repr(out, value))
        dvg_state_raise_memory(lua);
    dvg_state_push_buffer(lua);
    return 1;
}
