/*
 * channel: items from one thread to another, in their order. One thread puts, one takes; neither
 * touches what the other has in hand, and the lock is taken once for a batch.
 */
#ifndef DVG_OS_CHANNEL_H
#define DVG_OS_CHANNEL_H

#include "base/memory.h"

typedef struct dvg_channel dvg_channel;

/* A channel for items of `item_size` bytes, which are copied. NULL: out of memory. */
dvg_channel *dvg_channel_new(const dvg_allocator *allocator, size_t item_size);

/* Free it, once neither thread uses it any more. NULL is allowed. */
void dvg_channel_free(dvg_channel *channel);

/* The thread that puts. An item may be kept until a batch is full; where there is no room, the
 * other thread is waited for. False: it takes no more. */
bool dvg_channel_put(dvg_channel *channel, const void *item);

/* Nothing more is put. */
void dvg_channel_end(dvg_channel *channel);

/* The thread that takes: wait for the next item. False: there is none, and none will come. */
bool dvg_channel_take(dvg_channel *channel, void *item);

/* Nothing more is taken. */
void dvg_channel_close(dvg_channel *channel);

#endif
