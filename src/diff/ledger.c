/*
 * ledger: see ledger.h.
 */
#include "diff/ledger.h"

void dvg_ledger_add(dvg_ledger *to, const dvg_ledger *from)
{
    for (int side = 0; side < 2; side++) {
        to->side[side].compared += from->side[side].compared;
        to->side[side].one_sided += from->side[side].one_sided;
        to->side[side].ignored += from->side[side].ignored;
        to->side[side].shadowed += from->side[side].shadowed;
        to->side[side].outside += from->side[side].outside;
    }
    to->skipped += from->skipped;
    to->alike += from->alike;
}
