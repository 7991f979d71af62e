/*
 * writer: see writer.h. JSON text; Python's repr is in repr.c.
 */
#include "json/writer.h"
#include "base/bytes.h"
#include "base/utf8.h"
#include "json/tree.h"
#include "value/number.h"
#include "value/printable.h"

#include <string.h>

static void add_unit(dvg_buffer *out, uint32_t unit)
{
    static const char hex[] = "0123456789abcdef";
    char text[6] = {
        '\\', 'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
    dvg_buffer_add(out, text, sizeof text);
}

/* Escape of the character at `text`, which is `size` bytes of one code point. */
static void add_escaped(dvg_buffer *out, const char *text, size_t size, uint32_t point, bool ascii)
{
    static const char bytes[] = "\"\\\b\f\n\r\t";
    static const char names[] = "\"\\bfnrt";
    const char *found = point > 0 && point < 0x80 ? strchr(bytes, (int)point) : NULL;
    bool shown = ascii ? point >= 0x20 && point < 0x7f : dvg_code_point_printable(point);
    if (found != NULL) {
        char pair[2] = {'\\', names[found - bytes]};
        dvg_buffer_add(out, pair, 2);
    } else if (!shown && point >= 0x10000) {
        add_unit(out, 0xd800 + ((point - 0x10000) >> 10));
        add_unit(out, 0xdc00 + ((point - 0x10000) & 0x3ff));
    } else if (!shown) {
        add_unit(out, point);
    } else {
        dvg_buffer_add(out, text, size);
    }
}

/* Not 0 if one of eight bytes is a control character, a quote, a backslash or past U+007E. */
static inline uint64_t odd_bytes(uint64_t word)
{
    uint64_t high = UINT64_C(0x8080808080808080);
    uint64_t control = (word - UINT64_C(0x2020202020202020)) & ~word & high;
    return control | (word & high) | dvg_word_holds(word, '"') | dvg_word_holds(word, '\\') |
           dvg_word_holds(word, 0x7f);
}

static size_t plain_length(const char *text, size_t size)
{
    size_t i = 0;
    uint64_t word = 0;
    for (; i + sizeof word <= size; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        if (odd_bytes(word) != 0)
            break;
    }
    if (i + sizeof word > size && size >= sizeof word) {
        /* What is left is the end of a word that begins before it. */
        memcpy(&word, text + size - sizeof word, sizeof word);
        if (odd_bytes(word) == 0)
            return size;
    }
    while (i < size && (unsigned char)text[i] >= 0x20 && (unsigned char)text[i] < 0x7f &&
           text[i] != '"' && text[i] != '\\')
        i++;
    return i;
}

/* A byte that is no character, which the name of a file may hold, is told by its number, so that
 * two names stay two: "\xff", whose backslash JSON escapes. */
static void add_odd_byte(dvg_buffer *out, unsigned char byte)
{
    static const char hex[] = "0123456789abcdef";
    const char escape[5] = {'\\', '\\', 'x', hex[byte >> 4], hex[byte & 15]};
    dvg_buffer_add(out, escape, sizeof escape);
}

void dvg_json_write_string(dvg_buffer *out, const char *text, size_t size, bool ascii)
{
    size_t plain = plain_length(text, size);
    if (!dvg_buffer_reserve(out, size + 2))
        return;
    char *to = out->data + out->size;
    to[0] = '"';
    memcpy(to + 1, text, plain);
    out->size += plain + 1;
    for (size_t i = plain; i < size;) {
        uint32_t point = 0;
        size_t length = dvg_utf8_decode(text + i, size - i, &point);
        if (length == 0)
            add_odd_byte(out, (unsigned char)text[i]);
        else
            add_escaped(out, text + i, length, point, ascii);
        i += length == 0 ? 1 : length;
        plain = plain_length(text + i, size - i);
        dvg_buffer_add(out, text + i, plain);
        i += plain;
    }
    dvg_buffer_add_byte(out, '"');
}

/* json.dumps writes the three non-finite doubles with JavaScript's names. */
void dvg_json_write_nonfinite(dvg_buffer *out, double number, const dvg_json_style *style)
{
    bool quoted = !style->python && !style->verbatim;
    if (quoted && !style->nonfinite) {
        dvg_buffer_add_text(out, "null");
        return;
    }
    dvg_buffer_add_text(out, quoted ? "\"" : "");
    dvg_buffer_add_text(out, number != number ? "NaN" : number < 0 ? "-Infinity" : "Infinity");
    dvg_buffer_add_text(out, quoted ? "\"" : "");
}

static void add_real(dvg_buffer *out, dvg_value number, const dvg_json_style *style)
{
    dvg_text text = dvg_value_text(number);
    bool named = text.data[text.size - 1] == 'N' || text.data[text.size - 1] == 'y';
    if (!style->python && !named) {
        dvg_buffer_add(out, text.data, text.size);
        return;
    }
    double value = dvg_number_double(text);
    if (value - value != 0)
        dvg_json_write_nonfinite(out, value, style);
    else
        dvg_number_python(out, number);
}

static void add_scalar(dvg_buffer *out, dvg_value value, const void *payload)
{
    const dvg_json_style *style = payload;
    dvg_text text = dvg_value_text(value);
    switch (dvg_value_type(value)) {
    case DVG_TRUE:
        dvg_buffer_add_text(out, "true");
        break;
    case DVG_FALSE:
        dvg_buffer_add_text(out, "false");
        break;
    case DVG_INTEGER:
        if (style->python)
            dvg_number_python(out, value);
        else
            dvg_buffer_add(out, text.data, text.size);
        break;
    case DVG_REAL:
        add_real(out, value, style);
        break;
    case DVG_STRING:
        dvg_json_write_string(out, text.data, text.size, style->ascii);
        break;
    default:
        dvg_buffer_add_text(out, "null");
    }
}

static void add_name(dvg_buffer *out, dvg_text name, const void *payload)
{
    dvg_json_write_string(out, name.data, name.size, ((const dvg_json_style *)payload)->ascii);
}

bool dvg_json_write(dvg_buffer *out, dvg_value value, const dvg_json_style *style)
{
    bool compact = style->indent == -2;
    if (dvg_value_type(value) < DVG_ARRAY) {
        add_scalar(out, value, style);
        return !out->failed;
    }
    dvg_tree_form form = {add_scalar,           add_name,      style,        compact ? "," : ", ",
                          compact ? ":" : ": ", style->indent, style->level, style->sort};
    return dvg_tree_write(out, value, &form);
}
