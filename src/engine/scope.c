/*
 * scope: what a run was restricted to, and that something of it was there: whoever mistypes a
 * pattern must not be told that all is the same. Declared in pair.h.
 */
#include "engine/pair.h"

static bool matched_any(const uint64_t *hits, size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count; i++)
        any = any || hits[i] > 0;
    return any;
}

static void warn_unmatched(dvg_result *result, const dvg_within *list, const uint64_t *hits,
                           const char *what, const char *but)
{
    for (size_t i = 0; list != NULL; list = list->next, i++)
        if (hits[i] == 0)
            dvg_result_warn(result, "no %s that is compared matches \"%.200s\"%s", what, list->text,
                            but);
}

/* How the message goes on that names the first one. */
static const char *others(size_t count) { return count > 1 ? ", and none any other pattern" : ""; }

dvg_status dvg_scope_check_files(dvg_result *result, size_t count, dvg_error *error)
{
    const dvg_scope *scope = &result->rules->scope;
    const uint64_t *hits = result->ruling.file_hits;
    if (scope->file_count > 0 && !matched_any(hits, scope->file_count))
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "nothing is left to compare: no file matches \"%.200s\"%s",
                        scope->files->text, others(scope->file_count));
    if (count == 0 && result->ledger.files_outside > 0)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "nothing is left to compare: files that are compared as bytes have no "
                        "places");
    warn_unmatched(result, scope->files, hits, "file", "");
    return DVG_OK;
}

dvg_status dvg_scope_check_places(dvg_result *result, dvg_error *error)
{
    const dvg_scope *scope = &result->rules->scope;
    const dvg_ledger *ledger = &result->ledger;
    const uint64_t *hits = result->ruling.place_hits;
    bool found = result->record_count + result->suppressed_count + result->ignored_count > 0;
    if (scope->place_count > 0 && !matched_any(hits, scope->place_count) && !found &&
        ledger->documents_settled == 0)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "nothing was compared: no place in the documents matches \"%.200s\"%s",
                        scope->places->text, others(scope->place_count));
    /* Inside of what one pattern matches no other is asked about. */
    warn_unmatched(result, scope->places, hits, "place",
                   scope->place_count > 1 ? ", unless it stands in what another pattern matches"
                                          : "");
    return DVG_OK;
}
