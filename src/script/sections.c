/*
 * sections: see sections.h. What is beyond the limit is told by its number, and what a shape counts
 * is told by the shape, so that all that is told sums to all that was found.
 */
#include "script/sections.h"

#include "script/divergence.h"

/* Does the script have the callback in `slot`? If so push it and `out`. */
bool dvg_reporting_start(const dvg_reporting *report, dvg_slot slot)
{
    lua_State *lua = report->state->lua;
    if (lua_isnil(lua, slot))
        return false;
    lua_pushvalue(lua, slot);
    lua_pushvalue(lua, DVG_SLOT_OUT);
    return true;
}

/* Finish a call whose further arguments were pushed. */
dvg_status dvg_reporting_finish(const dvg_reporting *report, int arguments)
{
    return dvg_state_call(report->state, 1 + arguments, 0, report->error);
}

static dvg_status call_divergence(dvg_reporting *report, const dvg_record *record)
{
    dvg_state *state = report->state;
    dvg_prepared_lead(&report->prepared, state);
    if (!dvg_reporting_start(report, DVG_SLOT_ONE))
        return DVG_OK;
    lua_pushvalue(state->lua, DVG_SLOT_DIVERGENCE);
    state->divergence->record = record;
    dvg_status status = dvg_reporting_finish(report, 1);
    state->divergence->record = NULL;
    return status;
}

/* Write the next divergence of several, or more of them where rows do it. */
static dvg_status write_next(dvg_reporting *report, const dvg_record *records, size_t count,
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
static dvg_status call_group(const dvg_reporting *report, size_t class_number, uint32_t file)
{
    const dvg_result *result = report->result;
    lua_State *lua = report->state->lua;
    if (!dvg_reporting_start(report, DVG_SLOT_GROUP))
        return DVG_OK;
    lua_rawgeti(lua, DVG_SLOT_CLASSES, (lua_Integer)class_number + 1);
    lua_rawgeti(lua, DVG_SLOT_FILES, (lua_Integer)file + 1);
    lua_pushinteger(lua, (lua_Integer)result->files[file].counts[class_number]);
    return dvg_reporting_finish(report, 3);
}

/* Call omitted(out, class, n), the class from the list of classes, or nil. */
static dvg_status call_omitted(const dvg_reporting *report, size_t class_number, size_t count)
{
    if (!dvg_reporting_start(report, DVG_SLOT_OMITTED))
        return DVG_OK;
    if (class_number == SIZE_MAX)
        lua_pushnil(report->state->lua);
    else
        lua_rawgeti(report->state->lua, DVG_SLOT_CLASSES, (lua_Integer)class_number + 1);
    lua_pushinteger(report->state->lua, (lua_Integer)count);
    return dvg_reporting_finish(report, 2);
}

/* How many of `count` divergences are shown. */
static size_t shown(const dvg_reporting *report, size_t count)
{
    const dvg_report_settings *settings = &report->settings;
    return settings->limited && settings->limit < count ? (size_t)settings->limit : count;
}

/* ---------------------------------------------------------------- shapes */

static void set_text(lua_State *lua, const char *name, const char *text)
{
    lua_pushstring(lua, text);
    lua_setfield(lua, -2, name);
}

/* A shape that comes up, and what the report answered. */
struct question {
    const dvg_reporting *report;
    const dvg_shape *shape;
    lua_Integer listed;
};

/* Push `s`, all that is said of a shape; the lists of files and classes stand at `lists`. */
static void push_shape(lua_State *lua, const struct question *question, int lists)
{
    const dvg_result *result = question->report->result;
    const dvg_shape *shape = question->shape;
    const dvg_record *record = &result->records[shape->first];
    const dvg_buffer *patterns = &question->report->shapes->patterns;
    lua_createtable(lua, 0, 8);
    lua_rawgeti(lua, lists, (lua_Integer)record->file + 1);
    lua_setfield(lua, -2, "file");
    lua_rawgeti(lua, lists + 1, (lua_Integer)record->class_index + 1);
    lua_setfield(lua, -2, "class");
    set_text(lua, "kind", dvg_rules_kind_name(result->rules, (dvg_kind)record->kind));
    set_text(lua, "plain_kind", dvg_kind_name((dvg_kind)record->kind));
    set_text(lua, "severity", dvg_severity_name(record->severity));
    lua_pushlstring(lua, shape->size > 0 ? patterns->data + shape->at : "", shape->size);
    lua_setfield(lua, -2, "pattern");
    lua_pushinteger(lua, (lua_Integer)shape->count);
    lua_setfield(lua, -2, "count");
}

/* With the question, the lists, the function and `out` on the stack: call shape(out, s). */
static int ask_shape(lua_State *lua)
{
    struct question *question = lua_touserdata(lua, 1);
    push_shape(lua, question, 2);
    lua_call(lua, 2, 1);
    if (lua_isnil(lua, -1))
        question->listed = -1;
    else if (!lua_isinteger(lua, -1) || lua_tointeger(lua, -1) < 0)
        luaL_error(lua, "`shape` returns how many divergences to list, a whole number, or nil for "
                        "all of them");
    else
        question->listed = lua_tointeger(lua, -1);
    return 0;
}

/* `*listed` is how many divergences of the shape follow; -1: all, in their places. */
static dvg_status call_shape(const dvg_reporting *report, const dvg_shape *shape,
                             lua_Integer *listed)
{
    lua_State *lua = report->state->lua;
    struct question question = {report, shape, -1};
    lua_pushcfunction(lua, ask_shape);
    lua_pushlightuserdata(lua, &question);
    lua_pushvalue(lua, DVG_SLOT_FILES);
    lua_pushvalue(lua, DVG_SLOT_CLASSES);
    (void)dvg_reporting_start(report, DVG_SLOT_SHAPE);
    dvg_status status = dvg_state_call(report->state, 5, 0, report->error);
    *listed = question.listed;
    return status;
}

/* List the first divergences of a shape, at most `most`, and count them. */
static dvg_status list_shape(dvg_reporting *report, const dvg_shape *shape, uint64_t most,
                             uint64_t *listed)
{
    dvg_status status = DVG_OK;
    size_t index = shape->first;
    for (uint64_t i = 0; i < most && index != SIZE_MAX && status == DVG_OK; i++) {
        size_t written = 0;
        status = write_next(report, &report->result->records[index], 1, &written);
        index = report->shapes->next[index];
        (*listed)++;
    }
    return status;
}

/* Tell of a shape that comes up, and list its first divergences if the report counts the rest. */
static dvg_status tell_shape(dvg_reporting *report, dvg_shape *shape, uint64_t room,
                             uint64_t *listed)
{
    lua_Integer answer = -1;
    dvg_status status = call_shape(report, shape, &answer);
    shape->told = true;
    shape->counted = answer >= 0;
    if (status != DVG_OK || answer < 0)
        return status;
    return list_shape(report, shape, (uint64_t)answer < room ? (uint64_t)answer : room, listed);
}

/* All shapes, the most frequent first. */
static dvg_status run_shapes(dvg_reporting *report)
{
    dvg_status status = dvg_shapes_new(&report->shapes, report->result, report->error);
    if (status == DVG_OK)
        status = dvg_shapes_sort(report->shapes, report->error);
    uint64_t listed = 0;
    for (size_t i = 0; status == DVG_OK && i < report->shapes->count; i++) {
        dvg_shape *shape = &report->shapes->items[i];
        uint64_t room = shown(report, SIZE_MAX) - listed;
        status = tell_shape(report, shape, room, &listed);
        room = shown(report, SIZE_MAX) - listed;
        if (status == DVG_OK && !shape->counted)
            status = list_shape(report, shape, room, &listed);
    }
    return status;
}

/* ---------------------------------------------------------------- by class */

/* Where the listing of one class stands. */
struct progress {
    size_t class_number;
    uint64_t most;   /* divergences that may be listed */
    uint64_t listed; /* that were */
    uint64_t told;   /* that were listed, or are in a shape that counted them */
    uint32_t file;
};

/* Tell of the record's shape if it comes up here. */
static dvg_status meet_shape(dvg_reporting *report, struct progress *progress, size_t index,
                             bool *counted)
{
    if (report->shapes == NULL)
        return DVG_OK;
    dvg_shape *shape = &report->shapes->items[report->shapes->of[index]];
    *counted = shape->told && shape->counted;
    if (shape->told)
        return DVG_OK;
    dvg_status status =
        tell_shape(report, shape, progress->most - progress->listed, &progress->listed);
    *counted = shape->counted;
    if (shape->counted)
        progress->told += shape->count;
    return status;
}

static dvg_status run_record(dvg_reporting *report, struct progress *progress, size_t index)
{
    const dvg_record *record = &report->result->records[index];
    dvg_status status = DVG_OK;
    bool counted = false;
    /* The walk goes from file to file, so within a class they come in groups already. */
    if (record->file != progress->file) {
        progress->file = record->file;
        status = call_group(report, progress->class_number, record->file);
    }
    if (status == DVG_OK)
        status = meet_shape(report, progress, index, &counted);
    if (status != DVG_OK || counted)
        return status;
    size_t written = 0;
    progress->listed++;
    progress->told++;
    return write_next(report, record, 1, &written);
}

static dvg_status run_section(dvg_reporting *report, size_t class_number)
{
    const size_t *starts = report->attachment->starts;
    size_t first = starts[class_number];
    size_t count = starts[class_number + 1] - first;
    struct progress progress = {class_number, shown(report, count), 0, 0, UINT32_MAX};
    dvg_status status = DVG_OK;
    if (count == 0)
        return DVG_OK;
    if (dvg_reporting_start(report, DVG_SLOT_SECTION)) {
        lua_rawgeti(report->state->lua, DVG_SLOT_CLASSES, (lua_Integer)class_number + 1);
        status = dvg_reporting_finish(report, 1);
    }
    for (size_t i = 0; i < count && progress.listed < progress.most && status == DVG_OK; i++)
        status = run_record(report, &progress, report->attachment->order[first + i]);
    if (status == DVG_OK && progress.told < count)
        status = call_omitted(report, class_number, count - (size_t)progress.told);
    return status;
}

static dvg_status run_sections(dvg_reporting *report)
{
    dvg_status status = dvg_attachment_sort(report->result, &report->attachment, report->error);
    if (status == DVG_OK && !lua_isnil(report->state->lua, DVG_SLOT_SHAPE))
        status = dvg_shapes_new(&report->shapes, report->result, report->error);
    for (size_t i = 0; i < report->result->rules->class_count && status == DVG_OK; i++)
        status = run_section(report, i);
    return status;
}

static dvg_status run_walk(dvg_reporting *report)
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

dvg_status dvg_sections_run(dvg_reporting *report)
{
    switch (report->settings.order) {
    case DVG_ORDER_CLASS:
        return run_sections(report);
    case DVG_ORDER_SHAPE:
        return run_shapes(report);
    case DVG_ORDER_WALK:
        break;
    }
    return run_walk(report);
}
