/*
 * sides: what the two paths of a run are: two directories, or two files that are read as documents
 * whatever their names. Declared in pair.h.
 * Answers for opening both, and for the name under which two files are compared, which selects what
 * the profile says of them.
 */
#include "engine/pair.h"
#include "os/pathname.h"
#include "path/glob.h"

#include <string.h>

static void append_normal(char *text, size_t size, const char *path, const dvg_allocator *allocator)
{
    dvg_buffer normal;
    dvg_buffer_init(&normal, allocator);
    dvg_pathname_normal(&normal, path);
    const char *shown = dvg_buffer_string(&normal);
    dvg_line_escape(text, size, shown != NULL ? shown : "", shown != NULL ? normal.size : 0);
    dvg_buffer_clear(&normal);
}

static dvg_status fail_absent(const dvg_result *result, const char *const paths[2],
                              dvg_error *error)
{
    char shown[2][400];
    for (int side = 0; side < 2; side++)
        append_normal(shown[side], sizeof shown[side], paths[side], &result->allocator);
    return dvg_fail(error, DVG_E_ABSENT, "both snapshot dirs must exist: %s %s", shown[0],
                    shown[1]);
}

/* ---- directories */

static dvg_status open_directories(dvg_result *result, const dvg_run_input *input,
                                   const char *const paths[2], dvg_error *error)
{
    for (int side = 0; side < 2; side++) {
        dvg_error mine;
        dvg_error_clear(&mine);
        dvg_status status = dvg_snapshot_open(&result->side[side], paths[side], &result->allocator,
                                              &result->rules->reading, &mine);
        if (status == DVG_E_ABSENT)
            return fail_absent(result, paths, error);
        if (status != DVG_OK && error != NULL && error->status == DVG_OK)
            *error = mine;
        if (status != DVG_OK)
            return status;
        dvg_snapshot_map(result->side[side], input->mapper);
    }
    return DVG_OK;
}

/* ---- the name of two files */

/* Does a document of the profile have the name that the path ends with? The longest such end in
 * `*name`, at least as long as what was there before. */
static bool ends_with(const char *path, const char *document, const char **name)
{
    size_t size = strlen(path);
    size_t more = strlen(document);
    const char *end = path + size - more;
    if (dvg_glob_is_wild(document, more) || more > size || strcmp(end, document) != 0 ||
        (more < size && end[-1] != '/') || (*name != NULL && strlen(*name) >= more))
        return false;
    *name = end;
    return true;
}

/* The shortest end of the path, in whole parts, that a glob of the profile matches; NULL: none. */
static const char *end_matched(const dvg_rules *rules, const char *path)
{
    const char *end = path + strlen(path);
    while (end > path) {
        end--;
        if ((end == path || end[-1] == '/') &&
            dvg_rules_match(rules->documents, rules->document_count, end))
            return end;
    }
    return NULL;
}

static const char *known_name(const dvg_rules *rules, const char *path)
{
    const char *name = NULL;
    for (size_t i = 0; i < rules->document_count; i++)
        (void)ends_with(path, rules->documents[i], &name);
    return name != NULL ? name : end_matched(rules, path);
}

/* Has what the path names no name of its own, but a number or a purpose? */
static bool is_nameless(const char *path, dvg_presence presence)
{
    return presence != DVG_PRESENCE_REGULAR || strncmp(path, "/dev/", 5) == 0 ||
           strncmp(path, "/proc/", 6) == 0;
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

static bool names_files(const dvg_rules *rules)
{
    bool any = false;
    for (size_t i = 0; i < rules->document_count && !any; i++)
        any = !dvg_glob_is_wild(rules->documents[i], strlen(rules->documents[i]));
    return any;
}

/* The right file's name first, as the one that is new. */
static const char *choose_name(dvg_result *result, const char *const paths[2],
                               const dvg_presence found[2])
{
    const char *name = NULL;
    for (int side = 1; side >= 0 && name == NULL; side--)
        if (!is_nameless(paths[side], found[side]))
            name = known_name(result->rules, paths[side]);
    if (name != NULL)
        return name;
    for (int side = 1; side >= 0 && name == NULL; side--)
        if (!is_nameless(paths[side], found[side]))
            name = base_name(paths[side]);
    if (name == NULL)
        name = "-";
    if (names_files(result->rules))
        dvg_result_warn(result,
                        "%.400s: no document of the profile \"%.100s\" has that name, so that only "
                        "what it says of every document applies",
                        name, result->rules->name);
    return name;
}

/* ---- files */

static dvg_status open_files(dvg_result *result, const dvg_run_input *input,
                             const char *const paths[2], const dvg_presence found[2],
                             dvg_error *error)
{
    if (dvg_path_same_pipe(paths[0], paths[1]))
        return dvg_fail_file(error, DVG_E_ARGUMENT, paths[1],
                             "is both sides, and can be read only once");
    if (input->hooks.gates != NULL)
        dvg_result_warn(result, "two files are compared: the gates of the profile are not asked");
    const char *name = choose_name(result, paths, found);
    dvg_status status = dvg_result_make_file(result, name, error);
    for (int side = 0; side < 2 && status == DVG_OK; side++) {
        status = dvg_snapshot_open_file(&result->side[side], paths[side], result->files[0].name,
                                        &result->allocator, &result->rules->reading, error);
        if (status == DVG_OK)
            dvg_snapshot_map(result->side[side], input->mapper);
    }
    return status;
}

static bool is_there(dvg_presence presence)
{
    return presence != DVG_PRESENCE_ABSENT && presence != DVG_PRESENCE_DANGLING;
}

static bool is_file(dvg_presence presence)
{
    return presence == DVG_PRESENCE_REGULAR || presence == DVG_PRESENCE_OTHER;
}

/* A file beside something that is none. */
static dvg_status fail_mixed(const char *const paths[2], const dvg_presence found[2],
                             dvg_error *error)
{
    int file = is_file(found[0]) ? 0 : 1;
    if (!is_there(found[1 - file]))
        return dvg_fail_file(error, DVG_E_IO, paths[1 - file], "no such file");
    return dvg_fail_file(error, DVG_E_ARGUMENT, paths[file],
                         "is a file, and \"%.400s\" is a directory: two of a kind can be compared",
                         paths[1 - file]);
}

dvg_status dvg_sides_open(dvg_result *result, const dvg_run_input *input, const char *left,
                          const char *right, dvg_error *error)
{
    const char *const paths[2] = {left, right};
    dvg_presence found[2] = {DVG_PRESENCE_DIRECTORY, DVG_PRESENCE_DIRECTORY};
    dvg_status status = DVG_OK;
    for (int side = 0; side < 2 && status == DVG_OK && !input->directories; side++)
        status = dvg_path_look(paths[side], &found[side], error);
    if (status != DVG_OK)
        return status;
    if (is_file(found[0]) && is_file(found[1]))
        return open_files(result, input, paths, found, error);
    if (is_file(found[0]) || is_file(found[1]))
        return fail_mixed(paths, found, error);
    return open_directories(result, input, paths, error);
}
