/*
 * outcome: runs, and what a host can ask of a result.
 * Answers for handing a context's limits and profile to the engine; compares nothing itself.
 * Invariant: a result keeps its profile alive, even if its context goes on to use another.
 */
#include "api/outcome.h"

#include "json/writer.h"
#include "path/pattern.h"

#include <string.h>

void dvg_places_init(dvg_places *places, const dvg_allocator *allocator)
{
    dvg_buffer_init(&places->path, allocator);
    dvg_buffer_init(&places->pointer, allocator);
    dvg_buffer_init(&places->quoted, allocator);
}

void dvg_places_clear(dvg_places *places)
{
    dvg_buffer_clear(&places->path);
    dvg_buffer_clear(&places->pointer);
    dvg_buffer_clear(&places->quoted);
}

static dvg_outcome *outcome_new(dvg_context *context)
{
    dvg_outcome *outcome = dvg_allocate_zero(&context->allocator, sizeof *outcome);
    if (outcome == NULL)
        return NULL;
    outcome->context = context;
    outcome->loaded = context->loaded;
    outcome->loaded->users++;
    dvg_places_init(&outcome->place, &context->allocator);
    dvg_buffer_init(&outcome->report, &context->allocator);
    dvg_buffer_init(&outcome->value, &context->allocator);
    dvg_buffer_init(&outcome->line, &context->allocator);
    dvg_buffer_init(&outcome->hidden, &context->allocator);
    dvg_buffer_init(&outcome->words, &context->allocator);
    return outcome;
}

static void outcome_free(dvg_outcome *outcome)
{
    const dvg_context *context = outcome->context;
    dvg_places_clear(&outcome->place);
    dvg_buffer_clear(&outcome->report);
    dvg_buffer_clear(&outcome->value);
    dvg_buffer_clear(&outcome->line);
    dvg_buffer_clear(&outcome->hidden);
    dvg_buffer_clear(&outcome->words);
    dvg_loaded_release(context, outcome->loaded);
    dvg_release(&context->allocator, outcome, sizeof *outcome);
}

static dvg_run_input run_input(dvg_context *context, dvg_guests *guests)
{
    dvg_profile *profile = context->loaded->profile;
    dvg_rules *rules = dvg_profile_rules(profile);
    dvg_context_reading(context, &rules->reading);
    dvg_host_begin_run(context->host);
    dvg_run_input input = {
        context->allocator,
        rules,
        dvg_guests_join(guests, context, dvg_profile_hooks(profile)),
        context->options.threads,
        context->options.warning,
        context->options.warning_payload,
        {context->options.map, context->options.map_payload},
        false,
        context->audit,
        context->hidden_most,
    };
    return input;
}

dvg_status dvg_outcome_begin(struct dvg_undertaking *begun, dvg_context *context, dvg_error *error)
{
    if (dvg_context_loaded(context, error) == NULL)
        return DVG_E_ARGUMENT;
    begun->outcome = outcome_new(context);
    if (begun->outcome == NULL)
        return dvg_fail_memory(error);
    begun->input = run_input(context, &begun->guests);
    return DVG_OK;
}

dvg_status dvg_outcome_settle(dvg_result **result, dvg_result *made, struct dvg_undertaking *begun,
                              dvg_status status)
{
    dvg_guests_clear(&begun->guests);
    if (status == DVG_OK) {
        made->owner = begun->outcome;
        *result = made;
    } else {
        outcome_free(begun->outcome);
    }
    return status;
}

static dvg_status run(dvg_result **result, dvg_context *context, const char *left,
                      const char *right, bool directories, dvg_error *error)
{
    dvg_status status =
        dvg_require(error, result != NULL && context != NULL && left != NULL && right != NULL,
                    "no context, no snapshot, or no place for the result");
    if (status != DVG_OK)
        return status;
    *result = NULL;
    struct dvg_undertaking begun;
    status = dvg_outcome_begin(&begun, context, error);
    if (status != DVG_OK)
        return status;
    begun.input.directories = directories;
    dvg_result *made = NULL;
    status = dvg_engine_run(&made, &begun.input, left[0] != '\0' ? left : ".",
                            right[0] != '\0' ? right : ".", error);
    return dvg_outcome_settle(result, made, &begun, status);
}

dvg_status dvg_run(dvg_result **result, dvg_context *context, const char *left, const char *right,
                   dvg_error *error)
{
    return run(result, context, left, right, false, error);
}

dvg_status dvg_run_directories(dvg_result **result, dvg_context *context, const char *left,
                               const char *right, dvg_error *error)
{
    return run(result, context, left, right, true, error);
}

dvg_status dvg_run_documents(dvg_result **result, dvg_context *context, const dvg_document *left,
                             const dvg_document *right, const char *name, dvg_error *error)
{
    dvg_status status = dvg_require(
        error, result != NULL && context != NULL && left != NULL && right != NULL && name != NULL,
        "no context, no document, no name, or no place for the result");
    if (status != DVG_OK)
        return status;
    *result = NULL;
    struct dvg_undertaking begun;
    status = dvg_outcome_begin(&begun, context, error);
    if (status != DVG_OK)
        return status;
    dvg_result *made = NULL;
    status = dvg_engine_run_documents(&made, &begun.input, left, right, name, error);
    return dvg_outcome_settle(result, made, &begun, status);
}

void dvg_result_free(dvg_result *result)
{
    if (result == NULL)
        return;
    dvg_outcome *outcome = dvg_result_outcome(result);
    dvg_engine_free(result); /* first: it still points into the rules of the profile */
    outcome_free(outcome);
}

size_t dvg_result_count(const dvg_result *result) { return result->record_count; }

size_t dvg_result_suppressed_count(const dvg_result *result) { return result->suppressed_count; }

size_t dvg_result_ignored_count(const dvg_result *result) { return result->ignored_count; }

bool dvg_result_reaches(const dvg_result *result, dvg_severity severity)
{
    for (size_t i = 0; i < result->record_count; i++)
        if (result->records[i].severity >= (uint8_t)severity)
            return true;
    return false;
}

void dvg_result_show_suppressed(dvg_result *result, bool show) { result->show_suppressed = show; }

void dvg_result_set_limit(dvg_result *result, uint64_t most)
{
    result->limited = true;
    result->limit = most;
}

void dvg_result_set_terminal(dvg_result *result, bool color, unsigned columns)
{
    result->color = color;
    result->columns = columns;
}

bool dvg_result_suppressed_shown(const dvg_result *result) { return result->suppressed_shown; }

dvg_verdict dvg_result_verdict(const dvg_result *result)
{
    if (result->stop)
        return DVG_STOP;
    return result->record_count > 0 ? DVG_DIFFERENT : DVG_SAME;
}

bool dvg_result_identical(const dvg_result *result)
{
    bool identical = result->record_count == 0 && !result->stop;
    for (size_t i = 0; i < result->gate_count; i++)
        identical = identical && result->gates[i].ok;
    return identical;
}

const dvg_ledger *dvg_result_ledger(const dvg_result *result) { return &result->ledger; }

/* Empty a buffer and keep its memory: the same one is lent again and again. */
void dvg_outcome_rewind(dvg_buffer *buffer)
{
    if (buffer->failed)
        dvg_buffer_clear(buffer);
    buffer->size = 0;
    buffer->failed = false;
}

dvg_status dvg_outcome_lend(dvg_text *text, dvg_buffer *buffer, dvg_error *error)
{
    text->data = dvg_buffer_string(buffer);
    text->size = buffer->size;
    return text->data != NULL && !buffer->failed ? DVG_OK : dvg_fail_memory(error);
}

/* Record `index`, the suppressed and the ignored ones behind the others; NULL: there is none. `*by`
 * becomes the script that suppressed it, or NULL. */
static const dvg_record *find_record(const dvg_result *result, size_t index, const char **by)
{
    *by = NULL;
    if (index < result->record_count)
        return &result->records[index];
    index -= result->record_count;
    if (index >= result->suppressed_count) {
        index -= result->suppressed_count;
        return index < result->ignored_count ? &result->ignored[index].record : NULL;
    }
    *by = result->suppressed[index].by;
    return &result->suppressed[index].record;
}

/* The rule that decided something about the record; NULL: none did. */
static const dvg_rule *rule_of(const dvg_result *result, const dvg_record *record)
{
    const dvg_rules *rules = result->rules;
    return record->rule < rules->rule_count ? &rules->rules[record->rule] : NULL;
}

static const char *class_name(const dvg_result *result, const dvg_record *record)
{
    const dvg_rules *rules = result->rules;
    return record->class_index < rules->class_count ? rules->classes[record->class_index].name : "";
}

dvg_status dvg_outcome_describe(dvg_divergence *divergence, const dvg_result *result,
                                const dvg_record *record, dvg_places *places, dvg_error *error)
{
    dvg_divergence made = {0};
    dvg_outcome_rewind(&places->path);
    dvg_outcome_rewind(&places->pointer);
    dvg_outcome_rewind(&places->quoted);
    dvg_path_render(&places->path, record->path, &result->allocator);
    dvg_path_pointer(&places->pointer, record->path, dvg_record_pointer_side(record),
                     &result->allocator);
    dvg_path_quoted(&places->quoted, record->path, &result->allocator);
    dvg_status status = dvg_outcome_lend(&made.path, &places->path, error);
    if (status == DVG_OK)
        status = dvg_outcome_lend(&made.pointer, &places->pointer, error);
    if (status == DVG_OK)
        status = dvg_outcome_lend(&made.quoted, &places->quoted, error);
    if (status != DVG_OK)
        return status;
    made.file = result->files[record->file].name;
    made.kind = dvg_rules_kind_name(result->rules, (dvg_kind)record->kind);
    made.left = record->left;
    made.right = record->right;
    made.class_name = "";
    made.severity = "";
    *divergence = made;
    return DVG_OK;
}

dvg_status dvg_result_get(dvg_result *result, size_t index, dvg_divergence *divergence,
                          dvg_error *error)
{
    const char *by = NULL;
    const dvg_record *record = result == NULL ? NULL : find_record(result, index, &by);
    dvg_status status = dvg_require(error, record != NULL && divergence != NULL,
                                    "no result, or no such divergence");
    if (status != DVG_OK)
        return status;
    dvg_outcome *outcome = dvg_result_outcome(result);
    status = dvg_outcome_describe(divergence, result, record, &outcome->place, error);
    if (status != DVG_OK)
        return status;
    divergence->class_name = class_name(result, record);
    divergence->severity = dvg_severity_name(record->severity);
    divergence->note = record->note;
    divergence->suppressed_by = by;
    const dvg_rule *rule = rule_of(result, record);
    bool ignored = index >= result->record_count + result->suppressed_count;
    divergence->ignored_by = ignored && rule != NULL ? rule->name : NULL;
    divergence->rule = !ignored && rule != NULL ? rule->name : NULL;
    if (ignored && rule != NULL)
        divergence->note = rule->why;
    return DVG_OK;
}

/* ---------------------------------------------------------------- lines */

/* Append a text with what could disturb a terminal escaped, cut after `most` bytes. */
static void add_escaped(dvg_buffer *line, const char *text, size_t size, size_t most)
{
    char escaped[1024];
    dvg_line_escape(escaped, most < sizeof escaped ? most : sizeof escaped, text, size);
    dvg_buffer_add_text(line, escaped);
}

static void add_reason(dvg_buffer *line, const char *how, const char *by, const char *note)
{
    if (by != NULL) {
        dvg_buffer_add_text(line, how);
        add_escaped(line, by, strlen(by), 400);
    }
    if (note != NULL) {
        dvg_buffer_add_text(line, by != NULL ? ": " : " (");
        add_escaped(line, note, strlen(note), 400);
    }
    if (by != NULL || note != NULL)
        dvg_buffer_add_text(line, ")");
}

dvg_status dvg_result_line(dvg_result *result, size_t index, dvg_text *line, dvg_error *error)
{
    dvg_divergence found;
    dvg_status status = dvg_require(error, result != NULL && line != NULL, "no result or no line");
    if (status == DVG_OK)
        status = dvg_result_get(result, index, &found, error);
    if (status != DVG_OK)
        return status;
    dvg_buffer *text = &dvg_result_outcome(result)->line;
    dvg_outcome_rewind(text);
    add_escaped(text, found.file, strlen(found.file), 400);
    dvg_buffer_add_text(text, ": ");
    add_escaped(text, found.path.data, found.path.size, 1024);
    dvg_buffer_add_text(text, ": ");
    add_escaped(text, found.kind, strlen(found.kind), 100);
    if (found.ignored_by != NULL)
        add_reason(text, " (ignored by ", found.ignored_by, found.note);
    else
        add_reason(text, " (suppressed by ", found.suppressed_by, found.note);
    return dvg_outcome_lend(line, text, error);
}

/* ---------------------------------------------------------------- values */

dvg_status dvg_result_value(dvg_result *result, size_t index, dvg_side side, dvg_text *json,
                            dvg_error *error)
{
    static const dvg_json_style compact = {.indent = -2};
    const char *by = NULL;
    const dvg_record *record = result == NULL ? NULL : find_record(result, index, &by);
    dvg_status status = dvg_require(
        error, record != NULL && json != NULL && (side == DVG_LEFT || side == DVG_RIGHT),
        "no result, or no such divergence or side");
    if (status != DVG_OK)
        return status;
    dvg_value value = side == DVG_LEFT ? record->left : record->right;
    dvg_buffer *text = &dvg_result_outcome(result)->value;
    dvg_outcome_rewind(text);
    if (dvg_value_type(value) != DVG_ABSENT && !dvg_json_write(text, value, &compact))
        return dvg_fail_memory(error);
    return dvg_outcome_lend(json, text, error);
}
