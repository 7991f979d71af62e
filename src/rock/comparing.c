/*
 * comparing: `diverge.compare` and its kin: two tables, two texts, two paths become a comparison.
 */
#include "rock.h"

#include <string.h>

/* Where the arguments and what belongs to the run stand on the stack. */
enum {
    LEFT_AT = 1,
    RIGHT_AT,
    OPTIONS_AT,
    COMPARISON_AT,
    FUNCTION_AT,
    WINDOW_AT,
    NAME_AT,
    ANSWER_AT
};

/* A document without a name of its own. */
static const char document_name[] = "document.json";

/* Puts both sides into the comparison; `*front` names what failed. */
typedef dvg_status (*run_fn)(lua_State *lua, dvg_rock_comparison *self, const char *name,
                             const char **front, dvg_error *error);

/* ---------------------------------------------------------------- sides */

static dvg_status run_documents(dvg_rock_comparison *self, const char *name, dvg_error *error)
{
    return dvg_run_documents(&self->result, self->context, self->documents[0], self->documents[1],
                             name, error);
}

static dvg_status run_values(lua_State *lua, dvg_rock_comparison *self, const char *name,
                             const char **front, dvg_error *error)
{
    static const char *const fronts[] = {"left ", "right "};
    dvg_status status = dvg_builder_new(&self->builder, NULL, error);
    for (int side = 0; side < 2 && status == DVG_OK; side++) {
        *front = fronts[side];
        dvg_rock_take_value(lua, LEFT_AT + side, self->builder);
        status = dvg_builder_finish(&self->documents[side], self->builder, error);
    }
    if (status != DVG_OK)
        return status;
    *front = "";
    return run_documents(self, name, error);
}

static dvg_status run_texts(lua_State *lua, dvg_rock_comparison *self, const char *name,
                            const char **front, dvg_error *error)
{
    static const char *const names[] = {"left", "right"};
    dvg_status status = DVG_OK;
    (void)front;
    for (int side = 0; side < 2 && status == DVG_OK; side++) {
        size_t size = 0;
        const char *text = lua_tolstring(lua, LEFT_AT + side, &size);
        status = dvg_document_read(&self->documents[side], self->context, text, size, names[side],
                                   error);
    }
    return status == DVG_OK ? run_documents(self, name, error) : status;
}

static dvg_status run_paths(lua_State *lua, dvg_rock_comparison *self, const char *name,
                            const char **front, dvg_error *error)
{
    (void)name;
    (void)front;
    return dvg_run(&self->result, self->context, lua_tostring(lua, LEFT_AT),
                   lua_tostring(lua, RIGHT_AT), error);
}

/* ---------------------------------------------------------------- the run */

/* Push the classify function of the options, or nil, and what it needs. [-0, +2, e] */
static void push_asker(lua_State *lua, dvg_rock_asker *asker)
{
    int type = LUA_TNIL;
    if (lua_istable(lua, OPTIONS_AT))
        type = lua_getfield(lua, OPTIONS_AT, "classify");
    else
        lua_pushnil(lua);
    if (type != LUA_TNIL && type != LUA_TFUNCTION)
        luaL_error(lua, "option \"classify\": a function is expected, not a %s",
                   lua_typename(lua, type));
    dvg_rock_push_window(lua);
    *asker = (dvg_rock_asker){lua, FUNCTION_AT, WINDOW_AT, ANSWER_AT, false};
}

/* Push the name of the documents. [-0, +1, e] */
static const char *push_name(lua_State *lua)
{
    const char *name = NULL;
    if (lua_istable(lua, OPTIONS_AT))
        name = dvg_rock_push_field(lua, OPTIONS_AT, "name");
    else
        lua_pushnil(lua);
    return name != NULL ? name : document_name;
}

/* The arguments are checked: left, right, options. */
static int compare(lua_State *lua, run_fn run)
{
    dvg_error error;
    dvg_rock_asker asker;
    const char *front = "";
    luaL_checkstack(lua, LUA_MINSTACK * 2, NULL);
    dvg_rock_comparison *self = dvg_rock_new_comparison(lua);
    push_asker(lua, &asker);
    const char *name = push_name(lua);
    dvg_status status = dvg_rock_make_context(lua, OPTIONS_AT, self, &error);
    if (status == DVG_OK) {
        if (lua_isfunction(lua, FUNCTION_AT))
            dvg_context_set_classify(self->context, dvg_rock_ask, &asker);
        status = run(lua, self, name, &front, &error);
    }
    /* The hook's payload ends with this function. */
    if (self->context != NULL)
        dvg_context_set_classify(self->context, NULL, NULL);
    dvg_builder_free(self->builder);
    self->builder = NULL;
    if (status == DVG_OK && !self->lost_warning) {
        lua_settop(lua, COMPARISON_AT);
        return 1;
    }
    bool lost = status == DVG_OK;
    dvg_rock_close_comparison(self);
    if (asker.raised) {
        lua_settop(lua, ANSWER_AT);
        return lua_error(lua);
    }
    if (lost)
        return luaL_error(lua, "not enough memory");
    return dvg_rock_push_failure(lua, front, &error);
}

static void check_arguments(lua_State *lua)
{
    if (!lua_isnoneornil(lua, OPTIONS_AT))
        luaL_checktype(lua, OPTIONS_AT, LUA_TTABLE);
    lua_settop(lua, OPTIONS_AT);
}

int dvg_rock_compare(lua_State *lua)
{
    for (int at = LEFT_AT; at <= RIGHT_AT; at++)
        luaL_argexpected(lua, !lua_isnoneornil(lua, at), at, "value of JSON");
    check_arguments(lua);
    return compare(lua, run_values);
}

int dvg_rock_compare_json(lua_State *lua)
{
    luaL_checktype(lua, LEFT_AT, LUA_TSTRING);
    luaL_checktype(lua, RIGHT_AT, LUA_TSTRING);
    check_arguments(lua);
    return compare(lua, run_texts);
}

int dvg_rock_compare_paths(lua_State *lua)
{
    for (int at = LEFT_AT; at <= RIGHT_AT; at++) {
        size_t size = 0;
        luaL_checktype(lua, at, LUA_TSTRING);
        const char *path = lua_tolstring(lua, at, &size);
        luaL_argcheck(lua, strlen(path) == size, at, "a path holds no NUL");
    }
    check_arguments(lua);
    if (lua_istable(lua, OPTIONS_AT) && lua_getfield(lua, OPTIONS_AT, "name") != LUA_TNIL)
        return luaL_error(lua, "option \"name\": paths have names of their own");
    lua_settop(lua, OPTIONS_AT);
    return compare(lua, run_paths);
}
