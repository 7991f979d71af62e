/*
 * A ledger that adds up, and every way in which one does not: a count too many or too few, on
 * either side, is an internal error that names the document and both numbers.
 */
#include "engine/pair.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static dvg_ledger sound(void)
{
    dvg_ledger ledger;
    memset(&ledger, 0, sizeof ledger);
    ledger.side[0] = (dvg_ledger_side){20, 8, 4, 2, 1, 5};
    ledger.side[1] = (dvg_ledger_side){15, 1, 2, 3, 4, 5};
    return ledger;
}

static void test_adds_up(void **state)
{
    (void)state;
    dvg_error error = {0};
    dvg_ledger ledger = sound();
    assert_int_equal(dvg_ledger_balance(&ledger, "d.json", &error), DVG_OK);
    memset(&ledger, 0, sizeof ledger);
    assert_int_equal(dvg_ledger_balance(&ledger, "d.json", &error), DVG_OK);
}

static void test_each_count(void **state)
{
    (void)state;
    for (int i = 0; i < 24; i++) {
        dvg_error error = {0};
        dvg_ledger ledger = sound();
        dvg_ledger_side *side = &ledger.side[i / 12];
        uint64_t *counts[] = {&side->read,    &side->compared, &side->one_sided,
                              &side->ignored, &side->shadowed, &side->outside};
        *counts[i % 6] += i % 12 < 6 ? 1 : UINT64_MAX;
        assert_int_equal(dvg_ledger_balance(&ledger, "d.json", &error), DVG_E_INTERNAL);
        assert_string_equal(error.file, "d.json");
        assert_non_null(strstr(error.message, "the ledger does not balance"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adds_up),
        cmocka_unit_test(test_each_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
