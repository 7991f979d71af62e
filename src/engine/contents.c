/*
 * contents: one file on both sides that is no document, byte by byte. Declared in pair.h.
 * A difference is one divergence, whose values are objects: how many bytes the file has, the first
 * one that differs, counted from 0, and the bytes from there.
 */
#include "engine/pair.h"
#include "os/differ.h"

#include <stdio.h>
#include <string.h>

/* {"size": 12, "differs_at": 3, "bytes": "0a1b"}, in a document that the result keeps. */
static dvg_status describe(dvg_result *result, const dvg_differ *differ, int side, dvg_value *value,
                           dvg_error *error)
{
    char bytes[2 * DVG_DIFFER_SAMPLE + 1] = "";
    char text[128];
    for (size_t i = 0; i < differ->sample_size[side]; i++)
        (void)snprintf(bytes + 2 * i, 3, "%02x", (unsigned)differ->sample[side][i]);
    int size =
        snprintf(text, sizeof text, "{\"size\":%llu,\"differs_at\":%llu,\"bytes\":\"%s\"}",
                 (unsigned long long)differ->size[side], (unsigned long long)differ->at, bytes);
    return dvg_result_object(result, text, (size_t)size, value, error);
}

static dvg_status report(struct dvg_running *running, const dvg_differ *differ, dvg_error *error)
{
    dvg_value values[2];
    for (int side = 0; side < 2; side++) {
        dvg_status status = describe(running->result, differ, side, &values[side], error);
        if (status != DVG_OK)
            return status;
    }
    return dvg_running_record_file(running, DVG_KIND_BYTES, "<bytes>", DVG_NEITHER, values, error);
}

dvg_status dvg_bytes_compare(struct dvg_running *running, dvg_error *error)
{
    dvg_result *result = running->result;
    dvg_file *file = &result->files[running->file];
    dvg_differ differ;
    dvg_differ_source sources[2];
    for (int side = 0; side < 2; side++) {
        dvg_snapshot *snapshot = result->side[side];
        sources[side].path = dvg_snapshot_file_path(snapshot, file->name);
        if (sources[side].path == NULL)
            return dvg_fail_memory(error);
        if (dvg_snapshot_is_given(snapshot, file->name))
            return dvg_fail_file(
                error, DVG_E_ARGUMENT, sources[side].path,
                "was given as a document, and the profile compares it byte by byte");
        dvg_snapshot_lent(snapshot, file->name, &sources[side].data, &sources[side].size);
    }
    dvg_status status = dvg_differ_find(&differ, sources, &result->allocator, error);
    if (status != DVG_OK)
        return status;
    file->status = differ.same ? DVG_FILE_SAME : DVG_FILE_WALKED;
    return differ.same ? DVG_OK : report(running, &differ, error);
}
