/*
 * temporary: see temporary.h.
 */
#define _POSIX_C_SOURCE 200809L
#include "os/temporary.h"
#include "os/file.h"
#include "os/pathname.h"
#include "os/reason.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

char *dvg_temporary_name(const dvg_place *place, const dvg_allocator *allocator, uint64_t attempt)
{
    uint64_t word[2];
    if (!dvg_random_seed(word)) {
        word[0] = dvg_clock_milliseconds();
        word[1] = (uint64_t)getpid() << 16 | attempt;
    }
    char name[64];
    snprintf(name, sizeof name, ".diverge-%016llx%016llx", (unsigned long long)word[0],
             (unsigned long long)word[1]);
    dvg_buffer path;
    dvg_buffer_init(&path, allocator);
    dvg_pathname_join(&path, place->folder, name);
    char *copy = path.failed ? NULL : dvg_string_copy(allocator, path.data, path.size);
    dvg_buffer_clear(&path);
    return copy;
}

/* Make an empty file beside the place: `*name` its path, `*handle` open for writing. A file that
 * takes an old one's place is private until it has that one's owner and mode. */
static dvg_status make_temporary(const dvg_place *place, const char *shown,
                                 const dvg_allocator *allocator, char **name, int *handle,
                                 dvg_error *error)
{
    mode_t mode = place->exists ? 0600 : 0666;
    for (uint64_t attempt = 0; attempt < DVG_TEMPORARY_NAMES; attempt++) {
        *name = dvg_temporary_name(place, allocator, attempt);
        if (*name == NULL)
            return dvg_fail_memory(error);
        *handle = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, mode);
        if (*handle >= 0)
            return DVG_OK;
        int number = errno;
        dvg_release_string(allocator, *name);
        *name = NULL;
        if (number != EEXIST && number != EINTR)
            return dvg_fail_system(error, shown, "cannot be written: no file can be made beside it",
                                   number);
    }
    return dvg_fail_system(error, shown, "cannot be written", EEXIST);
}

/* Give the new file what the old one had. Only root can give a file away, so an owner that
 * cannot be kept is no error; a mode that cannot be kept is. */
static dvg_status keep_attributes(const dvg_place *place, const char *shown, int handle,
                                  dvg_error *error)
{
    const struct stat *old = &place->status;
    if (!place->exists)
        return DVG_OK;
    if (fchown(handle, old->st_uid, old->st_gid) != 0)
        (void)!fchown(handle, (uid_t)-1, old->st_gid);
    if (fchmod(handle, old->st_mode & 0777) != 0)
        return dvg_fail_system(error, shown, "cannot be given the old file's mode", errno);
    return DVG_OK;
}

void dvg_temporary_drop(const dvg_allocator *allocator, char **name)
{
    if (*name == NULL)
        return;
    unlink(*name);
    dvg_release_string(allocator, *name);
    *name = NULL;
}

dvg_status dvg_temporary_write(const dvg_place *place, const char *shown,
                               const dvg_allocator *allocator, const char *data, size_t size,
                               char **name, int *handle, const dvg_stop *stop, dvg_error *error)
{
    dvg_status status = make_temporary(place, shown, allocator, name, handle, error);
    if (status != DVG_OK)
        return status;
    status = keep_attributes(place, shown, *handle, error);
    if (status == DVG_OK)
        status = dvg_store_write(*handle, data, size, shown, stop, error);
    if (status == DVG_OK)
        return DVG_OK;
    close(*handle);
    dvg_temporary_drop(allocator, name);
    return status;
}

/* Some file systems tell of a full disk only when a file is closed; the descriptor is gone in any
 * case. */
dvg_status dvg_temporary_finish(const char *shown, int handle, const dvg_stop *stop,
                                dvg_error *error)
{
    dvg_status status = dvg_store_flush(handle, shown, stop, error);
    if (close(handle) != 0 && errno != EINTR && status == DVG_OK)
        status = dvg_fail_system(error, shown, "cannot be written", errno);
    return status;
}
