/*
 * parallel: see parallel.h.
 */
#define _GNU_SOURCE /* NOLINT: processors of a thread */
#include "os/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>

struct task {
    void (*job)(void *);
    void *payload;
#if defined(__GLIBC__)
    cpu_set_t processors; /* of the thread that started it */
    bool elsewhere;       /* the new thread began on one of the others */
#endif
};

#if defined(__GLIBC__)

/* A new thread is now and then put behind its maker on the same processor, where it waits for
 * milliseconds while another one idles: longer than the whole job takes. So it begins on another
 * one, and from then on may run where its maker may. Whatever fails here only costs time. */
static void begin_elsewhere(pthread_attr_t *how, struct task *task)
{
    int number = sched_getcpu();
    size_t mine = number < 0 ? CPU_SETSIZE : (size_t)number;
    task->elsewhere = mine < CPU_SETSIZE &&
                      sched_getaffinity(0, sizeof task->processors, &task->processors) == 0 &&
                      CPU_ISSET(mine, &task->processors) && CPU_COUNT(&task->processors) > 1;
    if (!task->elsewhere)
        return;
    cpu_set_t others = task->processors;
    CPU_CLR(mine, &others);
    task->elsewhere = pthread_attr_setaffinity_np(how, sizeof others, &others) == 0;
}

static void begin(const struct task *task)
{
    if (task->elsewhere)
        (void)sched_setaffinity(0, sizeof task->processors, &task->processors);
}

#else

static void begin_elsewhere(pthread_attr_t *how, struct task *task)
{
    (void)how;
    (void)task;
}

static void begin(const struct task *task) { (void)task; }

#endif

static void *run(void *payload)
{
    const struct task *task = payload;
    begin(task);
    task->job(task->payload);
    return NULL;
}

/* Every signal but those that the thread itself would cause. */
static void fill_foreign(sigset_t *signals)
{
    sigfillset(signals);
    sigdelset(signals, SIGBUS);
    sigdelset(signals, SIGSEGV);
    sigdelset(signals, SIGFPE);
    sigdelset(signals, SIGILL);
}

/* A thread inherits the mask of the one that makes it, so the signals are blocked while it is
 * made. */
static bool start(pthread_t *thread, struct task *task)
{
    sigset_t foreign;
    sigset_t before;
    pthread_attr_t how;
    fill_foreign(&foreign);
    if (pthread_attr_init(&how) != 0)
        return false;
    begin_elsewhere(&how, task);
    bool masked = pthread_sigmask(SIG_SETMASK, &foreign, &before) == 0;
    bool started = masked && pthread_create(thread, &how, run, task) == 0;
    if (masked)
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&how);
    return started;
}

bool dvg_beside(void (*job)(void *), void *payload, void (*here)(void *), void *own)
{
    struct task task = {.job = job, .payload = payload};
    pthread_t thread;
    if (!start(&thread, &task))
        return false;
    here(own);
    pthread_join(thread, NULL);
    return true;
}

void dvg_parallel(void (*job)(void *), void *first, void *second, bool threaded)
{
    if (threaded && dvg_beside(job, second, job, first))
        return;
    job(first);
    job(second);
}
