/*
 * output: reports into sinks, sets of files that are replaced together, and the inputs that these
 * must not hit. Answers for what counts as an input of a snapshot; writing is os/replace.h, and
 * what a report says is its script's.
 */
#include "api/outcome.h"
#include "os/pathname.h"
#include "os/replace.h"

struct dvg_output {
    dvg_context *context;
    dvg_replace *set;
};

dvg_status dvg_output_new(dvg_output **output, dvg_context *context, dvg_error *error)
{
    dvg_status status = dvg_require(error, output != NULL && context != NULL,
                                    "no context, or no place for the output");
    if (status != DVG_OK)
        return status;
    *output = NULL;
    dvg_output *made = dvg_allocate_zero(&context->allocator, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    made->context = context;
    status = dvg_replace_new(&made->set, &context->allocator, error);
    if (status == DVG_OK)
        *output = made;
    else
        dvg_release(&context->allocator, made, sizeof *made);
    return status;
}

void dvg_output_free(dvg_output *output)
{
    if (output == NULL)
        return;
    dvg_allocator allocator = output->context->allocator;
    dvg_replace_free(output->set);
    dvg_release(&allocator, output, sizeof *output);
}

dvg_status dvg_output_add(dvg_output *output, const char *path, dvg_error *error)
{
    dvg_status status = dvg_require(error, output != NULL && path != NULL, "no output, or no path");
    if (status != DVG_OK)
        return status;
    return dvg_replace_add(output->set, path, error);
}

dvg_status dvg_output_protect(dvg_output *output, const char *path, dvg_error *error)
{
    dvg_status status = dvg_require(error, output != NULL && path != NULL, "no output, or no path");
    if (status != DVG_OK)
        return status;
    return dvg_replace_protect(output->set, path, error);
}

static dvg_status protect_inside(dvg_output *output, const char *folder, const char *name,
                                 dvg_error *error)
{
    dvg_buffer path;
    dvg_buffer_init(&path, &output->context->allocator);
    dvg_pathname_join(&path, folder, name);
    const char *text = dvg_buffer_string(&path);
    dvg_status status =
        text != NULL ? dvg_replace_protect(output->set, text, error) : dvg_fail_memory(error);
    dvg_buffer_clear(&path);
    return status;
}

/* What is absent is protected as well: a report must not become a document of the next run. */
static dvg_status protect_side(dvg_output *output, const dvg_result *result,
                               const dvg_snapshot *snapshot, dvg_error *error)
{
    bool folder = dvg_snapshot_is_directory(snapshot);
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < result->file_count && status == DVG_OK && folder; i++)
        status = protect_inside(output, dvg_snapshot_shown(snapshot), result->files[i].name, error);
    if (status == DVG_OK && result->rules->manifest_file != NULL && folder)
        status = protect_inside(output, dvg_snapshot_shown(snapshot), result->rules->manifest_file,
                                error);
    size_t slot = 0;
    const char *path = dvg_snapshot_next_path(snapshot, &slot);
    for (; path != NULL && status == DVG_OK; path = dvg_snapshot_next_path(snapshot, &slot))
        status = dvg_replace_protect(output->set, path, error);
    return status;
}

/* The files that `next` gives. */
static dvg_status protect_files(dvg_output *output, const dvg_profile *profile,
                                const char *(*next)(const dvg_profile *, size_t *),
                                dvg_error *error)
{
    size_t slot = 0;
    dvg_status status = DVG_OK;
    for (const char *path = next(profile, &slot); path != NULL && status == DVG_OK;
         path = next(profile, &slot))
        status = dvg_replace_protect(output->set, path, error);
    return status;
}

dvg_status dvg_output_protect_result(dvg_output *output, const dvg_result *result, dvg_error *error)
{
    dvg_status status =
        dvg_require(error, output != NULL && result != NULL, "no output, or no result");
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        if (result->side[side] != NULL)
            status = protect_side(output, result, result->side[side], error);
    if (status != DVG_OK)
        return status;
    const dvg_profile *profile = dvg_result_outcome(result)->loaded->profile;
    status = protect_files(output, profile, dvg_profile_file_next, error);
    return status == DVG_OK ? protect_files(output, profile, dvg_profile_script_next, error)
                            : status;
}

int dvg_output_sink(void *output, const char *data, size_t size)
{
    dvg_buffer *buffer = dvg_replace_buffer(((dvg_output *)output)->set);
    if (buffer == NULL)
        return -1;
    dvg_buffer_add(buffer, data, size);
    return buffer->failed ? -1 : 0;
}

/* Did dvg_output_sink abort a report because there was no memory for it? */
static bool out_of_memory(dvg_sink_fn sink, void *payload)
{
    if (sink != dvg_output_sink)
        return false;
    const dvg_buffer *buffer = dvg_replace_buffer(((dvg_output *)payload)->set);
    return buffer != NULL && buffer->failed;
}

dvg_status dvg_result_report(dvg_result *result, const char *name, dvg_sink_fn sink, void *payload,
                             dvg_error *error)
{
    dvg_status status = dvg_require(error, result != NULL && name != NULL && sink != NULL,
                                    "no result, no name of a report, or no sink");
    if (status != DVG_OK)
        return status;
    dvg_profile *profile = dvg_result_outcome(result)->loaded->profile;
    status = dvg_report_run(profile, result, name, sink, payload, error);
    if (status == DVG_OK)
        status = dvg_engine_check(result, error);
    if (status == DVG_E_CANCELLED && out_of_memory(sink, payload)) {
        dvg_error_clear(error);
        status = dvg_fail_memory(error);
    }
    return status;
}

static int append(void *payload, const char *data, size_t size)
{
    dvg_buffer *text = payload;
    dvg_buffer_add(text, data, size);
    return text->failed ? -1 : 0;
}

dvg_status dvg_result_report_text(dvg_result *result, const char *name, dvg_text *text,
                                  dvg_error *error)
{
    dvg_status status = dvg_require(error, result != NULL && name != NULL && text != NULL,
                                    "no result, no name of a report, or no place for the text");
    if (status != DVG_OK)
        return status;
    dvg_buffer *report = &dvg_result_outcome(result)->report;
    dvg_outcome_rewind(report);
    status = dvg_result_report(result, name, append, report, error);
    if (report->failed) {
        dvg_error_clear(error);
        return dvg_fail_memory(error);
    }
    return status == DVG_OK ? dvg_outcome_lend(text, report, error) : status;
}

dvg_status dvg_output_commit(dvg_output *output, dvg_cancel_fn cancel, void *payload,
                             dvg_error *error)
{
    dvg_status status = dvg_require(error, output != NULL, "no output");
    if (status != DVG_OK)
        return status;
    return dvg_replace_commit(output->set, output->context->options.threads > 1, cancel, payload,
                              error);
}
