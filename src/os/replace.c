/*
 * replace: see replace.h.
 *
 * Every regular target is first written to a temporary file in its own folder and flushed; what
 * is no regular file is written after that, and only then is anything renamed. While a later
 * rename can still fail, the file that an earlier one replaced keeps a second name, from which it
 * is put back. A file that had several hard links becomes one of its own; its other names keep
 * the old contents.
 */
#define _POSIX_C_SOURCE 200809L
#include "os/replace.h"
#include "os/file.h"
#include "os/parallel.h"
#include "os/pathname.h"
#include "os/place.h"
#include "os/reason.h"
#include "os/store.h"
#include "os/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct target {
    char *path; /* as named; for messages */
    dvg_place place;
    dvg_buffer contents;
    char *temporary; /* the new file, until it is renamed; NULL: none */
    char *backup;    /* the old file's second name; NULL: none */
    bool straight;   /* no regular file, or a descriptor: written where it stands */
    bool renamed;
    int handle; /* of the temporary file, until it is flushed; meant while `open` */
    bool open;
};

struct dvg_replace {
    dvg_allocator allocator;
    struct target *targets;
    size_t count;
    size_t capacity;
    dvg_place *inputs;
    size_t input_count;
    size_t input_capacity;
};

/* ---- the set */

dvg_status dvg_replace_new(dvg_replace **set, const dvg_allocator *allocator, dvg_error *error)
{
    *set = dvg_allocate_zero(allocator, sizeof **set);
    if (*set == NULL)
        return dvg_fail_memory(error);
    (*set)->allocator = *allocator;
    return DVG_OK;
}

static void target_clear(struct target *target, const dvg_allocator *allocator)
{
    dvg_release_string(allocator, target->path);
    dvg_release_string(allocator, target->temporary);
    dvg_release_string(allocator, target->backup);
    dvg_buffer_clear(&target->contents);
    dvg_place_clear(&target->place);
}

void dvg_replace_free(dvg_replace *set)
{
    if (set == NULL)
        return;
    dvg_allocator allocator = set->allocator;
    for (size_t i = 0; i < set->count; i++)
        target_clear(&set->targets[i], &allocator);
    for (size_t i = 0; i < set->input_count; i++)
        dvg_place_clear(&set->inputs[i]);
    dvg_release(&allocator, set->targets, set->capacity * sizeof *set->targets);
    dvg_release(&allocator, set->inputs, set->input_capacity * sizeof *set->inputs);
    dvg_release(&allocator, set, sizeof *set);
}

/* What the place itself forbids. */
static dvg_status check_place(const struct target *target, dvg_error *error)
{
    const dvg_place *place = &target->place;
    if (place->exists && S_ISDIR(place->status.st_mode))
        return dvg_fail_file(error, DVG_E_IO, target->path, "is a directory");
    if (target->straight)
        return DVG_OK;
    if (!place->folder_exists)
        return dvg_fail_file(error, DVG_E_IO, target->path,
                             "cannot be written: there is no directory %s", place->folder);
    /* A rename would go past a file's own mode, which asks not to be written to. */
    if (place->exists && faccessat(AT_FDCWD, place->real, W_OK, AT_EACCESS) != 0)
        return dvg_fail_system(error, target->path, "cannot be written", errno);
    return DVG_OK;
}

/* What the rest of the set forbids. */
static dvg_status check_others(const dvg_replace *set, const struct target *target,
                               dvg_error *error)
{
    for (size_t i = 0; i < set->count; i++) {
        if (dvg_place_same(&set->targets[i].place, &target->place))
            return dvg_fail_file(error, DVG_E_ARGUMENT, target->path,
                                 "two reports would be one file: the other is %s",
                                 set->targets[i].path);
    }
    for (size_t i = 0; i < set->input_count; i++) {
        if (dvg_place_same(&set->inputs[i], &target->place))
            return dvg_fail_file(error, DVG_E_ARGUMENT, target->path,
                                 "cannot be written: it is an input");
    }
    return DVG_OK;
}

static dvg_status target_init(struct target *target, const char *path,
                              const dvg_allocator *allocator, dvg_error *error)
{
    memset(target, 0, sizeof *target);
    dvg_buffer_init(&target->contents, allocator);
    dvg_status status = dvg_place_find(&target->place, path, allocator, error);
    if (status != DVG_OK)
        return status;
    target->path = dvg_string_copy(allocator, path, strlen(path));
    if (target->path == NULL)
        return dvg_fail_memory(error);
    target->straight = target->place.descriptor >= 0 ||
                       (target->place.exists && !S_ISREG(target->place.status.st_mode));
    return DVG_OK;
}

dvg_status dvg_replace_add(dvg_replace *set, const char *path, dvg_error *error)
{
    struct target target;
    dvg_status status = target_init(&target, path, &set->allocator, error);
    if (status == DVG_OK)
        status = check_place(&target, error);
    if (status == DVG_OK)
        status = check_others(set, &target, error);
    void *targets = set->targets;
    if (status == DVG_OK &&
        !dvg_grow(&set->allocator, &targets, &set->capacity, set->count + 1, sizeof target))
        status = dvg_fail_memory(error);
    if (status != DVG_OK) {
        target_clear(&target, &set->allocator);
        return status;
    }
    set->targets = targets;
    set->targets[set->count++] = target;
    return DVG_OK;
}

dvg_status dvg_replace_protect(dvg_replace *set, const char *path, dvg_error *error)
{
    dvg_place place;
    dvg_error mine;
    dvg_error_clear(&mine);
    dvg_status status = dvg_place_find(&place, path, &set->allocator, &mine);
    if (place.circle) { /* no report can come to stand there */
        dvg_place_clear(&place);
        return DVG_OK;
    }
    if (status != DVG_OK && error != NULL && error->status == DVG_OK)
        *error = mine;
    for (size_t i = 0; i < set->count && status == DVG_OK; i++) {
        if (dvg_place_same(&set->targets[i].place, &place))
            status = dvg_fail_file(error, DVG_E_ARGUMENT, set->targets[i].path,
                                   "cannot be written: it is an input");
    }
    void *inputs = set->inputs;
    if (status == DVG_OK && !dvg_grow(&set->allocator, &inputs, &set->input_capacity,
                                      set->input_count + 1, sizeof place))
        status = dvg_fail_memory(error);
    if (status != DVG_OK) {
        dvg_place_clear(&place);
        return status;
    }
    set->inputs = inputs;
    set->inputs[set->input_count++] = place;
    return DVG_OK;
}

dvg_buffer *dvg_replace_buffer(dvg_replace *set)
{
    return set->count == 0 ? NULL : &set->targets[set->count - 1].contents;
}

/* ---- writing beside the targets */

static void drop_temporaries(dvg_replace *set)
{
    for (size_t i = 0; i < set->count; i++) {
        dvg_temporary_drop(&set->allocator, &set->targets[i].temporary);
        dvg_temporary_drop(&set->allocator, &set->targets[i].backup);
    }
}

static dvg_status write_all(dvg_replace *set, const dvg_stop *stop, dvg_error *error)
{
    for (size_t i = 0; i < set->count; i++) {
        struct target *target = &set->targets[i];
        target->renamed = false;
        if (target->contents.failed)
            return dvg_fail_memory(error);
        if (target->straight)
            continue;
        dvg_status status = dvg_stop_ask(stop, error);
        if (status == DVG_OK)
            status = dvg_temporary_write(&target->place, target->path, &set->allocator,
                                         target->contents.data, target->contents.size,
                                         &target->temporary, &target->handle, stop, error);
        if (status != DVG_OK)
            return status;
        target->open = true;
    }
    return DVG_OK;
}

/* Every second target, from one of the first two on. */
struct half {
    dvg_replace *set;
    size_t first;
    const dvg_stop *stop;
    dvg_status status; /* before: whether anything is left to flush; then, how it went */
    dvg_error error;
};

/* Flush what was written, or only close it where something failed before. */
static void finish_half(void *payload)
{
    struct half *half = payload;
    for (size_t i = half->first; i < half->set->count; i += 2) {
        struct target *target = &half->set->targets[i];
        if (!target->open)
            continue;
        target->open = false;
        if (half->status == DVG_OK)
            half->status =
                dvg_temporary_finish(target->path, target->handle, half->stop, &half->error);
        else
            close(target->handle);
    }
}

/* Those that nobody waits for yet are on their way to the device. */
static void begin_flush(const dvg_replace *set, size_t waited_for)
{
    for (size_t i = waited_for; i < set->count; i++)
        if (set->targets[i].open)
            dvg_store_begin_flush(set->targets[i].handle);
}

/* A small file is on the device before a thread is there to wait for it. */
static bool is_worth_a_thread(const dvg_replace *set)
{
    enum { LEAST = 256 << 10 };
    return set->count > 1 && set->targets[0].open && set->targets[1].open &&
           set->targets[0].contents.size + set->targets[1].contents.size >= LEAST;
}

/* Two files that are waited for at once can be one transaction of the file system's journal
 * instead of two. */
static dvg_status prepare(dvg_replace *set, bool threaded, const dvg_stop *stop, dvg_error *error)
{
    static const dvg_stop nobody = {NULL, NULL};
    dvg_status status = write_all(set, stop, error);
    bool both = threaded && status == DVG_OK && is_worth_a_thread(set);
    struct half first = {set, 0, stop, status, {0}};
    struct half second = {set, 1, both ? &nobody : stop, status, {0}};
    if (status == DVG_OK)
        begin_flush(set, both ? 2 : 1);
    dvg_parallel(finish_half, &first, &second, both);
    if (status != DVG_OK)
        return status;
    const struct half *failed = first.status != DVG_OK ? &first : &second;
    if (failed->status != DVG_OK && error != NULL)
        *error = failed->error;
    return failed->status;
}

/* ---- what is no regular file */

/* A descriptor of our own is used as it is: opened anew, a file that standard output was sent to
 * would lose what was written before and have the next line written over the report. */
static int open_straight(const struct target *target)
{
    int number = target->place.descriptor;
    if (number >= 0 && (fcntl(number, F_GETFL) & O_ACCMODE) != O_RDONLY)
        return fcntl(number, F_DUPFD_CLOEXEC, 0);
    return open(target->place.real, O_WRONLY | O_CLOEXEC | O_NOCTTY);
}

static dvg_status write_straight(const struct target *target, const dvg_stop *stop,
                                 dvg_error *error)
{
    int handle;
    dvg_status status;
    /* Opening a pipe waits for its reader, and a signal is the only way out. */
    do {
        status = dvg_stop_ask(stop, error);
        if (status != DVG_OK)
            return status;
        handle = open_straight(target);
    } while (handle < 0 && errno == EINTR);
    if (handle < 0)
        return dvg_fail_system(error, target->path, "cannot be written", errno);
    status = dvg_store_write(handle, target->contents.data, target->contents.size, target->path,
                             stop, error);
    if (close(handle) != 0 && errno != EINTR && status == DVG_OK)
        status = dvg_fail_system(error, target->path, "cannot be written", errno);
    return status;
}

static dvg_status write_all_straight(const dvg_replace *set, const dvg_stop *stop, dvg_error *error)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < set->count && status == DVG_OK; i++) {
        if (set->targets[i].straight)
            status = write_straight(&set->targets[i], stop, error);
    }
    return status;
}

/* ---- renaming */

/* File systems without hard links get a copy. */
static dvg_status back_up_copy(struct target *target, const dvg_allocator *allocator,
                               const dvg_stop *stop, dvg_error *error)
{
    dvg_bytes old;
    int handle;
    dvg_status status = dvg_file_read(target->place.real, allocator, &old, error);
    if (status == DVG_OK)
        status = dvg_temporary_write(&target->place, target->path, allocator, old.data, old.size,
                                     &target->backup, &handle, stop, error);
    if (status == DVG_OK) {
        status = dvg_temporary_finish(target->path, handle, stop, error);
        if (status != DVG_OK)
            dvg_temporary_drop(allocator, &target->backup);
    }
    dvg_bytes_clear(&old, allocator);
    return status;
}

/* Keep the old file under a second name. */
static dvg_status back_up(struct target *target, const dvg_allocator *allocator,
                          const dvg_stop *stop, dvg_error *error)
{
    char *name = dvg_temporary_name(&target->place, allocator, DVG_TEMPORARY_NAMES);
    if (name == NULL)
        return dvg_fail_memory(error);
    if (link(target->place.real, name) == 0) {
        target->backup = name;
        return DVG_OK;
    }
    dvg_release_string(allocator, name);
    return back_up_copy(target, allocator, stop, error);
}

static bool more_to_rename(const dvg_replace *set, size_t index)
{
    for (size_t i = index + 1; i < set->count; i++) {
        if (!set->targets[i].straight)
            return true;
    }
    return false;
}

static dvg_status rename_one(dvg_replace *set, size_t index, const dvg_stop *stop, dvg_error *error)
{
    struct target *target = &set->targets[index];
    dvg_status status = dvg_stop_ask(stop, error);
    if (status == DVG_OK && target->place.exists && more_to_rename(set, index))
        status = back_up(target, &set->allocator, stop, error);
    if (status != DVG_OK)
        return status;
    if (rename(target->temporary, target->place.real) != 0)
        return dvg_fail_system(error, target->path, "cannot be replaced", errno);
    target->renamed = true;
    dvg_release_string(&set->allocator, target->temporary);
    target->temporary = NULL;
    return DVG_OK;
}

/* Undo the renames. The first error stays the one to tell; what cannot be put back keeps its
 * second name, and is told in the error's detail. */
static void put_back(dvg_replace *set, dvg_error *error)
{
    for (size_t i = 0; i < set->count; i++) {
        struct target *target = &set->targets[i];
        if (!target->renamed)
            continue;
        int outcome = target->backup != NULL ? rename(target->backup, target->place.real)
                                             : unlink(target->place.real);
        if (outcome != 0 && error != NULL)
            snprintf(error->detail, sizeof error->detail,
                     "%.1000s was replaced already and could not be put back%s%.1000s",
                     target->path, target->backup != NULL ? "; the old file is " : "",
                     target->backup != NULL ? target->backup : "");
        dvg_release_string(&set->allocator, target->backup);
        target->backup = NULL;
        target->renamed = false;
    }
}

static dvg_status rename_all(dvg_replace *set, const dvg_stop *stop, dvg_error *error)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < set->count && status == DVG_OK; i++) {
        if (!set->targets[i].straight)
            status = rename_one(set, i, stop, error);
    }
    if (status != DVG_OK)
        put_back(set, error);
    return status;
}

dvg_status dvg_replace_commit(dvg_replace *set, bool threaded, dvg_cancel_fn cancel, void *payload,
                              dvg_error *error)
{
    const dvg_stop stop = {cancel, payload};
    dvg_status status = prepare(set, threaded, &stop, error);
    if (status == DVG_OK)
        status = write_all_straight(set, &stop, error);
    if (status == DVG_OK)
        status = rename_all(set, &stop, error);
    drop_temporaries(set);
    return status;
}
