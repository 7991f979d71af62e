/*
 * attachment: see attachment.h.
 */
#include "script/attachment.h"

#include <string.h>

static void free_document(const dvg_allocator *allocator, dvg_extra_document *extra)
{
    dvg_release_string(allocator, extra->path);
    dvg_document_clear(&extra->document);
    dvg_bytes_clear(&extra->bytes, allocator);
    dvg_release(allocator, extra, sizeof *extra);
}

static void free_attachment(void *payload)
{
    dvg_attachment *attachment = payload;
    dvg_allocator allocator = attachment->allocator;
    while (attachment->documents != NULL) {
        dvg_extra_document *next = attachment->documents->next;
        free_document(&allocator, attachment->documents);
        attachment->documents = next;
    }
    dvg_buffer_clear(&attachment->warned);
    dvg_release(&allocator, attachment->starts, attachment->start_count * sizeof(size_t));
    dvg_release(&allocator, attachment->order, attachment->order_count * sizeof(size_t));
    dvg_release(&allocator, attachment, sizeof *attachment);
}

dvg_attachment *dvg_attachment_of(dvg_result *result)
{
    if (result->attachment != NULL)
        return result->attachment;
    dvg_attachment *made = dvg_allocate_zero(&result->allocator, sizeof *made);
    if (made == NULL)
        return NULL;
    made->allocator = result->allocator;
    dvg_buffer_init(&made->warned, &made->allocator);
    result->attachment = made;
    result->attachment_free = free_attachment;
    return made;
}

static dvg_status read_document(dvg_extra_document *extra, const dvg_result *result,
                                const char *path, dvg_error *error)
{
    dvg_document_init(&extra->document, &result->allocator);
    extra->path = dvg_string_copy(&result->allocator, path, strlen(path));
    if (extra->path == NULL)
        return dvg_fail_memory(error);
    dvg_status status = dvg_file_read_any(path, &result->allocator, &extra->bytes, error);
    if (status == DVG_OK)
        status = dvg_json_read(&extra->document, extra->bytes.data, extra->bytes.size, extra->path,
                               &result->rules->reading, error);
    return status;
}

static const dvg_document *find_document(const dvg_attachment *attachment, const char *path)
{
    for (const dvg_extra_document *known = attachment->documents; known != NULL;
         known = known->next)
        if (strcmp(known->path, path) == 0)
            return &known->document;
    return NULL;
}

dvg_status dvg_attachment_read(dvg_result *result, const char *path, const dvg_document **document,
                               dvg_error *error)
{
    dvg_attachment *attachment = dvg_attachment_of(result);
    if (attachment != NULL && (*document = find_document(attachment, path)) != NULL)
        return DVG_OK;
    dvg_extra_document *made =
        attachment == NULL ? NULL : dvg_allocate_zero(&result->allocator, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    dvg_status status = read_document(made, result, path, error);
    if (status != DVG_OK) {
        free_document(&result->allocator, made);
        return status;
    }
    made->next = attachment->documents;
    attachment->documents = made;
    if (made->document.repeated > 0 && dvg_attachment_warn_once(result, 2, path))
        dvg_result_warn_repeats(result, path, &made->document);
    *document = &made->document;
    return DVG_OK;
}

static void sort_records(dvg_attachment *attachment, const dvg_result *result)
{
    size_t *starts = attachment->starts; /* one ahead: starts[c + 1] moves from begin to end of c */
    for (size_t i = 0; i < result->record_count; i++)
        starts[result->records[i].class_index + 2]++;
    for (size_t c = 2; c < attachment->start_count; c++)
        starts[c] += starts[c - 1];
    for (size_t i = 0; i < result->record_count; i++)
        attachment->order[starts[result->records[i].class_index + 1]++] = i;
}

dvg_status dvg_attachment_sort(dvg_result *result, dvg_attachment **attachment, dvg_error *error)
{
    dvg_attachment *mine = dvg_attachment_of(result);
    if (mine == NULL)
        return dvg_fail_memory(error);
    *attachment = mine;
    if (mine->starts != NULL)
        return DVG_OK;
    size_t starts = result->rules->class_count + 2;
    size_t records = result->record_count;
    mine->order = records == 0 ? NULL : dvg_allocate(&mine->allocator, records * sizeof(size_t));
    if (records > 0 && mine->order == NULL)
        return dvg_fail_memory(error);
    mine->order_count = records;
    mine->starts = dvg_allocate_zero(&mine->allocator, starts * sizeof(size_t));
    if (mine->starts == NULL) {
        dvg_release(&mine->allocator, mine->order, records * sizeof(size_t));
        mine->order = NULL;
        mine->order_count = 0;
        return dvg_fail_memory(error);
    }
    mine->start_count = starts;
    sort_records(mine, result);
    return DVG_OK;
}

bool dvg_attachment_warn_once(dvg_result *result, int side, const char *name)
{
    dvg_attachment *attachment = dvg_attachment_of(result);
    if (attachment == NULL)
        return false;
    dvg_buffer *warned = &attachment->warned;
    for (size_t at = 0; at < warned->size; at += strlen(warned->data + at) + 1)
        if (warned->data[at] == '0' + side && strcmp(warned->data + at + 1, name) == 0)
            return false;
    dvg_buffer_add_byte(warned, (char)('0' + side));
    dvg_buffer_add(warned, name, strlen(name) + 1);
    return !warned->failed;
}
