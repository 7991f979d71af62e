/*
 * bookkeeping: see bookkeeping.h. The sums are added up here from what the library counted, so that
 * a reader sees them close.
 */
#include "bookkeeping.h"

#include "console.h"

#include <inttypes.h>
#include <stdio.h>

static void print_line(bool aside, const char *line)
{
    if (aside)
        dvg_console_say("%s", line);
    else
        dvg_console_print("%s\n", line);
}

static void print_row(bool aside, const char *name, uint64_t left, uint64_t right)
{
    char line[96];
    (void)snprintf(line, sizeof line, "%-11s %15" PRIu64 " %15" PRIu64, name, left, right);
    print_line(aside, line);
}

static uint64_t sum_of(const dvg_ledger_side *side)
{
    return side->compared + side->one_sided + side->ignored + side->shadowed + side->outside;
}

static void print_documents(bool aside, const dvg_ledger *ledger)
{
    char line[160];
    (void)snprintf(line, sizeof line,
                   "documents: %" PRIu64 " walked, %" PRIu64 " settled, %" PRIu64
                   " missing, %" PRIu64 " in all",
                   ledger->documents_walked, ledger->documents_settled, ledger->documents_missing,
                   ledger->documents);
    print_line(aside, line);
}

void dvg_bookkeeping_print(const dvg_result *result, bool aside)
{
    const dvg_ledger *ledger = dvg_result_ledger(result);
    const dvg_ledger_side *left = &ledger->side[0];
    const dvg_ledger_side *right = &ledger->side[1];
    char head[96];
    (void)snprintf(head, sizeof head, "%-11s %15s %15s", "ledger", "left", "right");
    print_line(aside, head);
    print_row(aside, "compared", left->compared, right->compared);
    print_row(aside, "one-sided", left->one_sided, right->one_sided);
    print_row(aside, "ignored", left->ignored, right->ignored);
    print_row(aside, "shadowed", left->shadowed, right->shadowed);
    print_row(aside, "outside", left->outside, right->outside);
    print_row(aside, "sum", sum_of(left), sum_of(right));
    print_row(aside, "read", left->read, right->read);
    print_documents(aside, ledger);
}
