/*
 * reading: documents that a host reads from its own memory or from a file, and their one form.
 * Answers for who owns the text and for freeing the document; the grammar is json/reader.h, the
 * form json/canonical.h.
 */
#include "api/context.h"
#include "json/canonical.h"
#include "os/file.h"

static dvg_document *make(const dvg_context *context)
{
    dvg_document *made = dvg_allocate(&context->allocator, sizeof *made);
    if (made != NULL)
        dvg_document_init(made, &context->allocator);
    return made;
}

/* Read the source that the document has; give it away, or free it. */
static dvg_status read_source(dvg_document **document, dvg_document *made,
                              const dvg_context *context, size_t size, const char *name,
                              dvg_error *error)
{
    dvg_reading reading;
    dvg_context_reading(context, &reading);
    dvg_status status = dvg_json_read(made, made->source, size, name, &reading, error);
    if (status == DVG_OK)
        *document = made;
    else
        dvg_document_free(made);
    return status;
}

dvg_status dvg_document_read(dvg_document **document, dvg_context *context, const char *text,
                             size_t size, const char *name, dvg_error *error)
{
    dvg_status status =
        dvg_require(error, document != NULL && context != NULL && (text != NULL || size == 0),
                    "no context, no text, or no place for the document");
    if (status != DVG_OK)
        return status;
    *document = NULL;
    dvg_document *made = make(context);
    if (made == NULL)
        return dvg_fail_memory(error);
    if (!dvg_document_own_source(made, text, size, DVG_FILE_PADDING)) {
        dvg_document_free(made);
        return dvg_fail_memory(error);
    }
    return read_source(document, made, context, size, name != NULL ? name : "document", error);
}

dvg_status dvg_document_read_file(dvg_document **document, dvg_context *context, const char *path,
                                  dvg_error *error)
{
    dvg_bytes bytes;
    dvg_status status = dvg_require(error, document != NULL && context != NULL && path != NULL,
                                    "no context, no path, or no place for the document");
    if (status != DVG_OK)
        return status;
    *document = NULL;
    status = dvg_file_read_any(path, &context->allocator, &bytes, error);
    if (status != DVG_OK)
        return status;
    dvg_document *made = make(context);
    if (made == NULL) {
        dvg_bytes_clear(&bytes, &context->allocator);
        return dvg_fail_memory(error);
    }
    made->source = bytes.data;
    made->source_size = bytes.size;
    made->source_capacity = bytes.capacity;
    made->owns_source = true;
    return read_source(document, made, context, bytes.size, path, error);
}

void dvg_document_free(dvg_document *document)
{
    if (document == NULL)
        return;
    dvg_allocator allocator = document->allocator;
    dvg_document_clear(document);
    dvg_release(&allocator, document, sizeof *document);
}

uint64_t dvg_document_inexact(const dvg_document *document) { return document->inexact; }

dvg_status dvg_document_canonical(const dvg_document *document, dvg_sink_fn sink, void *payload,
                                  dvg_error *error)
{
    dvg_buffer form;
    dvg_status status = dvg_require(error, document != NULL && sink != NULL,
                                    "no document, or nobody to take its canonical form");
    if (status != DVG_OK)
        return status;
    dvg_buffer_init(&form, &document->allocator);
    if (!dvg_canonical_write(&form, dvg_document_root(document)))
        status = dvg_fail_memory(error);
    else if (sink(payload, form.data, form.size) < 0)
        status = dvg_fail(error, DVG_E_CANCELLED, "cancelled");
    dvg_buffer_clear(&form);
    return status;
}

dvg_status dvg_document_digest(char hex[DVG_DIGEST_SIZE], const dvg_document *document,
                               dvg_error *error)
{
    dvg_status status = dvg_require(error, document != NULL && hex != NULL,
                                    "no document, or no place for its digest");
    if (status != DVG_OK)
        return status;
    return dvg_canonical_digest(hex, dvg_document_root(document), &document->allocator, error);
}
