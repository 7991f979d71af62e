/*
 * ledger: what a walk counts, added to what others counted. Whether it adds up is engine/'s.
 */
#ifndef DVG_DIFF_LEDGER_H
#define DVG_DIFF_LEDGER_H

#include <diverge/diverge.h>

/* Add all that walks count: nodes of both sides by what became of them, hidden places, values that
 * rules call equal. What was read, and what runs count, is left alone. */
void dvg_ledger_add(dvg_ledger *to, const dvg_ledger *from);

#endif
