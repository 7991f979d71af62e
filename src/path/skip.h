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
#include "base/bytes.h"
#include "base/siphash.h"

#include <string.h>

/* Entries for one document. In the caller's storage. */
typedef struct dvg_skip {
    dvg_allocator allocator;
    dvg_arena texts;
    dvg_text *entries; /* no entry twice */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* open addressing; 1 + index of an entry, 0: free; none for few entries */
    size_t slot_count;
    dvg_seed seed;       /* of look-ups; zero, unless the owner sets it before the first entry */
    uint64_t tails[256]; /* by first byte of an entry's bare last part: bit n for a length of n
                            bytes, bit 63 for all longer ones */
    bool empty_tail;     /* some entry's bare last part is empty */
} dvg_skip;

/* The last dot-separated part of a path or of a name, up to its first '['. */
dvg_text dvg_path_cut(const char *text, size_t size);

/* The same as dvg_path_cut. Most names hold neither a dot nor a bracket, which a few words tell. */
static inline dvg_text dvg_path_bare(const char *text, size_t size)
{
    return dvg_path_special(text, size) != 0 ? dvg_path_cut(text, size) : (dvg_text){text, size};
}

void dvg_skip_init(dvg_skip *skip, const dvg_allocator *allocator);
void dvg_skip_clear(dvg_skip *skip);

/* Add an entry; bytes are copied. False: out of memory. */
bool dvg_skip_add(dvg_skip *skip, const char *text, size_t size);

/* Have dvg_skip_maybe answer yes for paths with that last part though no entry hides them: somebody
 * else may. */
void dvg_skip_mark(dvg_skip *skip, const char *bare, size_t size);

/* Can a path whose bare last part is `bare` be hidden? False is certain, true is not. */
static inline bool dvg_skip_maybe(const dvg_skip *skip, dvg_text bare)
{
    if (bare.size == 0)
        return skip->empty_tail;
    uint64_t lengths = skip->tails[(unsigned char)bare.data[0]];
    return (lengths >> (bare.size < 63 ? bare.size : 63) & 1) != 0;
}

/* The entry that hides every path whose last part is `part`, a text without dots and brackets;
 * -1: there is none. */
ptrdiff_t dvg_skip_leaf(const dvg_skip *skip, dvg_text part);

/* Index of the entry that hides the path, or -1. `*failed` becomes true for lack of memory. */
ptrdiff_t dvg_skip_test(const dvg_skip *skip, dvg_text path, bool *failed);

#endif
