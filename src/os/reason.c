/*
 * reason: see reason.h.
 */
#define _POSIX_C_SOURCE 200809L
#include "os/reason.h"

#include <errno.h>

struct reason {
    int number;
    const char *words;
};

static const struct reason reasons[] = {
    {EACCES, "permission denied"},
    {EPERM, "operation not permitted"},
    {ENOENT, "no such file or directory"},
    {ENOTDIR, "a component of the path is not a directory"},
    {EISDIR, "is a directory"},
    {ELOOP, "too many symbolic links"},
    {ENAMETOOLONG, "file name too long"},
    {EEXIST, "file exists"},
    {EMFILE, "too many open files in this process"},
    {ENFILE, "too many open files in the system"},
    {ENOSPC, "no space left on device"},
    {EDQUOT, "disk quota exceeded"},
    {EFBIG, "file too large"},
    {EIO, "input/output error"},
    {EROFS, "read-only file system"},
    {ETXTBSY, "is a running program"},
    {EBUSY, "device or resource busy"},
    {ENXIO, "no such device, or nobody at the other end"},
    {ENODEV, "no such device"},
    {EPIPE, "broken pipe"},
    {EOVERFLOW, "too large for this system"},
    {EAGAIN, "resource temporarily unavailable"},
    {EBADF, "bad file descriptor"},
    {EINTR, "interrupted"},
    {EINVAL, "invalid argument"},
    {EXDEV, "on another file system"},
    {EMLINK, "too many hard links"},
    {ESTALE, "stale file handle"},
    {ETIMEDOUT, "timed out"},
};

const char *dvg_reason(int number)
{
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
        if (reasons[i].number == number)
            return reasons[i].words;
    }
    return NULL;
}

dvg_status dvg_fail_system(dvg_error *error, const char *file, const char *what, int number)
{
    if (number == ENOMEM) {
        dvg_status status = dvg_fail_memory(error);
        dvg_error_set_file(error, file);
        return status;
    }
    const char *words = dvg_reason(number);
    const char *lead = what != NULL ? what : "";
    const char *between = what != NULL ? ": " : "";
    if (words == NULL)
        return dvg_fail_file(error, DVG_E_IO, file, "%s%ssystem error %d", lead, between, number);
    return dvg_fail_file(error, DVG_E_IO, file, "%s%s%s", lead, between, words);
}
