/*
 * result: see result.h. Adding to a result; making and freeing one is run.c's.
 */
#include "engine/result.h"

#include <stdio.h>
#include <string.h>

const char *dvg_file_status_name(dvg_file_status status)
{
    static const char *const names[] = {"compared", "identical",    "missing-left", "missing-right",
                                        "same",     "missing-both", "outside"};
    return names[status];
}

size_t dvg_result_found(const dvg_result *result)
{
    return result->record_count + result->suppressed_count + result->ignored_count;
}

uint64_t dvg_result_count_in(const dvg_result *result, size_t index)
{
    uint64_t count = 0;
    for (size_t i = 0; i < result->rules->class_count; i++)
        count += result->files[index].counts[i];
    return count;
}

dvg_status dvg_result_add_gate(dvg_result *result, const char *name, size_t size, dvg_value left,
                               dvg_value right, bool ok, bool stop, dvg_error *error)
{
    void *gates = result->gates;
    const char *copy = dvg_arena_copy(&result->arena, name, size);
    if (copy == NULL || !dvg_grow(&result->allocator, &gates, &result->gate_capacity,
                                  result->gate_count + 1, sizeof *result->gates))
        return dvg_fail_memory(error);
    result->gates = gates;
    result->gates[result->gate_count++] = (dvg_gate){copy, size, left, right, ok, stop};
    if (stop && !ok)
        result->stop = true;
    return DVG_OK;
}

void dvg_result_warn(dvg_result *result, const char *format, ...)
{
    char text[DVG_ERROR_MESSAGE_SIZE];
    char line[DVG_ERROR_MESSAGE_SIZE];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t size = length < 0 ? 0 : (size_t)length;
    if (size >= sizeof text)
        size = sizeof text - 1;
    dvg_line_escape(line, sizeof line, text, size);
    result->ledger.warnings++;
    if (result->warning != NULL)
        result->warning(result->warning_payload, line);
}

void dvg_result_warn_repeats(dvg_result *result, const char *path, const dvg_document *document)
{
    if (document->repeated == 0)
        return;
    dvg_result_warn(
        result, "%s: %llu repeated member %s, the last value counts (first at byte %llu)", path,
        (unsigned long long)document->repeated, document->repeated == 1 ? "name" : "names",
        (unsigned long long)document->first_repeated_byte);
}

dvg_value dvg_result_scalar(dvg_result *result, dvg_type type, const char *text, size_t size)
{
    return dvg_document_scalar(&result->scratch, &result->arena, type, text, size);
}

/* A document of its own, so that its cells never move. */
struct dvg_made {
    struct dvg_made *next;
    dvg_document document;
};

dvg_status dvg_result_object(dvg_result *result, const char *text, size_t size, dvg_value *value,
                             dvg_error *error)
{
    dvg_reading reading;
    dvg_reading_init(&reading);
    struct dvg_made *made = dvg_arena_get(&result->arena, sizeof *made);
    char *copy = dvg_arena_get(&result->arena, size + DVG_FILE_PADDING);
    if (made == NULL || copy == NULL)
        return dvg_fail_memory(error);
    memcpy(copy, text, size);
    memset(copy + size, 0, DVG_FILE_PADDING);
    dvg_document_init(&made->document, &result->allocator);
    dvg_status status = dvg_json_read(&made->document, copy, size, "value", &reading, error);
    if (status != DVG_OK)
        return status;
    made->next = result->made;
    result->made = made;
    *value = dvg_document_root(&made->document);
    return DVG_OK;
}

void dvg_result_free_made(dvg_result *result)
{
    for (; result->made != NULL; result->made = result->made->next)
        dvg_document_clear(&result->made->document);
}
