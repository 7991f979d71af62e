/*
 * shortcut: see shortcut.h. A name in a script is the very string that stands among the names of
 * fields, since Lua has every short string once: comparing addresses is enough, and a name that is
 * not found by its address is looked up by its letters.
 * Invariant: what is kept in the table holds for the divergence that is at hand or was last.
 */
#include "script/shortcut.h"

#include "script/chain.h"
#include "script/view.h"

#include <string.h>

/* Its address is the registry's key of the table. */
static const char table_key = 0;

static size_t slot_of(const void *name)
{
    uintptr_t address = (uintptr_t)name;
    return (size_t)(address >> 4 ^ address >> 10) % DVG_SHORTCUT_SLOTS;
}

static int find(const dvg_divergence_view *view, const void *name)
{
    size_t slot = slot_of(name);
    while (view->slots[slot].name != name && view->slots[slot].name != NULL)
        slot = (slot + 1) % DVG_SHORTCUT_SLOTS;
    return view->slots[slot].field;
}

static void add(dvg_divergence_view *view, const void *name, int field)
{
    size_t slot = slot_of(name);
    while (view->slots[slot].name != NULL)
        slot = (slot + 1) % DVG_SHORTCUT_SLOTS;
    view->slots[slot].name = name;
    view->slots[slot].field = field;
}

/* Put the value on the top under the name at index 2, into the table at index 1. */
static void keep(lua_State *lua)
{
    lua_pushvalue(lua, 2);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 1);
}

/* Push a value that Lua holds without memory of its own; another is not pushed. */
static bool push_plain(lua_State *lua, dvg_value value)
{
    int64_t integer = 0;
    switch (dvg_value_type(value)) {
    case DVG_NULL:
    case DVG_FALSE:
    case DVG_TRUE:
    case DVG_REAL:
        dvg_view_push(lua, value);
        return true;
    case DVG_INTEGER:
        if (!dvg_value_int64(value, &integer))
            return false;
        lua_pushinteger(lua, integer);
        return true;
    default:
        return false;
    }
}

static bool is_plain(lua_State *lua)
{
    int type = lua_type(lua, -1);
    return type == LUA_TNUMBER || type == LUA_TBOOLEAN || type == LUA_TLIGHTUSERDATA;
}

/* Keep the field on the top if it is one that the next divergence is likely to have, too, or that
 * dvg_shortcut_show can replace. */
static void keep_field(lua_State *lua, dvg_divergence_view *view, int field)
{
    bool *kept = NULL;
    if (field == DVG_FIELD_FILE)
        kept = &view->kept_file;
    else if (field == DVG_FIELD_KIND)
        kept = &view->kept_kind;
    else if ((field == DVG_FIELD_LEFT || field == DVG_FIELD_RIGHT) && is_plain(lua))
        kept = &view->kept_side[field - DVG_FIELD_LEFT];
    if (kept == NULL)
        return;
    keep(lua);
    *kept = true;
}

/* __index of the table: a field that is not kept. */
static int index_field(lua_State *lua)
{
    const dvg_state *state = dvg_state_of(lua);
    dvg_divergence_view *view = state->divergence;
    dvg_divergence_require(lua, view);
    int field = find(view, lua_topointer(lua, 2));
    if (field == 0)
        field = dvg_divergence_field(lua, 2);
    dvg_divergence_push_field(lua, view, field);
    if (view->lasting)
        keep_field(lua, view, field);
    return 1;
}

/* Note where the names of fields are, and put the methods into the table at `table`. */
static void sort_out(lua_State *lua, dvg_divergence_view *view, int fields, int table)
{
    lua_pushnil(lua);
    while (lua_next(lua, fields) != 0) {
        lua_pushvalue(lua, -2);
        lua_insert(lua, -2);
        if (lua_isinteger(lua, -1)) {
            add(view, lua_topointer(lua, -2), (int)lua_tointeger(lua, -1));
            lua_pop(lua, 2);
        } else {
            lua_rawset(lua, table);
        }
    }
}

void dvg_shortcut_push(lua_State *lua, dvg_divergence_view *view)
{
    int fields = lua_gettop(lua) - 3;
    lua_createtable(lua, 0, 16);
    sort_out(lua, view, fields, fields + 4);
    lua_insert(lua, fields);
    lua_pushcclosure(lua, index_field, 4); /* which holds the names, so that none moves */
    lua_createtable(lua, 0, 1);
    lua_insert(lua, -2);
    lua_setfield(lua, -2, "__index");
    lua_setmetatable(lua, fields);
    lua_pushvalue(lua, fields);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &table_key);
}

/* The name stands among the fields and the value is nothing, so that no memory is asked for. */
static void drop(lua_State *lua, const char *name)
{
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &table_key);
    lua_pushstring(lua, name);
    lua_pushnil(lua);
    lua_rawset(lua, -3);
    lua_pop(lua, 1);
}

void dvg_shortcut_push_table(lua_State *lua)
{
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &table_key);
    lua_pushliteral(lua, "left");
    lua_pushliteral(lua, "right");
}

static void forget_place(lua_State *lua, dvg_divergence_view *view)
{
    if (view->kept_file)
        drop(lua, "file");
    if (view->kept_kind)
        drop(lua, "kind");
    view->kept_file = view->kept_kind = false;
}

void dvg_shortcut_forget(lua_State *lua, dvg_divergence_view *view)
{
    forget_place(lua, view);
    if (view->kept_side[0])
        drop(lua, "left");
    if (view->kept_side[1])
        drop(lua, "right");
    view->kept_side[0] = view->kept_side[1] = false;
}

/* Put the value of a side in the place of the last one. There is one, so that no memory is asked
 * for: nothing may be raised here. */
static void show_side(lua_State *lua, dvg_divergence_view *view, int side, dvg_value value)
{
    lua_pushvalue(lua, DVG_LINK_SIDES + side);
    view->kept_side[side] = push_plain(lua, value);
    if (!view->kept_side[side])
        lua_pushnil(lua);
    lua_rawset(lua, DVG_LINK_FIELDS);
}

void dvg_shortcut_show(lua_State *lua, dvg_divergence_view *view, const dvg_record *record)
{
    if (view->file != record->file || view->kind != record->kind)
        forget_place(lua, view);
    if (view->kept_side[0])
        show_side(lua, view, 0, record->left);
    if (view->kept_side[1])
        show_side(lua, view, 1, record->right);
    view->file = record->file;
    view->kind = record->kind;
    view->record = record;
}
