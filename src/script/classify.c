/*
 * classify: asking the chain for the class of a divergence. A link is asked only until somebody
 * has named a class; severity and note are those of the first that names them.
 * The function and its `d` stay on the stack of the state, so that a call is a call and no more.
 */
#include "engine/decide.h"
#include "script/divergence.h"
#include "script/failure.h"
#include "script/nearest.h"
#include "script/profile.h"
#include "script/shortcut.h"

#include <string.h>

/* Where the three results of a call stand. */
enum slot { SLOT_CLASS = DVG_LINK_LAST + 1, SLOT_SEVERITY, SLOT_NOTE };

/* Bytes that a note may have, and that every note may have whatever the others have. */
enum { NOTE_MOST = DVG_NOTE_MOST, NOTE_FREE = 256 };

/* A divergence under way along the chain. */
struct asking {
    dvg_result *result;
    const dvg_record *record;
    dvg_decision *decision;
    dvg_error *error;
    dvg_settled settled;
};

/* ---------------------------------------------------------------- errors */

static const char *escaped(char *text, size_t room, const char *data, size_t size)
{
    dvg_line_escape(text, room, data, size);
    return text;
}

/* What came in a slot, in words: a text itself, the type of anything else. */
static const char *describe(char *text, size_t room, lua_State *lua, int slot)
{
    size_t size = 0;
    if (lua_type(lua, slot) == LUA_TSTRING) {
        const char *data = lua_tolstring(lua, slot, &size);
        text[0] = '"';
        dvg_line_escape(text + 1, room - 2, data, size);
        memcpy(text + strlen(text), "\"", 2);
        return text;
    }
    if (lua_type(lua, slot) == LUA_TBOOLEAN)
        return lua_toboolean(lua, slot) ? "true" : "false";
    static const char *const words[] = {"nil",        "a boolean",  "a light userdata",
                                        "a number",   "a string",   "a table",
                                        "a function", "a userdata", "a coroutine"};
    return words[lua_type(lua, slot)];
}

/* classify returned something wrong in `slot`. */
static dvg_status fail_answer(const struct asking *asking, const dvg_link *link, int slot,
                              const char *what, const char *expected)
{
    char got[120];
    return dvg_fail_at(asking->error, DVG_E_SCRIPT, link->file, link->line, 0, 0,
                       "classify returned %s as %s; expected %s",
                       describe(got, sizeof got, link->state->lua, slot), what, expected);
}

static dvg_status fail_class(const struct asking *asking, const dvg_link *link, const char *name,
                             size_t size)
{
    const dvg_rules *rules = asking->result->rules;
    dvg_nearest nearest;
    char shown[120];
    dvg_nearest_init(&nearest, name, size);
    for (size_t i = 0; i < rules->class_count; i++)
        dvg_nearest_offer(&nearest, rules->classes[i].name);
    bool near = nearest.best != NULL;
    return dvg_fail_at(asking->error, DVG_E_SCRIPT, link->file, link->line, 0, 0,
                       "classify returned \"%s\", and there is no such class%s%s%s",
                       escaped(shown, sizeof shown, name, size), near ? "; the nearest is \"" : "",
                       near ? nearest.best : "", near ? "\"" : "");
}

/* ---------------------------------------------------------------- one answer */

static void name_class_origin(struct asking *asking, const dvg_link *link)
{
    asking->decision->origin.class_file = link->file;
    asking->decision->origin.class_line = link->line;
}

static dvg_status read_class(struct asking *asking, const dvg_link *link)
{
    const dvg_rules *rules = asking->result->rules;
    lua_State *lua = link->state->lua;
    size_t size = 0;
    int type = lua_type(lua, SLOT_CLASS);
    if (type == LUA_TNIL)
        return DVG_OK;
    if (type == LUA_TBOOLEAN && !lua_toboolean(lua, SLOT_CLASS)) {
        asking->decision->suppressed_by = link->state->source.shown;
        name_class_origin(asking, link);
        return DVG_OK;
    }
    if (type != LUA_TSTRING)
        return fail_answer(asking, link, SLOT_CLASS, "class",
                           "the name of a class, nil to pass on, or false to suppress");
    const char *name = lua_tolstring(lua, SLOT_CLASS, &size);
    ptrdiff_t index = dvg_rules_class(rules, name, size);
    if (index < 0)
        return fail_class(asking, link, name, size);
    asking->decision->class_index = (uint32_t)index;
    asking->settled.has_class = true;
    name_class_origin(asking, link);
    return DVG_OK;
}

static dvg_status read_severity(struct asking *asking, const dvg_link *link)
{
    lua_State *lua = link->state->lua;
    if (lua_isnil(lua, SLOT_SEVERITY))
        return DVG_OK;
    dvg_severity severity;
    if (lua_type(lua, SLOT_SEVERITY) != LUA_TSTRING ||
        !dvg_severity_find(lua_tostring(lua, SLOT_SEVERITY), &severity))
        return fail_answer(asking, link, SLOT_SEVERITY, "severity",
                           "\"info\", \"warning\", \"error\" or nothing");
    if (!asking->settled.has_severity) {
        asking->decision->severity = severity;
        asking->decision->origin.severity_file = link->file;
        asking->decision->origin.severity_line = link->line;
    }
    asking->settled.has_severity = true;
    return DVG_OK;
}

/* Notes are kept outside of the script's memory: long ones may be few, many must be short. */
static dvg_status count_note(const struct asking *asking, const dvg_link *link, size_t size)
{
    dvg_state *state = link->state;
    uint64_t most = state->host->limits.memory;
    state->noted += size > NOTE_FREE ? size - NOTE_FREE : 0;
    if (state->noted <= most)
        return DVG_OK;
    return dvg_fail_at(asking->error, DVG_E_SCRIPT, link->file, link->line, 0, 0,
                       "the notes of classify hold more than %zu bytes beyond %d for each",
                       (size_t)most, (int)NOTE_FREE);
}

/* The text of the note stays on the stack of its state. */
static dvg_status read_note(const struct asking *asking, const dvg_link *link)
{
    dvg_decision *decision = asking->decision;
    lua_State *lua = link->state->lua;
    size_t size = 0;
    if (lua_isnil(lua, SLOT_NOTE))
        return DVG_OK;
    const char *note =
        lua_type(lua, SLOT_NOTE) == LUA_TSTRING ? lua_tolstring(lua, SLOT_NOTE, &size) : NULL;
    if (note == NULL || size > NOTE_MOST || strlen(note) != size)
        return fail_answer(asking, link, SLOT_NOTE, "note",
                           "a string of at most 4096 bytes without NUL, or nothing");
    if (decision->note == NULL) {
        decision->note = note;
        decision->note_size = size;
        return count_note(asking, link, size);
    }
    return DVG_OK;
}

static dvg_status read_answer(struct asking *asking, const dvg_link *link)
{
    dvg_status status = read_class(asking, link);
    if (status == DVG_OK)
        status = read_severity(asking, link);
    return status == DVG_OK ? read_note(asking, link) : status;
}

/* ---------------------------------------------------------------- the chain */

/* Call the function of a link; its three results are left on the stack. */
static dvg_status call(const struct asking *asking, const dvg_link *link)
{
    dvg_state *state = link->state;
    lua_settop(state->lua, DVG_LINK_LAST);
    lua_pushvalue(state->lua, DVG_LINK_FUNCTION);
    lua_pushvalue(state->lua, DVG_LINK_DIVERGENCE);
    dvg_shortcut_show(state->lua, state->divergence, asking->record);
    state->result = asking->result;
    dvg_status status = dvg_state_call(state, 1, 3, asking->error);
    state->divergence->record = NULL;
    state->result = NULL;
    return status;
}

/* Ask one link: what its rules say comes first, then its function. */
static dvg_status ask(struct asking *asking, const dvg_link *link)
{
    if (asking->result->ruling.active_count > 0) {
        dvg_status failed = dvg_decide_by_rules(asking->result, asking->record, link->owner,
                                                asking->decision, &asking->settled, asking->error);
        if (failed != DVG_OK || asking->settled.has_class)
            return failed;
    }
    if (!link->asks)
        return DVG_OK;
    dvg_status status = call(asking, link);
    return status == DVG_OK ? read_answer(asking, link) : status;
}

dvg_status dvg_classify(void *payload, dvg_result *result, const dvg_record *record,
                        dvg_decision *decision, dvg_error *error)
{
    dvg_profile *profile = payload;
    const dvg_chain *chain = &profile->chain;
    struct asking asking = {result, record, decision, error, {false, false}};
    dvg_decision_init(decision, result->rules, profile->default_index);
    dvg_status status = dvg_profile_begin(profile, result, error);
    if (status != DVG_OK)
        return status;
    for (size_t i = 0; i < chain->count && status == DVG_OK; i++) {
        if (asking.settled.has_class || decision->suppressed_by != NULL)
            break;
        status = ask(&asking, &chain->links[i]);
    }
    if (!asking.settled.has_severity)
        decision->severity = result->rules->classes[decision->class_index].severity;
    if (status != DVG_OK)
        dvg_failure_name_place(error, &result->allocator,
                               &(struct dvg_at){result->files[record->file].name, record->path},
                               dvg_rules_kind_name(result->rules, (dvg_kind)record->kind));
    return status;
}
