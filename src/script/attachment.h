/*
 * attachment: what scripts need of one result, and keep with it: documents that a gate read, and
 * records by class. Freed with the result.
 */
#ifndef DVG_SCRIPT_ATTACHMENT_H
#define DVG_SCRIPT_ATTACHMENT_H

#include "engine/result.h"
#include "os/file.h"

typedef struct dvg_extra_document {
    struct dvg_extra_document *next;
    char *path;
    dvg_bytes bytes;
    dvg_document document;
} dvg_extra_document;

typedef struct dvg_attachment {
    dvg_allocator allocator;
    dvg_extra_document *documents;
    dvg_buffer warned; /* side and name, NUL-ended, of links said to lead nowhere */
    size_t *starts;    /* where the records of each class begin in `order`, and the end */
    size_t start_count;
    size_t *order; /* records, by class, in walk order within one */
    size_t order_count;
} dvg_attachment;

/* The attachment of a result, made when first asked for. NULL: out of memory. */
dvg_attachment *dvg_attachment_of(dvg_result *result);

/* Read the JSON file `path`, named by the user, under the reading rules of the profile; it is read
 * once and lives as long as the result. */
dvg_status dvg_attachment_read(dvg_result *result, const char *path, const dvg_document **document,
                               dvg_error *error);

/* Sort the records by class, once. */
dvg_status dvg_attachment_sort(dvg_result *result, dvg_attachment **attachment, dvg_error *error);

/* True the first time it is asked about that name on that side; side 2 is neither, a file that an
 * option names. */
bool dvg_attachment_warn_once(dvg_result *result, int side, const char *name);

#endif
