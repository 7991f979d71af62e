/*
 * tester: see tester.h. Questions for the script under test; what is expected is expect.c's.
 */
#include "script/tester.h"

#include "script/nearest.h"
#include "script/spell.h"
#include "script/view.h"

#include <string.h>

/* Their addresses are the registry's keys of metatables. */
static const char tester_key = 0;
static const char file_key = 0;

/* ---------------------------------------------------------------- what is at hand */

/* Is the userdata at `index` one with the metatable of that key? [-0, +0, -] */
static bool is_ours(lua_State *lua, int index, const void *key)
{
    if (lua_type(lua, index) != LUA_TUSERDATA || !lua_getmetatable(lua, index))
        return false;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, key);
    bool same = lua_rawequal(lua, -1, -2) != 0;
    lua_pop(lua, 2);
    return same;
}

dvg_trial *dvg_tester_trial(lua_State *lua)
{
    dvg_trial *trial = dvg_state_of(lua)->trial;
    if (trial == NULL || !is_ours(lua, 1, &tester_key))
        luaL_error(lua, "call it as t:name(...), in a case");
    return trial;
}

void dvg_tester_check_status(lua_State *lua, dvg_status status, const dvg_error *error)
{
    char line[DVG_ERROR_FILE_SIZE + DVG_ERROR_MESSAGE_SIZE + 128];
    if (status == DVG_E_MEMORY)
        dvg_state_raise_memory(lua);
    if (status == DVG_OK)
        return;
    (void)dvg_error_format(error, line, sizeof line);
    luaL_error(lua, "%s", line);
}

/* The trial, with a profile to ask. */
static dvg_trial *check_profile(lua_State *lua)
{
    dvg_trial *trial = dvg_tester_trial(lua);
    if (trial->profile == NULL)
        luaL_error(lua, "the script under test is no profile, classifier or report");
    dvg_trial_tidy(trial);
    return trial;
}

/* What the core does for a test is not watched as the test's own work. */
static void enter(lua_State *lua) { dvg_state_pause(lua); }

static void leave(lua_State *lua) { dvg_state_resume(lua); }

/* ---------------------------------------------------------------- files */

const char *dvg_tester_file(lua_State *lua, int index)
{
    if (!is_ours(lua, index, &file_key))
        return NULL;
    lua_getiuservalue(lua, index, 1);
    const char *path = lua_tostring(lua, -1);
    lua_pop(lua, 1); /* the userdata holds it */
    return path;
}

void dvg_tester_push_file(lua_State *lua, const char *path)
{
    dvg_trial *trial = dvg_state_of(lua)->trial;
    dvg_error error;
    dvg_error_clear(&error);
    dvg_bytes_clear(&trial->bytes, &trial->allocator);
    dvg_tester_check_status(lua, dvg_file_read(path, &trial->allocator, &trial->bytes, &error),
                            &error);
    lua_pushlstring(lua, trial->bytes.data, trial->bytes.size);
    dvg_bytes_clear(&trial->bytes, &trial->allocator);
}

/* t:file(name): a file or a folder beside the test. Nothing elsewhere is named so. */
static int tester_file(lua_State *lua)
{
    dvg_trial *trial = dvg_tester_trial(lua);
    size_t size = 0;
    const char *name = luaL_checklstring(lua, 2, &size);
    bool good = size > 0 && strlen(name) == size && name[0] != '/';
    for (const char *at = name; good && at != NULL; at = strchr(at, '/')) {
        at += *at == '/';
        good = !(at[0] == '.' && at[1] == '.' && (at[2] == '/' || at[2] == '\0'));
    }
    if (!good)
        return luaL_error(lua, "t:file takes the name of a file below the folder of the test");
    lua_settop(lua, 2);
    (void)lua_newuserdatauv(lua, 1, 1);
    lua_pushfstring(lua, "%s%s", trial->folder, name);
    lua_setiuservalue(lua, -2, 1);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &file_key);
    lua_setmetatable(lua, -2);
    return 1;
}

static int file_tostring(lua_State *lua)
{
    lua_pushstring(lua, dvg_tester_file(lua, 1));
    return 1;
}

/* t:json(text): the value of a JSON text, or of a file that holds one. */
static int tester_json(lua_State *lua)
{
    dvg_trial *trial = dvg_tester_trial(lua);
    const char *path = dvg_tester_file(lua, 2);
    dvg_error error;
    dvg_value root;
    dvg_text text;
    dvg_error_clear(&error);
    lua_settop(lua, 2);
    if (path != NULL) {
        dvg_tester_push_file(lua, path);
        lua_replace(lua, 2);
    }
    text.data = luaL_checklstring(lua, 2, &text.size);
    dvg_tester_check_status(lua, dvg_trial_read(trial, text, &root, &error), &error);
    dvg_view_push(lua, root);
    return 1;
}

/* t:script(): what the script under test returns, loaded once more in the state of the test, so
 * that its functions can be called by themselves. */
static int tester_script(lua_State *lua)
{
    dvg_trial *trial = dvg_tester_trial(lua);
    dvg_source source = {0};
    source.allocator = trial->allocator;
    dvg_tester_push_file(lua, trial->input->script);
    source.text = lua_tolstring(lua, -1, &source.size);
    lua_pushstring(lua, trial->input->script);
    source.shown = (char *)(uintptr_t)lua_tostring(lua, -1); /* only looked at */
    dvg_state_load(lua, &source);
    lua_call(lua, 0, 1);
    return 1;
}

/* ---------------------------------------------------------------- t:class */

/* Where the fields of a question stand on the stack, above `t` and the table. */
enum field {
    FIELD_FILE = 3,
    FIELD_PATH,
    FIELD_KIND,
    FIELD_LEFT,
    FIELD_RIGHT,
    FIELD_KEY,
    FIELD_INDEX,
    FIELD_SIDE,
    FIELD_END
};

static const char *const fields[] = {"file", "path",  "kind", "left", "right",
                                     "key",  "index", "side", NULL};

static void fail_field(lua_State *lua)
{
    dvg_nearest nearest;
    size_t size = 0;
    if (lua_type(lua, -2) != LUA_TSTRING)
        luaL_error(lua, "t:class takes fields by name, and one is a %s", luaL_typename(lua, -2));
    const char *name = lua_tolstring(lua, -2, &size);
    dvg_nearest_init(&nearest, name, size);
    for (int i = 0; fields[i] != NULL; i++)
        dvg_nearest_offer(&nearest, fields[i]);
    luaL_error(lua, "t:class has no field '%s'; the nearest is '%s'", name, nearest.best);
}

/* Push every field of the table at 2, nil where it is not given. [-0, +fields, e] */
static void push_fields(lua_State *lua)
{
    luaL_checktype(lua, 2, LUA_TTABLE);
    lua_settop(lua, 2);
    lua_pushnil(lua);
    while (lua_next(lua, 2) != 0) {
        bool known = false;
        for (int i = 0; fields[i] != NULL && lua_type(lua, -2) == LUA_TSTRING; i++)
            known = known || strcmp(fields[i], lua_tostring(lua, -2)) == 0;
        if (!known)
            fail_field(lua);
        lua_pop(lua, 1);
    }
    for (int i = 0; fields[i] != NULL; i++) {
        lua_pushstring(lua, fields[i]);
        lua_rawget(lua, 2);
    }
}

/* A field that is text; NULL: it was not given. */
static const char *field_text(lua_State *lua, int slot)
{
    size_t size = 0;
    if (lua_isnil(lua, slot))
        return NULL;
    if (lua_type(lua, slot) != LUA_TSTRING)
        luaL_error(lua, "t:class: `%s` is a string, not a %s", fields[slot - FIELD_FILE],
                   luaL_typename(lua, slot));
    const char *text = lua_tolstring(lua, slot, &size);
    if (strlen(text) != size && slot != FIELD_PATH)
        luaL_error(lua, "t:class: `%s` holds a NUL", fields[slot - FIELD_FILE]);
    return text;
}

/* The value in a slot as JSON text, which then stands in the slot. Not given: no data. */
static dvg_text field_json(lua_State *lua, int slot)
{
    static const dvg_json_style style = {-2, 0, false, false, true, false, false};
    dvg_text text = {NULL, 0};
    if (lua_isnil(lua, slot))
        return text;
    dvg_buffer *out = dvg_state_buffer(dvg_state_of(lua));
    dvg_spell_json(lua, slot, out, &style);
    dvg_state_push_buffer(lua);
    lua_replace(lua, slot);
    text.data = lua_tolstring(lua, slot, &text.size);
    return text;
}

static dvg_which field_side(lua_State *lua)
{
    const char *name = field_text(lua, FIELD_SIDE);
    if (name == NULL)
        return DVG_NEITHER;
    if (strcmp(name, "left") != 0 && strcmp(name, "right") != 0)
        luaL_error(lua, "t:class: `side` is \"left\" or \"right\", not \"%s\"", name);
    return name[0] == 'l' ? DVG_THE_LEFT : DVG_THE_RIGHT;
}

static void read_question(lua_State *lua, dvg_question *question)
{
    int isinteger = 1;
    push_fields(lua);
    memset(question, 0, sizeof *question);
    question->file = field_text(lua, FIELD_FILE);
    if (question->file == NULL)
        luaL_error(lua, "t:class needs `file`, the name of a document");
    question->path.data = "";
    if (field_text(lua, FIELD_PATH) != NULL)
        question->path.data = lua_tolstring(lua, FIELD_PATH, &question->path.size);
    question->kind = field_text(lua, FIELD_KIND);
    question->side = field_side(lua);
    question->value[0] = field_json(lua, FIELD_LEFT);
    question->value[1] = field_json(lua, FIELD_RIGHT);
    question->key = field_json(lua, FIELD_KEY);
    question->index = -1;
    if (!lua_isnil(lua, FIELD_INDEX))
        question->index = lua_tointegerx(lua, FIELD_INDEX, &isinteger);
    if (!isinteger || question->index < -1)
        luaL_error(lua, "t:class: `index` is a whole number from 0");
}

/* t:class{ file =, path =, kind =, left =, right = }: class, severity, note; false for the class
 * where a script suppresses it. */
static int tester_class(lua_State *lua)
{
    dvg_trial *trial = check_profile(lua);
    dvg_question question;
    const dvg_result *result = NULL;
    const dvg_record *record = NULL;
    const char *by = NULL;
    dvg_error error;
    dvg_error_clear(&error);
    read_question(lua, &question);
    enter(lua);
    dvg_status status = dvg_trial_ask(trial, &question, &result, &record, &by, &error);
    leave(lua);
    dvg_tester_check_status(lua, status, &error);
    if (by != NULL) {
        lua_pushboolean(lua, 0);
        lua_pushnil(lua);
    } else {
        lua_pushstring(lua, result->rules->classes[record->class_index].name);
        lua_pushstring(lua, dvg_severity_name(record->severity));
    }
    lua_pushstring(lua, record->note); /* nil where there is none */
    return 3;
}

/* ---------------------------------------------------------------- opening */

static void set_protected(lua_State *lua, const char *name, const void *key)
{
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pushstring(lua, name);
    lua_setfield(lua, -2, "__name");
    lua_rawsetp(lua, LUA_REGISTRYINDEX, key);
}

void dvg_tester_push(lua_State *lua)
{
    static const luaL_Reg methods[] = {{"class", tester_class},     {"report", dvg_tester_report},
                                       {"run", dvg_tester_run},     {"equal", dvg_tester_equal},
                                       {"check", dvg_tester_check}, {"fails", dvg_tester_fails},
                                       {"json", tester_json},       {"file", tester_file},
                                       {"script", tester_script},   {NULL, NULL}};
    lua_createtable(lua, 0, 4);
    lua_pushcfunction(lua, file_tostring);
    lua_setfield(lua, -2, "__tostring");
    set_protected(lua, "file", &file_key);
    lua_createtable(lua, 0, 4);
    luaL_newlib(lua, methods);
    lua_setfield(lua, -2, "__index");
    set_protected(lua, "test", &tester_key);
    (void)lua_newuserdatauv(lua, 1, 0);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &tester_key);
    lua_setmetatable(lua, -2);
}
