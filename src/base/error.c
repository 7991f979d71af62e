/*
 * error: see error.h. Also the bodies of dvg_error_clear and dvg_error_format, which are pure
 * text work on the public struct.
 */
#include "base/error.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* A bounded line under construction; `need` goes on counting past the end. */
struct line {
    char *text;
    size_t room;
    size_t used;
    size_t need;
    size_t safe; /* the longest beginning behind which "..." still fits */
};

/* Pieces are whole characters, so nothing is cut inside. */
static void line_add(struct line *line, const char *piece, size_t size)
{
    line->need += size;
    if (line->used + size != line->need || line->need >= line->room)
        return;
    memcpy(line->text + line->used, piece, size);
    line->used += size;
    if (line->used + 4 <= line->room)
        line->safe = line->used;
}

static void line_end(struct line *line)
{
    if (line->need > line->used && line->room >= 4) {
        memcpy(line->text + line->safe, "...", 3);
        line->used = line->safe + 3;
    }
    line->text[line->used] = '\0';
}

/* Characters that would break or disturb a line on a terminal: C0, DEL, C1, line and paragraph
 * separators, marks that turn the direction of writing and others that have no width. */
static bool disturbs(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0xad || point == 0x61c ||
           (point >= 0x200b && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2060 && point <= 0x206f) || point == 0x180e || point == 0xfeff ||
           (point >= 0xfff9 && point <= 0xfffb) || (point >= 0xd800 && point <= 0xdfff) ||
           (point >= 0x1d173 && point <= 0x1d17a) || (point >= 0xe0000 && point <= 0xe007f);
}

static size_t escape_one(struct line *line, const char *data, size_t size)
{
    static const char hex[] = "0123456789abcdef";
    uint32_t point;
    size_t length = dvg_utf8_decode(data, size, &point);
    if (length > 1 && length < 4 && disturbs(point)) {
        char text[6] = {
            '\\',           'u', hex[point >> 12 & 15], hex[point >> 8 & 15], hex[point >> 4 & 15],
            hex[point & 15]};
        line_add(line, text, sizeof text);
    } else if (length == 0 || disturbs(point)) {
        unsigned char byte = (unsigned char)data[0];
        char text[4] = {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
        line_add(line, text, sizeof text);
        length = 1;
    } else {
        line_add(line, data, length);
    }
    return length;
}

size_t dvg_line_escape(char *text, size_t room, const char *data, size_t size)
{
    struct line line = {text, room, 0, 0, 0};
    for (size_t i = 0; i < size;)
        i += escape_one(&line, data + i, size - i);
    line_end(&line);
    return line.need;
}

static dvg_status fail(dvg_error *error, dvg_status status, const char *file, const char *format,
                       va_list arguments)
{
    if (error == NULL || error->status != DVG_OK)
        return status;
    char message[2 * DVG_ERROR_MESSAGE_SIZE];
    int length = vsnprintf(message, sizeof message, format, arguments);
    size_t size = length < 0 ? 0 : (size_t)length;
    if (size >= sizeof message)
        size = sizeof message - 1;
    error->status = status;
    error->line = error->column = error->byte = 0;
    error->detail[0] = '\0';
    error->file[0] = '\0';
    dvg_line_escape(error->message, sizeof error->message, message, size);
    if (file != NULL)
        dvg_error_set_file(error, file);
    return status;
}

dvg_status dvg_fail(dvg_error *error, dvg_status status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(error, status, NULL, format, arguments);
    va_end(arguments);
    return status;
}

dvg_status dvg_fail_file(dvg_error *error, dvg_status status, const char *file, const char *format,
                         ...)
{
    va_list arguments;
    va_start(arguments, format);
    fail(error, status, file, format, arguments);
    va_end(arguments);
    return status;
}

dvg_status dvg_fail_at(dvg_error *error, dvg_status status, const char *file, uint64_t line,
                       uint64_t column, uint64_t byte, const char *format, ...)
{
    if (error != NULL && error->status != DVG_OK)
        return status;
    va_list arguments;
    va_start(arguments, format);
    fail(error, status, file, format, arguments);
    va_end(arguments);
    if (error != NULL) {
        error->line = line;
        error->column = column;
        error->byte = byte;
    }
    return status;
}

dvg_status dvg_fail_memory(dvg_error *error)
{
    return dvg_fail(error, DVG_E_MEMORY, "out of memory");
}

void dvg_error_set_file(dvg_error *error, const char *file)
{
    if (error != NULL && error->file[0] == '\0')
        dvg_line_escape(error->file, sizeof error->file, file, strlen(file));
}

void dvg_error_clear(dvg_error *error)
{
    if (error == NULL)
        return;
    error->status = DVG_OK;
    error->line = error->column = error->byte = 0;
    error->file[0] = error->message[0] = error->detail[0] = '\0';
}

size_t dvg_error_format(const dvg_error *error, char *text, size_t size)
{
    char place[64] = "";
    if (error->line > 0 && error->column > 0)
        snprintf(place, sizeof place, "%llu:%llu:", (unsigned long long)error->line,
                 (unsigned long long)error->column);
    else if (error->line > 0)
        snprintf(place, sizeof place, "%llu:", (unsigned long long)error->line);
    char where[32] = "";
    if (error->column > 0)
        snprintf(where, sizeof where, " (byte %llu)", (unsigned long long)error->byte);
    bool placed = error->file[0] != '\0' || place[0] != '\0';
    int length =
        snprintf(text, size, "%s%s%s%s%s%s", error->file, error->file[0] != '\0' ? ":" : "", place,
                 placed ? " " : "", error->message, where);
    return length < 0 ? 0 : (size_t)length;
}
