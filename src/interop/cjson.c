/*
 * cjson: see cjson.h.
 */
#include "interop/cjson.h"
#include "base/utf8.h"
#include "os/file.h"
#include "value/repeats.h"
#include "value/shortest.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

static const double WHOLE_MOST = 9007199254740992.0; /* 2^53 */

/* A container whose items are being added. */
struct level {
    const cJSON *item; /* the one added last */
    const cJSON *next;
    size_t position; /* of the container's cell */
    uint64_t count;
    bool object;
};

struct builder {
    dvg_document *document;
    struct level *levels;
    size_t depth;
    size_t capacity;
    dvg_seed seed;
    dvg_repeats repeats;
    dvg_error *error;
};

/* ---- where something is wrong */

static void add_path(const struct builder *builder, dvg_buffer *path)
{
    for (size_t i = 0; i < builder->depth; i++) {
        const struct level *level = &builder->levels[i];
        if (!level->object) {
            dvg_buffer_add_byte(path, '[');
            dvg_buffer_add_u64(path, level->count - 1);
            dvg_buffer_add_byte(path, ']');
            continue;
        }
        if (path->size > 0)
            dvg_buffer_add_byte(path, '.');
        dvg_buffer_add_text(path, level->item->string != NULL ? level->item->string : "");
    }
}

static dvg_status refuse(const struct builder *builder, dvg_status status, const char *what)
{
    dvg_buffer path;
    dvg_buffer_init(&path, &builder->document->allocator);
    add_path(builder, &path);
    const char *place = builder->depth > 0 ? dvg_buffer_string(&path) : "the root";
    dvg_fail(builder->error, status, "cJSON tree: %s, at %.600s", what, place != NULL ? place : "");
    dvg_buffer_clear(&path);
    return status;
}

/* ---- scalars */

static dvg_status add_string(const struct builder *builder, const char *text)
{
    if (text == NULL)
        return refuse(builder, DVG_E_INPUT, "a string or name is missing");
    size_t size = strlen(text);
    if (!dvg_utf8_is_valid(text, size))
        return refuse(builder, DVG_E_INPUT, "a string or name is not UTF-8");
    return dvg_document_add_text(builder->document, DVG_STRING, text, size)
               ? DVG_OK
               : dvg_fail_memory(builder->error);
}

/* Up to 2^53 the shortest text of a whole number ends in ".0" and has no exponent. An infinity
 * may have been any number too large for a double. */
static bool add_number(dvg_document *document, double number)
{
    char text[DVG_DOUBLE_REPR_SIZE];
    size_t size = dvg_double_repr(text, number);
    if (isnan(number))
        return dvg_document_add_text(document, DVG_REAL, "NaN", 3);
    if (fabs(number) >= WHOLE_MOST)
        document->inexact++;
    if (isinf(number))
        return number > 0 ? dvg_document_add_text(document, DVG_REAL, "Infinity", 8)
                          : dvg_document_add_text(document, DVG_REAL, "-Infinity", 9);
    if (fabs(number) <= WHOLE_MOST && floor(number) == number)
        return dvg_document_add_text(document, DVG_INTEGER, text, size - 2);
    return dvg_document_add_text(document, DVG_REAL, text, size);
}

/* ---- the tree */

static dvg_status push(struct builder *builder, const cJSON *item, bool object)
{
    if (builder->depth == DVG_CJSON_LEVELS_MOST)
        return refuse(builder, DVG_E_LIMIT, "more than 10000 levels");
    void *levels = builder->levels;
    if (!dvg_grow(&builder->document->allocator, &levels, &builder->capacity, builder->depth + 1,
                  sizeof *builder->levels))
        return dvg_fail_memory(builder->error);
    builder->levels = levels;
    struct level *level = &builder->levels[builder->depth];
    *level = (struct level){NULL, item->child, 0, 0, object};
    level->position = dvg_document_open(builder->document, object ? DVG_OBJECT : DVG_ARRAY);
    if (level->position == SIZE_MAX)
        return dvg_fail_memory(builder->error);
    builder->depth++;
    return DVG_OK;
}

static dvg_status add_item(struct builder *builder, const cJSON *item)
{
    dvg_document *document = builder->document;
    bool added = true;
    switch (item->type & 0xff) {
    case cJSON_NULL:
        added = dvg_document_add_literal(document, DVG_NULL);
        break;
    case cJSON_False:
        added = dvg_document_add_literal(document, DVG_FALSE);
        break;
    case cJSON_True:
        added = dvg_document_add_literal(document, DVG_TRUE);
        break;
    case cJSON_Number:
        added = add_number(document, item->valuedouble);
        break;
    case cJSON_String:
        return add_string(builder, item->valuestring);
    case cJSON_Array:
        return push(builder, item, false);
    case cJSON_Object:
        return push(builder, item, true);
    case cJSON_Raw:
        return refuse(builder, DVG_E_INPUT, "raw JSON is not a value");
    default:
        return refuse(builder, DVG_E_INPUT, "an item has no type");
    }
    return added ? DVG_OK : dvg_fail_memory(builder->error);
}

/* Close every container that has no more items. */
static dvg_status close_finished(struct builder *builder)
{
    while (builder->depth > 0 && builder->levels[builder->depth - 1].next == NULL) {
        const struct level *level = &builder->levels[builder->depth - 1];
        const dvg_cell *repeated = NULL;
        if (!dvg_document_close(builder->document, level->position, level->count))
            return refuse(builder, DVG_E_LIMIT, "too many values");
        if (level->object && !dvg_repeats_check(&builder->repeats, builder->document,
                                                level->position, level->count, &repeated))
            return dvg_fail_memory(builder->error);
        builder->depth--;
    }
    return DVG_OK;
}

static dvg_status build(struct builder *builder, const cJSON *item)
{
    dvg_status status = add_item(builder, item);
    while (status == DVG_OK) {
        status = close_finished(builder);
        if (status != DVG_OK || builder->depth == 0)
            break;
        struct level *level = &builder->levels[builder->depth - 1];
        level->item = level->next;
        level->next = level->next->next;
        level->count++;
        item = level->item;
        if (level->object)
            status = add_string(builder, item->string);
        if (status == DVG_OK)
            status = add_item(builder, item);
    }
    return status;
}

dvg_status dvg_cjson_read(dvg_document *document, const struct cJSON *tree, dvg_error *error)
{
    struct builder builder = {.document = document, .error = error};
    /* Without a random seed look-ups are only as fast as the names allow. */
    if (!dvg_random_seed(builder.seed.word))
        memset(&builder.seed, 0, sizeof builder.seed);
    dvg_repeats_init(&builder.repeats, &document->allocator, &builder.seed);
    dvg_status status = build(&builder, tree);
    dvg_repeats_clear(&builder.repeats);
    dvg_release(&document->allocator, builder.levels, builder.capacity * sizeof *builder.levels);
    return status;
}
