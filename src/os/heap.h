/*
 * heap: the allocator that a context uses where the host gives none: the C library's, with advice
 * to the kernel for large blocks. Filling fresh memory page by page costs as much as reading a
 * document does; in large pages it costs a fraction.
 */
#ifndef DVG_OS_HEAP_H
#define DVG_OS_HEAP_H

#include <diverge/diverge.h>

/* `allocator` itself, or this one where its function is NULL. Safe in several threads. */
dvg_allocator dvg_heap_or(dvg_allocator allocator);

/* Say that `size` bytes at `data` will be filled soon. Only advice, for large blocks alone. */
void dvg_heap_advise(void *data, size_t size);

#endif
