/*
 * main: from arguments to an exit status.
 * Answers for the order of things only: streams, arguments, profile, arguments again with the
 * profile's options known, action. Every part of it is another file's.
 */
/* sched_getaffinity is a GNU name. */
#define _GNU_SOURCE
#include "cases.h"
#include "choose.h"
#include "compare.h"
#include "console.h"
#include "folders.h"
#include "forms.h"
#include "help.h"
#include "limits.h"
#include "maps.h"
#include "pages.h"
#include "scripts.h"
#include "signals.h"

#include <sched.h>
#include <unistd.h>

static int out_of_memory(void)
{
    dvg_console_error("out of memory");
    return DVG_EXIT_NO_VERDICT;
}

/* Two threads where two processors are to be had: there are two snapshots to read. */
static uint32_t default_threads(void)
{
#if defined(__linux__)
    cpu_set_t processors;
    if (sched_getaffinity(0, sizeof processors, &processors) == 0)
        return CPU_COUNT(&processors) > 1 ? 2 : 1;
#endif
    return sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 2 : 1;
}

static uint32_t threads_of(const dvg_command *command)
{
    return command->threads > 0 ? command->threads : default_threads();
}

/* True if the command is free of mistakes; else the first one has been told. */
static bool sound(const dvg_context *context, const dvg_command *command)
{
    if (command->unknown_count > 0)
        dvg_choose_complain(context, command->unknown[0]);
    else if (command->wrong[0] != '\0')
        dvg_console_error("%s", command->wrong);
    else
        return true;
    return false;
}

static int act(dvg_context *context, dvg_command *command)
{
    switch (command->action) {
    case DVG_ACTION_HELP:
        dvg_help_show(context);
        return 0;
    case DVG_ACTION_VERSION:
        dvg_help_version();
        return 0;
    case DVG_ACTION_LIST_SCRIPTS:
        return dvg_scripts_list(context) ? 0 : DVG_EXIT_NO_VERDICT;
    case DVG_ACTION_SHOW_SCRIPT:
        return dvg_scripts_show(context, command->script) ? 0 : DVG_EXIT_NO_VERDICT;
    case DVG_ACTION_HELP_SCRIPT:
        return dvg_scripts_help(context, command->script) ? 0 : DVG_EXIT_NO_VERDICT;
    case DVG_ACTION_TEST_SCRIPT:
        return dvg_cases_run(context, command);
    case DVG_ACTION_CANONICAL:
    case DVG_ACTION_DIGEST:
        return dvg_forms_print(context, command);
    case DVG_ACTION_COMPARE:
        break;
    }
    if (command->update) {
        dvg_console_error("--update does nothing without --test-script");
        return DVG_EXIT_NO_VERDICT;
    }
    dvg_command_assign_sides(command, context);
    command->threads = threads_of(command);
    return sound(context, command) ? dvg_compare(context, command) : DVG_EXIT_NO_VERDICT;
}

/* The first reading has found the profile and the folders; the second one knows which options the
 * profile declares, and so which arguments are values. */
static int read_again(dvg_context *context, dvg_command *command, int argc, char **argv)
{
    if (!dvg_choose_profile(context, command))
        return DVG_EXIT_NO_VERDICT;
    if (!dvg_command_parse(command, argc, argv, context))
        return out_of_memory();
    return sound(context, command) ? act(context, command) : DVG_EXIT_NO_VERDICT;
}

static int with_folders(dvg_command *command, const dvg_folders *folders, int argc, char **argv)
{
    dvg_options options = DVG_OPTIONS_INIT;
    options.threads = threads_of(command);
    options.script_path = folders->path;
    options.script_path_count = folders->count;
    options.warning = dvg_console_warning;
    dvg_limits_apply(&command->limits, &options);
    options.watch = dvg_signals_watch;
    options.map = dvg_maps_ask;
    options.allocator.function = dvg_pages_allocate;
    dvg_error error = {0};
    dvg_context *context;
    if (dvg_context_new(&context, &options, &error) != DVG_OK) {
        dvg_console_failure(&error);
        return DVG_EXIT_NO_VERDICT;
    }
    int status = read_again(context, command, argc, argv);
    dvg_context_free(context);
    return status;
}

static int with_command(dvg_command *command, int argc, char **argv)
{
    if (!dvg_command_parse(command, argc, argv, NULL))
        return out_of_memory();
    /* What looks wrong may be the value of an option that only a profile declares. */
    if (command->unknown_count == 0 && !sound(NULL, command))
        return DVG_EXIT_NO_VERDICT;
    if (!dvg_folders_check(command->script_path.items, command->script_path.count))
        return DVG_EXIT_NO_VERDICT;
    dvg_folders folders;
    int status = dvg_folders_init(&folders, command->script_path.items, command->script_path.count)
                     ? with_folders(command, &folders, argc, argv)
                     : out_of_memory();
    dvg_folders_clear(&folders);
    return status;
}

int main(int argc, char **argv)
{
    dvg_console_start();
    dvg_signals_start();
    dvg_pages_start();
    if (argc < 2) {
        dvg_help_usage();
        return dvg_console_finish(DVG_EXIT_NO_VERDICT);
    }
    dvg_command command;
    int status =
        dvg_command_init(&command, argc) ? with_command(&command, argc, argv) : out_of_memory();
    dvg_command_clear(&command);
    return dvg_console_finish(status);
}
