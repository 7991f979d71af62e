/*
 * file: see file.h.
 * A file is read, and mapped only where the program that owns the process agrees: a map of a file
 * that somebody shrinks kills the process.
 */
#define _DEFAULT_SOURCE /* NOLINT: getentropy, madvise and the nanoseconds of struct stat */
#include "os/file.h"
#include "os/place.h"
#include "os/reason.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    PIPE_STEP = 1 << 16,    /* bytes asked from a pipe at once */
    WORTH_A_MAP = 64 << 10, /* bytes from which on mapping is cheaper than reading */
};

/* ---- what stands there */

static dvg_presence presence_of(const struct stat *status)
{
    if (S_ISREG(status->st_mode))
        return DVG_PRESENCE_REGULAR;
    return S_ISDIR(status->st_mode) ? DVG_PRESENCE_DIRECTORY : DVG_PRESENCE_OTHER;
}

dvg_status dvg_path_measure(const char *path, dvg_presence *presence, uint64_t *size,
                            dvg_error *error)
{
    struct stat status;
    *size = 0;
    if (stat(path, &status) == 0) {
        *presence = presence_of(&status);
        *size = status.st_size > 0 ? (uint64_t)status.st_size : 0;
        return DVG_OK;
    }
    if (errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
        return dvg_fail_system(error, path, "cannot be looked at", errno);
    bool link = lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
    *presence = link ? DVG_PRESENCE_DANGLING : DVG_PRESENCE_ABSENT;
    return DVG_OK;
}

dvg_status dvg_path_look(const char *path, dvg_presence *presence, dvg_error *error)
{
    uint64_t size;
    return dvg_path_measure(path, presence, &size, error);
}

const char *dvg_mode_refusal(uint32_t mode)
{
    return S_ISDIR(mode)    ? "is a directory"
           : S_ISFIFO(mode) ? "is a pipe, not a regular file"
           : S_ISSOCK(mode) ? "is a socket, not a regular file"
                            : "is a device, not a regular file";
}

dvg_status dvg_path_link(dvg_buffer *text, const char *path, dvg_error *error)
{
    char target[4096];
    ssize_t size = readlink(path, target, sizeof target);
    if (size < 0)
        return dvg_fail_system(error, path, "cannot be looked at", errno);
    dvg_buffer_add(text, target, (size_t)size);
    return text->failed ? dvg_fail_memory(error) : DVG_OK;
}

static dvg_status refuse(const char *path, mode_t mode, dvg_error *error)
{
    return dvg_fail_file(error, DVG_E_IO, path, "%s", dvg_mode_refusal((uint32_t)mode));
}

static dvg_status fail_open(const char *path, int number, dvg_error *error)
{
    if (number == ENOENT || number == ENOTDIR)
        return dvg_fail_file(error, DVG_E_IO, path, "no such file");
    return dvg_fail_system(error, path, "cannot be read", number);
}

/* ---- reading */

ssize_t dvg_file_read_some(int handle, char *data, size_t size)
{
    ssize_t got;
    do
        got = read(handle, data, size);
    while (got < 0 && errno == EINTR);
    return got;
}

/* The same for what may have nothing to give yet: somebody may have opened it so that reading does
 * not wait. */
static ssize_t wait_for_some(int handle, char *data, size_t size)
{
    ssize_t got = dvg_file_read_some(handle, data, size);
    while (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        struct pollfd wanted = {handle, POLLIN, 0};
        (void)poll(&wanted, 1, -1);
        got = dvg_file_read_some(handle, data, size);
    }
    return got;
}

/* What differs if somebody wrote to the file. */
static void note_moment(int64_t moment[5], const struct stat *status)
{
    moment[0] = status->st_size;
    moment[1] = status->st_mtim.tv_sec;
    moment[2] = status->st_mtim.tv_nsec;
    moment[3] = status->st_ctim.tv_sec;
    moment[4] = status->st_ctim.tv_nsec;
}

static bool same_moment(const struct stat *before, const struct stat *after)
{
    int64_t moments[2][5];
    note_moment(moments[0], before);
    note_moment(moments[1], after);
    return memcmp(moments[0], moments[1], sizeof moments[0]) == 0;
}

static dvg_status fail_changed(const char *path, dvg_error *error)
{
    return dvg_fail_file(error, DVG_E_IO, path, "changed while it was read");
}

/* The bytes of an open regular file of the size that `before` tells, into allocated storage. One
 * byte more than expected is asked for, so that the end is seen. */
static dvg_status fill(int handle, const char *path, const struct stat *before, dvg_bytes *bytes,
                       dvg_error *error)
{
    size_t size = (size_t)before->st_size;
    struct stat after;
    while (bytes->size <= size) {
        ssize_t got = dvg_file_read_some(handle, bytes->data + bytes->size, size + 1 - bytes->size);
        if (got < 0)
            return dvg_fail_system(error, path, "cannot be read", errno);
        if (got == 0)
            break;
        bytes->size += (size_t)got;
    }
    if (fstat(handle, &after) != 0)
        return dvg_fail_system(error, path, "cannot be read", errno);
    if (bytes->size != size || !same_moment(before, &after))
        return fail_changed(path, error);
    memset(bytes->data + size, 0, bytes->capacity - size);
    return DVG_OK;
}

static dvg_status read_regular(int handle, const char *path, const struct stat *before,
                               const dvg_allocator *allocator, dvg_bytes *bytes, dvg_error *error)
{
    if (before->st_size < 0 || (uint64_t)before->st_size > SIZE_MAX / 2)
        return dvg_fail_file(error, DVG_E_LIMIT, path,
                             "is too large for the memory of this system");
    bytes->capacity = (size_t)before->st_size + DVG_FILE_PADDING;
    bytes->data = dvg_allocate(allocator, bytes->capacity);
    if (bytes->data == NULL) {
        bytes->capacity = 0;
        return dvg_fail_memory(error);
    }
    return fill(handle, path, before, bytes, error);
}

/* Room for one more step, and for the padding behind it. */
static bool grow(const dvg_allocator *allocator, dvg_bytes *bytes)
{
    void *data = bytes->data;
    if (!dvg_grow(allocator, &data, &bytes->capacity, bytes->size + PIPE_STEP + DVG_FILE_PADDING,
                  1))
        return false;
    bytes->data = data;
    return true;
}

static dvg_status read_pipe(int handle, const char *path, const dvg_allocator *allocator,
                            dvg_bytes *bytes, dvg_error *error)
{
    ssize_t got;
    do {
        if (!grow(allocator, bytes))
            return dvg_fail_memory(error);
        got = wait_for_some(handle, bytes->data + bytes->size, PIPE_STEP);
        if (got < 0)
            return dvg_fail_system(error, path, "cannot be read", errno);
        bytes->size += (size_t)got;
    } while (got > 0);
    memset(bytes->data + bytes->size, 0, DVG_FILE_PADDING);
    return DVG_OK;
}

/* Looks before it opens, since opening alone can wake a device, and looks again at what was
 * opened, since somebody may have put another file there meanwhile. */
static dvg_status open_checked(const char *path, bool pipes, int *handle, struct stat *status,
                               dvg_error *error)
{
    if (stat(path, status) != 0)
        return fail_open(path, errno, error);
    if (!S_ISREG(status->st_mode) && !(pipes && S_ISFIFO(status->st_mode)))
        return refuse(path, status->st_mode, error);
    /* Without O_NONBLOCK a pipe that nobody writes to would hold us; one that the user named
     * should. */
    int wait = S_ISFIFO(status->st_mode) ? 0 : O_NONBLOCK;
    do
        *handle = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | wait);
    while (*handle < 0 && errno == EINTR);
    if (*handle < 0)
        return fail_open(path, errno, error);
    if (fstat(*handle, status) != 0)
        return dvg_fail_system(error, path, "cannot be read", errno);
    if (!S_ISREG(status->st_mode) && !(pipes && S_ISFIFO(status->st_mode)))
        return refuse(path, status->st_mode, error);
    return DVG_OK;
}

dvg_status dvg_file_open(int *handle, const char *path, struct stat *status, dvg_error *error)
{
    *handle = -1;
    dvg_status outcome = open_checked(path, false, handle, status, error);
    if (outcome != DVG_OK && *handle >= 0) {
        close(*handle);
        *handle = -1;
    }
    return outcome;
}

dvg_status dvg_file_check(int handle, const char *path, const struct stat *before, dvg_error *error)
{
    struct stat after;
    if (fstat(handle, &after) != 0)
        return dvg_fail_system(error, path, "cannot be read", errno);
    return same_moment(before, &after) ? DVG_OK : fail_changed(path, error);
}

/* True: the bytes own the handle. */
static bool map_regular(int handle, const char *path, const struct stat *status,
                        const dvg_mapper *mapper, dvg_bytes *bytes)
{
    if (mapper == NULL || status->st_size < WORTH_A_MAP ||
        (uint64_t)status->st_size > SIZE_MAX / 2 ||
        !dvg_map_open(&bytes->map, handle, path, (size_t)status->st_size, mapper))
        return false;
    bytes->data = bytes->map.data;
    bytes->size = bytes->map.size;
    note_moment(bytes->moment, status);
    return true;
}

static dvg_status read_file(const char *path, bool pipes, const dvg_allocator *allocator,
                            const dvg_mapper *mapper, dvg_bytes *bytes, dvg_error *error)
{
    int handle = -1;
    struct stat status;
    memset(bytes, 0, sizeof *bytes);
    dvg_status outcome = open_checked(path, pipes, &handle, &status, error);
    if (outcome != DVG_OK)
        goto cleanup;
    if (S_ISREG(status.st_mode) && map_regular(handle, path, &status, mapper, bytes))
        handle = -1;
    else if (S_ISREG(status.st_mode))
        outcome = read_regular(handle, path, &status, allocator, bytes, error);
    else
        outcome = read_pipe(handle, path, allocator, bytes, error);
cleanup:
    if (handle >= 0)
        close(handle);
    if (outcome != DVG_OK)
        dvg_bytes_clear(bytes, allocator);
    return outcome;
}

dvg_status dvg_file_read(const char *path, const dvg_allocator *allocator, dvg_bytes *bytes,
                         dvg_error *error)
{
    return read_file(path, false, allocator, NULL, bytes, error);
}

dvg_status dvg_file_take(const char *path, const dvg_allocator *allocator, const dvg_mapper *mapper,
                         dvg_bytes *bytes, dvg_error *error)
{
    return read_file(path, false, allocator, mapper, bytes, error);
}

/* ---- what the user named */

/* The descriptor of this process that the path stands for, as /dev/stdin does; -1: none. */
static int own_descriptor(const char *path, const dvg_allocator *allocator)
{
    dvg_place place;
    int descriptor = -1;
    if (dvg_place_find(&place, path, allocator, NULL) == DVG_OK)
        descriptor = place.descriptor;
    dvg_place_clear(&place);
    return descriptor;
}

/* Read an open descriptor from where it stands to its end. To open it once more could be forbidden,
 * or impossible, as for a socket. */
static dvg_status read_descriptor(int descriptor, const char *path, const dvg_allocator *allocator,
                                  dvg_bytes *bytes, dvg_error *error)
{
    struct stat status;
    memset(bytes, 0, sizeof *bytes);
    if (fstat(descriptor, &status) != 0)
        return dvg_fail_system(error, path, "cannot be read", errno);
    if (S_ISDIR(status.st_mode) || S_ISBLK(status.st_mode) ||
        (S_ISCHR(status.st_mode) && !isatty(descriptor)))
        return refuse(path, status.st_mode, error);
    dvg_status outcome = read_pipe(descriptor, path, allocator, bytes, error);
    if (outcome == DVG_OK && S_ISREG(status.st_mode))
        outcome = dvg_file_check(descriptor, path, &status, error);
    if (outcome != DVG_OK)
        dvg_bytes_clear(bytes, allocator);
    return outcome;
}

dvg_status dvg_file_take_any(const char *path, const dvg_allocator *allocator,
                             const dvg_mapper *mapper, dvg_bytes *bytes, dvg_error *error)
{
    int descriptor = own_descriptor(path, allocator);
    if (descriptor >= 0)
        return read_descriptor(descriptor, path, allocator, bytes, error);
    return read_file(path, true, allocator, mapper, bytes, error);
}

dvg_status dvg_file_read_any(const char *path, const dvg_allocator *allocator, dvg_bytes *bytes,
                             dvg_error *error)
{
    return dvg_file_take_any(path, allocator, NULL, bytes, error);
}

bool dvg_path_same_pipe(const char *left, const char *right)
{
    struct stat a;
    struct stat b;
    return stat(left, &a) == 0 && stat(right, &b) == 0 && !S_ISREG(a.st_mode) &&
           !S_ISDIR(a.st_mode) && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* ---- looking again */

static bool is_mapped(const dvg_bytes *bytes)
{
    return bytes->data != NULL && bytes->capacity == 0 && !bytes->borrowed;
}

dvg_status dvg_bytes_check(const dvg_bytes *bytes, const char *path, dvg_error *error)
{
    struct stat status;
    int64_t moment[5];
    if (!is_mapped(bytes))
        return DVG_OK;
    if (fstat(bytes->map.handle, &status) != 0)
        return dvg_fail_system(error, path, "cannot be read", errno);
    note_moment(moment, &status);
    return memcmp(moment, bytes->moment, sizeof moment) == 0 ? DVG_OK : fail_changed(path, error);
}

void dvg_bytes_clear(dvg_bytes *bytes, const dvg_allocator *allocator)
{
    if (is_mapped(bytes))
        dvg_map_close(&bytes->map);
    else if (bytes->capacity > 0)
        dvg_release(allocator, bytes->data, bytes->capacity);
    memset(bytes, 0, sizeof *bytes);
}

/* ---- what else the system gives */

bool dvg_random_seed(uint64_t word[2]) { return getentropy(word, 2 * sizeof *word) == 0; }

uint64_t dvg_clock_milliseconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}
