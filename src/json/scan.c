/*
 * scan: see scan.h. What is rare or long; the short and frequent pieces are inline there.
 */
#include "json/scan.h"
#include "base/utf8.h"

#include <stdio.h>

void dvg_scan_init(struct dvg_scan *scan, const char *text, size_t size, const char *name,
                   dvg_error *error)
{
    scan->text = scan->at = text;
    scan->end = text + size;
    scan->name = name;
    scan->error = error;
    scan->status = DVG_OK;
}

bool dvg_scan_fail(struct dvg_scan *scan, const char *at, dvg_status status, const char *format,
                   ...)
{
    char message[DVG_ERROR_MESSAGE_SIZE];
    uint64_t line = 1;
    const char *start = scan->text;
    for (const char *p = start; p < at && (p = memchr(p, '\n', (size_t)(at - p))) != NULL;) {
        start = ++p;
        line++;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    scan->status = status;
    dvg_fail_at(scan->error, status, scan->name, line, (uint64_t)(at - start) + 1,
                (uint64_t)(at - scan->text), "%s", message);
    return false;
}

bool dvg_scan_fail_token(struct dvg_scan *scan, const char *message)
{
    if (scan->at == scan->end)
        message = "unexpected end of text";
    else if (dvg_utf8_length(scan->at, (size_t)(scan->end - scan->at)) == 0)
        message = "invalid UTF-8";
    return dvg_scan_fail(scan, scan->at, DVG_E_INPUT, "%s", message);
}

bool dvg_scan_fail_memory(struct dvg_scan *scan)
{
    if (scan->status == DVG_OK)
        scan->status = dvg_fail_memory(scan->error);
    return false;
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

const char *dvg_scan_space_run(const char *at)
{
    for (;;) {
        uint64_t word;
        while (is_space(*at) && *at != ' ')
            at++;
        memcpy(&word, at, sizeof word);
        while (word == UINT64_C(0x2020202020202020)) {
            at += 8;
            memcpy(&word, at, sizeof word);
        }
        while (*at == ' ')
            at++;
        if (!is_space(*at))
            return at;
    }
}

const char *dvg_scan_first(const struct dvg_scan *scan) { return dvg_scan_space_run(scan->text); }

/* Skip characters past ASCII, several in a row being likely. */
static const char *skip_wide(const char *at, const char *end)
{
    while ((unsigned char)*at >= 0x80) {
        size_t length = dvg_utf8_length(at, (size_t)(end - at));
        if (length == 0)
            return NULL;
        at += length;
    }
    return at;
}

static bool fail_in_string(struct dvg_scan *scan, const char *at)
{
    if (at == scan->end)
        return dvg_scan_fail(scan, at, DVG_E_INPUT, "end of text inside a string");
    return dvg_scan_fail(scan, at, DVG_E_INPUT, "control character in a string: U+%04X",
                         (unsigned)(unsigned char)*at);
}

static bool fail_utf8(struct dvg_scan *scan, const char *at)
{
    while ((unsigned char)*at >= 0x80) {
        size_t length = dvg_utf8_length(at, (size_t)(scan->end - at));
        if (length == 0)
            break;
        at += length;
    }
    return dvg_scan_fail(scan, at, DVG_E_INPUT, "invalid UTF-8 (byte 0x%02x)",
                         (unsigned)(unsigned char)*at);
}

bool dvg_scan_wide(struct dvg_scan *scan)
{
    const char *at = scan->at;
    for (;;) {
        at = dvg_scan_skip_plain(at);
        if (*at == '"' || *at == '\\')
            break;
        if ((unsigned char)*at < ' ')
            return fail_in_string(scan, at);
        const char *next = skip_wide(at, scan->end);
        if (next == NULL)
            return fail_utf8(scan, at);
        at = next;
    }
    scan->at = at;
    return true;
}

static int hex_value(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The four digits at `at`, behind "\u". */
static bool read_hex(struct dvg_scan *scan, const char *at, uint32_t *unit)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_value(at[i]);
        if (digit < 0 && at + i == scan->end)
            return dvg_scan_fail(scan, at + i, DVG_E_INPUT, "end of text inside a string");
        if (digit < 0)
            return dvg_scan_fail(scan, at + i, DVG_E_INPUT,
                                 "invalid escape: four hexadecimal digits expected after \\u");
        value = value << 4 | (uint32_t)digit;
    }
    *unit = value;
    return true;
}

/* A \u escape whose digits begin at `scan->at`; the two halves of a pair are one character, a half
 * that stands alone stays what it is. */
static bool decode_unicode(struct dvg_scan *scan, dvg_buffer *out)
{
    uint32_t point = 0;
    uint32_t low = 0;
    char bytes[4];
    if (!read_hex(scan, scan->at, &point))
        return false;
    scan->at += 4;
    if (point >= 0xd800 && point < 0xdc00 && scan->at[0] == '\\' && scan->at[1] == 'u') {
        if (!read_hex(scan, scan->at + 2, &low))
            return false;
        if (low >= 0xdc00 && low < 0xe000) {
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
            scan->at += 6;
        }
    }
    dvg_buffer_add(out, bytes, dvg_utf8_encode(bytes, point));
    return true;
}

/* The escape at the backslash. */
static bool decode_escape(struct dvg_scan *scan, dvg_buffer *out)
{
    static const char names[] = "\"\\/bfnrt";
    static const char bytes[] = "\"\\/\b\f\n\r\t";
    char name = *++scan->at;
    if (name == 'u') {
        scan->at++;
        return decode_unicode(scan, out);
    }
    const char *found = name == '\0' ? NULL : strchr(names, name);
    if (scan->at == scan->end)
        return dvg_scan_fail(scan, scan->at, DVG_E_INPUT, "end of text inside a string");
    if (found == NULL)
        return dvg_scan_fail(scan, scan->at, DVG_E_INPUT, "invalid escape");
    dvg_buffer_add_byte(out, bytes[found - names]);
    scan->at++;
    return true;
}

bool dvg_scan_decode(struct dvg_scan *scan, const char *start, dvg_buffer *out)
{
    for (;;) {
        dvg_buffer_add(out, start, (size_t)(scan->at - start));
        if (*scan->at == '"') {
            scan->at++;
            return !out->failed;
        }
        if (!decode_escape(scan, out) || out->failed)
            return false;
        start = scan->at;
        if (!dvg_scan_plain(scan))
            return false;
    }
}

static inline const char *skip_digits(const char *at)
{
    while ((unsigned)(*at - '0') < 10)
        at++;
    return at;
}

static bool fail_digit(struct dvg_scan *scan, const char *at)
{
    if (at == scan->end)
        return dvg_scan_fail(scan, at, DVG_E_INPUT, "unexpected end of text");
    return dvg_scan_fail(scan, at, DVG_E_INPUT, "digit expected");
}

/* Fraction and exponent behind the integer part that ends at `at`; NULL: failed. */
static const char *scan_real(struct dvg_scan *scan, const char *at)
{
    if (*at == '.') {
        const char *digits = skip_digits(at + 1);
        if (digits == at + 1)
            return fail_digit(scan, digits), NULL;
        at = digits;
    }
    if (*at != 'e' && *at != 'E')
        return at;
    at += at[1] == '+' || at[1] == '-' ? 2 : 1;
    const char *digits = skip_digits(at);
    if (digits == at)
        return fail_digit(scan, digits), NULL;
    return digits;
}

bool dvg_scan_number(struct dvg_scan *scan, uint64_t integer_digits, bool *real)
{
    const char *start = scan->at;
    const char *first = start + (*start == '-');
    const char *at = skip_digits(first);
    if (at == first)
        return fail_digit(scan, at);
    if (*first == '0' && at - first > 1)
        return dvg_scan_fail(scan, first + 1, DVG_E_INPUT, "leading zero");
    *real = *at == '.' || *at == 'e' || *at == 'E';
    if (*real) {
        at = scan_real(scan, at);
        if (at == NULL)
            return false;
    } else if ((uint64_t)(at - first) > integer_digits) {
        return dvg_scan_fail(scan, start, DVG_E_LIMIT,
                             "too many digits: the integer has %llu, at most %llu are read",
                             (unsigned long long)(at - first), (unsigned long long)integer_digits);
    }
    scan->at = at;
    return true;
}
