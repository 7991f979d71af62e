/*
 * profile: see profile.h and script.h. Loading, options, and the embedded profile that knows a
 * set of options.
 */
#include "script/profile.h"

#include "script/attachment.h"
#include "script/builtin.h"
#include "script/divergence.h"
#include "script/nearest.h"

#include <string.h>

/* ---------------------------------------------------------------- loading */

static dvg_profile *new_profile(dvg_host *host)
{
    dvg_profile *made = dvg_allocate_zero(&host->allocator, sizeof *made);
    if (made == NULL)
        return NULL;
    made->host = host;
    made->allocator = host->allocator;
    made->builtin = SIZE_MAX;
    dvg_rules_init(&made->rules, &made->allocator);
    return made;
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
    dvg_profile *made = new_profile(host);
    *profile = NULL;
    if (made == NULL)
        return dvg_fail_memory(error);
    dvg_status status =
        dvg_profile_open_script(&made->state, made, "profile", name, dvg_profile_read, made, error);
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
        status = dvg_classify_prepare(*profile, error);
    if (status != DVG_OK) {
        dvg_profile_free(*profile);
        *profile = NULL;
    }
    return status;
}

void dvg_profile_free(dvg_profile *profile)
{
    if (profile == NULL)
        return;
    dvg_allocator allocator = profile->allocator;
    if (profile->classifier != profile->state)
        dvg_state_free(profile->classifier);
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
    dvg_hooks hooks = {NULL, NULL, profile};
    if (profile->has_gates)
        hooks.gates = dvg_gates_ask;
    if (profile->classifier != NULL || profile->default_index != 0)
        hooks.classify = dvg_classify;
    return hooks;
}

static int forget(lua_State *lua)
{
    dvg_divergence_renew(lua);
    return 0;
}

static dvg_status renew(dvg_state *state, dvg_error *error)
{
    if (state == NULL)
        return DVG_OK;
    dvg_state_renew(state);
    return state->divergence == NULL ? DVG_OK : dvg_state_run(state, forget, NULL, error);
}

dvg_status dvg_profile_begin(dvg_profile *profile, dvg_result *result, dvg_error *error)
{
    if (result->attachment != NULL)
        return DVG_OK;
    if (dvg_attachment_of(result) == NULL)
        return dvg_fail_memory(error);
    dvg_status status = renew(profile->state, error);
    if (status == DVG_OK && profile->classifier != profile->state)
        status = renew(profile->classifier, error);
    return status;
}

/* ---------------------------------------------------------------- options */

dvg_profile_option *dvg_profile_option_find(const dvg_profile *profile, const char *name)
{
    for (size_t i = 0; profile != NULL && i < profile->option_count; i++)
        if (strcmp(profile->options[i].name, name) == 0)
            return &profile->options[i];
    return NULL;
}

size_t dvg_profile_option_count(const dvg_profile *profile) { return profile->option_count + 2; }

bool dvg_profile_option_get(const dvg_profile *profile, size_t index, dvg_option_info *info)
{
    static const char *const helps[2] = {"the left snapshot", "the right snapshot"};
    if (index < 2) {
        info->name = profile->rules.side_names[index];
        info->help = helps[index];
        info->type = DVG_OPTION_SIDE;
        info->side = index == 0 ? DVG_LEFT : DVG_RIGHT;
        return true;
    }
    if (index - 2 >= profile->option_count)
        return false;
    const dvg_profile_option *option = &profile->options[index - 2];
    info->name = option->name;
    info->help = option->help;
    info->type = option->type;
    info->side = DVG_LEFT;
    return true;
}

static const char *skip_digits(const char *at)
{
    while (*at >= '0' && *at <= '9')
        at++;
    return at;
}

/* Is the text a decimal number: sign, digits, fraction, exponent? */
static bool is_number(const char *text)
{
    const char *at = text + (*text == '-' || *text == '+');
    const char *digits = at;
    at = skip_digits(at);
    bool any = at != digits;
    if (any && *at == '.') {
        digits = at + 1;
        at = skip_digits(digits);
        any = at != digits;
    }
    if (any && (*at == 'e' || *at == 'E')) {
        at += 1 + (at[1] == '-' || at[1] == '+');
        digits = at;
        at = skip_digits(at);
        any = at != digits;
    }
    return any && *at == '\0';
}

static dvg_status fail_option(const dvg_profile *profile, const char *name, dvg_error *error)
{
    dvg_nearest nearest;
    for (int side = 0; side < 2; side++)
        if (strcmp(profile->rules.side_names[side], name) == 0)
            return dvg_fail(error, DVG_E_ARGUMENT, "\"%s\" is a side of profile \"%s\", no option",
                            name, profile->rules.name);
    dvg_nearest_init(&nearest, name, strlen(name));
    for (size_t i = 0; i < profile->option_count; i++)
        dvg_nearest_offer(&nearest, profile->options[i].name);
    if (nearest.best == NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "profile \"%s\" declares no option, so no \"%s\"",
                        profile->rules.name, name);
    return dvg_fail(error, DVG_E_ARGUMENT,
                    "profile \"%s\" declares no option \"%s\"; the nearest is \"%s\"",
                    profile->rules.name, name, nearest.best);
}

dvg_status dvg_profile_option_set(dvg_profile *profile, const char *name, const char *value,
                                  dvg_error *error)
{
    dvg_profile_option *option = dvg_profile_option_find(profile, name);
    if (option == NULL)
        return fail_option(profile, name, error);
    if (option->type == DVG_OPTION_FLAG && value != NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "option \"%s\" takes no value", name);
    if (option->type != DVG_OPTION_FLAG && value == NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "option \"%s\" needs a value", name);
    if (option->type == DVG_OPTION_NUMBER && !is_number(value))
        return dvg_fail(error, DVG_E_ARGUMENT, "option \"%s\" takes a number, and \"%s\" is none",
                        name, value);
    char *copy = NULL;
    if (option->type != DVG_OPTION_FILE || value[0] != '\0') {
        const char *text = value == NULL ? "" : value;
        copy = dvg_string_copy(&profile->allocator, text, strlen(text));
        if (copy == NULL)
            return dvg_fail_memory(error);
    }
    dvg_release_string(&profile->allocator, option->value);
    option->value = copy;
    return DVG_OK;
}

size_t dvg_profile_report_count(const dvg_profile *profile) { return profile->report_count; }

const char *dvg_profile_report_name(const dvg_profile *profile, size_t index)
{
    return index < profile->report_count ? profile->reports[index] : NULL;
}
