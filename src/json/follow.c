/*
 * follow: see follow.h. What is most frequent by far, with the reader's state in registers.
 */
#include "json/follow.h"

#if defined(__GNUC__)
#define INLINE static inline __attribute__((always_inline))
#else
#define INLINE static inline
#endif

enum {
    GAP_MOST = 16,  /* bytes between two elements that are compared as a whole */
    MISSES_MOST = 2 /* objects in a row that make a shape out of date */
};

bool dvg_reader_learn(struct dvg_reader *r, const struct dvg_level *level)
{
    const struct dvg_learnt learnt = {r->scan.text, &r->document->cells[level->position],
                                      level->count, r->scan.at};
    if (level->followed && ++r->shapes.shape[level->shape].missed < MISSES_MOST)
        return true;
    return dvg_shapes_learn(&r->shapes, &learnt, &r->document->allocator);
}

/* What is read goes on in registers: where the text is, where the next cell goes, and what does
 * not change meanwhile. */
struct hand {
    const char *at;
    dvg_cell *next;
    dvg_cell *cells, *limit;
    const char *source;
    size_t digits_most;
};

/* How a run of children ended: one that the reader has to look at, a member whose value it has to
 * read, a container that begins, or the closing bracket. The hand is where the next child or value
 * is, or behind the bracket. */
enum end { END_ODD, END_VALUE, END_OPENS, END_CLOSES };

/* ---- white space and commas */

/* To what follows in an array: an element or its closing bracket. What stood between two elements
 * is remembered, since it stands between most others, too. NULL: no comma where one has to be. */
INLINE const char *pass_comma(struct dvg_level *level, const char *at, bool *closes)
{
    *closes = false;
    if (level->count > 0 && level->gap > 0 && dvg_scan_same(at, level->between, level->gap) &&
        (unsigned char)at[level->gap] > ' ')
        return at + level->gap;
    const char *before = at;
    at = dvg_scan_pass_space(at);
    *closes = *at == ']';
    if (*closes || level->count == 0)
        return at;
    if (*at != ',')
        return NULL;
    at = dvg_scan_pass_space(at + 1);
    level->between = before;
    level->gap = (size_t)(at - before) <= GAP_MOST ? (size_t)(at - before) : 0;
    return at;
}

/* ---- scalars */

/* Behind the digits at `at`. */
INLINE const char *pass_digits(const char *at)
{
#if defined(__SSE2__)
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i digits = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
    __m128i small = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
    unsigned others = ~(unsigned)_mm_movemask_epi8(small) & 0xffff;
    if (others != 0)
        return at + __builtin_ctz(others);
    at += 16;
#endif
    while ((unsigned)(*at - '0') < 10)
        at++;
    return at;
}

/* Behind an integer; NULL: it is something else, or wrong, and the reader has to say what. */
INLINE const char *pass_integer(const char *at, size_t digits_most)
{
    const char *first = at + (*at == '-');
    const char *last = pass_digits(first);
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

INLINE bool is_opening(char byte) { return (byte | 0x20) == '{'; }

/* Is there a level for one more container? */
INLINE bool may_open(const struct dvg_reader *r)
{
    return r->depth < r->level_capacity && r->depth < r->reading->depth;
}

/* Take a value at `at` that needs no second look, into the cell at `next`: a scalar, or a container
 * without anything in it where one may begin. NULL: it is none. */
INLINE const char *take_value(const struct dvg_reader *r, const struct hand *hand, const char *at,
                              dvg_cell *next)
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
    } else if (is_opening(*at)) {
        *next = dvg_cell_container(*at == '{' ? DVG_TAG_OBJECT : DVG_TAG_ARRAY, 0, 0);
        return at[1] == at[0] + 2 && may_open(r) ? at + 2 : NULL;
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

/* ---- containers */

INLINE bool can_close(const struct dvg_level *level, const struct hand *hand)
{
    size_t extent = (size_t)(hand->next - hand->cells) - level->position - 1;
    return !level->suspect && extent <= DVG_CELL_EXTENT_MOST;
}

/* Open the container at hand. */
INLINE void open_level(struct dvg_reader *r, struct hand *hand)
{
    enum dvg_tag tag = *hand->at++ == '{' ? DVG_TAG_OBJECT : DVG_TAG_ARRAY;
    dvg_reader_open(r, tag, (size_t)(hand->next - hand->cells));
    *hand->next++ = (dvg_cell)tag;
}

INLINE void close_level(struct dvg_reader *r, const struct dvg_level *level,
                        const struct hand *hand)
{
    dvg_cell *cell = hand->cells + level->position;
    *cell =
        dvg_cell_container(dvg_cell_tag(*cell), level->count, (uint64_t)(hand->next - cell) - 1);
    r->depth--;
}

/* Take the elements of an array. */
INLINE enum end take_elements(const struct dvg_reader *r, struct hand *hand,
                              struct dvg_level *level)
{
    while (hand->next < hand->limit) {
        bool closes;
        const char *at = pass_comma(level, hand->at, &closes);
        if (at == NULL || (closes && !can_close(level, hand)))
            return END_ODD;
        if (closes) {
            hand->at = at + 1;
            return END_CLOSES;
        }
        const char *behind = take_value(r, hand, at, hand->next);
        if (behind == NULL && !(is_opening(*at) && may_open(r)))
            return END_ODD;
        level->count++;
        hand->at = behind == NULL ? at : behind;
        if (behind == NULL)
            return END_OPENS;
        hand->next++;
    }
    return END_ODD;
}

/* ---- objects */

INLINE bool stands(const struct hand *hand, const struct dvg_part *part)
{
    return dvg_scan_same(hand->source + part->text, hand->at, part->size);
}

/* The first part of the shape that the object has whose bracket has just been passed: that of the
 * last object on this level, or of one that begins with the same name. NULL: neither. */
INLINE const struct dvg_part *begin_shape(const struct dvg_shapes *shapes, const struct hand *hand,
                                          struct dvg_level *level)
{
    if (shapes->count == 0)
        return NULL;
    size_t last = level->shape < shapes->count ? level->shape : 0;
    const struct dvg_part *part = &shapes->parts[shapes->shape[last].first];
    level->generation = shapes->generation;
    level->shape = last;
    if (stands(hand, part))
        return part;
    level->shape = dvg_shapes_find(shapes, hand->at, last);
    part = &shapes->parts[shapes->shape[level->shape].first];
    return level->shape != last && stands(hand, part) ? part : NULL;
}

/* The part of the object's shape that stands at hand; NULL: it has none, or another one. */
INLINE const struct dvg_part *part_at_hand(const struct dvg_shapes *shapes, const struct hand *hand,
                                           struct dvg_level *level)
{
    if (level->part == 0)
        return level->count == 0 ? begin_shape(shapes, hand, level) : NULL;
    if (level->generation != shapes->generation)
        return NULL;
    const struct dvg_part *part = &shapes->parts[level->part - 1];
    return stands(hand, part) ? part : NULL;
}

/* Is there room for the cells of an object that has a shape? */
INLINE bool has_room(const struct hand *hand)
{
    return hand->limit - hand->next >= (ptrdiff_t)2 * (DVG_SHAPE_MEMBERS + 1);
}

/* Take the members of an object as its shape has them. */
INLINE enum end take_members(struct dvg_reader *r, struct hand *hand, struct dvg_level *level)
{
    const struct dvg_part *part = has_room(hand) ? part_at_hand(&r->shapes, hand, level) : NULL;
    uint64_t count = level->count;
    enum end end = END_ODD;
    while (part != NULL && part->name != 0) {
        *hand->next++ = part->name + ((uint64_t)(hand->at - hand->source) << 28);
        hand->at += part++->size;
        count++;
        const char *behind = take_value(r, hand, hand->at, hand->next);
        if (behind == NULL) {
            end = is_opening(*hand->at) && may_open(r) ? END_OPENS : END_VALUE;
            break;
        }
        hand->at = behind;
        hand->next++;
        if (!stands(hand, part))
            part = NULL;
    }
    level->followed = level->followed || count > level->count;
    level->count = count;
    if (end == END_ODD && part != NULL && part->name == 0 && can_close(level, hand)) {
        r->shapes.shape[level->shape].missed = 0;
        hand->at += part->size;
        return END_CLOSES;
    }
    level->part = end == END_ODD ? 0 : (size_t)(part - r->shapes.parts) + 1;
    return end;
}

bool dvg_reader_follow(struct dvg_reader *r)
{
    struct hand hand = {r->scan.at, r->next,      r->document->cells,
                        r->limit,   r->scan.text, r->digits_most};
    enum end end = END_CLOSES;
    while (end >= END_OPENS && r->depth > 0) {
        struct dvg_level *level = &r->levels[r->depth - 1];
        end = level->array ? take_elements(r, &hand, level) : take_members(r, &hand, level);
        if (end == END_OPENS)
            open_level(r, &hand);
        else if (end == END_CLOSES)
            close_level(r, level, &hand);
    }
    r->scan.at = hand.at;
    r->next = hand.next;
    return end == END_VALUE;
}
