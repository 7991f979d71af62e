/*
 * Every system call of whole runs fails in turn, in each way that such a call can, once and from
 * then on; and the process is killed before, after and in the midst of it. After a failure: a
 * status that says so, or the very outcome of the run without it; every report is the old one or
 * all are complete; no temporary file and no open descriptor is left. After a kill: every report
 * is old or complete, and the next run does its work.
 *
 *     test_system                     of each function the first call, and the last
 *     test_system --all [NAME]        every place, of one scenario
 *     test_system NAME FRESH AT FAULT EVER
 *                                     one place, to look at it
 */
#define _GNU_SOURCE
#include "fault/calls.h"
#include "fault/kept.h"

#include <sys/wait.h>

enum { CALLS_MOST = 20000 };

static const int faults[] = {EINTR, EIO, ENOSPC, EMFILE, EACCES, ENOMEM, FAULT_SHORT};
static const int kills[] = {FAULT_KILL_BEFORE, FAULT_KILL_AFTER, FAULT_KILL_HALF};

struct total {
    size_t faults, survived, kills;
};

struct whole {
    const struct scenario *scenario;
    struct outcome outcome;
    char *reports[REPORTS_MOST];
    unsigned char kinds[CALLS_MOST];
    size_t calls;
};

static void arm(size_t at, int fault, bool for_ever)
{
    memset(&calls, 0, sizeof calls);
    calls.at = at;
    calls.fault = fault;
    calls.for_ever = for_ever;
    calls.armed = true;
}

static dvg_status play(const struct scenario *scenario, struct outcome *outcome)
{
    static const char *const path[] = {"scripts"};
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_context *context = NULL;
    memset(outcome, 0, sizeof *outcome);
    options.script_path = path;
    options.script_path_count = 1;
    dvg_status status = dvg_context_new(&context, &options, &outcome->error);
    if (status == DVG_OK)
        status = scenario->act(scenario, context, outcome);
    dvg_context_free(context);
    calls.armed = false;
    return status;
}

/* The lowest number that is free: another one means that a descriptor was left open. */
static int next_descriptor(void)
{
    int handle = dup(STDERR_FILENO);
    close(handle);
    return handle;
}

static void check_same(const struct whole *whole, const struct outcome *outcome)
{
    kept_check(outcome->verdict == whole->outcome.verdict &&
                   outcome->count == whole->outcome.count && outcome->told == whole->outcome.told,
               "another outcome");
}

/* What may stand there after a failure. Where a rename fails for good, what was renamed before
 * cannot be put back; where no file can be removed, temporary ones stay. */
static int allowed(const struct whole *whole, dvg_status status)
{
    if (status == DVG_OK && whole->scenario->expected == DVG_OK)
        return KEPT_NEW;
    return calls.for_ever && (calls.call == CALL_RENAME || calls.call == CALL_UNLINK) ? KEPT_EITHER
                                                                                      : KEPT_OLD;
}

static void fail_at(const struct whole *whole, size_t at, int fault, bool for_ever,
                    struct total *total)
{
    struct outcome outcome;
    int descriptor = next_descriptor();
    snprintf(kept_at_hand, sizeof kept_at_hand, "%s %d %zu %d %d (%s: %s)", whole->scenario->name,
             kept_fresh, at, fault, for_ever, call_names[whole->kinds[at - 1]],
             fault > 0 ? strerror(fault) : "short");
    arm(at, fault, for_ever);
    dvg_status status = play(whole->scenario, &outcome);
    if (calls.struck == 0)
        kept_give_up("the calls are others than before");
    total->faults++;
    total->survived += status == whole->scenario->expected;
    if (status != whole->scenario->expected && status != DVG_E_IO && status != DVG_E_MEMORY)
        kept_give_up(outcome.error.message);
    kept_check(status == outcome.error.status, "the error's status is another");
    kept_check(status == DVG_OK || outcome.error.message[0] != '\0', "no message");
    if (status == DVG_OK)
        check_same(whole, &outcome);
    kept_look(whole->scenario, whole->reports, allowed(whole, status),
              calls.call != CALL_UNLINK && !(for_ever && calls.call == CALL_RENAME));
    kept_check(next_descriptor() == descriptor, "a descriptor was left open");
    kept_make(whole->scenario);
}

static void kill_at(const struct whole *whole, size_t at, int fault, struct total *total)
{
    struct outcome outcome;
    int status = 0;
    snprintf(kept_at_hand, sizeof kept_at_hand, "%s %d %zu %d 0 (%s: killed)",
             whole->scenario->name, kept_fresh, at, fault, call_names[whole->kinds[at - 1]]);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        arm(at, fault, false);
        (void)play(whole->scenario, &outcome);
        _exit(1);
    }
    kept_check(waitpid(child, &status, 0) == child, "no child");
    kept_check(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "nobody was killed");
    total->kills++;
    kept_look(whole->scenario, whole->reports, KEPT_EITHER, false);
    kept_check(play(whole->scenario, &outcome) == whole->scenario->expected,
               "the run after a kill fails");
    if (whole->scenario->expected == DVG_OK) {
        check_same(whole, &outcome);
        kept_look(whole->scenario, whole->reports, KEPT_NEW, false);
    }
    kept_make(whole->scenario);
}

/* The run without a fault. The first one loads what is loaded once in a process. */
static void play_whole(struct whole *whole, const struct scenario *scenario)
{
    memset(whole, 0, sizeof *whole);
    whole->scenario = scenario;
    snprintf(kept_at_hand, sizeof kept_at_hand, "%s without a fault", scenario->name);
    for (int i = 0; i < 2; i++) {
        kept_make(scenario);
        arm(0, 0, false);
        calls.kinds = whole->kinds;
        calls.kind_room = CALLS_MOST;
        if (play(scenario, &whole->outcome) != scenario->expected)
            kept_give_up(whole->outcome.error.message);
    }
    whole->calls = calls.made;
    kept_check(whole->calls <= CALLS_MOST, "too many calls");
    for (size_t i = 0; i < kept_count(scenario) && scenario->expected == DVG_OK; i++)
        whole->reports[i] = kept_contents(i);
    kept_make(scenario);
}

/* In all ways, or each once or from then on by turns. */
static void try_place(const struct whole *whole, size_t at, bool all, struct total *total)
{
    enum call call = (enum call)whole->kinds[at - 1];
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        if (!calls_fits(call, faults[i]))
            continue;
        if (all || (at + i) % 2 == 0)
            fail_at(whole, at, faults[i], false, total);
        if (all || (at + i) % 2 == 1)
            fail_at(whole, at, faults[i], true, total);
    }
    for (size_t i = 0; i < sizeof kills / sizeof *kills; i++)
        if (calls_fits(call, kills[i]))
            kill_at(whole, at, kills[i], total);
}

static void forget(struct whole *whole)
{
    for (size_t i = 0; i < REPORTS_MOST; i++)
        free(whole->reports[i]);
}

/* Is it the first call of its function, or the last one where the last report is new? */
static bool stands_out(const struct whole *whole, size_t at)
{
    const unsigned char *kinds = whole->kinds;
    const unsigned char *others = kept_fresh ? kinds + at : kinds;
    size_t count = kept_fresh ? whole->calls - at : at - 1;
    return count == 0 || memchr(others, kinds[at - 1], count) == NULL;
}

/* With the last report there before, and without: other calls are made. */
static void try_scenario(const struct scenario *scenario, bool all, struct total *sum)
{
    static struct whole whole;
    struct total total = {0, 0, 0};
    for (int fresh = 0; fresh < 2; fresh++) {
        kept_fresh = fresh == 1;
        play_whole(&whole, scenario);
        for (size_t at = 1; at <= whole.calls; at++)
            if (all || stands_out(&whole, at))
                try_place(&whole, at, all, &total);
        forget(&whole);
        if (kept_count(scenario) < 2)
            break;
    }
    printf("%-12s %5zu calls, %5zu faults, %5zu survived, %5zu kills\n", scenario->name,
           whole.calls, total.faults, total.survived, total.kills);
    sum->faults += total.faults;
    sum->survived += total.survived;
    sum->kills += total.kills;
}

static void try_one(char **argv)
{
    static struct whole whole;
    struct total total = {0, 0, 0};
    const struct scenario *scenario = scenario_find(argv[1]);
    size_t at = strtoul(argv[3], NULL, 10);
    int fault = atoi(argv[4]);
    kept_check(scenario != NULL, "there is no such scenario");
    kept_fresh = argv[2][0] == '1';
    play_whole(&whole, scenario);
    if (fault <= FAULT_KILL_BEFORE)
        kill_at(&whole, at, fault, &total);
    else
        fail_at(&whole, at, fault, argv[5][0] == '1', &total);
    printf("%s: %zu survived\n", kept_at_hand, total.survived);
    forget(&whole);
}

int main(int argc, char **argv)
{
    struct total sum = {0, 0, 0};
    bool all = argc >= 2 && strcmp(argv[1], "--all") == 0;
    const char *only = all && argc == 3 ? argv[2] : NULL;
    size_t count = 0;
    if (getenv("DIVERGE_SOURCE") == NULL)
        return 77;
    kept_enter();
    if (argc == 6) {
        try_one(argv);
        kept_leave();
        return 0;
    }
    for (const struct scenario *at = scenarios; at->name != NULL; at++) {
        if (at->threads > 1 || (only != NULL && strcmp(only, at->name) != 0))
            continue; /* with threads the order of its calls is another each time */
        try_scenario(at, all, &sum);
        count++;
    }
    printf("%zu scenarios, %zu faults, %zu survived, %zu kills: every report old or complete\n",
           count, sum.faults, sum.survived, sum.kills);
    kept_leave();
    return count >= (only != NULL ? 1 : 6) && sum.faults > 10 * count && sum.kills > 10 * count ? 0
                                                                                                : 1;
}
