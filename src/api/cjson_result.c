/*
 * cjson_result: values and whole results as trees of another library, for diverge/cjson.h.
 * A result is written as JSON text and read again, so that it is one document like any other; what
 * becomes of values in a tree is interop/cjson.h's business.
 */
#include <diverge/cjson.h>

#include "api/outcome.h"
#include "interop/cjson.h"
#include "json/writer.h"
#include "os/file.h"

#include <string.h>

/* Read again: everything as it was read before. */
static const dvg_json_style style = {.indent = -2, .verbatim = true};

/* A text that is being written. */
struct telling {
    dvg_result *result;
    dvg_buffer text;
    bool first; /* nothing stands in the container at hand yet */
    dvg_error *error;
};

/* ---------------------------------------------------------------- members */

static void add_name(struct telling *telling, const char *name)
{
    if (!telling->first)
        dvg_buffer_add_byte(&telling->text, ',');
    telling->first = false;
    dvg_buffer_add_byte(&telling->text, '"');
    dvg_buffer_add_text(&telling->text, name);
    dvg_buffer_add_text(&telling->text, "\":");
}

static void open_container(struct telling *telling, char bracket)
{
    dvg_buffer_add_byte(&telling->text, bracket);
    telling->first = true;
}

static void close_container(struct telling *telling, char bracket)
{
    dvg_buffer_add_byte(&telling->text, bracket);
    telling->first = false;
}

/* The next object of a list. */
static void open_object(struct telling *telling)
{
    if (!telling->first)
        dvg_buffer_add_byte(&telling->text, ',');
    open_container(telling, '{');
}

/* Bytes that are no character, as names of files may hold, become \xNN (json/writer.h). */
static void add_text(struct telling *telling, const char *name, dvg_text text)
{
    add_name(telling, name);
    dvg_json_write_string(&telling->text, text.data, text.size, false);
}

/* Nothing where there is no text. */
static void add_string(struct telling *telling, const char *name, const char *text)
{
    if (text != NULL)
        add_text(telling, name, (dvg_text){text, strlen(text)});
}

static void add_count(struct telling *telling, const char *name, uint64_t number)
{
    add_name(telling, name);
    dvg_buffer_add_u64(&telling->text, number);
}

static void add_flag(struct telling *telling, const char *name, bool on)
{
    add_name(telling, name);
    dvg_buffer_add_text(&telling->text, on ? "true" : "false");
}

/* Nothing where there is no value. */
static void add_value(struct telling *telling, const char *name, dvg_value value)
{
    if (dvg_value_type(value) == DVG_ABSENT)
        return;
    add_name(telling, name);
    if (!dvg_json_write(&telling->text, value, &style))
        telling->text.failed = true;
}

/* ---------------------------------------------------------------- parts */

static void add_lists(struct telling *telling)
{
    dvg_class_info class_info;
    dvg_file_info file;
    add_name(telling, "classes");
    open_container(telling, '[');
    for (size_t i = 0; dvg_result_class_get(telling->result, i, &class_info); i++) {
        open_object(telling);
        add_string(telling, "name", class_info.name);
        add_string(telling, "title", class_info.title);
        add_string(telling, "severity", dvg_severity_name(class_info.severity));
        add_count(telling, "count", class_info.count);
        close_container(telling, '}');
    }
    close_container(telling, ']');
    add_name(telling, "files");
    open_container(telling, '[');
    for (size_t i = 0; dvg_result_file_get(telling->result, i, &file); i++) {
        open_object(telling);
        add_string(telling, "name", file.name);
        add_string(telling, "status", file.status);
        add_count(telling, "count", file.count);
        close_container(telling, '}');
    }
    close_container(telling, ']');
}

static void add_gates(struct telling *telling)
{
    dvg_gate_info gate;
    add_name(telling, "gates");
    open_container(telling, '[');
    for (size_t i = 0; dvg_result_gate_get(telling->result, i, &gate); i++) {
        open_object(telling);
        add_text(telling, "name", gate.name);
        add_value(telling, "left", gate.left);
        add_value(telling, "right", gate.right);
        add_flag(telling, "passed", gate.passed);
        add_flag(telling, "stops", gate.stops);
        close_container(telling, '}');
    }
    close_container(telling, ']');
}

static dvg_status add_divergence(struct telling *telling, size_t index)
{
    dvg_divergence found;
    dvg_status status = dvg_result_get(telling->result, index, &found, telling->error);
    if (status != DVG_OK)
        return status;
    open_object(telling);
    add_string(telling, "file", found.file);
    add_text(telling, "path", found.path);
    add_text(telling, "pointer", found.pointer);
    add_text(telling, "quoted", found.quoted);
    add_string(telling, "kind", found.kind);
    add_value(telling, "left", found.left);
    add_value(telling, "right", found.right);
    if (found.class_name[0] != '\0') {
        add_string(telling, "class", found.class_name);
        add_string(telling, "severity", found.severity);
    }
    add_string(telling, "note", found.note);
    add_string(telling, "rule", found.rule);
    add_string(telling, "suppressed_by", found.suppressed_by);
    add_string(telling, "ignored_by", found.ignored_by);
    close_container(telling, '}');
    return DVG_OK;
}

static dvg_status add_divergences(struct telling *telling)
{
    static const char *const names[] = {"divergences", "suppressed", "ignored"};
    const dvg_result *result = telling->result;
    const size_t counts[] = {dvg_result_count(result), dvg_result_suppressed_count(result),
                             dvg_result_ignored_count(result)};
    size_t index = 0;
    dvg_status status = DVG_OK;
    for (int list = 0; list < 3 && status == DVG_OK; list++) {
        add_name(telling, names[list]);
        open_container(telling, '[');
        for (size_t i = 0; i < counts[list] && status == DVG_OK; i++)
            status = add_divergence(telling, index++);
        close_container(telling, ']');
    }
    return status;
}

static void add_ledger(struct telling *telling)
{
    static const char *const names[2] = {"left", "right"};
    add_name(telling, "ledger");
    open_container(telling, '{');
    for (int side = 0; side < 2; side++) {
        const dvg_ledger_side *ledger = &dvg_result_ledger(telling->result)->side[side];
        add_name(telling, names[side]);
        open_container(telling, '{');
        add_count(telling, "read", ledger->read);
        add_count(telling, "compared", ledger->compared);
        add_count(telling, "one_sided", ledger->one_sided);
        add_count(telling, "ignored", ledger->ignored);
        add_count(telling, "shadowed", ledger->shadowed);
        add_count(telling, "outside", ledger->outside);
        close_container(telling, '}');
    }
    close_container(telling, '}');
}

static void add_head(struct telling *telling)
{
    static const char *const verdicts[] = {"same", "different", "stop"};
    const dvg_result *result = telling->result;
    add_string(telling, "verdict", verdicts[dvg_result_verdict(result)]);
    add_flag(telling, "identical", dvg_result_identical(result));
    add_string(telling, "profile", result->rules->name);
    add_name(telling, "counts");
    open_container(telling, '{');
    add_count(telling, "divergences", dvg_result_count(result));
    add_count(telling, "suppressed", dvg_result_suppressed_count(result));
    add_count(telling, "ignored", dvg_result_ignored_count(result));
    close_container(telling, '}');
}

static dvg_status tell(struct telling *telling)
{
    open_container(telling, '{');
    add_head(telling);
    add_lists(telling);
    add_gates(telling);
    dvg_status status = add_divergences(telling);
    add_ledger(telling);
    close_container(telling, '}');
    if (status == DVG_OK && telling->text.failed)
        status = dvg_fail_memory(telling->error);
    return status;
}

/* ---------------------------------------------------------------- trees */

/* The text as a document, and that as a tree. */
static dvg_status plant(struct cJSON **tree, const struct telling *telling)
{
    const dvg_allocator *allocator = &telling->text.allocator;
    dvg_document document;
    dvg_reading reading;
    dvg_document_init(&document, allocator);
    if (!dvg_document_own_source(&document, telling->text.data, telling->text.size,
                                 DVG_FILE_PADDING))
        return dvg_fail_memory(telling->error);
    dvg_reading_init(&reading);
    reading.nonfinite = true;
    reading.depth = UINT64_MAX;
    reading.integer_digits = UINT64_MAX;
    reading.seed = telling->result->seed;
    dvg_status status = dvg_json_read(&document, document.source, telling->text.size, "result",
                                      &reading, telling->error);
    if (status == DVG_OK)
        status = dvg_cjson_write(tree, dvg_document_root(&document), allocator, telling->error);
    dvg_document_clear(&document);
    return status;
}

dvg_status dvg_value_to_cjson(struct cJSON **tree, dvg_value value, dvg_error *error)
{
    dvg_status status = dvg_require(error, tree != NULL, "no place for the cJSON tree");
    if (status != DVG_OK)
        return status;
    const dvg_allocator standard = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    *tree = NULL;
    return dvg_cjson_write(tree, value,
                           value.document != NULL ? &value.document->allocator : &standard, error);
}

dvg_status dvg_result_to_cjson(struct cJSON **tree, dvg_result *result, dvg_error *error)
{
    dvg_status status = dvg_require(error, tree != NULL && result != NULL,
                                    "no result, or no place for the cJSON tree");
    if (status != DVG_OK)
        return status;
    *tree = NULL;
    struct telling telling;
    memset(&telling, 0, sizeof telling);
    telling.result = result;
    telling.error = error;
    dvg_buffer_init(&telling.text, &result->allocator);
    status = tell(&telling);
    if (status == DVG_OK)
        status = plant(tree, &telling);
    dvg_buffer_clear(&telling.text);
    return status;
}
