/*
 * reader: JSON text into a document; strict RFC 8259, exact, without recursion.
 * Answers for the grammar, for UTF-8, for limits and for the place of every error. Numbers keep
 * their text and strings that need no decoding stay where they are in the source.
 * Invariant: a document it accepts is complete and sealed; one it refuses leaves nothing behind.
 */
#ifndef DVG_JSON_READER_H
#define DVG_JSON_READER_H

#include "base/error.h"
#include "value/document.h"

/* What to do with an object that has two members of one name. */
typedef enum dvg_duplicates {
    DVG_DUPLICATES_REPORT = 0, /* keep them all; the walk matches them by occurrence */
    DVG_DUPLICATES_LAST,       /* the last value at the place of the first, as Python does */
    DVG_DUPLICATES_REFUSE      /* an error at the second name */
} dvg_duplicates;

typedef struct dvg_reading {
    bool nonfinite;   /* take NaN, Infinity and -Infinity as numbers */
    bool root_object; /* the root must be an object */
    dvg_duplicates duplicates;
    uint64_t depth;          /* most nested containers, the root included */
    uint64_t integer_digits; /* most digits of an integer, its sign not counted */
    dvg_seed seed;           /* of look-ups */
} dvg_reading;

/* Strict, 10,000 levels, 4,300 digits, duplicates reported, seed zero. */
void dvg_reading_init(dvg_reading *reading);

/* Read `size` bytes at `text` into `document`, which the caller has initialised. At least
 * 32 bytes behind the text must be readable and the first of them zero (DVG_FILE_PADDING does
 * it). The document borrows the text unless the caller sets owns_source. `name` names the text in
 * errors. On failure the document is as after dvg_document_init, but for its source.
 * DVG_E_INPUT: not JSON; DVG_E_LIMIT: depth, digits or size; DVG_E_MEMORY. */
dvg_status dvg_json_read(dvg_document *document, const char *text, size_t size, const char *name,
                         const dvg_reading *reading, dvg_error *error);

/* DVG_E_INPUT at the first byte of the root unless it is an object; `document` was read by
 * dvg_json_read. */
dvg_status dvg_json_check_object(const dvg_document *document, const char *name, dvg_error *error);

#endif
