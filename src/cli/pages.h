/*
 * pages: the memory of the program. Small blocks are the C library's; large ones come from a few
 * wide stretches that are not given back before the end, since a fresh page costs more than all
 * that is done with what stands in it. Huge pages are not asked for: they cost little where the
 * system has some at hand, but a virtual machine whose host has to find them first waits longer
 * than for all the small ones.
 */
#ifndef DVG_CLI_PAGES_H
#define DVG_CLI_PAGES_H

#include <stdbool.h>
#include <stddef.h>

/* Once, before memory is asked for. */
void dvg_pages_start(void);

/* A dvg_allocate_fn; no payload. Any thread. What is freed is kept for later blocks. */
void *dvg_pages_allocate(void *payload, void *pointer, size_t old_size, size_t new_size);

/* Frees what is large. */
typedef void (*dvg_pages_release_fn)(void *payload);

/* Call `release`, and give what is free then back to the system, in a thread of its own if
 * `threaded` and it is worth one: else the end of the program, and whoever waits for it, waits for
 * that. Nobody may use `payload` meanwhile. End it before the program ends. */
void dvg_pages_begin_return(dvg_pages_release_fn release, void *payload, bool threaded);
void dvg_pages_end_return(void);

#endif
