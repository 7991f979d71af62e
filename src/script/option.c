/*
 * option: see option.h.
 */
#include "script/option.h"

#include <string.h>

/* What only the program may call an option. */
const char *const dvg_reserved_options[] = {
    "help",         "version",     "profile", "out",        "threads", "validate-identical",
    "list-scripts", "script-path", "report",  "classifier", "set",     "show-script",
    "help-script",  "color",       "fail-on", NULL};

void dvg_option_check_name(dvg_fields *fields, const char *name)
{
    for (size_t i = 0; dvg_reserved_options[i] != NULL; i++)
        if (strcmp(dvg_reserved_options[i], name) == 0)
            dvg_fields_fail(fields, "\"%s\" is an option of the program's own", name);
    for (const char *at = name; *at != '\0'; at++) {
        bool good = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                    (*at >= '0' && *at <= '9') || ((*at == '-' || *at == '_') && at != name);
        if (!good)
            dvg_fields_fail(fields, "\"%s\" cannot be a long option", name);
    }
}

/* A copy of a text in the profile's rules. */
static const char *keep(dvg_fields *fields, const char *text)
{
    dvg_profile *profile = fields->payload;
    const char *copy = dvg_rules_text(&profile->rules, text, strlen(text));
    if (copy == NULL)
        dvg_state_raise_memory(fields->lua);
    return copy;
}

static void read_option_type(dvg_fields *fields)
{
    static const char *const names[] = {"file", "text", "number", "flag", NULL};
    (void)dvg_fields_choice(fields, names);
}

static dvg_option_type option_type(const char *name)
{
    switch (name[0] == 'f' ? name[1] : name[0]) {
    case 'i':
        return DVG_OPTION_FILE;
    case 'l':
        return DVG_OPTION_FLAG;
    case 'n':
        return DVG_OPTION_NUMBER;
    default:
        return DVG_OPTION_TEXT;
    }
}

static void read_option(dvg_fields *fields, const char *name)
{
    static const dvg_field known[] = {{"type", DVG_TAKES_TEXT, read_option_type},
                                      {"help", DVG_TAKES_TEXT, NULL}};
    dvg_profile *profile = fields->payload;
    void *options = profile->options;
    dvg_option_check_name(fields, name);
    for (int side = 0; side < 2; side++)
        if (strcmp(profile->rules.side_names[side], name) == 0)
            dvg_fields_fail(fields, "\"%s\" is a side already", name);
    dvg_fields_table(fields, known, sizeof known / sizeof known[0]);
    const char *type = dvg_fields_member(fields, "type");
    const char *help = dvg_fields_member(fields, "help");
    if (type == NULL)
        dvg_fields_fail(fields, "an option needs a `type`: file, text, number or flag");
    if (!dvg_grow(&profile->allocator, &options, &profile->option_capacity,
                  profile->option_count + 1, sizeof(dvg_profile_option)))
        dvg_state_raise_memory(fields->lua);
    profile->options = options;
    dvg_profile_option option = {keep(fields, name), keep(fields, help == NULL ? "" : help),
                                 option_type(type), NULL};
    profile->options[profile->option_count++] = option;
}

void dvg_option_read_all(dvg_fields *fields)
{
    dvg_fields_map(fields, DVG_TAKES_TABLE, read_option);
}
