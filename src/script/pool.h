/*
 * pool: small blocks of one state, cut from a few chunks and kept by size when they are freed.
 * Answers for being fast: a state is opened, and a divergence asked about, by many small blocks.
 * Larger blocks, and small ones once the chunks are used up, are the allocator's own, so that what
 * a pool holds beyond what was asked for is at most its chunks: not quite 1 MiB.
 * Invariant: no block that was given back is the pool's that did not come from it.
 */
#ifndef DVG_SCRIPT_POOL_H
#define DVG_SCRIPT_POOL_H

#include "base/memory.h"

/* Sizes are rounded up to steps; those beyond the last one are not the pool's. */
enum { DVG_POOL_STEP = 16, DVG_POOL_SIZES = 32, DVG_POOL_CHUNKS = 17 };

/* Bytes of the first chunk, and of the others. Nothing else asks for so many, by which tests tell
 * chunks: where there is none every small block is asked for by itself, and can fail by itself. */
enum { DVG_POOL_FIRST = (32 << 10) - 80, DVG_POOL_LATER = (60 << 10) - 80 };

typedef struct dvg_pool_block {
    struct dvg_pool_block *next;
} dvg_pool_block;

typedef struct dvg_pool {
    dvg_allocator allocator;
    dvg_pool_block *kept[DVG_POOL_SIZES]; /* freed ones, by size */
    char *rest, *end;                     /* what is not yet cut of the last chunk */
    char *chunks[DVG_POOL_CHUNKS];
    unsigned chunk_count;
    bool mixed; /* some small block is the allocator's own: addresses tell */
} dvg_pool;

void dvg_pool_init(dvg_pool *pool, const dvg_allocator *allocator);

/* Free the chunks, and with them every block that is the pool's. */
void dvg_pool_clear(dvg_pool *pool);

/* As dvg_reallocate: a new block where `block` is NULL. A block that gets smaller never fails. */
void *dvg_pool_resize(dvg_pool *pool, void *block, size_t old_size, size_t size);

/* As dvg_release, but for a NULL. */
void dvg_pool_release(dvg_pool *pool, void *block, size_t size);

#endif
