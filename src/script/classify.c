/*
 * classify: asking a classifier, once a divergence. The function and its `d` stay on the stack of
 * the state, so that a call is a call and nothing more.
 */
#include "script/divergence.h"
#include "script/nearest.h"
#include "script/profile.h"

#include <string.h>

/* What stands on the stack of a state that classifies, above the message handler. */
enum slot { SLOT_FUNCTION = 2, SLOT_DIVERGENCE = 3 };

/* Give the function and `d`. [-0, +2, e] */
static int prepare(lua_State *lua)
{
    dvg_state_push_script(dvg_state_of(lua));
    lua_getfield(lua, -1, "classify");
    dvg_divergence_push(lua);
    return 2;
}

dvg_status dvg_classify_prepare(dvg_profile *profile, dvg_error *error)
{
    if (profile->classifier != NULL)
        return DVG_OK;
    if (profile->classify_name != NULL) {
        dvg_status status =
            dvg_profile_open_script(&profile->classifier, profile, "classify",
                                    profile->classify_name, dvg_classifier_read, NULL, error);
        if (status != DVG_OK)
            return status;
    } else if (profile->has_classify) {
        profile->classifier = profile->state;
    } else {
        return DVG_OK;
    }
    lua_pushcfunction(profile->classifier->lua, prepare);
    return dvg_state_call(profile->classifier, 0, 2, error);
}

/* Say at which divergence the error happened. */
static void name_divergence(dvg_error *error, const dvg_result *result, const dvg_record *record)
{
    char at[400];
    dvg_buffer path;
    if (error == NULL || error->status != DVG_E_SCRIPT)
        return;
    dvg_buffer_init(&path, &result->allocator);
    dvg_path_render(&path, record->path, &result->allocator);
    dvg_line_escape(at, sizeof at, path.size == 0 ? "" : path.data, path.size);
    dvg_buffer_clear(&path);
    dvg_error before = *error;
    dvg_error_clear(error);
    dvg_fail_at(error, DVG_E_SCRIPT, before.file, before.line, 0, 0, "%.480s (at \"%s\" in %s)",
                before.message, at, result->files[record->file].name);
    memcpy(error->detail, before.detail, sizeof error->detail);
}

static dvg_status fail_answer(const dvg_state *state, dvg_error *error, const char *what,
                              const char *got)
{
    return dvg_fail_at(error, DVG_E_SCRIPT, state->source.shown, 0, 0, 0,
                       "classify returned %s as %s", got, what);
}

static dvg_status read_class(dvg_state *state, const dvg_rules *rules, dvg_decision *decision,
                             dvg_error *error)
{
    size_t size = 0;
    const char *name = lua_tolstring(state->lua, SLOT_DIVERGENCE + 1, &size);
    ptrdiff_t index = dvg_rules_class(rules, name, size);
    if (index >= 0) {
        decision->class_index = (uint32_t)index;
        decision->severity = rules->classes[index].severity;
        return DVG_OK;
    }
    dvg_nearest nearest;
    dvg_nearest_init(&nearest, name, size);
    for (size_t i = 0; i < rules->class_count; i++)
        dvg_nearest_offer(&nearest, rules->classes[i].name);
    return dvg_fail_at(error, DVG_E_SCRIPT, state->source.shown, 0, 0, 0,
                       "classify returned \"%s\", and there is no such class; the nearest is "
                       "\"%s\"",
                       name, nearest.best);
}

static dvg_status read_severity(dvg_state *state, dvg_decision *decision, dvg_error *error)
{
    static const char *const names[] = {"info", "warning", "error"};
    int slot = SLOT_DIVERGENCE + 2;
    if (lua_type(state->lua, slot) != LUA_TSTRING)
        return fail_answer(state, error, "severity", luaL_typename(state->lua, slot));
    for (int i = 0; i < 3; i++) {
        if (strcmp(names[i], lua_tostring(state->lua, slot)) == 0) {
            decision->severity = (dvg_severity)i;
            return DVG_OK;
        }
    }
    return fail_answer(state, error, "severity", lua_tostring(state->lua, slot));
}

/* Read the three results; they stay on the stack, and with them the text of the note. */
static dvg_status read_answer(dvg_state *state, const dvg_rules *rules, dvg_decision *decision,
                              dvg_error *error)
{
    lua_State *lua = state->lua;
    dvg_status status = DVG_OK;
    int type = lua_type(lua, SLOT_DIVERGENCE + 1);
    if (type == LUA_TBOOLEAN && !lua_toboolean(lua, SLOT_DIVERGENCE + 1)) {
        decision->suppressed = true;
        return DVG_OK;
    }
    if (type == LUA_TSTRING)
        status = read_class(state, rules, decision, error);
    else if (type != LUA_TNIL)
        status = fail_answer(state, error, "class", lua_typename(lua, type));
    if (status == DVG_OK && !lua_isnil(lua, SLOT_DIVERGENCE + 2))
        status = read_severity(state, decision, error);
    if (status != DVG_OK || lua_isnil(lua, SLOT_DIVERGENCE + 3))
        return status;
    if (lua_type(lua, SLOT_DIVERGENCE + 3) != LUA_TSTRING)
        return fail_answer(state, error, "note", luaL_typename(lua, SLOT_DIVERGENCE + 3));
    decision->note = lua_tolstring(lua, SLOT_DIVERGENCE + 3, &decision->note_size);
    return DVG_OK;
}

dvg_status dvg_classify(void *payload, dvg_result *result, const dvg_record *record,
                        dvg_decision *decision, dvg_error *error)
{
    dvg_profile *profile = payload;
    dvg_state *state = profile->classifier;
    memset(decision, 0, sizeof *decision);
    decision->class_index = profile->default_index;
    decision->severity = result->rules->classes[profile->default_index].severity;
    if (state == NULL)
        return DVG_OK;
    lua_settop(state->lua, SLOT_DIVERGENCE);
    dvg_status status = dvg_profile_begin(profile, result, error);
    if (status != DVG_OK)
        return status;
    lua_pushvalue(state->lua, SLOT_FUNCTION);
    lua_pushvalue(state->lua, SLOT_DIVERGENCE);
    state->divergence->record = record;
    state->result = result;
    status = dvg_state_call(state, 1, 3, error);
    state->divergence->record = NULL;
    state->result = NULL;
    if (status == DVG_OK)
        status = read_answer(state, result->rules, decision, error);
    if (status != DVG_OK)
        name_divergence(error, result, record);
    return status;
}
