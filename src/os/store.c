/*
 * store: see store.h.
 */
#define _GNU_SOURCE /* NOLINT: sync_file_range */
#include "os/store.h"
#include "os/reason.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

/* A stop is asked for at least this often. */
enum { PIECE = 1 << 20 };

dvg_status dvg_stop_ask(const dvg_stop *stop, dvg_error *error)
{
    if (stop->cancel != NULL && stop->cancel(stop->payload) < 0)
        return dvg_fail(error, DVG_E_CANCELLED, "writing was cancelled");
    return DVG_OK;
}

/* ---- SIGPIPE: it is sent to the thread that writes. A library has no business with the host's
 * handlers, so the thread blocks the signal and takes away the one that its own write caused. */

struct quiet {
    sigset_t pipe;
    sigset_t before;
    bool pending; /* one was waiting already, which is the host's */
};

static bool pipe_pending(void)
{
    sigset_t waiting;
    return sigpending(&waiting) == 0 && sigismember(&waiting, SIGPIPE) == 1;
}

static void quiet_begin(struct quiet *quiet)
{
    sigemptyset(&quiet->pipe);
    sigaddset(&quiet->pipe, SIGPIPE);
    quiet->pending = pipe_pending();
    pthread_sigmask(SIG_BLOCK, &quiet->pipe, &quiet->before);
}

static void quiet_end(const struct quiet *quiet)
{
    int number;
    if (!quiet->pending && pipe_pending())
        sigwait(&quiet->pipe, &number);
    pthread_sigmask(SIG_SETMASK, &quiet->before, NULL);
}

/* ---- writing */

/* A host may have made its standard output non-blocking. Whatever poll says, write says more. */
static void wait_for_room(int handle)
{
    struct pollfd room = {handle, POLLOUT, 0};
    (void)poll(&room, 1, 1000);
}

static dvg_status write_pieces(int handle, const char *data, size_t size, const char *file,
                               const dvg_stop *stop, dvg_error *error)
{
    while (size > 0) {
        dvg_status status = dvg_stop_ask(stop, error);
        if (status != DVG_OK)
            return status;
        ssize_t put = write(handle, data, size < PIECE ? size : PIECE);
        if (put > 0) {
            data += put;
            size -= (size_t)put;
        } else if (put < 0 && errno == EAGAIN) {
            wait_for_room(handle);
        } else if (put == 0 || errno != EINTR) {
            return dvg_fail_system(error, file, "cannot be written", put == 0 ? EIO : errno);
        }
    }
    return DVG_OK;
}

dvg_status dvg_store_write(int handle, const char *data, size_t size, const char *file,
                           const dvg_stop *stop, dvg_error *error)
{
    struct quiet quiet;
    quiet_begin(&quiet);
    dvg_status status = write_pieces(handle, data, size, file, stop, error);
    quiet_end(&quiet);
    return status;
}

void dvg_store_begin_flush(int handle)
{
#if defined(__linux__)
    (void)sync_file_range(handle, 0, 0, SYNC_FILE_RANGE_WRITE);
#else
    (void)handle;
#endif
}

dvg_status dvg_store_flush(int handle, const char *file, const dvg_stop *stop, dvg_error *error)
{
    while (fsync(handle) != 0) {
        /* Pipes, and file systems that know no flushing. */
        if (errno == EINVAL || errno == ENOTSUP || errno == ENOSYS)
            return DVG_OK;
        if (errno != EINTR)
            return dvg_fail_system(error, file, "cannot be written", errno);
        dvg_status status = dvg_stop_ask(stop, error);
        if (status != DVG_OK)
            return status;
    }
    return DVG_OK;
}
