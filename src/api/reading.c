/*
 * reading: documents that a host reads from its own memory.
 * Answers for copying the text and for freeing the document; the grammar is json/reader.h.
 */
#include "api/context.h"
#include "os/file.h"

dvg_status dvg_document_read(dvg_document **document, dvg_context *context, const char *text,
                             size_t size, const char *name, dvg_error *error)
{
    dvg_status status =
        dvg_require(error, document != NULL && context != NULL && (text != NULL || size == 0),
                    "no context, no text, or no place for the document");
    if (status != DVG_OK)
        return status;
    *document = NULL;
    dvg_document *made = dvg_allocate(&context->allocator, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    dvg_document_init(made, &context->allocator);
    if (!dvg_document_own_source(made, text, size, DVG_FILE_PADDING)) {
        dvg_document_free(made);
        return dvg_fail_memory(error);
    }
    dvg_reading reading;
    dvg_context_reading(context, &reading);
    status =
        dvg_json_read(made, made->source, size, name != NULL ? name : "document", &reading, error);
    if (status == DVG_OK)
        *document = made;
    else
        dvg_document_free(made);
    return status;
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
