/*
 * builder: documents that a host makes from its own state, value by value.
 * Answers for what may follow what, and for the first thing that was wrong: it is kept, and told
 * when the document is asked for. How values are stored is value/document.h's business.
 * Invariant: the cells of an unfinished document are those of the open levels and what is in them.
 */
#include "api/context.h"
#include "base/utf8.h"
#include "json/scan.h"
#include "os/file.h"
#include "value/repeats.h"
#include "value/shortest.h"

#include <math.h>
#include <string.h>

enum { LEVELS_MOST = 10000, DIGITS_MOST = 4300, INTEGER_ROOM = 24 };

/* A container that is open. */
struct open_level {
    size_t position; /* of its cell */
    size_t name;     /* cell of the name given last; an object's only */
    uint64_t count;
    bool object;
    bool named; /* a name waits for its value */
};

struct dvg_builder {
    dvg_allocator allocator;
    dvg_document *document; /* NULL: nothing was added */
    struct open_level *levels;
    size_t depth;
    size_t capacity;
    dvg_seed seed;
    dvg_repeats repeats;
    dvg_status status; /* of the first failure */
    dvg_error error;
};

/* ---------------------------------------------------------------- what is wrong */

static void add_place(const dvg_builder *builder, dvg_buffer *path)
{
    for (size_t i = 0; i < builder->depth; i++) {
        const struct open_level *level = &builder->levels[i];
        if (!level->object) {
            dvg_buffer_add_byte(path, '[');
            dvg_buffer_add_u64(path, level->count);
            dvg_buffer_add_byte(path, ']');
        } else if (level->count > 0 || level->named) {
            dvg_text name = dvg_cell_text(builder->document, builder->document->cells[level->name]);
            if (path->size > 0)
                dvg_buffer_add_byte(path, '.');
            dvg_buffer_add(path, name.data, name.size);
        }
    }
}

static dvg_status refuse(dvg_builder *builder, dvg_status status, const char *what)
{
    dvg_buffer path;
    dvg_buffer_init(&path, &builder->allocator);
    add_place(builder, &path);
    const char *place = path.size > 0 ? dvg_buffer_string(&path) : "the root";
    dvg_error_clear(&builder->error);
    dvg_fail(&builder->error, status, "document: %s, at %.600s", what,
             place != NULL ? place : "a place");
    dvg_buffer_clear(&path);
    builder->status = status;
    return status;
}

static dvg_status refuse_memory(dvg_builder *builder)
{
    dvg_error_clear(&builder->error);
    builder->status = dvg_fail_memory(&builder->error);
    return builder->status;
}

/* DVG_OK, or what was wrong before; makes the document when the first value comes. */
static dvg_status begin(dvg_builder *builder)
{
    if (builder == NULL)
        return DVG_E_ARGUMENT;
    if (builder->status != DVG_OK || builder->document != NULL)
        return builder->status;
    dvg_document *made = dvg_allocate(&builder->allocator, sizeof *made);
    if (made == NULL)
        return refuse_memory(builder);
    dvg_document_init(made, &builder->allocator);
    builder->document = made;
    return DVG_OK;
}

/* May a value stand here? */
static dvg_status begin_value(dvg_builder *builder)
{
    dvg_status status = begin(builder);
    if (status != DVG_OK)
        return status;
    if (builder->depth == 0)
        return builder->document->cell_count == 0
                   ? DVG_OK
                   : refuse(builder, DVG_E_ARGUMENT, "a second root");
    const struct open_level *level = &builder->levels[builder->depth - 1];
    return level->named || !level->object
               ? DVG_OK
               : refuse(builder, DVG_E_ARGUMENT, "a value without a name in an object");
}

/* A value was added, or failed to be. */
static dvg_status end_value(dvg_builder *builder, bool added)
{
    if (!added)
        return refuse_memory(builder);
    if (builder->depth > 0) {
        struct open_level *level = &builder->levels[builder->depth - 1];
        level->count++;
        level->named = false;
    }
    return DVG_OK;
}

/* ---------------------------------------------------------------- scalars */

static dvg_status add_literal(dvg_builder *builder, dvg_type type)
{
    dvg_status status = begin_value(builder);
    return status != DVG_OK ? status
                            : end_value(builder, dvg_document_add_literal(builder->document, type));
}

static dvg_status add_text(dvg_builder *builder, dvg_type type, const char *text, size_t size)
{
    return end_value(builder, dvg_document_add_text(builder->document, type, text, size));
}

dvg_status dvg_builder_add_null(dvg_builder *builder) { return add_literal(builder, DVG_NULL); }

dvg_status dvg_builder_add_boolean(dvg_builder *builder, bool value)
{
    return add_literal(builder, value ? DVG_TRUE : DVG_FALSE);
}

static dvg_status add_integer(dvg_builder *builder, uint64_t magnitude, bool negative)
{
    char text[INTEGER_ROOM];
    char *at = text + sizeof text;
    dvg_status status = begin_value(builder);
    if (status != DVG_OK)
        return status;
    do {
        *--at = (char)('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude > 0);
    if (negative)
        *--at = '-';
    return add_text(builder, DVG_INTEGER, at, (size_t)(text + sizeof text - at));
}

dvg_status dvg_builder_add_int64(dvg_builder *builder, int64_t value)
{
    uint64_t magnitude = value < 0 ? UINT64_C(0) - (uint64_t)value : (uint64_t)value;
    return add_integer(builder, magnitude, value < 0);
}

dvg_status dvg_builder_add_uint64(dvg_builder *builder, uint64_t value)
{
    return add_integer(builder, value, false);
}

dvg_status dvg_builder_add_real(dvg_builder *builder, double value)
{
    char text[DVG_DOUBLE_REPR_SIZE];
    dvg_status status = begin_value(builder);
    if (status != DVG_OK)
        return status;
    if (isfinite(value))
        return add_text(builder, DVG_REAL, text, dvg_double_repr(text, value));
    builder->document->nonfinite = true;
    const char *word = isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
    return add_text(builder, DVG_REAL, word, strlen(word));
}

/* Is it a number as the reader takes it, and nothing else? DVG_E_INPUT: it is not; DVG_E_LIMIT;
 * DVG_E_MEMORY: the scan needs some bytes behind the text, and so a copy of it. */
static dvg_status check_number(const dvg_builder *builder, const char *text, size_t size,
                               bool *real)
{
    static const char behind[DVG_FILE_PADDING];
    struct dvg_scan scan;
    dvg_buffer copy;
    dvg_buffer_init(&copy, &builder->allocator);
    dvg_buffer_add(&copy, text, size);
    dvg_buffer_add(&copy, behind, sizeof behind);
    dvg_status status = copy.failed ? DVG_E_MEMORY : DVG_OK;
    if (status == DVG_OK) {
        dvg_scan_init(&scan, copy.data, size, "number", NULL);
        if (!dvg_scan_number(&scan, DIGITS_MOST, real))
            status = scan.status;
        else if (scan.at != scan.end)
            status = DVG_E_INPUT;
    }
    dvg_buffer_clear(&copy);
    return status;
}

dvg_status dvg_builder_add_number(dvg_builder *builder, const char *text, size_t size)
{
    bool real = false;
    dvg_status status = begin_value(builder);
    if (status != DVG_OK)
        return status;
    if (text == NULL && size > 0)
        return refuse(builder, DVG_E_ARGUMENT, "no text");
    status = check_number(builder, text, size, &real);
    if (status == DVG_E_MEMORY)
        return refuse_memory(builder);
    if (status == DVG_E_LIMIT)
        return refuse(builder, DVG_E_LIMIT, "an integer of more than 4300 digits");
    if (status != DVG_OK)
        return refuse(builder, DVG_E_INPUT, "a text that is no number of JSON");
    return add_text(builder, real ? DVG_REAL : DVG_INTEGER, text, size);
}

/* ---------------------------------------------------------------- strings and names */

static dvg_status check_text(dvg_builder *builder, const char *text, size_t size)
{
    if (text == NULL && size > 0)
        return refuse(builder, DVG_E_ARGUMENT, "no text");
    if (!dvg_utf8_is_valid(text, size))
        return refuse(builder, DVG_E_INPUT, "a string or name that is not UTF-8");
    return DVG_OK;
}

dvg_status dvg_builder_add_string(dvg_builder *builder, const char *text, size_t size)
{
    dvg_status status = begin_value(builder);
    if (status == DVG_OK)
        status = check_text(builder, text, size);
    return status != DVG_OK ? status : add_text(builder, DVG_STRING, text, size);
}

dvg_status dvg_builder_name(dvg_builder *builder, const char *name, size_t size)
{
    dvg_status status = begin(builder);
    if (status != DVG_OK)
        return status;
    struct open_level *level = builder->depth > 0 ? &builder->levels[builder->depth - 1] : NULL;
    if (level == NULL || !level->object)
        return refuse(builder, DVG_E_ARGUMENT, "a name outside of an object");
    if (level->named)
        return refuse(builder, DVG_E_ARGUMENT, "a second name for one value");
    status = check_text(builder, name, size);
    if (status != DVG_OK)
        return status;
    size_t cell = builder->document->cell_count;
    if (!dvg_document_add_text(builder->document, DVG_STRING, name, size))
        return refuse_memory(builder);
    level->name = cell;
    level->named = true;
    return DVG_OK;
}

/* ---------------------------------------------------------------- containers */

static dvg_status open_level(dvg_builder *builder, bool object)
{
    dvg_status status = begin_value(builder);
    if (status != DVG_OK)
        return status;
    if (builder->depth == LEVELS_MOST)
        return refuse(builder, DVG_E_LIMIT, "more than 10000 levels");
    void *levels = builder->levels;
    if (!dvg_grow(&builder->allocator, &levels, &builder->capacity, builder->depth + 1,
                  sizeof *builder->levels))
        return refuse_memory(builder);
    builder->levels = levels;
    size_t position = dvg_document_open(builder->document, object ? DVG_OBJECT : DVG_ARRAY);
    if (position == SIZE_MAX)
        return refuse_memory(builder);
    builder->levels[builder->depth++] = (struct open_level){position, 0, 0, object, false};
    return DVG_OK;
}

static dvg_status close_level(dvg_builder *builder, bool object)
{
    const dvg_cell *repeated = NULL;
    dvg_status status = begin(builder);
    if (status != DVG_OK)
        return status;
    struct open_level *level = builder->depth > 0 ? &builder->levels[builder->depth - 1] : NULL;
    if (level == NULL || level->object != object)
        return refuse(builder, DVG_E_ARGUMENT,
                      object ? "no object is open here" : "no array is open here");
    if (level->named)
        return refuse(builder, DVG_E_ARGUMENT, "a name without a value");
    if (!dvg_document_close(builder->document, level->position, level->count))
        return refuse(builder, DVG_E_LIMIT, "too many values");
    if (object && !dvg_repeats_check(&builder->repeats, builder->document, level->position,
                                     level->count, &repeated))
        return refuse_memory(builder);
    builder->depth--;
    return end_value(builder, true);
}

dvg_status dvg_builder_open_array(dvg_builder *builder) { return open_level(builder, false); }

dvg_status dvg_builder_close_array(dvg_builder *builder) { return close_level(builder, false); }

dvg_status dvg_builder_open_object(dvg_builder *builder) { return open_level(builder, true); }

dvg_status dvg_builder_close_object(dvg_builder *builder) { return close_level(builder, true); }

/* ---------------------------------------------------------------- failures */

dvg_status dvg_builder_fail(dvg_builder *builder, const char *message)
{
    dvg_status status = begin(builder);
    if (status != DVG_OK)
        return status;
    return message != NULL ? refuse(builder, DVG_E_INPUT, message)
                           : refuse(builder, DVG_E_ARGUMENT, "a failure without a message");
}

dvg_status dvg_builder_status(const dvg_builder *builder)
{
    return builder != NULL ? builder->status : DVG_E_ARGUMENT;
}

/* ---------------------------------------------------------------- the whole */

dvg_status dvg_builder_new(dvg_builder **builder, const dvg_allocator *allocator, dvg_error *error)
{
    static const dvg_allocator standard = {NULL, NULL};
    dvg_status status = dvg_require(error, builder != NULL, "no place for the builder");
    if (status != DVG_OK)
        return status;
    *builder = NULL;
    dvg_allocator memory = dvg_allocator_or_default(allocator != NULL ? *allocator : standard);
    dvg_builder *made = dvg_allocate_zero(&memory, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    made->allocator = memory;
    /* Without a random seed look-ups are only as fast as the names allow. */
    if (!dvg_random_seed(made->seed.word))
        memset(&made->seed, 0, sizeof made->seed);
    dvg_repeats_init(&made->repeats, &made->allocator, &made->seed);
    *builder = made;
    return DVG_OK;
}

/* Forget what was added, and what was wrong with it. */
static void reset(dvg_builder *builder)
{
    dvg_document_free(builder->document);
    builder->document = NULL;
    builder->depth = 0;
    builder->status = DVG_OK;
}

void dvg_builder_free(dvg_builder *builder)
{
    if (builder == NULL)
        return;
    dvg_allocator allocator = builder->allocator;
    reset(builder);
    dvg_repeats_clear(&builder->repeats);
    dvg_release(&allocator, builder->levels, builder->capacity * sizeof *builder->levels);
    dvg_release(&allocator, builder, sizeof *builder);
}

dvg_status dvg_builder_finish(dvg_document **document, dvg_builder *builder, dvg_error *error)
{
    dvg_status status = dvg_require(error, document != NULL && builder != NULL,
                                    "no builder, or no place for the document");
    if (status != DVG_OK)
        return status;
    *document = NULL;
    if (builder->status == DVG_OK && builder->document == NULL)
        refuse(builder, DVG_E_ARGUMENT, "nothing was added");
    else if (builder->status == DVG_OK && builder->depth > 0)
        refuse(builder, DVG_E_ARGUMENT, "a container was not closed");
    status = builder->status;
    if (status == DVG_OK) {
        *document = builder->document;
        builder->document = NULL;
    } else if (error != NULL) {
        *error = builder->error;
    }
    reset(builder);
    return status;
}
