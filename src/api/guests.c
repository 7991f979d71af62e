/*
 * guests: functions of the host within a run, in front of what the profile asks: the classifier in
 * C, and who is told how far the run is. Declared in outcome.h.
 * Invariant: what the host leaves open is decided as it would be without the host.
 */
#include "api/outcome.h"
#include "engine/decide.h"

#include <string.h>

static const char the_host[] = "the host";

/* ---- answers */

static dvg_status find_class(const dvg_result *result, const char *name, uint32_t *index,
                             dvg_error *error)
{
    ptrdiff_t found = dvg_rules_class(result->rules, name, strlen(name));
    if (found < 0)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "the host's classifier named the class \"%.100s\", and there is none",
                        name);
    *index = (uint32_t)found;
    return DVG_OK;
}

/* Everything but the class, on top of what is decided. */
static dvg_status take_rest(dvg_decision *decision, const dvg_answer *answer, dvg_error *error)
{
    if (answer->note != NULL) {
        decision->note = answer->note;
        decision->note_size = strlen(answer->note);
        if (decision->note_size > DVG_NOTE_MOST)
            return dvg_fail(error, DVG_E_ARGUMENT,
                            "the host's classifier wrote a note of more than %d bytes",
                            DVG_NOTE_MOST);
    }
    if (answer->severity == NULL)
        return DVG_OK;
    decision->origin.severity_file = the_host;
    decision->origin.severity_rule = DVG_RULE_NONE;
    if (dvg_severity_find(answer->severity, &decision->severity))
        return DVG_OK;
    return dvg_fail(error, DVG_E_ARGUMENT,
                    "the host's classifier named the severity \"%.100s\", and there is none",
                    answer->severity);
}

/* The host has named the class, so that nobody else is asked. */
static dvg_status take_class(const dvg_result *result, dvg_decision *decision,
                             const dvg_answer *answer, dvg_error *error)
{
    uint32_t index = 0;
    dvg_status status = find_class(result, answer->class_name, &index, error);
    dvg_decision_init(decision, result->rules, index);
    decision->origin.class_file = the_host;
    return status;
}

static dvg_status ask_inner(const dvg_guests *guests, dvg_result *result, const dvg_record *record,
                            dvg_decision *decision, dvg_error *error)
{
    if (guests->inner.classify != NULL)
        return guests->inner.classify(guests->inner.payload, result, record, decision, error);
    dvg_decision_init(decision, result->rules, 0);
    return DVG_OK;
}

/* ---- hooks */

static dvg_status classify(void *payload, dvg_result *result, const dvg_record *record,
                           dvg_decision *decision, dvg_error *error)
{
    dvg_guests *guests = payload;
    const dvg_context *context = guests->context;
    dvg_divergence divergence;
    dvg_answer answer = {0};
    if (context->classify == NULL)
        return ask_inner(guests, result, record, decision, error);
    dvg_status status = dvg_outcome_describe(&divergence, result, record, &guests->places, error);
    if (status != DVG_OK)
        return status;
    int word = context->classify(context->classify_payload, &divergence, &answer);
    if (word < 0)
        return dvg_fail(error, DVG_E_CANCELLED, "the host's classifier ended the run");
    if (word > 0 || answer.class_name != NULL) {
        if (word > 0)
            answer.class_name = result->rules->classes[0].name;
        status = take_class(result, decision, &answer, error);
        decision->suppressed_by = word > 0 ? the_host : NULL;
    } else {
        status = ask_inner(guests, result, record, decision, error);
    }
    return status == DVG_OK ? take_rest(decision, &answer, error) : status;
}

static dvg_status gates(void *payload, dvg_result *result, dvg_error *error)
{
    const dvg_guests *guests = payload;
    return guests->inner.gates(guests->inner.payload, result, error);
}

static dvg_status progress(void *payload, const dvg_result *result, size_t file, dvg_error *error)
{
    const dvg_guests *guests = payload;
    const dvg_context *context = guests->context;
    const dvg_progress now = {result->files[file].name, file, result->file_count,
                              dvg_result_found(result)};
    if (context->progress(context->progress_payload, &now) < 0)
        return dvg_fail(error, DVG_E_CANCELLED, "the host ended the run");
    return DVG_OK;
}

dvg_hooks dvg_guests_join(dvg_guests *guests, dvg_context *context, dvg_hooks inner)
{
    dvg_hooks hooks = inner;
    guests->context = context;
    guests->inner = inner;
    dvg_places_init(&guests->places, &context->allocator);
    if (context->classify == NULL && context->progress == NULL)
        return inner;
    hooks.payload = guests;
    hooks.gates = inner.gates != NULL ? gates : NULL;
    hooks.classify = context->classify != NULL || inner.classify != NULL ? classify : NULL;
    hooks.progress = context->progress != NULL ? progress : NULL;
    return hooks;
}

void dvg_guests_clear(dvg_guests *guests) { dvg_places_clear(&guests->places); }

void dvg_context_set_classify(dvg_context *context, dvg_classify_fn function, void *payload)
{
    if (context == NULL)
        return;
    context->classify = function;
    context->classify_payload = payload;
}

void dvg_context_set_progress(dvg_context *context, dvg_progress_fn function, void *payload)
{
    if (context == NULL)
        return;
    context->progress = function;
    context->progress_payload = payload;
}
