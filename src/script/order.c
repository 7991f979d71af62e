/*
 * order: pairs, next and table.sort in a fixed order; see sandbox.h. Lua's own order of keys hangs
 * on a seed that differs from run to run, and its sort on the clock.
 */
#include "script/sandbox.h"

#include "base/sort.h"

#include <string.h>

/* ---------------------------------------------------------------- order of keys */

/* Rank of a key's type; -1: no key that has a place in an order. */
static int rank_of(lua_State *lua, int index)
{
    switch (lua_type(lua, index)) {
    case LUA_TNUMBER:
        return 0;
    case LUA_TSTRING:
        return 1;
    case LUA_TBOOLEAN:
        return 2;
    default:
        return -1;
    }
}

static int check_rank(lua_State *lua, int index)
{
    int rank = rank_of(lua, index);
    if (rank < 0)
        luaL_error(lua, "a table with a %s as key has no fixed order", luaL_typename(lua, index));
    return rank;
}

static dvg_text text_at(lua_State *lua, int index)
{
    dvg_text text;
    text.data = lua_tolstring(lua, index, &text.size);
    return text;
}

/* Does the key at `a` come before the key at `b`? Both have a rank. [-0, +0, -] */
static bool comes_before(lua_State *lua, int a, int b)
{
    int rank = rank_of(lua, a);
    int other = rank_of(lua, b);
    if (rank != other)
        return rank < other;
    if (rank == 0)
        return lua_compare(lua, a, b, LUA_OPLT) != 0;
    if (rank == 1)
        return dvg_text_compare(text_at(lua, a), text_at(lua, b)) < 0;
    return !lua_toboolean(lua, a) && lua_toboolean(lua, b);
}

/* ---------------------------------------------------------------- sorting */

/* Is item b before item a? Items and an optional function stand at 1 and 2 of the stack; a and b
 * on the top, which is popped. [-2, +0, e] */
static bool is_less(lua_State *lua, bool by_key)
{
    bool less = false;
    if (by_key) {
        less = comes_before(lua, -2, -1);
        lua_pop(lua, 2);
    } else if (lua_isfunction(lua, 2)) {
        lua_pushvalue(lua, 2);
        lua_insert(lua, -3);
        lua_call(lua, 2, 1);
        less = lua_toboolean(lua, -1) != 0;
        lua_pop(lua, 1);
    } else {
        less = lua_compare(lua, -2, -1, LUA_OPLT) != 0;
        lua_pop(lua, 2);
    }
    return less;
}

/* Merge two neighbouring runs of the table at `from` into the table at `to`. */
static void merge(lua_State *lua, int from, int to, lua_Integer low, lua_Integer middle,
                  lua_Integer high, bool by_key)
{
    lua_Integer a = low;
    lua_Integer b = middle;
    for (lua_Integer i = low; i < high; i++) {
        bool take_b = a >= middle;
        if (a < middle && b < high) {
            lua_rawgeti(lua, from, b);
            lua_rawgeti(lua, from, a);
            take_b = is_less(lua, by_key);
        }
        lua_rawgeti(lua, from, take_b ? b++ : a++);
        lua_rawseti(lua, to, i);
    }
}

/* Sort the items 1..count of the table at `from`, using the table at `to` beside it. Returns the
 * index of the one that holds the result. */
static int merge_sort(lua_State *lua, int from, int to, lua_Integer count, bool by_key)
{
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer low = 1; low <= count; low += 2 * width) {
            lua_Integer middle = low + width > count + 1 ? count + 1 : low + width;
            lua_Integer high = middle + width > count + 1 ? count + 1 : middle + width;
            merge(lua, from, to, low, middle, high, by_key);
        }
        int other = from;
        from = to;
        to = other;
        dvg_state_charge(lua, (uint64_t)count);
    }
    return from;
}

int dvg_order_sort(lua_State *lua)
{
    luaL_checktype(lua, 1, LUA_TTABLE);
    if (!lua_isnoneornil(lua, 2))
        luaL_checktype(lua, 2, LUA_TFUNCTION);
    lua_settop(lua, 2);
    lua_Integer count = luaL_len(lua, 1);
    if (count < 2)
        return 0;
    luaL_argcheck(lua, count < INT32_MAX, 1, "array too big");
    lua_createtable(lua, (int)count, 0);
    lua_createtable(lua, (int)count, 0);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_geti(lua, 1, i);
        lua_rawseti(lua, 3, i);
    }
    int sorted = merge_sort(lua, 3, 4, count, false);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(lua, sorted, i);
        lua_seti(lua, 1, i);
    }
    return 0;
}

void dvg_order_push_keys(lua_State *lua, int index)
{
    lua_Integer count = 0;
    bool sorted = true;
    index = lua_absindex(lua, index);
    luaL_checkstack(lua, 8, NULL);
    lua_createtable(lua, 0, 0);
    int keys = lua_gettop(lua);
    lua_pushnil(lua); /* the key before, for a look at whether they come in order */
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        lua_pop(lua, 1);
        check_rank(lua, -1);
        if (count > 0 && sorted)
            sorted = comes_before(lua, keys + 1, -1);
        lua_pushvalue(lua, -1);
        lua_replace(lua, keys + 1);
        lua_pushvalue(lua, -1);
        lua_rawseti(lua, keys, ++count);
    }
    lua_settop(lua, keys);
    dvg_state_charge(lua, (uint64_t)count);
    if (sorted)
        return;
    lua_createtable(lua, (int)(count < INT32_MAX ? count : 0), 0);
    int result = merge_sort(lua, keys, keys + 1, count, true);
    lua_pushvalue(lua, result);
    lua_replace(lua, keys);
    lua_settop(lua, keys);
}

/* ---------------------------------------------------------------- pairs and next */

/* Iterator: upvalues are the keys, the place and the table. Fields that were cleared since are
 * passed over, as Lua does. */
static int next_pair(lua_State *lua)
{
    lua_Integer place = lua_tointeger(lua, lua_upvalueindex(2));
    for (;;) {
        if (lua_rawgeti(lua, lua_upvalueindex(1), ++place) == LUA_TNIL)
            return 1;
        lua_pushvalue(lua, -1);
        if (lua_rawget(lua, lua_upvalueindex(3)) != LUA_TNIL)
            break;
        lua_pop(lua, 2);
    }
    lua_pushinteger(lua, place);
    lua_replace(lua, lua_upvalueindex(2));
    return 2;
}

int dvg_order_pairs(lua_State *lua)
{
    luaL_checkany(lua, 1);
    if (luaL_getmetafield(lua, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(lua, 1);
        lua_call(lua, 1, 3);
        return 3;
    }
    luaL_checktype(lua, 1, LUA_TTABLE);
    dvg_order_push_keys(lua, 1);
    lua_pushinteger(lua, 0);
    lua_pushvalue(lua, 1);
    lua_pushcclosure(lua, next_pair, 3);
    lua_pushvalue(lua, 1);
    lua_pushnil(lua);
    return 3;
}

/* The least key that comes after the one at 2: linear, and without memory. A whole traversal is
 * what pairs is for. */
int dvg_order_next(lua_State *lua)
{
    if (lua_type(lua, 1) == LUA_TUSERDATA)
        return luaL_error(lua, "next goes through tables; pairs through a value of a document");
    luaL_checktype(lua, 1, LUA_TTABLE);
    lua_settop(lua, 2);
    bool first = lua_isnil(lua, 2);
    uint64_t count = 1;
    if (!first)
        check_rank(lua, 2);
    lua_pushnil(lua); /* 3: the best key so far */
    lua_pushnil(lua);
    while (lua_next(lua, 1) != 0) {
        lua_pop(lua, 1);
        check_rank(lua, -1);
        count++;
        if (!first && !comes_before(lua, 2, -1))
            continue;
        if (lua_isnil(lua, 3) || comes_before(lua, -1, 3)) {
            lua_pushvalue(lua, -1);
            lua_replace(lua, 3);
        }
    }
    dvg_state_charge(lua, count);
    if (lua_isnil(lua, 3))
        return 1;
    lua_pushvalue(lua, 3);
    lua_rawget(lua, 1);
    return 2;
}
