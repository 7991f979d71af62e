/*
 * signals: an interrupted program leaves no temporary file.
 * Answers for SIGINT, SIGTERM and SIGHUP while files are replaced; at any other time they do what
 * they do by default, since nothing would be left behind.
 */
#ifndef DVG_CLI_SIGNALS_H
#define DVG_CLI_SIGNALS_H

#include <diverge/diverge.h>

/* Ignore SIGPIPE: a broken pipe is a failed write, which is checked. */
void dvg_signals_start(void);

/* From here on a signal is only noted. One that the caller of the program had ignored stays so. */
void dvg_signals_hold(void);

/* A dvg_cancel_fn: negative once a signal was noted. No payload. */
int dvg_signals_cancel(void *payload);

/* Back to how it was; a noted signal is raised now, and usually ends the program. */
void dvg_signals_release(void);

/* One entry into a script may last twice as many milliseconds. */
void dvg_signals_limit(uint64_t milliseconds);

/* A dvg_watch_fn: ends the program with one line and no verdict where a script is stuck in a single
 * step, which no limit of the library reaches. */
void dvg_signals_watch(void *payload, dvg_watch_event event, const char *name, uint64_t line);

#endif
