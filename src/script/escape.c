/*
 * escape: see escape.h.
 */
#include "script/escape.h"

#include "base/utf8.h"
#include "value/printable.h"

#include <string.h>

/* ---------------------------------------------------------------- what is written out */

static void add_hex(dvg_buffer *out, char letter, uint32_t number, int digits)
{
    static const char hex[] = "0123456789abcdef";
    dvg_buffer_add_byte(out, '\\');
    dvg_buffer_add_byte(out, letter);
    for (int i = digits - 1; i >= 0; i--)
        dvg_buffer_add_byte(out, hex[number >> (4 * i) & 15]);
}

/* A character that cannot be shown. */
static void add_visible(dvg_buffer *out, uint32_t point)
{
    if (point == '\n' || point == '\t' || point == '\r') {
        dvg_buffer_add_text(out, point == '\n' ? "\\n" : point == '\t' ? "\\t" : "\\r");
    } else if (point < 0x10000) {
        add_hex(out, 'u', point, 4);
    } else {
        add_hex(out, 'u', 0xd800 + ((point - 0x10000) >> 10), 4);
        add_hex(out, 'u', 0xdc00 + ((point - 0x10000) & 0x3ff), 4);
    }
}

size_t dvg_columns_of(uint32_t point)
{
    static const uint32_t wide[][2] = {
        {0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},   {0xa960, 0xa97f},
        {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},   {0xff00, 0xff60},
        {0xffe0, 0xffe6},   {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff},
        {0x20000, 0x3fffd},
    };
    for (size_t i = 0; i < sizeof wide / sizeof wide[0] && point >= wide[i][0]; i++)
        if (point <= wide[i][1])
            return 2;
    return 1;
}

size_t dvg_escape_one(dvg_buffer *out, const char *text, size_t size, size_t *columns)
{
    uint32_t point = 0;
    size_t before = out->size;
    if (text[0] >= ' ' && text[0] <= '~') {
        dvg_buffer_add_byte(out, text[0]);
        *columns = 1;
        return 1;
    }
    size_t length = dvg_utf8_decode(text, size, &point);
    if (length > 0 && dvg_code_point_printable(point)) {
        dvg_buffer_add(out, text, length);
        *columns = dvg_columns_of(point);
        return length;
    }
    if (length == 0)
        add_hex(out, 'x', (unsigned char)text[0], 2);
    else
        add_visible(out, point);
    *columns = out->size - before;
    return length == 0 ? 1 : length;
}

/* ---------------------------------------------------------------- HTML and XML */

/* What stands for a character of markup; NULL: it is none. */
static const char *entity_of(char byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* Can an XML 1.0 document hold the character, if only as a reference? */
static bool fits_xml(uint32_t point)
{
    return point == '\t' || point == '\n' || point == '\r' || (point >= 0x20 && point < 0xd800) ||
           (point >= 0xe000 && point < 0xfffe) || point >= 0x10000;
}

static void add_reference(dvg_buffer *out, uint32_t point)
{
    dvg_buffer_add_text(out, "&#");
    dvg_buffer_add_u64(out, point);
    dvg_buffer_add_byte(out, ';');
}

static size_t markup_one(dvg_buffer *out, dvg_escape form, const char *text, size_t size)
{
    uint32_t point = 0;
    size_t columns;
    const char *entity = entity_of(text[0]);
    if (entity != NULL) {
        dvg_buffer_add_text(out, entity);
        return 1;
    }
    size_t length = form == DVG_ESCAPE_XML ? dvg_utf8_decode(text, size, &point) : 0;
    if (length == 0 || dvg_code_point_printable(point) || !fits_xml(point))
        return dvg_escape_one(out, text, size, &columns);
    add_reference(out, point);
    return length;
}

/* ---------------------------------------------------------------- Markdown */

static bool begins(const char *text, size_t size, const char *word)
{
    size_t length = strlen(word);
    if (size < length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((text[i] >= 'A' && text[i] <= 'Z' ? text[i] + 32 : text[i]) != word[i])
            return false;
    return true;
}

/* ":name:", which some show as a picture. */
static bool is_emoji(const char *text, size_t size)
{
    size_t i = 1;
    while (i < size && text[i] != '\0' && strchr(":` ", text[i]) == NULL)
        i++;
    return i > 1 && i < size && text[i] == ':';
}

/* Would an extension that works on shown text, where no escape is seen, make a link of it? */
static bool holds_link(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bool found = false;
        if (text[i] == '@')
            found = true;
        else if (text[i] == ':')
            found = begins(text + i, size - i, "://") || is_emoji(text + i, size - i);
        else if (text[i] == '#')
            found = i + 1 < size && text[i + 1] >= '0' && text[i + 1] <= '9';
        else if (text[i] == 'w' || text[i] == 'W')
            found = begins(text + i, size - i, "www.");
        if (found)
            return true;
    }
    return false;
}

static void add_code(dvg_buffer *out, const char *text, size_t size)
{
    size_t longest = 0;
    size_t run = 0;
    for (size_t i = 0; i < size; i++) {
        run = text[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    bool edge = size == 0 || text[0] == '`' || text[size - 1] == '`' ||
                (text[0] == ' ' && text[size - 1] == ' ');
    for (size_t i = 0; i <= longest; i++)
        dvg_buffer_add_byte(out, '`');
    if (edge)
        dvg_buffer_add_byte(out, ' ');
    for (size_t i = 0, columns; i < size;) {
        if (text[i] == '|') { /* would end a cell of a table, and nothing escapes it in code */
            dvg_buffer_add_text(out, "\\u007c");
            i++;
        } else {
            i += dvg_escape_one(out, text + i, size - i, &columns);
        }
    }
    if (edge && size > 0)
        dvg_buffer_add_byte(out, ' ');
    for (size_t i = 0; i <= longest; i++)
        dvg_buffer_add_byte(out, '`');
}

/* Is the character at `at` one that would begin a block? */
static bool begins_block(const char *text, size_t at)
{
    if (at == 0)
        return text[0] != '\0' && strchr("#+-=:", text[0]) != NULL;
    if (text[at] != '.' && text[at] != ')')
        return false;
    size_t digits = 0;
    while (digits < at && text[digits] >= '0' && text[digits] <= '9')
        digits++;
    return digits == at;
}

static size_t markdown_one(dvg_buffer *out, const char *text, size_t size, size_t at)
{
    char byte = text[at];
    size_t columns;
    if (byte == '|' || byte == '\\' || (byte == ' ' && (at == 0 || at + 1 == size))) {
        add_reference(out, (uint32_t)byte);
        return 1;
    }
    if (byte == '<' || byte == '>' || byte == '&') {
        dvg_buffer_add_text(out, entity_of(byte));
        return 1;
    }
    if ((byte != '\0' && strchr("`*_[]~$^!{}", byte) != NULL) || begins_block(text, at)) {
        dvg_buffer_add_byte(out, '\\');
        dvg_buffer_add_byte(out, byte);
        return 1;
    }
    return dvg_escape_one(out, text + at, size - at, &columns);
}

/* ---------------------------------------------------------------- all */

void dvg_escape_add(dvg_buffer *out, dvg_escape form, const char *text, size_t size)
{
    size_t columns;
    if (form == DVG_ESCAPE_CODE || (form == DVG_ESCAPE_MARKDOWN && holds_link(text, size))) {
        add_code(out, text, size);
        return;
    }
    for (size_t i = 0; i < size;) {
        if (form == DVG_ESCAPE_MARKDOWN)
            i += markdown_one(out, text, size, i);
        else if (form == DVG_ESCAPE_TERMINAL)
            i += dvg_escape_one(out, text + i, size - i, &columns);
        else
            i += markup_one(out, form, text + i, size - i);
    }
}
