/*
 * context: making and freeing a dvg_context.
 * Answers for copying what the caller gave and for defaults; choosing a profile is selection.c.
 * Invariant: nothing in a context points into the caller's memory but its two payloads.
 */
#include "api/context.h"

#include "os/file.h"

#include <string.h>

static bool copy_folders(dvg_context *context, const dvg_options *options)
{
    size_t count = options->script_path_count;
    if (count == 0)
        return true;
    if (count > SIZE_MAX / sizeof(char *))
        return false;
    context->folders = dvg_allocate_zero(&context->allocator, count * sizeof(char *));
    if (context->folders == NULL)
        return false;
    context->folder_count = count;
    for (size_t i = 0; i < count; i++) {
        const char *folder = options->script_path[i];
        context->folders[i] = dvg_string_copy(&context->allocator, folder, strlen(folder));
        if (context->folders[i] == NULL)
            return false;
    }
    return true;
}

/* The caller's array is gone after dvg_context_new: leave no pointer to it in the copy. */
static bool copy_options(dvg_context *context, const dvg_options *options)
{
    context->options = *options;
    context->options.script_path = NULL;
    context->options.script_path_count = 0;
    if (context->options.threads == 0)
        context->options.threads = 1;
    return copy_folders(context, options);
}

static dvg_status start_host(dvg_context *context, dvg_error *error)
{
    dvg_script_limits limits = dvg_script_limits_of(&context->options);
    return dvg_host_new(&context->host, &context->allocator, (const char *const *)context->folders,
                        context->folder_count, &limits, error);
}

static dvg_status fill(dvg_context *context, const dvg_options *options, dvg_error *error)
{
    if (!copy_options(context, options))
        return dvg_fail_memory(error);
    if (!dvg_random_seed(context->seed.word))
        return dvg_fail(error, DVG_E_IO, "the system gives no random bytes");
    return start_host(context, error);
}

dvg_status dvg_context_new(dvg_context **context, const dvg_options *options, dvg_error *error)
{
    static const dvg_options defaults = DVG_OPTIONS_INIT;
    dvg_status status = dvg_require(error, context != NULL, "no place for the context");
    if (status != DVG_OK)
        return status;
    *context = NULL;
    if (options == NULL)
        options = &defaults;
    if (options->version != DVG_OPTIONS_VERSION)
        return dvg_fail(error, DVG_E_ARGUMENT, "unknown version %zu of the options",
                        (size_t)options->version);
    dvg_allocator allocator = dvg_allocator_or_default(options->allocator);
    dvg_context *made = dvg_allocate_zero(&allocator, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    made->allocator = allocator;
    status = fill(made, options, error);
    if (status == DVG_OK)
        *context = made;
    else
        dvg_context_free(made);
    return status;
}

void dvg_context_free(dvg_context *context)
{
    if (context == NULL)
        return;
    dvg_allocator allocator = context->allocator;
    dvg_loaded_release(context, context->loaded);
    dvg_host_free(context->host);
    for (size_t i = 0; i < context->folder_count; i++)
        dvg_release_string(&allocator, context->folders[i]);
    dvg_release(&allocator, context->folders, context->folder_count * sizeof(char *));
    dvg_release(&allocator, context, sizeof *context);
}

void dvg_context_release_text(dvg_context *context, char *text)
{
    if (context != NULL)
        dvg_release_string(&context->allocator, text);
}

void dvg_context_reading(const dvg_context *context, dvg_reading *reading)
{
    if (context->loaded != NULL)
        *reading = dvg_profile_rules(context->loaded->profile)->reading;
    else
        dvg_reading_init(reading);
    if (context->options.depth > 0)
        reading->depth = context->options.depth;
    if (context->options.integer_digits > 0)
        reading->integer_digits = context->options.integer_digits;
    reading->seed = context->seed;
}
