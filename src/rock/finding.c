/*
 * finding: one divergence as an object of Lua. It belongs to a comparison, which it keeps alive, or
 * is a window through which a classify function sees the divergence at hand.
 * Invariant: it holds no memory of the library's. A closed comparison and an ended call are
 * noticed.
 */
#include "rock.h"

#include <string.h>

static const char finding_name[] = "diverge.divergence";

/* User values: the comparison, and the values of both sides once they were asked for. */
enum { OWNER = 1, LEFT_VALUE, RIGHT_VALUE, USER_VALUES = RIGHT_VALUE };

struct finding {
    bool window;
    size_t index;               /* in the comparison */
    const dvg_divergence *live; /* what the window shows; NULL: nothing */
};

static struct finding *make(lua_State *lua)
{
    struct finding *made = lua_newuserdatauv(lua, sizeof *made, USER_VALUES);
    *made = (struct finding){false, 0, NULL};
    luaL_setmetatable(lua, finding_name);
    return made;
}

void dvg_rock_push_finding(lua_State *lua, int owner, size_t index)
{
    struct finding *made = make(lua);
    made->index = index;
    lua_pushvalue(lua, owner < 0 && owner > LUA_REGISTRYINDEX ? owner - 1 : owner);
    lua_setiuservalue(lua, -2, OWNER);
}

void dvg_rock_push_window(lua_State *lua) { make(lua)->window = true; }

void dvg_rock_show_finding(lua_State *lua, int index, const dvg_divergence *divergence)
{
    struct finding *self = lua_touserdata(lua, index);
    index = lua_absindex(lua, index);
    self->live = divergence;
    for (int value = LEFT_VALUE; value <= RIGHT_VALUE; value++) {
        lua_pushnil(lua);
        lua_setiuservalue(lua, index, value);
    }
}

/* What the finding at `index` is about. [-0, +0, e] */
static struct finding *look(lua_State *lua, int index, dvg_divergence *divergence)
{
    dvg_error error;
    struct finding *self = luaL_checkudata(lua, index, finding_name);
    if (self->live != NULL) {
        *divergence = *self->live;
        return self;
    }
    if (self->window)
        luaL_error(lua, "a divergence is used outside of the call that it was for; copy() "
                        "keeps one");
    lua_getiuservalue(lua, index, OWNER);
    dvg_rock_comparison *owner = dvg_rock_check_comparison(lua, -1);
    lua_pop(lua, 1);
    if (dvg_result_get(owner->result, self->index, divergence, &error) != DVG_OK)
        luaL_error(lua, "%s", error.message);
    return self;
}

/* ---------------------------------------------------------------- fields */

static void push_string(lua_State *lua, const char *text)
{
    if (text == NULL || text[0] == '\0')
        lua_pushnil(lua);
    else
        lua_pushstring(lua, text);
}

/* Push the value of a side, made once. */
static void push_side(lua_State *lua, int index, dvg_value value, int slot)
{
    if (lua_getiuservalue(lua, index, slot) != LUA_TNIL)
        return;
    lua_pop(lua, 1);
    dvg_rock_push_value(lua, value);
    lua_pushvalue(lua, -1);
    lua_setiuservalue(lua, index, slot);
}

static const char *const field_names[] = {
    "file",      "path",       "pointer",    "quoted", "kind",          "class", "severity", "note",
    "left_type", "right_type", "ignored_by", "rule",   "suppressed_by", "left",  "right",    NULL};

enum field {
    FILE_NAME,
    PATH,
    POINTER,
    QUOTED,
    KIND,
    CLASS,
    SEVERITY,
    NOTE,
    LEFT_TYPE,
    RIGHT_TYPE,
    IGNORED_BY,
    RULE,
    SUPPRESSED_BY,
    LEFT,
    RIGHT,
    FIELD_COUNT
};

static const char *plain_text(const dvg_divergence *d, enum field field)
{
    switch (field) {
    case FILE_NAME:
        return d->file;
    case KIND:
        return d->kind;
    case CLASS:
        return d->class_name;
    case SEVERITY:
        return d->severity;
    case NOTE:
        return d->note;
    case LEFT_TYPE:
        return dvg_type_name(dvg_value_type(d->left));
    case RIGHT_TYPE:
        return dvg_type_name(dvg_value_type(d->right));
    case IGNORED_BY:
        return d->ignored_by;
    case RULE:
        return d->rule;
    default:
        return d->suppressed_by;
    }
}

static void push_field(lua_State *lua, int index, const dvg_divergence *d, enum field field)
{
    switch (field) {
    case PATH:
        lua_pushlstring(lua, d->path.data, d->path.size);
        break;
    case POINTER:
        lua_pushlstring(lua, d->pointer.data, d->pointer.size);
        break;
    case QUOTED:
        lua_pushlstring(lua, d->quoted.data, d->quoted.size);
        break;
    case LEFT:
        push_side(lua, index, d->left, LEFT_VALUE);
        break;
    case RIGHT:
        push_side(lua, index, d->right, RIGHT_VALUE);
        break;
    default:
        push_string(lua, plain_text(d, field));
        break;
    }
}

/* ---------------------------------------------------------------- methods */

/* divergence:copy(): its fields in a table of their own. */
static int finding_copy(lua_State *lua)
{
    dvg_divergence divergence;
    (void)look(lua, 1, &divergence);
    lua_settop(lua, 1);
    lua_createtable(lua, 0, FIELD_COUNT);
    for (int field = 0; field < FIELD_COUNT; field++) {
        push_field(lua, 1, &divergence, (enum field)field);
        lua_setfield(lua, 2, field_names[field]);
    }
    return 1;
}

/* divergence:text(side): the literal of a number, the characters of a string; nil for the others.
 */
static int finding_text(lua_State *lua)
{
    static const char *const sides[] = {"left", "right", NULL};
    dvg_divergence divergence;
    int side = luaL_checkoption(lua, 2, NULL, sides);
    (void)look(lua, 1, &divergence);
    dvg_value value = side == DVG_LEFT ? divergence.left : divergence.right;
    dvg_type type = dvg_value_type(value);
    if (type != DVG_STRING && type != DVG_INTEGER && type != DVG_REAL)
        return 0;
    dvg_text text = dvg_value_text(value);
    lua_pushlstring(lua, text.data, text.size);
    return 1;
}

/* ---------------------------------------------------------------- the object */

/* Upvalue 1 holds the methods. */
static int finding_index(lua_State *lua)
{
    dvg_divergence divergence;
    lua_pushvalue(lua, 2);
    if (lua_rawget(lua, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    (void)look(lua, 1, &divergence);
    const char *name = lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "";
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (strcmp(field_names[field], name) != 0)
            continue;
        push_field(lua, 1, &divergence, (enum field)field);
        return 1;
    }
    return luaL_error(lua, "a divergence has no field '%s'", luaL_tolstring(lua, 2, NULL));
}

static int finding_to_string(lua_State *lua)
{
    dvg_divergence divergence;
    (void)look(lua, 1, &divergence);
    lua_pushfstring(lua, "%s: ", divergence.file);
    lua_pushlstring(lua, divergence.path.data, divergence.path.size);
    lua_pushfstring(lua, ": %s", divergence.kind);
    lua_concat(lua, 3);
    return 1;
}

void dvg_rock_open_finding(lua_State *lua)
{
    static const luaL_Reg methods[] = {
        {"copy", finding_copy}, {"text", finding_text}, {NULL, NULL}};
    luaL_newmetatable(lua, finding_name);
    lua_pushcfunction(lua, finding_to_string);
    lua_setfield(lua, -2, "__tostring");
    luaL_newlib(lua, methods);
    lua_pushcclosure(lua, finding_index, 1);
    lua_setfield(lua, -2, "__index");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_pop(lua, 1);
}
