/*
 * cjson_document: documents from another library's trees, the body of diverge/cjson.h.
 * What cJSON's types mean is interop/cjson.h's business.
 */
#include <diverge/cjson.h>

#include "api/context.h"
#include "interop/cjson.h"

dvg_status dvg_document_from_cjson(dvg_document **document, const struct cJSON *tree,
                                   const dvg_allocator *allocator, dvg_error *error)
{
    dvg_status status = dvg_require(error, document != NULL && tree != NULL,
                                    "no cJSON tree, or no place for the document");
    if (status != DVG_OK)
        return status;
    *document = NULL;
    const dvg_allocator standard = {NULL, NULL};
    const dvg_allocator memory =
        dvg_allocator_or_default(allocator != NULL ? *allocator : standard);
    dvg_document *made = dvg_allocate(&memory, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    dvg_document_init(made, &memory);
    status = dvg_cjson_read(made, tree, error);
    if (status == DVG_OK)
        *document = made;
    else
        dvg_document_free(made);
    return status;
}
