/*
 * script: the face of the script host towards the API: profiles with their hooks, reports, lists.
 * Nothing above this floor sees Lua. One Lua state a script file; every entry is protected.
 */
#ifndef DVG_SCRIPT_SCRIPT_H
#define DVG_SCRIPT_SCRIPT_H

#include "engine/run.h"

/* What bounds scripts; see dvg_options. 0: no such bound, but for memory, volume and output. */
typedef struct dvg_script_limits {
    dvg_sandbox sandbox;
    uint64_t memory;           /* bytes live in one state */
    uint64_t volume;           /* bytes allocated in one entry */
    uint64_t milliseconds;     /* wall time of one entry */
    uint64_t run_milliseconds; /* wall time of all entries in one run */
    uint64_t instructions;     /* of one entry */
    uint64_t output;           /* bytes of a report */
    dvg_watch_fn watch;        /* see diverge.h; may be NULL */
    void *watch_payload;
} dvg_script_limits;

/* The limits that a caller asked for, defaults filled in. */
dvg_script_limits dvg_script_limits_of(const dvg_options *options);

typedef struct dvg_host dvg_host;

/* Borrowed texts must outlive the host. */
dvg_status dvg_host_new(dvg_host **host, const dvg_allocator *allocator, const char *const *folders,
                        size_t folder_count, const dvg_script_limits *limits, dvg_error *error);
void dvg_host_free(dvg_host *host);

/* A run begins: the time of all scripts in one run is counted from here on. */
void dvg_host_begin_run(dvg_host *host);

/* List scripts; see dvg_context_list_scripts. */
dvg_status dvg_host_list(dvg_host *host, dvg_script_fn callback, void *payload, dvg_error *error);

/* Show the source of a script, or what it says of itself; see dvg_context_show_script. */
dvg_status dvg_host_show(dvg_host *host, const char *name, dvg_sink_fn sink, void *payload,
                         dvg_error *error);
dvg_status dvg_host_help(dvg_host *host, const char *name, dvg_script_help_fn callback,
                         void *payload, dvg_error *error);

/* The built-in profile that declares every one of `names`; see dvg_context_find_profile. */
dvg_status dvg_host_find_profile(dvg_host *host, const char *const *names, size_t count,
                                 const char **profile, dvg_error *error);

/* What a test of a script is told; see dvg_test_options. */
typedef struct dvg_test_input {
    const char *script;
    const char *profile; /* NULL: the test says, or nobody */
    bool update;
    uint64_t depth;          /* as dvg_options says; 0: what the profile says */
    uint64_t integer_digits; /* the same */
    dvg_seed seed;
} dvg_test_input;

/* Test a script; see dvg_context_test_script. */
dvg_status dvg_host_test(dvg_host *host, const dvg_test_input *input, dvg_test_fn callback,
                         void *payload, dvg_error *error);

/* A profile, loaded and checked, with its classifier. */
typedef struct dvg_profile dvg_profile;

dvg_status dvg_profile_load(dvg_profile **profile, dvg_host *host, const char *name,
                            dvg_error *error);
/* The profile that a host says in C; see dvg_context_use_rules. */
dvg_status dvg_profile_from_options(dvg_profile **profile, dvg_host *host,
                                    const dvg_profile_options *options, dvg_error *error);
void dvg_profile_free(dvg_profile *profile);

/* Put a classifier in front of the profile's, behind those added before. No result of the profile
 * may be alive: the number of classes changes. */
dvg_status dvg_profile_add_classifier(dvg_profile *profile, const char *name, dvg_error *error);

/* The rules it filled in. The limits of the reading (depth, digits, seed) may still be set by the
 * caller before a run. */
dvg_rules *dvg_profile_rules(dvg_profile *profile);

/* The hooks that ask its gates and its classifier. */
dvg_hooks dvg_profile_hooks(dvg_profile *profile);

/* Declared options and default reports; see diverge.h. */
size_t dvg_profile_option_count(const dvg_profile *profile);
bool dvg_profile_option_get(const dvg_profile *profile, size_t index, dvg_option_info *info);
dvg_status dvg_profile_option_set(dvg_profile *profile, const char *name, const char *value,
                                  dvg_error *error);

/* The files that were given as options: the next one at `*slot`, which begins at 0; NULL: no more.
 */
const char *dvg_profile_file_next(const dvg_profile *profile, size_t *slot);

/* The script files in use, in the same way: profile, classifiers, reports that were loaded. */
const char *dvg_profile_script_next(const dvg_profile *profile, size_t *slot);

/* Write these reports instead of the profile's. They are loaded now; after a failure those of
 * before are in use. */
dvg_status dvg_profile_use_reports(dvg_profile *profile, const char *const *names, size_t count,
                                   dvg_error *error);
size_t dvg_profile_report_count(const dvg_profile *profile);
const char *dvg_profile_report_name(const dvg_profile *profile, size_t index);

/* The file extension that report `name` declares, without a dot; "txt" where it says nothing.
 * Copied to the profile's memory, freed with it. */
dvg_status dvg_profile_report_extension(dvg_profile *profile, size_t index, const char **extension,
                                        dvg_error *error);

/* Run a report over a result of this profile. */
dvg_status dvg_report_run(dvg_profile *profile, dvg_result *result, const char *name,
                          dvg_sink_fn sink, void *payload, dvg_error *error);

#endif
