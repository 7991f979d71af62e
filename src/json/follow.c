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

/* What is read goes on in registers: where the text is, and where the next cell goes. */
struct hand {
    const char *at;
    dvg_cell *next;
};

/* Behind a string without an escape or an integer that starts at `at`; NULL: it is
 * something else, or wrong, and the reader has to say what. */
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

static inline const char *pass_space(const char *at)
{
    return (unsigned char)*at <= ' ' ? dvg_scan_space_run(at) : at;
}

/* Behind the colon that follows the name `name`, which is expected at `at`; NULL: it is not there
 * as it stands in the model. */
static inline const char *pass_name(const char *source, const char *end, dvg_cell name,
                                    const char *at)
{
    size_t size = dvg_cell_length(name);
    if (*at != '"' || dvg_cell_tag(name) != DVG_TAG_STRING || size + 2 >= (size_t)(end - at) ||
        at[size + 1] != '"' || at[size + 2] != ':' ||
        !dvg_bytes_same(source + dvg_cell_offset(name), at + 1, size))
        return NULL;
    at += size + 3;
    return pass_space(*at == ' ' ? at + 1 : at);
}

/* Take over the name at `at`, if it is the one that the model of the object has next, and step to
 * its value; `*like` becomes the value's model. */
static inline bool take_name(const struct dvg_reader *r, struct dvg_level *level, struct hand *hand,
                             size_t *like)
{
    const dvg_cell *cells = r->document->cells;
    if (level->model_end == 0)
        return false;
    const char *value = pass_name(r->scan.text, r->scan.end, cells[level->model], hand->at);
    if (value == NULL)
        return false;
    *hand->next++ = dvg_cell_near(DVG_TAG_STRING, (uint64_t)(hand->at + 1 - r->scan.text),
                                  dvg_cell_length(cells[level->model]));
    hand->at = value;
    *like = level->model + 1;
    return true;
}

/* Take a scalar that needs no second look. */
static inline bool take_scalar(const struct dvg_reader *r, struct hand *hand)
{
    enum dvg_tag tag;
    const char *behind = pass_scalar(hand->at, r->digits_most, &tag);
    if (behind == NULL || (size_t)(behind - hand->at) > DVG_CELL_LENGTH_MOST)
        return false;
    size_t quote = tag == DVG_TAG_STRING;
    *hand->next++ = dvg_cell_near(tag, (uint64_t)(hand->at - r->scan.text) + quote,
                                  (uint64_t)(behind - hand->at) - 2 * quote);
    hand->at = behind;
    return true;
}

/* Open the container at hand, whose model is at `like`, where no room has to be made for it. */
static inline bool open_level(struct dvg_reader *r, struct hand *hand, size_t like)
{
    enum dvg_tag tag = *hand->at == '{' ? DVG_TAG_OBJECT : DVG_TAG_ARRAY;
    if ((*hand->at != '{' && *hand->at != '[') || r->depth == r->level_capacity ||
        r->depth == r->reading->depth)
        return false;
    struct dvg_level *level = &r->levels[r->depth++];
    *level = (struct dvg_level){
        (size_t)(hand->next - r->document->cells), 0, 0, 0, 0, tag == DVG_TAG_ARRAY, false, false};
    dvg_reader_set_model(r, level, tag, like);
    *hand->next++ = (dvg_cell)tag;
    hand->at++;
    return true;
}

/* Close the container at whose bracket the text is, if nothing more has to be asked about it. */
static inline bool close_level(struct dvg_reader *r, const struct dvg_level *level,
                               struct hand *hand)
{
    dvg_cell *cell = r->document->cells + level->position;
    size_t extent = (size_t)(hand->next - cell) - 1;
    if (level->suspect || extent > DVG_CELL_EXTENT_MOST)
        return false;
    *cell = dvg_cell_container(dvg_cell_tag(*cell), level->count, extent);
    hand->at++;
    r->depth--;
    return true;
}

/* To what follows in the container: a name, an element or its closing bracket. False: no comma
 * where one has to be. */
static inline bool pass_comma(const struct dvg_level *level, struct hand *hand, bool *closes)
{
    char bracket = level->array ? ']' : '}';
    hand->at = pass_space(hand->at);
    *closes = *hand->at == bracket;
    if (*closes || level->count == 0)
        return true;
    if (*hand->at != ',')
        return false;
    hand->at = pass_space(hand->at + 1);
    return *hand->at != bracket;
}

/* One step: a member, an element, or the end of the container. False: nothing was done that
 * counts, and the reader goes on from where the hand was before. */
static inline bool step(struct dvg_reader *r, struct hand *hand)
{
    struct dvg_level *level = &r->levels[r->depth - 1];
    bool closes;
    size_t like = level->model;
    size_t position = (size_t)(hand->next - r->document->cells);
    if (!pass_comma(level, hand, &closes))
        return false;
    if (closes)
        return close_level(r, level, hand);
    if (!level->array && !take_name(r, level, hand, &like))
        return false;
    if (!take_scalar(r, hand) && !open_level(r, hand, like))
        return false;
    level->count++;
    if (level->array) {
        level->model = position;
        return true;
    }
    level->followed = true;
    level->model = (size_t)(dvg_cell_after(&r->document->cells[like]) - r->document->cells);
    if (level->model == level->model_end)
        level->model_end = 0;
    return true;
}

void dvg_reader_follow(struct dvg_reader *r)
{
    struct hand hand = {r->scan.at, r->next};
    struct hand before = hand;
    while (r->depth > 0 && hand.next + 2 <= r->limit && step(r, &hand))
        before = hand;
    r->scan.at = before.at;
    r->next = before.next;
}
