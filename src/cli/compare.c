/*
 * compare: see compare.h. A sequence of calls that any host could make; what a verdict means as
 * an exit status is decided here and nowhere else.
 */
#include "compare.h"

#include "bookkeeping.h"
#include "console.h"
#include "idle.h"
#include "narrowing.h"
#include "pages.h"
#include "reports.h"
#include "rulebook.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_ABSENT 2

static bool succeeded(dvg_status status, const dvg_error *error)
{
    /* A report that standard output cut short is told once, when that is closed. */
    if (status != DVG_OK && !dvg_console_broken())
        dvg_console_failure(error);
    return status == DVG_OK;
}

static bool set_options(dvg_context *context, const dvg_command *command)
{
    for (size_t i = 0; i < command->given_count; i++) {
        dvg_error error = {0};
        const dvg_given *given = &command->given[i];
        if (!succeeded(dvg_context_set_option(context, given->info.name, given->value, &error),
                       &error))
            return false;
    }
    return true;
}

/* "NAME=VALUE"; "NAME" alone gives a flag. */
static bool set_option(dvg_context *context, const char *text)
{
    dvg_error error = {0};
    size_t size = strcspn(text, "=");
    char *name = strndup(text, size);
    if (name == NULL) {
        dvg_console_error("out of memory");
        return false;
    }
    dvg_status status =
        dvg_context_set_option(context, name, text[size] == '=' ? text + size + 1 : NULL, &error);
    free(name);
    return succeeded(status, &error);
}

/* "key:id" is the way "key" by the member "id". */
static bool add_match(dvg_context *context, const char *at, const char *way)
{
    dvg_error error = {0};
    char name[32];
    const char *colon = strchr(way, ':');
    size_t size = colon != NULL ? (size_t)(colon - way) : strlen(way);
    (void)snprintf(name, sizeof name, "%.*s", size < sizeof name ? (int)size : 31, way);
    if (strcmp(name, "key") == 0 && colon == NULL) {
        dvg_console_error("--match %s key: the name of the member is expected, as in key:id", at);
        return false;
    }
    if (dvg_context_add_match(context, at, name, colon != NULL ? colon + 1 : NULL, &error) ==
        DVG_OK)
        return true;
    dvg_console_error("--match %s %s: %s", at, way, error.message);
    return false;
}

static bool add_matches(dvg_context *context, const dvg_command *command)
{
    for (size_t i = 0; i + 1 < command->matches.count; i += 2)
        if (!add_match(context, command->matches.items[i], command->matches.items[i + 1]))
            return false;
    return true;
}

static bool add_classifiers(dvg_context *context, const dvg_command *command)
{
    for (size_t i = 0; i < command->classifiers.count; i++) {
        dvg_error error = {0};
        if (!succeeded(dvg_context_add_classifier(context, command->classifiers.items[i], &error),
                       &error))
            return false;
    }
    return true;
}

/* No report is written. */
static bool writes_nothing(const dvg_command *command)
{
    return command->validate_identical || command->check_rules || command->explain[0] != NULL;
}

/* All that is said of scripts, in an order in which every option is declared before it is set. */
static bool prepare(dvg_context *context, const dvg_command *command, dvg_reports *reports)
{
    if (!dvg_narrowing_apply(context, command) || !add_matches(context, command) ||
        !add_classifiers(context, command) || !dvg_reports_choose(reports) ||
        !set_options(context, command))
        return false;
    for (size_t i = 0; i < command->sets.count; i++)
        if (!set_option(context, command->sets.items[i]))
            return false;
    return writes_nothing(command) || dvg_reports_place(reports);
}

/* ---------------------------------------------------------------- what was set aside */

/* The suppressed divergences, unless a report has listed them: on standard error, since a report
 * that cannot list them may be for a program that reads standard output. */
static void list_suppressed(dvg_result *result)
{
    size_t first = dvg_result_count(result);
    size_t count = dvg_result_suppressed_count(result);
    if (dvg_result_suppressed_shown(result))
        return;
    for (size_t i = 0; i < count; i++) {
        dvg_error error = {0};
        dvg_text line;
        if (!succeeded(dvg_result_line(result, first + i, &line, &error), &error))
            return;
        dvg_console_say("%s", line.data);
    }
}

/* Places that rules hid before anything was found there. */
static uint64_t places_hidden(const dvg_result *result)
{
    dvg_account account;
    uint64_t hidden = 0;
    for (size_t i = 0; dvg_result_account_get(result, i, &account); i++)
        if (account.kind == DVG_ACCOUNT_RULE && account.left_nodes + account.right_nodes > 0)
            hidden += account.hits;
    return hidden;
}

static bool compared_nothing(const dvg_ledger *ledger)
{
    return ledger->documents_walked + ledger->documents_settled + ledger->folders == 0 &&
           ledger->files == ledger->files_missing;
}

/* Without a report nobody else says how much "OK" covers. */
static void explain_ok(const dvg_result *result)
{
    if (compared_nothing(dvg_result_ledger(result)))
        dvg_console_error("nothing was compared: neither snapshot holds a file that the profile "
                          "names");
}

/* What is told of a result once its reports are in place, when it may be gone. */
struct closing {
    size_t count, suppressed, ignored;
    uint64_t hidden; /* places, by rules */
    dvg_ledger ledger;
};

static struct closing closing_of(const dvg_result *result, const dvg_command *command)
{
    return (struct closing){dvg_result_count(result), dvg_result_suppressed_count(result),
                            dvg_result_ignored_count(result),
                            command->show_ignored ? 0 : places_hidden(result),
                            *dvg_result_ledger(result)};
}

/* Nobody shall take exit status 0 for "no divergence" where there was one, or look in the report
 * for what makes it 1. */
static void explain_status(const struct closing *closing, int answer)
{
    size_t suppressed = closing->suppressed;
    size_t ignored = closing->ignored;
    size_t count = closing->count;
    uint64_t alike = closing->ledger.alike;
    if (suppressed > 0 && (answer == 0 || count == 0))
        dvg_console_error("%zu %s suppressed by a classifier (--show-suppressed lists them)",
                          suppressed, suppressed == 1 ? "divergence was" : "divergences were");
    if (closing->hidden > 0 && answer == 0)
        dvg_console_error("%llu %s hidden by rules (--show-ignored lists them)",
                          (unsigned long long)closing->hidden,
                          closing->hidden == 1 ? "place was" : "places were");
    if (ignored > 0 && answer == 0)
        dvg_console_error("%zu %s set aside by rules (--show-ignored lists them)", ignored,
                          ignored == 1 ? "divergence was" : "divergences were");
    if (alike > 0 && answer == 0)
        dvg_console_error("%llu %s called equal by rules (--check-rules says by which)",
                          (unsigned long long)alike,
                          alike == 1 ? "difference was" : "differences were");
    if (answer == 0)
        dvg_narrowing_tell(&closing->ledger);
    if (count > 0 && answer == 0)
        dvg_console_error("%zu %s below what --fail-on names", count,
                          count == 1 ? "divergence is" : "divergences are");
}

/* The exit statuses 0, 1 and 2 are the verdict's own order; --fail-on decides between 0 and 1. */
static int exit_of(const dvg_result *result, const dvg_command *command)
{
    if (dvg_result_verdict(result) == DVG_STOP)
        return (int)DVG_STOP;
    if (command->fail_on == DVG_FAIL_ON_SUPPRESSED)
        return dvg_result_count(result) + dvg_result_suppressed_count(result) > 0;
    return dvg_result_reaches(result, (dvg_severity)command->fail_on);
}

/* ---------------------------------------------------------------- the run */

static int validate(const dvg_result *result, const dvg_command *command)
{
    bool suppressed =
        command->fail_on == DVG_FAIL_ON_SUPPRESSED && dvg_result_suppressed_count(result) > 0;
    if (dvg_result_identical(result) && !suppressed) {
        dvg_console_print("validate-identical: OK\n");
        return 0;
    }
    dvg_console_say("validate-identical: differences found");
    return 1;
}

static int check_rules(const dvg_result *result, const dvg_command *command)
{
    dvg_rulebook_print(result);
    return exit_of(result, command);
}

/* Exit status 1 says that a divergence that counts concerns the place. */
static int explain(dvg_result *result, const dvg_command *command)
{
    dvg_error error = {0};
    dvg_text words;
    bool counts = false;
    dvg_status status = dvg_result_explain(result, command->explain[0], command->explain[1], &words,
                                           &counts, &error);
    if (!succeeded(status, &error))
        return DVG_EXIT_NO_VERDICT;
    (void)dvg_console_sink(NULL, words.data, words.size);
    return counts ? 1 : 0;
}

static int answer_of(const dvg_result *result, const dvg_command *command)
{
    if (command->validate_identical)
        return validate(result, command);
    if (command->check_rules)
        return check_rules(result, command);
    return exit_of(result, command);
}

/* Is there more to tell of the result once the reports are in place? */
static bool tells_more(const dvg_command *command)
{
    return command->show_suppressed || command->show_ignored || command->ledger;
}

static void release(void *result) { dvg_result_free(result); }

/* Put in place what was written, and say it. Where nothing needs the result any more, it is freed
 * while the device is waited for. */
static bool put_in_place(dvg_reports *reports, dvg_result **result)
{
    const dvg_command *command = reports->command;
    if (!tells_more(command)) {
        dvg_pages_begin_return(release, *result, command->threads > 1);
        *result = NULL;
    }
    bool done = dvg_reports_commit(reports);
    dvg_pages_end_return();
    return done;
}

static bool list_hidden(dvg_result *result, const dvg_command *command)
{
    if (command->show_suppressed)
        list_suppressed(result);
    return !command->show_ignored || dvg_rulebook_list(result, command->check_rules);
}

static int conclude(dvg_reports *reports, dvg_result **result)
{
    const dvg_command *command = reports->command;
    if (command->explain[0] != NULL)
        return explain(*result, command);
    dvg_result_show_suppressed(*result, command->show_suppressed);
    bool writes = !writes_nothing(command);
    if (writes && !dvg_reports_render(reports, *result))
        return DVG_EXIT_NO_VERDICT;
    int answer = answer_of(*result, command);
    const struct closing closing = closing_of(*result, command);
    if (writes && !put_in_place(reports, result))
        return DVG_EXIT_NO_VERDICT;
    if (*result != NULL && !list_hidden(*result, command))
        return DVG_EXIT_NO_VERDICT;
    explain_status(&closing, answer);
    if (command->validate_identical && answer == 0)
        explain_ok(*result);
    return answer;
}

static int compare(dvg_reports *reports)
{
    const dvg_command *command = reports->command;
    dvg_error error = {0};
    dvg_result *result;
    dvg_status status = (command->directories ? dvg_run_directories : dvg_run)(
        &result, reports->context, command->side[0], command->side[1], &error);
    if (status == DVG_E_ABSENT) {
        dvg_console_say("%s", error.message);
        return EXIT_ABSENT;
    }
    if (!succeeded(status, &error))
        return DVG_EXIT_NO_VERDICT;
    int answer = conclude(reports, &result);
    if (command->ledger && answer != DVG_EXIT_NO_VERDICT)
        dvg_bookkeeping_print(result, dvg_reports_to_console(reports));
    dvg_result_free(result);
    return answer;
}

/* What --validate-identical, --check-rules and --explain leave nothing to do for; NULL: nothing. */
static const char *find_idle(const dvg_command *command)
{
    bool severity =
        command->fail_on == DVG_FAIL_ON_WARNING || command->fail_on == DVG_FAIL_ON_ERROR;
    bool explains = command->explain[0] != NULL;
    if (command->reports.count > 0)
        return "--report";
    if (command->summary != NULL)
        return dvg_idle_summary(command);
    if (command->limited)
        return "--limit";
    if (command->out != NULL && !command->validate_identical)
        return "--out";
    if (severity && !command->check_rules)
        return "--fail-on with a severity";
    if (explains && command->fail_on != DVG_FAIL_ON_INFO)
        return "--fail-on";
    if (explains && (command->show_suppressed || command->show_ignored))
        return command->show_suppressed ? "--show-suppressed" : "--show-ignored";
    if (command->check_rules && (explains || command->validate_identical))
        return "--check-rules";
    return explains && command->validate_identical ? "--validate-identical" : NULL;
}

static bool agrees(const dvg_command *command)
{
    const char *idle = writes_nothing(command) ? find_idle(command) : NULL;
    const char *beside = command->explain[0] != NULL   ? "--explain"
                         : command->validate_identical ? "--validate-identical"
                                                       : "--check-rules";
    if (idle != NULL)
        dvg_console_error("%s does nothing beside %s", idle, beside);
    return idle == NULL;
}

int dvg_compare(dvg_context *context, const dvg_command *command)
{
    dvg_reports reports;
    int answer = DVG_EXIT_NO_VERDICT;
    if (!agrees(command))
        return answer;
    if (command->check_rules || command->show_ignored || command->explain[0] != NULL)
        dvg_context_keep_account(context, command->show_ignored ? DVG_RULEBOOK_PLACES : 0);
    dvg_reports_init(&reports, context, command);
    if (prepare(context, command, &reports))
        answer = compare(&reports);
    dvg_reports_clear(&reports);
    return answer;
}
