/*
 * position: see position.h.
 */
#include "script/position.h"

#include "script/view.h"

void dvg_position_push_pointer(lua_State *lua, const dvg_record *record)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_path_pointer(dvg_state_buffer(state), record->path, dvg_record_pointer_side(record),
                     &state->allocator);
    dvg_state_push_buffer(lua);
}

void dvg_position_push_type(lua_State *lua, const dvg_record *record, int side)
{
    const char *name = dvg_type_name(dvg_value_type(side == 0 ? record->left : record->right));
    if (record->kind == DVG_KIND_FILE_MISSING)
        name = side == 0 ? "file" : "absent";
    else if (record->kind == DVG_KIND_FILE_EXTRA)
        name = side == 0 ? "absent" : "file";
    lua_pushstring(lua, name);
}

void dvg_position_push_key(lua_State *lua, const dvg_record *record)
{
    const dvg_step *step = record->path;
    if (step == NULL || step->kind != DVG_STEP_KEYED)
        lua_pushnil(lua);
    else if (step->value.cell == NULL)
        dvg_view_push_null(lua);
    else
        dvg_view_push(lua, step->value);
}

void dvg_position_push_index(lua_State *lua, const dvg_record *record)
{
    const dvg_step *step = record->path;
    uint64_t index = UINT64_MAX;
    if (step != NULL && (step->kind == DVG_STEP_INDEX || step->kind == DVG_STEP_KEYED)) {
        index = step->index[dvg_record_pointer_side(record)];
        if (index == UINT64_MAX)
            index = step->index[1 - dvg_record_pointer_side(record)];
    }
    if (index == UINT64_MAX)
        lua_pushnil(lua);
    else
        lua_pushinteger(lua, (lua_Integer)index);
}

void dvg_position_push_side(lua_State *lua, const dvg_record *record)
{
    if (record->side == DVG_NEITHER)
        lua_pushnil(lua);
    else
        lua_pushstring(lua, record->side == DVG_THE_LEFT ? "left" : "right");
}
