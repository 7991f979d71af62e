/*
 * canonical: see canonical.h. The layout is tree.h's; here is what a scalar looks like.
 */
#include "json/canonical.h"
#include "base/utf8.h"
#include "json/tree.h"
#include "value/decimal.h"

#include <string.h>

/* What of a text needs no escape: everything but quotes, backslashes, control characters and
 * surrogates, whose first byte is 0xED. Bytes that are no character stand as they are: no other
 * text has them, so two texts stay two. */
static size_t plain_length(const char *text, size_t size)
{
    size_t i = 0;
    while (i < size && (unsigned char)text[i] >= 0x20 && text[i] != '"' && text[i] != '\\' &&
           text[i] != '\xed')
        i++;
    return i;
}

static void add_unit(dvg_buffer *out, uint32_t unit)
{
    static const char hex[] = "0123456789abcdef";
    const char text[6] = {
        '\\', 'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
    dvg_buffer_add(out, text, sizeof text);
}

/* The character at `text`, which is no plain one. Returns its length. */
static size_t add_odd(dvg_buffer *out, const char *text, size_t size)
{
    static const char bytes[] = "\"\\\b\f\n\r\t";
    static const char names[] = "\"\\bfnrt";
    uint32_t point = 0;
    const char *found = text[0] != '\0' ? strchr(bytes, text[0]) : NULL;
    size_t length = dvg_utf8_decode(text, size, &point);
    if (found != NULL) {
        const char pair[2] = {'\\', names[found - bytes]};
        dvg_buffer_add(out, pair, 2);
    } else if (length == 1 || (length == 3 && point >= 0xd800 && point <= 0xdfff)) {
        add_unit(out, point);
    } else {
        length = length == 0 ? 1 : length;
        dvg_buffer_add(out, text, length);
    }
    return length == 0 ? 1 : length;
}

static void add_string(dvg_buffer *out, dvg_text text)
{
    dvg_buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.size;) {
        size_t plain = plain_length(text.data + i, text.size - i);
        dvg_buffer_add(out, text.data + i, plain);
        i += plain;
        if (i < text.size)
            i += add_odd(out, text.data + i, text.size - i);
    }
    dvg_buffer_add_byte(out, '"');
}

static void add_integer(dvg_buffer *out, dvg_text text)
{
    bool zero = text.size == 2 && memcmp(text.data, "-0", 2) == 0;
    dvg_buffer_add(out, text.data + zero, text.size - zero);
}

static void add_real(dvg_buffer *out, dvg_text text)
{
    char last = text.data[text.size - 1];
    if (last == 'N' || last == 'y')
        dvg_buffer_add(out, text.data, text.size);
    else if (dvg_buffer_reserve(out, text.size + DVG_DECIMAL_SPELL_MORE))
        out->size += dvg_decimal_spell(out->data + out->size, text.data, text.size);
}

static void add_scalar(dvg_buffer *out, dvg_value value, const void *payload)
{
    (void)payload;
    switch (dvg_value_type(value)) {
    case DVG_TRUE:
        dvg_buffer_add_text(out, "true");
        break;
    case DVG_FALSE:
        dvg_buffer_add_text(out, "false");
        break;
    case DVG_INTEGER:
        add_integer(out, dvg_value_text(value));
        break;
    case DVG_REAL:
        add_real(out, dvg_value_text(value));
        break;
    case DVG_STRING:
        add_string(out, dvg_value_text(value));
        break;
    default:
        dvg_buffer_add_text(out, "null");
    }
}

static void add_name(dvg_buffer *out, dvg_text name, const void *payload)
{
    (void)payload;
    add_string(out, name);
}

bool dvg_canonical_write(dvg_buffer *out, dvg_value value)
{
    static const dvg_tree_form form = {add_scalar, add_name, NULL, ",", ":", -1, 0, true};
    return dvg_tree_write(out, value, &form);
}

dvg_status dvg_canonical_digest(char hex[DVG_SHA256_HEX_SIZE], dvg_value value,
                                const dvg_allocator *allocator, dvg_error *error)
{
    dvg_buffer form;
    dvg_buffer_init(&form, allocator);
    dvg_status status = dvg_canonical_write(&form, value)
                            ? dvg_sha256(form.data, form.size, hex, error)
                            : dvg_fail_memory(error);
    dvg_buffer_clear(&form);
    return status;
}
