/*
 * bigint: see bigint.h. The digits are kept as decimal text: scripts look at such numbers, they
 * do not reckon with them.
 */
#include "script/bigint.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct bigint {
    size_t size;
    char text[]; /* digits without leading zeros, '-' before them if negative */
} bigint;

static const char bigint_key = 0; /* its address is the registry's key of the metatable */

/* Digits of the greatest double, its sign and a NUL. */
#define DOUBLE_DIGITS 320

void dvg_bigint_push(lua_State *lua, const char *text, size_t size)
{
    bigint *made = lua_newuserdatauv(lua, sizeof *made + size, 0);
    made->size = size;
    memcpy(made->text, text, size);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &bigint_key);
    lua_setmetatable(lua, -2);
}

bool dvg_bigint_get(lua_State *lua, int index, dvg_text *text)
{
    bigint *found = lua_touserdata(lua, index);
    if (found == NULL || lua_type(lua, index) != LUA_TUSERDATA || !lua_getmetatable(lua, index))
        return false;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &bigint_key);
    bool is_bigint = lua_rawequal(lua, -1, -2) != 0;
    lua_pop(lua, 2);
    if (is_bigint) {
        text->data = found->text;
        text->size = found->size;
    }
    return is_bigint;
}

/* Order of two integers as decimal texts without leading zeros. */
static int compare_texts(dvg_text a, dvg_text b)
{
    bool a_negative = a.size > 0 && a.data[0] == '-';
    bool b_negative = b.size > 0 && b.data[0] == '-';
    if (a_negative != b_negative)
        return a_negative ? -1 : 1;
    int order = 0;
    if (a.size != b.size)
        order = a.size < b.size ? -1 : 1;
    else
        order = memcmp(a.data, b.data, a.size);
    return a_negative ? -order : order;
}

/* The number at `index` as decimal text, cut to an integer; `*rest` is what was cut off. */
static dvg_text digits_of(lua_State *lua, int index, char room[DOUBLE_DIGITS], double *rest)
{
    dvg_text text = {room, 0};
    int length = 0;
    *rest = 0;
    if (dvg_bigint_get(lua, index, &text))
        return text;
    if (lua_isinteger(lua, index)) {
        length = snprintf(room, DOUBLE_DIGITS, "%lld", (long long)lua_tointeger(lua, index));
    } else {
        double whole = 0;
        *rest = modf(lua_tonumber(lua, index), &whole);
        length = snprintf(room, DOUBLE_DIGITS, "%.0f", whole == 0 ? 0.0 : whole);
    }
    text.size = (size_t)length;
    return text;
}

/* +1 or -1 where the number at `index` is infinite, else 0. */
static int infinity_at(lua_State *lua, int index)
{
    double number = lua_type(lua, index) == LUA_TNUMBER ? lua_tonumber(lua, index) : 0;
    return isinf(number) ? (number > 0 ? 1 : -1) : 0;
}

int dvg_bigint_compare(lua_State *lua, int a, int b)
{
    char a_room[DOUBLE_DIGITS];
    char b_room[DOUBLE_DIGITS];
    double a_rest = 0;
    double b_rest = 0;
    int infinite = infinity_at(lua, a) - infinity_at(lua, b);
    if (infinite != 0 || infinity_at(lua, a) != 0)
        return infinite;
    dvg_text left = digits_of(lua, a, a_room, &a_rest);
    dvg_text right = digits_of(lua, b, b_room, &b_rest);
    int order = compare_texts(left, right);
    if (order != 0)
        return order;
    return (a_rest > b_rest) - (a_rest < b_rest);
}

/* Check that the operand at `index` can be compared; true if it is a NaN. */
static bool check_operand(lua_State *lua, int index)
{
    dvg_text text;
    if (lua_type(lua, index) == LUA_TNUMBER)
        return isnan(lua_tonumber(lua, index));
    if (!dvg_bigint_get(lua, index, &text))
        luaL_error(lua, "attempt to compare a big integer with a %s value",
                   luaL_typename(lua, index));
    return false;
}

static int bigint_less(lua_State *lua)
{
    bool nan = check_operand(lua, 1);
    nan = check_operand(lua, 2) || nan;
    lua_pushboolean(lua, !nan && dvg_bigint_compare(lua, 1, 2) < 0);
    return 1;
}

static int bigint_less_or_equal(lua_State *lua)
{
    bool nan = check_operand(lua, 1);
    nan = check_operand(lua, 2) || nan;
    lua_pushboolean(lua, !nan && dvg_bigint_compare(lua, 1, 2) <= 0);
    return 1;
}

static int bigint_equal(lua_State *lua)
{
    dvg_text a;
    dvg_text b;
    lua_pushboolean(lua, dvg_bigint_get(lua, 1, &a) && dvg_bigint_get(lua, 2, &b) &&
                             compare_texts(a, b) == 0);
    return 1;
}

static dvg_text check_bigint(lua_State *lua)
{
    dvg_text text = {"", 0};
    if (!dvg_bigint_get(lua, 1, &text))
        luaL_error(lua, "not a big integer");
    return text;
}

static int bigint_tostring(lua_State *lua)
{
    dvg_text text = check_bigint(lua);
    lua_pushlstring(lua, text.data, text.size);
    return 1;
}

/* `..`, as with other numbers. */
static int bigint_concat(lua_State *lua)
{
    for (int i = 1; i <= 2; i++) {
        dvg_text text;
        if (dvg_bigint_get(lua, i, &text)) {
            lua_pushlstring(lua, text.data, text.size);
            lua_replace(lua, i);
        } else if (!lua_isstring(lua, i)) {
            return luaL_error(lua, "attempt to concatenate a big integer with a %s value",
                              luaL_typename(lua, i));
        }
    }
    lua_settop(lua, 2);
    lua_concat(lua, 2);
    return 1;
}

static int bigint_reckon(lua_State *lua)
{
    return luaL_error(lua, "a big integer has no arithmetic: it has tostring, ==, <, <=, .., "
                           ":hex() and :u64()");
}

/* Divide decimal digits (values, not characters) by 16 in place; returns the remainder and moves
 * `*first` past leading zeros. */
static unsigned divide_by_16(unsigned char *digits, size_t count, size_t *first)
{
    unsigned rest = 0;
    for (size_t i = *first; i < count; i++) {
        unsigned value = rest * 10 + digits[i];
        digits[i] = (unsigned char)(value / 16);
        rest = value % 16;
    }
    while (*first < count && digits[*first] == 0)
        (*first)++;
    return rest;
}

/* `b:hex()`: "0x..." in lower case, a '-' before it where negative. */
static int bigint_hex(lua_State *lua)
{
    dvg_text text = check_bigint(lua);
    size_t sign = text.size > 0 && text.data[0] == '-' ? 1 : 0;
    size_t count = text.size - sign;
    size_t first = 0;
    unsigned char *digits = lua_newuserdatauv(lua, 2 * text.size + 4, 0);
    char *out = (char *)digits + count;
    size_t room = text.size + 4; /* hexadecimal digits are fewer than decimal ones */
    size_t at = room;
    for (size_t i = 0; i < count; i++)
        digits[i] = (unsigned char)(text.data[sign + i] - '0');
    while (first < count) {
        dvg_state_check_time(lua);
        out[--at] = "0123456789abcdef"[divide_by_16(digits, count, &first)];
    }
    out[--at] = 'x';
    out[--at] = '0';
    if (sign == 1)
        out[--at] = '-';
    lua_pushlstring(lua, out + at, room - at);
    return 1;
}

/* `b:u64()`: the integer whose 64 bits are the number's; nil where it does not fit. */
static int bigint_u64(lua_State *lua)
{
    dvg_text text = check_bigint(lua);
    uint64_t number = 0;
    if (text.size == 0 || text.data[0] == '-')
        return 0;
    for (size_t i = 0; i < text.size; i++) {
        uint64_t digit = (uint64_t)(text.data[i] - '0');
        if (number > UINT64_MAX / 10 || number * 10 > UINT64_MAX - digit)
            return 0;
        number = number * 10 + digit;
    }
    lua_pushinteger(lua, (lua_Integer)number);
    return 1;
}

void dvg_bigint_open(lua_State *lua)
{
    static const luaL_Reg meta[] = {{"__tostring", bigint_tostring}, {"__eq", bigint_equal},
                                    {"__lt", bigint_less},           {"__le", bigint_less_or_equal},
                                    {"__concat", bigint_concat},     {NULL, NULL}};
    static const char *const arithmetic[] = {"__add",  "__sub",  "__mul",  "__div",  "__mod",
                                             "__pow",  "__unm",  "__idiv", "__band", "__bor",
                                             "__bxor", "__bnot", "__shl",  "__shr",  NULL};
    static const luaL_Reg methods[] = {{"hex", bigint_hex}, {"u64", bigint_u64}, {NULL, NULL}};
    luaL_newlib(lua, meta);
    for (int i = 0; arithmetic[i] != NULL; i++) {
        lua_pushcfunction(lua, bigint_reckon);
        lua_setfield(lua, -2, arithmetic[i]);
    }
    luaL_newlib(lua, methods);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pushliteral(lua, "bigint");
    lua_setfield(lua, -2, "__name");
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &bigint_key);
}
