/*
 * diverge/cjson.h: documents from cJSON trees, for hosts that hold their state in cJSON.
 *
 * The only header of diverge that names cJSON, and it needs no header of cJSON's: a program that
 * has trees includes <cjson/cJSON.h> itself. Two live trees are compared without any text:
 *
 *     dvg_document_from_cjson      once for each tree
 *     dvg_run_documents            diverge.h, under the profile in use
 *     dvg_result_get, ...          diverge.h
 *     dvg_document_free            diverge.h, after the result was freed
 *
 * What a cJSON tree cannot hold, a document made from it cannot show: cJSON keeps every number as
 * a double and ends every string at its first NUL. The document counts the numbers that may have
 * lost digits (dvg_document_inexact), and so does the ledger of a run. Where that matters, keep
 * the text and read it with dvg_document_read.
 */
#ifndef DIVERGE_CJSON_H
#define DIVERGE_CJSON_H

#include <diverge/diverge.h>

#ifdef __cplusplus
extern "C" {
#endif

struct cJSON;

/* Make a document from `tree` (not NULL). The tree is copied: it may be changed or deleted at
 * once, and its `next` siblings are not looked at. `allocator` NULL or its function NULL: the C
 * library's. Free the document with dvg_document_free.
 *
 * A whole number of at most 2^53 becomes an integer, every other number a real; cJSON cannot tell
 * `1` from `1.0`, so both become the integer 1. Numbers whose magnitude is 2^53 or more are
 * counted as inexact, the infinities too: cJSON reads `1e400` as one. Not-a-number and the
 * infinities stay what they are. Members of one name in one object are kept and known, as when
 * text is read.
 *
 * DVG_E_INPUT, with the place in the tree in the message: a string or a name that is not UTF-8 or
 * is NULL, raw JSON (cJSON_Raw), an item without a type. DVG_E_LIMIT: more than 10,000 levels.
 * DVG_E_ARGUMENT: no tree. DVG_E_MEMORY. Safe in several threads as far as the allocator is, on
 * different trees or on one that nobody changes. */
DVG_API dvg_status dvg_document_from_cjson(dvg_document **document, const struct cJSON *tree,
                                           const dvg_allocator *allocator, dvg_error *error);

#ifdef __cplusplus
}
#endif

#endif
