/*
 * cases: see cases.h. Failures go to standard output as FILE:LINE: CASE: MESSAGE, which editors
 * jump to; what keeps the cases from being run goes to standard error.
 */
#include "cases.h"

#include "console.h"
#include "idle.h"
#include "options.h"

#include <inttypes.h>
#include <string.h>

/* What all cases together came to. */
struct counts {
    uint64_t cases;
    uint64_t failed; /* cases */
    uint64_t checks;
    uint64_t updates;
};

static void print_failure(const dvg_test_case *result, const dvg_test_failure *failure)
{
    dvg_console_text(failure->file, "");
    if (failure->line > 0)
        dvg_console_print(":%" PRIu64, failure->line);
    dvg_console_print(": ");
    dvg_console_text(result->name, "");
    dvg_console_print(": ");
    dvg_console_text(failure->message, "");
    dvg_console_print("\n");
    for (const char *rest = failure->detail; *rest != '\0';) {
        size_t length = strcspn(rest, "\n");
        char line[1024];
        if (length >= sizeof line)
            length = sizeof line - 1;
        memcpy(line, rest, length);
        line[length] = '\0';
        dvg_console_print("    ");
        dvg_console_text(line, "\t");
        dvg_console_print("\n");
        rest += length;
        rest += *rest == '\n';
    }
}

/* A dvg_test_fn. */
static int take_case(void *payload, const dvg_test_case *result)
{
    struct counts *counts = payload;
    counts->cases++;
    counts->checks += result->check_count;
    counts->updates += result->update_count;
    counts->failed += result->failure_count > 0;
    for (size_t i = 0; i < result->failures_told; i++)
        print_failure(result, &result->failures[i]);
    if (result->failure_count > result->failures_told) {
        dvg_console_text(result->name, "");
        dvg_console_print(": %" PRIu64 " further failures\n",
                          result->failure_count - result->failures_told);
    }
    return dvg_console_broken() ? -1 : 0;
}

/* Options that say how to compare, which a test does by itself. */
static const char *find_idle(const dvg_command *command)
{
    if (command->plain_count > 0 || command->side[0] != NULL || command->side[1] != NULL)
        return "the name of a snapshot";
    if (command->given_count > 0 || command->sets.count > 0)
        return "an option of a script (its test has `set` for that)";
    return dvg_idle_find(command);
}

static void print_counts(const struct counts *counts)
{
    dvg_console_print("%" PRIu64 " %s, %" PRIu64 " %s, %" PRIu64 " failed", counts->cases,
                      counts->cases == 1 ? "case" : "cases", counts->checks,
                      counts->checks == 1 ? "check" : "checks", counts->failed);
    if (counts->updates > 0)
        dvg_console_print(", %" PRIu64 " %s written", counts->updates,
                          counts->updates == 1 ? "file" : "files");
    dvg_console_print("\n");
}

int dvg_cases_run(dvg_context *context, const dvg_command *command)
{
    struct counts counts = {0, 0, 0, 0};
    dvg_test_options options = DVG_TEST_OPTIONS_INIT;
    dvg_error error = {0};
    const char *idle = find_idle(command);
    if (idle != NULL) {
        dvg_console_error("%s does nothing beside --test-script", idle);
        return DVG_EXIT_NO_VERDICT;
    }
    options.update = command->update;
    options.profile = command->profile;
    dvg_status status =
        dvg_context_test_script(context, command->script, &options, take_case, &counts, &error);
    if (status != DVG_OK) {
        if (!dvg_console_broken())
            dvg_console_failure(&error);
        return DVG_EXIT_NO_VERDICT;
    }
    print_counts(&counts);
    return counts.failed > 0 ? 1 : 0;
}
