/*
 * console: the program's three standard streams.
 * Answers for closed and failing streams and for one line an error; decides no exit status but
 * that of a failed standard output.
 * Invariant: descriptors 0, 1 and 2 are open from dvg_console_start on, so that no report file is
 * ever opened as one of them.
 */
#ifndef DVG_CLI_CONSOLE_H
#define DVG_CLI_CONSOLE_H

#include <diverge/diverge.h>

#if defined(__GNUC__)
#define DVG_LIKE_PRINTF __attribute__((format(printf, 1, 2)))
#else
#define DVG_LIKE_PRINTF
#endif

/* No verdict: usage, input, script or output failed. */
#define DVG_EXIT_NO_VERDICT 3

/* Call first of all. */
void dvg_console_start(void);

/* Print to standard output, buffered. A failure is remembered for dvg_console_finish. */
void dvg_console_print(const char *format, ...) DVG_LIKE_PRINTF;

/* Print a text that comes from elsewhere: control characters but those in `kept` become '?'. */
void dvg_console_text(const char *text, const char *kept);

/* A dvg_sink_fn that writes to standard output; no payload. */
int dvg_console_sink(void *payload, const char *data, size_t size);

/* May what is written to standard output be coloured, unless the user says otherwise? `*columns` is
 * the width of its terminal; 0: unknown, or it is none. NO_COLOR and TERM=dumb say no. */
bool dvg_console_terminal(unsigned *columns);

/* True if standard output has failed: what follows from it needs no message of its own. */
bool dvg_console_broken(void);

/* One line on standard error; the same behind "diverge: ". What would disturb a terminal is
 * escaped, wherever it comes from. */
void dvg_console_say(const char *format, ...) DVG_LIKE_PRINTF;
void dvg_console_error(const char *format, ...) DVG_LIKE_PRINTF;

/* The error of a library call: one line, then its detail, indented. */
void dvg_console_failure(const dvg_error *error);

/* A dvg_warning_fn; no payload. */
void dvg_console_warning(void *payload, const char *message);

/* Flush. Returns `status`, or DVG_EXIT_NO_VERDICT after one line if anything printed is lost. */
int dvg_console_finish(int status);

#endif
