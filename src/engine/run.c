/*
 * run: see run.h. The order of a run is the reference's: gates, manifests, documents.
 */
#include "engine/run.h"
#include "engine/pair.h"
#include "os/pathname.h"

#include <string.h>

/* Keep what must outlive the call: the note of a decision. */
static dvg_status decide(dvg_result *result, dvg_record *record, const dvg_decision *decision,
                         dvg_error *error)
{
    record->class_index = decision->class_index;
    record->severity = (uint8_t)decision->severity;
    record->note = NULL;
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

static dvg_status set_aside(dvg_result *result, const dvg_record *record, const char *by,
                            dvg_error *error)
{
    void *suppressed = result->suppressed;
    if (!dvg_grow(&result->allocator, &suppressed, &result->suppressed_capacity,
                  result->suppressed_count + 1, sizeof *result->suppressed))
        return dvg_fail_memory(error);
    result->suppressed = suppressed;
    dvg_suppressed *kept = &result->suppressed[result->suppressed_count++];
    kept->record = *record;
    kept->record.class_index = DVG_CLASS_NONE;
    kept->by = by;
    result->ledger.suppressed++;
    return DVG_OK;
}

dvg_status dvg_running_record(struct dvg_running *running, dvg_record *record, dvg_error *error)
{
    dvg_result *result = running->result;
    const dvg_hooks *hooks = &running->input->hooks;
    dvg_decision decision = {0, result->rules->classes[0].severity, NULL, NULL, 0};
    dvg_status status = DVG_OK;
    if (hooks->classify != NULL)
        status = hooks->classify(hooks->payload, result, record, &decision, error);
    if (status == DVG_OK)
        status = decide(result, record, &decision, error);
    if (status != DVG_OK)
        return status;
    return decision.suppressed_by != NULL ? set_aside(result, record, decision.suppressed_by, error)
                                          : keep(result, record, error);
}

/* ---- making and freeing */

static void set_files(dvg_result *result, const char *only)
{
    const dvg_rules *rules = result->rules;
    for (size_t i = 0; i < result->file_count; i++) {
        result->files[i].name = only != NULL ? only : rules->documents[i];
        result->files[i].counts = result->class_counts + (i + 1) * rules->class_count;
    }
}

/* An empty result for `files` documents; the counts of all files stand in one block. */
static dvg_result *new_result(const dvg_run_input *input, size_t files, const char *only)
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
    result->file_count = files;
    dvg_arena_init(&result->arena, &result->allocator);
    dvg_document_init(&result->scratch, &result->allocator);
    size_t counts = (files + 1) * input->rules->class_count * sizeof(uint64_t);
    result->class_counts = dvg_arena_get(&result->arena, counts);
    result->files = dvg_arena_get(&result->arena, (files + 1) * sizeof *result->files);
    const char *copy = only == NULL ? "" : dvg_arena_copy(&result->arena, only, strlen(only));
    if (result->class_counts == NULL || result->files == NULL || copy == NULL) {
        dvg_engine_free(result);
        return NULL;
    }
    memset(result->class_counts, 0, counts);
    memset(result->files, 0, (files + 1) * sizeof *result->files);
    set_files(result, only == NULL ? NULL : copy);
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
    dvg_document_clear(&result->scratch);
    dvg_arena_clear(&result->arena);
    dvg_release(&allocator, result, sizeof *result);
}

/* ---- running */

static void append_normal(char *text, size_t size, const char *path, const dvg_allocator *allocator)
{
    dvg_buffer normal;
    dvg_buffer_init(&normal, allocator);
    dvg_pathname_normal(&normal, path);
    const char *shown = dvg_buffer_string(&normal);
    dvg_line_escape(text, size, shown != NULL ? shown : "", shown != NULL ? normal.size : 0);
    dvg_buffer_clear(&normal);
}

static dvg_status fail_absent(const dvg_result *result, const char *left, const char *right,
                              dvg_error *error)
{
    char paths[2][400];
    append_normal(paths[0], sizeof paths[0], left, &result->allocator);
    append_normal(paths[1], sizeof paths[1], right, &result->allocator);
    return dvg_fail(error, DVG_E_ABSENT, "both snapshot dirs must exist: %s %s", paths[0],
                    paths[1]);
}

static dvg_status open_sides(dvg_result *result, dvg_mapper mapper, const char *left,
                             const char *right, dvg_error *error)
{
    const char *paths[2] = {left, right};
    for (int side = 0; side < 2; side++) {
        dvg_error mine;
        dvg_error_clear(&mine);
        dvg_status status = dvg_snapshot_open(&result->side[side], paths[side], &result->allocator,
                                              &result->rules->reading, &mine);
        if (status == DVG_E_ABSENT)
            return fail_absent(result, left, right, error);
        if (status != DVG_OK && error != NULL && error->status == DVG_OK)
            *error = mine;
        if (status != DVG_OK)
            return status;
        dvg_snapshot_map(result->side[side], mapper);
    }
    return DVG_OK;
}

static dvg_status run_files(struct dvg_running *running, dvg_error *error)
{
    dvg_result *result = running->result;
    dvg_status status = dvg_claims_read(running, error);
    for (size_t i = 0; i < result->file_count && status == DVG_OK; i++) {
        running->file = (uint32_t)i;
        result->ledger.documents++;
        status = dvg_pair_run(running, error);
    }
    if (status == DVG_OK)
        dvg_claims_warn(running);
    return status;
}

dvg_status dvg_engine_check(const dvg_result *result, dvg_error *error)
{
    dvg_status status = DVG_OK;
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        if (result->side[side] != NULL)
            status = dvg_snapshot_check(result->side[side], error);
    return status;
}

dvg_status dvg_engine_run(dvg_result **result, const dvg_run_input *input, const char *left,
                          const char *right, dvg_error *error)
{
    struct dvg_running running;
    memset(&running, 0, sizeof running);
    *result = NULL;
    running.result = new_result(input, input->rules->document_count, NULL);
    running.input = input;
    if (running.result == NULL)
        return dvg_fail_memory(error);
    dvg_status status = open_sides(running.result, input->mapper, left, right, error);
    if (status == DVG_OK && input->hooks.gates != NULL)
        status = input->hooks.gates(input->hooks.payload, running.result, error);
    if (status == DVG_OK)
        status = run_files(&running, error);
    if (status == DVG_OK)
        status = dvg_engine_check(running.result, error);
    if (status != DVG_OK)
        dvg_engine_free(running.result);
    else
        *result = running.result;
    return status;
}

dvg_status dvg_engine_run_documents(dvg_result **result, const dvg_run_input *input,
                                    const dvg_document *left, const dvg_document *right,
                                    const char *name, dvg_error *error)
{
    struct dvg_running running;
    memset(&running, 0, sizeof running);
    *result = NULL;
    running.result = new_result(input, 1, name);
    running.input = input;
    if (running.result == NULL)
        return dvg_fail_memory(error);
    running.result->ledger.documents = 1;
    dvg_status status = dvg_pair_walk(&running, left, right, error);
    if (status != DVG_OK)
        dvg_engine_free(running.result);
    else
        *result = running.result;
    return status;
}

dvg_status dvg_engine_imagine(dvg_result **result, const dvg_run_input *input, const char *name,
                              dvg_record *record, dvg_error *error)
{
    struct dvg_running running;
    memset(&running, 0, sizeof running);
    *result = NULL;
    running.result = new_result(input, 1, name);
    running.input = input;
    if (running.result == NULL)
        return dvg_fail_memory(error);
    record->file = 0;
    dvg_status status = dvg_running_record(&running, record, error);
    if (status != DVG_OK)
        dvg_engine_free(running.result);
    else
        *result = running.result;
    return status;
}
