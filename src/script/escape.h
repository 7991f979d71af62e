/*
 * escape: foreign text made harmless for what shows it: a terminal, HTML, XML, Markdown.
 * Whatever the text holds, the result is one line of well-formed UTF-8 without control characters,
 * and nothing in it is markup. Characters that cannot be seen, or that change the order in which
 * others are shown, are written out: \n, \t, \u001b, \u202e, in two halves past U+FFFF as JSON
 * does; a byte that is no UTF-8 is \xNN.
 */
#ifndef DVG_SCRIPT_ESCAPE_H
#define DVG_SCRIPT_ESCAPE_H

#include "base/buffer.h"

#include <stdint.h>

typedef enum dvg_escape {
    DVG_ESCAPE_TERMINAL, /* what can be seen as it is, the rest written out */
    DVG_ESCAPE_HTML,     /* text or a quoted attribute of HTML */
    DVG_ESCAPE_XML,      /* text or a quoted attribute of XML; what XML can hold keeps its meaning,
                            as a character reference where it cannot be seen */
    DVG_ESCAPE_MARKDOWN, /* running text; as code where it holds what would become a link, since
                            nothing else stops the extensions that look for them */
    DVG_ESCAPE_CODE,     /* a code span with its backticks, also within a cell of a table */
    DVG_ESCAPE_COUNT
} dvg_escape;

/* Append the text. Lack of memory is the buffer's to remember. */
void dvg_escape_add(dvg_buffer *out, dvg_escape form, const char *text, size_t size);

/* Append the one character that `text` begins with, of `size` bytes at least 1, for a terminal.
 * Returns how many bytes it took; `*columns` is the room that it takes on the screen. */
size_t dvg_escape_one(dvg_buffer *out, const char *text, size_t size, size_t *columns);

/* Columns of a visible character: 2 for those of East Asia that are wide, else 1. */
size_t dvg_columns_of(uint32_t point);

#endif
