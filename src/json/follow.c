/*
 * follow: see follow.h. What is most frequent by far, with the reader's state in registers.
 */
#include "json/follow.h"
#include "base/bytes.h"

void dvg_reader_find_model(struct dvg_reader *r, struct dvg_level *level, uint64_t bit)
{
    size_t *shape = &r->shapes[__builtin_ctzll(bit)];
    size_t known = *shape;
    *shape = level->position + 1;
    if (known == 0)
        return;
    const dvg_cell *cells = r->document->cells;
    const dvg_cell *object = &cells[known - 1];
    if (dvg_cell_tag(*object) != DVG_TAG_OBJECT || dvg_cell_extent(*object) == 0 ||
        !dvg_text_same(dvg_cell_text(r->document, object[1]),
                       dvg_cell_text(r->document, r->next[-1])))
        return;
    r->like = known + 1;
    const dvg_cell *second = dvg_cell_after(&object[2]);
    if (second == dvg_cell_after(object))
        return;
    level->model = (size_t)(second - cells);
    level->model_end = (size_t)(dvg_cell_after(object) - cells);
}

/* Behind a string without an escape or behind an integer that starts at `at`; NULL: it is something
 * else, or wrong, and the reader has to say what. */
static inline const char *pass_scalar(const char *at, size_t digits_most, enum dvg_tag *tag)
{
    if (*at == '"') {
        *tag = DVG_TAG_STRING;
        at = dvg_scan_skip_plain(at + 1);
        return *at == '"' ? at + 1 : NULL;
    }
    *tag = DVG_TAG_INTEGER;
    const char *first = at + (*at == '-');
    const char *last = first;
    while ((unsigned)(*last - '0') < 10)
        last++;
    size_t digits = (size_t)(last - first);
    bool plain = digits > 0 && digits <= digits_most && (*first != '0' || digits == 1) &&
                 *last != '.' && (*last | 0x20) != 'e';
    return plain ? last : NULL;
}

/* To the quote of the next member's name: behind the opening brace, or behind a comma. NULL: there
 * is none. */
static inline const char *pass_comma(const char *at, bool first)
{
    if (!first && *at++ != ',')
        return NULL;
    if ((unsigned char)*at <= ' ')
        at = dvg_scan_space_run(at);
    return *at == '"' ? at : NULL;
}

/* Behind the colon that follows the name `name`, which is expected at the quote; NULL: it is not
 * there as it stands in the model. */
static inline const char *pass_name(const char *source, const char *end, dvg_cell name,
                                    const char *at)
{
    size_t size = dvg_cell_length(name);
    if (dvg_cell_tag(name) != DVG_TAG_STRING || size + 2 >= (size_t)(end - at) ||
        at[size + 1] != '"' || at[size + 2] != ':' ||
        !dvg_bytes_same(source + dvg_cell_offset(name), at + 1, size))
        return NULL;
    at += size + 3;
    return *at == ' ' ? at + 1 : at;
}

void dvg_reader_follow(struct dvg_reader *r, struct dvg_level *level)
{
    const char *text = r->scan.text;
    const char *at = r->scan.at;
    dvg_cell *next = r->next;
    const dvg_cell *model = r->document->cells + level->model;
    const dvg_cell *model_end = r->document->cells + level->model_end;
    enum dvg_tag tag = DVG_TAG_NULL;
    while (model < model_end && next + 2 <= r->limit) {
        const char *name = pass_comma(at, level->count == 0);
        const char *value = name == NULL ? NULL : pass_name(text, r->scan.end, *model, name);
        const char *behind = value == NULL ? NULL : pass_scalar(value, r->digits_most, &tag);
        size_t skip = tag == DVG_TAG_STRING;
        if (behind == NULL || (size_t)(behind - value) > DVG_CELL_LENGTH_MOST)
            break;
        *next++ =
            dvg_cell_near(DVG_TAG_STRING, (uint64_t)(name + 1 - text), dvg_cell_length(*model));
        *next++ = dvg_cell_near(tag, (uint64_t)(value - text) + skip,
                                (uint64_t)(behind - value) - 2 * skip);
        level->count++;
        model = dvg_cell_after(model + 1);
        at = behind;
    }
    level->followed = level->followed || r->next != next;
    r->scan.at = at;
    r->next = next;
    level->model = (size_t)(model - r->document->cells);
    if (model == model_end)
        level->model_end = 0;
}
