/*
 * balance: whether a ledger adds up. What was read and not counted would be a difference that
 * nobody was told of, so that a ledger that does not balance ends the run.
 */
#include "engine/pair.h"

dvg_status dvg_ledger_balance(const dvg_ledger *ledger, const char *name, dvg_error *error)
{
    for (int side = 0; side < 2; side++) {
        const dvg_ledger_side *count = &ledger->side[side];
        uint64_t sum =
            count->compared + count->one_sided + count->ignored + count->shadowed + count->outside;
        if (count->read != sum)
            return dvg_fail_file(error, DVG_E_INTERNAL, name,
                                 "the ledger does not balance: %llu nodes read, %llu counted",
                                 (unsigned long long)count->read, (unsigned long long)sum);
    }
    return DVG_OK;
}
