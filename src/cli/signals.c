/*
 * signals: see signals.h. The handlers note a number, or end the program.
 * Invariant: outside of hold and release only the clock of scripts has a handler of ours.
 */
#include "signals.h"

#include "console.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

/* A script that runs for that many ticks in one piece is stuck in a single step: its own limit, ten
 * ticks, acts between steps. */
enum { TICKS_MOST = 20, TICKS_LIMIT = 10 };

/* Where calls must come back now and then, in microseconds. */
enum { TICK_IDLE = 500000 };

/* Bytes shown of the name of a script or of its file. */
enum { NAME_MOST = 256 };

static const int held[] = {SIGINT, SIGTERM, SIGHUP};
#define HELD_COUNT (sizeof held / sizeof *held)

static struct sigaction before[HELD_COUNT];
static volatile sig_atomic_t noted;

/* What is known of the script that runs, written by the watch and read by the handler of a tick,
 * which may interrupt it. */
static struct {
    const char *volatile name;          /* NULL: none runs */
    char files[2][NAME_MOST];           /* where it was seen; one of them is being written */
    const char *volatile file;          /* NULL: not seen yet */
    volatile sig_atomic_t line, paused; /* paused: the library works for it */
    volatile sig_atomic_t ticks;
} script;

static uint64_t limit_milliseconds = DVG_SCRIPT_MILLISECONDS_DEFAULT;
static bool clocked;

static void note(int number) { noted = number; }

static void set_clock(void (*handler)(int), int flags, uint64_t microseconds)
{
    const struct timeval tick = {(time_t)(microseconds / 1000000),
                                 (suseconds_t)(microseconds % 1000000)};
    const struct itimerval every = {tick, tick};
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
    set_clock(wake, 0, TICK_IDLE);
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

/* A line that is put together without a call that a handler may not make. */
struct line {
    char text[3 * NAME_MOST];
    size_t size;
};

static void add(struct line *line, const char *text)
{
    for (size_t i = 0; text[i] != '\0' && line->size < sizeof line->text; i++)
        line->text[line->size++] = (unsigned char)text[i] < ' ' || text[i] == 0x7f ? '?' : text[i];
}

static void add_name(struct line *line, const char *name)
{
    size_t start = line->size;
    add(line, name);
    if (line->size - start > NAME_MOST)
        line->size = start + NAME_MOST;
}

static void add_number(struct line *line, uint64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    do
        digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    add(line, digits + at);
}

/* Only what a handler may call. No temporary file exists while a script runs. */
static void tick(int number)
{
    struct line line;
    const char *name = script.name;
    const char *file = script.file;
    (void)number;
    if (name == NULL || script.paused || ++script.ticks < TICKS_MOST)
        return;
    line.size = 0;
    add(&line, "diverge: ");
    add_name(&line, file != NULL ? file : name);
    if (file != NULL) {
        add(&line, ":");
        add_number(&line, (uint64_t)script.line);
    }
    add(&line, ": stopped: one step of the script ");
    if (file != NULL)
        add_name(&line, name);
    if (file != NULL)
        add(&line, ", last seen here, ");
    add(&line, "ran for ");
    add_number(&line, 2 * limit_milliseconds);
    add(&line, " ms");
    line.text[line.size < sizeof line.text ? line.size++ : sizeof line.text - 1] = '\n';
    if (write(STDERR_FILENO, line.text, line.size) < 0)
        _exit(DVG_EXIT_NO_VERDICT); /* nobody listens, and nothing else can be done here */
    _exit(DVG_EXIT_NO_VERDICT);
}

void dvg_signals_limit(uint64_t milliseconds) { limit_milliseconds = milliseconds; }

static void see(const char *file, uint64_t line)
{
    char *copy = script.files[script.file == script.files[0]];
    size_t size = strlen(file);
    size = size < NAME_MOST ? size : NAME_MOST - 1;
    memcpy(copy, file, size);
    copy[size] = '\0';
    script.line = line < INT32_MAX ? (sig_atomic_t)line : 0;
    script.file = copy;
}

static void begin(const char *name)
{
    script.ticks = 0;
    script.paused = 0;
    script.file = NULL;
    script.name = name;
    if (clocked)
        return;
    set_clock(tick, SA_RESTART, limit_milliseconds * 1000 / TICKS_LIMIT);
    clocked = true;
}

void dvg_signals_watch(void *payload, dvg_watch_event event, const char *name, uint64_t line)
{
    (void)payload;
    switch (event) {
    case DVG_WATCH_BEGIN:
        begin(name);
        break;
    case DVG_WATCH_LINE:
        see(name, line);
        break;
    case DVG_WATCH_PAUSE:
        script.paused = 1;
        break;
    case DVG_WATCH_RESUME:
        script.name = name; /* another script may have run in the meantime */
        script.paused = 0;
        break;
    case DVG_WATCH_END:
        script.name = NULL;
        break;
    }
}
