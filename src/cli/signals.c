/*
 * signals: see signals.h. The handlers note a number, or end the program.
 * Invariant: outside of hold and release only the clock of scripts has a handler of ours.
 */
#include "signals.h"

#include "console.h"

#include <signal.h>
#include <stddef.h>
#include <sys/time.h>
#include <unistd.h>

/* A script that runs for that many ticks in one piece is stuck in a single step: its own limit,
 * half as long, acts between steps. A tick is half a second. */
enum { TICKS_MOST = 20, TICK_MICROSECONDS = 500000 };

static const int held[] = {SIGINT, SIGTERM, SIGHUP};
#define HELD_COUNT (sizeof held / sizeof *held)

static struct sigaction before[HELD_COUNT];
static volatile sig_atomic_t noted;

static const char *volatile running; /* script; NULL: none */
static volatile sig_atomic_t ticks;
static bool clocked;

static void note(int number) { noted = number; }

static void set_clock(void (*handler)(int), int flags, suseconds_t tick_length)
{
    const struct itimerval every = {{0, tick_length}, {0, tick_length}};
    struct sigaction action = {0};
    action.sa_handler = handler;
    action.sa_flags = flags;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGALRM, &action, NULL);
    (void)setitimer(ITIMER_REAL, &every, NULL);
}

/* Nothing: it is enough that the call under way comes back. */
static void wake(int number) { (void)number; }

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
    /* A signal that comes just before a call begins to wait would be slept over: the clock, which
     * no script needs now, makes every call come back now and then. */
    set_clock(wake, 0, TICK_MICROSECONDS);
}

int dvg_signals_cancel(void *payload)
{
    (void)payload;
    return noted != 0 ? -1 : 0;
}

void dvg_signals_release(void)
{
    set_clock(SIG_IGN, 0, 0);
    clocked = false;
    for (size_t i = 0; i < HELD_COUNT; i++)
        (void)sigaction(held[i], &before[i], NULL);
    if (noted != 0)
        (void)raise(noted);
}

/* ---------------------------------------------------------------- scripts that get stuck */

static void tell(const char *text, size_t size)
{
    if (write(STDERR_FILENO, text, size) < 0)
        return; /* nobody listens, and nothing else can be done here */
}

/* Only what a handler may call. No temporary file exists while a script runs. */
static void tick(int number)
{
    static const char end[] = ": stopped: one step of the script ran for ten seconds\n";
    char name[256];
    size_t size = 0;
    const char *script = running;
    (void)number;
    if (script == NULL || ++ticks < TICKS_MOST)
        return;
    for (; size < sizeof name && script[size] != '\0'; size++)
        name[size] = (unsigned char)script[size] < ' ' || script[size] == 0x7f ? '?' : script[size];
    tell("diverge: ", 9);
    tell(name, size);
    tell(end, sizeof end - 1);
    _exit(DVG_EXIT_NO_VERDICT);
}

void dvg_signals_watch(void *payload, const char *script)
{
    (void)payload;
    ticks = 0;
    running = script;
    if (script == NULL || clocked)
        return;
    set_clock(tick, SA_RESTART, TICK_MICROSECONDS);
    clocked = true;
}
