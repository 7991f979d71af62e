/*
 * part: see part.h. Also the fields of classifiers and reports.
 */
#include "script/part.h"

#include "script/option.h"

#include <string.h>

void dvg_part_read_api(dvg_fields *fields)
{
    if (!lua_isinteger(fields->lua, -1) || lua_tointeger(fields->lua, -1) != 1)
        dvg_fields_fail(fields, "expected 1: this program knows no other version");
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

/* ---------------------------------------------------------------- which parts */

static const char *const callbacks[] = {"begin",      "gate",   "file",       "section",
                                        "group",      "shape",  "divergence", "omitted",
                                        "suppressed", "finish", NULL};

static bool has_member(const dvg_fields *fields, const char *name, unsigned types)
{
    lua_pushstring(fields->lua, name);
    int type = lua_rawget(fields->lua, -2);
    lua_pop(fields->lua, 1);
    return type != LUA_TNIL && (types & 1U << type) != 0;
}

static bool has_callback(const dvg_fields *fields)
{
    for (size_t i = 0; callbacks[i] != NULL; i++)
        if (has_member(fields, callbacks[i], DVG_TAKES_FUNCTION))
            return true;
    return false;
}

unsigned dvg_part_find(dvg_fields *fields)
{
    unsigned parts = 0;
    if (has_member(fields, "documents", DVG_TAKES_TABLE))
        parts |= DVG_PART_PROFILE;
    if (has_member(fields, "classify", DVG_TAKES_FUNCTION) ||
        has_member(fields, "rules", DVG_TAKES_TABLE))
        parts |= DVG_PART_CLASSIFIER;
    if (has_callback(fields))
        parts |= DVG_PART_REPORT;
    return parts;
}

void dvg_part_check(dvg_fields *fields, unsigned as)
{
    enum { P = DVG_PART_PROFILE, C = DVG_PART_CLASSIFIER, R = DVG_PART_REPORT };
    static const char *const owners[] = {[P] = "a profile, which has `documents`",
                                         [P | C] = "a profile or a classifier",
                                         [R] = "a report, which has a function such as `begin`"};
    static const struct {
        const char *field;
        unsigned parts;
    } homes[] = {{"sides", P},         {"manifest", P},  {"reading", P}, {"kinds", P},
                 {"output", P},        {"skip", P},      {"keyed", P},   {"absent_on_both", P},
                 {"default_class", P}, {"gates", P},     {"reports", P}, {"classes", P | C},
                 {"rules", P | C},     {"extension", R}, {"order", R},   {"limit", R},
                 {"arrays", P},        {"surplus", P},   {"rows", R},    {"between", R}};
    unsigned parts = as | dvg_part_find(fields);
    for (size_t i = 0; i < sizeof homes / sizeof homes[0]; i++) {
        if ((homes[i].parts & parts) != 0 || !has_member(fields, homes[i].field, ~0U))
            continue;
        fields->steps[0].name = homes[i].field;
        fields->depth = 1;
        dvg_fields_fail(fields, "belongs to %s; this script is none", owners[homes[i].parts]);
    }
}

/* ---------------------------------------------------------------- classifiers */

int dvg_classifier_read(lua_State *lua)
{
    static const char *const need[] = {"api", NULL};
    static const dvg_field known[] = {{"api", DVG_TAKES_NUMBER, dvg_part_read_api},
                                      {"name", DVG_TAKES_TEXT, NULL},
                                      {"title", DVG_TAKES_TEXT, NULL},
                                      {"help", DVG_TAKES_TEXT, NULL},
                                      {"classify", DVG_TAKES_FUNCTION, NULL},
                                      {"classes", DVG_TAKES_TABLE, dvg_classes_read},
                                      {"rules", DVG_TAKES_TABLE, dvg_rules_read},
                                      {"options", DVG_TAKES_TABLE, dvg_option_read_all},
                                      DVG_PROFILE_FIELDS,
                                      DVG_REPORT_FIELDS};
    dvg_fields fields;
    dvg_part_begin(&fields, lua, NULL, need);
    dvg_fields_table(&fields, known, sizeof known / sizeof known[0]);
    if ((dvg_part_find(&fields) & DVG_PART_CLASSIFIER) == 0)
        dvg_fields_fail(&fields, "the table of this script lacks `classify` or `rules`, which "
                                 "make it a classifier");
    dvg_part_check(&fields, DVG_PART_CLASSIFIER);
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
    static const char *const names[] = {"class", "walk", "shape", NULL};
    dvg_report_settings *settings = fields->payload;
    settings->order = (dvg_order)dvg_fields_choice(fields, names);
}

static void read_limit(dvg_fields *fields)
{
    dvg_report_settings *settings = fields->payload;
    settings->limit = dvg_fields_whole(fields, 0, INT64_MAX);
    settings->limited = true;
}

/* Shapes are told by one function, in two of the orders. */
static void check_shape(dvg_fields *fields, const dvg_report_settings *settings)
{
    bool shape = has_member(fields, "shape", ~0U);
    if (shape && settings->order == DVG_ORDER_WALK)
        dvg_fields_fail(fields, "`shape` is never called where `order` is \"walk\"");
    if (!shape && settings->order == DVG_ORDER_SHAPE)
        dvg_fields_fail(fields, "`order` is \"shape\", and this report has no function `shape`");
}

int dvg_report_read(lua_State *lua)
{
    static const char *const need[] = {"api", NULL};
    static const dvg_field known[] = {{"api", DVG_TAKES_NUMBER, dvg_part_read_api},
                                      {"name", DVG_TAKES_TEXT, NULL},
                                      {"title", DVG_TAKES_TEXT, NULL},
                                      {"help", DVG_TAKES_TEXT, NULL},
                                      {"options", DVG_TAKES_TABLE, dvg_option_read_all},
                                      {"extension", DVG_TAKES_TEXT, read_extension},
                                      {"order", DVG_TAKES_TEXT, read_order},
                                      {"limit", DVG_TAKES_NUMBER, read_limit},
                                      {"begin", DVG_TAKES_FUNCTION, NULL},
                                      {"gate", DVG_TAKES_FUNCTION, NULL},
                                      {"file", DVG_TAKES_FUNCTION, NULL},
                                      {"section", DVG_TAKES_FUNCTION, NULL},
                                      {"group", DVG_TAKES_FUNCTION, NULL},
                                      {"shape", DVG_TAKES_FUNCTION, NULL},
                                      {"divergence", DVG_TAKES_FUNCTION, NULL},
                                      {"omitted", DVG_TAKES_FUNCTION, NULL},
                                      {"suppressed", DVG_TAKES_FUNCTION, NULL},
                                      {"finish", DVG_TAKES_FUNCTION, NULL},
                                      {"rows", DVG_TAKES_TABLE, NULL},
                                      {"between", DVG_TAKES_TEXT, NULL},
                                      {"classify", DVG_TAKES_FUNCTION | DVG_TAKES_TEXT, NULL},
                                      DVG_PROFILE_FIELDS};
    dvg_fields fields;
    dvg_report_settings *settings = lua_touserdata(lua, 1);
    memset(settings, 0, sizeof *settings);
    dvg_part_begin(&fields, lua, settings, need);
    dvg_fields_table(&fields, known, sizeof known / sizeof known[0]);
    if (!has_callback(&fields))
        dvg_fields_fail(&fields, "a report has at least one of its functions, such as `begin`");
    if (has_member(&fields, "between", ~0U) && !has_member(&fields, "rows", ~0U) &&
        !has_member(&fields, "divergence", ~0U))
        dvg_fields_fail(&fields, "`between` stands between what `divergence` or `rows` write, and "
                                 "this report has neither");
    check_shape(&fields, settings);
    dvg_part_check(&fields, DVG_PART_REPORT);
    return 0;
}
