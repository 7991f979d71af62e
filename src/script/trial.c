/*
 * trial: see trial.h.
 */
#include "script/trial.h"

#include "path/parse.h"
#include "script/nearest.h"
#include "script/part.h"

#include <string.h>

/* What a run, a question or a text that was read holds on to. */
struct dvg_holding {
    dvg_holding *next;
    dvg_document document[2];
    dvg_arena arena;
    dvg_result *result;
    bool kept; /* values that point into it were handed out */
};

void dvg_trial_init(dvg_trial *trial, dvg_host *host, const dvg_test_input *input)
{
    memset(trial, 0, sizeof *trial);
    trial->allocator = host->allocator;
    trial->host = host;
    trial->input = input;
    dvg_arena_init(&trial->arena, &trial->allocator);
    dvg_buffer_init(&trial->text, &trial->allocator);
}

static void release(dvg_trial *trial, dvg_holding *holding)
{
    dvg_engine_free(holding->result);
    dvg_document_clear(&holding->document[0]);
    dvg_document_clear(&holding->document[1]);
    dvg_arena_clear(&holding->arena);
    dvg_release(&trial->allocator, holding, sizeof *holding);
}

static void release_all(dvg_trial *trial, bool also_kept)
{
    dvg_holding **link = &trial->holdings;
    while (*link != NULL) {
        dvg_holding *holding = *link;
        if (holding->kept && !also_kept) {
            link = &holding->next;
            continue;
        }
        *link = holding->next;
        release(trial, holding);
    }
}

void dvg_trial_tidy(dvg_trial *trial) { release_all(trial, false); }

void dvg_trial_clear(dvg_trial *trial)
{
    release_all(trial, true);
    dvg_profile_free(trial->profile);
    dvg_arena_clear(&trial->arena);
    dvg_bytes_clear(&trial->bytes, &trial->allocator);
    dvg_buffer_clear(&trial->text);
}

static dvg_holding *hold(dvg_trial *trial)
{
    dvg_holding *holding = dvg_allocate_zero(&trial->allocator, sizeof *holding);
    if (holding == NULL)
        return NULL;
    dvg_document_init(&holding->document[0], &trial->allocator);
    dvg_document_init(&holding->document[1], &trial->allocator);
    dvg_arena_init(&holding->arena, &trial->allocator);
    holding->next = trial->holdings;
    trial->holdings = holding;
    return holding;
}

/* Keep a holding until the case ends. What is kept is no memory of the script's, so it has a bound
 * of its own. */
static dvg_status keep(dvg_trial *trial, dvg_holding *holding, size_t size, dvg_error *error)
{
    holding->kept = true;
    trial->held += size + 4096;
    if (trial->held <= trial->host->limits.memory)
        return DVG_OK;
    return dvg_fail(error, DVG_E_LIMIT, "a case may keep documents and runs of %zu bytes in all",
                    (size_t)trial->host->limits.memory);
}

/* Read text into a document of a holding, which owns a copy of it. */
static dvg_status read_text(dvg_document *document, dvg_text text, const char *name,
                            const dvg_reading *reading, dvg_error *error)
{
    if (!dvg_document_own_source(document, text.data, text.size, DVG_FILE_PADDING))
        return dvg_fail_memory(error);
    return dvg_json_read(document, document->source, text.size, name, reading, error);
}

/* How the trial reads: as the profile says, within the limits of the caller. */
static dvg_reading *set_reading(const dvg_trial *trial)
{
    dvg_reading *reading = &dvg_profile_rules(trial->profile)->reading;
    if (trial->input->depth > 0)
        reading->depth = trial->input->depth;
    if (trial->input->integer_digits > 0)
        reading->integer_digits = trial->input->integer_digits;
    reading->seed = trial->input->seed;
    return reading;
}

static dvg_run_input run_input(const dvg_trial *trial)
{
    dvg_run_input input;
    memset(&input, 0, sizeof input);
    (void)set_reading(trial);
    input.allocator = trial->allocator;
    input.rules = dvg_profile_rules(trial->profile);
    input.hooks = dvg_profile_hooks(trial->profile);
    input.threads = 1;
    return input;
}

/* ---------------------------------------------------------------- documents */

/* A name with wild cards, which stands for any number of documents. */
static bool is_glob(const char *name) { return strpbrk(name, "*?[") != NULL; }

/* Is there a document `name`, as far as the profile lists them? */
static dvg_status check_document(const dvg_trial *trial, const char *name, dvg_error *error)
{
    const dvg_rules *rules = dvg_profile_rules(trial->profile);
    dvg_nearest nearest;
    dvg_nearest_init(&nearest, name, strlen(name));
    for (size_t i = 0; i < rules->document_count; i++) {
        if (is_glob(rules->documents[i]) || strcmp(rules->documents[i], name) == 0)
            return DVG_OK;
        dvg_nearest_offer(&nearest, rules->documents[i]);
    }
    return dvg_fail(
        error, DVG_E_ARGUMENT,
        "file \"%.200s\" is no document of profile \"%.100s\"; the nearest is \"%.200s\"", name,
        rules->name, nearest.best == NULL ? "" : nearest.best);
}

static const char *first_document(const dvg_trial *trial)
{
    const dvg_rules *rules = dvg_profile_rules(trial->profile);
    for (size_t i = 0; i < rules->document_count; i++)
        if (!is_glob(rules->documents[i]))
            return rules->documents[i];
    return "document.json";
}

dvg_status dvg_trial_read(dvg_trial *trial, dvg_text text, dvg_value *root, dvg_error *error)
{
    dvg_reading reading;
    dvg_holding *holding = hold(trial);
    if (holding == NULL)
        return dvg_fail_memory(error);
    dvg_status status = keep(trial, holding, text.size, error);
    if (status != DVG_OK)
        return status;
    dvg_reading_init(&reading);
    reading.nonfinite = true;
    reading.depth = UINT32_MAX;
    reading.seed = trial->input->seed;
    status = read_text(&holding->document[0], text, "t:json", &reading, error);
    *root = dvg_document_root(&holding->document[0]);
    return status;
}

dvg_status dvg_trial_run(dvg_trial *trial, const dvg_trial_side sides[2], const char *name,
                         dvg_result **result, dvg_error *error)
{
    static const char *const names[2] = {"left", "right"};
    dvg_run_input input = run_input(trial);
    dvg_holding *holding = hold(trial);
    dvg_status status = DVG_OK;
    if (holding == NULL)
        return dvg_fail_memory(error);
    status = keep(trial, holding, sides[0].text.size + sides[1].text.size, error);
    if (status != DVG_OK)
        return status;
    if (sides[0].path != NULL) {
        status = dvg_engine_run(&holding->result, &input, sides[0].path, sides[1].path, error);
        *result = holding->result;
        return status;
    }
    if (name != NULL)
        status = check_document(trial, name, error);
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        status = read_text(&holding->document[side], sides[side].text, names[side],
                           &input.rules->reading, error);
    if (status == DVG_OK)
        status = dvg_engine_run_documents(&holding->result, &input, &holding->document[0],
                                          &holding->document[1],
                                          name == NULL ? first_document(trial) : name, error);
    *result = holding->result;
    return status;
}

/* ---------------------------------------------------------------- made-up divergences */

/* The kind that the values and the last step speak of. */
static dvg_kind kind_of_values(const dvg_value value[2], const dvg_step *last)
{
    bool member = last == NULL || last->kind == DVG_STEP_MEMBER;
    if (value[0].cell == NULL)
        return member ? DVG_KIND_MEMBER_EXTRA : DVG_KIND_ELEMENT_EXTRA;
    if (value[1].cell == NULL)
        return member ? DVG_KIND_MEMBER_MISSING : DVG_KIND_ELEMENT_MISSING;
    if (strcmp(dvg_type_name(dvg_value_type(value[0])), dvg_type_name(dvg_value_type(value[1]))) !=
        0)
        return DVG_KIND_TYPE;
    return dvg_value_type(value[0]) == DVG_ARRAY ? DVG_KIND_LENGTH : DVG_KIND_VALUE;
}

static bool is_named(const dvg_rules *rules, dvg_kind kind, const char *name)
{
    return strcmp(dvg_rules_kind_name(rules, kind), name) == 0 ||
           strcmp(dvg_kind_name(kind), name) == 0;
}

static dvg_status fail_kind(const dvg_rules *rules, const char *name, dvg_error *error)
{
    dvg_nearest nearest;
    dvg_nearest_init(&nearest, name, strlen(name));
    for (int i = 0; i < DVG_KIND_COUNT; i++)
        dvg_nearest_offer(&nearest, dvg_rules_kind_name(rules, (dvg_kind)i));
    return dvg_fail(error, DVG_E_ARGUMENT, "there is no kind \"%.100s\"; the nearest is \"%.100s\"",
                    name, nearest.best);
}

/* The kind that is asked for. One name may stand for several: then the values decide. */
static dvg_status settle_kind(dvg_record *record, const dvg_question *question,
                              const dvg_rules *rules, dvg_error *error)
{
    dvg_value values[2] = {record->left, record->right};
    dvg_kind likely = kind_of_values(values, record->path);
    const char *name = question->kind;
    int found = DVG_KIND_COUNT;
    if (name == NULL && record->left.cell == NULL && record->right.cell == NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "give `left`, `right` or both, or the `kind`");
    for (int i = DVG_KIND_COUNT - 1; name != NULL && i >= 0; i--)
        if (is_named(rules, (dvg_kind)i, name))
            found = i;
    if (name == NULL || is_named(rules, likely, name))
        found = likely;
    if (found == DVG_KIND_FILE_MISSING && is_named(rules, DVG_KIND_FILE_EXTRA, name) &&
        question->side == DVG_THE_RIGHT)
        found = DVG_KIND_FILE_EXTRA;
    record->kind = (uint8_t)found;
    return found == DVG_KIND_COUNT ? fail_kind(rules, name, error) : DVG_OK;
}

/* Where a file as a whole diverges there is no path but a label. */
static dvg_status label(dvg_record *record, dvg_holding *holding, dvg_error *error)
{
    const char *text = record->kind == DVG_KIND_HASH ? "<manifest>" : "<file>";
    if (record->kind < DVG_KIND_FILE_MISSING || record->path != NULL)
        return DVG_OK;
    dvg_step *step = dvg_arena_get(&holding->arena, sizeof *step);
    if (step == NULL)
        return dvg_fail_memory(error);
    memset(step, 0, sizeof *step);
    step->kind = DVG_STEP_LABEL;
    step->field = text;
    record->path = step;
    return DVG_OK;
}

/* The side that the divergence is on, as the walk would say. */
static dvg_which settle_side(const dvg_record *record, const dvg_question *question)
{
    switch ((dvg_kind)record->kind) {
    case DVG_KIND_MEMBER_MISSING:
    case DVG_KIND_ELEMENT_MISSING:
    case DVG_KIND_FILE_MISSING:
        return DVG_THE_LEFT;
    case DVG_KIND_MEMBER_EXTRA:
    case DVG_KIND_ELEMENT_EXTRA:
    case DVG_KIND_FILE_EXTRA:
        return DVG_THE_RIGHT;
    default:
        return question->side;
    }
}

/* What the caller says of the last step beside the path's text. */
static dvg_status settle_step(dvg_trial *trial, dvg_step *last, dvg_holding *holding,
                              const dvg_question *question, dvg_error *error)
{
    bool element = last != NULL && (last->kind == DVG_STEP_INDEX || last->kind == DVG_STEP_KEYED);
    if ((question->key.data != NULL && (!element || last->kind != DVG_STEP_KEYED)) ||
        (question->index >= 0 && !element))
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "`%s` needs a path that ends with an element, such as list[%s]",
                        question->key.data != NULL ? "key" : "index",
                        question->key.data != NULL ? "name=x" : "3");
    if (question->index >= 0) {
        last->index[0] = (uint64_t)question->index;
        last->index[1] = (uint64_t)question->index;
    }
    if (question->key.data == NULL)
        return DVG_OK;
    dvg_value key = dvg_value_absent();
    dvg_status status = dvg_trial_read(trial, question->key, &key, error);
    if (status == DVG_OK && dvg_value_type(key) >= DVG_ARRAY)
        return dvg_fail(error, DVG_E_ARGUMENT, "`key` is a string, a number or the like");
    if (status == DVG_OK)
        last->value =
            dvg_document_scalar(&holding->document[0], &holding->arena, dvg_value_type(key),
                                dvg_value_text(key).data, dvg_value_text(key).size);
    return status == DVG_OK && last->value.cell == NULL ? dvg_fail_memory(error) : status;
}

/* Make the record that a question describes. */
static dvg_status imagine(dvg_trial *trial, dvg_record *record, dvg_holding *holding,
                          const dvg_question *question, dvg_error *error)
{
    static const char *const names[2] = {"left", "right"};
    dvg_value values[2] = {dvg_value_absent(), dvg_value_absent()};
    dvg_step *last = NULL;
    dvg_reading reading;
    dvg_status status = check_document(trial, question->file, error);
    dvg_reading_init(&reading);
    reading.nonfinite = true;
    reading.depth = UINT32_MAX;
    reading.seed = trial->input->seed;
    memset(record, 0, sizeof *record);
    for (int side = 0; side < 2 && status == DVG_OK; side++) {
        if (question->value[side].data == NULL)
            continue;
        status = read_text(&holding->document[side], question->value[side], names[side], &reading,
                           error);
        values[side] = dvg_document_root(&holding->document[side]);
    }
    if (status == DVG_OK)
        status = dvg_path_parse(&last, question->path.data, question->path.size, &holding->arena,
                                &holding->document[0], error);
    if (status == DVG_OK)
        status = settle_step(trial, last, holding, question, error);
    record->path = last;
    record->left = values[0];
    record->right = values[1];
    if (status == DVG_OK)
        status = settle_kind(record, question, dvg_profile_rules(trial->profile), error);
    if (status == DVG_OK)
        status = label(record, holding, error);
    record->side = (int8_t)settle_side(record, question);
    return status;
}

dvg_status dvg_trial_ask(dvg_trial *trial, const dvg_question *question, const dvg_result **result,
                         const dvg_record **record, const char **by, dvg_error *error)
{
    dvg_record made;
    dvg_run_input input = run_input(trial);
    dvg_holding *holding = hold(trial);
    if (holding == NULL)
        return dvg_fail_memory(error);
    dvg_status status = imagine(trial, &made, holding, question, error);
    if (status == DVG_OK)
        status = dvg_engine_imagine(&holding->result, &input, question->file, &made, error);
    if (status != DVG_OK)
        return status;
    *result = holding->result;
    *by = NULL;
    if (holding->result->record_count > 0) {
        *record = &holding->result->records[0];
    } else {
        const dvg_suppressed *aside = holding->result->suppressed_count > 0
                                          ? holding->result->suppressed
                                          : holding->result->ignored;
        *record = &aside->record;
        *by = aside->by;
    }
    return DVG_OK;
}

/* ---------------------------------------------------------------- reports */

/* A dvg_sink_fn. */
static int take(void *payload, const char *data, size_t size)
{
    dvg_buffer *text = payload;
    dvg_buffer_add(text, data, size);
    return text->failed ? -1 : 0;
}

dvg_status dvg_trial_report(dvg_trial *trial, dvg_result *result, const char *name,
                            dvg_error *error)
{
    trial->text.size = 0;
    trial->text.failed = false;
    if (name == NULL && (trial->parts & DVG_PART_REPORT) != 0)
        name = trial->input->script;
    else if (name == NULL)
        name = dvg_profile_report_name(trial->profile, 0);
    if (name == NULL)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "neither the script nor its profile names a report: say { report = NAME }");
    dvg_status status = dvg_report_run(trial->profile, result, name, take, &trial->text, error);
    return trial->text.failed ? dvg_fail_memory(error) : status;
}
