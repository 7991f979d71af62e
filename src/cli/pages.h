/*
 * pages: the memory of the program. Small blocks are the C library's; large ones come from a few
 * wide stretches that are not given back before the end, since a fresh page costs more than all
 * that is done with what stands in it. Huge pages are not asked for: they cost little where the
 * system has some at hand, but a virtual machine whose host has to find them first waits longer
 * than for all the small ones.
 */
#ifndef DVG_CLI_PAGES_H
#define DVG_CLI_PAGES_H

#include <stddef.h>

/* Once, before memory is asked for. */
void dvg_pages_start(void);

/* A dvg_allocate_fn; no payload. Any thread. What is freed is kept for later blocks. */
void *dvg_pages_allocate(void *payload, void *pointer, size_t old_size, size_t new_size);

/* Begin to give what is free back to the system, in a thread of its own: else the end of the
 * program, and whoever waits for it, waits for that. Does nothing where it is not worth a thread.
 * Wait for it to be done before the program ends. */
void dvg_pages_begin_return(void);
void dvg_pages_end_return(void);

#endif
