/*
 * Every allocation of whole runs fails in turn, once and for ever: context, profile, classifiers,
 * options, two sides however they come, results, reports, files that are replaced. After each:
 * a status that says so, or the very outcome of the run without it; nothing leaks; every report is
 * the old one or complete, all of one kind.
 *
 *     test_memory                 some places of each scenario, in both ways
 *     test_memory --all           every place
 *     test_memory NAME AT ONCE    one place, ONCE 1 or 0, to look at it
 */
#define _DEFAULT_SOURCE
#include "fault/kept.h"
#include "support/counting.h"

#include <pthread.h>

enum { PLACES = 25 };

static void check(bool truth, const char *what) { kept_check(truth, what); }

/* ---- memory */

/* Threads share it. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *locked_allocate(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    pthread_mutex_lock(&lock);
    void *block = counting_allocate(payload, pointer, old_size, new_size);
    pthread_mutex_unlock(&lock);
    return block;
}

/* ---- one run */

static dvg_status play(const struct scenario *scenario, struct counting *counting,
                       struct outcome *outcome)
{
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_context *context = NULL;
    static const char *const path[] = {"scripts"};
    memset(outcome, 0, sizeof *outcome);
    options.allocator = (dvg_allocator){locked_allocate, counting};
    options.threads = scenario->threads;
    scenario_host_allocator = options.allocator;
#ifdef DVG_TESTS_CJSON
    scenario_tree_allocator = options.allocator;
#endif
    options.script_path = path;
    options.script_path_count = 1;
    dvg_status status = dvg_context_new(&context, &options, &outcome->error);
    if (status == DVG_OK)
        status = scenario->act(scenario, context, outcome);
    check(status == outcome->error.status, "the error's status is another");
    check(status == DVG_OK || outcome->error.message[0] != '\0', "no message");
    dvg_context_free(context);
    check(counting->live == 0, "memory was leaked");
    check(!counting->wrong_size, "a block came back with another size");
    return status;
}

struct total {
    size_t faults, made_up_for;
};

/* Try with one place failing. False: there are fewer places. */
static bool try_place(const struct scenario *scenario, const struct outcome *whole,
                      char *const *reports, size_t at, bool for_ever, struct total *total)
{
    struct counting counting;
    struct outcome outcome;
    (void)counting_allocator(&counting);
    counting.fail_at = at;
    counting.fail_after = for_ever;
    snprintf(kept_at_hand, sizeof kept_at_hand, "%s %zu %d", scenario->name, at, !for_ever);
    dvg_status status = play(scenario, &counting, &outcome);
    if (counting.calls < at) {
        check(status == scenario->expected, "nothing failed, and the status is another");
        if (status == DVG_OK)
            kept_make(scenario);
        return false;
    }
    total->faults++;
    check(status == DVG_E_MEMORY || status == scenario->expected, "a wrong status");
    if (status != DVG_E_MEMORY) {
        total->made_up_for++;
        check(outcome.verdict == whole->verdict && outcome.count == whole->count &&
                  outcome.told == whole->told,
              "another outcome");
    }
    kept_look(scenario, reports, status == DVG_OK ? KEPT_NEW : KEPT_OLD, true);
    if (status == DVG_OK) {
        kept_fresh = !kept_fresh;
        kept_make(scenario);
    }
    return true;
}

/* The run without a fault: its outcome, its reports, and how many places there are. */
static size_t play_whole(const struct scenario *scenario, struct outcome *outcome,
                         char *reports[REPORTS_MOST])
{
    struct counting counting;
    (void)counting_allocator(&counting);
    snprintf(kept_at_hand, sizeof kept_at_hand, "%s without a fault", scenario->name);
    dvg_status status = play(scenario, &counting, outcome);
    if (status != scenario->expected)
        kept_give_up(outcome->error.message[0] != '\0' ? outcome->error.message : "a wrong status");
    for (size_t i = 0; i < kept_count(scenario) && status == DVG_OK; i++) {
        reports[i] = kept_contents(i);
        check(reports[i] != NULL && strcmp(reports[i], "old") != 0, "no report was written");
    }
    return counting.calls;
}

static void try_scenario(const struct scenario *scenario, bool all, struct total *sum)
{
    struct outcome whole;
    char *reports[REPORTS_MOST] = {NULL};
    struct total total = {0, 0};
    kept_make(scenario);
    size_t places = play_whole(scenario, &whole, reports);
    size_t step = all || places < PLACES ? 1 : places / PLACES;
    kept_make(scenario);
    for (int way = 0; way < 2; way++) {
        bool for_ever = way == 1;
        /* Both ways look at other places, but for the first few and the end. */
        for (size_t at = 1;; at += at < 3 ? 1 : step) {
            if (!try_place(scenario, &whole, reports, at + (at >= 3 && for_ever ? step / 2 : 0),
                           for_ever, &total))
                break;
        }
    }
    printf("%-12s %6zu allocations, %6zu faults, %5zu made up for\n", scenario->name, places,
           total.faults, total.made_up_for);
    sum->faults += total.faults;
    sum->made_up_for += total.made_up_for;
    for (size_t i = 0; i < REPORTS_MOST; i++)
        free(reports[i]);
}

/* ---- */

static int try_one(char **argv)
{
    struct outcome whole;
    struct total total = {0, 0};
    char *reports[REPORTS_MOST] = {NULL};
    const struct scenario *scenario = scenario_find(argv[1]);
    check(scenario != NULL, "there is no such scenario");
    kept_make(scenario);
    (void)play_whole(scenario, &whole, reports);
    kept_make(scenario);
    (void)try_place(scenario, &whole, reports, strtoul(argv[2], NULL, 10), argv[3][0] == '0',
                    &total);
    printf("%s: %zu faults, %zu made up for\n", kept_at_hand, total.faults, total.made_up_for);
    return 0;
}

int main(int argc, char **argv)
{
    struct total sum = {0, 0};
    bool all = argc >= 2 && strcmp(argv[1], "--all") == 0;
    const char *only = all && argc == 3 ? argv[2] : NULL;
    size_t count = 0;
    if (getenv("DIVERGE_SOURCE") == NULL)
        return 77;
    kept_enter();
    if (argc == 4) {
        int status = try_one(argv);
        kept_leave();
        return status;
    }
    for (const struct scenario *at = scenarios; at->name != NULL; at++) {
        if (only != NULL && strcmp(only, at->name) != 0)
            continue;
        try_scenario(at, all, &sum);
        count++;
    }
    printf("%zu scenarios, %zu faults, %zu made up for: no crash, no leak, no wrong verdict, "
           "no report in part\n",
           count, sum.faults, sum.made_up_for);
    kept_leave();
    /* A test that failed nothing proved nothing. */
    return count >= (only != NULL ? 1 : 6) && sum.faults > count * PLACES ? 0 : 1;
}
