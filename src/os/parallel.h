/*
 * parallel: two jobs side by side.
 */
#ifndef DVG_OS_PARALLEL_H
#define DVG_OS_PARALLEL_H

#include <stdbool.h>

/* Run `job(first)` and `job(second)`, the second in a thread of its own if `threaded` and one can
 * be had, else one after the other. Returns when both are done. The thread has all signals
 * blocked that others send, so that a handler of the program runs in the program's own threads. */
void dvg_parallel(void (*job)(void *), void *first, void *second, bool threaded);

/* Run `job(payload)` in such a thread while `here(own)` runs in this one, and return when both are
 * done. False: no thread was to be had, and neither was run. */
bool dvg_beside(void (*job)(void *), void *payload, void (*here)(void *), void *own);

#endif
