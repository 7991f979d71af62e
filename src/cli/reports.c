/*
 * reports: see reports.h. Whatever can be refused by looking at names is refused before the run;
 * a file that turns out to be an input, or cannot be written, after it.
 */
#include "reports.h"

#include "console.h"
#include "signals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool succeeded(dvg_status status, const dvg_error *error)
{
    /* A report that standard output cut short is told once, when that is closed. */
    if (status != DVG_OK && !dvg_console_broken())
        dvg_console_failure(error);
    return status == DVG_OK;
}

static bool out_of_memory(void)
{
    dvg_console_error("out of memory");
    return false;
}

void dvg_reports_init(dvg_reports *reports, dvg_context *context, const dvg_command *command)
{
    memset(reports, 0, sizeof *reports);
    reports->context = context;
    reports->command = command;
}

void dvg_reports_clear(dvg_reports *reports)
{
    for (size_t i = 0; reports->names != NULL && i < reports->count; i++)
        free(reports->names[i]);
    for (size_t i = 0; reports->lent != NULL && i < reports->count; i++)
        dvg_context_release_text(reports->context, reports->lent[i]);
    free(reports->names);
    free((void *)reports->paths);
    free(reports->lent);
    dvg_output_free(reports->output);
}

/* ---------------------------------------------------------------- which */

/* Nobody named a report: what was found is told all the same, and --out is not for nothing. */
static bool choose_default(dvg_context *context)
{
    static const char *const text[] = {"text"};
    dvg_error error = {0};
    return dvg_context_report_count(context) > 0 ||
           succeeded(dvg_context_use_reports(context, text, 1, &error), &error);
}

bool dvg_reports_choose(dvg_reports *reports)
{
    const dvg_values *given = &reports->command->reports;
    dvg_error error = {0};
    const char *summary = reports->command->summary;
    reports->count = given->count;
    if (summary != NULL && given->count > 0) {
        dvg_console_error("--%s is --report %s, and does nothing beside another --report", summary,
                          summary);
        return false;
    }
    if (summary != NULL)
        return succeeded(dvg_context_use_reports(reports->context, &summary, 1, &error), &error);
    if (given->count == 0)
        return choose_default(reports->context);
    reports->names = calloc(given->count, sizeof *reports->names);
    if (reports->names == NULL)
        return out_of_memory();
    for (size_t i = 0; i < given->count; i++) {
        reports->names[i] = strndup(given->items[i], strcspn(given->items[i], "="));
        if (reports->names[i] == NULL)
            return out_of_memory();
    }
    return succeeded(dvg_context_use_reports(reports->context, (const char *const *)reports->names,
                                             given->count, &error),
                     &error);
}

/* ---------------------------------------------------------------- where */

/* What stands beside --out has its own ending, which --out may have as well. */
static bool endings_differ(const dvg_reports *reports, size_t index)
{
    const char *path = reports->paths[index];
    for (size_t i = 0; path != NULL && i < index; i++) {
        const char *other = reports->paths[i];
        if (other == NULL || strcmp(other, path) != 0)
            continue;
        dvg_console_error("%s: the reports %s and %s would both be this file: give --out a name "
                          "with another ending",
                          path, dvg_context_report_name(reports->context, i),
                          dvg_context_report_name(reports->context, index));
        return false;
    }
    return true;
}

/* The profile's reports: as the profile says, or beside --out. */
static bool place_default(dvg_reports *reports)
{
    const dvg_command *command = reports->command;
    reports->lent = calloc(reports->count + 1, sizeof *reports->lent);
    if (reports->lent == NULL)
        return out_of_memory();
    for (size_t i = 0; i < reports->count; i++) {
        dvg_error error = {0};
        dvg_status status =
            dvg_context_report_path(reports->context, i, command->out, command->side[0],
                                    command->side[1], &reports->lent[i], &error);
        if (!succeeded(status, &error))
            return false;
        reports->paths[i] = reports->lent[i];
        if (reports->paths[i] != NULL && !endings_differ(reports, i))
            return false;
    }
    return true;
}

/* An empty name is none. */
static const char *given_out(const dvg_command *command)
{
    return command->out != NULL && command->out[0] != '\0' ? command->out : NULL;
}

/* --report NAME=FILE, or --report NAME: to --out for the first such, else to standard output. */
static bool place_given(dvg_reports *reports)
{
    const char *out = given_out(reports->command);
    for (size_t i = 0; i < reports->count; i++) {
        const char *file = strchr(reports->command->reports.items[i], '=');
        if (file != NULL) {
            reports->paths[i] = strcmp(file, "=-") == 0 ? NULL : file + 1;
        } else {
            reports->paths[i] = out;
            out = NULL;
        }
    }
    if (out == NULL)
        return true;
    dvg_console_error("--out is for a --report NAME without a file of its own, and there is none");
    return false;
}

/* ---------------------------------------------------------------- conflicts */

/* Two reports on standard output would run into each other. */
static bool one_to_console(const dvg_reports *reports, bool *any)
{
    const char *first = NULL;
    for (size_t i = 0; i < reports->count; i++) {
        const char *name = dvg_context_report_name(reports->context, i);
        if (reports->paths[i] != NULL)
            continue;
        if (first != NULL) {
            dvg_console_error("the reports %s and %s both go to standard output: give one a file, "
                              "--report %s=FILE",
                              first, name, name);
            return false;
        }
        first = name;
    }
    *any = first != NULL;
    return true;
}

/* Add every place to a set that is never written. Only what is named twice is an error yet: a
 * folder that lacks is told after the comparison, as whatever else fails in writing. */
static bool try_all(const dvg_reports *reports, dvg_output *trial, bool console)
{
    dvg_error error = {0};
    if (console) /* no error where the system has no such file */
        (void)dvg_output_add(trial, "/dev/stdout", NULL);
    for (size_t i = 0; i < reports->count; i++) {
        if (reports->paths[i] == NULL)
            continue;
        dvg_status status = dvg_output_add(trial, reports->paths[i], &error);
        if (status == DVG_E_ARGUMENT || status == DVG_E_MEMORY)
            return succeeded(status, &error);
    }
    return true;
}

static bool check_places(const dvg_reports *reports)
{
    dvg_error error = {0};
    dvg_output *trial = NULL;
    bool console = false;
    if (!one_to_console(reports, &console))
        return false;
    if (!succeeded(dvg_output_new(&trial, reports->context, &error), &error))
        return false;
    bool good = try_all(reports, trial, console);
    dvg_output_free(trial);
    return good;
}

bool dvg_reports_place(dvg_reports *reports)
{
    bool given = reports->names != NULL;
    bool summary = reports->command->summary != NULL;
    reports->count = dvg_context_report_count(reports->context);
    reports->paths = calloc(reports->count + 1, sizeof *reports->paths);
    if (reports->paths == NULL)
        return out_of_memory();
    if (summary)
        reports->paths[0] = given_out(reports->command);
    else if (!(given ? place_given(reports) : place_default(reports)))
        return false;
    return reports->count < 2 || check_places(reports);
}

/* ---------------------------------------------------------------- writing */

bool dvg_reports_to_console(const dvg_reports *reports)
{
    for (size_t i = 0; reports->paths != NULL && i < reports->count; i++)
        if (reports->paths[i] == NULL)
            return true;
    return false;
}

static bool any_to_file(const dvg_reports *reports)
{
    for (size_t i = 0; i < reports->count; i++)
        if (reports->paths[i] != NULL)
            return true;
    return false;
}

static dvg_status open_output(dvg_reports *reports, const dvg_result *result, dvg_error *error)
{
    if (!any_to_file(reports))
        return DVG_OK;
    dvg_status status = dvg_output_new(&reports->output, reports->context, error);
    return status == DVG_OK ? dvg_output_protect_result(reports->output, result, error) : status;
}

/* A file is no terminal, so that only --color always colours what goes there. */
static void set_terminal(const dvg_reports *reports, dvg_result *result, size_t index)
{
    unsigned columns = 0;
    bool color = reports->paths[index] == NULL && dvg_console_terminal(&columns);
    if (reports->command->color != DVG_COLOR_AUTO)
        color = reports->command->color == DVG_COLOR_ALWAYS;
    dvg_result_set_terminal(result, color, columns);
}

static dvg_status render(dvg_reports *reports, dvg_result *result, size_t index, dvg_error *error)
{
    const char *name = dvg_context_report_name(reports->context, index);
    set_terminal(reports, result, index);
    if (reports->command->limited)
        dvg_result_set_limit(result, reports->command->limit);
    if (reports->paths[index] == NULL)
        return dvg_result_report(result, name, dvg_console_sink, NULL, error);
    dvg_status status = dvg_output_add(reports->output, reports->paths[index], error);
    if (status != DVG_OK)
        return status;
    return dvg_result_report(result, name, dvg_output_sink, reports->output, error);
}

/* Replace the files; a signal in the meantime is answered once no temporary file is left. */
static dvg_status commit(const dvg_reports *reports, dvg_error *error)
{
    if (reports->output == NULL)
        return DVG_OK;
    dvg_signals_hold();
    dvg_status status = dvg_output_commit(reports->output, dvg_signals_cancel, NULL, error);
    dvg_signals_release();
    return status;
}

/* Say what was written: on standard output, unless that is a report. */
static void announce(const dvg_reports *reports)
{
    bool console = dvg_reports_to_console(reports);
    for (size_t i = 0; i < reports->count; i++) {
        char count[64] = "";
        if (reports->paths[i] == NULL)
            continue;
        if (i == 0)
            (void)snprintf(count, sizeof count, " (%zu divergences)", reports->divergences);
        if (console)
            dvg_console_say("wrote %s%s", reports->paths[i], count);
        else
            dvg_console_print("wrote %s%s\n", reports->paths[i], count);
    }
}

bool dvg_reports_render(dvg_reports *reports, dvg_result *result)
{
    dvg_error error = {0};
    dvg_status status = open_output(reports, result, &error);
    for (size_t i = 0; i < reports->count && status == DVG_OK; i++)
        status = render(reports, result, i, &error);
    reports->divergences = dvg_result_count(result);
    return succeeded(status, &error);
}

bool dvg_reports_commit(const dvg_reports *reports)
{
    dvg_error error = {0};
    bool done = succeeded(commit(reports, &error), &error);
    if (done)
        announce(reports);
    return done;
}
