/*
 * compare: see compare.h. A sequence of calls that any host could make; what a verdict means as
 * an exit status is decided here and nowhere else.
 * Invariant: nothing is written before all reports are complete in memory, but reports that go to
 * standard output.
 */
#include "compare.h"

#include "console.h"
#include "signals.h"

#include <stdlib.h>
#include <string.h>

#define EXIT_ABSENT 2

static bool succeeded(dvg_status status, const dvg_error *error)
{
    /* A report that standard output cut short is told once, when that is closed. */
    if (status != DVG_OK && !dvg_console_broken())
        dvg_console_failure(error);
    return status == DVG_OK;
}

/* The exit statuses 0, 1 and 2 are the verdict's own order. */
static int exit_of(const dvg_result *result) { return (int)dvg_result_verdict(result); }

static bool set_options(dvg_context *context, const dvg_command *command)
{
    for (size_t i = 0; i < command->given_count; i++) {
        dvg_error error = {0};
        const dvg_given *given = &command->given[i];
        if (!succeeded(dvg_context_set_option(context, given->info.name, given->value, &error),
                       &error))
            return false;
    }
    return true;
}

/* ---------------------------------------------------------------- reports */

/* Where the reports go, and the set of files that those with a path make. */
struct reports {
    dvg_context *context;
    const dvg_command *command;
    dvg_output *output;
    char **paths; /* NULL: standard output */
    size_t count;
};

static void reports_clear(struct reports *reports)
{
    for (size_t i = 0; reports->paths != NULL && i < reports->count; i++)
        dvg_context_release_text(reports->context, reports->paths[i]);
    free(reports->paths);
    dvg_output_free(reports->output);
}

static bool find_paths(struct reports *reports)
{
    const dvg_command *command = reports->command;
    reports->paths = calloc(reports->count + 1, sizeof *reports->paths);
    if (reports->paths == NULL) {
        dvg_console_error("out of memory");
        return false;
    }
    for (size_t i = 0; i < reports->count; i++) {
        dvg_error error = {0};
        if (!succeeded(dvg_context_report_path(reports->context, i, command->out, command->side[0],
                                               command->side[1], &reports->paths[i], &error),
                       &error))
            return false;
    }
    return true;
}

/* A profile that is named by its path is an input too. */
static bool is_path(const char *name)
{
    size_t size = strlen(name);
    return strchr(name, '/') != NULL || (size > 4 && strcmp(name + size - 4, ".lua") == 0);
}

static dvg_status protect_inputs(struct reports *reports, const dvg_result *result,
                                 dvg_error *error)
{
    const dvg_command *command = reports->command;
    dvg_output *output = reports->output;
    dvg_status status = dvg_output_protect_result(output, result, error);
    if (status == DVG_OK && command->profile != NULL && is_path(command->profile))
        status = dvg_output_protect(output, command->profile, error);
    for (size_t i = 0; i < command->given_count && status == DVG_OK; i++) {
        const dvg_given *given = &command->given[i];
        if (given->info.type == DVG_OPTION_FILE && given->value[0] != '\0')
            status = dvg_output_protect(output, given->value, error);
    }
    return status;
}

static dvg_status open_output(struct reports *reports, const dvg_result *result, dvg_error *error)
{
    bool files = false;
    for (size_t i = 0; i < reports->count; i++)
        files = files || reports->paths[i] != NULL;
    if (!files)
        return DVG_OK;
    dvg_status status = dvg_output_new(&reports->output, reports->context, error);
    return status == DVG_OK ? protect_inputs(reports, result, error) : status;
}

static dvg_status render(struct reports *reports, dvg_result *result, size_t index,
                         dvg_error *error)
{
    const char *name = dvg_context_report_name(reports->context, index);
    if (reports->paths[index] == NULL)
        return dvg_result_report(result, name, dvg_console_sink, NULL, error);
    dvg_status status = dvg_output_add(reports->output, reports->paths[index], error);
    if (status != DVG_OK)
        return status;
    return dvg_result_report(result, name, dvg_output_sink, reports->output, error);
}

/* Replace the files; a signal in the meantime is answered once no temporary file is left. */
static dvg_status commit(struct reports *reports, dvg_error *error)
{
    if (reports->output == NULL)
        return DVG_OK;
    dvg_signals_hold();
    dvg_status status = dvg_output_commit(reports->output, dvg_signals_cancel, NULL, error);
    dvg_signals_release();
    return status;
}

static void announce(const struct reports *reports, const dvg_result *result)
{
    for (size_t i = 0; i < reports->count; i++) {
        if (reports->paths[i] == NULL)
            continue;
        dvg_console_print("wrote %s", reports->paths[i]);
        if (i == 0)
            dvg_console_print(" (%zu divergences)", dvg_result_count(result));
        dvg_console_print("\n");
    }
}

static int write_reports(struct reports *reports, dvg_result *result)
{
    dvg_error error = {0};
    dvg_status status = open_output(reports, result, &error);
    for (size_t i = 0; i < reports->count && status == DVG_OK; i++)
        status = render(reports, result, i, &error);
    if (status == DVG_OK)
        status = commit(reports, &error);
    if (!succeeded(status, &error))
        return DVG_EXIT_NO_VERDICT;
    announce(reports, result);
    return exit_of(result);
}

static int report(dvg_context *context, const dvg_command *command, dvg_result *result)
{
    struct reports reports = {context, command, NULL, NULL, dvg_context_report_count(context)};
    int status = DVG_EXIT_NO_VERDICT;
    if (find_paths(&reports))
        status = write_reports(&reports, result);
    reports_clear(&reports);
    return status;
}

/* ---------------------------------------------------------------- the run */

static int validate(const dvg_result *result)
{
    if (dvg_result_identical(result)) {
        dvg_console_print("validate-identical: OK\n");
        return 0;
    }
    dvg_console_say("validate-identical: differences found");
    return 1;
}

int dvg_compare(dvg_context *context, const dvg_command *command)
{
    dvg_error error = {0};
    dvg_result *result;
    if (!set_options(context, command))
        return DVG_EXIT_NO_VERDICT;
    dvg_status status = dvg_run(&result, context, command->side[0], command->side[1], &error);
    if (status == DVG_E_ABSENT) {
        dvg_console_say("%s", error.message);
        return EXIT_ABSENT;
    }
    if (!succeeded(status, &error))
        return DVG_EXIT_NO_VERDICT;
    int answer = command->validate_identical ? validate(result) : report(context, command, result);
    dvg_result_free(result);
    return answer;
}
