/*
 * pairs: how the walk matches two arrays, for who wants to know it without a walk. Declared in
 * walk.h. The arrays are opened as the walk would open them, and what it would go through is told.
 */
#include "diff/frame.h"

#include <string.h>

/* Elements one after the other. */
static bool list_position(struct dvg_walker *walker)
{
    const struct dvg_pair array = walker->frames[0].place;
    const dvg_cell *at[2] = {array.left + 1, array.right + 1};
    const dvg_cell *end[2] = {dvg_cell_after(array.left), dvg_cell_after(array.right)};
    for (uint32_t i = 0; at[0] < end[0] || at[1] < end[1]; i++) {
        struct dvg_pair place;
        memset(&place, 0, sizeof place);
        place.index[0] = at[0] < end[0] ? i : UINT32_MAX;
        place.index[1] = at[1] < end[1] ? i : UINT32_MAX;
        place.left = at[0] < end[0] ? at[0] : NULL;
        place.right = at[1] < end[1] ? at[1] : NULL;
        at[0] = place.left != NULL ? dvg_cell_after(at[0]) : at[0];
        at[1] = place.right != NULL ? dvg_cell_after(at[1]) : at[1];
        if (!dvg_walker_add_pair(walker, &place))
            return false;
    }
    walker->frames[0].last = walker->pair_count;
    return true;
}

static bool list(struct dvg_walker *walker, dvg_value left, dvg_value right)
{
    struct dvg_pair place;
    memset(&place, 0, sizeof place);
    place.left = left.cell;
    place.right = right.cell;
    if (!dvg_walker_compare(walker, SIZE_MAX, &place, walker->walk->bare))
        return false;
    return walker->frames[0].kind != DVG_FRAME_POSITION || list_position(walker);
}

static void tell(struct dvg_walker *walker, dvg_pair_fn pair, void *payload)
{
    for (size_t i = walker->frames[0].first; i < walker->frames[0].last; i++) {
        const struct dvg_pair *place = &walker->pairs[i];
        const dvg_step *step = dvg_child_step(walker, 0, place);
        if (walker->status != DVG_OK)
            return;
        pair(payload, step, dvg_walker_value(walker, 0, place->left),
             dvg_walker_value(walker, 1, place->right));
    }
}

static dvg_status nobody(void *payload, const dvg_record *record, dvg_error *error)
{
    (void)payload;
    (void)record;
    (void)error;
    return DVG_OK;
}

dvg_status dvg_walk_pairs(const dvg_walk *walk, dvg_value left, dvg_value right,
                          const dvg_keyed **way, dvg_pair_fn pair, void *payload, dvg_error *error)
{
    struct dvg_walker walker;
    dvg_walk listing = *walk;
    dvg_ledger ledger;
    dvg_cell cell = DVG_TAG_ARRAY; /* in place of one that is not there */
    const dvg_document empty = {.cells = &cell, .cell_count = 1};
    memset(&ledger, 0, sizeof ledger);
    listing.ledger = &ledger;
    listing.record = nobody;
    listing.every = true;
    if (left.cell == NULL)
        left = (dvg_value){&empty, &cell};
    if (right.cell == NULL)
        right = (dvg_value){&empty, &cell};
    dvg_walker_init(&walker, &listing, left, right, error);
    if (list(&walker, left, right)) {
        *way = walker.frames[0].way;
        if (pair != NULL)
            tell(&walker, pair, payload);
    }
    dvg_walker_clear(&walker);
    return walker.status;
}
