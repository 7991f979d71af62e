/*
 * retell: t:run and t:report: two sides compared for a test, told as a table or by a report.
 */
#include "script/tester.h"

#include "script/spell.h"
#include "script/view.h"

#include <string.h>

/* Arguments of both methods. */
enum slot { SLOT_LEFT = 2, SLOT_RIGHT, SLOT_EXPECTED, SLOT_SETTINGS };

static dvg_trial *check_trial(lua_State *lua)
{
    dvg_trial *trial = dvg_tester_trial(lua);
    if (trial->profile == NULL)
        luaL_error(lua, "the script under test is no profile, classifier or report");
    dvg_trial_tidy(trial);
    return trial;
}

/* ---------------------------------------------------------------- the two sides */

/* Is the file a folder? Then it is a snapshot; else its text is what counts. */
static bool is_folder(lua_State *lua, const char *path)
{
    dvg_presence presence = DVG_PRESENCE_ABSENT;
    dvg_error error;
    dvg_error_clear(&error);
    dvg_tester_check_status(lua, dvg_path_look(path, &presence, &error), &error);
    return presence == DVG_PRESENCE_DIRECTORY;
}

/* An empty table is an array elsewhere; a whole document is an object then. */
static bool is_empty_table(lua_State *lua, int slot)
{
    if (!lua_istable(lua, slot))
        return false;
    lua_pushnil(lua);
    if (lua_next(lua, slot) == 0)
        return true;
    lua_pop(lua, 2);
    return false;
}

/* The side in a slot: a string is JSON text, a file its text or a snapshot, anything else a value,
 * whose text then stands in the slot. */
static dvg_trial_side read_side(lua_State *lua, int slot)
{
    static const dvg_json_style style = {-2, 0, false, false, true, false, false};
    dvg_trial_side side = {{NULL, 0}, dvg_tester_file(lua, slot)};
    if (side.path != NULL && is_folder(lua, side.path))
        return side;
    if (side.path != NULL) {
        dvg_tester_push_file(lua, side.path);
        lua_replace(lua, slot);
        side.path = NULL;
    } else if (is_empty_table(lua, slot)) {
        lua_pushliteral(lua, "{}");
        lua_replace(lua, slot);
    } else if (lua_type(lua, slot) != LUA_TSTRING) {
        if (lua_isnoneornil(lua, slot))
            luaL_error(lua, "both sides are needed: JSON text, a table, or t:file \"NAME\"");
        dvg_spell_json(lua, slot, dvg_state_buffer(dvg_state_of(lua)), &style);
        dvg_state_push_buffer(lua);
        lua_replace(lua, slot);
    }
    side.text.data = lua_tolstring(lua, slot, &side.text.size);
    return side;
}

/* Compare what stands in the two slots. */
static dvg_result *compare(lua_State *lua, dvg_trial *trial, const char *name)
{
    dvg_result *result = NULL;
    dvg_error error;
    dvg_error_clear(&error);
    dvg_trial_side sides[2] = {read_side(lua, SLOT_LEFT), read_side(lua, SLOT_RIGHT)};
    if ((sides[0].path == NULL) != (sides[1].path == NULL))
        luaL_error(lua, "one side is a folder and the other one is not");
    if (sides[0].path != NULL && name != NULL)
        luaL_error(lua, "`file` names the document of a text; these are whole snapshots");
    dvg_state_pause(lua);
    dvg_status status = dvg_trial_run(trial, sides, name, &result, &error);
    dvg_state_resume(lua);
    dvg_tester_check_status(lua, status, &error);
    return result;
}

/* ---------------------------------------------------------------- settings */

/* The settings at `slot`: `file`, and `report` where that has a place. Texts live with the table.
 */
static void read_settings(lua_State *lua, int slot, const char **file, const char **report)
{
    *file = NULL;
    if (lua_isnoneornil(lua, slot))
        return;
    luaL_checktype(lua, slot, LUA_TTABLE);
    lua_pushnil(lua);
    while (lua_next(lua, slot) != 0) {
        const char *name = lua_type(lua, -2) == LUA_TSTRING ? lua_tostring(lua, -2) : "?";
        const char **setting = strcmp(name, "file") == 0     ? file
                               : strcmp(name, "report") == 0 ? report
                                                             : NULL;
        if (setting == NULL) {
            luaL_error(lua, "there is no setting '%s' here: `file`%s", name,
                       report == NULL ? "" : " or `report`");
            return; /* never reached: Lua does not declare that luaL_error never returns */
        }
        if (lua_type(lua, -1) != LUA_TSTRING)
            luaL_error(lua, "the setting `%s` is a string, not a %s", name, luaL_typename(lua, -1));
        *setting = lua_tostring(lua, -1);
        lua_pop(lua, 1);
    }
}

/* ---------------------------------------------------------------- t:report */

/* t:report(left, right [, expected [, settings]]): what the report says, compared if anything is
 * expected. */
int dvg_tester_report(lua_State *lua)
{
    dvg_trial *trial = check_trial(lua);
    const char *file = NULL;
    const char *report = NULL;
    dvg_error error;
    dvg_error_clear(&error);
    lua_settop(lua, SLOT_SETTINGS);
    read_settings(lua, SLOT_SETTINGS, &file, &report);
    dvg_result *result = compare(lua, trial, file);
    dvg_state_pause(lua);
    dvg_status status = dvg_trial_report(trial, result, report, &error);
    dvg_state_resume(lua);
    dvg_tester_check_status(lua, status, &error);
    lua_pushlstring(lua, trial->text.size == 0 ? "" : trial->text.data, trial->text.size);
    if (!lua_isnil(lua, SLOT_EXPECTED))
        dvg_tester_compare(lua, lua_gettop(lua), SLOT_EXPECTED, "report");
    return 1;
}

/* ---------------------------------------------------------------- t:run */

static void set_text(lua_State *lua, const char *name, const char *text)
{
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, name);
}

/* Push what a test may want to know of a divergence. [-0, +1, e] */
static void push_record(lua_State *lua, const dvg_result *result, const dvg_record *record)
{
    dvg_state *state = dvg_state_of(lua);
    lua_createtable(lua, 0, 8);
    set_text(lua, "file", result->files[record->file].name);
    set_text(lua, "kind", dvg_rules_kind_name(result->rules, (dvg_kind)record->kind));
    if (record->class_index < result->rules->class_count) {
        set_text(lua, "class", result->rules->classes[record->class_index].name);
        set_text(lua, "severity", dvg_severity_name(record->severity));
    }
    set_text(lua, "note", record->note);
    dvg_path_render(dvg_state_buffer(state), record->path, &state->allocator);
    dvg_state_push_buffer(lua);
    lua_setfield(lua, -2, "path");
    dvg_view_push(lua, record->left);
    lua_setfield(lua, -2, "left");
    dvg_view_push(lua, record->right);
    lua_setfield(lua, -2, "right");
}

static void push_gates(lua_State *lua, const dvg_result *result)
{
    lua_newtable(lua);
    for (size_t i = 0; i < result->gate_count; i++) {
        const dvg_gate *gate = &result->gates[i];
        lua_createtable(lua, 0, 5);
        lua_pushlstring(lua, gate->name, gate->name_size);
        lua_setfield(lua, -2, "name");
        dvg_view_push(lua, gate->left);
        lua_setfield(lua, -2, "left");
        dvg_view_push(lua, gate->right);
        lua_setfield(lua, -2, "right");
        lua_pushboolean(lua, gate->ok);
        lua_setfield(lua, -2, "ok");
        lua_pushboolean(lua, gate->stop);
        lua_setfield(lua, -2, "stop");
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

static const char *verdict_of(const dvg_result *result)
{
    if (result->stop)
        return "stop";
    return result->record_count > 0 ? "different" : "same";
}

/* t:run(left, right [, settings]): { verdict =, divergences =, suppressed =, gates = } */
int dvg_tester_run(lua_State *lua)
{
    dvg_trial *trial = check_trial(lua);
    const char *file = NULL;
    lua_settop(lua, SLOT_EXPECTED);
    read_settings(lua, SLOT_EXPECTED, &file, NULL);
    const dvg_result *result = compare(lua, trial, file);
    lua_createtable(lua, 0, 4);
    set_text(lua, "verdict", verdict_of(result));
    lua_newtable(lua);
    for (size_t i = 0; i < result->record_count; i++) {
        push_record(lua, result, &result->records[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    lua_setfield(lua, -2, "divergences");
    lua_newtable(lua);
    for (size_t i = 0; i < result->suppressed_count; i++) {
        push_record(lua, result, &result->suppressed[i].record);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    lua_setfield(lua, -2, "suppressed");
    push_gates(lua, result);
    lua_setfield(lua, -2, "gates");
    return 1;
}
