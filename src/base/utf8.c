/*
 * utf8: see utf8.h.
 */
#include "base/utf8.h"

#include <string.h>

static bool continues(const unsigned char *bytes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if ((bytes[i] & 0xc0) != 0x80)
            return false;
    }
    return true;
}

size_t dvg_utf8_decode(const char *data, size_t size, uint32_t *point)
{
    /* Smallest code point that each length may write: anything below is an overlong form. */
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)data;
    if (size == 0)
        return 0;
    if (bytes[0] < 0x80) {
        *point = bytes[0];
        return 1;
    }
    size_t length = bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
    if (bytes[0] < 0xc2 || bytes[0] > 0xf4 || length > size || !continues(bytes, length))
        return 0;
    uint32_t value = bytes[0] & (0xffu >> (length + 1));
    for (size_t i = 1; i < length; i++)
        value = value << 6 | (bytes[i] & 0x3fu);
    if (value < least[length] || value > 0x10ffff)
        return 0;
    *point = value;
    return length;
}

size_t dvg_utf8_length(const char *data, size_t size)
{
    uint32_t point;
    size_t length = dvg_utf8_decode(data, size, &point);
    return length == 3 && point >= 0xd800 && point <= 0xdfff ? 0 : length;
}

size_t dvg_utf8_encode(char out[4], uint32_t point)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xc0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3f));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xe0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3f));
        out[2] = (char)(0x80 | (point & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3f));
    out[2] = (char)(0x80 | (point >> 6 & 0x3f));
    out[3] = (char)(0x80 | (point & 0x3f));
    return 4;
}

bool dvg_utf8_has_surrogate(const char *data, size_t size)
{
    const char *end = data + size;
    for (const char *at = data; at < end && (at = memchr(at, 0xed, (size_t)(end - at))) != NULL;
         at++) {
        if (end - at >= 3 && (unsigned char)at[1] >= 0xa0)
            return true;
    }
    return false;
}

bool dvg_utf8_is_valid(const char *data, size_t size)
{
    while (size > 0) {
        size_t length = dvg_utf8_length(data, size);
        if (length == 0)
            return false;
        data += length;
        size -= length;
    }
    return true;
}
