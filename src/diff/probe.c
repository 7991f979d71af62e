/*
 * probe: two elements walked aside, to find out whether there is anything to report between them.
 * Declared in frame.h. What is found is thrown away; the first of it ends the walk.
 */
#include "diff/frame.h"

#include <string.h>

static dvg_status on_record(void *payload, const dvg_record *record, dvg_error *error)
{
    (void)record;
    (void)error;
    *(bool *)payload = true;
    return DVG_E_CANCELLED;
}

/* A walk like the one at hand, that tells nobody and keeps nothing. */
static dvg_walk aside(const struct dvg_walker *walker, dvg_arena *steps, dvg_ledger *ledger,
                      bool *differs)
{
    dvg_walk walk = *walker->walk;
    memset(ledger, 0, sizeof *ledger);
    dvg_arena_init(steps, walk.allocator);
    *differs = false;
    walk.steps = steps;
    walk.ledger = ledger;
    walk.record = on_record;
    walk.payload = differs;
    walk.oddity = NULL;
    walk.hit = NULL;
    walk.inferred = NULL;
    walk.scope = NULL;
    walk.cancel = NULL;
    walk.threaded = walk.list = walk.thorough = false;
    walk.probing = true;
    return walk;
}

bool dvg_walker_probe(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place)
{
    dvg_arena steps;
    dvg_ledger ledger;
    dvg_error error;
    dvg_step step;
    bool differs;
    if (walker->walk->probing)
        return true;
    if (!dvg_child_step_on(&step, walker, frame, place))
        return false;
    dvg_walk walk = aside(walker, &steps, &ledger, &differs);
    walk.hashes = walker->hashes;
    walk.base = &step;
    walk.bare = walker->frames[frame].bare;
    dvg_error_clear(&error);
    dvg_status status = walker->run(&walk, (dvg_value){walker->document[0], place->left},
                                    (dvg_value){walker->document[1], place->right}, &error);
    dvg_arena_clear(&steps);
    /* Input that cannot be matched is refused where it is walked, if it is. */
    if (status == DVG_OK || status == DVG_E_INPUT || differs)
        return status == DVG_OK && !differs;
    if (walker->error != NULL)
        *walker->error = error;
    return dvg_walker_fail(walker, status);
}
