/*
 * pushing: values of documents as values of Lua, and the few that Lua lacks: null, numbers that fit
 * neither of its types, tables that are known to be an array or an object.
 */
#include "rock.h"

#include <string.h>

/* Their addresses are keys of the registry. */
static const char null_key = 0;
static const char array_key = 0;
static const char object_key = 0;

static const char number_name[] = "diverge.number";

/* ---------------------------------------------------------------- null */

void dvg_rock_push_null(lua_State *lua) { lua_rawgetp(lua, LUA_REGISTRYINDEX, &null_key); }

/* Other libraries for JSON have the null pointer as their null. */
bool dvg_rock_is_null(lua_State *lua, int index)
{
    if (lua_islightuserdata(lua, index))
        return lua_touserdata(lua, index) == NULL;
    if (lua_type(lua, index) != LUA_TUSERDATA)
        return false;
    index = lua_absindex(lua, index);
    dvg_rock_push_null(lua);
    bool is_null = lua_rawequal(lua, index, -1) != 0;
    lua_pop(lua, 1);
    return is_null;
}

static int null_to_string(lua_State *lua)
{
    lua_pushliteral(lua, "null");
    return 1;
}

static void make_null(lua_State *lua)
{
    (void)lua_newuserdatauv(lua, 0, 0);
    lua_createtable(lua, 0, 2);
    lua_pushcfunction(lua, null_to_string);
    lua_setfield(lua, -2, "__tostring");
    lua_pushliteral(lua, "diverge.null");
    lua_setfield(lua, -2, "__name");
    lua_setmetatable(lua, -2);
    lua_rawsetp(lua, LUA_REGISTRYINDEX, &null_key);
}

/* ---------------------------------------------------------------- numbers by their text */

void dvg_rock_push_number(lua_State *lua, dvg_text text)
{
    (void)lua_newuserdatauv(lua, 0, 1);
    lua_pushlstring(lua, text.data, text.size);
    lua_setiuservalue(lua, -2, 1);
    luaL_setmetatable(lua, number_name);
}

bool dvg_rock_get_number(lua_State *lua, int index, dvg_text *text)
{
    if (luaL_testudata(lua, index, number_name) == NULL)
        return false;
    lua_getiuservalue(lua, index, 1);
    text->data = lua_tolstring(lua, -1, &text->size); /* the userdata keeps it */
    lua_pop(lua, 1);
    return true;
}

static int number_to_string(lua_State *lua)
{
    (void)luaL_checkudata(lua, 1, number_name);
    lua_getiuservalue(lua, 1, 1);
    return 1;
}

/* Equal texts; 1.0 and 1 are two numbers here, as in a document. */
static int number_equal(lua_State *lua)
{
    dvg_text a, b;
    lua_pushboolean(lua, dvg_rock_get_number(lua, 1, &a) && dvg_rock_get_number(lua, 2, &b) &&
                             a.size == b.size && memcmp(a.data, b.data, a.size) == 0);
    return 1;
}

/* diverge.number(text): a number of a document, exact at any length. */
static int number_new(lua_State *lua)
{
    dvg_text text;
    dvg_error error;
    dvg_builder *builder = NULL;
    dvg_document *document = NULL;
    luaL_checktype(lua, 1, LUA_TSTRING);
    text.data = lua_tolstring(lua, 1, &text.size);
    /* The library knows what a number is. Nothing between here and the last line raises. */
    dvg_status status = dvg_builder_new(&builder, NULL, &error);
    if (status == DVG_OK) {
        (void)dvg_builder_add_number(builder, text.data, text.size);
        status = dvg_builder_finish(&document, builder, &error);
    }
    dvg_document_free(document);
    dvg_builder_free(builder);
    if (status == DVG_E_INPUT)
        return luaL_argerror(lua, 1, "not a number of JSON");
    if (status != DVG_OK)
        return luaL_error(lua, "%s", error.message);
    dvg_rock_push_number(lua, text);
    return 1;
}

static void make_numbers(lua_State *lua)
{
    static const luaL_Reg functions[] = {
        {"__tostring", number_to_string}, {"__eq", number_equal}, {NULL, NULL}};
    luaL_newmetatable(lua, number_name);
    luaL_setfuncs(lua, functions, 0);
    lua_pop(lua, 1);
}

/* ---------------------------------------------------------------- arrays and objects */

static const void *key_of(dvg_rock_mark mark)
{
    return mark == DVG_ROCK_ARRAY ? &array_key : &object_key;
}

dvg_rock_mark dvg_rock_mark_of(lua_State *lua, int index)
{
    dvg_rock_mark found = DVG_ROCK_NONE;
    if (!lua_getmetatable(lua, index))
        return DVG_ROCK_NONE;
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &array_key);
    lua_rawgetp(lua, LUA_REGISTRYINDEX, &object_key);
    if (lua_rawequal(lua, -3, -2))
        found = DVG_ROCK_ARRAY;
    else if (lua_rawequal(lua, -3, -1))
        found = DVG_ROCK_OBJECT;
    lua_pop(lua, 3);
    return found;
}

void dvg_rock_set_mark(lua_State *lua, dvg_rock_mark mark)
{
    lua_rawgetp(lua, LUA_REGISTRYINDEX, key_of(mark));
    lua_setmetatable(lua, -2);
}

static int mark_table(lua_State *lua, dvg_rock_mark mark)
{
    if (lua_isnoneornil(lua, 1)) {
        lua_newtable(lua);
    } else {
        luaL_checktype(lua, 1, LUA_TTABLE);
        lua_settop(lua, 1);
        if (lua_getmetatable(lua, 1)) {
            lua_pop(lua, 1);
            luaL_argcheck(lua, dvg_rock_mark_of(lua, 1) != DVG_ROCK_NONE, 1,
                          "the table has a metatable of its own");
        }
    }
    dvg_rock_set_mark(lua, mark);
    return 1;
}

/* diverge.array([t]), diverge.object([t]): say what a table is, where it does not show. */
static int mark_array(lua_State *lua) { return mark_table(lua, DVG_ROCK_ARRAY); }
static int mark_object(lua_State *lua) { return mark_table(lua, DVG_ROCK_OBJECT); }

static void make_mark(lua_State *lua, dvg_rock_mark mark, const char *name)
{
    lua_createtable(lua, 0, 1);
    lua_pushstring(lua, name);
    lua_setfield(lua, -2, "__name");
    lua_rawsetp(lua, LUA_REGISTRYINDEX, key_of(mark));
}

/* ---------------------------------------------------------------- documents */

/* A container whose table stands on the Lua stack. */
struct frame {
    dvg_value next; /* element, or name of a member */
    uint64_t left;
    lua_Integer done;
    bool object;
};

struct frames {
    struct frame *at; /* storage of the userdata at `index` */
    int index;
    size_t depth;
    size_t capacity;
};

static struct frame *add_frame(lua_State *lua, struct frames *frames)
{
    if (frames->depth == frames->capacity) {
        size_t capacity = frames->capacity * 2;
        struct frame *moved = lua_newuserdatauv(lua, capacity * sizeof *moved, 0);
        memcpy(moved, frames->at, frames->depth * sizeof *moved);
        lua_replace(lua, frames->index);
        frames->at = moved;
        frames->capacity = capacity;
    }
    return &frames->at[frames->depth++];
}

static void push_scalar(lua_State *lua, dvg_value value)
{
    int64_t integer = 0;
    dvg_text text = dvg_value_text(value);
    switch (dvg_value_type(value)) {
    case DVG_NULL:
        dvg_rock_push_null(lua);
        break;
    case DVG_FALSE:
    case DVG_TRUE:
        lua_pushboolean(lua, dvg_value_type(value) == DVG_TRUE);
        break;
    case DVG_INTEGER:
        if (dvg_value_int64(value, &integer))
            lua_pushinteger(lua, integer);
        else
            dvg_rock_push_number(lua, text);
        break;
    case DVG_REAL:
        lua_pushnumber(lua, dvg_value_double(value));
        break;
    case DVG_STRING:
        lua_pushlstring(lua, text.data, text.size);
        break;
    default:
        lua_pushnil(lua);
        break;
    }
}

/* Push a scalar, or the table of a container that is then filled. */
static void push_one(lua_State *lua, dvg_value value, struct frames *frames)
{
    bool object = dvg_value_type(value) == DVG_OBJECT;
    if (!object && dvg_value_type(value) != DVG_ARRAY) {
        push_scalar(lua, value);
        return;
    }
    luaL_checkstack(lua, 8, "a document is too deep");
    struct frame *frame = add_frame(lua, frames);
    *frame = (struct frame){dvg_value_first(value), dvg_value_count(value), 0, object};
    lua_newtable(lua);
    dvg_rock_set_mark(lua, object ? DVG_ROCK_OBJECT : DVG_ROCK_ARRAY);
}

/* Put the value on the top into the table of the innermost frame, which is below it. */
static void store(lua_State *lua, struct frames *frames)
{
    struct frame *frame = &frames->at[frames->depth - 1];
    frame->done++;
    if (frame->object)
        lua_rawset(lua, -3);
    else
        lua_rawseti(lua, -2, frame->done);
}

void dvg_rock_push_value(lua_State *lua, dvg_value value)
{
    struct frames frames = {NULL, 0, 0, 16};
    luaL_checkstack(lua, 8, NULL);
    frames.at = lua_newuserdatauv(lua, frames.capacity * sizeof *frames.at, 0);
    frames.index = lua_gettop(lua);
    push_one(lua, value, &frames);
    while (frames.depth > 0) {
        struct frame *frame = &frames.at[frames.depth - 1];
        if (frame->left == 0) {
            if (--frames.depth > 0)
                store(lua, &frames);
            continue;
        }
        frame->left--;
        dvg_value child = frame->next;
        if (frame->object) {
            push_scalar(lua, child);
            child = dvg_value_next(child);
        }
        /* The last one has none behind it. */
        if (frame->left > 0)
            frame->next = dvg_value_next(child);
        size_t depth = frames.depth;
        push_one(lua, child, &frames);
        if (frames.depth == depth)
            store(lua, &frames);
    }
    lua_remove(lua, frames.index);
}

/* ---------------------------------------------------------------- opening */

/* diverge.type(v): as the scripts of diverge call the types of values; what is no value of JSON by
 * Lua's name, a table that is not marked "table". */
static int value_type(lua_State *lua)
{
    static const char *const marks[] = {"table", "array", "object"};
    dvg_text text;
    luaL_checkany(lua, 1);
    if (dvg_rock_is_null(lua, 1))
        lua_pushliteral(lua, "null");
    else if (lua_isnil(lua, 1))
        lua_pushliteral(lua, "absent");
    else if (lua_type(lua, 1) == LUA_TNUMBER)
        lua_pushstring(lua, lua_isinteger(lua, 1) ? "integer" : "real");
    else if (lua_type(lua, 1) == LUA_TTABLE)
        lua_pushstring(lua, marks[dvg_rock_mark_of(lua, 1)]);
    else if (dvg_rock_get_number(lua, 1, &text))
        lua_pushstring(lua, strpbrk(text.data, ".eE") == NULL ? "integer" : "real");
    else
        lua_pushstring(lua, luaL_typename(lua, 1));
    return 1;
}

void dvg_rock_open_values(lua_State *lua)
{
    static const luaL_Reg functions[] = {{"array", mark_array},
                                         {"object", mark_object},
                                         {"number", number_new},
                                         {"type", value_type},
                                         {NULL, NULL}};
    make_null(lua);
    make_numbers(lua);
    make_mark(lua, DVG_ROCK_ARRAY, "diverge.array");
    make_mark(lua, DVG_ROCK_OBJECT, "diverge.object");
    luaL_setfuncs(lua, functions, 0);
    dvg_rock_push_null(lua);
    lua_setfield(lua, -2, "null");
}
