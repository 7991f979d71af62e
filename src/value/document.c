/*
 * document: see document.h. Building and reading of the tape; nothing here reads JSON text.
 */
#include "value/document.h"
#include "base/bytes.h"
#include "value/cell.h"
#include "value/number.h"

#include <string.h>

void dvg_document_init(dvg_document *document, const dvg_allocator *allocator)
{
    memset(document, 0, sizeof *document);
    document->allocator = *allocator;
    dvg_buffer_init(&document->pool, allocator);
}

void dvg_document_clear(dvg_document *document)
{
    const dvg_allocator allocator = document->allocator;
    dvg_release(&allocator, document->cells, document->cell_capacity * sizeof(dvg_cell));
    dvg_release(&allocator, document->far, document->far_capacity * sizeof *document->far);
    dvg_buffer_clear(&document->pool);
    if (document->owns_source)
        dvg_release(&allocator, (void *)(uintptr_t)document->source, document->source_capacity);
    dvg_document_init(document, &allocator);
}

bool dvg_document_own_source(dvg_document *document, const char *text, size_t size, size_t padding)
{
    char *copy =
        size <= SIZE_MAX - padding ? dvg_allocate(&document->allocator, size + padding) : NULL;
    if (copy == NULL)
        return false;
    if (size > 0)
        memcpy(copy, text, size);
    memset(copy + size, 0, padding);
    document->source = copy;
    document->source_size = size;
    document->source_capacity = size + padding;
    document->owns_source = true;
    return true;
}

/* ---- building */

static bool add_far(dvg_document *document, const char *data, size_t offset, size_t size,
                    uint64_t source_byte)
{
    void *far = document->far;
    if (!dvg_grow(&document->allocator, &far, &document->far_capacity, document->far_count + 1,
                  sizeof *document->far))
        return false;
    document->far = far;
    document->far[document->far_count++] = (dvg_far_span){data, offset, size, source_byte};
    return true;
}

bool dvg_cell_add_span(dvg_document *document, enum dvg_tag tag, bool pooled, size_t offset,
                       size_t size)
{
    unsigned near = (unsigned)tag + (pooled ? DVG_TAG_POOL_INTEGER - DVG_TAG_INTEGER : 0);
    if (size <= DVG_CELL_LENGTH_MOST && offset <= DVG_CELL_OFFSET_MOST)
        return dvg_cell_add(document, dvg_cell_near((enum dvg_tag)near, offset, size));
    unsigned far = (unsigned)tag + (DVG_TAG_FAR_INTEGER - DVG_TAG_INTEGER);
    const char *data = pooled ? NULL : document->source + offset;
    if (!add_far(document, data, offset, size, pooled ? UINT64_MAX : offset))
        return false;
    return dvg_cell_add(document, (uint64_t)far | (document->far_count - 1) << 4);
}

size_t dvg_pool_begin(dvg_document *document, uint64_t source_byte)
{
    dvg_buffer_add(&document->pool, &source_byte, sizeof source_byte);
    return document->pool.size;
}

static enum dvg_tag tag_of_text(dvg_type type)
{
    return type == DVG_INTEGER ? DVG_TAG_INTEGER : type == DVG_REAL ? DVG_TAG_REAL : DVG_TAG_STRING;
}

static enum dvg_tag tag_of_literal(dvg_type type)
{
    return type == DVG_TRUE ? DVG_TAG_TRUE : type == DVG_FALSE ? DVG_TAG_FALSE : DVG_TAG_NULL;
}

bool dvg_document_add_literal(dvg_document *document, dvg_type type)
{
    return dvg_cell_add(document, (dvg_cell)tag_of_literal(type));
}

bool dvg_document_add_text(dvg_document *document, dvg_type type, const char *text, size_t size)
{
    size_t offset = dvg_pool_begin(document, UINT64_MAX);
    dvg_buffer_add(&document->pool, text, size);
    return !document->pool.failed &&
           dvg_cell_add_span(document, tag_of_text(type), true, offset, size);
}

size_t dvg_document_open(dvg_document *document, dvg_type type)
{
    enum dvg_tag tag = type == DVG_OBJECT ? DVG_TAG_OBJECT : DVG_TAG_ARRAY;
    if (!dvg_cell_add(document, (dvg_cell)tag))
        return SIZE_MAX;
    return document->cell_count - 1;
}

bool dvg_document_close(dvg_document *document, size_t position, uint64_t count)
{
    size_t extent = document->cell_count - position - 1;
    if (extent > DVG_CELL_EXTENT_MOST)
        return false;
    enum dvg_tag tag = dvg_cell_tag(document->cells[position]);
    document->cells[position] = dvg_cell_container(tag, count, extent);
    return true;
}

dvg_value dvg_document_scalar(dvg_document *document, dvg_arena *arena, dvg_type type,
                              const char *text, size_t size)
{
    dvg_cell *cell = dvg_arena_get(arena, sizeof *cell);
    if (cell == NULL)
        return dvg_value_absent();
    if (type == DVG_STRING || type == DVG_INTEGER || type == DVG_REAL) {
        const char *copy = dvg_arena_copy(arena, text, size);
        if (copy == NULL || !add_far(document, copy, 0, size, UINT64_MAX))
            return dvg_value_absent();
        unsigned tag = tag_of_text(type) + (DVG_TAG_FAR_INTEGER - DVG_TAG_INTEGER);
        *cell = (uint64_t)tag | (document->far_count - 1) << 4;
    } else {
        *cell = (dvg_cell)tag_of_literal(type);
    }
    return (dvg_value){document, cell};
}

/* ---- reading */

dvg_text dvg_cell_far_text(const dvg_document *document, dvg_cell cell)
{
    const dvg_far_span *far = &document->far[cell >> 4];
    dvg_text text = {far->data != NULL ? far->data : document->pool.data + far->offset, far->size};
    return text;
}

uint64_t dvg_cell_source_byte(const dvg_document *document, dvg_cell cell)
{
    enum dvg_tag tag = dvg_cell_tag(cell);
    bool is_far = tag >= DVG_TAG_FAR_INTEGER;
    uint64_t byte;
    if (is_far && document->far[cell >> 4].data != NULL)
        return document->far[cell >> 4].source_byte;
    if (tag < DVG_TAG_POOL_INTEGER)
        return dvg_cell_offset(cell);
    size_t offset = is_far ? document->far[cell >> 4].offset : (size_t)dvg_cell_offset(cell);
    memcpy(&byte, document->pool.data + offset - sizeof byte, sizeof byte);
    return byte;
}

dvg_value dvg_document_root(const dvg_document *document)
{
    if (document->cell_count == 0)
        return dvg_value_absent();
    return (dvg_value){document, document->cells};
}

dvg_type dvg_value_type(dvg_value value)
{
    return value.cell == NULL ? DVG_ABSENT : dvg_tag_type(dvg_cell_tag(*value.cell));
}

const char *dvg_type_name(dvg_type type)
{
    static const char *const names[] = {"absent", "null",   "boolean", "boolean", "integer",
                                        "real",   "string", "array",   "object"};
    return names[type];
}

dvg_text dvg_value_text(dvg_value value)
{
    if (value.cell == NULL || dvg_cell_tag(*value.cell) < DVG_TAG_INTEGER)
        return (dvg_text){"", 0};
    return dvg_cell_text(value.document, *value.cell);
}

uint64_t dvg_value_count(dvg_value value)
{
    if (value.cell == NULL || !dvg_cell_is_container(*value.cell))
        return 0;
    uint64_t count = *value.cell >> 4 & DVG_CELL_COUNT_MOST;
    if (count < DVG_CELL_COUNT_MOST)
        return count;
    bool object = dvg_cell_tag(*value.cell) != DVG_TAG_ARRAY;
    const dvg_cell *end = dvg_cell_after(value.cell);
    count = 0;
    for (const dvg_cell *cell = value.cell + 1; cell < end; cell = dvg_cell_after(cell + object))
        count++;
    return count;
}

uint64_t dvg_value_nodes(dvg_value value)
{
    return value.cell == NULL ? 0 : (uint64_t)(dvg_cell_after(value.cell) - value.cell);
}

dvg_value dvg_value_first(dvg_value container)
{
    if (container.cell == NULL || !dvg_cell_is_container(*container.cell) ||
        dvg_cell_extent(*container.cell) == 0)
        return dvg_value_absent();
    return (dvg_value){container.document, container.cell + 1};
}

dvg_value dvg_value_next(dvg_value value)
{
    return (dvg_value){value.document, dvg_cell_after(value.cell)};
}

dvg_value dvg_value_at(dvg_value array, uint64_t index)
{
    if (dvg_value_type(array) != DVG_ARRAY || index >= dvg_value_count(array))
        return dvg_value_absent();
    const dvg_cell *cell = array.cell + 1;
    for (; index > 0; index--)
        cell = dvg_cell_after(cell);
    return (dvg_value){array.document, cell};
}

dvg_value dvg_value_member(dvg_value object, const char *name, size_t size)
{
    dvg_value found = dvg_value_absent();
    if (dvg_value_type(object) != DVG_OBJECT)
        return found;
    const dvg_cell *end = dvg_cell_after(object.cell);
    bool repeats = dvg_value_repeats(object);
    for (const dvg_cell *cell = object.cell + 1; cell < end; cell = dvg_cell_after(cell + 1)) {
        dvg_text text = dvg_cell_text(object.document, *cell);
        if (text.size != size || !dvg_bytes_same(text.data, name, size))
            continue;
        found = (dvg_value){object.document, cell + 1};
        if (!repeats)
            break;
    }
    return found;
}

bool dvg_value_repeats(dvg_value object)
{
    return object.cell != NULL && dvg_cell_tag(*object.cell) == DVG_TAG_OBJECT_REPEATS;
}

double dvg_value_double(dvg_value value)
{
    dvg_type type = dvg_value_type(value);
    if (type != DVG_INTEGER && type != DVG_REAL)
        return 0;
    dvg_text text = dvg_value_text(value);
    return dvg_number_double(text);
}

/* A number of at most 18 digits, which fits whatever they are. */
static int64_t short_number(dvg_text text)
{
    bool negative = text.data[0] == '-';
    int64_t sum = 0;
    for (size_t i = negative; i < text.size; i++)
        sum = sum * 10 + (text.data[i] - '0');
    return negative ? -sum : sum;
}

bool dvg_value_int64(dvg_value value, int64_t *number)
{
    dvg_text text = dvg_value_text(value);
    if (dvg_value_type(value) != DVG_INTEGER || text.size > 20)
        return false;
    if (text.size <= 18) {
        *number = short_number(text);
        return true;
    }
    bool negative = text.data[0] == '-';
    uint64_t most = (uint64_t)INT64_MAX + (negative ? 1 : 0);
    uint64_t sum = 0;
    for (size_t i = negative; i < text.size; i++) {
        uint64_t digit = (uint64_t)(text.data[i] - '0');
        if (sum > (most - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    *number = negative ? (int64_t)(0 - sum) : (int64_t)sum;
    return true;
}
