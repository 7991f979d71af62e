/*
 * report: running a report script over a result. The core groups, orders and caps, so that a
 * script keeps no state; every call is an entry of its own with its own time.
 */
#include "script/divergence.h"
#include "script/sections.h"
#include "script/outlook.h"
#include "script/rulings.h"
#include "script/sink.h"
#include "script/view.h"

#include <string.h>

static const char *const members[] = {"begin",  "gate",       "file",    "section",
                                      "group",  "divergence", "omitted", "suppressed",
                                      "finish", "rows",       "between", "shape"};

/* ---------------------------------------------------------------- what scripts see */

static void set_text(lua_State *lua, const char *name, const char *text)
{
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, name);
}

static void set_number(lua_State *lua, const char *name, uint64_t number)
{
    lua_pushinteger(lua, (lua_Integer)number);
    lua_setfield(lua, -2, name);
}

static void set_flag(lua_State *lua, const char *name, bool on)
{
    lua_pushboolean(lua, on);
    lua_setfield(lua, -2, name);
}

/* Push counts by class name; classes with none are left out. */
static void push_counts(lua_State *lua, const dvg_rules *rules, const uint64_t *counts)
{
    lua_newtable(lua);
    for (size_t i = 0; counts != NULL && i < rules->class_count; i++)
        if (counts[i] != 0)
            set_number(lua, rules->classes[i].name, counts[i]);
}

static void push_classes(lua_State *lua, const dvg_result *result)
{
    const dvg_rules *rules = result->rules;
    lua_newtable(lua);
    for (size_t i = 0; i < rules->class_count; i++) {
        lua_createtable(lua, 0, 4);
        set_text(lua, "name", rules->classes[i].name);
        set_text(lua, "title", rules->classes[i].title);
        set_text(lua, "severity", dvg_severity_name(rules->classes[i].severity));
        set_number(lua, "count", result->class_counts[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

static void push_files(lua_State *lua, const dvg_result *result)
{
    lua_newtable(lua);
    for (size_t i = 0; i < result->file_count; i++) {
        lua_createtable(lua, 0, 4);
        set_text(lua, "name", result->files[i].name);
        set_text(lua, "status", dvg_file_status_name(result->files[i].status));
        set_number(lua, "count", dvg_result_count_in(result, i));
        push_counts(lua, result->rules, result->files[i].counts);
        lua_setfield(lua, -2, "counts");
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
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
        set_flag(lua, "ok", gate->ok);
        set_flag(lua, "stop", gate->stop);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

/* Push `run`; its lists stand on the stack at `files`, `files` + 1 and `files` + 2. */
static void push_run(lua_State *lua, const dvg_result *result, int files)
{
    static const char *const lists[] = {"files", "gates", "classes"};
    lua_createtable(lua, 0, 20);
    for (int i = 0; i < 3; i++) {
        lua_pushvalue(lua, files + i);
        lua_setfield(lua, -2, lists[i]);
    }
    push_counts(lua, result->rules, result->class_counts);
    lua_setfield(lua, -2, "counts");
    dvg_outlook_push_ledger(lua, &result->ledger);
    lua_setfield(lua, -2, "ledger");
    set_flag(lua, "stop", result->stop);
    set_text(lua, "title", result->rules->title);
    set_text(lua, "profile", result->rules->name);
    dvg_rulings_push(lua, result);
    lua_setfield(lua, -2, "rules");
    dvg_inferred_push(lua, result);
    lua_setfield(lua, -2, "inferred");
    set_number(lua, "count", result->record_count);
    set_number(lua, "suppressed", result->suppressed_count);
    dvg_outlook_add(lua, result);
}

/* Give everything that stays on the stack during the report, in the order of the slots. */
static int set_up(lua_State *lua)
{
    dvg_reporting *report = lua_touserdata(lua, 1);
    dvg_state *state = report->state;
    luaL_checkstack(lua, 32, NULL);
    push_files(lua, report->result); /* 2, 3, 4 */
    push_gates(lua, report->result);
    push_classes(lua, report->result);
    dvg_sink_push(lua, report->sink, report->payload);
    dvg_divergence_push(lua);
    state->divergence->classified = true;
    push_run(lua, report->result, 2);
    for (int i = 2; i <= 4; i++)
        lua_pushvalue(lua, i);
    dvg_state_push_script(state);
    int script = lua_gettop(lua);
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        lua_pushstring(lua, members[i]);
        lua_rawget(lua, script);
    }
    lua_remove(lua, script);
    lua_newtable(lua);
    return DVG_SLOT_END - DVG_SLOT_OUT;
}

/* ---------------------------------------------------------------- calling */

/* Call with the value in another slot. */
static dvg_status call_with(const dvg_reporting *report, dvg_slot slot, dvg_slot argument)
{
    if (!dvg_reporting_start(report, slot))
        return DVG_OK;
    lua_pushvalue(report->state->lua, argument);
    return dvg_reporting_finish(report, 1);
}

/* Call once for every element of a list. */
static dvg_status call_each(const dvg_reporting *report, dvg_slot slot, dvg_slot list, size_t count)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < count && status == DVG_OK; i++) {
        if (!dvg_reporting_start(report, slot))
            return DVG_OK;
        lua_rawgeti(report->state->lua, list, (lua_Integer)i + 1);
        status = dvg_reporting_finish(report, 1);
    }
    return status;
}

/* Call suppressed(out, d) for every divergence that a script suppressed, if that is asked for. */
static dvg_status run_suppressed(const dvg_reporting *report)
{
    dvg_state *state = report->state;
    dvg_result *result = report->result;
    dvg_status status = DVG_OK;
    if (!result->show_suppressed || lua_isnil(state->lua, DVG_SLOT_SUPPRESSED))
        return DVG_OK;
    for (size_t i = 0; i < result->suppressed_count && status == DVG_OK; i++) {
        (void)dvg_reporting_start(report, DVG_SLOT_SUPPRESSED);
        lua_pushvalue(state->lua, DVG_SLOT_DIVERGENCE);
        state->divergence->record = &result->suppressed[i].record;
        state->divergence->by = result->suppressed[i].by;
        status = dvg_reporting_finish(report, 1);
        state->divergence->record = NULL;
        state->divergence->by = NULL;
    }
    result->suppressed_shown = status == DVG_OK;
    return status;
}

static int flush(lua_State *lua)
{
    dvg_sink_flush(lua);
    return 0;
}

/* An empty file beside divergences would read as if there were none. */
static dvg_status check_written(const dvg_reporting *report)
{
    lua_State *lua = report->state->lua;
    lua_Debug about = {0};
    int slot = DVG_SLOT_BEGIN;
    if (dvg_sink_written(report->state) > 0 || report->result->record_count == 0)
        return DVG_OK;
    while (slot < DVG_SLOT_FINISH && !lua_isfunction(lua, slot))
        slot++;
    lua_pushvalue(lua, slot);
    lua_getinfo(lua, ">S", &about);
    return dvg_fail_at(report->error, DVG_E_SCRIPT, report->state->source.shown,
                       about.linedefined < 1 ? 0 : (uint64_t)about.linedefined, 0, 0,
                       "the report wrote nothing, and there %s",
                       report->result->record_count == 1 ? "is a divergence" : "are divergences");
}

/* Note what the script has for single divergences. */
static void prepare(dvg_reporting *report)
{
    lua_State *lua = report->state->lua;
    dvg_prepared *prepared = &report->prepared;
    prepared->rows = lua_isnil(lua, DVG_SLOT_ROWS) ? 0 : DVG_SLOT_ROWS;
    prepared->function = lua_isnil(lua, DVG_SLOT_ONE) ? 0 : DVG_SLOT_ONE;
    prepared->found = DVG_SLOT_FOUND;
    if (!lua_isnil(lua, DVG_SLOT_BETWEEN))
        prepared->between.data = lua_tolstring(lua, DVG_SLOT_BETWEEN, &prepared->between.size);
}

static dvg_status run_all(dvg_reporting *report)
{
    lua_State *lua = report->state->lua;
    if (!lua_checkstack(lua, DVG_SLOT_END + 16))
        return dvg_fail_memory(report->error);
    lua_pushcfunction(lua, set_up);
    lua_pushlightuserdata(lua, report);
    dvg_status status =
        dvg_state_call(report->state, 1, DVG_SLOT_END - DVG_SLOT_OUT, report->error);
    if (status == DVG_OK)
        prepare(report);
    if (status == DVG_OK)
        status = call_with(report, DVG_SLOT_BEGIN, DVG_SLOT_RUN);
    if (status == DVG_OK)
        status = call_each(report, DVG_SLOT_GATE, DVG_SLOT_GATES, report->result->gate_count);
    if (status == DVG_OK)
        status = call_each(report, DVG_SLOT_FILE, DVG_SLOT_FILES, report->result->file_count);
    if (status == DVG_OK)
        status = dvg_sections_run(report);
    if (status == DVG_OK)
        status = run_suppressed(report);
    if (status == DVG_OK)
        status = call_with(report, DVG_SLOT_FINISH, DVG_SLOT_RUN);
    if (status == DVG_OK)
        status = dvg_state_run(report->state, flush, NULL, report->error);
    return status == DVG_OK ? check_written(report) : status;
}

/* ---------------------------------------------------------------- states */

/* Room for a state beside each of the profile's reports. */
static bool make_room(dvg_profile *profile)
{
    if (profile->report_states != NULL || profile->report_count == 0)
        return true;
    profile->report_states =
        dvg_allocate_zero(&profile->allocator, profile->report_count * sizeof(dvg_state *));
    if (profile->report_states == NULL)
        return false;
    profile->report_state_count = profile->report_count;
    return true;
}

/* The state that was loaded for the extension of report `name`, taken away; NULL: none. */
static dvg_state *take_state(dvg_profile *profile, const char *name)
{
    for (size_t i = 0; i < profile->report_state_count; i++) {
        dvg_state *state = profile->report_states[i];
        if (state == NULL || strcmp(profile->reports[i], name) != 0)
            continue;
        profile->report_states[i] = NULL;
        return state;
    }
    return NULL;
}

dvg_status dvg_profile_report_extension(dvg_profile *profile, size_t index, const char **extension,
                                        dvg_error *error)
{
    dvg_report_settings settings;
    const char *text = "txt";
    if (index >= profile->report_count)
        return dvg_fail(error, DVG_E_ARGUMENT, "the profile has no report %zu", index);
    if (!make_room(profile))
        return dvg_fail_memory(error);
    dvg_state *state = profile->report_states[index];
    dvg_status status =
        state != NULL
            ? dvg_state_run(state, dvg_report_read, &settings, error)
            : dvg_profile_open_script(&profile->report_states[index], profile, "report",
                                      profile->reports[index], dvg_report_read, &settings, error);
    if (status != DVG_OK)
        return status;
    if (settings.extension != NULL)
        text = settings.extension;
    *extension = dvg_rules_text(&profile->rules, text, strlen(text));
    return *extension == NULL ? dvg_fail_memory(error) : DVG_OK;
}

/* The limit that the host gave instead of the report's own. */
static dvg_status set_limit(dvg_reporting *report, const char *name)
{
    dvg_report_settings *settings = &report->settings;
    if (!report->result->limited)
        return DVG_OK;
    if (!settings->limited)
        return dvg_fail(report->error, DVG_E_ARGUMENT,
                        "the report %.200s has no limit, so that none can be given: it tells of "
                        "every divergence",
                        name);
    settings->limit = report->result->limit;
    return DVG_OK;
}

dvg_status dvg_report_run(dvg_profile *profile, dvg_result *result, const char *name,
                          dvg_sink_fn sink, void *payload, dvg_error *error)
{
    dvg_reporting report = {take_state(profile, name),
                            result,
                            NULL,
                            {NULL, DVG_ORDER_CLASS, false, 0},
                            {0},
                            sink,
                            payload,
                            error,
                            NULL};
    dvg_status status = report.state != NULL
                            ? dvg_state_run(report.state, dvg_report_read, &report.settings, error)
                            : dvg_profile_open_script(&report.state, profile, "report", name,
                                                      dvg_report_read, &report.settings, error);
    if (status == DVG_OK)
        status = set_limit(&report, name);
    if (status == DVG_OK) {
        report.state->result = result;
        status = run_all(&report);
        report.state->result = NULL;
    }
    if (report.state != NULL)
        dvg_sink_close(report.state);
    dvg_state_free(report.state);
    dvg_shapes_free(report.shapes);
    return status;
}
