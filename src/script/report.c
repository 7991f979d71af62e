/*
 * report: running a report script over a result. The core groups, orders and caps, so that a
 * script keeps no state; every call is an entry of its own with its own time.
 */
#include "script/attachment.h"
#include "script/divergence.h"
#include "script/outlook.h"
#include "script/prepared.h"
#include "script/profile.h"
#include "script/rulings.h"
#include "script/sink.h"
#include "script/view.h"

#include <string.h>

/* What stands on the stack of a state that reports, above the message handler. */
enum slot {
    SLOT_OUT = 2,
    SLOT_DIVERGENCE,
    SLOT_RUN,
    SLOT_FILES,
    SLOT_GATES,
    SLOT_CLASSES,
    SLOT_BEGIN,
    SLOT_GATE,
    SLOT_FILE,
    SLOT_SECTION,
    SLOT_GROUP,
    SLOT_ONE,
    SLOT_OMITTED,
    SLOT_SUPPRESSED,
    SLOT_FINISH,
    SLOT_ROWS,
    SLOT_BETWEEN,
    SLOT_FOUND,
    SLOT_END
};

static const char *const members[] = {"begin",  "gate",       "file",    "section",
                                      "group",  "divergence", "omitted", "suppressed",
                                      "finish", "rows",       "between"};

/* One report in progress. */
struct report {
    dvg_state *state;
    dvg_result *result;
    dvg_attachment *attachment;
    dvg_report_settings settings;
    dvg_prepared prepared;
    dvg_sink_fn sink;
    void *payload;
    dvg_error *error;
};

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
    struct report *report = lua_touserdata(lua, 1);
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
    return SLOT_END - SLOT_OUT;
}

/* ---------------------------------------------------------------- calling */

/* Does the script have the callback in `slot`? If so push it and `out`. */
static bool start_call(const struct report *report, enum slot slot)
{
    lua_State *lua = report->state->lua;
    if (lua_isnil(lua, slot))
        return false;
    lua_pushvalue(lua, slot);
    lua_pushvalue(lua, SLOT_OUT);
    return true;
}

/* Finish a call whose further arguments were pushed. */
static dvg_status finish_call(const struct report *report, int arguments)
{
    return dvg_state_call(report->state, 1 + arguments, 0, report->error);
}

/* Call with the value in another slot. */
static dvg_status call_with(const struct report *report, enum slot slot, enum slot argument)
{
    if (!start_call(report, slot))
        return DVG_OK;
    lua_pushvalue(report->state->lua, argument);
    return finish_call(report, 1);
}

/* Call once for every element of a list. */
static dvg_status call_each(const struct report *report, enum slot slot, enum slot list,
                            size_t count)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < count && status == DVG_OK; i++) {
        if (!start_call(report, slot))
            return DVG_OK;
        lua_rawgeti(report->state->lua, list, (lua_Integer)i + 1);
        status = finish_call(report, 1);
    }
    return status;
}

static dvg_status call_divergence(struct report *report, const dvg_record *record)
{
    dvg_state *state = report->state;
    dvg_prepared_lead(&report->prepared, state);
    if (!start_call(report, SLOT_ONE))
        return DVG_OK;
    lua_pushvalue(state->lua, SLOT_DIVERGENCE);
    state->divergence->record = record;
    dvg_status status = finish_call(report, 1);
    state->divergence->record = NULL;
    return status;
}

/* Write the next divergence of several, or more of them where rows do it. */
static dvg_status write_next(struct report *report, const dvg_record *records, size_t count,
                             size_t *written)
{
    dvg_status status = dvg_prepared_write(&report->prepared, report->state, records, count,
                                           written, report->error);
    if (status != DVG_OK || *written > 0)
        return status;
    *written = 1;
    return call_divergence(report, records);
}

/* Call group(out, class, f, n): the next n divergences of the class are in file f. */
static dvg_status call_group(const struct report *report, size_t class_number, uint32_t file)
{
    const dvg_result *result = report->result;
    lua_State *lua = report->state->lua;
    if (!start_call(report, SLOT_GROUP))
        return DVG_OK;
    lua_rawgeti(lua, SLOT_CLASSES, (lua_Integer)class_number + 1);
    lua_rawgeti(lua, SLOT_FILES, (lua_Integer)file + 1);
    lua_pushinteger(lua, (lua_Integer)result->files[file].counts[class_number]);
    return finish_call(report, 3);
}

/* Call omitted(out, class, n), the class from the list of classes, or nil. */
static dvg_status call_omitted(const struct report *report, size_t class_number, size_t count)
{
    if (!start_call(report, SLOT_OMITTED))
        return DVG_OK;
    if (class_number == SIZE_MAX)
        lua_pushnil(report->state->lua);
    else
        lua_rawgeti(report->state->lua, SLOT_CLASSES, (lua_Integer)class_number + 1);
    lua_pushinteger(report->state->lua, (lua_Integer)count);
    return finish_call(report, 2);
}

/* How many of `count` divergences are shown. */
static size_t shown(const struct report *report, size_t count)
{
    const dvg_report_settings *settings = &report->settings;
    return settings->limited && settings->limit < count ? (size_t)settings->limit : count;
}

static dvg_status run_section(struct report *report, size_t class_number)
{
    const size_t *starts = report->attachment->starts;
    size_t first = starts[class_number];
    size_t count = starts[class_number + 1] - first;
    dvg_status status = DVG_OK;
    if (count == 0)
        return DVG_OK;
    if (start_call(report, SLOT_SECTION)) {
        lua_rawgeti(report->state->lua, SLOT_CLASSES, (lua_Integer)class_number + 1);
        status = finish_call(report, 1);
    }
    size_t most = shown(report, count);
    uint32_t file = UINT32_MAX;
    for (size_t i = 0; i < most && status == DVG_OK; i++) {
        size_t index = report->attachment->order[first + i];
        /* The walk goes from file to file, so within a class they come in groups already. */
        if (report->result->records[index].file != file) {
            file = report->result->records[index].file;
            status = call_group(report, class_number, file);
        }
        size_t written = 0;
        if (status == DVG_OK)
            status = write_next(report, &report->result->records[index], 1, &written);
    }
    if (status == DVG_OK && most < count)
        status = call_omitted(report, class_number, count - most);
    return status;
}

static dvg_status run_sections(struct report *report)
{
    dvg_status status = dvg_attachment_sort(report->result, &report->attachment, report->error);
    for (size_t i = 0; i < report->result->rules->class_count && status == DVG_OK; i++)
        status = run_section(report, i);
    return status;
}

static dvg_status run_walk(struct report *report)
{
    size_t count = report->result->record_count;
    size_t most = shown(report, count);
    dvg_status status = DVG_OK;
    size_t written = 0;
    for (size_t i = 0; i < most && status == DVG_OK; i += written)
        status = write_next(report, &report->result->records[i], most - i, &written);
    if (status == DVG_OK && most < count)
        status = call_omitted(report, SIZE_MAX, count - most);
    return status;
}

/* Call suppressed(out, d) for every divergence that a script suppressed, if that is asked for. */
static dvg_status run_suppressed(const struct report *report)
{
    dvg_state *state = report->state;
    dvg_result *result = report->result;
    dvg_status status = DVG_OK;
    if (!result->show_suppressed || lua_isnil(state->lua, SLOT_SUPPRESSED))
        return DVG_OK;
    for (size_t i = 0; i < result->suppressed_count && status == DVG_OK; i++) {
        (void)start_call(report, SLOT_SUPPRESSED);
        lua_pushvalue(state->lua, SLOT_DIVERGENCE);
        state->divergence->record = &result->suppressed[i].record;
        state->divergence->by = result->suppressed[i].by;
        status = finish_call(report, 1);
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
static dvg_status check_written(const struct report *report)
{
    lua_State *lua = report->state->lua;
    lua_Debug about = {0};
    int slot = SLOT_BEGIN;
    if (dvg_sink_written(report->state) > 0 || report->result->record_count == 0)
        return DVG_OK;
    while (slot < SLOT_FINISH && !lua_isfunction(lua, slot))
        slot++;
    lua_pushvalue(lua, slot);
    lua_getinfo(lua, ">S", &about);
    return dvg_fail_at(report->error, DVG_E_SCRIPT, report->state->source.shown,
                       about.linedefined < 1 ? 0 : (uint64_t)about.linedefined, 0, 0,
                       "the report wrote nothing, and there %s",
                       report->result->record_count == 1 ? "is a divergence" : "are divergences");
}

/* Note what the script has for single divergences. */
static void prepare(struct report *report)
{
    lua_State *lua = report->state->lua;
    dvg_prepared *prepared = &report->prepared;
    prepared->rows = lua_isnil(lua, SLOT_ROWS) ? 0 : SLOT_ROWS;
    prepared->function = lua_isnil(lua, SLOT_ONE) ? 0 : SLOT_ONE;
    prepared->found = SLOT_FOUND;
    if (!lua_isnil(lua, SLOT_BETWEEN))
        prepared->between.data = lua_tolstring(lua, SLOT_BETWEEN, &prepared->between.size);
}

static dvg_status run_all(struct report *report)
{
    lua_State *lua = report->state->lua;
    if (!lua_checkstack(lua, SLOT_END + 16))
        return dvg_fail_memory(report->error);
    lua_pushcfunction(lua, set_up);
    lua_pushlightuserdata(lua, report);
    dvg_status status = dvg_state_call(report->state, 1, SLOT_END - SLOT_OUT, report->error);
    if (status == DVG_OK)
        prepare(report);
    if (status == DVG_OK)
        status = call_with(report, SLOT_BEGIN, SLOT_RUN);
    if (status == DVG_OK)
        status = call_each(report, SLOT_GATE, SLOT_GATES, report->result->gate_count);
    if (status == DVG_OK)
        status = call_each(report, SLOT_FILE, SLOT_FILES, report->result->file_count);
    if (status == DVG_OK)
        status = report->settings.by_class ? run_sections(report) : run_walk(report);
    if (status == DVG_OK)
        status = run_suppressed(report);
    if (status == DVG_OK)
        status = call_with(report, SLOT_FINISH, SLOT_RUN);
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

dvg_status dvg_report_run(dvg_profile *profile, dvg_result *result, const char *name,
                          dvg_sink_fn sink, void *payload, dvg_error *error)
{
    struct report report = {take_state(profile, name),
                            result,
                            NULL,
                            {NULL, false, false, 0},
                            {0},
                            sink,
                            payload,
                            error};
    dvg_status status = report.state != NULL
                            ? dvg_state_run(report.state, dvg_report_read, &report.settings, error)
                            : dvg_profile_open_script(&report.state, profile, "report", name,
                                                      dvg_report_read, &report.settings, error);
    if (status == DVG_OK) {
        report.state->result = result;
        status = run_all(&report);
        report.state->result = NULL;
    }
    if (report.state != NULL)
        dvg_sink_close(report.state);
    dvg_state_free(report.state);
    return status;
}
