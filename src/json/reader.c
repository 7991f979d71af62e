/*
 * reader: see reader.h. One pass over the text; open containers stand on a stack of their own.
 * The text ends with a NUL byte that is not part of it, so that every scan stops by itself.
 */
#include "json/reader.h"
#include "base/bytes.h"
#include "json/follow.h"
#include "os/map.h"

#include <string.h>

enum { CELLS_AHEAD = 1 << 14 };

static bool out_of_memory(struct dvg_reader *r) { return dvg_scan_fail_memory(&r->scan); }

static inline size_t position_of(const struct dvg_reader *r)
{
    return (size_t)(r->next - r->document->cells);
}

/* The document's own count is kept up to date only where somebody else looks at it: a counter
 * that is stored with every cell would be loaded again with every cell. */
static void tell_document(struct dvg_reader *r) { r->document->cell_count = position_of(r); }

static void ask_document(struct dvg_reader *r)
{
    r->next = r->document->cells + r->document->cell_count;
    if (r->cells != r->document->cells || r->next > r->limit)
        r->limit = r->next;
    r->cells = r->document->cells;
}

/* Go on within the room that there is. Its pages are asked for some at a time, shortly before they
 * are needed: a fault for each costs twice as much, and pages that no cell comes to cost memory. */
static bool widen(struct dvg_reader *r)
{
    size_t left = (size_t)(r->document->cells + r->document->cell_capacity - r->limit);
    size_t step = left < CELLS_AHEAD ? left : CELLS_AHEAD;
    if (left >= CELLS_AHEAD)
        dvg_map_expect(r->limit, step * sizeof *r->limit);
    r->limit += step;
    return step > 0;
}

static bool add_cell_growing(struct dvg_reader *r, dvg_cell cell)
{
    if (widen(r)) {
        *r->next++ = cell;
        return true;
    }
    tell_document(r);
    bool done = dvg_cell_add(r->document, cell);
    ask_document(r);
    return done || out_of_memory(r);
}

static inline bool add_cell(struct dvg_reader *r, dvg_cell cell)
{
    if (r->next == r->limit)
        return add_cell_growing(r, cell);
    *r->next++ = cell;
    return true;
}

static bool add_long_span(struct dvg_reader *r, enum dvg_tag tag, bool pooled, size_t offset,
                          size_t size)
{
    tell_document(r);
    bool done = dvg_cell_add_span(r->document, tag, pooled, offset, size);
    ask_document(r);
    return done || out_of_memory(r);
}

static inline bool add_span(struct dvg_reader *r, enum dvg_tag tag, const char *start, size_t size)
{
    size_t offset = (size_t)(start - r->scan.text);
    if (size <= DVG_CELL_LENGTH_MOST && offset <= DVG_CELL_OFFSET_MOST)
        return add_cell(r, dvg_cell_near(tag, offset, size));
    return add_long_span(r, tag, false, offset, size);
}

/* The string at the opening quote. Most need no decoding and stay in the source. */
static inline bool read_string(struct dvg_reader *r)
{
    const char *start = ++r->scan.at;
    if (!dvg_scan_plain(&r->scan))
        return false;
    if (*r->scan.at == '"')
        return add_span(r, DVG_TAG_STRING, start, (size_t)(r->scan.at++ - start));
    size_t offset = dvg_pool_begin(r->document, (uint64_t)(start - r->scan.text));
    if (!dvg_scan_decode(&r->scan, start, &r->document->pool))
        return r->document->pool.failed ? out_of_memory(r) : false;
    return add_long_span(r, DVG_TAG_STRING, true, offset, r->document->pool.size - offset);
}

static inline bool read_number(struct dvg_reader *r)
{
    const char *start = r->scan.at;
    bool real = false;
    if (!dvg_scan_number(&r->scan, r->reading->integer_digits, &real))
        return false;
    return add_span(r, real ? DVG_TAG_REAL : DVG_TAG_INTEGER, start, (size_t)(r->scan.at - start));
}

static bool read_nonfinite(struct dvg_reader *r, const char *word, size_t size)
{
    if (strncmp(r->scan.at, word, size) != 0)
        return dvg_scan_fail(&r->scan, r->scan.at, DVG_E_INPUT, "invalid literal");
    if (!r->reading->nonfinite)
        return dvg_scan_fail(&r->scan, r->scan.at, DVG_E_INPUT, "non-finite number: %s is not JSON",
                             word);
    const char *start = r->scan.at;
    r->scan.at += size;
    r->document->nonfinite = true;
    return add_span(r, DVG_TAG_REAL, start, size);
}

static bool read_word(struct dvg_reader *r)
{
    static const struct {
        const char *text;
        size_t size;
        enum dvg_tag tag;
    } words[] = {{"null", 4, DVG_TAG_NULL}, {"true", 4, DVG_TAG_TRUE}, {"false", 5, DVG_TAG_FALSE}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (*r->scan.at != words[i].text[0])
            continue;
        if (strncmp(r->scan.at, words[i].text, words[i].size) != 0)
            return dvg_scan_fail(&r->scan, r->scan.at, DVG_E_INPUT, "invalid literal");
        r->scan.at += words[i].size;
        return add_cell(r, (dvg_cell)words[i].tag);
    }
    if (*r->scan.at == 'N')
        return read_nonfinite(r, "NaN", 3);
    if (*r->scan.at == 'I')
        return read_nonfinite(r, "Infinity", 8);
    return dvg_scan_fail_token(&r->scan, "value expected");
}

static bool open_container(struct dvg_reader *r, enum dvg_tag tag)
{
    if (r->depth == r->reading->depth)
        return dvg_scan_fail(&r->scan, r->scan.at, DVG_E_LIMIT,
                             "nested too deeply: more than %llu levels",
                             (unsigned long long)r->reading->depth);
    void *levels = r->levels;
    if (!dvg_grow(&r->document->allocator, &levels, &r->level_capacity, r->depth + 1,
                  sizeof *r->levels))
        return out_of_memory(r);
    r->levels = levels;
    dvg_reader_open(r, tag, position_of(r));
    r->scan.at++;
    return add_cell(r, (dvg_cell)tag);
}

/* Look for repeated names in the object of a level, where there may be some. */
static bool check_names(struct dvg_reader *r, const struct dvg_level *level)
{
    if (!level->suspect)
        return true;
    const dvg_cell *repeated = NULL;
    if (!dvg_repeats_check(&r->repeats, r->document, level->position, level->count, &repeated))
        return out_of_memory(r);
    if (repeated == NULL || r->reading->duplicates != DVG_DUPLICATES_REFUSE)
        return true;
    dvg_text name = dvg_cell_text(r->document, *repeated);
    uint64_t byte = dvg_cell_source_byte(r->document, *repeated);
    return dvg_scan_fail(&r->scan, r->scan.text + byte - 1, DVG_E_INPUT,
                         "repeated member name \"%.*s\"", name.size > 200 ? 200 : (int)name.size,
                         name.data);
}

static bool close_container(struct dvg_reader *r)
{
    const struct dvg_level *level = &r->levels[--r->depth];
    r->scan.at++;
    tell_document(r);
    if (!dvg_document_close(r->document, level->position, level->count))
        return dvg_scan_fail(&r->scan, r->scan.at - 1, DVG_E_LIMIT, "too many values");
    if (!check_names(r, level))
        return false;
    bool plain = dvg_cell_tag(r->document->cells[level->position]) == DVG_TAG_OBJECT;
    return !plain || !r->follow || dvg_reader_learn(r, level) || out_of_memory(r);
}

/* The value at hand; a container is only opened. */
static inline bool begin_value(struct dvg_reader *r)
{
    switch (*r->scan.at) {
    case '"':
        return read_string(r);
    case '{':
        return open_container(r, DVG_TAG_OBJECT);
    case '[':
        return open_container(r, DVG_TAG_ARRAY);
    case '-':
        if (r->scan.at[1] == 'I')
            return read_nonfinite(r, "-Infinity", 9);
        return read_number(r);
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return read_number(r);
    default:
        return read_word(r);
    }
}

/* What follows an element or a member: true with `*closed` if the container ended there. */
static inline bool next_or_close(struct dvg_reader *r, struct dvg_level *level, char bracket,
                                 bool *closed)
{
    /* By far the most frequent: a comma with the next value right behind it. */
    if (r->scan.at[0] == ',' && r->scan.at[1] > ' ' && r->scan.at[1] != bracket &&
        level->count > 0) {
        r->scan.at++;
        *closed = false;
        return true;
    }
    dvg_scan_space(&r->scan);
    *closed = *r->scan.at == bracket;
    if (*closed)
        return close_container(r);
    if (level->count == 0)
        return true;
    if (*r->scan.at != ',')
        return dvg_scan_fail_token(&r->scan,
                                   bracket == ']' ? "comma or ] expected" : "comma or } expected");
    r->scan.at++;
    dvg_scan_space(&r->scan);
    if (*r->scan.at == bracket)
        return dvg_scan_fail(&r->scan, r->scan.at, DVG_E_INPUT, "trailing comma");
    return true;
}

static inline bool read_element(struct dvg_reader *r)
{
    bool closed;
    struct dvg_level *level = &r->levels[r->depth - 1];
    if (!next_or_close(r, level, ']', &closed))
        return false;
    if (closed)
        return true;
    level->count++;
    return begin_value(r);
}

/* Remember the name that was just read. */
static inline void note_name(struct dvg_reader *r, struct dvg_level *level)
{
    dvg_cell name = r->next[-1];
    if (dvg_cell_tag(name) == DVG_TAG_STRING)
        r->special |=
            dvg_path_special_padded(r->scan.text + dvg_cell_offset(name), dvg_cell_length(name));
    else
        r->special = 1;
    uint64_t bit = dvg_repeats_bit(dvg_repeats_sketch(r->document, name));
    /* Names that were taken as parts of a shape are not among the bits. */
    level->suspect = level->suspect || level->followed || (level->seen & bit) != 0;
    level->seen |= bit;
}

static inline bool read_member(struct dvg_reader *r)
{
    bool closed;
    struct dvg_level *level = &r->levels[r->depth - 1];
    if (!next_or_close(r, level, '}', &closed))
        return false;
    if (closed)
        return true;
    if (*r->scan.at != '"')
        return dvg_scan_fail_token(&r->scan, "member name expected");
    if (!read_string(r))
        return false;
    note_name(r, level);
    dvg_scan_space(&r->scan);
    if (*r->scan.at != ':')
        return dvg_scan_fail_token(&r->scan, "colon expected");
    r->scan.at++;
    dvg_scan_space(&r->scan);
    level->count++;
    return begin_value(r);
}

/* What comes next within a container. */
static bool read_next(struct dvg_reader *r)
{
    if (r->follow && dvg_reader_follow(r)) {
        dvg_scan_space(&r->scan);
        return begin_value(r);
    }
    return r->depth == 0 || (r->levels[r->depth - 1].array ? read_element(r) : read_member(r));
}

static bool read_all(struct dvg_reader *r)
{
    dvg_scan_space(&r->scan);
    if (r->scan.at == r->scan.end)
        return dvg_scan_fail(&r->scan, r->scan.end, DVG_E_INPUT, "empty document");
    if (!begin_value(r))
        return false;
    while (r->depth > 0) {
        if (!read_next(r))
            return false;
    }
    dvg_scan_space(&r->scan);
    if (r->scan.at != r->scan.end)
        return dvg_scan_fail(&r->scan, r->scan.at, DVG_E_INPUT, "text after the document");
    return true;
}

static bool starts_with_mark(struct dvg_reader *r)
{
    if (r->scan.end - r->scan.text < 3 || memcmp(r->scan.text, "\xef\xbb\xbf", 3) != 0)
        return false;
    dvg_scan_fail(&r->scan, r->scan.text, DVG_E_INPUT,
                  "the text begins with a byte order mark (U+FEFF)");
    return true;
}

void dvg_reading_init(dvg_reading *reading)
{
    memset(reading, 0, sizeof *reading);
    reading->depth = 10000;
    reading->integer_digits = 4300;
}

/* One cell for eight bytes of text is more than most documents need; what is not touched costs
 * nothing, and what is left over is given back at the end. */
static bool reserve_cells(dvg_document *document, size_t size)
{
    void *cells = document->cells;
    bool done = dvg_grow(&document->allocator, &cells, &document->cell_capacity, size / 8 + 8,
                         sizeof(dvg_cell));
    document->cells = cells;
    return done;
}

static void give_back(dvg_document *document)
{
    size_t size = document->cell_count * sizeof(dvg_cell);
    void *cells = dvg_reallocate(&document->allocator, document->cells,
                                 document->cell_capacity * sizeof(dvg_cell), size);
    if (cells == NULL)
        return;
    document->cells = cells;
    document->cell_capacity = document->cell_count;
}

/* Leave the document as it was before, but for its source. */
static void forget(dvg_document *document)
{
    dvg_document kept = *document;
    document->owns_source = false;
    dvg_document_clear(document);
    document->source = kept.source;
    document->source_size = kept.source_size;
    document->source_capacity = kept.source_capacity;
    document->owns_source = kept.owns_source;
}

dvg_status dvg_json_check_object(const dvg_document *document, const char *name, dvg_error *error)
{
    struct dvg_scan scan;
    dvg_type type = dvg_value_type(dvg_document_root(document));
    if (type == DVG_OBJECT)
        return DVG_OK;
    dvg_scan_init(&scan, document->source, document->source_size, name, error);
    dvg_scan_fail(&scan, dvg_scan_first(&scan), DVG_E_INPUT, "the root must be an object, not %s",
                  dvg_type_name(type));
    return scan.status;
}

dvg_status dvg_json_read(dvg_document *document, const char *text, size_t size, const char *name,
                         const dvg_reading *reading, dvg_error *error)
{
    struct dvg_reader r;
    memset(&r, 0, sizeof r);
    dvg_scan_init(&r.scan, text, size, name, error);
    r.document = document;
    r.reading = reading;
    r.digits_most = reading->integer_digits < 18 ? (size_t)reading->integer_digits : 18;
    r.follow = size <= DVG_CELL_OFFSET_MOST;
    dvg_repeats_init(&r.repeats, &document->allocator, &reading->seed);
    document->source = text;
    document->source_size = size;
    bool done = reserve_cells(document, size) || out_of_memory(&r);
    ask_document(&r);
    done = done && !starts_with_mark(&r) && read_all(&r);
    tell_document(&r);
    if (done && reading->root_object) {
        r.scan.status = dvg_json_check_object(document, name, error);
        done = r.scan.status == DVG_OK;
    }
    if (done && document->repeated > 0 && reading->duplicates == DVG_DUPLICATES_LAST)
        done = dvg_repeats_drop(&r.repeats, document) || out_of_memory(&r);
    dvg_repeats_clear(&r.repeats);
    dvg_shapes_clear(&r.shapes, &document->allocator);
    dvg_release(&document->allocator, r.levels, r.level_capacity * sizeof *r.levels);
    document->plain_names = done && r.special == 0;
    if (done)
        give_back(document);
    else
        forget(document);
    return done ? DVG_OK : r.scan.status;
}
