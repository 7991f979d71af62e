/*
 * profile: a profile as it is held: its rules, its script, the script of its classifier.
 */
#ifndef DVG_SCRIPT_PROFILE_H
#define DVG_SCRIPT_PROFILE_H

#include "script/chain.h"
#include "script/fields.h"
#include "script/script.h"
#include "script/state.h"

/* An option that a script declares, and what the user gave. */
typedef struct dvg_profile_option {
    const char *name;
    const char *help;
    dvg_option_type type;
    char *value;        /* NULL: not given; for a flag "" */
    const char *origin; /* the script that declared it first, as errors name it */
} dvg_profile_option;

struct dvg_profile {
    dvg_host *host;
    dvg_allocator allocator;
    dvg_state *state; /* of the profile's script */
    dvg_rules rules;
    dvg_profile_option *options; /* the profile's, sorted by name, then those of other scripts */
    size_t option_count, option_capacity;
    size_t own_option_count; /* the profile's: long options of the program */
    const char **reports;
    size_t report_count, report_capacity;
    dvg_state **report_states; /* of reports that were loaded for their extension; else NULL */
    size_t report_state_count;
    bool has_gates;
    bool has_classify;         /* a function of the profile's own */
    const char *classify_name; /* of a classifier script; NULL: none */
    const char *default_class; /* NULL: the first one */
    uint32_t default_index;
    size_t own_rule_count; /* rules of the profile and of the classifier that it names */
    dvg_chain chain;
    size_t builtin; /* index among the embedded scripts; SIZE_MAX: none of them */
};

/* Read the table of a profile's script into the profile, raising on whatever is wrong with it. A
 * lua_CFunction whose payload is the dvg_profile. */
int dvg_profile_read(lua_State *lua);

/* The fields that a script may have, whatever parts it carries; each part reads its own. For a
 * classifier: adds its classes and options to the profile, its payload. For a report: reads its
 * settings to dvg_report_settings. */
int dvg_classifier_read(lua_State *lua);
int dvg_report_read(lua_State *lua);

/* In which order a report tells of divergences; the names are in part.c. */
typedef enum dvg_order { DVG_ORDER_CLASS = 0, DVG_ORDER_WALK, DVG_ORDER_SHAPE } dvg_order;

/* Settings of a report. */
typedef struct dvg_report_settings {
    const char *extension; /* lives as long as the state; NULL: none given */
    dvg_order order;
    bool limited;
    uint64_t limit; /* divergences a section, or in all */
} dvg_report_settings;

/* An empty profile, to be filled in by what is loaded. */
dvg_status dvg_profile_blank(dvg_profile **profile, dvg_host *host, dvg_error *error);

/* Load an embedded profile without its classifier, and keep it in the host. Borrowed. */
dvg_status dvg_profile_embedded(dvg_profile **profile, dvg_host *host, size_t builtin,
                                dvg_error *error);

/* As dvg_profile_option_get, for the options of every script in use. */
bool dvg_profile_option_any(const dvg_profile *profile, size_t index, dvg_option_info *info);

/* Option by name, or NULL. */
dvg_profile_option *dvg_profile_option_find(const dvg_profile *profile, const char *name);

/* Ask the chain; classify.c. */
dvg_status dvg_classify(void *payload, dvg_result *result, const dvg_record *record,
                        dvg_decision *decision, dvg_error *error);

/* Ask the function of a rule; normalize.c. See dvg_normalizer. */
dvg_status dvg_normalize(void *payload, const dvg_rule *rule, const struct dvg_at *at,
                         const dvg_value values[2], bool *same, dvg_error *error);

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
