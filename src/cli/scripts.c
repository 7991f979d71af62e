/*
 * scripts: see scripts.h. What comes from a file or its name is shown without control characters;
 * only the source is shown as it is, since it is meant for a file.
 */
#include "scripts.h"

#include "console.h"
#include "help.h"
#include "options.h"

#include <stdio.h>
#include <string.h>

static bool succeeded(dvg_status status, const dvg_error *error)
{
    /* Standard output that failed is told once, when it is closed. */
    if (status != DVG_OK && !dvg_console_broken())
        dvg_console_failure(error);
    return status == DVG_OK;
}

static void print_place(const char *path)
{
    if (path == NULL)
        dvg_console_print("(built in)");
    else
        dvg_console_text(path, "");
}

/* A dvg_script_fn. */
static int list_one(void *payload, const dvg_script_info *info)
{
    (void)payload;
    if (info->hidden) {
        dvg_console_print("%-8s  %-18s  ", "", "hides");
        print_place(info->path);
        dvg_console_print("\n");
        return 0;
    }
    dvg_console_print("%-8s  ", info->kind);
    dvg_console_text(info->name, "");
    size_t size = strlen(info->name);
    dvg_console_print("%*s", size < 20 ? 20 - (int)size : 2, "");
    print_place(info->path);
    dvg_console_print("%s%s\n", info->summary[0] == '\0' ? "" : "  ", info->summary);
    return 0;
}

bool dvg_scripts_list(dvg_context *context)
{
    dvg_error error = {0};
    return succeeded(dvg_context_list_scripts(context, list_one, NULL, &error), &error);
}

bool dvg_scripts_show(dvg_context *context, const char *name)
{
    dvg_error error = {0};
    return succeeded(dvg_context_show_script(context, name, dvg_console_sink, NULL, &error),
                     &error);
}

/* ---------------------------------------------------------------- its own words */

/* A profile's options are the program's; any other script's are given with --set. */
static void show_option(const dvg_option_info *info, bool profile)
{
    const char *argument = dvg_option_argument(info->type);
    char set[160];
    if (profile) {
        dvg_help_option(info->name, argument, info->help);
        return;
    }
    (void)snprintf(set, sizeof set, "%.100s=%s", info->name,
                   argument != NULL ? argument : "true|false");
    dvg_help_option("set", set, info->help);
}

/* A dvg_script_help_fn. */
static int help_one(void *payload, const dvg_script_help *help)
{
    (void)payload;
    bool profile = help->option_count > 0 && help->options[0].type == DVG_OPTION_SIDE;
    if (help->kind[0] != '\0') {
        dvg_console_print("%s/", help->kind);
        dvg_console_text(help->name, "");
        dvg_console_print("  ");
    }
    print_place(help->path);
    dvg_console_print("\n");
    if (help->title[0] != '\0') {
        dvg_console_text(help->title, "");
        dvg_console_print("\n");
    }
    if (help->words[0] != '\0') {
        size_t size = strlen(help->words);
        dvg_console_print("\n");
        dvg_console_text(help->words, "\n\t");
        dvg_console_print("%s", help->words[size - 1] == '\n' ? "" : "\n");
    }
    if (help->option_count > 0)
        dvg_console_print("\nOptions:\n");
    for (size_t i = 0; i < help->option_count; i++)
        show_option(&help->options[i], profile);
    return 0;
}

bool dvg_scripts_help(dvg_context *context, const char *name)
{
    dvg_error error = {0};
    return succeeded(dvg_context_help_script(context, name, help_one, NULL, &error), &error);
}
