/*
 * outlook: see outlook.h.
 */
#include "script/outlook.h"

#define TEXT_OF(number) #number
#define VERSION_OF(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

/* Divergences by the severity that each has, which need not be its class's. */
static void push_severities(lua_State *lua, const dvg_result *result)
{
    uint64_t counts[3] = {0, 0, 0};
    for (size_t i = 0; i < result->record_count; i++)
        counts[result->records[i].severity]++;
    lua_createtable(lua, 0, 3);
    for (int i = 0; i < 3; i++) {
        lua_pushinteger(lua, (lua_Integer)counts[i]);
        lua_setfield(lua, -2, dvg_severity_name((unsigned)i));
    }
}

static void set_number(lua_State *lua, const char *name, uint64_t number)
{
    lua_pushinteger(lua, (lua_Integer)number);
    lua_setfield(lua, -2, name);
}

static void push_ledger_side(lua_State *lua, const dvg_ledger_side *side)
{
    lua_createtable(lua, 0, 6);
    set_number(lua, "read", side->read);
    set_number(lua, "compared", side->compared);
    set_number(lua, "one_sided", side->one_sided);
    set_number(lua, "ignored", side->ignored);
    set_number(lua, "shadowed", side->shadowed);
    set_number(lua, "outside", side->outside);
}

void dvg_outlook_push_ledger(lua_State *lua, const dvg_ledger *ledger)
{
    lua_createtable(lua, 0, 16);
    push_ledger_side(lua, &ledger->side[0]);
    lua_setfield(lua, -2, "left");
    push_ledger_side(lua, &ledger->side[1]);
    lua_setfield(lua, -2, "right");
    set_number(lua, "documents", ledger->documents);
    set_number(lua, "walked", ledger->documents_walked);
    set_number(lua, "settled", ledger->documents_settled);
    set_number(lua, "missing", ledger->documents_missing);
    set_number(lua, "skipped", ledger->skipped);
    set_number(lua, "suppressed", ledger->suppressed);
    set_number(lua, "warnings", ledger->warnings);
    set_number(lua, "inexact", ledger->inexact);
    set_number(lua, "files", ledger->files);
    set_number(lua, "files_missing", ledger->files_missing);
    set_number(lua, "folders", ledger->folders);
    set_number(lua, "outside", ledger->outside);
    set_number(lua, "files_outside", ledger->files_outside);
    set_number(lua, "ignored", ledger->ignored);
    set_number(lua, "alike", ledger->alike);
}

static void set_text(lua_State *lua, const char *name, const char *text)
{
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, name);
}

static void push_sides(lua_State *lua, const dvg_result *result)
{
    static const char *const names[] = {"left", "right"};
    lua_createtable(lua, 0, 2);
    for (int side = 0; side < 2; side++) {
        lua_createtable(lua, 0, 2);
        set_text(lua, "name", result->rules->side_names[side]);
        /* Documents in memory have no path: reports show a name instead of nothing. */
        set_text(lua, "path",
                 result->side[side] != NULL ? dvg_snapshot_shown(result->side[side])
                                            : result->rules->side_names[side]);
        lua_setfield(lua, -2, names[side]);
    }
}

void dvg_outlook_add(lua_State *lua, const dvg_result *result)
{
    lua_pushstring(lua, result->stop ? "stop" : result->record_count == 0 ? "same" : "different");
    lua_setfield(lua, -2, "verdict");
    push_sides(lua, result);
    lua_setfield(lua, -2, "sides");
    push_severities(lua, result);
    lua_setfield(lua, -2, "severities");
    lua_pushliteral(lua, VERSION_OF(DVG_VERSION_MAJOR, DVG_VERSION_MINOR, DVG_VERSION_PATCH));
    lua_setfield(lua, -2, "version");
    lua_pushboolean(lua, result->color);
    lua_setfield(lua, -2, "color");
    lua_pushinteger(lua, (lua_Integer)result->columns);
    lua_setfield(lua, -2, "columns");
    lua_pushboolean(lua, result->show_suppressed);
    lua_setfield(lua, -2, "show_suppressed");
}
