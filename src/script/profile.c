/*
 * profile: see profile.h and script.h. Loading, options, and the embedded profile that knows a
 * set of options.
 */
#include "script/profile.h"

#include "rules/plain.h"
#include "script/attachment.h"
#include "script/builtin.h"

#include <string.h>

/* ---------------------------------------------------------------- loading */

dvg_status dvg_profile_blank(dvg_profile **profile, dvg_host *host, dvg_error *error)
{
    dvg_profile *made = dvg_allocate_zero(&host->allocator, sizeof *made);
    *profile = made;
    if (made == NULL)
        return dvg_fail_memory(error);
    made->host = host;
    made->allocator = host->allocator;
    made->builtin = SIZE_MAX;
    dvg_rules_init(&made->rules, &made->allocator);
    return DVG_OK;
}

dvg_status dvg_profile_open_script(dvg_state **state, dvg_profile *profile, const char *kind,
                                   const char *name, lua_CFunction read, void *payload,
                                   dvg_error *error)
{
    dvg_source source;
    dvg_source_init(&source, &profile->allocator);
    dvg_status status = dvg_source_find(&source, profile->host, kind, name, error);
    if (status != DVG_OK) {
        dvg_source_clear(&source);
        return status;
    }
    status = dvg_state_new(state, profile->host, &source, error);
    if (status != DVG_OK)
        return status;
    (*state)->profile = profile;
    status = dvg_state_run(*state, read, payload, error);
    if (status != DVG_OK) {
        dvg_state_free(*state);
        *state = NULL;
    }
    return status;
}

/* Load a profile without its classifier. */
static dvg_status load(dvg_profile **profile, dvg_host *host, const char *name, dvg_error *error)
{
    dvg_profile *made;
    dvg_status status = dvg_profile_blank(&made, host, error);
    *profile = NULL;
    if (status == DVG_OK)
        status = dvg_profile_open_script(&made->state, made, "profile", name, dvg_profile_read,
                                         made, error);
    if (status != DVG_OK)
        dvg_profile_free(made);
    else
        *profile = made;
    return status;
}

dvg_status dvg_profile_embedded(dvg_profile **profile, dvg_host *host, size_t builtin,
                                dvg_error *error)
{
    void *loaded = (void *)host->loaded;
    for (size_t i = 0; i < host->loaded_count; i++) {
        if (host->loaded[i] != NULL && host->loaded[i]->builtin == builtin) {
            *profile = host->loaded[i];
            return DVG_OK;
        }
    }
    if (!dvg_grow(&host->allocator, &loaded, &host->loaded_capacity, host->loaded_count + 1,
                  sizeof(dvg_profile *)))
        return dvg_fail_memory(error);
    host->loaded = loaded;
    dvg_profile *made = NULL;
    dvg_status status = load(&made, host, dvg_source_builtin_name(builtin, "profile"), error);
    *profile = made;
    if (made != NULL) {
        made->builtin = builtin;
        host->loaded[host->loaded_count++] = made;
    }
    return status;
}

/* Take the embedded profile `name` out of those that were loaded; NULL: it is not there. */
static dvg_profile *take_loaded(dvg_host *host, const char *name)
{
    for (size_t i = 0; i < host->loaded_count; i++) {
        dvg_profile *profile = host->loaded[i];
        if (profile == NULL ||
            strcmp(dvg_source_builtin_name(profile->builtin, "profile"), name) != 0)
            continue;
        host->loaded[i] = NULL;
        return profile;
    }
    return NULL;
}

dvg_status dvg_profile_load(dvg_profile **profile, dvg_host *host, const char *name,
                            dvg_error *error)
{
    dvg_status status = DVG_OK;
    *profile = dvg_source_is_path(name) ? NULL : take_loaded(host, name);
    if (*profile == NULL)
        status = load(profile, host, name, error);
    if (status == DVG_OK)
        status = dvg_chain_open(*profile, error);
    if (status != DVG_OK) {
        dvg_profile_free(*profile);
        *profile = NULL;
    }
    return status;
}

/* The one report of a profile; `name` is a constant. */
static dvg_status name_report(dvg_profile *profile, const char *name, dvg_error *error)
{
    void *reports = (void *)profile->reports;
    if (!dvg_grow(&profile->allocator, &reports, &profile->report_capacity, 1,
                  sizeof *profile->reports))
        return dvg_fail_memory(error);
    profile->reports = reports;
    profile->reports[0] = name;
    profile->report_count = 1;
    return DVG_OK;
}

dvg_status dvg_profile_from_options(dvg_profile **profile, dvg_host *host,
                                    const dvg_profile_options *options, dvg_error *error)
{
    dvg_profile *made;
    *profile = NULL;
    dvg_status status = dvg_profile_blank(&made, host, error);
    if (status == DVG_OK)
        status = dvg_rules_from_options(&made->rules, options, made, error);
    if (status == DVG_OK)
        status = dvg_chain_open(made, error);
    if (status == DVG_OK)
        status = name_report(made, "text", error);
    if (status != DVG_OK)
        dvg_profile_free(made);
    else
        *profile = made;
    return status;
}

void dvg_profile_free(dvg_profile *profile)
{
    if (profile == NULL)
        return;
    dvg_allocator allocator = profile->allocator;
    dvg_chain_clear(profile);
    dvg_state_free(profile->state);
    for (size_t i = 0; i < profile->option_count; i++)
        dvg_release_string(&allocator, profile->options[i].value);
    for (size_t i = 0; i < profile->report_state_count; i++)
        dvg_state_free(profile->report_states[i]);
    dvg_release(&allocator, (void *)profile->report_states,
                profile->report_state_count * sizeof(dvg_state *));
    dvg_release(&allocator, profile->options,
                profile->option_capacity * sizeof(dvg_profile_option));
    dvg_release(&allocator, (void *)profile->reports,
                profile->report_capacity * sizeof(const char *));
    dvg_rules_clear(&profile->rules);
    dvg_release(&allocator, profile, sizeof *profile);
}

dvg_rules *dvg_profile_rules(dvg_profile *profile) { return &profile->rules; }

dvg_hooks dvg_profile_hooks(dvg_profile *profile)
{
    dvg_hooks hooks = {NULL, NULL, NULL, profile, {dvg_normalize, profile}};
    if (profile->has_gates)
        hooks.gates = dvg_gates_ask;
    if (dvg_chain_asks(&profile->chain) || profile->default_index != 0 ||
        dvg_rules_have(&profile->rules, DVG_EFFECT_CLASS | DVG_EFFECT_SEVERITY))
        hooks.classify = dvg_classify;
    return hooks;
}

dvg_status dvg_profile_begin(dvg_profile *profile, dvg_result *result, dvg_error *error)
{
    if (result->attachment != NULL)
        return DVG_OK;
    if (dvg_attachment_of(result) == NULL)
        return dvg_fail_memory(error);
    return dvg_chain_renew(profile, error);
}
