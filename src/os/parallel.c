/*
 * parallel: see parallel.h.
 */
#define _POSIX_C_SOURCE 200809L
#include "os/parallel.h"

#include <pthread.h>
#include <signal.h>

struct task {
    void (*job)(void *);
    void *payload;
};

static void *run(void *payload)
{
    const struct task *task = payload;
    task->job(task->payload);
    return NULL;
}

/* A thread inherits the mask of the one that makes it, so the mask is full while it is made: full
 * but for the signals that the thread itself would cause. */
static bool start(pthread_t *thread, struct task *task)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    sigdelset(&all, SIGBUS);
    sigdelset(&all, SIGSEGV);
    sigdelset(&all, SIGFPE);
    sigdelset(&all, SIGILL);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return false;
    bool started = pthread_create(thread, NULL, run, task) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return started;
}

void dvg_parallel(void (*job)(void *), void *first, void *second, bool threaded)
{
    struct task task = {job, second};
    pthread_t thread;
    bool started = threaded && start(&thread, &task);
    job(first);
    if (started)
        pthread_join(thread, NULL);
    else
        job(second);
}
