/*
 * comparison: what a comparison turned out to be, as an object of Lua that owns all of it.
 * Answers for its fields and methods; one divergence is finding.c.
 */
#include "rock.h"

#include <stdlib.h>
#include <string.h>

static const char comparison_name[] = "diverge.comparison";

struct dvg_rock_warning {
    dvg_rock_warning *next;
    char message[];
};

/* ---------------------------------------------------------------- life */

dvg_rock_comparison *dvg_rock_new_comparison(lua_State *lua)
{
    dvg_rock_comparison *made = lua_newuserdatauv(lua, sizeof *made, 0);
    memset(made, 0, sizeof *made);
    made->last_warning = &made->warnings;
    luaL_setmetatable(lua, comparison_name);
    return made;
}

void dvg_rock_close_comparison(dvg_rock_comparison *comparison)
{
    dvg_result_free(comparison->result);
    dvg_document_free(comparison->documents[0]);
    dvg_document_free(comparison->documents[1]);
    dvg_builder_free(comparison->builder);
    dvg_context_free(comparison->context);
    while (comparison->warnings != NULL) {
        dvg_rock_warning *first = comparison->warnings;
        comparison->warnings = first->next;
        free(first);
    }
    memset(comparison, 0, sizeof *comparison);
    comparison->last_warning = &comparison->warnings;
}

/* Called by the library, where Lua must not raise: memory that is short is told later. */
void dvg_rock_warn(void *comparison, const char *message)
{
    dvg_rock_comparison *self = comparison;
    size_t size = strlen(message) + 1;
    dvg_rock_warning *made = malloc(sizeof *made + size);
    if (made == NULL) {
        self->lost_warning = true;
        return;
    }
    made->next = NULL;
    memcpy(made->message, message, size);
    *self->last_warning = made;
    self->last_warning = &made->next;
}

dvg_rock_comparison *dvg_rock_check_comparison(lua_State *lua, int index)
{
    dvg_rock_comparison *self = luaL_checkudata(lua, index, comparison_name);
    if (self->result == NULL)
        luaL_error(lua, "the comparison was closed");
    return self;
}

/* comparison:close(), and what Lua calls at the end of a block and of everything. */
static int comparison_close(lua_State *lua)
{
    dvg_rock_close_comparison(luaL_checkudata(lua, 1, comparison_name));
    return 0;
}

/* ---------------------------------------------------------------- fields */

static const char *verdict_word(const dvg_result *result)
{
    static const char *const words[] = {"same", "different", "stop"};
    return words[dvg_result_verdict(result)];
}

static void set_count(lua_State *lua, const char *name, uint64_t count)
{
    lua_pushinteger(lua, (lua_Integer)count);
    lua_setfield(lua, -2, name);
}

static void push_ledger_side(lua_State *lua, const dvg_ledger_side *side)
{
    lua_createtable(lua, 0, 6);
    set_count(lua, "read", side->read);
    set_count(lua, "compared", side->compared);
    set_count(lua, "one_sided", side->one_sided);
    set_count(lua, "ignored", side->ignored);
    set_count(lua, "shadowed", side->shadowed);
    set_count(lua, "outside", side->outside);
}

static void push_ledger(lua_State *lua, dvg_rock_comparison *self)
{
    const dvg_ledger *ledger = dvg_result_ledger(self->result);
    lua_createtable(lua, 0, 16);
    push_ledger_side(lua, &ledger->side[DVG_LEFT]);
    lua_setfield(lua, -2, "left");
    push_ledger_side(lua, &ledger->side[DVG_RIGHT]);
    lua_setfield(lua, -2, "right");
    set_count(lua, "documents", ledger->documents);
    set_count(lua, "documents_walked", ledger->documents_walked);
    set_count(lua, "documents_settled", ledger->documents_settled);
    set_count(lua, "documents_missing", ledger->documents_missing);
    set_count(lua, "skipped", ledger->skipped);
    set_count(lua, "suppressed", ledger->suppressed);
    set_count(lua, "ignored", ledger->ignored);
    set_count(lua, "alike", ledger->alike);
    set_count(lua, "warnings", ledger->warnings);
    set_count(lua, "inexact", ledger->inexact);
    set_count(lua, "files", ledger->files);
    set_count(lua, "files_missing", ledger->files_missing);
    set_count(lua, "folders", ledger->folders);
    set_count(lua, "outside", ledger->outside);
    set_count(lua, "files_outside", ledger->files_outside);
}

static void push_warnings(lua_State *lua, dvg_rock_comparison *self)
{
    lua_Integer count = 0;
    lua_newtable(lua);
    for (const dvg_rock_warning *at = self->warnings; at != NULL; at = at->next) {
        lua_pushstring(lua, at->message);
        lua_rawseti(lua, -2, ++count);
    }
}

static void push_gates(lua_State *lua, dvg_rock_comparison *self)
{
    dvg_gate_info gate;
    lua_newtable(lua);
    for (size_t i = 0; dvg_result_gate_get(self->result, i, &gate); i++) {
        lua_createtable(lua, 0, 5);
        lua_pushlstring(lua, gate.name.data, gate.name.size);
        lua_setfield(lua, -2, "name");
        dvg_rock_push_value(lua, gate.left);
        lua_setfield(lua, -2, "left");
        dvg_rock_push_value(lua, gate.right);
        lua_setfield(lua, -2, "right");
        lua_pushboolean(lua, gate.passed);
        lua_setfield(lua, -2, "ok");
        lua_pushboolean(lua, gate.stops);
        lua_setfield(lua, -2, "stop");
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

static void push_files(lua_State *lua, dvg_rock_comparison *self)
{
    dvg_file_info file;
    lua_newtable(lua);
    for (size_t i = 0; dvg_result_file_get(self->result, i, &file); i++) {
        lua_createtable(lua, 0, 3);
        lua_pushstring(lua, file.name);
        lua_setfield(lua, -2, "name");
        lua_pushstring(lua, file.status);
        lua_setfield(lua, -2, "status");
        set_count(lua, "count", file.count);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

static void push_classes(lua_State *lua, dvg_rock_comparison *self)
{
    static const char *const severities[] = {"info", "warning", "error"};
    dvg_class_info info;
    lua_newtable(lua);
    for (size_t i = 0; dvg_result_class_get(self->result, i, &info); i++) {
        lua_createtable(lua, 0, 4);
        lua_pushstring(lua, info.name);
        lua_setfield(lua, -2, "name");
        lua_pushstring(lua, info.title);
        lua_setfield(lua, -2, "title");
        lua_pushstring(lua, severities[info.severity]);
        lua_setfield(lua, -2, "severity");
        set_count(lua, "count", info.count);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

static void push_verdict(lua_State *lua, dvg_rock_comparison *self)
{
    lua_pushstring(lua, verdict_word(self->result));
}

static void push_identical(lua_State *lua, dvg_rock_comparison *self)
{
    lua_pushboolean(lua, dvg_result_identical(self->result));
}

static void push_suppressed(lua_State *lua, dvg_rock_comparison *self)
{
    lua_pushinteger(lua, (lua_Integer)dvg_result_suppressed_count(self->result));
}

static void push_ignored(lua_State *lua, dvg_rock_comparison *self)
{
    lua_pushinteger(lua, (lua_Integer)dvg_result_ignored_count(self->result));
}

/* ---------------------------------------------------------------- methods */

/* The divergences that are asked for by "all", "counted", "suppressed" or "ignored". */
static void find_range(lua_State *lua, const dvg_result *result, int index, size_t *from,
                       size_t *to)
{
    static const char *const words[] = {"counted", "suppressed", "ignored", "all", NULL};
    size_t ends[4] = {0, dvg_result_count(result)};
    ends[2] = ends[1] + dvg_result_suppressed_count(result);
    ends[3] = ends[2] + dvg_result_ignored_count(result);
    int which = luaL_checkoption(lua, index, "counted", words);
    *from = which == 3 ? 0 : ends[which];
    *to = which == 3 ? ends[3] : ends[which + 1];
}

/* Upvalues: the comparison, the index of the next divergence, the index behind the last one. */
static int next_finding(lua_State *lua)
{
    lua_Integer at = lua_tointeger(lua, lua_upvalueindex(2));
    (void)dvg_rock_check_comparison(lua, lua_upvalueindex(1));
    if (at >= lua_tointeger(lua, lua_upvalueindex(3)))
        return 0;
    lua_pushinteger(lua, at + 1);
    lua_replace(lua, lua_upvalueindex(2));
    dvg_rock_push_finding(lua, lua_upvalueindex(1), (size_t)at);
    return 1;
}

/* comparison:divergences([which]): an iterator over them. */
static int comparison_divergences(lua_State *lua)
{
    size_t from = 0;
    size_t to = 0;
    dvg_rock_comparison *self = dvg_rock_check_comparison(lua, 1);
    find_range(lua, self->result, 2, &from, &to);
    lua_pushvalue(lua, 1);
    lua_pushinteger(lua, (lua_Integer)from);
    lua_pushinteger(lua, (lua_Integer)to);
    lua_pushcclosure(lua, next_finding, 3);
    return 1;
}

static bool flag_field(lua_State *lua, int index, const char *name)
{
    int type = lua_getfield(lua, index, name);
    if (type != LUA_TNIL && type != LUA_TBOOLEAN)
        luaL_error(lua, "option \"%s\": a boolean is expected, not a %s", name,
                   lua_typename(lua, type));
    bool flag = lua_toboolean(lua, -1) != 0;
    lua_pop(lua, 1);
    return flag;
}

static void set_shape(lua_State *lua, int index, dvg_result *result)
{
    static const char *const names[] = {"suppressed", "color", "columns", NULL};
    lua_Integer columns = 0;
    dvg_result_show_suppressed(result, false);
    dvg_result_set_terminal(result, false, 0);
    if (lua_isnoneornil(lua, index))
        return;
    luaL_checktype(lua, index, LUA_TTABLE);
    dvg_rock_check_fields(lua, index, "option of a report", names);
    if (lua_getfield(lua, index, "columns") != LUA_TNIL) {
        columns = lua_isinteger(lua, -1) ? lua_tointeger(lua, -1) : -1;
        if (columns < 0 || columns > 100000)
            luaL_error(lua, "option \"columns\": a number of columns is expected");
    }
    lua_pop(lua, 1);
    dvg_result_show_suppressed(result, flag_field(lua, index, "suppressed"));
    dvg_result_set_terminal(result, flag_field(lua, index, "color"), (unsigned)columns);
}

/* comparison:report(name [, options]): what a report writes. */
static int comparison_report(lua_State *lua)
{
    dvg_text text;
    dvg_error error;
    dvg_rock_comparison *self = dvg_rock_check_comparison(lua, 1);
    const char *name = luaL_checkstring(lua, 2);
    set_shape(lua, 3, self->result);
    if (dvg_result_report_text(self->result, name, &text, &error) != DVG_OK)
        return dvg_rock_push_failure(lua, "", &error);
    lua_pushlstring(lua, text.data, text.size);
    return 1;
}

/* ---------------------------------------------------------------- the object */

typedef void (*push_fn)(lua_State *lua, dvg_rock_comparison *self);

static push_fn field_named(const char *name)
{
    static const struct {
        const char *name;
        push_fn push;
    } fields[] = {
        {"verdict", push_verdict}, {"identical", push_identical}, {"suppressed", push_suppressed},
        {"ignored", push_ignored}, {"ledger", push_ledger},       {"warnings", push_warnings},
        {"gates", push_gates},     {"files", push_files},         {"classes", push_classes}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].name, name) == 0)
            return fields[i].push;
    return NULL;
}

/* comparison[i], a method, or a field. Upvalue 1 holds the methods. */
static int comparison_index(lua_State *lua)
{
    lua_pushvalue(lua, 2);
    if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    dvg_rock_comparison *self = dvg_rock_check_comparison(lua, 1);
    if (lua_isinteger(lua, 2)) {
        lua_Integer at = lua_tointeger(lua, 2);
        if (at < 1 || (uint64_t)at > dvg_result_count(self->result))
            return 0;
        dvg_rock_push_finding(lua, 1, (size_t)at - 1);
        return 1;
    }
    push_fn push = lua_type(lua, 2) == LUA_TSTRING ? field_named(lua_tostring(lua, 2)) : NULL;
    if (push == NULL)
        return luaL_error(lua, "a comparison has no field '%s'", luaL_tolstring(lua, 2, NULL));
    push(lua, self);
    return 1;
}

static int comparison_length(lua_State *lua)
{
    dvg_rock_comparison *self = dvg_rock_check_comparison(lua, 1);
    lua_pushinteger(lua, (lua_Integer)dvg_result_count(self->result));
    return 1;
}

static int comparison_to_string(lua_State *lua)
{
    dvg_rock_comparison *self = luaL_checkudata(lua, 1, comparison_name);
    if (self->result == NULL)
        lua_pushliteral(lua, "comparison (closed)");
    else
        lua_pushfstring(lua, "comparison (%s, %I)", verdict_word(self->result),
                        (LUAI_UACINT)dvg_result_count(self->result));
    return 1;
}

void dvg_rock_open_comparison(lua_State *lua)
{
    static const luaL_Reg methods[] = {{"divergences", comparison_divergences},
                                       {"report", comparison_report},
                                       {"close", comparison_close},
                                       {NULL, NULL}};
    static const luaL_Reg events[] = {{"__len", comparison_length},
                                      {"__tostring", comparison_to_string},
                                      {"__gc", comparison_close},
                                      {"__close", comparison_close},
                                      {NULL, NULL}};
    luaL_newmetatable(lua, comparison_name);
    luaL_setfuncs(lua, events, 0);
    luaL_newlib(lua, methods);
    lua_pushcclosure(lua, comparison_index, 1);
    lua_setfield(lua, -2, "__index");
    /* Nobody takes the finalizer away. */
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pop(lua, 1);
}
