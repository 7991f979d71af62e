/*
 * normalize: asking the function of a rule what it makes of two values that differ.
 * A value that comes back as it went in was not normalized: how such two compare, the core says,
 * which tells numbers apart that are one number in Lua.
 */
#include "script/bigint.h"
#include "script/failure.h"
#include "script/profile.h"
#include "script/view.h"

/* A question under way; the function's results stand at 2 and 3. */
struct asking {
    const dvg_rule *rule;
    const dvg_value *values;
    bool same;
};

enum { FIRST_RESULT = 2 };

static bool is_one_value(lua_State *lua, int index)
{
    dvg_text digits;
    int type = lua_type(lua, index);
    return type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TBOOLEAN ||
           dvg_view_is_null(lua, index) || dvg_bigint_get(lua, index, &digits);
}

/* Is what the function gave, on the top, of the kind that it was given? [-0, +0, e] */
static void check_result(lua_State *lua, const dvg_rule *rule)
{
    if (is_one_value(lua, -1))
        return;
    (void)dvg_fail_at(&dvg_state_of(lua)->kept, DVG_E_SCRIPT, rule->script, rule->line, 0, 0,
                      "normalize returned %s%s; expected a string, a number, a boolean or "
                      "diverge.null",
                      lua_isnil(lua, -1) ? "" : "a ", luaL_typename(lua, -1));
    dvg_state_raise_kept(lua);
}

/* The very value: 1 is not 1.0. [-0, +0, -] */
static bool is_same_value(lua_State *lua, int a, int b)
{
    return lua_isinteger(lua, a) == lua_isinteger(lua, b) && lua_compare(lua, a, b, LUA_OPEQ) != 0;
}

/* Ask about one side; leaves the result. Returns whether it is another value. [-0, +1, e] */
static bool ask_side(lua_State *lua, const struct asking *asking, int side)
{
    dvg_view_push(lua, asking->values[side]);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, asking->rule->function);
    lua_pushvalue(lua, -2);
    lua_call(lua, 1, 1);
    check_result(lua, asking->rule);
    bool changed = !is_same_value(lua, -1, -2);
    lua_remove(lua, -2);
    return changed;
}

static int ask(lua_State *lua)
{
    struct asking *asking = lua_touserdata(lua, 1);
    bool changed = ask_side(lua, asking, 0);
    changed = ask_side(lua, asking, 1) || changed;
    asking->same = changed && lua_compare(lua, FIRST_RESULT, FIRST_RESULT + 1, LUA_OPEQ) != 0;
    return 0;
}

dvg_status dvg_normalize(void *payload, const dvg_rule *rule, const struct dvg_at *at,
                         const dvg_value values[2], bool *same, dvg_error *error)
{
    const dvg_profile *profile = payload;
    struct asking asking = {rule, values, false};
    dvg_state *state = NULL;
    for (size_t i = 0; i < profile->chain.count && state == NULL; i++)
        if (profile->chain.links[i].owner == rule->owner)
            state = profile->chain.links[i].state;
    dvg_status status = dvg_state_run(state, ask, &asking, error);
    *same = status == DVG_OK && asking.same;
    if (status != DVG_OK)
        dvg_failure_name_place(error, &profile->allocator, at, NULL);
    return status;
}
