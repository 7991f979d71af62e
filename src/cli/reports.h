/*
 * reports: which reports a command writes, where each goes, and writing them.
 * Answers for refusing, before anything is compared, two reports for one place.
 * Invariant: no file is written before all reports are complete in memory.
 */
#ifndef DVG_CLI_REPORTS_H
#define DVG_CLI_REPORTS_H

#include "options.h"

typedef struct dvg_reports {
    dvg_context *context;
    const dvg_command *command;
    dvg_output *output;
    size_t count;
    char **names;       /* of --report, without its file; NULL: they are the profile's */
    const char **paths; /* NULL: standard output */
    size_t divergences; /* of the result that was rendered */
    char **lent;        /* paths that the library made; NULL: none */
} dvg_reports;

void dvg_reports_init(dvg_reports *reports, dvg_context *context, const dvg_command *command);
void dvg_reports_clear(dvg_reports *reports);

/* False: failed, and a line on standard error has said why. */

/* Make the context use the reports of the command, if it names any. */
bool dvg_reports_choose(dvg_reports *reports);

/* Find where each goes, and that no two go to one place. Writes nothing. */
bool dvg_reports_place(dvg_reports *reports);

/* Run them over the result: those for standard output are written, those for files are complete in
 * memory. */
bool dvg_reports_render(dvg_reports *reports, dvg_result *result);

/* Put the files in place and say which were written. Needs the result no more. */
bool dvg_reports_commit(const dvg_reports *reports);

/* Does a report go to standard output? None does before they are placed. */
bool dvg_reports_to_console(const dvg_reports *reports);

#endif
