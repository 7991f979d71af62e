/*
 * fields: see fields.h.
 */
#include "script/fields.h"

#include "base/sort.h"
#include "script/elements.h"
#include "script/nearest.h"
#include "script/sandbox.h"

#include <stdio.h>
#include <string.h>

void dvg_fields_init(dvg_fields *fields, lua_State *lua, void *payload)
{
    memset(fields, 0, sizeof *fields);
    fields->lua = lua;
    fields->state = dvg_state_of(lua);
    fields->payload = payload;
}

/* ---------------------------------------------------------------- places */

static bool is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_';
}

/* Is the name at `at`, which is `size` bytes long, a key: followed by '=' and no second one? */
static bool is_key(const char *text, const char *at, size_t size, const char *end)
{
    if (at > text && is_word(at[-1]))
        return false;
    at += size;
    if (at < end && is_word(*at))
        return false;
    while (at < end && (*at == '"' || *at == '\'' || *at == ']' || *at == ' ' || *at == '\t'))
        at++;
    return at < end && *at == '=' && !(at + 1 < end && at[1] == '=');
}

/* Offset of `name` as a key from `from` on; SIZE_MAX: nowhere. */
static size_t find_key(const dvg_source *source, size_t from, const char *name)
{
    const char *end = source->text + source->size;
    size_t size = strlen(name);
    for (const char *at = source->text + from; size > 0 && at < end; at++) {
        at = memchr(at, name[0], (size_t)(end - at));
        if (at == NULL || (size_t)(end - at) < size)
            break;
        if (memcmp(at, name, size) == 0 && is_key(source->text, at, size, end))
            return (size_t)(at - source->text);
    }
    return SIZE_MAX;
}

/* Offset of an element of the list whose key stands at `from`; SIZE_MAX: not to be found. */
static size_t find_element(const dvg_source *source, size_t from, lua_Integer index)
{
    const char *at = source->text + from;
    const char *end = source->text + source->size;
    while (at < end && is_word(*at))
        at++;
    at = dvg_element_find(at, end, (size_t)index);
    return at == NULL ? SIZE_MAX : (size_t)(at - source->text);
}

/* Offset of the last "return" that begins a line, where a script gives its table as a rule. */
static size_t find_return(const dvg_source *source)
{
    static const char word[] = "return";
    size_t found = 0;
    bool begins = true;
    for (size_t i = 0; i + sizeof word - 1 <= source->size; i++) {
        char byte = source->text[i];
        if (begins && memcmp(source->text + i, word, sizeof word - 1) == 0)
            found = i;
        begins = byte == '\n' || (begins && (byte == ' ' || byte == '\t'));
    }
    return found;
}

uint64_t dvg_fields_line(const dvg_fields *fields)
{
    const dvg_source *source = &fields->state->source;
    size_t place = 0;
    uint64_t line = 1;
    for (int i = 0; i < fields->depth; i++) {
        const char *name = fields->steps[i].name;
        size_t found = name == NULL ? find_element(source, place, fields->steps[i].index)
                                    : find_key(source, place, name);
        if (found != SIZE_MAX)
            place = found;
    }
    if (place == 0)
        place = find_return(source);
    for (size_t i = 0; i < place; i++)
        line += source->text[i] == '\n';
    return line;
}

/* Write the path of the field at hand, "" for the whole table. */
static void write_path(const dvg_fields *fields, char *text, size_t size)
{
    size_t at = 0;
    text[0] = '\0';
    for (int i = 0; i < fields->depth && at < size; i++) {
        const char *name = fields->steps[i].name;
        int length = 0;
        bool plain = name != NULL;
        for (const char *c = name; plain && *c != '\0'; c++)
            plain = is_word(*c);
        if (name == NULL)
            length = snprintf(text + at, size - at, "[%d]", (int)fields->steps[i].index);
        else
            length = snprintf(text + at, size - at, plain ? "%s%s" : "%s[\"%s\"]",
                              plain && at > 0 ? "." : "", name);
        at += length > 0 ? (size_t)length : 0;
    }
}

_Noreturn void dvg_fields_fail(dvg_fields *fields, const char *format, ...)
{
    char path[256];
    char message[512];
    va_list arguments;
    write_path(fields, path, sizeof path);
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    dvg_fail_at(&fields->state->kept, DVG_E_SCRIPT, fields->state->source.shown,
                dvg_fields_line(fields), 0, 0, "%s%s%s", path, path[0] == '\0' ? "" : ": ",
                message);
    dvg_state_raise_kept(fields->lua);
}

void dvg_fields_check(dvg_fields *fields, dvg_status status, const dvg_error *error)
{
    if (status == DVG_E_MEMORY)
        dvg_state_raise_memory(fields->lua);
    if (status != DVG_OK)
        dvg_fields_fail(fields, "%s", error->message);
}

_Noreturn void dvg_fields_unknown(dvg_fields *fields, const char *what, const char *name,
                                  const void *names, size_t count, size_t stride)
{
    dvg_nearest nearest;
    dvg_nearest_init(&nearest, name, strlen(name));
    for (size_t i = 0; i < count; i++) {
        const char *known = NULL;
        memcpy(&known, (const char *)names + i * stride, sizeof known);
        dvg_nearest_offer(&nearest, known);
    }
    if (nearest.best == NULL)
        dvg_fields_fail(fields, "there is no %s \"%s\"", what, name);
    dvg_fields_fail(fields, "there is no %s \"%s\"; the nearest is \"%s\"", what, name,
                    nearest.best);
}

/* ---------------------------------------------------------------- types */

/* "a string or a table" for a set of types. */
static void name_types(unsigned takes, char *text, size_t size)
{
    static const struct {
        unsigned bit;
        const char *name;
    } names[] = {{DVG_TAKES_TEXT, "a string"},
                 {DVG_TAKES_NUMBER, "a number"},
                 {DVG_TAKES_FLAG, "true or false"},
                 {DVG_TAKES_TABLE, "a table"},
                 {DVG_TAKES_FUNCTION, "a function"}};
    size_t at = 0;
    text[0] = '\0';
    for (size_t i = 0; i < sizeof names / sizeof names[0] && at < size; i++) {
        if ((takes & names[i].bit) == 0)
            continue;
        int length = snprintf(text + at, size - at, "%s%s", at > 0 ? " or " : "", names[i].name);
        at += length > 0 ? (size_t)length : 0;
    }
}

/* The value at hand in words: `the number 3`, `the string "a"`, `a table`. */
static const char *describe(dvg_fields *fields, char *text, size_t size)
{
    lua_State *lua = fields->lua;
    size_t length = 0;
    switch (lua_type(lua, -1)) {
    case LUA_TNIL:
        return "nil";
    case LUA_TBOOLEAN:
        return lua_toboolean(lua, -1) ? "true" : "false";
    case LUA_TNUMBER:
        lua_pushvalue(lua, -1); /* turns into text where it stands */
        (void)snprintf(text, size, "the number %.40s", lua_tostring(lua, -1));
        lua_pop(lua, 1);
        return text;
    case LUA_TSTRING:
        length = (size_t)snprintf(text, size, "the string \"");
        dvg_line_escape(text + length, size - length - 1, lua_tostring(lua, -1),
                        lua_rawlen(lua, -1));
        memcpy(text + strlen(text), "\"", 2);
        return text;
    default:
        (void)snprintf(text, size, "a %s", luaL_typename(lua, -1));
        return text;
    }
}

static void check_type(dvg_fields *fields, unsigned takes)
{
    char expected[128];
    char got[96];
    if ((takes & 1U << lua_type(fields->lua, -1)) != 0)
        return;
    name_types(takes, expected, sizeof expected);
    dvg_fields_fail(fields, "expected %s, and this is %s", expected,
                    describe(fields, got, sizeof got));
}

static void enter(dvg_fields *fields, const char *name, lua_Integer index)
{
    if (fields->depth == DVG_FIELDS_DEPTH)
        dvg_fields_fail(fields, "tables are too deep here");
    luaL_checkstack(fields->lua, 8, NULL);
    fields->steps[fields->depth].name = name;
    fields->steps[fields->depth].index = index;
    fields->depth++;
}

static void leave(dvg_fields *fields)
{
    fields->depth--;
    lua_pop(fields->lua, 1);
}

/* ---------------------------------------------------------------- tables */

static bool is_known(const dvg_field *known, size_t count, const char *name, size_t size)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(known[i].name) == size && memcmp(known[i].name, name, size) == 0)
            return true;
    return false;
}

/* Fail about the first key, by bytes, that nobody knows. The table is on the top. */
static void check_keys(dvg_fields *fields, const dvg_field *known, size_t count)
{
    lua_State *lua = fields->lua;
    char got[96];
    dvg_text worst = {NULL, 0};
    lua_pushnil(lua);
    while (lua_next(lua, -2) != 0) {
        dvg_text name;
        lua_pop(lua, 1);
        if (lua_type(lua, -1) != LUA_TSTRING)
            dvg_fields_fail(fields, "expected fields by their names, and one is %s",
                            describe(fields, got, sizeof got));
        name.data = lua_tolstring(lua, -1, &name.size);
        if (is_known(known, count, name.data, name.size))
            continue;
        if (worst.data == NULL || dvg_text_compare(name, worst) < 0)
            worst = name; /* the table holds it */
    }
    if (worst.data == NULL)
        return;
    lua_pushnil(lua);
    enter(fields, worst.data, 0);
    dvg_fields_unknown(fields, "field", worst.data, &known[0].name, count, sizeof known[0]);
}

void dvg_fields_table(dvg_fields *fields, const dvg_field *known, size_t count)
{
    lua_State *lua = fields->lua;
    luaL_checkstack(lua, 8, NULL);
    check_type(fields, DVG_TAKES_TABLE);
    check_keys(fields, known, count);
    for (size_t i = 0; i < count; i++) {
        lua_pushstring(lua, known[i].name);
        if (lua_rawget(lua, -2) == LUA_TNIL) {
            lua_pop(lua, 1);
            continue;
        }
        enter(fields, known[i].name, 0);
        check_type(fields, known[i].takes);
        if (known[i].read != NULL)
            known[i].read(fields);
        leave(fields);
    }
}

void dvg_fields_list(dvg_fields *fields, unsigned takes, dvg_field_fn each)
{
    lua_State *lua = fields->lua;
    char got[96];
    luaL_checkstack(lua, 8, NULL);
    check_type(fields, DVG_TAKES_TABLE);
    lua_Integer length = (lua_Integer)lua_rawlen(lua, -1);
    lua_pushnil(lua);
    while (lua_next(lua, -2) != 0) {
        lua_pop(lua, 1);
        if (!lua_isinteger(lua, -1) || lua_tointeger(lua, -1) < 1 ||
            lua_tointeger(lua, -1) > length)
            dvg_fields_fail(fields, "expected a list, and one of its keys is %s",
                            describe(fields, got, sizeof got));
    }
    for (lua_Integer i = 1; i <= length; i++) {
        lua_rawgeti(lua, -1, i);
        enter(fields, NULL, i);
        check_type(fields, takes);
        each(fields);
        dvg_state_check_time(lua); /* each may look through all before it */
        leave(fields);
    }
}

void dvg_fields_map(dvg_fields *fields, unsigned takes, dvg_field_named_fn each)
{
    lua_State *lua = fields->lua;
    char got[96];
    luaL_checkstack(lua, 8, NULL);
    check_type(fields, DVG_TAKES_TABLE);
    int table = lua_gettop(lua);
    dvg_order_push_keys(lua, table);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, -1);
    for (lua_Integer i = 1; i <= count; i++) {
        size_t size = 0;
        lua_rawgeti(lua, table + 1, i);
        if (lua_type(lua, -1) != LUA_TSTRING)
            dvg_fields_fail(fields, "expected names as keys, and one is %s",
                            describe(fields, got, sizeof got));
        const char *name = lua_tolstring(lua, -1, &size);
        if (size == 0 || strlen(name) != size)
            dvg_fields_fail(fields, "an empty name, or one with a NUL, is none");
        lua_rawget(lua, table); /* the table goes on holding the name */
        enter(fields, name, 0);
        check_type(fields, takes);
        each(fields, name);
        leave(fields);
    }
    lua_settop(lua, table);
}

/* ---------------------------------------------------------------- values */

const char *dvg_fields_text(dvg_fields *fields)
{
    size_t size = 0;
    check_type(fields, DVG_TAKES_TEXT);
    const char *text = lua_tolstring(fields->lua, -1, &size);
    if (size == 0)
        dvg_fields_fail(fields, "an empty text is not allowed here");
    if (strlen(text) != size)
        dvg_fields_fail(fields, "a NUL byte is not allowed here");
    return text;
}

const char *dvg_fields_member(dvg_fields *fields, const char *name)
{
    lua_pushstring(fields->lua, name);
    lua_rawget(fields->lua, -2);
    const char *text =
        lua_type(fields->lua, -1) == LUA_TSTRING ? lua_tostring(fields->lua, -1) : NULL;
    lua_pop(fields->lua, 1); /* the table holds it */
    return text;
}

/* Fail because a text is none of those: `expected "a", "b" or "c", and this is "d"`. */
static _Noreturn void fail_choice(dvg_fields *fields, const char *const *names, size_t count)
{
    char list[256];
    char got[96];
    size_t at = 0;
    list[0] = '\0';
    for (size_t i = 0; i < count && at < sizeof list; i++) {
        const char *between = i == 0 ? "" : i + 1 == count ? " or " : ", ";
        int length = snprintf(list + at, sizeof list - at, "%s\"%s\"", between, names[i]);
        at += length > 0 ? (size_t)length : 0;
    }
    dvg_fields_fail(fields, "expected %s, and this is %s", list, describe(fields, got, sizeof got));
}

size_t dvg_fields_choice(dvg_fields *fields, const char *const *names)
{
    size_t count = 0;
    const char *text = dvg_fields_text(fields);
    for (; names[count] != NULL; count++)
        if (strcmp(names[count], text) == 0)
            return count;
    fail_choice(fields, names, count);
}

uint64_t dvg_fields_whole(dvg_fields *fields, uint64_t least, uint64_t most)
{
    int isinteger = 0;
    char got[96];
    char up_to[32];
    check_type(fields, DVG_TAKES_NUMBER);
    (void)snprintf(up_to, sizeof up_to, " to %zu", (size_t)most);
    lua_Integer number = lua_tointegerx(fields->lua, -1, &isinteger);
    if (!isinteger || number < 0 || (uint64_t)number < least || (uint64_t)number > most)
        dvg_fields_fail(fields, "expected a whole number from %zu%s, and this is %s", (size_t)least,
                        most < INT64_MAX ? up_to : " on", describe(fields, got, sizeof got));
    return (uint64_t)number;
}
