/*
 * follow: see follow.h. What is most frequent by far, with the reader's state in registers.
 */
#include "json/follow.h"
#include "base/bytes.h"

#if defined(__GNUC__)
#define INLINE static inline __attribute__((always_inline))
#else
#define INLINE static inline
#endif

enum { GAP_MOST = 16 }; /* bytes between two children that are compared as a whole */

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

/* What is read goes on in registers: where the text is, where the next cell goes, and what does
 * not change meanwhile. */
struct hand {
    const char *at;
    dvg_cell *next;
    dvg_cell *cells;
    const char *source, *end;
    size_t digits_most;
};

/* ---- white space and commas */

INLINE const char *pass_space(const char *at)
{
    return (unsigned char)*at <= ' ' ? dvg_scan_space_run(at) : at;
}

/* To what follows in the container: a name, an element or its closing bracket. What stood between
 * two children is remembered, since it stands between most others, too. NULL: no comma where one
 * has to be. */
INLINE const char *pass_comma(struct dvg_level *level, const char *at, bool *closes)
{
    char bracket = level->array ? ']' : '}';
    *closes = false;
    if (level->count > 0 && level->gap > 0 && dvg_scan_same(at, level->between, level->gap) &&
        (unsigned char)at[level->gap] > ' ')
        return at + level->gap;
    const char *before = at;
    at = pass_space(at);
    *closes = *at == bracket;
    if (*closes || level->count == 0)
        return at;
    if (*at != ',')
        return NULL;
    at = pass_space(at + 1);
    level->between = before;
    level->gap = (size_t)(at - before) <= GAP_MOST ? (size_t)(at - before) : 0;
    return at;
}

/* ---- scalars */

/* Behind an integer; NULL: it is something else, or wrong, and the reader has to say what. */
INLINE const char *pass_integer(const char *at, size_t digits_most)
{
    const char *first = at + (*at == '-');
    const char *last = first;
    while ((unsigned)(*last - '0') < 10)
        last++;
    size_t digits = (size_t)(last - first);
    bool plain = digits > 0 && digits <= digits_most && (*first != '0' || digits == 1) &&
                 *last != '.' && (*last | 0x20) != 'e';
    return plain ? last : NULL;
}

INLINE const char *pass_literal(const char *at, enum dvg_tag *tag)
{
    if (memcmp(at, "true", 4) == 0)
        return *tag = DVG_TAG_TRUE, at + 4;
    if (memcmp(at, "null", 4) == 0)
        return *tag = DVG_TAG_NULL, at + 4;
    if (memcmp(at, "false", 5) == 0)
        return *tag = DVG_TAG_FALSE, at + 5;
    return NULL;
}

/* Take a scalar at `at` that needs no second look, into the cell at `next`. NULL: it is none. */
INLINE const char *take_scalar(const struct hand *hand, const char *at, dvg_cell *next)
{
    enum dvg_tag tag = DVG_TAG_STRING;
    const char *first = at;
    const char *behind;
    if (*at == '"') {
        first = at + 1;
        behind = dvg_scan_skip_plain(first);
        at = behind + 1;
        if (*behind != '"')
            return NULL;
    } else if ((unsigned char)*at < 'A') {
        tag = DVG_TAG_INTEGER;
        at = behind = pass_integer(at, hand->digits_most);
        if (behind == NULL)
            return NULL;
    } else {
        at = pass_literal(at, &tag);
        *next = (dvg_cell)tag;
        return at;
    }
    if ((size_t)(behind - first) > DVG_CELL_LENGTH_MOST)
        return NULL;
    *next = dvg_cell_near(tag, (uint64_t)(first - hand->source), (uint64_t)(behind - first));
    return at;
}

/* ---- names */

/* Behind the colon that follows the name at `at`, which has to be `name`; NULL: it is not there as
 * it stands in the model. */
INLINE const char *pass_name(const struct hand *hand, dvg_cell name, const char *at)
{
    size_t size = dvg_cell_length(name);
    if (dvg_cell_tag(name) != DVG_TAG_STRING || size + 2 >= (size_t)(hand->end - at) ||
        !dvg_scan_same(hand->source + dvg_cell_offset(name) - 1, at, size + 2) ||
        at[size + 2] != ':')
        return NULL;
    at += size + 3;
    return pass_space(*at == ' ' ? at + 1 : at);
}

/* The first name of an object, at `at`, that is not its model's may be that of another one: its
 * position, and the object at hand is known by that name from now on. SIZE_MAX: nobody has it. */
static size_t other_model(struct dvg_reader *r, size_t position, const char *at)
{
    const char *behind = *at == '"' ? dvg_scan_skip_plain(at + 1) : at;
    uint64_t size = (uint64_t)(behind - at) - 1;
    if (behind == at || *behind != '"' || size > DVG_CELL_LENGTH_MOST)
        return SIZE_MAX;
    dvg_cell name = dvg_cell_near(DVG_TAG_STRING, (uint64_t)(at + 1 - r->scan.text), size);
    uint64_t bit = dvg_repeats_bit(dvg_repeats_sketch(r->document, name));
    size_t *shape = &r->shapes[__builtin_ctzll(bit)];
    size_t known = *shape - 1;
    const dvg_cell *object = &r->document->cells[*shape == 0 ? 0 : known];
    if (*shape == 0 || dvg_cell_tag(*object) != DVG_TAG_OBJECT || dvg_cell_extent(*object) == 0 ||
        !dvg_text_same(dvg_cell_text(r->document, object[1]), dvg_cell_text(r->document, name)))
        return SIZE_MAX;
    *shape = position + 1;
    return known;
}

/* Behind the colon of the member at `at`, whose name is the one that the model has next; NULL: it
 * is another one. */
INLINE const char *pass_known_name(struct dvg_reader *r, const struct hand *hand,
                                   struct dvg_level *here, const char *at)
{
    const char *value = NULL;
    if (here->model_end != 0)
        value = pass_name(hand, hand->cells[here->model], at);
    if (value != NULL || here->count > 0)
        return value;
    size_t other = other_model(r, here->position, at);
    if (other == SIZE_MAX)
        return NULL;
    here->model = other + 1;
    here->model_end = (size_t)(dvg_cell_after(&hand->cells[other]) - hand->cells);
    return pass_name(hand, hand->cells[here->model], at);
}

/* ---- containers */

INLINE bool can_open(const struct dvg_reader *r, char byte)
{
    return (byte == '{' || byte == '[') && r->depth < r->level_capacity &&
           r->depth < r->reading->depth;
}

INLINE bool can_close(const struct dvg_level *here, const struct hand *hand)
{
    size_t extent = (size_t)(hand->next - hand->cells) - here->position - 1;
    return !here->suspect && extent <= DVG_CELL_EXTENT_MOST;
}

/* Open the container at hand, whose model is at `like`. */
static inline void open_level(struct dvg_reader *r, struct hand *hand, size_t like)
{
    enum dvg_tag tag = *hand->at++ == '{' ? DVG_TAG_OBJECT : DVG_TAG_ARRAY;
    dvg_reader_open(r, tag, (size_t)(hand->next - hand->cells), like);
    *hand->next++ = (dvg_cell)tag;
}

static inline void close_level(struct dvg_reader *r, const struct dvg_level *here,
                               struct hand *hand)
{
    dvg_cell *cell = hand->cells + here->position;
    *cell = dvg_cell_container(dvg_cell_tag(*cell), here->count, (uint64_t)(hand->next - cell) - 1);
    hand->at++;
    r->depth--;
}

/* How a run of children ended: one that the reader has to look at, a container that begins, or the
 * closing bracket. The hand is where the next child or the bracket is. */
enum end { END_ODD, END_OPENS, END_CLOSES };

/* Take the elements of an array. `*like` becomes the model of a container that begins. */
static inline enum end take_elements(const struct dvg_reader *r, struct hand *hand,
                                     struct dvg_level *here, size_t *like)
{
    while (hand->next < r->limit) {
        bool closes;
        const char *at = pass_comma(here, hand->at, &closes);
        if (at == NULL)
            return END_ODD;
        if (closes) {
            hand->at = at;
            return can_close(here, hand) ? END_CLOSES : END_ODD;
        }
        const char *behind = take_scalar(hand, at, hand->next);
        if (behind == NULL && !can_open(r, *at))
            return END_ODD;
        *like = here->model;
        here->model = (size_t)(hand->next - hand->cells);
        here->count++;
        hand->at = behind == NULL ? at : behind;
        if (behind == NULL)
            return END_OPENS;
        hand->next++;
    }
    return END_ODD;
}

/* Take the members of an object whose names are its model's, see take_elements. */
static inline enum end take_members(struct dvg_reader *r, struct hand *hand, struct dvg_level *here,
                                    size_t *like)
{
    while (hand->next + 2 <= r->limit) {
        bool closes;
        const char *at = pass_comma(here, hand->at, &closes);
        if (at == NULL)
            return END_ODD;
        if (closes) {
            hand->at = at;
            return can_close(here, hand) ? END_CLOSES : END_ODD;
        }
        const char *value = pass_known_name(r, hand, here, at);
        if (value == NULL)
            return END_ODD;
        const char *behind = take_scalar(hand, value, hand->next + 1);
        if (behind == NULL && !can_open(r, *value))
            return END_ODD;
        const dvg_cell *model = &hand->cells[here->model];
        *hand->next++ = dvg_cell_near(DVG_TAG_STRING, (uint64_t)(at + 1 - hand->source),
                                      dvg_cell_length(*model));
        *like = here->model + 1;
        here->model = (size_t)(dvg_cell_after(model + 1) - hand->cells);
        if (here->model == here->model_end)
            here->model_end = 0;
        here->count++;
        here->followed = true;
        hand->at = behind == NULL ? value : behind;
        if (behind == NULL)
            return END_OPENS;
        hand->next++;
    }
    return END_ODD;
}

void dvg_reader_follow(struct dvg_reader *r)
{
    struct hand hand = {r->scan.at,   r->next,     r->document->cells,
                        r->scan.text, r->scan.end, r->digits_most};
    enum end end = END_CLOSES;
    while (end != END_ODD && r->depth > 0) {
        size_t like = 0;
        struct dvg_level *level = &r->levels[r->depth - 1];
        struct dvg_level here = *level;
        end = here.array ? take_elements(r, &hand, &here, &like)
                         : take_members(r, &hand, &here, &like);
        *level = here;
        if (end == END_OPENS)
            open_level(r, &hand, like);
        else if (end == END_CLOSES)
            close_level(r, &here, &hand);
        if (hand.next == r->limit)
            break;
    }
    r->scan.at = hand.at;
    r->next = hand.next;
}
