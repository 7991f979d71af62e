/*
 * cjson: a cJSON tree in memory becomes a document, and a value such a tree.
 * Answers for what cJSON's types mean; does not parse and does not print.
 * Invariant: nothing outside of this folder knows cJSON. Without recursion, however deep the tree.
 *
 * cJSON holds every number as a double. A whole number up to 2^53 is an integer, everything else
 * a real with its shortest text. From 2^53 on two integers may have become one double before they
 * came here, so these numbers are counted as inexact, the infinities too. Strings end at their
 * first NUL.
 */
#ifndef DVG_INTEROP_CJSON_H
#define DVG_INTEROP_CJSON_H

#include "base/error.h"
#include "value/document.h"

struct cJSON;

/* Build `document`, which the caller has initialised, from `tree`, which stays the caller's and
 * is not referred to afterwards. On failure the document must be cleared.
 * DVG_E_INPUT with the place in the tree: a string or name that is not UTF-8 or is missing, raw
 * JSON, an item of no type; DVG_E_LIMIT: more than 10,000 levels (a tree that contains itself has
 * endlessly many), or more than a document can hold; DVG_E_MEMORY. */
dvg_status dvg_cjson_read(dvg_document *document, const struct cJSON *tree, dvg_error *error);

/* Levels that a tree may have, as far as it becomes a document or is made from one. */
enum { DVG_CJSON_LEVELS_MOST = 10000 };

/* Make a tree of `value`, the absent one as null; see dvg_value_to_cjson. `allocator` is for
 * working memory, the tree is made by cJSON's own. */
dvg_status dvg_cjson_write(struct cJSON **item, dvg_value value, const dvg_allocator *allocator,
                           dvg_error *error);

#endif
