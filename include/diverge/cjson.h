/*
 * diverge/cjson.h: documents from cJSON trees, and values and results as cJSON trees, for hosts
 * that hold their state in cJSON.
 *
 * The only header of diverge that names cJSON, and it needs no header of cJSON's: a program that
 * has trees includes <cjson/cJSON.h> itself. Two live trees are compared without any text:
 *
 *     dvg_document_from_cjson      once for each tree
 *     dvg_run_documents            diverge.h, under the profile in use
 *     dvg_result_get, ...          diverge.h
 *     dvg_result_to_cjson          the whole result as a tree, to add to the host's own
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

/* Make a cJSON tree of a value in `*tree`; the absent value becomes null. It is made by cJSON's own
 * allocation hooks, and is the caller's, to be freed with cJSON_Delete.
 *
 * Nothing is lost on the way, but what cJSON has no room for is held in another form. A number that
 * a double does not tell exactly, and a string with a NUL or a lone surrogate, is raw JSON text
 * (cJSON_Raw), which cJSON prints as it stands. `1.0` becomes 1: cJSON has one kind of number. Not
 * a number and the infinities are numbers of the tree, which cJSON prints as null. Members of one
 * name are all there, in their order.
 *
 * DVG_E_INPUT: the name of a member holds a NUL. DVG_E_LIMIT: more than 10,000 levels.
 * DVG_E_ARGUMENT: no place for the tree. DVG_E_MEMORY. Any thread. */
DVG_API dvg_status dvg_value_to_cjson(struct cJSON **tree, dvg_value value, dvg_error *error);

/* Make a cJSON tree of a whole result, for a host that adds it to JSON of its own. An object with
 *
 *     "verdict"      "same", "different" or "stop"
 *     "identical"    whether every gate passed, too
 *     "profile"      name of the profile
 *     "counts"       {"divergences", "suppressed", "ignored"}
 *     "classes"      [{"name", "title", "severity", "count"}, ...]
 *     "files"        [{"name", "status", "count"}, ...]
 *     "gates"        [{"name", "left", "right", "passed", "stops"}, ...]
 *     "divergences"  [{"file", "path", "pointer", "quoted", "kind", "left", "right", "class",
 *                    "severity", "note", "rule"}, ...]
 *     "suppressed"   the same, with "suppressed_by" in place of "class" and "severity"
 *     "ignored"      the same, with "ignored_by"
 *     "ledger"       {"left": {"read", "compared", "one_sided", "ignored", "shadowed",
 *                    "outside"}, "right":
 * ...}
 *
 * A side without a value has no member "left" or "right"; a note or a rule that is not there has
 * none, either. Values are as dvg_value_to_cjson makes them; names of files that are no UTF-8 have
 * \\xNN in place of a byte. The tree is the caller's. Status as there; where one value cannot be
 * held, there is no tree. */
DVG_API dvg_status dvg_result_to_cjson(struct cJSON **tree, dvg_result *result, dvg_error *error);

#ifdef __cplusplus
}
#endif

#endif
