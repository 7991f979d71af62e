/*
 * destination: where the reports of a profile go, decided on the text of paths alone.
 * Answers for the order "what the user said, what the profile says, standard output"; whether
 * such a file can be written is os/replace.h's business.
 */
#include "api/context.h"
#include "os/pathname.h"

#include <string.h>

/* The profile's own place: a name in the parent folder of one side, or the name alone. */
static bool beside(dvg_buffer *path, const dvg_rules *rules, const char *const side[2])
{
    if (rules->output_beside == DVG_NEITHER) {
        dvg_pathname_normal(path, rules->output_name);
        return true;
    }
    dvg_buffer parent;
    dvg_buffer_init(&parent, &path->allocator);
    dvg_pathname_parent(&parent, side[rules->output_beside]);
    const char *folder = dvg_buffer_string(&parent);
    if (folder != NULL)
        dvg_pathname_join(path, folder, rules->output_name);
    dvg_buffer_clear(&parent);
    return folder != NULL;
}

/* Path of the first report in `*first`; nothing appended where it goes to standard output. */
static dvg_status first_path(dvg_buffer *first, const dvg_rules *rules, const char *out,
                             const char *const side[2], dvg_error *error)
{
    bool done = true;
    if (out != NULL && out[0] != '\0')
        dvg_pathname_normal(first, out);
    else if (rules->output_name != NULL)
        done = beside(first, rules, side);
    return done && !first->failed ? DVG_OK : dvg_fail_memory(error);
}

/* The path beside `first` under the extension that report `index` declares. */
static dvg_status further_path(dvg_buffer *path, dvg_profile *profile, size_t index,
                               const char *first, dvg_error *error)
{
    const char *extension;
    dvg_status status = dvg_profile_report_extension(profile, index, &extension, error);
    if (status != DVG_OK)
        return status;
    if (!dvg_pathname_suffix(path, first, extension))
        return dvg_fail_file(error, DVG_E_ARGUMENT, first, "names no file to write a report to");
    return path->failed ? dvg_fail_memory(error) : DVG_OK;
}

static dvg_status take_text(char **text, dvg_buffer *from, dvg_error *error)
{
    *text = dvg_string_copy(&from->allocator, from->data, from->size);
    return *text != NULL ? DVG_OK : dvg_fail_memory(error);
}

static dvg_status place(dvg_profile *profile, size_t index, const char *out,
                        const char *const side[2], dvg_buffer paths[2], char **path,
                        dvg_error *error)
{
    dvg_status status = first_path(&paths[0], dvg_profile_rules(profile), out, side, error);
    if (status != DVG_OK || paths[0].size == 0)
        return status;
    if (index == 0)
        return take_text(path, &paths[0], error);
    const char *first = dvg_buffer_string(&paths[0]);
    if (first == NULL)
        return dvg_fail_memory(error);
    status = further_path(&paths[1], profile, index, first, error);
    return status == DVG_OK ? take_text(path, &paths[1], error) : status;
}

dvg_status dvg_context_report_path(dvg_context *context, size_t index, const char *out,
                                   const char *left, const char *right, char **path,
                                   dvg_error *error)
{
    dvg_status status =
        dvg_require(error, context != NULL && path != NULL && left != NULL && right != NULL,
                    "no context, no snapshot, or no place for the path");
    if (status != DVG_OK)
        return status;
    *path = NULL;
    if (dvg_context_loaded(context, error) == NULL)
        return DVG_E_ARGUMENT;
    if (index >= dvg_context_report_count(context))
        return dvg_fail(error, DVG_E_ARGUMENT, "the profile has no report %zu", index);
    const char *const side[2] = {left, right};
    dvg_buffer paths[2];
    dvg_buffer_init(&paths[0], &context->allocator);
    dvg_buffer_init(&paths[1], &context->allocator);
    status = place(context->loaded->profile, index, out, side, paths, path, error);
    dvg_buffer_clear(&paths[0]);
    dvg_buffer_clear(&paths[1]);
    return status;
}
