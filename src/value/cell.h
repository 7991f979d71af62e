/*
 * cell: the layout of one 8-byte cell of a document's tape. Shared by the document and by its
 * builders and walkers, which must be fast; everything else uses document.h.
 *
 *     bits 0-3    tag
 *     text near   bits 4-27 length, bits 28-63 offset in the source or the pool
 *     text far    bits 4-63 index into the document's far spans
 *     container   bits 4-31 count (its greatest value: count them), bits 32-63 cells behind it
 */
#ifndef DVG_VALUE_CELL_H
#define DVG_VALUE_CELL_H

#include "value/document.h"

enum dvg_tag {
    DVG_TAG_NULL = 0,
    DVG_TAG_FALSE,
    DVG_TAG_TRUE,
    DVG_TAG_ARRAY,
    DVG_TAG_OBJECT,
    DVG_TAG_OBJECT_REPEATS, /* an object in which a name stands twice */
    DVG_TAG_INTEGER,        /* text in the source */
    DVG_TAG_REAL,
    DVG_TAG_STRING,
    DVG_TAG_POOL_INTEGER, /* text in the pool */
    DVG_TAG_POOL_REAL,
    DVG_TAG_POOL_STRING,
    DVG_TAG_FAR_INTEGER, /* span in the far table */
    DVG_TAG_FAR_REAL,
    DVG_TAG_FAR_STRING
};

#define DVG_CELL_LENGTH_MOST ((UINT64_C(1) << 24) - 1)
#define DVG_CELL_OFFSET_MOST ((UINT64_C(1) << 36) - 1)
#define DVG_CELL_COUNT_MOST ((UINT64_C(1) << 28) - 1)
#define DVG_CELL_EXTENT_MOST ((UINT64_C(1) << 32) - 1)

static inline enum dvg_tag dvg_cell_tag(dvg_cell cell) { return (enum dvg_tag)(cell & 15); }

static inline dvg_cell dvg_cell_near(enum dvg_tag tag, uint64_t offset, uint64_t length)
{
    return (uint64_t)tag | length << 4 | offset << 28;
}

static inline uint64_t dvg_cell_length(dvg_cell cell) { return cell >> 4 & DVG_CELL_LENGTH_MOST; }

static inline uint64_t dvg_cell_offset(dvg_cell cell) { return cell >> 28; }

static inline dvg_cell dvg_cell_container(enum dvg_tag tag, uint64_t count, uint64_t extent)
{
    uint64_t kept = count < DVG_CELL_COUNT_MOST ? count : DVG_CELL_COUNT_MOST;
    return (uint64_t)tag | kept << 4 | extent << 32;
}

static inline uint64_t dvg_cell_extent(dvg_cell cell) { return cell >> 32; }

static inline bool dvg_cell_is_container(dvg_cell cell)
{
    uint64_t tag = cell & 15;
    return tag >= DVG_TAG_ARRAY && tag <= DVG_TAG_OBJECT_REPEATS;
}

/* The cell behind a value and everything in it. */
static inline const dvg_cell *dvg_cell_after(const dvg_cell *cell)
{
    return cell + 1 + (dvg_cell_is_container(*cell) ? dvg_cell_extent(*cell) : 0);
}

/* The type that a tag stands for. */
static inline dvg_type dvg_tag_type(enum dvg_tag tag)
{
    static const unsigned char types[16] = {DVG_NULL,    DVG_FALSE,   DVG_TRUE,    DVG_ARRAY,
                                            DVG_OBJECT,  DVG_OBJECT,  DVG_INTEGER, DVG_REAL,
                                            DVG_STRING,  DVG_INTEGER, DVG_REAL,    DVG_STRING,
                                            DVG_INTEGER, DVG_REAL,    DVG_STRING,  DVG_ABSENT};
    return (dvg_type)types[tag];
}

/* Characters of a string or a number. */
dvg_text dvg_cell_far_text(const dvg_document *document, dvg_cell cell);

static inline dvg_text dvg_cell_text(const dvg_document *document, dvg_cell cell)
{
    enum dvg_tag tag = dvg_cell_tag(cell);
    dvg_text text;
    if (tag >= DVG_TAG_FAR_INTEGER)
        return dvg_cell_far_text(document, cell);
    text.data = (tag >= DVG_TAG_POOL_INTEGER ? document->pool.data : document->source) +
                dvg_cell_offset(cell);
    text.size = dvg_cell_length(cell);
    return text;
}

/* Append a cell for a text that stands in the source (`pooled` false) or in the pool; `tag` is
 * the tag of a near text in the source. False: out of memory. */
bool dvg_cell_add_span(dvg_document *document, enum dvg_tag tag, bool pooled, size_t offset,
                       size_t size);

/* Append to the pool the place in the source that the next pooled text comes from (UINT64_MAX:
 * none); it stands before the text. Returns the offset where the text will begin. */
size_t dvg_pool_begin(dvg_document *document, uint64_t source_byte);

/* Byte of the source where a name or string begins; UINT64_MAX if it comes from no source. */
uint64_t dvg_cell_source_byte(const dvg_document *document, dvg_cell cell);

/* Append a raw cell. False: out of memory. */
static inline bool dvg_cell_add(dvg_document *document, dvg_cell cell)
{
    if (document->cell_count == document->cell_capacity) {
        void *cells = document->cells;
        if (!dvg_grow(&document->allocator, &cells, &document->cell_capacity,
                      document->cell_count + 1, sizeof(dvg_cell)))
            return false;
        document->cells = cells;
    }
    document->cells[document->cell_count++] = cell;
    return true;
}

#endif
