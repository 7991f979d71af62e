/*
 * profile: a profile as it is held: its rules, its script, the script of its classifier.
 */
#ifndef DVG_SCRIPT_PROFILE_H
#define DVG_SCRIPT_PROFILE_H

#include "script/fields.h"
#include "script/script.h"
#include "script/state.h"

/* An option that the profile declares, and what the user gave. */
typedef struct dvg_profile_option {
    const char *name;
    const char *help;
    dvg_option_type type;
    char *value; /* NULL: not given; for a flag "" */
} dvg_profile_option;

struct dvg_profile {
    dvg_host *host;
    dvg_allocator allocator;
    dvg_state *state; /* of the profile's script */
    dvg_rules rules;
    dvg_profile_option *options; /* sorted by name */
    size_t option_count, option_capacity;
    const char **reports;
    size_t report_count, report_capacity;
    dvg_state **report_states; /* of reports that were loaded for their extension; else NULL */
    size_t report_state_count;
    bool has_gates;
    bool has_classify;         /* a function of the profile's own */
    const char *classify_name; /* of a classifier script; NULL: none */
    const char *default_class; /* NULL: the first one */
    uint32_t default_index;
    dvg_state *classifier; /* whose function is asked: state, or a state of its own; NULL: none */
    size_t builtin;        /* index among the embedded scripts; SIZE_MAX: none of them */
};

/* Read the table of a profile's script into the profile, raising on whatever is wrong with it. A
 * lua_CFunction whose payload is the dvg_profile. */
int dvg_profile_read(lua_State *lua);

/* The fields that a script may have, whatever parts it carries; each part reads its own. For a
 * classifier: checks that there is one. For a report: reads its settings to dvg_report_settings. */
int dvg_classifier_read(lua_State *lua);
int dvg_report_read(lua_State *lua);

/* Settings of a report. */
typedef struct dvg_report_settings {
    const char *extension; /* lives as long as the state; NULL: none given */
    bool by_class;
    bool limited;
    uint64_t limit; /* divergences a section, or in all */
} dvg_report_settings;

/* Load an embedded profile without its classifier, and keep it in the host. Borrowed. */
dvg_status dvg_profile_embedded(dvg_profile **profile, dvg_host *host, size_t builtin,
                                dvg_error *error);

/* Option by name, or NULL. */
dvg_profile_option *dvg_profile_option_find(const dvg_profile *profile, const char *name);

/* Load the classifier that the profile names, and prepare the one it has; classify.c. */
dvg_status dvg_classify_prepare(dvg_profile *profile, dvg_error *error);
dvg_status dvg_classify(void *payload, dvg_result *result, const dvg_record *record,
                        dvg_decision *decision, dvg_error *error);

/* Ask the gates; gates.c. */
dvg_status dvg_gates_ask(void *payload, dvg_result *result, dvg_error *error);

/* A result is looked at for the first time: what scripts kept of another is void. */
dvg_status dvg_profile_begin(dvg_profile *profile, dvg_result *result, dvg_error *error);

/* Find and run the script of kind `kind`, then read its table with `read`, whose payload is
 * `payload`. */
dvg_status dvg_profile_open_script(dvg_state **state, dvg_profile *profile, const char *kind,
                                   const char *name, lua_CFunction read, void *payload,
                                   dvg_error *error);

#endif
