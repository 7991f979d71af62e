/*
 * choose: see choose.h. Loads no profile but the one that is chosen, unless it must explain why
 * none is.
 */
#include "choose.h"

#include "console.h"

#include <string.h>

#define DEFAULT_PROFILE "default"

void dvg_choose_complain(const dvg_context *context, const char *name)
{
    const char *nearest = dvg_option_nearest(name, context);
    if (nearest != NULL)
        dvg_console_error("unknown option '--%s': the nearest one is '--%s'", name, nearest);
    else
        dvg_console_error("unknown option '--%s': --help shows which there are", name);
}

static bool use(dvg_context *context, const char *name)
{
    dvg_error error = {0};
    if (dvg_context_use_profile(context, name, &error) == DVG_OK)
        return true;
    dvg_console_failure(&error);
    return false;
}

/* A dvg_script_fn: stops at the default profile. */
static int is_default(void *payload, const dvg_script_info *info)
{
    (void)payload;
    return strcmp(info->kind, "profile") == 0 && strcmp(info->name, DEFAULT_PROFILE) == 0 ? -1 : 0;
}

/* Nothing was said: a default that is there but wrong is an error of its own, and so is a folder
 * that cannot be searched for one. */
static bool use_default(dvg_context *context)
{
    dvg_error error = {0};
    if (dvg_context_use_profile(context, DEFAULT_PROFILE, &error) == DVG_OK)
        return true;
    if (dvg_context_list_scripts(context, is_default, NULL, NULL) == DVG_OK)
        dvg_console_error("no profile was chosen: name one with --profile NAME, "
                          "--list-scripts shows which there are");
    else
        dvg_console_failure(&error);
    return false;
}

/* Sort out the names that no built-in profile declares: the others come first, in their order.
 * Returns how many others there are. */
static size_t partition(dvg_context *context, char **names, size_t count)
{
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        const char *name = names[i];
        const char *profile;
        if (dvg_context_find_profile(context, &name, 1, &profile, NULL) != DVG_OK)
            continue;
        char *swapped = names[i];
        memmove(&names[known + 1], &names[known], (i - known) * sizeof *names);
        names[known++] = swapped;
    }
    return known;
}

/* No profile declares all these options. If one declares all but the unknown ones, its options
 * are what the user may have meant. */
static void explain(dvg_context *context, dvg_command *command, const dvg_error *error)
{
    const char *const *names = (const char *const *)command->unknown;
    size_t known = partition(context, command->unknown, command->unknown_count);
    if (known == command->unknown_count) {
        dvg_console_failure(error);
        return;
    }
    const char *profile;
    if (known > 0 && dvg_context_find_profile(context, names, known, &profile, NULL) == DVG_OK)
        (void)dvg_context_use_profile(context, profile, NULL);
    dvg_choose_complain(context, names[known]);
}

static bool use_declaring(dvg_context *context, dvg_command *command)
{
    dvg_error error = {0};
    const char *profile;
    dvg_status status = dvg_context_find_profile(context, (const char *const *)command->unknown,
                                                 command->unknown_count, &profile, &error);
    if (status == DVG_OK)
        return use(context, profile);
    if (status == DVG_E_ARGUMENT)
        explain(context, command, &error);
    else
        dvg_console_failure(&error);
    return false;
}

bool dvg_choose_profile(dvg_context *context, dvg_command *command)
{
    if (command->profile != NULL)
        return use(context, command->profile);
    if (command->unknown_count > 0)
        return use_declaring(context, command);
    if (command->action == DVG_ACTION_COMPARE || command->action == DVG_ACTION_CANONICAL ||
        command->action == DVG_ACTION_DIGEST)
        return use_default(context);
    return true; /* help, version and lists need none */
}
