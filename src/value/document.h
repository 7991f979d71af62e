/*
 * document: one JSON document in memory, exact and immutable once it is built.
 * Answers for the storage of values: a tape of 8-byte cells in document order, beside the text
 * they point into. Does not read text (json/) and has no opinion on when two values are equal.
 * Invariant: a string or number is a span of the source, or of the pool where the source does not
 * hold its characters; nothing moves or changes once it is built.
 *
 * An array's cell is followed by its elements, an object's by name, value, name, value, ...; the
 * layout of a cell itself is value/cell.h's business.
 */
#ifndef DVG_VALUE_DOCUMENT_H
#define DVG_VALUE_DOCUMENT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/siphash.h"

typedef uint64_t dvg_cell;

/* A span that a cell cannot say: at `data`, or `offset` bytes into the pool where that is NULL. */
typedef struct dvg_far_span {
    const char *data;
    size_t offset;
    size_t size;
    uint64_t source_byte; /* where it began in the source; UINT64_MAX: nowhere; a text of the pool
                             has this in front of it instead: see dvg_pool_begin */
} dvg_far_span;

/* A document. Its storage belongs to it, but for the bytes of `source`, which may be borrowed. */
struct dvg_document {
    dvg_allocator allocator;
    const char *source; /* the text; NULL for a document built from values */
    size_t source_size;
    bool owns_source;       /* the source is freed with the document */
    size_t source_capacity; /* bytes allocated for an owned source */
    dvg_cell *cells;
    size_t cell_count;
    size_t cell_capacity;
    dvg_buffer pool;   /* text that the source does not hold as such */
    dvg_far_span *far; /* spans too long or too far for a cell */
    size_t far_count;
    size_t far_capacity;
    uint64_t repeated;            /* members whose name came before in the same object */
    uint64_t first_repeated_byte; /* where the first of them stands */
    uint64_t shadowed;            /* cells dropped because a later member repeats the name */
    bool plain_names;             /* no name holds a dot or an opening bracket; false: unknown */
    bool nonfinite;               /* NaN or an infinity was read */
    uint64_t inexact;             /* numbers that may have lost digits before they came here */
};

/* The absent value. */
static inline dvg_value dvg_value_absent(void)
{
    dvg_value value = {0, 0};
    return value;
}

/* ---- making one */

/* An empty document in the caller's storage. Allocates nothing. */
void dvg_document_init(dvg_document *document, const dvg_allocator *allocator);

/* Free all that it owns, its source too if it owns it. */
void dvg_document_clear(dvg_document *document);

/* Give it a copy of `text` as its source, with `padding` zero bytes behind it. False: out of
 * memory. */
bool dvg_document_own_source(dvg_document *document, const char *text, size_t size, size_t padding);

/* Append cells, in document order. False: out of memory, or more than a cell can say.
 * A scalar is one call; a container is opened, filled and closed. `open` returns its position for
 * `close`; SIZE_MAX: failure. `count` is the number of elements or members. Where a name may stand
 * twice, dvg_repeats_check (value/repeats.h) must see the closed object. */
bool dvg_document_add_literal(dvg_document *document, dvg_type type);
bool dvg_document_add_text(dvg_document *document, dvg_type type, const char *text, size_t size);
size_t dvg_document_open(dvg_document *document, dvg_type type);
bool dvg_document_close(dvg_document *document, size_t position, uint64_t count);

/* One scalar that stands alone, beside what the document holds; its cell lives in `arena`, its
 * text in the document's pool. `type` string, integer or real take `text`; others ignore it.
 * Absent on lack of memory. For values that a program makes: claims, gate cells. */
dvg_value dvg_document_scalar(dvg_document *document, dvg_arena *arena, dvg_type type,
                              const char *text, size_t size);

/* ---- reading one; what hosts may read, too, is declared in diverge.h */

/* Cells that the value takes, its own included: its nodes, names and values. 0 if absent. */
uint64_t dvg_value_nodes(dvg_value value);

/* True if an object holds a name twice. */
bool dvg_value_repeats(dvg_value object);

#endif
