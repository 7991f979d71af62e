/*
 * relay: a walk in a thread of its own, whose records are decided in the thread of the run.
 * Declared in pair.h. Hooks are called as ever: one after the other, in the order of the walk, by
 * the thread that began the run. Invariant: what one record is decided to be never depends on how
 * far the walk is by then.
 */
#include "diff/ledger.h"
#include "engine/pair.h"
#include "os/channel.h"
#include "os/parallel.h"

#include <string.h>

struct relay {
    struct dvg_running *running;
    const dvg_walk *walk;
    const dvg_value *roots;
    dvg_status walked, decided;
    dvg_error walk_error;
    dvg_error *error; /* of the deciding */
};

/* ---- the walk's thread: what the walk calls beside `record` (oddities, hits, inferred keys) is
 * called here, and may touch nothing but its own counts in the run */

static dvg_status send(void *payload, const dvg_record *record, dvg_error *error)
{
    const struct dvg_running *running = payload;
    if (dvg_channel_put(running->channel, record))
        return DVG_OK;
    return dvg_fail(error, DVG_E_CANCELLED, "what was found before ended the run");
}

static void walk_beside(void *payload)
{
    struct relay *relay = payload;
    relay->walked = dvg_walk_run(relay->walk, relay->roots[0], relay->roots[1], &relay->walk_error);
    dvg_channel_end(relay->running->channel);
}

/* ---- the run's thread */

static void decide(void *payload)
{
    struct relay *relay = payload;
    dvg_record record;
    while (relay->decided == DVG_OK && dvg_channel_take(relay->running->channel, &record))
        relay->decided = dvg_running_record(relay->running, &record, relay->error);
    if (relay->decided != DVG_OK)
        dvg_channel_close(relay->running->channel);
}

/* ---- the whole */

dvg_status dvg_relay_walk(struct dvg_running *running, const dvg_walk *walk,
                          const dvg_value roots[2], bool *done, dvg_error *error)
{
    dvg_ledger ledger;
    dvg_walk relayed = *walk;
    struct relay relay = {running, &relayed, roots, DVG_OK, DVG_OK, {0}, error};
    memset(&ledger, 0, sizeof ledger);
    relayed.ledger = &ledger;
    relayed.record = send;
    *done = false;
    running->channel = dvg_channel_new(walk->allocator, sizeof(dvg_record));
    if (running->channel == NULL)
        return DVG_OK;
    *done = dvg_beside(walk_beside, &relay, decide, &relay);
    dvg_channel_free(running->channel);
    running->channel = NULL;
    dvg_ledger_add(walk->ledger, &ledger);
    if (relay.decided != DVG_OK || relay.walked == DVG_OK)
        return relay.decided;
    if (error != NULL)
        *error = relay.walk_error;
    return relay.walked;
}
