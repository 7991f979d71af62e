/*
 * python: see python.h. What is printable is decided by value/printable.h, as Unicode 14.0 has it.
 */
#include "value/python.h"
#include "base/utf8.h"
#include "value/number.h"
#include "value/printable.h"
#include "value/shortest.h"

#include <string.h>

static void add_hex(dvg_buffer *out, char letter, uint32_t point, int digits)
{
    dvg_buffer_add_byte(out, '\\');
    dvg_buffer_add_byte(out, letter);
    while (digits-- > 0)
        dvg_buffer_add_byte(out, "0123456789abcdef"[point >> (4 * digits) & 15]);
}

static void add_unprintable(dvg_buffer *out, uint32_t point)
{
    if (point == '\n' || point == '\r' || point == '\t') {
        dvg_buffer_add_byte(out, '\\');
        dvg_buffer_add_byte(out, point == '\n' ? 'n' : point == '\r' ? 'r' : 't');
    } else if (point < 0x100) {
        add_hex(out, 'x', point, 2);
    } else if (point < 0x10000) {
        add_hex(out, 'u', point, 4);
    } else {
        add_hex(out, 'U', point, 8);
    }
}

static size_t plain_length(const char *text, size_t size, char quote)
{
    size_t i = 0;
    while (i < size && (unsigned char)text[i] >= 0x20 && (unsigned char)text[i] < 0x7f &&
           text[i] != quote && text[i] != '\\')
        i++;
    return i;
}

/* The character at `text` that is not plain; returns its length. */
static size_t add_special(dvg_buffer *out, const char *text, size_t size)
{
    uint32_t point;
    if (*text == '\'' || *text == '"' || *text == '\\') {
        dvg_buffer_add_byte(out, '\\');
        dvg_buffer_add_byte(out, *text);
        return 1;
    }
    size_t length = dvg_utf8_decode(text, size, &point);
    if (length == 0) {
        add_hex(out, 'x', (unsigned char)*text, 2);
        return 1;
    }
    if (dvg_code_point_printable(point))
        dvg_buffer_add(out, text, length);
    else
        add_unprintable(out, point);
    return length;
}

void dvg_repr_string(dvg_buffer *out, const char *text, size_t size)
{
    bool single = size > 0 && memchr(text, '\'', size) != NULL;
    bool twice = size > 0 && memchr(text, '"', size) != NULL;
    char quote = single && !twice ? '"' : '\'';
    dvg_buffer_add_byte(out, quote);
    for (size_t i = 0; i < size;) {
        size_t plain = plain_length(text + i, size - i, quote);
        dvg_buffer_add(out, text + i, plain);
        i += plain;
        if (i < size)
            i += add_special(out, text + i, size - i);
    }
    dvg_buffer_add_byte(out, quote);
}

void dvg_number_python(dvg_buffer *out, dvg_value number)
{
    dvg_text text = dvg_value_text(number);
    if (dvg_value_type(number) == DVG_INTEGER) {
        bool minus_zero = text.size == 2 && memcmp(text.data, "-0", 2) == 0;
        dvg_buffer_add(out, text.data + minus_zero, text.size - minus_zero);
        return;
    }
    char shortest[DVG_DOUBLE_REPR_SIZE];
    dvg_buffer_add(out, shortest, dvg_double_repr(shortest, dvg_number_double(text)));
}

void dvg_scalar_repr(dvg_buffer *out, dvg_value value)
{
    dvg_text text = dvg_value_text(value);
    switch (dvg_value_type(value)) {
    case DVG_TRUE:
        dvg_buffer_add_text(out, "True");
        break;
    case DVG_FALSE:
        dvg_buffer_add_text(out, "False");
        break;
    case DVG_INTEGER:
    case DVG_REAL:
        dvg_number_python(out, value);
        break;
    case DVG_STRING:
        dvg_repr_string(out, text.data, text.size);
        break;
    default:
        dvg_buffer_add_text(out, "None");
    }
}

void dvg_scalar_str(dvg_buffer *out, dvg_value value)
{
    dvg_text text = dvg_value_text(value);
    if (dvg_value_type(value) == DVG_STRING)
        dvg_buffer_add(out, text.data, text.size);
    else
        dvg_scalar_repr(out, value);
}
