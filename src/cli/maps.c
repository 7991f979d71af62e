/*
 * maps: see maps.h. A few files at a time stand in a table that the handler can read.
 * Invariant: a slot that is ready names a mapped file; no temporary file exists while one is read.
 */
#define _POSIX_C_SOURCE 200809L
#include "maps.h"

#include "console.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* Each keeps a file open, so there must not be many; further files are read. */
enum { SLOTS = 64 };

enum { FREE, TAKEN, READY };

static struct slot {
    atomic_int state;
    const char *path;
    uintptr_t first, size;
} slots[SLOTS];

static void tell(const char *text, size_t size)
{
    if (write(STDERR_FILENO, text, size) < 0)
        return; /* nobody listens, and nothing else can be done here */
}

static void tell_path(const char *path)
{
    char shown[1024];
    size_t size = 0;
    for (; size < sizeof shown && path[size] != '\0'; size++)
        shown[size] = (unsigned char)path[size] < ' ' || path[size] == 0x7f ? '?' : path[size];
    tell(shown, size);
}

/* Only what a handler may call. */
static void on_fault(int number, siginfo_t *info, void *context)
{
    static const char reason[] = ": changed while it was read\n";
    uintptr_t address = (uintptr_t)info->si_addr;
    (void)context;
    for (int i = 0; i < SLOTS; i++) {
        if (atomic_load(&slots[i].state) != READY || address - slots[i].first >= slots[i].size)
            continue;
        tell("diverge: ", 9);
        tell_path(slots[i].path);
        tell(reason, sizeof reason - 1);
        _exit(DVG_EXIT_NO_VERDICT);
    }
    (void)signal(number, SIG_DFL); /* none of ours: the same access faults again, and ends it */
}

static void handle_faults(void)
{
    static atomic_flag done = ATOMIC_FLAG_INIT;
    struct sigaction action;
    if (atomic_flag_test_and_set(&done))
        return;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_fault;
    action.sa_flags = SA_SIGINFO;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(SIGBUS, &action, NULL);
}

static bool add(const char *path, const void *data, size_t size)
{
    handle_faults();
    for (int i = 0; i < SLOTS; i++) {
        int expected = FREE;
        if (!atomic_compare_exchange_strong(&slots[i].state, &expected, TAKEN))
            continue;
        slots[i].path = path;
        slots[i].first = (uintptr_t)data;
        slots[i].size = size;
        atomic_store(&slots[i].state, READY);
        return true;
    }
    return false;
}

static bool drop(const void *data)
{
    for (int i = 0; i < SLOTS; i++) {
        if (atomic_load(&slots[i].state) == READY && slots[i].first == (uintptr_t)data)
            atomic_store(&slots[i].state, FREE);
    }
    return false;
}

bool dvg_maps_ask(void *payload, const char *path, const void *data, size_t size)
{
    (void)payload;
    return path != NULL ? add(path, data, size) : drop(data);
}
