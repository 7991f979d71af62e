/*
 * signals: see signals.h. The handler does nothing but note the signal's number.
 * Invariant: outside of hold and release no handler of ours is installed.
 */
#include "signals.h"

#include <signal.h>
#include <stddef.h>

static const int held[] = {SIGINT, SIGTERM, SIGHUP};
#define HELD_COUNT (sizeof held / sizeof *held)

static struct sigaction before[HELD_COUNT];
static volatile sig_atomic_t noted;

static void note(int number) { noted = number; }

void dvg_signals_start(void)
{
    struct sigaction ignore = {0};
    ignore.sa_handler = SIG_IGN;
    (void)sigaction(SIGPIPE, &ignore, NULL);
}

void dvg_signals_hold(void)
{
    /* No SA_RESTART: a write to a pipe that nobody reads must come back to be cancelled. */
    struct sigaction action = {0};
    action.sa_handler = note;
    (void)sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < HELD_COUNT; i++) {
        (void)sigaction(held[i], &action, &before[i]);
        if (before[i].sa_handler == SIG_IGN)
            (void)sigaction(held[i], &before[i], NULL);
    }
}

int dvg_signals_cancel(void *payload)
{
    (void)payload;
    return noted != 0 ? -1 : 0;
}

void dvg_signals_release(void)
{
    for (size_t i = 0; i < HELD_COUNT; i++)
        (void)sigaction(held[i], &before[i], NULL);
    if (noted != 0)
        (void)raise(noted);
}
