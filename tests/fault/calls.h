/*
 * calls: the system calls that the library makes, counted, and one of them made to fail: the
 * functions stand in the test program, where they win over the C library's. What is armed by
 * nobody goes straight through. Included by one file of a program only, since these names cannot be
 * static.
 */
#ifndef TESTS_FAULT_CALLS_H
#define TESTS_FAULT_CALLS_H

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum call {
    CALL_OPEN,
    CALL_READ,
    CALL_PREAD,
    CALL_WRITE,
    CALL_FSYNC,
    CALL_CLOSE,
    CALL_RENAME,
    CALL_LINK,
    CALL_UNLINK,
    CALL_STAT,
    CALL_LSTAT,
    CALL_FSTAT,
    CALL_FCHMOD,
    CALL_FCHOWN,
    CALL_OPENDIR,
    CALL_READDIR,
    CALL_READLINK,
    CALL_REALPATH,
    CALL_FACCESSAT,
    CALL_COUNT
};

static const char *const call_names[CALL_COUNT] = {
    "open",    "read",    "pread",    "write",    "fsync",    "close",  "rename",
    "link",    "unlink",  "stat",     "lstat",    "fstat",    "fchmod", "fchown",
    "opendir", "readdir", "readlink", "realpath", "faccessat"};

/* Beside the numbers of errno. */
enum { FAULT_SHORT = -1, FAULT_KILL_BEFORE = -2, FAULT_KILL_AFTER = -3, FAULT_KILL_HALF = -4 };

/* As often as a call is interrupted in a row. */
enum { STORM = 20 };

static struct calls {
    bool armed;
    bool for_ever;        /* every later call of that function, too; EINTR some times only */
    size_t at;            /* the call that fails, from 1 */
    int fault;            /* an errno, or one of the above */
    size_t made;          /* calls so far */
    size_t struck;        /* of these, failed */
    enum call call;       /* the function that was struck */
    unsigned char *kinds; /* where not NULL: which function each call was */
    size_t kind_room;
} calls;

static inline bool calls_fits(enum call call, int fault)
{
    switch (fault) {
    case EINTR:
        return call == CALL_OPEN || call == CALL_READ || call == CALL_PREAD || call == CALL_WRITE ||
               call == CALL_FSYNC || call == CALL_CLOSE;
    case FAULT_SHORT:
        return call == CALL_READ || call == CALL_PREAD || call == CALL_WRITE;
    case FAULT_KILL_HALF:
        return call == CALL_WRITE;
    case ENOSPC:
        return call == CALL_OPEN || call == CALL_WRITE || call == CALL_FSYNC ||
               call == CALL_CLOSE || call == CALL_RENAME || call == CALL_LINK;
    case EMFILE:
        return call == CALL_OPEN || call == CALL_OPENDIR;
    case EACCES:
        return call != CALL_READ && call != CALL_PREAD && call != CALL_WRITE &&
               call != CALL_FSYNC && call != CALL_CLOSE && call != CALL_READDIR &&
               call != CALL_FSTAT;
    default:
        return true;
    }
}

/* The fault of this call; 0: none. */
static inline int calls_strike(enum call call)
{
    if (!calls.armed)
        return 0;
    size_t number = ++calls.made;
    if (calls.kinds != NULL && number <= calls.kind_room)
        calls.kinds[number - 1] = (unsigned char)call;
    bool hit = number == calls.at ||
               (calls.for_ever && number > calls.at && calls.struck > 0 && call == calls.call &&
                (calls.fault != EINTR || calls.struck < STORM));
    if (!hit || calls.fault == 0 || !calls_fits(call, calls.fault))
        return 0;
    calls.call = call;
    calls.struck++;
    if (calls.fault == FAULT_KILL_BEFORE)
        (void)kill(getpid(), SIGKILL);
    return calls.fault;
}

static inline void calls_strike_after(int fault)
{
    if (fault == FAULT_KILL_AFTER || fault == FAULT_KILL_HALF)
        (void)kill(getpid(), SIGKILL);
}

/* The C library's own function of a name. */
#define REAL(name)                                                                                 \
    static __typeof__(&name) real;                                                                 \
    if (real == NULL) {                                                                            \
        void *found = dlsym(RTLD_NEXT, #name);                                                     \
        memcpy(&real, &found, sizeof real);                                                        \
    }

/* A function that fails with -1. */
#define CALL(name, kind, parameters, arguments)                                                    \
    int name parameters                                                                            \
    {                                                                                              \
        REAL(name)                                                                                 \
        int fault = calls_strike(kind);                                                            \
        if (fault > 0) {                                                                           \
            errno = fault;                                                                         \
            return -1;                                                                             \
        }                                                                                          \
        int outcome = real arguments;                                                              \
        calls_strike_after(fault);                                                                 \
        return outcome;                                                                            \
    }

CALL(fsync, CALL_FSYNC, (int handle), (handle))
CALL(rename, CALL_RENAME, (const char *from, const char *to), (from, to))
CALL(link, CALL_LINK, (const char *from, const char *to), (from, to))
CALL(unlink, CALL_UNLINK, (const char *path), (path))
CALL(stat, CALL_STAT, (const char *path, struct stat *status), (path, status))
CALL(lstat, CALL_LSTAT, (const char *path, struct stat *status), (path, status))
CALL(fstat, CALL_FSTAT, (int handle, struct stat *status), (handle, status))
CALL(fchmod, CALL_FCHMOD, (int handle, mode_t mode), (handle, mode))
CALL(fchown, CALL_FCHOWN, (int handle, uid_t owner, gid_t group), (handle, owner, group))
CALL(faccessat, CALL_FACCESSAT, (int folder, const char *path, int mode, int flags),
     (folder, path, mode, flags))

/* The descriptor is gone in any case, as on Linux. */
int close(int handle)
{
    REAL(close)
    int fault = calls_strike(CALL_CLOSE);
    int outcome = real(handle);
    calls_strike_after(fault);
    if (fault > 0) {
        errno = fault;
        return -1;
    }
    return outcome;
}

int open(const char *path, int flags, ...)
{
    REAL(open)
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int fault = calls_strike(CALL_OPEN);
    if (fault > 0) {
        errno = fault;
        return -1;
    }
    int outcome = real(path, flags, mode);
    calls_strike_after(fault);
    return outcome;
}

static inline size_t calls_size(int fault, size_t size)
{
    return (fault == FAULT_SHORT || fault == FAULT_KILL_HALF) && size > 1 ? size / 2 : size;
}

ssize_t read(int handle, void *data, size_t size)
{
    REAL(read)
    int fault = calls_strike(CALL_READ);
    if (fault > 0) {
        errno = fault;
        return -1;
    }
    ssize_t outcome = real(handle, data, calls_size(fault, size));
    calls_strike_after(fault);
    return outcome;
}

ssize_t pread(int handle, void *data, size_t size, off_t offset)
{
    REAL(pread)
    int fault = calls_strike(CALL_PREAD);
    if (fault > 0) {
        errno = fault;
        return -1;
    }
    ssize_t outcome = real(handle, data, calls_size(fault, size), offset);
    calls_strike_after(fault);
    return outcome;
}

ssize_t write(int handle, const void *data, size_t size)
{
    REAL(write)
    int fault = calls_strike(CALL_WRITE);
    if (fault > 0) {
        errno = fault;
        return -1;
    }
    ssize_t outcome = real(handle, data, calls_size(fault, size));
    calls_strike_after(fault);
    return outcome;
}

ssize_t readlink(const char *path, char *text, size_t size)
{
    REAL(readlink)
    int fault = calls_strike(CALL_READLINK);
    if (fault > 0) {
        errno = fault;
        return -1;
    }
    ssize_t outcome = real(path, text, size);
    calls_strike_after(fault);
    return outcome;
}

char *realpath(const char *path, char *resolved)
{
    REAL(realpath)
    int fault = calls_strike(CALL_REALPATH);
    if (fault > 0) {
        errno = fault;
        return NULL;
    }
    char *outcome = real(path, resolved);
    calls_strike_after(fault);
    return outcome;
}

DIR *opendir(const char *path)
{
    REAL(opendir)
    int fault = calls_strike(CALL_OPENDIR);
    if (fault > 0) {
        errno = fault;
        return NULL;
    }
    DIR *outcome = real(path);
    calls_strike_after(fault);
    return outcome;
}

struct dirent *readdir(DIR *list)
{
    REAL(readdir)
    int fault = calls_strike(CALL_READDIR);
    if (fault > 0) {
        errno = fault;
        return NULL;
    }
    struct dirent *outcome = real(list);
    calls_strike_after(fault);
    return outcome;
}

#endif
