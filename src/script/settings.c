/*
 * settings: what the user gives to the scripts in use: values of options, and the reports to write.
 */
#include "script/nearest.h"
#include "script/option.h"

#include <string.h>

/* ---------------------------------------------------------------- options */

dvg_profile_option *dvg_profile_option_find(const dvg_profile *profile, const char *name)
{
    for (size_t i = 0; profile != NULL && i < profile->option_count; i++)
        if (strcmp(profile->options[i].name, name) == 0)
            return &profile->options[i];
    return NULL;
}

size_t dvg_profile_option_count(const dvg_profile *profile)
{
    return profile->own_option_count + 2;
}

bool dvg_profile_option_any(const dvg_profile *profile, size_t index, dvg_option_info *info)
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

bool dvg_profile_option_get(const dvg_profile *profile, size_t index, dvg_option_info *info)
{
    return index < dvg_profile_option_count(profile) &&
           dvg_profile_option_any(profile, index, info);
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
    if (profile->option_count == 0)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "no script in use declares an option, so there is no \"%s\"", name);
    if (nearest.best == NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "no script in use declares an option \"%s\"", name);
    return dvg_fail(error, DVG_E_ARGUMENT,
                    "no script in use declares an option \"%s\"; the nearest is \"%s\"", name,
                    nearest.best);
}

/* Is the value of the option's type? */
static dvg_status check_value(const dvg_profile_option *option, const char *value, dvg_error *error)
{
    const char *name = option->name;
    if (option->type == DVG_OPTION_FLAG) {
        if (value == NULL || strcmp(value, "true") == 0 || strcmp(value, "false") == 0)
            return DVG_OK;
        return dvg_fail(
            error, DVG_E_ARGUMENT,
            "option \"%s\" is a flag: it takes true or false, and \"%.200s\" is neither", name,
            value);
    }
    if (value == NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "option \"%s\" needs a value, a %s", name,
                        dvg_option_type_name(option->type));
    if (option->type == DVG_OPTION_NUMBER && !is_number(value))
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "option \"%s\" takes a number, and \"%.200s\" is none", name, value);
    return DVG_OK;
}

/* Does the value stand for "not given"? */
static bool takes_back(const dvg_profile_option *option, const char *value)
{
    return (option->type == DVG_OPTION_FILE && value[0] == '\0') ||
           (option->type == DVG_OPTION_FLAG && value != NULL && strcmp(value, "false") == 0);
}

/* The option of that name; the reports are loaded if nobody else declares it. NULL in `*option`:
 * there is none. */
static dvg_status find_option(dvg_profile *profile, const char *name, dvg_profile_option **option,
                              dvg_error *error)
{
    dvg_status status = DVG_OK;
    *option = dvg_profile_option_find(profile, name);
    for (size_t i = 0; *option == NULL && i < profile->report_count && status == DVG_OK; i++) {
        const char *extension;
        status = dvg_profile_report_extension(profile, i, &extension, error);
        *option = dvg_profile_option_find(profile, name);
    }
    return status;
}

dvg_status dvg_profile_option_set(dvg_profile *profile, const char *name, const char *value,
                                  dvg_error *error)
{
    dvg_profile_option *option;
    dvg_status status = find_option(profile, name, &option, error);
    if (status != DVG_OK)
        return status;
    if (option == NULL)
        return fail_option(profile, name, error);
    status = check_value(option, value, error);
    if (status != DVG_OK)
        return status;
    char *copy = NULL;
    if (!takes_back(option, value)) {
        const char *text = value == NULL || option->type == DVG_OPTION_FLAG ? "" : value;
        copy = dvg_string_copy(&profile->allocator, text, strlen(text));
        if (copy == NULL)
            return dvg_fail_memory(error);
    }
    dvg_release_string(&profile->allocator, option->value);
    option->value = copy;
    return DVG_OK;
}

void dvg_option_forget(dvg_profile *profile, size_t count)
{
    while (profile->option_count > count)
        dvg_release_string(&profile->allocator, profile->options[--profile->option_count].value);
}

const char *dvg_profile_file_next(const dvg_profile *profile, size_t *slot)
{
    for (; *slot < profile->option_count; ++*slot) {
        const dvg_profile_option *option = &profile->options[*slot];
        if (option->type == DVG_OPTION_FILE && option->value != NULL) {
            ++*slot;
            return option->value;
        }
    }
    return NULL;
}

/* ---------------------------------------------------------------- reports */

static void forget_reports(dvg_profile *profile)
{
    for (size_t i = 0; i < profile->report_state_count; i++)
        dvg_state_free(profile->report_states[i]);
    dvg_release(&profile->allocator, (void *)profile->report_states,
                profile->report_state_count * sizeof(dvg_state *));
    profile->report_states = NULL;
    profile->report_state_count = 0;
}

/* The names of the reports of a profile, while others are tried. */
struct names {
    const char **items;
    size_t count, capacity;
};

static void exchange(dvg_profile *profile, struct names *names)
{
    struct names before = {profile->reports, profile->report_count, profile->report_capacity};
    forget_reports(profile);
    profile->reports = names->items;
    profile->report_count = names->count;
    profile->report_capacity = names->capacity;
    *names = before;
}

static void names_clear(struct names *names, const dvg_allocator *allocator)
{
    dvg_release(allocator, (void *)names->items, names->capacity * sizeof *names->items);
}

/* Copies of the names in the memory of the profile's rules. */
static dvg_status copy_names(struct names *names, dvg_profile *profile, const char *const *from,
                             size_t count, dvg_error *error)
{
    void *items = NULL;
    *names = (struct names){NULL, 0, 0};
    if (!dvg_grow(&profile->allocator, &items, &names->capacity, count, sizeof(const char *)))
        return dvg_fail_memory(error);
    names->items = items;
    for (; names->count < count; names->count++) {
        const char *copy =
            dvg_rules_text(&profile->rules, from[names->count], strlen(from[names->count]));
        names->items[names->count] = copy;
        if (copy == NULL)
            return dvg_fail_memory(error);
    }
    return DVG_OK;
}

static dvg_status load_reports(dvg_profile *profile, dvg_error *error)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < profile->report_count && status == DVG_OK; i++) {
        const char *extension;
        status = dvg_profile_report_extension(profile, i, &extension, error);
    }
    return status;
}

dvg_status dvg_profile_use_reports(dvg_profile *profile, const char *const *names, size_t count,
                                   dvg_error *error)
{
    struct names others;
    size_t options = profile->option_count;
    dvg_status status = copy_names(&others, profile, names, count, error);
    if (status == DVG_OK) {
        exchange(profile, &others);
        status = load_reports(profile, error);
        if (status != DVG_OK)
            exchange(profile, &others);
    }
    if (status != DVG_OK)
        dvg_option_forget(profile, options);
    names_clear(&others, &profile->allocator);
    return status;
}

size_t dvg_profile_report_count(const dvg_profile *profile) { return profile->report_count; }

const char *dvg_profile_report_name(const dvg_profile *profile, size_t index)
{
    return index < profile->report_count ? profile->reports[index] : NULL;
}

/* ---------------------------------------------------------------- files */

/* State number `slot` among those of the scripts in use; NULL: it has none. */
static const dvg_state *script_state(const dvg_profile *profile, size_t slot)
{
    if (slot == 0)
        return profile->state;
    if (slot - 1 < profile->chain.count)
        return profile->chain.links[slot - 1].state;
    return profile->report_states[slot - 1 - profile->chain.count];
}

const char *dvg_profile_script_next(const dvg_profile *profile, size_t *slot)
{
    size_t count = 1 + profile->chain.count + profile->report_state_count;
    while (*slot < count) {
        const dvg_state *state = script_state(profile, (*slot)++);
        if (state != NULL && state->source.bytes.data != NULL)
            return state->source.shown;
    }
    return NULL;
}
