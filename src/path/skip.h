/*
 * skip: which paths a list of entries hides, by three tests: the path itself; the path with every
 * dot-separated part cut at its first '[' and closed with "[]"; the last such part.
 * Answers for deciding that for millions of nodes without rendering their paths: what a path's
 * last part is, up to its first '[', must also end an entry.
 * Invariant: dvg_skip_maybe never says no to a path that dvg_skip_test hides.
 */
#ifndef DVG_PATH_SKIP_H
#define DVG_PATH_SKIP_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/siphash.h"

/* Entries for one document. In the caller's storage. */
typedef struct dvg_skip {
    dvg_allocator allocator;
    dvg_arena texts;
    dvg_text *entries; /* no entry twice */
    size_t count;
    size_t capacity;
    uint64_t tails[256]; /* by first byte of an entry's bare last part: bit n for a length of n
                            bytes, bit 63 for all longer ones */
    bool empty_tail;     /* some entry's bare last part is empty */
} dvg_skip;

/* The last dot-separated part of a path or of a name, up to its first '['. */
dvg_text dvg_path_bare(const char *text, size_t size);

void dvg_skip_init(dvg_skip *skip, const dvg_allocator *allocator);
void dvg_skip_clear(dvg_skip *skip);

/* Add an entry; bytes are copied. False: out of memory. */
bool dvg_skip_add(dvg_skip *skip, const char *text, size_t size);

/* Can a path whose bare last part is `bare` be hidden? False is certain, true is not. */
bool dvg_skip_maybe(const dvg_skip *skip, dvg_text bare);

/* The entry that hides every path whose last part is `part`, a text without dots and brackets;
 * -1: there is none. */
ptrdiff_t dvg_skip_leaf(const dvg_skip *skip, dvg_text part);

/* Index of the entry that hides the path, or -1. `*failed` becomes true for lack of memory. */
ptrdiff_t dvg_skip_test(const dvg_skip *skip, dvg_text path, bool *failed);

#endif
