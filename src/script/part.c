/*
 * part: see part.h. Also the fields of classifiers and reports.
 */
#include "script/part.h"

#include <string.h>

void dvg_part_read_api(dvg_fields *fields)
{
    if (!lua_isinteger(fields->lua, -1) || lua_tointeger(fields->lua, -1) != 1)
        dvg_fields_fail(fields, "this program knows api 1");
}

void dvg_part_begin(dvg_fields *fields, lua_State *lua, void *payload, const char *const *need)
{
    dvg_fields_init(fields, lua, payload);
    dvg_state_push_script(fields->state);
    for (size_t i = 0; need[i] != NULL; i++) {
        lua_pushstring(lua, need[i]);
        if (lua_rawget(lua, -2) == LUA_TNIL)
            dvg_fields_fail(fields, "the table of this script lacks `%s`", need[i]);
        lua_pop(lua, 1);
    }
}

int dvg_classifier_read(lua_State *lua)
{
    static const char *const need[] = {"api", "classify", NULL};
    static const dvg_field known[] = {{"api", DVG_TAKES_NUMBER, dvg_part_read_api},
                                      {"name", DVG_TAKES_TEXT, NULL},
                                      {"title", DVG_TAKES_TEXT, NULL},
                                      {"classify", DVG_TAKES_FUNCTION, NULL},
                                      DVG_PROFILE_FIELDS,
                                      DVG_REPORT_FIELDS};
    dvg_fields fields;
    dvg_part_begin(&fields, lua, NULL, need);
    dvg_fields_table(&fields, known, sizeof known / sizeof known[0]);
    return 0;
}

/* ---------------------------------------------------------------- reports */

static void read_extension(dvg_fields *fields)
{
    dvg_report_settings *settings = fields->payload;
    const char *text = dvg_fields_text(fields);
    if (strchr(text, '/') != NULL)
        dvg_fields_fail(fields, "\"%s\" is no extension of a file", text);
    settings->extension = text; /* the script's table holds it */
}

static void read_order(dvg_fields *fields)
{
    static const char *const names[] = {"class", "walk", NULL};
    dvg_report_settings *settings = fields->payload;
    settings->by_class = dvg_fields_choice(fields, names) == 0;
}

static void read_limit(dvg_fields *fields)
{
    dvg_report_settings *settings = fields->payload;
    settings->limit = dvg_fields_whole(fields, 0, INT64_MAX);
    settings->limited = true;
}

int dvg_report_read(lua_State *lua)
{
    static const char *const need[] = {"api", NULL};
    static const dvg_field known[] = {{"api", DVG_TAKES_NUMBER, dvg_part_read_api},
                                      {"name", DVG_TAKES_TEXT, NULL},
                                      {"title", DVG_TAKES_TEXT, NULL},
                                      {"extension", DVG_TAKES_TEXT, read_extension},
                                      {"order", DVG_TAKES_TEXT, read_order},
                                      {"limit", DVG_TAKES_NUMBER, read_limit},
                                      {"begin", DVG_TAKES_FUNCTION, NULL},
                                      {"gate", DVG_TAKES_FUNCTION, NULL},
                                      {"file", DVG_TAKES_FUNCTION, NULL},
                                      {"section", DVG_TAKES_FUNCTION, NULL},
                                      {"divergence", DVG_TAKES_FUNCTION, NULL},
                                      {"omitted", DVG_TAKES_FUNCTION, NULL},
                                      {"finish", DVG_TAKES_FUNCTION, NULL},
                                      {"classify", DVG_TAKES_FUNCTION | DVG_TAKES_TEXT, NULL},
                                      DVG_PROFILE_FIELDS};
    static const char *const callbacks[] = {"begin",      "gate",    "file",   "section",
                                            "divergence", "omitted", "finish", NULL};
    dvg_fields fields;
    dvg_report_settings *settings = lua_touserdata(lua, 1);
    memset(settings, 0, sizeof *settings);
    settings->by_class = true;
    dvg_part_begin(&fields, lua, settings, need);
    dvg_fields_table(&fields, known, sizeof known / sizeof known[0]);
    for (size_t i = 0; callbacks[i] != NULL; i++) {
        lua_pushstring(lua, callbacks[i]);
        if (lua_rawget(lua, -2) != LUA_TNIL)
            return 0;
        lua_pop(lua, 1);
    }
    dvg_fields_fail(&fields, "a report has at least one of its functions, such as `begin`");
}
