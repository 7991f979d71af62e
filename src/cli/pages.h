/*
 * pages: the memory of the program. Small blocks are the C library's, large ones come from a few
 * wide stretches of huge pages: a fresh page costs microseconds, more than all that is done with
 * what stands in it, and a huge one costs little more than a small one.
 * Answers for blocks of 128 KiB and more; where there are no huge pages it works with small ones.
 */
#ifndef DVG_CLI_PAGES_H
#define DVG_CLI_PAGES_H

#include <stddef.h>

/* Once, before memory is asked for. */
void dvg_pages_start(void);

/* A dvg_allocate_fn; no payload. Any thread. What is freed is kept for later blocks. */
void *dvg_pages_allocate(void *payload, void *pointer, size_t old_size, size_t new_size);

#endif
