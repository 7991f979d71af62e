/*
 * divergence: see divergence.h.
 */
#include "script/divergence.h"

#include "rules/rule.h"
#include "script/brief.h"
#include "script/literal.h"
#include "script/nearest.h"
#include "script/position.h"
#include "script/shortcut.h"
#include "script/spell.h"
#include "script/view.h"

#include <string.h>

/* Fields by number: __index finds the number in a table and switches. */
enum field {
    FIELD_FILE = DVG_FIELD_FILE,
    FIELD_PATH,
    FIELD_POINTER,
    FIELD_KIND = DVG_FIELD_KIND,
    FIELD_LEFT = DVG_FIELD_LEFT,
    FIELD_RIGHT = DVG_FIELD_RIGHT,
    FIELD_LEFT_TYPE,
    FIELD_RIGHT_TYPE,
    FIELD_KEY,
    FIELD_INDEX,
    FIELD_DEPTH,
    FIELD_SIDE,
    FIELD_RULE,
    FIELD_SEVERITY,
    FIELD_CLASS,
    FIELD_NOTE,
    FIELD_PLAIN_KIND,
    FIELD_SUPPRESSED_BY,
    FIELD_PATTERN,
    FIELD_QUOTED
};

static const char *const field_names[] = {
    "file",       "path", "pointer",    "kind",          "left",    "right", "left_type",
    "right_type", "key",  "index",      "depth",         "side",    "rule",  "severity",
    "class",      "note", "plain_kind", "suppressed_by", "pattern", "quoted"};

/* Keys of the registry: the metatable, and texts that were pushed before, by number. */
static const char meta_key = 0;
static const char files_key = 0;

/* Upvalues of __index. */
#define FIELDS lua_upvalueindex(1)
#define KINDS lua_upvalueindex(2)
#define FILES lua_upvalueindex(3)
#define CLASSES lua_upvalueindex(4)

/* ---------------------------------------------------------------- finding it */

static dvg_divergence_view *fail_foreign(lua_State *lua)
{
    luaL_error(lua, "not a divergence");
    return NULL;
}

/* Is the userdata at `index` what d:copy() gave? */
static bool is_copy(lua_State *lua, int index)
{
    if (!lua_getmetatable(lua, index))
        return false;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &meta_key);
    bool same = lua_rawequal(lua, -1, -2) != 0;
    lua_pop(lua, 2);
    return same;
}

void dvg_divergence_require(lua_State *lua, const dvg_divergence_view *view)
{
    if (view->record == NULL || dvg_state_of(lua)->result == NULL)
        luaL_error(lua, "a divergence was used between calls; d:copy() keeps one");
}

dvg_divergence_view *dvg_divergence_check(lua_State *lua, int index)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_divergence_view *found = lua_touserdata(lua, index);
    if (found == NULL)
        return fail_foreign(lua);
    if (found != state->divergence) {
        if (!is_copy(lua, index))
            return fail_foreign(lua);
        if (found->epoch != state->epoch)
            luaL_error(lua, "a divergence of an earlier run was kept; its documents are gone");
    }
    dvg_divergence_require(lua, found);
    return found;
}

/* The divergence that a method was called on. */
static dvg_divergence_view *check(lua_State *lua) { return dvg_divergence_check(lua, 1); }

/* ---------------------------------------------------------------- fields */

/* Push a text that is the same for every divergence of that number, from a cache. */
static void push_cached(lua_State *lua, int cache, uint32_t number, const char *text)
{
    if (lua_rawgeti(lua, cache, (lua_Integer)number + 1) == LUA_TSTRING)
        return;
    lua_pop(lua, 1);
    lua_pushstring(lua, text);
    lua_pushvalue(lua, -1);
    lua_rawseti(lua, cache, (lua_Integer)number + 1);
}

typedef void (*render_fn)(dvg_buffer *out, const dvg_step *step, const dvg_allocator *allocator);

/* The path of the record in one of its forms. */
static void push_rendered(lua_State *lua, const dvg_record *record, render_fn render)
{
    dvg_state *state = dvg_state_of(lua);
    render(dvg_state_buffer(state), record->path, &state->allocator);
    dvg_state_push_buffer(lua);
}

static void push_file(lua_State *lua, const dvg_state *state, const dvg_record *record)
{
    const char *name =
        record->file < state->result->file_count ? state->result->files[record->file].name : "";
    push_cached(lua, FILES, record->file, name);
}

static void push_class(lua_State *lua, const dvg_state *state, const dvg_divergence_view *self)
{
    const dvg_rules *rules = state->result->rules;
    uint32_t number = self->record->class_index;
    if (!self->classified || number >= rules->class_count)
        lua_pushnil(lua);
    else
        push_cached(lua, CLASSES, number, rules->classes[number].name);
}

static void push_severity(lua_State *lua, const dvg_divergence_view *self)
{
    if (!self->classified || self->record->severity > DVG_ERROR)
        lua_pushnil(lua);
    else
        lua_pushstring(lua, dvg_severity_name(self->record->severity));
}

/* The rule that classed the divergence, or set its severity; nil where none did. */
static void push_rule(lua_State *lua, const dvg_state *state, const dvg_divergence_view *self)
{
    const dvg_rules *rules = state->result->rules;
    uint32_t rule = self->record->rule;
    lua_pushstring(lua, rule < rules->rule_count ? rules->rules[rule].name : NULL);
}

/* Push a field that rules and scripts decided. */
static void push_decided(lua_State *lua, const dvg_state *state, const dvg_divergence_view *self,
                         enum field field)
{
    switch (field) {
    case FIELD_SEVERITY:
        push_severity(lua, self);
        break;
    case FIELD_CLASS:
        push_class(lua, state, self);
        break;
    case FIELD_NOTE:
        lua_pushstring(lua, self->record->note); /* nil where there is none */
        break;
    case FIELD_SUPPRESSED_BY:
        lua_pushstring(lua, self->by); /* nil where nobody did */
        break;
    case FIELD_RULE:
        push_rule(lua, state, self);
        break;
    default:
        lua_pushnil(lua);
        break;
    }
}

/* Push field number `field`. */
static void push_field(lua_State *lua, const dvg_divergence_view *self, enum field field)
{
    const dvg_state *state = dvg_state_of(lua);
    const dvg_record *record = self->record;
    switch (field) {
    case FIELD_FILE:
        push_file(lua, state, record);
        break;
    case FIELD_PATH:
        push_rendered(lua, record, dvg_path_render);
        break;
    case FIELD_POINTER:
        dvg_position_push_pointer(lua, record);
        break;
    case FIELD_KIND:
        push_cached(lua, KINDS, record->kind,
                    dvg_rules_kind_name(state->result->rules, (dvg_kind)record->kind));
        break;
    case FIELD_PLAIN_KIND:
        lua_pushstring(lua, dvg_kind_name((dvg_kind)record->kind));
        break;
    case FIELD_LEFT:
        dvg_view_push(lua, record->left);
        break;
    case FIELD_RIGHT:
        dvg_view_push(lua, record->right);
        break;
    case FIELD_LEFT_TYPE:
    case FIELD_RIGHT_TYPE:
        dvg_position_push_type(lua, record, field == FIELD_LEFT_TYPE ? 0 : 1);
        break;
    case FIELD_KEY:
        dvg_position_push_key(lua, record);
        break;
    case FIELD_INDEX:
        dvg_position_push_index(lua, record);
        break;
    case FIELD_DEPTH:
        lua_pushinteger(lua, (lua_Integer)dvg_path_depth(record->path));
        break;
    case FIELD_SIDE:
        dvg_position_push_side(lua, record);
        break;
    case FIELD_PATTERN:
        push_rendered(lua, record, dvg_pattern_render);
        break;
    case FIELD_QUOTED:
        push_rendered(lua, record, dvg_path_quoted);
        break;
    default:
        push_decided(lua, state, self, field);
        break;
    }
}

static int no_such_field(lua_State *lua, int index)
{
    dvg_nearest nearest;
    size_t size = 0;
    if (lua_type(lua, index) != LUA_TSTRING)
        return luaL_error(lua, "a divergence has no such field");
    const char *name = lua_tolstring(lua, index, &size);
    dvg_nearest_init(&nearest, name, size);
    for (size_t i = 0; i < sizeof field_names / sizeof field_names[0]; i++)
        dvg_nearest_offer(&nearest, field_names[i]);
    if (nearest.best == NULL)
        return luaL_error(lua, "a divergence has no field '%s'", name);
    return luaL_error(lua, "a divergence has no field '%s'; the nearest is '%s'", name,
                      nearest.best);
}

int dvg_divergence_field(lua_State *lua, int index)
{
    const char *name = lua_type(lua, index) == LUA_TSTRING ? lua_tostring(lua, index) : "";
    for (size_t i = 0; i < sizeof field_names / sizeof field_names[0]; i++)
        if (strcmp(field_names[i], name) == 0)
            return (int)i + 1;
    return no_such_field(lua, index);
}

bool dvg_divergence_get_value(const dvg_divergence_view *self, int field, dvg_value *value)
{
    *value = field == FIELD_LEFT ? self->record->left : self->record->right;
    return field == FIELD_LEFT || field == FIELD_RIGHT;
}

bool dvg_divergence_get_text(lua_State *lua, const dvg_divergence_view *self, int field,
                             dvg_text *text)
{
    dvg_state *state = dvg_state_of(lua);
    const dvg_result *result = state->result;
    const dvg_record *record = self->record;
    dvg_buffer *scratch;
    switch (field) {
    case FIELD_FILE:
        text->data = record->file < result->file_count ? result->files[record->file].name : "";
        break;
    case FIELD_KIND:
        text->data = dvg_rules_kind_name(result->rules, (dvg_kind)record->kind);
        break;
    case FIELD_CLASS:
        if (!self->classified || record->class_index >= result->rules->class_count)
            return false;
        text->data = result->rules->classes[record->class_index].name;
        break;
    case FIELD_PATH:
        scratch = dvg_state_buffer(state);
        dvg_path_render(scratch, record->path, &state->allocator);
        if (scratch->failed)
            dvg_state_raise_memory(lua);
        *text = (dvg_text){scratch->size > 0 ? scratch->data : "", scratch->size};
        return true;
    default:
        return false;
    }
    text->size = strlen(text->data);
    return true;
}

void dvg_divergence_push_field(lua_State *lua, const dvg_divergence_view *self, int field)
{
    push_field(lua, self, (enum field)field);
}

static int divergence_index(lua_State *lua)
{
    dvg_divergence_view *self = check(lua);
    int is_field = 0;
    lua_pushvalue(lua, 2);
    int type = lua_rawget(lua, FIELDS);
    lua_Integer field = lua_tointegerx(lua, -1, &is_field);
    if (is_field)
        push_field(lua, self, (enum field)field);
    else if (type == LUA_TNIL)
        return no_such_field(lua, 2);
    return 1; /* a method otherwise */
}

static int divergence_newindex(lua_State *lua)
{
    return luaL_error(lua, "a divergence cannot be changed");
}

static int divergence_tostring(lua_State *lua)
{
    lua_pushliteral(lua, "divergence");
    return 1;
}

/* ---------------------------------------------------------------- methods */

/* d:copy(): one that stays after the call. */
static int divergence_copy(lua_State *lua)
{
    dvg_divergence_view *self = check(lua);
    dvg_divergence_view *copy = lua_newuserdatauv(lua, sizeof *copy, 0);
    copy->own = *self->record;
    copy->record = &copy->own;
    copy->epoch = dvg_state_of(lua)->epoch;
    copy->classified = self->classified;
    copy->by = self->by;
    if (!self->classified)
        copy->own.note = NULL; /* not yet decided, and not kept by anyone */
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &meta_key);
    lua_setmetatable(lua, -2);
    return 1;
}

/* ---------------------------------------------------------------- opening */

/* Push the table from names to numbers of fields, and to methods. */
static void push_fields(lua_State *lua)
{
    static const luaL_Reg methods[] = {{"copy", divergence_copy},
                                       {"text", dvg_literal_text},
                                       {"repr", dvg_literal_repr},
                                       {"brief", dvg_brief_divergence},
                                       {NULL, NULL}};
    lua_createtable(lua, 0, 20);
    luaL_setfuncs(lua, methods, 0);
    for (size_t i = 0; i < sizeof field_names / sizeof field_names[0]; i++) {
        lua_pushinteger(lua, (lua_Integer)i + 1);
        lua_setfield(lua, -2, field_names[i]);
    }
}

/* Finish a metatable on the top: its __index is the value above it. [-1, +0, e] */
static void finish_meta(lua_State *lua)
{
    static const luaL_Reg methods[] = {
        {"__newindex", divergence_newindex}, {"__tostring", divergence_tostring}, {NULL, NULL}};
    lua_setfield(lua, -2, "__index");
    luaL_setfuncs(lua, methods, 0);
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
}

/* Push what __index has as upvalues. [-0, +4, e] */
static void push_upvalues(lua_State *lua)
{
    push_fields(lua);
    lua_newtable(lua);
    lua_newtable(lua);
    lua_pushvalue(lua, -1);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &files_key);
    lua_newtable(lua);
}

void dvg_divergence_push(lua_State *lua)
{
    int own = lua_gettop(lua) + 1;
    dvg_divergence_view *made = lua_newuserdatauv(lua, sizeof *made, 0);
    memset(made, 0, sizeof *made);
    push_upvalues(lua);
    lua_createtable(lua, 0, 4);
    for (int i = 1; i <= 4; i++)
        lua_pushvalue(lua, own + i);
    dvg_shortcut_push(lua, made);
    finish_meta(lua);
    lua_setmetatable(lua, own);
    lua_pushcclosure(lua, divergence_index, 4); /* and that of what d:copy() gives */
    lua_createtable(lua, 0, 4);
    lua_insert(lua, -2);
    finish_meta(lua);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &meta_key);
    dvg_state_of(lua)->divergence = made;
}

void dvg_divergence_renew(lua_State *lua)
{
    dvg_shortcut_forget(lua, dvg_state_of(lua)->divergence);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &files_key);
    lua_pushnil(lua);
    while (lua_istable(lua, -2) && lua_next(lua, -2) != 0) {
        lua_pop(lua, 1);
        lua_pushvalue(lua, -1);
        lua_pushnil(lua);
        lua_rawset(lua, -4);
    }
    lua_settop(lua, 0);
}
