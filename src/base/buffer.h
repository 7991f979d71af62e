/*
 * buffer: bytes that grow at the end.
 * Answers for appending; a failed append is remembered, so that a writer checks once at its end.
 * Invariant: after a failure nothing more is appended and `failed` stays true until clear.
 */
#ifndef DVG_BASE_BUFFER_H
#define DVG_BASE_BUFFER_H

#include "base/memory.h"

#include <string.h>

typedef struct dvg_buffer {
    dvg_allocator allocator;
    char *data; /* NULL while nothing was appended */
    size_t size;
    size_t capacity;
    bool failed; /* out of memory at some append */
} dvg_buffer;

/* Make an empty buffer in the caller's storage. Allocates nothing. */
void dvg_buffer_init(dvg_buffer *buffer, const dvg_allocator *allocator);

/* Free the bytes; the buffer is empty and can be used again. */
void dvg_buffer_clear(dvg_buffer *buffer);

/* Make room for more bytes than there is room for. */
bool dvg_buffer_grow(dvg_buffer *buffer, size_t more);

/* Make room for `more` further bytes. False: out of memory, also kept in `failed`. */
static inline bool dvg_buffer_reserve(dvg_buffer *buffer, size_t more)
{
    if (more <= buffer->capacity - buffer->size && !buffer->failed)
        return true;
    return dvg_buffer_grow(buffer, more);
}

/* Append `size` bytes, one byte, a NUL-ended text, a number in decimal. */
static inline void dvg_buffer_add(dvg_buffer *buffer, const void *data, size_t size)
{
    if (size == 0 || !dvg_buffer_reserve(buffer, size))
        return;
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
}

static inline void dvg_buffer_add_byte(dvg_buffer *buffer, char byte)
{
    if (dvg_buffer_reserve(buffer, 1))
        buffer->data[buffer->size++] = byte;
}

void dvg_buffer_add_text(dvg_buffer *buffer, const char *text);
void dvg_buffer_add_u64(dvg_buffer *buffer, uint64_t number);

/* The bytes with a NUL behind them (not counted in size); "" if nothing was appended.
 * NULL: out of memory. Valid until the next append. */
const char *dvg_buffer_string(dvg_buffer *buffer);

#endif
