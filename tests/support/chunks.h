/*
 * chunks: what allocators of tests refuse, so that each block of a script's state is asked for by
 * itself and can fail by itself: the chunks that small blocks are cut from.
 */
#ifndef TESTS_SUPPORT_CHUNKS_H
#define TESTS_SUPPORT_CHUNKS_H

#include "script/pool.h"

static inline bool is_pool_chunk(const void *block, size_t size)
{
    return block == NULL && (size == DVG_POOL_FIRST || size == DVG_POOL_LATER);
}

#endif
