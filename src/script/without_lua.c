/*
 * without_lua: the face of the script host in a library without Lua, in place of this folder's
 * other files. Profiles come from C only, and divergences are classed by their rules.
 * Invariant: whatever needs a script says that there is no Lua, and changes nothing.
 */
#include "engine/decide.h"
#include "rules/plain.h"
#include "script/script.h"

struct dvg_host {
    dvg_allocator allocator;
};

struct dvg_profile {
    dvg_allocator allocator;
    dvg_rules rules;
};

static dvg_status fail_absent(dvg_error *error)
{
    return dvg_fail(error, DVG_E_ARGUMENT,
                    "this library was built without Lua: scripts cannot be run, and profiles come "
                    "from dvg_context_use_rules");
}

/* ---------------------------------------------------------------- the host */

dvg_script_limits dvg_script_limits_of(const dvg_options *options)
{
    dvg_script_limits limits = {0};
    limits.sandbox = options->sandbox;
    return limits;
}

dvg_status dvg_host_new(dvg_host **host, const dvg_allocator *allocator, const char *const *folders,
                        size_t folder_count, const dvg_script_limits *limits, dvg_error *error)
{
    (void)folders;
    (void)folder_count;
    (void)limits;
    dvg_host *made = dvg_allocate_zero(allocator, sizeof *made);
    *host = made;
    if (made == NULL)
        return dvg_fail_memory(error);
    made->allocator = *allocator;
    return DVG_OK;
}

void dvg_host_free(dvg_host *host)
{
    if (host == NULL)
        return;
    const dvg_allocator allocator = host->allocator;
    dvg_release(&allocator, host, sizeof *host);
}

void dvg_host_begin_run(dvg_host *host) { (void)host; }

dvg_status dvg_host_list(dvg_host *host, dvg_script_fn callback, void *payload, dvg_error *error)
{
    (void)host;
    (void)callback;
    (void)payload;
    return fail_absent(error);
}

dvg_status dvg_host_show(dvg_host *host, const char *name, dvg_sink_fn sink, void *payload,
                         dvg_error *error)
{
    (void)host;
    (void)name;
    (void)sink;
    (void)payload;
    return fail_absent(error);
}

dvg_status dvg_host_help(dvg_host *host, const char *name, dvg_script_help_fn callback,
                         void *payload, dvg_error *error)
{
    (void)host;
    (void)name;
    (void)callback;
    (void)payload;
    return fail_absent(error);
}

dvg_status dvg_host_find_profile(dvg_host *host, const char *const *names, size_t count,
                                 const char **profile, dvg_error *error)
{
    (void)host;
    (void)names;
    (void)count;
    (void)profile;
    return fail_absent(error);
}

dvg_status dvg_host_test(dvg_host *host, const dvg_test_input *input, dvg_test_fn callback,
                         void *payload, dvg_error *error)
{
    (void)host;
    (void)input;
    (void)callback;
    (void)payload;
    return fail_absent(error);
}

/* ---------------------------------------------------------------- profiles */

dvg_status dvg_profile_load(dvg_profile **profile, dvg_host *host, const char *name,
                            dvg_error *error)
{
    (void)profile;
    (void)host;
    (void)name;
    return fail_absent(error);
}

dvg_status dvg_profile_from_options(dvg_profile **profile, dvg_host *host,
                                    const dvg_profile_options *options, dvg_error *error)
{
    dvg_profile *made = dvg_allocate_zero(&host->allocator, sizeof *made);
    *profile = NULL;
    if (made == NULL)
        return dvg_fail_memory(error);
    made->allocator = host->allocator;
    dvg_rules_init(&made->rules, &made->allocator);
    dvg_status status = dvg_rules_from_options(&made->rules, options, made, error);
    if (status == DVG_OK)
        *profile = made;
    else
        dvg_profile_free(made);
    return status;
}

void dvg_profile_free(dvg_profile *profile)
{
    if (profile == NULL)
        return;
    const dvg_allocator allocator = profile->allocator;
    dvg_rules_clear(&profile->rules);
    dvg_release(&allocator, profile, sizeof *profile);
}

dvg_status dvg_profile_add_classifier(dvg_profile *profile, const char *name, dvg_error *error)
{
    (void)profile;
    (void)name;
    return fail_absent(error);
}

dvg_rules *dvg_profile_rules(dvg_profile *profile) { return &profile->rules; }

dvg_hooks dvg_profile_hooks(dvg_profile *profile)
{
    dvg_hooks hooks = {NULL, dvg_decide, NULL, profile, {NULL, NULL}};
    return hooks;
}

size_t dvg_profile_option_count(const dvg_profile *profile)
{
    (void)profile;
    return 0;
}

bool dvg_profile_option_get(const dvg_profile *profile, size_t index, dvg_option_info *info)
{
    (void)profile;
    (void)index;
    (void)info;
    return false;
}

dvg_status dvg_profile_option_set(dvg_profile *profile, const char *name, const char *value,
                                  dvg_error *error)
{
    (void)profile;
    (void)name;
    (void)value;
    return fail_absent(error);
}

const char *dvg_profile_file_next(const dvg_profile *profile, size_t *slot)
{
    (void)profile;
    (void)slot;
    return NULL;
}

const char *dvg_profile_script_next(const dvg_profile *profile, size_t *slot)
{
    (void)profile;
    (void)slot;
    return NULL;
}

/* ---------------------------------------------------------------- reports */

dvg_status dvg_profile_use_reports(dvg_profile *profile, const char *const *names, size_t count,
                                   dvg_error *error)
{
    (void)profile;
    (void)names;
    (void)count;
    return fail_absent(error);
}

size_t dvg_profile_report_count(const dvg_profile *profile)
{
    (void)profile;
    return 0;
}

const char *dvg_profile_report_name(const dvg_profile *profile, size_t index)
{
    (void)profile;
    (void)index;
    return NULL;
}

dvg_status dvg_profile_report_extension(dvg_profile *profile, size_t index, const char **extension,
                                        dvg_error *error)
{
    (void)profile;
    (void)index;
    (void)extension;
    return fail_absent(error);
}

dvg_status dvg_report_run(dvg_profile *profile, dvg_result *result, const char *name,
                          dvg_sink_fn sink, void *payload, dvg_error *error)
{
    (void)profile;
    (void)result;
    (void)name;
    (void)sink;
    (void)payload;
    return fail_absent(error);
}
