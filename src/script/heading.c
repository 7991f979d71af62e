/*
 * heading: see heading.h. Only lines that begin with two dashes are a heading; a long comment is
 * taken up to its end.
 */
#include "script/heading.h"

#include <string.h>

/* The text that is left. */
struct rest {
    const char *at;
    const char *end;
};

static bool take(struct rest *rest, const char *text)
{
    size_t size = strlen(text);
    if ((size_t)(rest->end - rest->at) < size || memcmp(rest->at, text, size) != 0)
        return false;
    rest->at += size;
    return true;
}

/* The next line without its end, spaces there, and the one space that follows the dashes. */
static dvg_text next_line(struct rest *rest)
{
    const char *end = memchr(rest->at, '\n', (size_t)(rest->end - rest->at));
    dvg_text line = {rest->at, (size_t)((end == NULL ? rest->end : end) - rest->at)};
    rest->at = end == NULL ? rest->end : end + 1;
    while (line.size > 0 && strchr(" \t\r", line.data[line.size - 1]) != NULL)
        line.size--;
    if (line.size > 0 && line.data[0] == ' ') {
        line.data++;
        line.size--;
    }
    return line;
}

static void add_line(dvg_buffer *out, dvg_text line)
{
    dvg_buffer_add(out, line.data, line.size);
    dvg_buffer_add_byte(out, '\n');
}

/* "--[[ ... ]]" */
static void add_long(dvg_buffer *out, struct rest rest)
{
    while (rest.at < rest.end) {
        dvg_text line = next_line(&rest);
        const char *close = NULL;
        for (size_t i = 0; i + 1 < line.size && close == NULL; i++)
            if (line.data[i] == ']' && line.data[i + 1] == ']')
                close = line.data + i;
        if (close != NULL)
            line.size = (size_t)(close - line.data);
        if (line.size > 0 || close == NULL)
            add_line(out, line);
        if (close != NULL)
            return;
    }
}

void dvg_heading_add(dvg_buffer *out, const dvg_source *source)
{
    struct rest rest = {source->text, source->text + source->size};
    if (rest.at < rest.end && *rest.at == '#')
        (void)next_line(&rest); /* "#!" */
    if (take(&rest, "--[[")) {
        add_long(out, rest);
        return;
    }
    while (take(&rest, "--"))
        add_line(out, next_line(&rest));
}

/* Where the first sentence ends: at a full stop before a space, at an empty line. */
static size_t sentence_size(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        bool last = i + 1 >= size || text[i + 1] == ' ' || text[i + 1] == '\n';
        if (text[i] == '.' && last)
            return i;
        if (text[i] == '\n' && last && (i + 1 >= size || text[i + 1] == '\n'))
            return i;
    }
    return size;
}

void dvg_heading_add_sentence(dvg_buffer *out, const dvg_source *source)
{
    dvg_buffer whole;
    dvg_buffer_init(&whole, &out->allocator);
    dvg_heading_add(&whole, source);
    size_t size = whole.failed ? 0 : sentence_size(whole.data, whole.size);
    for (size_t i = 0; i < size; i++) {
        bool space = whole.data[i] == '\n' || whole.data[i] == ' ' || whole.data[i] == '\t';
        if (!space || (i > 0 && out->size > 0 && out->data[out->size - 1] != ' '))
            dvg_buffer_add_byte(out, space ? ' ' : whole.data[i]);
    }
    out->failed = out->failed || whole.failed;
    dvg_buffer_clear(&whole);
}
