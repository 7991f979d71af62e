/*
 * inline: a profile that is a table of Lua, without a script: what dvg_profile_options can say,
 * under the names that profiles in scripts use.
 */
#include "rock.h"

#include <string.h>

static bool flag_field(lua_State *lua, int index, const char *name)
{
    int type = lua_getfield(lua, index, name);
    if (type != LUA_TNIL && type != LUA_TBOOLEAN)
        luaL_error(lua, "profile: \"%s\" is a %s; a boolean is expected", name,
                   lua_typename(lua, type));
    bool flag = lua_toboolean(lua, -1) != 0;
    lua_pop(lua, 1);
    return flag;
}

/* Push element `i` of the list at `list`, which must be a table. [-0, +1, e] */
static int push_item(lua_State *lua, int list, lua_Integer i, const char *what)
{
    luaL_checkstack(lua, 16, "the profile is too large");
    if (lua_rawgeti(lua, list, i) != LUA_TTABLE)
        luaL_error(lua, "profile: %s %I is a %s; a table is expected", what, (LUAI_UACINT)i,
                   luaL_typename(lua, -1));
    return lua_gettop(lua);
}

static dvg_severity severity_field(lua_State *lua, int index)
{
    static const char *const words[] = {"info", "warning", "error"};
    const char *word = dvg_rock_push_field(lua, index, "severity");
    for (int i = 0; word != NULL && i < 3; i++)
        if (strcmp(words[i], word) == 0)
            return (dvg_severity)i;
    if (word != NULL)
        luaL_error(lua, "profile: the severity \"%s\" is none; there are info, warning, error",
                   word);
    return DVG_ERROR;
}

/* What the options point to stays on the stack in all that follows. [-0, +n, e] */
static void read_classes(lua_State *lua, int index, dvg_profile_options *options)
{
    static const char *const names[] = {"name", "title", "severity", NULL};
    if (!dvg_rock_push_table(lua, index, "classes"))
        return;
    int list = lua_gettop(lua);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, list);
    dvg_class_options *classes = lua_newuserdatauv(lua, ((size_t)count + 1) * sizeof *classes, 0);
    for (lua_Integer i = 0; i < count; i++) {
        int item = push_item(lua, list, i + 1, "class");
        dvg_rock_check_fields(lua, item, "field of a class", names);
        classes[i].name = dvg_rock_push_field(lua, item, "name");
        classes[i].title = dvg_rock_push_field(lua, item, "title");
        classes[i].severity = severity_field(lua, item);
    }
    options->classes = classes;
    options->class_count = (size_t)count;
}

static void read_rule(lua_State *lua, int item, dvg_rule_options *rule)
{
    static const char *const names[] = {"file", "at",    "kind",     "side", "ignore", "match",
                                        "key",  "class", "severity", "why",  NULL};
    dvg_rock_check_fields(lua, item, "field of a rule", names);
    memset(rule, 0, sizeof *rule);
    rule->file = dvg_rock_push_field(lua, item, "file");
    rule->at = dvg_rock_push_field(lua, item, "at");
    rule->kind = dvg_rock_push_field(lua, item, "kind");
    rule->side = dvg_rock_push_field(lua, item, "side");
    rule->ignore = flag_field(lua, item, "ignore");
    rule->match = dvg_rock_push_field(lua, item, "match");
    rule->key = dvg_rock_push_field(lua, item, "key");
    rule->class_name = dvg_rock_push_field(lua, item, "class");
    rule->severity = dvg_rock_push_field(lua, item, "severity");
    rule->why = dvg_rock_push_field(lua, item, "why");
}

static void read_rules(lua_State *lua, int index, dvg_profile_options *options)
{
    if (!dvg_rock_push_table(lua, index, "rules"))
        return;
    int list = lua_gettop(lua);
    lua_Integer count = (lua_Integer)lua_rawlen(lua, list);
    dvg_rule_options *rules = lua_newuserdatauv(lua, ((size_t)count + 1) * sizeof *rules, 0);
    for (lua_Integer i = 0; i < count; i++) {
        int item = push_item(lua, list, i + 1, "rule");
        read_rule(lua, item, &rules[i]);
    }
    options->rules = rules;
    options->rule_count = (size_t)count;
}

static void read_sides(lua_State *lua, int index, dvg_profile_options *options)
{
    static const char *const names[] = {"left", "right", NULL};
    if (!dvg_rock_push_table(lua, index, "sides"))
        return;
    int sides = lua_gettop(lua);
    dvg_rock_check_fields(lua, sides, "side", names);
    options->left = dvg_rock_push_field(lua, sides, "left");
    options->right = dvg_rock_push_field(lua, sides, "right");
}

static void read_reading(lua_State *lua, int index, dvg_profile_options *options)
{
    static const char *const names[] = {"nonfinite", "numbers", NULL};
    if (!dvg_rock_push_table(lua, index, "reading"))
        return;
    int reading = lua_gettop(lua);
    dvg_rock_check_fields(lua, reading, "field of reading", names);
    options->nonfinite = flag_field(lua, reading, "nonfinite");
    const char *numbers = dvg_rock_push_field(lua, reading, "numbers");
    options->doubles = numbers != NULL && strcmp(numbers, "double") == 0;
    if (numbers != NULL && !options->doubles && strcmp(numbers, "exact") != 0)
        luaL_error(lua, "profile: numbers are \"exact\" or \"double\"");
}

dvg_status dvg_rock_use_profile_table(lua_State *lua, int index, dvg_context *context,
                                      dvg_error *error)
{
    static const char *const names[] = {"name",    "title", "sides",   "documents", "bytes",
                                        "classes", "rules", "reading", NULL};
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    int top = lua_gettop(lua);
    dvg_rock_check_fields(lua, index, "field of a profile that is a table", names);
    options.name = dvg_rock_push_field(lua, index, "name");
    options.title = dvg_rock_push_field(lua, index, "title");
    options.documents = dvg_rock_push_list(lua, index, "documents", &options.document_count);
    options.bytes = dvg_rock_push_list(lua, index, "bytes", &options.byte_count);
    read_sides(lua, index, &options);
    read_reading(lua, index, &options);
    read_classes(lua, index, &options);
    read_rules(lua, index, &options);
    dvg_status status = dvg_context_use_rules(context, &options, error);
    lua_settop(lua, top);
    return status;
}
