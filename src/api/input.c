/*
 * input: one side of a run as a host puts it together, and runs of two of them.
 * Answers for the list of parts; what they hold is read by the run (snapshot/parts.c).
 * Invariant: nothing in an input changes during a run, so that threads may share it.
 */
#include "api/outcome.h"

#include <string.h>

struct dvg_input {
    dvg_allocator allocator;
    char *path; /* of the directory, or what stands for the snapshot */
    bool is_directory;
    dvg_piece *pieces; /* names and paths are the input's own */
    size_t count, capacity;
};

/* ---------------------------------------------------------------- making */

static dvg_status make(dvg_input **input, dvg_context *context, const char *path, bool directory,
                       dvg_error *error)
{
    dvg_status status = dvg_require(error, input != NULL && context != NULL && path != NULL,
                                    "no context, no name, or no place for the input");
    if (status != DVG_OK)
        return status;
    *input = NULL;
    dvg_input *made = dvg_allocate_zero(&context->allocator, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    made->allocator = context->allocator;
    made->is_directory = directory;
    made->path = dvg_string_copy(&made->allocator, path, strlen(path));
    if (made->path == NULL) {
        dvg_input_free(made);
        return dvg_fail_memory(error);
    }
    *input = made;
    return DVG_OK;
}

dvg_status dvg_input_new(dvg_input **input, dvg_context *context, const char *name,
                         dvg_error *error)
{
    return make(input, context, name, false, error);
}

dvg_status dvg_input_from_directory(dvg_input **input, dvg_context *context, const char *path,
                                    dvg_error *error)
{
    return make(input, context, path != NULL && path[0] == '\0' ? "." : path, true, error);
}

static void release_piece(const dvg_input *input, const dvg_piece *piece)
{
    dvg_release_string(&input->allocator, (char *)(uintptr_t)piece->name);
    dvg_release_string(&input->allocator, (char *)(uintptr_t)piece->path);
}

void dvg_input_free(dvg_input *input)
{
    if (input == NULL)
        return;
    dvg_allocator allocator = input->allocator;
    for (size_t i = 0; i < input->count; i++)
        release_piece(input, &input->pieces[i]);
    dvg_release(&allocator, input->pieces, input->capacity * sizeof *input->pieces);
    dvg_release_string(&allocator, input->path);
    dvg_release(&allocator, input, sizeof *input);
}

/* ---------------------------------------------------------------- adding */

/* The place of that name: the one it has, or a new one behind the others. */
static dvg_piece *place_of(dvg_input *input, const char *name)
{
    void *pieces = input->pieces;
    for (size_t i = 0; i < input->count; i++)
        if (strcmp(input->pieces[i].name, name) == 0)
            return &input->pieces[i];
    if (!dvg_grow(&input->allocator, &pieces, &input->capacity, input->count + 1,
                  sizeof *input->pieces))
        return NULL;
    input->pieces = pieces;
    return &input->pieces[input->count];
}

/* Copy the texts of `piece` and put it in its place. */
static dvg_status put(dvg_input *input, dvg_piece piece, dvg_error *error)
{
    dvg_piece *place = place_of(input, piece.name);
    const char *path = piece.path;
    bool fresh = place == input->pieces + input->count;
    piece.name =
        place == NULL ? NULL : dvg_string_copy(&input->allocator, piece.name, strlen(piece.name));
    piece.path = path == NULL ? NULL : dvg_string_copy(&input->allocator, path, strlen(path));
    if (piece.name == NULL || (path != NULL && piece.path == NULL)) {
        release_piece(input, &piece);
        return dvg_fail_memory(error);
    }
    if (fresh)
        input->count++;
    else
        release_piece(input, place);
    *place = piece;
    return DVG_OK;
}

static dvg_status add(dvg_input *input, const dvg_piece *piece, bool good, dvg_error *error)
{
    dvg_status status = dvg_require(error, input != NULL && piece->name != NULL && good,
                                    "no input, no name, or nothing to put under it");
    if (status == DVG_OK && input->is_directory)
        status = dvg_fail_file(error, DVG_E_ARGUMENT, input->path,
                               "is a directory: nothing can be added to it");
    if (status == DVG_OK)
        status = dvg_piece_check(piece->name, error);
    return status == DVG_OK ? put(input, *piece, error) : status;
}

dvg_status dvg_input_add_bytes(dvg_input *input, const char *name, const void *data, size_t size,
                               dvg_error *error)
{
    const dvg_piece piece = {name, NULL, NULL, data, size};
    return add(input, &piece, data != NULL || size == 0, error);
}

dvg_status dvg_input_add_document(dvg_input *input, const char *name, const dvg_document *document,
                                  dvg_error *error)
{
    const dvg_piece piece = {name, NULL, document, NULL, 0};
    return add(input, &piece, document != NULL, error);
}

dvg_status dvg_input_add_file(dvg_input *input, const char *name, const char *path,
                              dvg_error *error)
{
    const dvg_piece piece = {name, path, NULL, NULL, 0};
    return add(input, &piece, path != NULL, error);
}

/* ---------------------------------------------------------------- running */

static dvg_status open_input(dvg_snapshot **snapshot, const dvg_input *input,
                             const dvg_run_input *run, dvg_error *error)
{
    const dvg_reading *reading = &run->rules->reading;
    if (input->is_directory)
        return dvg_snapshot_open(snapshot, input->path, &run->allocator, reading, error);
    return dvg_snapshot_open_parts(snapshot, input->path, input->pieces, input->count,
                                   &run->allocator, reading, error);
}

static dvg_status run(dvg_result **made, const dvg_run_input *run, const dvg_input *left,
                      const dvg_input *right, dvg_error *error)
{
    dvg_snapshot *sides[2] = {NULL, NULL};
    dvg_status status = open_input(&sides[0], left, run, error);
    if (status == DVG_OK)
        status = open_input(&sides[1], right, run, error);
    if (status == DVG_OK)
        return dvg_engine_run_snapshots(made, run, sides, error);
    dvg_snapshot_free(sides[0]);
    return status;
}

dvg_status dvg_run_inputs(dvg_result **result, dvg_context *context, const dvg_input *left,
                          const dvg_input *right, dvg_error *error)
{
    dvg_status status =
        dvg_require(error, result != NULL && context != NULL && left != NULL && right != NULL,
                    "no context, no input, or no place for the result");
    if (status != DVG_OK)
        return status;
    *result = NULL;
    struct dvg_undertaking begun;
    status = dvg_outcome_begin(&begun, context, error);
    if (status != DVG_OK)
        return status;
    dvg_result *made = NULL;
    status = run(&made, &begun.input, left, right, error);
    return dvg_outcome_settle(result, made, &begun, status);
}
