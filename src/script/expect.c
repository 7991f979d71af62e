/*
 * expect: t:equal, t:check, t:fails: what a test expects, and the words for what came instead. A
 * failed check does not end its case: further ones are made and told, too.
 */
#include "script/tester.h"

#include "os/inside.h"
#include "os/replace.h"
#include "script/spell.h"

#include <stdio.h>
#include <string.h>

/* Texts up to this length stand in the line of a failure; longer ones are compared by lines. */
enum { SHORT_MOST = 100 };

/* ---------------------------------------------------------------- failures */

/* The line of the test that called the function at hand. */
static const char *find_caller(lua_State *lua, lua_Debug *at)
{
    at->currentline = 0;
    for (int level = 1; lua_getstack(lua, level, at) != 0; level++) {
        lua_getinfo(lua, "Sl", at);
        if (at->currentline > 0)
            return at->source[0] == '@' || at->source[0] == '=' ? at->source + 1 : at->source;
    }
    at->currentline = 0;
    return "";
}

/* Note a failure: `what`, if it is not NULL, in front of the text on the top, which is popped;
 * `detail` is borrowed. [-1, +0, e] */
static void fail(lua_State *lua, const char *what, const char *detail)
{
    dvg_trial *trial = dvg_state_of(lua)->trial;
    lua_Debug at;
    dvg_text text;
    dvg_error error;
    const char *file = find_caller(lua, &at);
    dvg_error_clear(&error);
    if (what != NULL) {
        lua_pushfstring(lua, "%s: ", what);
        lua_insert(lua, -2);
        lua_concat(lua, 2);
    }
    text.data = lua_tolstring(lua, -1, &text.size);
    dvg_tester_check_status(
        lua, dvg_trial_fail(trial, file, (uint64_t)at.currentline, text, detail, &error), &error);
    lua_pop(lua, 1);
}

/* Push how two texts differ. [-0, +1, e] */
static void push_difference(lua_State *lua, dvg_text expected, dvg_text got)
{
    dvg_buffer *out = dvg_state_buffer(dvg_state_of(lua));
    dvg_trial_difference(out, expected, got);
    dvg_state_push_buffer(lua);
}

static dvg_text text_at(lua_State *lua, int index)
{
    dvg_text text;
    text.data = lua_tolstring(lua, index, &text.size);
    return text;
}

/* ---------------------------------------------------------------- files of expected text */

/* Only what stands below the folder of the test is written, links or not, and no script. */
static dvg_status check_target(const dvg_trial *trial, const char *path, dvg_error *error)
{
    size_t size = strlen(path);
    bool inside = false;
    if (size >= 4 && strcmp(path + size - 4, ".lua") == 0)
        return dvg_fail_file(error, DVG_E_ARGUMENT, path, "a script is not written over");
    dvg_status status = dvg_inside_check(&inside, trial->folder, path, error);
    if (status == DVG_OK && !inside)
        return dvg_fail_file(error, DVG_E_ARGUMENT, path,
                             "not written: it leads out of the folder of the test");
    return status;
}

static dvg_status update(const dvg_trial *trial, const char *path, dvg_text text, dvg_error *error)
{
    dvg_replace *set = NULL;
    dvg_status status = check_target(trial, path, error);
    if (status == DVG_OK)
        status = dvg_replace_new(&set, &trial->allocator, error);
    if (status == DVG_OK)
        status = dvg_replace_add(set, path, error);
    if (status == DVG_OK) {
        dvg_buffer *buffer = dvg_replace_buffer(set);
        dvg_buffer_add(buffer, text.data, text.size);
        status = buffer->failed ? dvg_fail_memory(error)
                                : dvg_replace_commit(set, false, NULL, NULL, error);
    }
    dvg_replace_free(set);
    return status;
}

/* Compare the text at `got` with a file, or write it there. */
static void compare_file(lua_State *lua, int got, const char *path, const char *what)
{
    dvg_trial *trial = dvg_state_of(lua)->trial;
    dvg_presence presence = DVG_PRESENCE_ABSENT;
    dvg_error error;
    int top = lua_gettop(lua);
    dvg_error_clear(&error);
    dvg_tester_check_status(lua, dvg_path_look(path, &presence, &error), &error);
    bool there = presence != DVG_PRESENCE_ABSENT && presence != DVG_PRESENCE_DANGLING;
    if (there)
        dvg_tester_push_file(lua, path);
    if (there && lua_rawequal(lua, -1, got)) {
        lua_settop(lua, top);
        return;
    }
    if (trial->input->update) {
        dvg_tester_check_status(lua, update(trial, path, text_at(lua, got), &error), &error);
        trial->update_count++;
    } else if (there) {
        push_difference(lua, text_at(lua, -1), text_at(lua, got));
        lua_pushfstring(lua, "differs from %s", path);
        fail(lua, what, lua_tostring(lua, -2));
    } else {
        lua_pushfstring(lua, "there is no %s: --update writes it", path);
        fail(lua, what, "");
    }
    lua_settop(lua, top);
}

/* ---------------------------------------------------------------- values */

/* Push a value in words that differ where values do: JSON, its members sorted; "nil". */
static void push_shown(lua_State *lua, int index, int indent)
{
    dvg_json_style style = {indent, 0, true, false, true, false, false};
    if (lua_isnoneornil(lua, index)) {
        lua_pushliteral(lua, "nil");
        return;
    }
    dvg_spell_json(lua, index, dvg_state_buffer(dvg_state_of(lua)), &style);
    dvg_state_push_buffer(lua);
}

/* Fail with both values, in the line if they are short, else as a difference by lines. */
static void fail_values(lua_State *lua, int got, int expected, const char *what)
{
    bool texts = lua_type(lua, got) == LUA_TSTRING && lua_type(lua, expected) == LUA_TSTRING;
    push_shown(lua, expected, -1);
    push_shown(lua, got, -1);
    dvg_text wanted = text_at(lua, -2);
    dvg_text came = text_at(lua, -1);
    if (wanted.size <= SHORT_MOST && came.size <= SHORT_MOST) {
        lua_pushfstring(lua, "expected %s, got %s", wanted.data, came.data);
        fail(lua, what, "");
        return;
    }
    if (texts) {
        push_difference(lua, text_at(lua, expected), text_at(lua, got));
    } else {
        push_shown(lua, expected, 2);
        push_shown(lua, got, 2);
        push_difference(lua, text_at(lua, -2), text_at(lua, -1));
    }
    lua_pushliteral(lua, "differs from what is expected");
    fail(lua, what, lua_tostring(lua, -2));
}

void dvg_tester_compare(lua_State *lua, int got, int expected, const char *what)
{
    const char *path = dvg_tester_file(lua, expected);
    int top = lua_gettop(lua);
    luaL_checkstack(lua, 12, NULL);
    dvg_state_of(lua)->trial->check_count++;
    if (path != NULL) {
        if (lua_type(lua, got) != LUA_TSTRING)
            luaL_error(lua, "a file is compared with a string, not with a %s",
                       luaL_typename(lua, got));
        compare_file(lua, got, path, what);
        return;
    }
    push_shown(lua, got, -1);
    push_shown(lua, expected, -1);
    bool equal = lua_rawequal(lua, -1, -2) != 0;
    lua_settop(lua, top);
    if (!equal)
        fail_values(lua, got, expected, what);
    lua_settop(lua, top);
}

/* ---------------------------------------------------------------- methods */

/* t:equal(got, expected [, what]): strings, numbers, tables, values of documents; `expected` may
 * be a file, which holds the text. */
int dvg_tester_equal(lua_State *lua)
{
    (void)dvg_tester_trial(lua);
    lua_settop(lua, 4);
    dvg_tester_compare(lua, 2, 3, luaL_optstring(lua, 4, NULL));
    return 0;
}

/* t:check(truth [, what]) */
int dvg_tester_check(lua_State *lua)
{
    dvg_trial *trial = dvg_tester_trial(lua);
    const char *what = luaL_optstring(lua, 3, NULL);
    trial->check_count++;
    if (lua_toboolean(lua, 2))
        return 0;
    lua_pushfstring(lua, "expected it to hold, got %s", lua_isnoneornil(lua, 2) ? "nil" : "false");
    fail(lua, what, "");
    return 0;
}

/* t:fails(f, text [, what]): f must raise an error whose message holds the text. */
int dvg_tester_fails(lua_State *lua)
{
    dvg_trial *trial = dvg_tester_trial(lua);
    luaL_checktype(lua, 2, LUA_TFUNCTION);
    const char *text = luaL_checkstring(lua, 3);
    const char *what = luaL_optstring(lua, 4, NULL);
    trial->check_count++;
    lua_pushvalue(lua, 2);
    int status = lua_pcall(lua, 0, 0, 0);
    dvg_state_check_caught(lua, status);
    if (status == LUA_OK) {
        lua_pushfstring(lua, "expected an error with \"%s\", got none", text);
        fail(lua, what, "");
        return 0;
    }
    if (lua_type(lua, -1) == LUA_TSTRING && strstr(lua_tostring(lua, -1), text) != NULL)
        return 0;
    lua_pushfstring(lua, "expected an error with \"%s\", got %s", text,
                    lua_type(lua, -1) == LUA_TSTRING ? lua_tostring(lua, -1)
                                                     : luaL_typename(lua, -1));
    fail(lua, what, "");
    return 0;
}
