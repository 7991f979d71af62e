/*
 * rulebook: see rulebook.h. The columns are numbers, so that what comes from scripts stands last.
 */
#include "rulebook.h"

#include "console.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---------------------------------------------------------------- the table */

static void print_number(uint64_t number, bool known)
{
    if (known)
        dvg_console_print("%9" PRIu64, number);
    else
        dvg_console_print("%9s", "-");
}

static void print_text(const char *before, const char *text, const char *after)
{
    if (text == NULL || text[0] == '\0')
        return;
    dvg_console_print("%s", before);
    dvg_console_text(text, "");
    dvg_console_print("%s", after);
}

/* What a reader should know beyond the numbers. */
static void print_verdict(const dvg_account *account)
{
    if (account->counted && account->hits == 0 && account->shadowed == 0)
        dvg_console_print("; unused");
    if (account->shadowed == 0)
        return;
    dvg_console_print("; shadowed %" PRIu64 " %s", account->shadowed,
                      account->shadowed == 1 ? "time" : "times");
    print_text(", first by ", account->shadowed_by, "");
}

static void print_account(const dvg_account *account)
{
    bool hides = strncmp(account->effects, "ignore", 6) == 0 && account->counted;
    print_number(account->hits, account->counted);
    print_number(account->left_nodes, hides && account->kind != DVG_ACCOUNT_KEYED);
    print_number(account->right_nodes, hides && account->kind != DVG_ACCOUNT_KEYED);
    print_text("  ", account->name, "");
    print_text(" in ", account->file, "");
    print_text(" at ", account->at != NULL && account->at[0] == '\0' ? "the root" : account->at,
               "");
    print_text(account->kind == DVG_ACCOUNT_KEYED ? ": match by " : ": ", account->effects, "");
    print_text(" (", account->why, ")");
    print_verdict(account);
    dvg_console_print("\n");
}

void dvg_rulebook_print(const dvg_result *result)
{
    size_t count = dvg_result_account_count(result);
    size_t rules = 0;
    size_t unused = 0;
    size_t shadowed = 0;
    dvg_account account;
    dvg_console_print("%9s%9s%9s  %s\n", "hits", "left", "right", "what decided, and hid so much");
    for (size_t i = 0; i < count && dvg_result_account_get(result, i, &account); i++) {
        print_account(&account);
        rules++;
        unused += account.counted && account.hits == 0 && account.shadowed == 0;
        shadowed += account.hits == 0 && account.shadowed > 0;
    }
    dvg_console_print("%zu in all, %zu unused, %zu always shadowed\n", rules, unused, shadowed);
}

/* ---------------------------------------------------------------- what was set aside */

static void tell(const char *line, bool output)
{
    if (output)
        dvg_console_print("%s\n", line);
    else
        dvg_console_say("%s", line);
}

static bool failed(const dvg_error *error)
{
    dvg_console_failure(error);
    return false;
}

static bool list_hidden(dvg_result *result, bool output)
{
    size_t count = dvg_result_hidden_count(result);
    uint64_t all = dvg_result_ledger(result)->skipped;
    char more[100];
    for (size_t i = 0; i < count; i++) {
        dvg_error error = {0};
        dvg_text line;
        if (dvg_result_hidden_line(result, i, &line, &error) != DVG_OK)
            return failed(&error);
        tell(line.data, output);
    }
    if (all <= count)
        return true;
    (void)snprintf(more, sizeof more, "%" PRIu64 " more hidden places", all - count);
    tell(more, output);
    return true;
}

bool dvg_rulebook_list(dvg_result *result, bool output)
{
    size_t first = dvg_result_count(result) + dvg_result_suppressed_count(result);
    size_t count = dvg_result_ignored_count(result);
    for (size_t i = 0; i < count; i++) {
        dvg_error error = {0};
        dvg_text line;
        if (dvg_result_line(result, first + i, &line, &error) != DVG_OK)
            return failed(&error);
        tell(line.data, output);
    }
    return list_hidden(result, output);
}
