/*
 * option: see option.h.
 */
#include "script/option.h"

#include "script/nearest.h"

#include <string.h>

/* What only the program may call an option. */
const char *const dvg_reserved_options[] = {"help",
                                            "version",
                                            "profile",
                                            "out",
                                            "threads",
                                            "validate-identical",
                                            "list-scripts",
                                            "script-path",
                                            "report",
                                            "classifier",
                                            "set",
                                            "show-script",
                                            "help-script",
                                            "test-script",
                                            "update",
                                            "color",
                                            "fail-on",
                                            "show-suppressed",
                                            "show-ignored",
                                            "check-rules",
                                            "match",
                                            "explain",
                                            "ledger",
                                            "at",
                                            "files",
                                            "brief",
                                            "stat",
                                            "limit",
                                            "sandbox",
                                            "script-time",
                                            "script-run-time",
                                            "script-instructions",
                                            "script-memory",
                                            "script-volume",
                                            "script-output",
                                            "canonical",
                                            "digest",
                                            NULL};

void dvg_option_check_name(dvg_fields *fields, const char *name)
{
    for (size_t i = 0; dvg_reserved_options[i] != NULL; i++)
        if (strcmp(dvg_reserved_options[i], name) == 0)
            dvg_fields_fail(fields, "\"%s\" is an option of the program's own", name);
    for (const char *at = name; *at != '\0'; at++) {
        bool good = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                    (*at >= '0' && *at <= '9') || ((*at == '-' || *at == '_') && at != name);
        if (!good)
            dvg_fields_fail(fields,
                            "\"%s\" cannot be a long option, which is made of letters, "
                            "digits, '-' and '_'",
                            name);
    }
}

/* A copy of a text in the profile's rules. */
static const char *keep(dvg_fields *fields, const char *text)
{
    const char *copy = dvg_rules_text(&fields->state->profile->rules, text, strlen(text));
    if (copy == NULL)
        dvg_state_raise_memory(fields->lua);
    return copy;
}

static void read_option_type(dvg_fields *fields)
{
    static const char *const names[] = {"file", "text", "number", "flag", NULL};
    (void)dvg_fields_choice(fields, names);
}

static dvg_option_type option_type(const char *name)
{
    switch (name[0] == 'f' ? name[1] : name[0]) {
    case 'i':
        return DVG_OPTION_FILE;
    case 'l':
        return DVG_OPTION_FLAG;
    case 'n':
        return DVG_OPTION_NUMBER;
    default:
        return DVG_OPTION_TEXT;
    }
}

const char *dvg_option_type_name(dvg_option_type type)
{
    static const char *const names[] = {[DVG_OPTION_SIDE] = "side",
                                        [DVG_OPTION_FILE] = "file",
                                        [DVG_OPTION_TEXT] = "text",
                                        [DVG_OPTION_NUMBER] = "number",
                                        [DVG_OPTION_FLAG] = "flag"};
    return names[type];
}

/* Did another script declare the option? It then is one option for both, which only makes sense if
 * they mean the same. */
static bool is_declared(dvg_fields *fields, const char *name, dvg_option_type type)
{
    const dvg_profile_option *known = dvg_profile_option_find(fields->state->profile, name);
    if (known != NULL && known->type != type)
        dvg_fields_fail(fields, "option \"%s\" is a %s here, and a %s in %.400s", name,
                        dvg_option_type_name(type), dvg_option_type_name(known->type),
                        known->origin);
    return known != NULL;
}

static void read_option(dvg_fields *fields, const char *name)
{
    static const dvg_field known[] = {{"type", DVG_TAKES_TEXT, read_option_type},
                                      {"help", DVG_TAKES_TEXT, NULL}};
    dvg_profile *profile = fields->state->profile;
    void *options = profile->options;
    dvg_option_check_name(fields, name);
    for (int side = 0; side < 2; side++)
        if (strcmp(profile->rules.side_names[side], name) == 0)
            dvg_fields_fail(fields, "\"%s\" is a side already", name);
    dvg_fields_table(fields, known, sizeof known / sizeof known[0]);
    const char *type = dvg_fields_member(fields, "type");
    const char *help = dvg_fields_member(fields, "help");
    if (type == NULL)
        dvg_fields_fail(fields, "an option needs a `type`: file, text, number or flag");
    if (is_declared(fields, name, option_type(type)))
        return;
    if (!dvg_grow(&profile->allocator, &options, &profile->option_capacity,
                  profile->option_count + 1, sizeof(dvg_profile_option)))
        dvg_state_raise_memory(fields->lua);
    profile->options = options;
    dvg_profile_option option = {keep(fields, name), keep(fields, help == NULL ? "" : help),
                                 option_type(type), NULL,
                                 keep(fields, fields->state->source.shown)};
    profile->options[profile->option_count++] = option;
}

void dvg_option_read_all(dvg_fields *fields)
{
    dvg_fields_map(fields, DVG_TAKES_TABLE, read_option);
}

/* ---------------------------------------------------------------- what scripts ask */

const dvg_profile_option *dvg_option_check(lua_State *lua, int index)
{
    const dvg_profile *profile = dvg_state_of(lua)->profile;
    const char *name = luaL_checkstring(lua, index);
    const dvg_profile_option *option = dvg_profile_option_find(profile, name);
    if (option != NULL)
        return option;
    if (profile == NULL)
        luaL_error(lua, "options are given once the scripts are loaded: ask within a function");
    dvg_nearest nearest;
    dvg_nearest_init(&nearest, name, strlen(name));
    for (size_t i = 0; profile != NULL && i < profile->option_count; i++)
        dvg_nearest_offer(&nearest, profile->options[i].name);
    luaL_error(lua, "no script in use declares an option '%s'%s%s", name,
               nearest.best == NULL ? "" : "; the nearest is ",
               nearest.best == NULL ? "" : nearest.best);
    return NULL;
}

int dvg_option_push(lua_State *lua, const dvg_profile_option *option)
{
    if (option->type == DVG_OPTION_FLAG)
        lua_pushboolean(lua, option->value != NULL);
    else if (option->value == NULL)
        lua_pushnil(lua);
    else if (option->type != DVG_OPTION_NUMBER || lua_stringtonumber(lua, option->value) == 0)
        lua_pushstring(lua, option->value);
    return 1;
}

int dvg_option_value(lua_State *lua) { return dvg_option_push(lua, dvg_option_check(lua, 1)); }
