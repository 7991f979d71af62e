/*
 * difference: what a case found wrong, kept and put in words; see trial.h. Two texts are compared
 * by lines: what is alike at the beginning and at the end is left out.
 */
#include "script/trial.h"

#include <string.h>

enum { LINES_MOST = 8, LINE_SIZE = 240, MESSAGE_SIZE = 1024 };

dvg_status dvg_trial_fail(dvg_trial *trial, const char *file, uint64_t line, dvg_text message,
                          const char *detail, dvg_error *error)
{
    char text[MESSAGE_SIZE];
    trial->failure_count++;
    if (trial->failures_told == DVG_FAILURES_MOST)
        return DVG_OK;
    dvg_test_failure *failure = &trial->failures[trial->failures_told];
    dvg_line_escape(text, sizeof text, message.data, message.size);
    failure->message = dvg_arena_copy(&trial->arena, text, strlen(text));
    dvg_line_escape(text, sizeof text, file, strlen(file));
    failure->file = dvg_arena_copy(&trial->arena, text, strlen(text));
    failure->detail = dvg_arena_copy(&trial->arena, detail, strlen(detail));
    failure->line = line;
    if (failure->message == NULL || failure->file == NULL || failure->detail == NULL)
        return dvg_fail_memory(error);
    trial->failures_told++;
    return DVG_OK;
}

/* ---------------------------------------------------------------- lines */

/* Bytes of the line at the beginning of the text, its newline included. */
static size_t line_size(dvg_text text)
{
    const char *end = text.size == 0 ? NULL : memchr(text.data, '\n', text.size);
    return end == NULL ? text.size : (size_t)(end - text.data) + 1;
}

static void drop_first(dvg_text *text, size_t size)
{
    text->data += size;
    text->size -= size;
}

/* Take common lines off the beginnings. Returns how many. */
static uint64_t drop_common_start(dvg_text *a, dvg_text *b)
{
    uint64_t lines = 0;
    for (;;) {
        size_t size = line_size(*a);
        if (size == 0 || size != line_size(*b) || memcmp(a->data, b->data, size) != 0)
            return lines;
        drop_first(a, size);
        drop_first(b, size);
        lines++;
    }
}

/* Take common whole lines off the ends: both texts are cut behind a newline. */
static void drop_common_end(dvg_text *a, dvg_text *b)
{
    size_t same = 0;
    size_t cut = 0;
    while (same < a->size && same < b->size &&
           a->data[a->size - 1 - same] == b->data[b->size - 1 - same]) {
        if (a->data[a->size - 1 - same] == '\n')
            cut = same;
        same++;
    }
    bool whole_a = same == a->size || a->data[a->size - 1 - same] == '\n';
    bool whole_b = same == b->size || b->data[b->size - 1 - same] == '\n';
    if (whole_a && whole_b)
        cut = same;
    a->size -= cut;
    b->size -= cut;
}

static void write_line(dvg_buffer *out, char mark, dvg_text line)
{
    char shown[LINE_SIZE];
    bool ended = line.size > 0 && line.data[line.size - 1] == '\n';
    dvg_line_escape(shown, sizeof shown, line.data, line.size - (ended ? 1 : 0));
    dvg_buffer_add_byte(out, mark);
    dvg_buffer_add_byte(out, ' ');
    dvg_buffer_add_text(out, shown);
    dvg_buffer_add_text(out, ended ? "\n" : " (no newline at the end)\n");
}

static void write_lines(dvg_buffer *out, char mark, dvg_text text)
{
    uint64_t left = 0;
    for (uint64_t shown = 0; text.size > 0; shown++) {
        dvg_text line = {text.data, line_size(text)};
        drop_first(&text, line.size);
        if (shown < LINES_MOST)
            write_line(out, mark, line);
        else
            left++;
    }
    if (left == 0)
        return;
    dvg_buffer_add_byte(out, mark);
    dvg_buffer_add_text(out, " ... ");
    dvg_buffer_add_u64(out, left);
    dvg_buffer_add_text(out, left == 1 ? " more line\n" : " more lines\n");
}

void dvg_trial_difference(dvg_buffer *out, dvg_text expected, dvg_text got)
{
    uint64_t line = 1 + drop_common_start(&expected, &got);
    drop_common_end(&expected, &got);
    dvg_buffer_add_text(out, "from line ");
    dvg_buffer_add_u64(out, line);
    dvg_buffer_add_text(out, " on (- expected, + got):\n");
    write_lines(out, '-', expected);
    write_lines(out, '+', got);
}
