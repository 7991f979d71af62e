/*
 * help: see help.h. Every option it shows comes from the table in options.c or from the profile's
 * own declarations, so that it cannot tell anything else than the parser does.
 */
#include "help.h"

#include "console.h"
#include "options.h"

#define OPTION_WIDTH 22

void dvg_help_usage(void)
{
    dvg_console_say("usage: diverge [--profile NAME] [OPTION...] LEFT RIGHT (see diverge --help)");
}

static int length_of(const char *text)
{
    int length = 0;
    while (text[length] != '\0')
        length++;
    return length;
}

void dvg_help_option(const char *name, const char *argument, const char *help)
{
    int used = length_of(name) + (argument != NULL ? 1 + length_of(argument) : 0);
    int space = used < OPTION_WIDTH ? OPTION_WIDTH - used : 1;
    dvg_console_print("  --%s%s%s%*s", name, argument != NULL ? " " : "",
                      argument != NULL ? argument : "", space, "");
    dvg_console_text(help, "");
    dvg_console_print("\n");
}

static void show_profile(const dvg_context *context)
{
    dvg_option_info info;
    const char *name = dvg_context_profile_name(context);
    if (name == NULL)
        return;
    dvg_console_print("\nOptions of the profile %s:\n", name);
    for (size_t i = 0; dvg_context_option_get(context, i, &info); i++) {
        const char *help = info.help;
        if (help[0] == '\0' && info.type == DVG_OPTION_SIDE)
            help = info.side == DVG_LEFT ? "the left snapshot" : "the right snapshot";
        dvg_help_option(info.name, dvg_option_argument(info.type), help);
    }
}

void dvg_help_show(const dvg_context *context)
{
    dvg_console_print(
        "Usage: diverge [--profile NAME] [OPTION...] LEFT RIGHT\n"
        "\n"
        "Compare two snapshots of state, LEFT and RIGHT, and report every place\n"
        "where they differ. They are two directories, or two JSON documents: files or\n"
        "pipes, one of them perhaps -, which is standard input. Without a profile\n"
        "everything in them is compared. A profile says what else, and may name the\n"
        "two directories with options of its own; giving these chooses the profile.\n"
        "--profile NAME --help shows them.\n"
        "\n"
        "Options (--NAME VALUE or --NAME=VALUE; -- ends them):\n");
    for (size_t i = 0; i < dvg_option_row_count; i++)
        dvg_help_option(dvg_option_rows[i].name, dvg_option_rows[i].argument,
                        dvg_option_rows[i].help);
    show_profile(context);
    dvg_console_print("\n"
                      "Scripts are looked for in the folders of --script-path, in those of\n"
                      "$DIVERGE_PATH, in $XDG_CONFIG_HOME/diverge or ~/.config/diverge, and then\n"
                      "among the built-in ones.\n"
                      "\n"
                      "Exit status:\n"
                      "  0  no divergence, or none that --fail-on counts\n"
                      "  1  divergences\n"
                      "  2  a gate that stops failed, or a snapshot directory does not exist\n"
                      "  3  no verdict: usage, unreadable or malformed input, a failed script,\n"
                      "     or output that could not be written\n");
}

void dvg_help_version(void) { dvg_console_print("diverge %s\n", dvg_version()); }
