/*
 * channel: see channel.h. A ring, of which each side knows by itself how far it may go; what is
 * written down for the other one stands under the lock.
 */
#include "os/channel.h"

#include <pthread.h>
#include <string.h>

enum { ROOM = 1024, BATCH = 32 };

struct dvg_channel {
    dvg_allocator allocator;
    size_t item_size;
    pthread_mutex_t lock;
    pthread_cond_t more; /* items, or the end of them */
    pthread_cond_t room;
    /* Under the lock: */
    size_t filled; /* items that were handed over */
    size_t emptied;
    bool ended;
    bool closed;
    /* Of the thread that puts: */
    size_t written;
    size_t writable; /* up to here there is room */
    /* Of the thread that takes: */
    size_t read;
    size_t readable;
    char items[]; /* ROOM of them */
};

static size_t size_of(size_t item_size) { return sizeof(dvg_channel) + ROOM * item_size; }

static bool make_locks(dvg_channel *channel)
{
    if (pthread_mutex_init(&channel->lock, NULL) != 0)
        return false;
    if (pthread_cond_init(&channel->more, NULL) == 0) {
        if (pthread_cond_init(&channel->room, NULL) == 0)
            return true;
        pthread_cond_destroy(&channel->more);
    }
    pthread_mutex_destroy(&channel->lock);
    return false;
}

dvg_channel *dvg_channel_new(const dvg_allocator *allocator, size_t item_size)
{
    dvg_channel *channel = dvg_allocate(allocator, size_of(item_size));
    if (channel == NULL)
        return NULL;
    memset(channel, 0, sizeof *channel);
    channel->allocator = *allocator;
    channel->item_size = item_size;
    channel->writable = ROOM;
    if (make_locks(channel))
        return channel;
    dvg_release(allocator, channel, size_of(item_size));
    return NULL;
}

void dvg_channel_free(dvg_channel *channel)
{
    if (channel == NULL)
        return;
    const dvg_allocator allocator = channel->allocator;
    pthread_cond_destroy(&channel->room);
    pthread_cond_destroy(&channel->more);
    pthread_mutex_destroy(&channel->lock);
    dvg_release(&allocator, channel, size_of(channel->item_size));
}

static char *place_of(dvg_channel *channel, size_t number)
{
    return channel->items + number % ROOM * channel->item_size;
}

/* Hand over what was written, and wait until there is room for one more. */
static bool hand_over(dvg_channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    channel->filled = channel->written;
    pthread_cond_signal(&channel->more);
    while (!channel->closed && channel->written - channel->emptied == ROOM)
        pthread_cond_wait(&channel->room, &channel->lock);
    channel->writable = channel->emptied + ROOM;
    bool open = !channel->closed;
    pthread_mutex_unlock(&channel->lock);
    return open;
}

bool dvg_channel_put(dvg_channel *channel, const void *item)
{
    memcpy(place_of(channel, channel->written), item, channel->item_size);
    channel->written++;
    if (channel->written % BATCH != 0 && channel->written < channel->writable)
        return true;
    return hand_over(channel);
}

void dvg_channel_end(dvg_channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    channel->filled = channel->written;
    channel->ended = true;
    pthread_cond_signal(&channel->more);
    pthread_mutex_unlock(&channel->lock);
}

/* Give back the room of what was read, and wait until there is more. */
static bool wait_for_more(dvg_channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    channel->emptied = channel->read;
    pthread_cond_signal(&channel->room);
    while (channel->filled == channel->read && !channel->ended)
        pthread_cond_wait(&channel->more, &channel->lock);
    channel->readable = channel->filled;
    pthread_mutex_unlock(&channel->lock);
    return channel->read != channel->readable;
}

bool dvg_channel_take(dvg_channel *channel, void *item)
{
    if (channel->read == channel->readable && !wait_for_more(channel))
        return false;
    memcpy(item, place_of(channel, channel->read), channel->item_size);
    channel->read++;
    return true;
}

void dvg_channel_close(dvg_channel *channel)
{
    pthread_mutex_lock(&channel->lock);
    channel->closed = true;
    pthread_cond_signal(&channel->room);
    pthread_mutex_unlock(&channel->lock);
}
