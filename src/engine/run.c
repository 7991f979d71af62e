/*
 * run: see run.h. The order of a run is the reference's: gates, manifests, documents.
 */
#include "engine/run.h"
#include "engine/decide.h"
#include "engine/pair.h"

#include <string.h>

/* Keep what must outlive the call: the note of a decision. */
static dvg_status decide(dvg_result *result, dvg_record *record, const dvg_decision *decision,
                         dvg_error *error)
{
    record->class_index = decision->class_index;
    record->severity = (uint8_t)decision->severity;
    record->rule = decision->rule;
    if (decision->note == NULL)
        return DVG_OK;
    record->note = dvg_arena_copy(&result->arena, decision->note, decision->note_size);
    return record->note != NULL ? DVG_OK : dvg_fail_memory(error);
}

static dvg_status keep(dvg_result *result, const dvg_record *record, dvg_error *error)
{
    void *records = result->records;
    if (!dvg_grow(&result->allocator, &records, &result->record_capacity, result->record_count + 1,
                  sizeof *result->records))
        return dvg_fail_memory(error);
    result->records = records;
    result->records[result->record_count++] = *record;
    result->class_counts[record->class_index]++;
    result->files[record->file].counts[record->class_index]++;
    return DVG_OK;
}

/* Keep a divergence that does not count. */
static dvg_status set_aside(const dvg_result *result, dvg_suppressed **list, size_t *count,
                            size_t *capacity, const dvg_suppressed *kept, dvg_error *error)
{
    void *items = *list;
    if (!dvg_grow(&result->allocator, &items, capacity, *count + 1, sizeof **list))
        return dvg_fail_memory(error);
    *list = items;
    (*list)[*count] = *kept;
    (*list)[*count].record.class_index = DVG_CLASS_NONE;
    ++*count;
    return DVG_OK;
}

static dvg_status suppress(dvg_result *result, const dvg_record *record, const char *by,
                           dvg_error *error)
{
    result->ledger.suppressed++;
    const dvg_suppressed kept = {*record, by};
    return set_aside(result, &result->suppressed, &result->suppressed_count,
                     &result->suppressed_capacity, &kept, error);
}

static dvg_status ignore(dvg_result *result, const dvg_record *record, dvg_error *error)
{
    const dvg_suppressed kept = {*record, result->rules->rules[record->rule].name};
    result->ledger.ignored++;
    return set_aside(result, &result->ignored, &result->ignored_count, &result->ignored_capacity,
                     &kept, error);
}

static dvg_status keep_origin(dvg_result *result, const dvg_decision *decision, dvg_error *error)
{
    dvg_audit *audit = &result->audit;
    dvg_origins *origins = decision->suppressed_by != NULL ? &audit->suppressed : &audit->records;
    return dvg_audit_add_origin(origins, &decision->origin, &result->allocator)
               ? DVG_OK
               : dvg_fail_memory(error);
}

/* The rule that sets a divergence aside, or DVG_RULE_NONE. */
static uint32_t judge(dvg_result *result, const dvg_record *record)
{
    dvg_ruling *ruling = &result->ruling;
    const dvg_rule_query query = {record->path, (dvg_kind)record->kind, (dvg_which)record->side,
                                  NULL};
    for (size_t i = 0; i < ruling->active_count; i++)
        ruling->counts[ruling->active[i]].found++;
    return dvg_ruling_judge(ruling, DVG_EFFECT_IGNORE, &query);
}

static dvg_status tell_progress(const struct dvg_running *running, dvg_error *error)
{
    const dvg_hooks *hooks = &running->input->hooks;
    return hooks->progress == NULL
               ? DVG_OK
               : hooks->progress(hooks->payload, running->result, running->file, error);
}

dvg_status dvg_running_record(struct dvg_running *running, dvg_record *record, dvg_error *error)
{
    dvg_result *result = running->result;
    const dvg_hooks *hooks = &running->input->hooks;
    dvg_decision decision;
    dvg_status status = DVG_OK;
    if ((dvg_result_found(result) + 1) % DVG_PROGRESS_EVERY == 0)
        status = tell_progress(running, error);
    if (status != DVG_OK)
        return status;
    dvg_decision_init(&decision, result->rules, 0);
    record->rule = judge(result, record);
    if (result->ruling.failed)
        return dvg_fail_memory(error);
    if (record->rule != DVG_RULE_NONE)
        return ignore(result, record, error);
    if (hooks->classify != NULL)
        status = hooks->classify(hooks->payload, result, record, &decision, error);
    if (status == DVG_OK)
        status = decide(result, record, &decision, error);
    if (status == DVG_OK && result->audit.on)
        status = keep_origin(result, &decision, error);
    if (status != DVG_OK)
        return status;
    return decision.suppressed_by != NULL ? suppress(result, record, decision.suppressed_by, error)
                                          : keep(result, record, error);
}

/* ---- making and freeing */

/* The counts of all files stand in one block, behind those of the whole run. */
dvg_status dvg_result_make_files(dvg_result *result, size_t count, dvg_error *error)
{
    size_t classes = result->rules->class_count;
    size_t counts = (count + 1) * classes * sizeof(uint64_t);
    result->class_counts = dvg_arena_get(&result->arena, counts);
    result->files = dvg_arena_get(&result->arena, (count + 1) * sizeof *result->files);
    if (result->class_counts == NULL || result->files == NULL)
        return dvg_fail_memory(error);
    memset(result->class_counts, 0, counts);
    memset(result->files, 0, (count + 1) * sizeof *result->files);
    for (size_t i = 0; i < count; i++)
        result->files[i].counts = result->class_counts + (i + 1) * classes;
    result->file_count = count;
    return DVG_OK;
}

dvg_status dvg_result_make_file(dvg_result *result, const char *name, dvg_error *error)
{
    dvg_status status = dvg_result_make_files(result, 1, error);
    if (status != DVG_OK)
        return status;
    result->files[0].name = dvg_arena_copy(&result->arena, name, strlen(name));
    return result->files[0].name != NULL ? DVG_OK : dvg_fail_memory(error);
}

/* An empty result without files. */
static dvg_result *new_result(const dvg_run_input *input)
{
    dvg_result *result = dvg_allocate_zero(&input->allocator, sizeof *result);
    if (result == NULL)
        return NULL;
    result->allocator = input->allocator;
    result->rules = input->rules;
    result->threads = input->threads;
    result->warning = input->warning;
    result->warning_payload = input->warning_payload;
    result->seed = input->rules->reading.seed;
    dvg_arena_init(&result->arena, &result->allocator);
    dvg_arena_init(&result->steps, &result->allocator);
    dvg_document_init(&result->scratch, &result->allocator);
    if (!dvg_ruling_init(&result->ruling, input->rules, &result->allocator) ||
        (input->audit &&
         !dvg_audit_init(&result->audit, input->rules, input->hidden_most, &result->allocator))) {
        dvg_engine_free(result);
        return NULL;
    }
    result->ruling.normalizer = input->hooks.normalizer;
    return result;
}

void dvg_engine_free(dvg_result *result)
{
    if (result == NULL)
        return;
    const dvg_allocator allocator = result->allocator;
    if (result->attachment_free != NULL)
        result->attachment_free(result->attachment);
    for (int side = 0; side < 2; side++)
        dvg_snapshot_free(result->side[side]);
    dvg_release(&allocator, result->gates, result->gate_capacity * sizeof *result->gates);
    dvg_release(&allocator, result->records, result->record_capacity * sizeof *result->records);
    dvg_release(&allocator, result->suppressed,
                result->suppressed_capacity * sizeof *result->suppressed);
    dvg_release(&allocator, result->ignored, result->ignored_capacity * sizeof *result->ignored);
    dvg_ruling_clear(&result->ruling);
    dvg_audit_clear(&result->audit, &allocator);
    dvg_inferences_clear(&result->inferred, &allocator);
    dvg_result_free_made(result);
    dvg_document_clear(&result->scratch);
    dvg_arena_clear(&result->arena);
    dvg_arena_clear(&result->steps);
    dvg_release(&allocator, result, sizeof *result);
}

/* ---- running */

static void count_file(dvg_ledger *ledger, const dvg_file *file)
{
    uint64_t *const counts[] = {&ledger->documents, &ledger->files, &ledger->folders};
    ++*counts[file->as];
}

static dvg_status run_files(struct dvg_running *running, dvg_error *error)
{
    dvg_result *result = running->result;
    dvg_status status = dvg_claims_read(running, error);
    for (size_t i = 0; i < result->file_count && status == DVG_OK; i++) {
        running->file = (uint32_t)i;
        count_file(&result->ledger, &result->files[i]);
        status = tell_progress(running, error);
        if (status == DVG_OK)
            status = dvg_pair_run(running, error);
    }
    if (status != DVG_OK)
        return status;
    dvg_claims_warn(running);
    dvg_rules_warn_unused(result);
    return dvg_scope_check_places(result, error);
}

/* Two directories: gates, manifests, files. */
static dvg_status run_directories(struct dvg_running *running, dvg_error *error)
{
    const dvg_hooks *hooks = &running->input->hooks;
    dvg_status status = dvg_plan_files(running->result, error);
    if (status == DVG_OK && hooks->gates != NULL)
        status = hooks->gates(hooks->payload, running->result, error);
    return status == DVG_OK ? run_files(running, error) : status;
}

/* The one document of a run. */
static dvg_status walk_one(struct dvg_running *running, const dvg_document *const documents[2],
                           dvg_error *error)
{
    dvg_result *result = running->result;
    bool has =
        dvg_scope_has_file(&result->rules->scope, result->files[0].name, result->ruling.file_hits);
    dvg_status status = dvg_scope_check_files(result, has ? 1 : 0, error);
    if (status == DVG_OK)
        status = dvg_pair_walk(running, documents[0], documents[1], error);
    if (status != DVG_OK)
        return status;
    dvg_rules_warn_unused(result);
    return dvg_scope_check_places(result, error);
}

/* Two files under one name. */
static dvg_status run_two_files(struct dvg_running *running, dvg_error *error)
{
    dvg_result *result = running->result;
    const dvg_document *documents[2];
    result->ledger.documents = 1;
    dvg_status status = tell_progress(running, error);
    if (status != DVG_OK)
        return status;
    status = dvg_snapshot_pair(result->side[0], result->side[1], result->files[0].name,
                               result->threads > 1, documents, error);
    return status == DVG_OK ? walk_one(running, documents, error) : status;
}

dvg_status dvg_engine_check(const dvg_result *result, dvg_error *error)
{
    dvg_status status = DVG_OK;
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        if (result->side[side] != NULL)
            status = dvg_snapshot_check(result->side[side], error);
    return status;
}

/* NULL result: out of memory. */
static dvg_status begin(struct dvg_running *running, const dvg_run_input *input, dvg_error *error)
{
    memset(running, 0, sizeof *running);
    running->result = new_result(input);
    running->input = input;
    return running->result != NULL ? DVG_OK : dvg_fail_memory(error);
}

static dvg_status end(dvg_result **result, struct dvg_running *running, dvg_status status)
{
    if (status != DVG_OK)
        dvg_engine_free(running->result);
    else
        *result = running->result;
    return status;
}

/* Both sides are open. */
static dvg_status run_sides(struct dvg_running *running, dvg_error *error)
{
    dvg_result *result = running->result;
    dvg_status status = dvg_snapshot_is_file(result->side[0]) ? run_two_files(running, error)
                                                              : run_directories(running, error);
    return status == DVG_OK ? dvg_engine_check(result, error) : status;
}

dvg_status dvg_engine_run(dvg_result **result, const dvg_run_input *input, const char *left,
                          const char *right, dvg_error *error)
{
    struct dvg_running running;
    *result = NULL;
    dvg_status status = begin(&running, input, error);
    if (status == DVG_OK)
        status = dvg_sides_open(running.result, input, left, right, error);
    if (status == DVG_OK)
        status = run_sides(&running, error);
    return end(result, &running, status);
}

dvg_status dvg_engine_run_snapshots(dvg_result **result, const dvg_run_input *input,
                                    dvg_snapshot *const sides[2], dvg_error *error)
{
    struct dvg_running running;
    *result = NULL;
    dvg_status status = begin(&running, input, error);
    for (int side = 0; side < 2; side++) {
        if (status != DVG_OK) {
            dvg_snapshot_free(sides[side]);
            continue;
        }
        running.result->side[side] = sides[side];
        dvg_snapshot_map(sides[side], input->mapper);
    }
    if (status == DVG_OK)
        status = run_sides(&running, error);
    return end(result, &running, status);
}

/* A run about one document of that name. NULL result: out of memory. */
static dvg_status begin_one(struct dvg_running *running, const dvg_run_input *input,
                            const char *name, dvg_error *error)
{
    dvg_status status = begin(running, input, error);
    return status == DVG_OK ? dvg_result_make_file(running->result, name, error) : status;
}

dvg_status dvg_engine_run_documents(dvg_result **result, const dvg_run_input *input,
                                    const dvg_document *left, const dvg_document *right,
                                    const char *name, dvg_error *error)
{
    struct dvg_running running;
    *result = NULL;
    dvg_status status = begin_one(&running, input, name, error);
    if (status == DVG_OK) {
        running.result->ledger.documents = 1;
        running.result->given[0] = left;
        running.result->given[1] = right;
        status = tell_progress(&running, error);
    }
    if (status == DVG_OK) {
        const dvg_document *const documents[2] = {left, right};
        status = walk_one(&running, documents, error);
    }
    return end(result, &running, status);
}

/* A place that a rule hides would not have been looked at. */
static dvg_status record_imagined(struct dvg_running *running, dvg_record *record, dvg_error *error)
{
    dvg_result *result = running->result;
    dvg_ruling_begin(&result->ruling, result->files[0].name, NULL);
    record->rule = dvg_ruling_around(&result->ruling, record->path);
    return record->rule == DVG_RULE_NONE ? dvg_running_record(running, record, error)
                                         : ignore(result, record, error);
}

dvg_status dvg_engine_imagine(dvg_result **result, const dvg_run_input *input, const char *name,
                              dvg_record *record, dvg_error *error)
{
    struct dvg_running running;
    *result = NULL;
    dvg_status status = begin_one(&running, input, name, error);
    record->file = 0;
    if (status == DVG_OK)
        status = record_imagined(&running, record, error);
    return end(result, &running, status);
}
