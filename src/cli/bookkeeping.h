/*
 * bookkeeping: --ledger, what became of everything that was read.
 */
#ifndef DVG_CLI_BOOKKEEPING_H
#define DVG_CLI_BOOKKEEPING_H

#include <diverge/diverge.h>

#include <stdbool.h>

/* Print the ledger of a result: on standard output, or `aside`, on standard error. */
void dvg_bookkeeping_print(const dvg_result *result, bool aside);

#endif
