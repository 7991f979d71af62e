/*
 * buffer: see buffer.h.
 */
#include "base/buffer.h"

void dvg_buffer_init(dvg_buffer *buffer, const dvg_allocator *allocator)
{
    memset(buffer, 0, sizeof *buffer);
    buffer->allocator = *allocator;
}

void dvg_buffer_clear(dvg_buffer *buffer)
{
    dvg_release(&buffer->allocator, buffer->data, buffer->capacity);
    buffer->data = NULL;
    buffer->size = 0;
    buffer->capacity = 0;
    buffer->failed = false;
}

bool dvg_buffer_grow(dvg_buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    size_t capacity = buffer->capacity;
    void *data = buffer->data;
    if (more > SIZE_MAX / 2 - buffer->size ||
        !dvg_grow(&buffer->allocator, &data, &capacity, buffer->size + more, 1)) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void dvg_buffer_add_text(dvg_buffer *buffer, const char *text)
{
    dvg_buffer_add(buffer, text, strlen(text));
}

void dvg_buffer_add_u64(dvg_buffer *buffer, uint64_t number)
{
    char digits[20];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    dvg_buffer_add(buffer, digits + first, sizeof digits - first);
}

const char *dvg_buffer_string(dvg_buffer *buffer)
{
    if (!dvg_buffer_reserve(buffer, 1))
        return NULL;
    buffer->data[buffer->size] = '\0';
    return buffer->data;
}
