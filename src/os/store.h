/*
 * store: bytes into an open file, with a way to stop between the pieces.
 * Answers for short writes, interrupted calls, broken pipes and flushing; opens and closes nothing.
 */
#ifndef DVG_OS_STORE_H
#define DVG_OS_STORE_H

#include "base/error.h"

/* Who may stop the work. `cancel` NULL: nobody. */
typedef struct dvg_stop {
    dvg_cancel_fn cancel;
    void *payload;
} dvg_stop;

/* Ask. DVG_E_CANCELLED if the answer is negative. */
dvg_status dvg_stop_ask(const dvg_stop *stop, dvg_error *error);

/* Write `size` bytes to `handle`; `file` names it in errors. A pipe that nobody reads any more is
 * an error like others: no SIGPIPE is left for the thread. */
dvg_status dvg_store_write(int handle, const char *data, size_t size, const char *file,
                           const dvg_stop *stop, dvg_error *error);

/* Have the system begin to flush `handle`, without waiting. Only a hint. */
void dvg_store_begin_flush(int handle);

/* Flush `handle` to its device, where it is on one that can. */
dvg_status dvg_store_flush(int handle, const char *file, const dvg_stop *stop, dvg_error *error);

#endif
