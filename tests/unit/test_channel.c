/*
 * A channel: everything comes over, in its order, whichever side is slower; an end and a close are
 * seen by the other side, which waits for neither in vain.
 */
#include "os/channel.h"
#include "os/parallel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

struct exchange {
    dvg_channel *channel;
    uint64_t put_most, take_most;
    uint64_t put, taken;            /* how many were */
    uint64_t put_pause, take_pause; /* one nap in so many */
    uint64_t wrong;
};

static void nap(uint64_t turn, uint64_t every)
{
    const struct timespec moment = {0, 20000};
    if (every > 0 && turn % every == 0)
        nanosleep(&moment, NULL);
}

static void put(void *payload)
{
    struct exchange *exchange = payload;
    for (uint64_t i = 0; i < exchange->put_most; i++) {
        nap(i, exchange->put_pause);
        const uint64_t item[3] = {i, ~i, i * 3};
        if (!dvg_channel_put(exchange->channel, item))
            break;
        exchange->put++;
    }
    dvg_channel_end(exchange->channel);
}

static void take(void *payload)
{
    struct exchange *exchange = payload;
    uint64_t item[3];
    while (exchange->taken < exchange->take_most && dvg_channel_take(exchange->channel, item)) {
        uint64_t i = exchange->taken++;
        nap(i, exchange->take_pause);
        exchange->wrong += item[0] != i || item[1] != ~i || item[2] != i * 3;
    }
    dvg_channel_close(exchange->channel);
}

static struct exchange run(uint64_t put_most, uint64_t take_most, uint64_t put_pause,
                           uint64_t take_pause)
{
    const dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    struct exchange exchange = {.put_most = put_most,
                                .take_most = take_most,
                                .put_pause = put_pause,
                                .take_pause = take_pause};
    exchange.channel = dvg_channel_new(&allocator, 3 * sizeof(uint64_t));
    assert_non_null(exchange.channel);
    assert_true(dvg_beside(put, &exchange, take, &exchange));
    dvg_channel_free(exchange.channel);
    assert_int_equal(exchange.wrong, 0);
    return exchange;
}

static void all_come_over(void **state)
{
    static const uint64_t counts[] = {0, 1, 31, 32, 33, 1023, 1024, 1025, 100000};
    (void)state;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct exchange done = run(counts[i], UINT64_MAX, 0, 0);
        assert_int_equal(done.put, counts[i]);
        assert_int_equal(done.taken, counts[i]);
    }
}

static void whichever_is_slower(void **state)
{
    (void)state;
    assert_int_equal(run(20000, UINT64_MAX, 50, 0).taken, 20000);
    assert_int_equal(run(20000, UINT64_MAX, 0, 50).taken, 20000);
    assert_int_equal(run(20000, UINT64_MAX, 70, 110).taken, 20000);
}

static void close_ends_the_putting(void **state)
{
    static const uint64_t takes[] = {0, 1, 500, 5000};
    (void)state;
    for (size_t i = 0; i < sizeof takes / sizeof takes[0]; i++) {
        struct exchange done = run(UINT64_MAX, takes[i], 0, 0);
        assert_int_equal(done.taken, takes[i]);
        assert_true(done.put >= takes[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_come_over),
        cmocka_unit_test(whichever_is_slower),
        cmocka_unit_test(close_ends_the_putting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
