/*
 * quote: see quote.h.
 */
#include "path/quote.h"

#include "base/utf8.h"
#include "value/printable.h"

#include <string.h>

/* ---- reading */

static const char letters[] = "bfnrt";
static const char controls[] = "\b\f\n\r\t";

static bool read_hex(const char *at, const char *end, int digits, uint32_t *number)
{
    *number = 0;
    if (end - at < digits)
        return false;
    for (int i = 0; i < digits; i++) {
        char c = at[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : 16;
        if (digit == 16)
            return false;
        *number = *number << 4 | digit;
    }
    return true;
}

static bool is_high(uint32_t unit) { return unit >= 0xd800 && unit < 0xdc00; }
static bool is_low(uint32_t unit) { return unit >= 0xdc00 && unit < 0xe000; }

/* Behind "\u"; a second escape is taken with the first where both are one character. */
static bool read_unit(const char **at, const char *end, char *out, size_t *size)
{
    uint32_t point;
    uint32_t low;
    if (!read_hex(*at, end, 4, &point))
        return false;
    *at += 4;
    if (is_high(point) && end - *at >= 6 && memcmp(*at, "\\u", 2) == 0 &&
        read_hex(*at + 2, end, 4, &low) && is_low(low)) {
        point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
        *at += 6;
    }
    *size += dvg_utf8_encode(out + *size, point);
    return true;
}

/* Behind a backslash. */
static const char *read_escape(const char **at, const char *end, char *out, size_t *size)
{
    char c = **at;
    const char *letter = c != '\0' ? strchr(letters, c) : NULL;
    uint32_t byte;
    if (letter != NULL) {
        out[(*size)++] = controls[letter - letters];
    } else if (c == 'x') {
        if (!read_hex(*at + 1, end, 2, &byte))
            return "\\x is followed by two hexadecimal digits";
        out[(*size)++] = (char)byte;
        *at += 2;
    } else if (c == 'u') {
        ++*at;
        if (!read_unit(at, end, out, size)) {
            --*at;
            return "\\u is followed by four hexadecimal digits";
        }
        --*at;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        return "no such escape: \\b \\f \\n \\r \\t \\uXXXX \\xNN, and a backslash before a mark";
    } else {
        out[(*size)++] = c;
    }
    ++*at;
    return NULL;
}

const char *dvg_quote_read(const char **at, const char *end, char *out, size_t *size)
{
    const char *opening = *at - 1;
    const char *wrong = NULL;
    *size = 0;
    while (*at < end && **at != '"' && wrong == NULL) {
        bool escaped = **at == '\\' && *at + 1 < end;
        *at += escaped;
        if (escaped)
            wrong = read_escape(at, end, out, size);
        else
            out[(*size)++] = *(*at)++;
    }
    if (wrong != NULL)
        return wrong;
    if (*at == end) {
        *at = opening;
        return "a quote that is not closed";
    }
    ++*at;
    return NULL;
}

/* ---- writing */

static void add_hex(dvg_buffer *out, const char *lead, uint32_t number, int digits)
{
    static const char hex[] = "0123456789abcdef";
    dvg_buffer_add_text(out, lead);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
        dvg_buffer_add_byte(out, hex[number >> shift & 15]);
}

static void add_bytes(dvg_buffer *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        add_hex(out, "\\x", (unsigned char)text[i], 2);
}

/* A high surrogate before a low one would be read as one character with it. */
static bool would_join(const char *text, size_t size, uint32_t point)
{
    uint32_t next = 0;
    return is_high(point) && size > 3 && dvg_utf8_decode(text + 3, size - 3, &next) == 3 &&
           is_low(next);
}

/* Append the character at `text`. Returns its length. */
static size_t add_character(dvg_buffer *out, const char *text, size_t size)
{
    uint32_t point = 0;
    size_t length = dvg_utf8_decode(text, size, &point);
    const char *control = point != 0 && point < 0x20 ? strchr(controls, (int)point) : NULL;
    if (length == 0 || would_join(text, size, point)) {
        length = length == 0 ? 1 : length;
        add_bytes(out, text, length);
    } else if (point == '"' || point == '\\') {
        dvg_buffer_add_byte(out, '\\');
        dvg_buffer_add_byte(out, text[0]);
    } else if (control != NULL) {
        dvg_buffer_add_byte(out, '\\');
        dvg_buffer_add_byte(out, letters[control - controls]);
    } else if (dvg_code_point_printable(point)) {
        dvg_buffer_add(out, text, length);
    } else if (point >= 0x10000) {
        add_hex(out, "\\u", 0xd800 + ((point - 0x10000) >> 10), 4);
        add_hex(out, "\\u", 0xdc00 + ((point - 0x10000) & 0x3ff), 4);
    } else {
        add_hex(out, "\\u", point, 4);
    }
    return length;
}

void dvg_quote_write(dvg_buffer *out, dvg_text text)
{
    dvg_buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.size;)
        i += add_character(out, text.data + i, text.size - i);
    dvg_buffer_add_byte(out, '"');
}

/* Marks that have a meaning in patterns. "<" is the beginning of what is no member. */
static bool is_plain(dvg_text name)
{
    for (size_t i = 0; i < name.size;) {
        uint32_t point = 0;
        size_t length = dvg_utf8_decode(name.data + i, name.size - i, &point);
        if (length == 0 || !dvg_code_point_printable(point) ||
            (length == 1 && strchr(".[]*\"=,\\", (int)point) != NULL))
            return false;
        i += length;
    }
    return name.size > 0 && name.data[0] != '/' && name.data[0] != '<';
}

void dvg_quote_name(dvg_buffer *out, dvg_text name, bool first)
{
    if (is_plain(name)) {
        dvg_buffer_add_text(out, first ? "" : ".");
        dvg_buffer_add(out, name.data, name.size);
        return;
    }
    dvg_buffer_add_byte(out, '[');
    dvg_quote_write(out, name);
    dvg_buffer_add_byte(out, ']');
}

/* Digits, '<' and '>' stand for positions there. */
void dvg_quote_field(dvg_buffer *out, dvg_text name)
{
    if (is_plain(name) && memchr(name.data, '>', name.size) == NULL)
        dvg_buffer_add(out, name.data, name.size);
    else
        dvg_quote_write(out, name);
}
