/*
 * taking: values of Lua as a document, through the library's builder.
 * Answers for which table is an array and which an object, and for the order of members: by the
 * bytes of their names, since Lua's own order differs from run to run.
 */
#include "rock.h"

#include <stdlib.h>
#include <string.h>

/* A table that is being read. It takes three slots of the Lua stack: the table, its names in a
 * table that keeps them, and their sorted texts in a userdata; the latter two nil for an array. */
struct level {
    const dvg_text *names; /* NULL: an array */
    lua_Integer count;
    lua_Integer done;
};

enum { SLOTS = 3 };

struct taking {
    lua_State *lua;
    dvg_builder *builder;
    struct level *levels; /* storage of the userdata at `index` */
    int index;
    size_t depth;
    size_t capacity;
};

/* ---------------------------------------------------------------- tables */

/* What the keys of a table are. */
struct keys {
    lua_Integer strings;
    lua_Integer numbers;
    lua_Integer greatest;
    bool others;
};

/* Count the keys of the table on the top; its strings go to the table at `names`. [-0, +0, e] */
static void read_keys(lua_State *lua, int names, struct keys *keys)
{
    lua_pushnil(lua);
    while (lua_next(lua, -2) != 0) {
        lua_pop(lua, 1);
        if (lua_type(lua, -1) == LUA_TSTRING) {
            lua_pushvalue(lua, -1);
            lua_rawseti(lua, names, ++keys->strings);
        } else if (lua_isinteger(lua, -1) && lua_tointeger(lua, -1) > 0) {
            lua_Integer key = lua_tointeger(lua, -1);
            keys->numbers++;
            keys->greatest = key > keys->greatest ? key : keys->greatest;
        } else {
            keys->others = true;
        }
    }
}

static const char *what_is_wrong(const struct keys *keys, dvg_rock_mark mark)
{
    if (keys->others)
        return "a table with a key that is neither a string nor an index";
    if (keys->strings > 0 && keys->numbers > 0)
        return "a table with both strings and indices as keys";
    if (keys->numbers != keys->greatest)
        return "an array with a hole";
    if (mark == DVG_ROCK_ARRAY && keys->strings > 0)
        return "an array with strings as keys";
    if (mark == DVG_ROCK_OBJECT && keys->numbers > 0)
        return "an object with indices as keys";
    return NULL;
}

static int by_bytes(const void *a, const void *b)
{
    const dvg_text *left = a;
    const dvg_text *right = b;
    size_t size = left->size < right->size ? left->size : right->size;
    int order = memcmp(left->data, right->data, size);
    return order != 0 ? order : (left->size > right->size) - (left->size < right->size);
}

/* Push the sorted texts of the names in the table at the top. [-0, +1, m] */
static const dvg_text *push_sorted(lua_State *lua, lua_Integer count)
{
    dvg_text *texts = lua_newuserdatauv(lua, ((size_t)count + 1) * sizeof *texts, 0);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(lua, -2, i + 1);
        texts[i].data = lua_tolstring(lua, -1, &texts[i].size);
        lua_pop(lua, 1);
    }
    qsort(texts, (size_t)count, sizeof *texts, by_bytes);
    return texts;
}

static struct level *add_level(struct taking *taking)
{
    if (taking->depth == taking->capacity) {
        size_t capacity = taking->capacity * 2;
        struct level *moved = lua_newuserdatauv(taking->lua, capacity * sizeof *moved, 0);
        memcpy(moved, taking->levels, taking->depth * sizeof *moved);
        lua_replace(taking->lua, taking->index);
        taking->levels = moved;
        taking->capacity = capacity;
    }
    return &taking->levels[taking->depth++];
}

/* Begin the table on the top, which becomes the lowest of its slots. [-0, +2, e], or popped where
 * it cannot be a value. */
static void open_table(struct taking *taking)
{
    lua_State *lua = taking->lua;
    struct keys keys = {0, 0, 0, false};
    dvg_rock_mark mark = dvg_rock_mark_of(lua, -1);
    luaL_checkstack(lua, 12, "a table is too deep");
    lua_newtable(lua);
    lua_insert(lua, -2);
    read_keys(lua, lua_gettop(lua) - 1, &keys);
    lua_insert(lua, -2);
    const char *wrong = what_is_wrong(&keys, mark);
    bool array = keys.numbers > 0 || (keys.strings == 0 && mark == DVG_ROCK_ARRAY);
    if (wrong == NULL && (array ? dvg_builder_open_array(taking->builder)
                                : dvg_builder_open_object(taking->builder)) == DVG_OK) {
        struct level level = {NULL, array ? keys.numbers : keys.strings, 0};
        if (array)
            lua_pushnil(lua);
        else
            level.names = push_sorted(lua, keys.strings);
        *add_level(taking) = level;
        return;
    }
    if (wrong != NULL)
        (void)dvg_builder_fail(taking->builder, wrong);
    lua_pop(lua, 2);
}

static void close_table(struct taking *taking)
{
    if (taking->levels[--taking->depth].names != NULL)
        (void)dvg_builder_close_object(taking->builder);
    else
        (void)dvg_builder_close_array(taking->builder);
    lua_pop(taking->lua, SLOTS);
}

/* ---------------------------------------------------------------- values */

static dvg_status fail_type(struct taking *taking)
{
    char message[64] = "a ";
    const char *type = luaL_typename(taking->lua, -1);
    (void)strncat(message, type, 32);
    (void)strncat(message, ", which is no value of JSON", 30);
    return dvg_builder_fail(taking->builder, message);
}

/* Add the scalar on the top. [-1, +0, -] */
static void take_scalar(struct taking *taking)
{
    lua_State *lua = taking->lua;
    dvg_builder *builder = taking->builder;
    dvg_text text;
    if (dvg_rock_is_null(lua, -1)) {
        (void)dvg_builder_add_null(builder);
    } else if (dvg_rock_get_number(lua, -1, &text)) {
        (void)dvg_builder_add_number(builder, text.data, text.size);
    } else if (lua_isboolean(lua, -1)) {
        (void)dvg_builder_add_boolean(builder, lua_toboolean(lua, -1) != 0);
    } else if (lua_type(lua, -1) == LUA_TSTRING) {
        text.data = lua_tolstring(lua, -1, &text.size);
        (void)dvg_builder_add_string(builder, text.data, text.size);
    } else if (lua_type(lua, -1) != LUA_TNUMBER) {
        (void)fail_type(taking);
    } else if (lua_isinteger(lua, -1)) {
        (void)dvg_builder_add_int64(builder, lua_tointeger(lua, -1));
    } else {
        (void)dvg_builder_add_real(builder, lua_tonumber(lua, -1));
    }
    lua_pop(lua, 1);
}

static void take_one(struct taking *taking)
{
    if (lua_type(taking->lua, -1) == LUA_TTABLE)
        open_table(taking);
    else
        take_scalar(taking);
}

/* Push the next value of the innermost table, whose slots are on the top. [-0, +1, e] */
static void push_next(struct taking *taking, struct level *level)
{
    lua_State *lua = taking->lua;
    if (level->names != NULL) {
        const dvg_text *name = &level->names[level->done];
        (void)dvg_builder_name(taking->builder, name->data, name->size);
        lua_pushlstring(lua, name->data, name->size);
        lua_rawget(lua, -1 - SLOTS);
    } else {
        lua_rawgeti(lua, -SLOTS, level->done + 1);
    }
    if (lua_isnil(lua, -1))
        luaL_error(lua, "a table changed while it was read");
    level->done++;
}

void dvg_rock_take_value(lua_State *lua, int index, dvg_builder *builder)
{
    struct taking taking = {lua, builder, NULL, 0, 0, 16};
    luaL_checkstack(lua, 12, NULL);
    index = lua_absindex(lua, index);
    taking.levels = lua_newuserdatauv(lua, taking.capacity * sizeof *taking.levels, 0);
    taking.index = lua_gettop(lua);
    lua_pushvalue(lua, index);
    take_one(&taking);
    while (taking.depth > 0) {
        struct level *level = &taking.levels[taking.depth - 1];
        if (level->done == level->count) {
            close_table(&taking);
        } else {
            push_next(&taking, level);
            take_one(&taking);
        }
        /* What failed stays failed: the rest need not be read. */
        if (dvg_builder_status(builder) != DVG_OK)
            break;
    }
    lua_settop(lua, taking.index - 1);
}
