/*
 * shortcut: see shortcut.h. A name in a script is the very string that stands among the names of
 * fields, since Lua has every short string once: comparing addresses is enough, and a name that is
 * not found by its address is looked up by its letters.
 * Invariant: what is kept in the table holds for the divergence that is at hand or was last.
 */
#include "script/shortcut.h"

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

/* Keep the value on the top under the name at index 2, in the table at index 1. */
static void keep(lua_State *lua)
{
    lua_pushvalue(lua, 2);
    lua_pushvalue(lua, -2);
    lua_rawset(lua, 1);
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
    if (view->lasting && (field == DVG_FIELD_FILE || field == DVG_FIELD_KIND)) {
        keep(lua);
        view->kept_file = view->kept_file || field == DVG_FIELD_FILE;
        view->kept_kind = view->kept_kind || field == DVG_FIELD_KIND;
    }
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

void dvg_shortcut_forget(lua_State *lua, dvg_divergence_view *view)
{
    if (view->kept_file)
        drop(lua, "file");
    if (view->kept_kind)
        drop(lua, "kind");
    view->kept_file = view->kept_kind = false;
}

void dvg_shortcut_show(lua_State *lua, dvg_divergence_view *view, const dvg_record *record)
{
    if (view->file != record->file || view->kind != record->kind)
        dvg_shortcut_forget(lua, view);
    view->file = record->file;
    view->kind = record->kind;
    view->record = record;
}
