/*
 * bytes: comparing and searching a few bytes, inline. Names and scalars of a document are short,
 * and there are millions: a call for each would cost more than the work.
 */
#ifndef DVG_BASE_BYTES_H
#define DVG_BASE_BYTES_H

#include <diverge/diverge.h>

#include <string.h>

/* Are `size` bytes the same? */
static inline bool dvg_bytes_same(const char *left, const char *right, size_t size)
{
    uint64_t a;
    uint64_t b;
    uint32_t c;
    uint32_t d;
    if (size > 16)
        return memcmp(left, right, size) == 0;
    if (size >= 8) {
        /* Two words that may overlap cover 8 to 16 bytes. */
        memcpy(&a, left, 8);
        memcpy(&b, right, 8);
        if (a != b)
            return false;
        memcpy(&a, left + size - 8, 8);
        memcpy(&b, right + size - 8, 8);
        return a == b;
    }
    if (size >= 4) {
        memcpy(&c, left, 4);
        memcpy(&d, right, 4);
        if (c != d)
            return false;
        memcpy(&c, left + size - 4, 4);
        memcpy(&d, right + size - 4, 4);
        return c == d;
    }
    for (size_t i = 0; i < size; i++) {
        if (left[i] != right[i])
            return false;
    }
    return true;
}

/* Are two texts the same? */
static inline bool dvg_text_same(dvg_text left, dvg_text right)
{
    return left.size == right.size && dvg_bytes_same(left.data, right.data, left.size);
}

#endif
