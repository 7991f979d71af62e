/*
 * selection: which profile a context uses, the options it declares, and the scripts there are.
 * Answers for swapping profiles safely; finding and checking scripts is the script floor's.
 * Invariant: after a failed swap the profile that was in use is still in use.
 */
#include "api/context.h"
#include "rules/plain.h"

dvg_loaded *dvg_context_loaded(dvg_context *context, dvg_error *error)
{
    if (context->loaded == NULL)
        dvg_fail(error, DVG_E_ARGUMENT, "no profile is in use");
    return context->loaded;
}

void dvg_loaded_release(const dvg_context *context, dvg_loaded *loaded)
{
    if (loaded == NULL || --loaded->users > 0)
        return;
    dvg_profile_free(loaded->profile);
    dvg_release(&context->allocator, loaded, sizeof *loaded);
}

/* Put a profile in place of the one in use; where it cannot be, it is freed. */
static dvg_status use(dvg_context *context, dvg_profile *profile, dvg_error *error)
{
    dvg_loaded *loaded = dvg_allocate_zero(&context->allocator, sizeof *loaded);
    if (loaded == NULL) {
        dvg_profile_free(profile);
        return dvg_fail_memory(error);
    }
    loaded->users = 1;
    loaded->profile = profile;
    dvg_loaded_release(context, context->loaded);
    context->loaded = loaded;
    return DVG_OK;
}

dvg_status dvg_context_use_profile(dvg_context *context, const char *name, dvg_error *error)
{
    dvg_profile *profile = NULL;
    dvg_status status = dvg_require(error, context != NULL && name != NULL && name[0] != '\0',
                                    "no context, or no name of a profile");
    if (status == DVG_OK)
        status = dvg_profile_load(&profile, context->host, name, error);
    return status == DVG_OK ? use(context, profile, error) : status;
}

dvg_status dvg_context_use_rules(dvg_context *context, const dvg_profile_options *options,
                                 dvg_error *error)
{
    dvg_profile *profile = NULL;
    dvg_status status = dvg_require(error, context != NULL, "no context");
    if (status == DVG_OK)
        status = dvg_profile_from_options(&profile, context->host, options, error);
    return status == DVG_OK ? use(context, profile, error) : status;
}

dvg_status dvg_context_add_classifier(dvg_context *context, const char *name, dvg_error *error)
{
    dvg_status status = dvg_require(error, context != NULL && name != NULL && name[0] != '\0',
                                    "no context, or no name of a classifier");
    if (status != DVG_OK)
        return status;
    dvg_loaded *loaded = dvg_context_loaded(context, error);
    if (loaded == NULL)
        return DVG_E_ARGUMENT;
    /* Such a result counts by the classes there were. */
    if (loaded->users > 1)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "a result of the profile is alive: add classifiers before the first run");
    return dvg_profile_add_classifier(loaded->profile, name, error);
}

dvg_status dvg_context_add_match(dvg_context *context, const char *at, const char *match,
                                 const char *key, dvg_error *error)
{
    const dvg_rule_options rule = {.at = at, .match = match, .key = key};
    dvg_status status = dvg_require(error, context != NULL && at != NULL && match != NULL,
                                    "no context, no pattern, or no way to match");
    dvg_loaded *loaded = status == DVG_OK ? dvg_context_loaded(context, error) : NULL;
    if (loaded == NULL)
        return DVG_E_ARGUMENT;
    if (loaded->users > 1)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "a result of the profile is alive: add rules before the first run");
    return dvg_rules_add_match(dvg_profile_rules(loaded->profile), &rule, loaded, error);
}

/* The rules of the profile in use, whose scope may still change; NULL: `*status` says why not. */
static dvg_rules *scoped(dvg_context *context, const char *text, dvg_status *status,
                         dvg_error *error)
{
    *status = dvg_require(error, context != NULL && text != NULL, "no context, or no text");
    dvg_loaded *loaded = *status == DVG_OK ? dvg_context_loaded(context, error) : NULL;
    if (loaded == NULL) {
        *status = DVG_E_ARGUMENT;
        return NULL;
    }
    if (loaded->users > 1) {
        *status = dvg_fail(error, DVG_E_ARGUMENT,
                           "a result of the profile is alive: restrict before the first run");
        return NULL;
    }
    return dvg_profile_rules(loaded->profile);
}

dvg_status dvg_context_add_place(dvg_context *context, const char *at, dvg_error *error)
{
    dvg_status status;
    dvg_rules *rules = scoped(context, at, &status, error);
    return rules == NULL ? status : dvg_scope_add_place(&rules->scope, &rules->arena, at, error);
}

dvg_status dvg_context_add_file(dvg_context *context, const char *glob, dvg_error *error)
{
    dvg_status status;
    dvg_rules *rules = scoped(context, glob, &status, error);
    return rules == NULL ? status : dvg_scope_add_file(&rules->scope, &rules->arena, glob, error);
}

dvg_status dvg_context_use_reports(dvg_context *context, const char *const *names, size_t count,
                                   dvg_error *error)
{
    bool named = names != NULL && count > 0;
    for (size_t i = 0; named && i < count; i++)
        named = names[i] != NULL && names[i][0] != '\0';
    dvg_status status =
        dvg_require(error, context != NULL && named, "no context, or no name of a report");
    if (status != DVG_OK)
        return status;
    dvg_loaded *loaded = dvg_context_loaded(context, error);
    if (loaded == NULL)
        return DVG_E_ARGUMENT;
    return dvg_profile_use_reports(loaded->profile, names, count, error);
}

dvg_status dvg_context_find_profile(dvg_context *context, const char *const *names, size_t count,
                                    const char **profile, dvg_error *error)
{
    dvg_status status =
        dvg_require(error, context != NULL && profile != NULL && count > 0 && names != NULL,
                    "no context, or no names of options");
    if (status != DVG_OK)
        return status;
    *profile = NULL;
    return dvg_host_find_profile(context->host, names, count, profile, error);
}

size_t dvg_context_option_count(const dvg_context *context)
{
    if (context == NULL || context->loaded == NULL)
        return 0;
    return dvg_profile_option_count(context->loaded->profile);
}

bool dvg_context_option_get(const dvg_context *context, size_t index, dvg_option_info *info)
{
    if (info == NULL || index >= dvg_context_option_count(context))
        return false;
    return dvg_profile_option_get(context->loaded->profile, index, info);
}

dvg_status dvg_context_set_option(dvg_context *context, const char *name, const char *value,
                                  dvg_error *error)
{
    dvg_status status =
        dvg_require(error, context != NULL && name != NULL, "no context, or no name of an option");
    if (status != DVG_OK)
        return status;
    dvg_loaded *loaded = dvg_context_loaded(context, error);
    if (loaded == NULL)
        return DVG_E_ARGUMENT;
    return dvg_profile_option_set(loaded->profile, name, value, error);
}

const char *dvg_context_profile_name(const dvg_context *context)
{
    if (context == NULL || context->loaded == NULL)
        return NULL;
    return dvg_profile_rules(context->loaded->profile)->name;
}

size_t dvg_context_report_count(const dvg_context *context)
{
    if (context == NULL || context->loaded == NULL)
        return 0;
    return dvg_profile_report_count(context->loaded->profile);
}

const char *dvg_context_report_name(const dvg_context *context, size_t index)
{
    if (index >= dvg_context_report_count(context))
        return NULL;
    return dvg_profile_report_name(context->loaded->profile, index);
}

dvg_status dvg_context_list_scripts(dvg_context *context, dvg_script_fn callback, void *payload,
                                    dvg_error *error)
{
    dvg_status status =
        dvg_require(error, context != NULL && callback != NULL, "no context, or no callback");
    if (status != DVG_OK)
        return status;
    return dvg_host_list(context->host, callback, payload, error);
}

dvg_status dvg_context_show_script(dvg_context *context, const char *name, dvg_sink_fn sink,
                                   void *payload, dvg_error *error)
{
    dvg_status status =
        dvg_require(error, context != NULL && name != NULL && name[0] != '\0' && sink != NULL,
                    "no context, no name of a script, or no sink");
    if (status != DVG_OK)
        return status;
    return dvg_host_show(context->host, name, sink, payload, error);
}

dvg_status dvg_context_help_script(dvg_context *context, const char *name,
                                   dvg_script_help_fn callback, void *payload, dvg_error *error)
{
    dvg_status status =
        dvg_require(error, context != NULL && name != NULL && name[0] != '\0' && callback != NULL,
                    "no context, no name of a script, or no callback");
    if (status != DVG_OK)
        return status;
    return dvg_host_help(context->host, name, callback, payload, error);
}
