/*
 * part: what the parts of a script have in common. One file may carry a profile, a classifier and
 * a report, so that each part knows the names of all fields and reads its own.
 */
#ifndef DVG_SCRIPT_PART_H
#define DVG_SCRIPT_PART_H

#include "script/profile.h"

/* Fields of a report, as a profile or a classifier checks them: by type. */
#define DVG_REPORT_FIELDS                                                                          \
    {"extension", DVG_TAKES_TEXT, NULL}, {"order", DVG_TAKES_TEXT, NULL},                          \
        {"limit", DVG_TAKES_NUMBER, NULL}, {"begin", DVG_TAKES_FUNCTION, NULL},                    \
        {"gate", DVG_TAKES_FUNCTION, NULL}, {"file", DVG_TAKES_FUNCTION, NULL},                    \
        {"section", DVG_TAKES_FUNCTION, NULL}, {"group", DVG_TAKES_FUNCTION, NULL},                \
        {"shape", DVG_TAKES_FUNCTION, NULL}, {"divergence", DVG_TAKES_FUNCTION, NULL},             \
        {"omitted", DVG_TAKES_FUNCTION, NULL}, {"suppressed", DVG_TAKES_FUNCTION, NULL},           \
        {"rows", DVG_TAKES_TABLE, NULL}, {"between", DVG_TAKES_TEXT, NULL},                        \
    {                                                                                              \
        "finish", DVG_TAKES_FUNCTION, NULL                                                         \
    }

/* Fields of a profile, as the others check them. */
#define DVG_PROFILE_FIELDS                                                                         \
    {"sides", DVG_TAKES_TABLE, NULL}, {"documents", DVG_TAKES_TABLE, NULL},                        \
        {"bytes", DVG_TAKES_TABLE, NULL}, {"arrays", DVG_TAKES_TEXT, NULL},                        \
        {"surplus", DVG_TAKES_TEXT, NULL}, {"manifest", DVG_TAKES_TABLE, NULL},                    \
        {"reading", DVG_TAKES_TABLE, NULL}, {"kinds", DVG_TAKES_TABLE, NULL},                      \
        {"absent_on_both", DVG_TAKES_TEXT, NULL}, {"output", DVG_TAKES_TABLE, NULL},               \
        {"skip", DVG_TAKES_TABLE, NULL}, {"keyed", DVG_TAKES_TABLE, NULL},                         \
        {"rules", DVG_TAKES_TABLE, NULL}, {"classes", DVG_TAKES_TABLE, NULL},                      \
        {"default_class", DVG_TAKES_TEXT, NULL}, {"gates", DVG_TAKES_FUNCTION, NULL},              \
        {"options", DVG_TAKES_TABLE, NULL},                                                        \
    {                                                                                              \
        "reports", DVG_TAKES_TABLE, NULL                                                           \
    }

/* Begin to read the script of a state: its table is pushed, and all that `need` names, NULL-ended,
 * must be in it. [-0, +1, e] */
void dvg_part_begin(dvg_fields *fields, lua_State *lua, void *payload, const char *const *need);

/* Read `api`. */
void dvg_part_read_api(dvg_fields *fields);

/* Read `rules` into the rules of the state's profile; rule_fields.c. */
void dvg_rules_read(dvg_fields *fields);

/* Read `classes` into the rules of the state's profile; classes.c. */
void dvg_classes_read(dvg_fields *fields);

/* The parts that a script can have, as bits. */
enum { DVG_PART_PROFILE = 1, DVG_PART_CLASSIFIER = 2, DVG_PART_REPORT = 4 };

/* Which parts the table at hand has. */
unsigned dvg_part_find(dvg_fields *fields);

/* Fail about a field of a part that the table at hand does not have, since it would do nothing.
 * `as` is the part that the script was named as. */
void dvg_part_check(dvg_fields *fields, unsigned as);

#endif
