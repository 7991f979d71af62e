/*
 * sequence: what becomes of the elements of two arrays that are matched by what they are: in order,
 * as a multiset, or with what is most like them. Declared in frame.h.
 * Equal ones are counted and done with; what one side lacks, what stands elsewhere and pairs that
 * are to be compared are listed for the walk, in the order of the left array.
 */
#include "diff/align.h"
#include "diff/reorder.h"
#include "diff/similar.h"

#include <string.h>

/* Elements that may have moved before it is the order of the array. */
enum { MOVED_MOST = 3 };

static bool is_open(const struct dvg_elements *elements, const struct dvg_element *element)
{
    return elements->classes[element->class_id].open;
}

/* ---- partners of what is left */

static dvg_type type_of(const struct dvg_elements *elements, int side, uint32_t at)
{
    dvg_type type = dvg_tag_type(dvg_cell_tag(*elements->list[side][at].cell));
    return type == DVG_TRUE ? DVG_FALSE : type;
}

/* A stretch between two places where partners stand. */
struct gap {
    uint32_t from[2], to[2];
};

/* Has the element a partner at its place in the order? */
static bool is_fixed(const struct dvg_element *element)
{
    return element->partner != DVG_ALONE && !element->moved;
}

static uint32_t next_alone(const struct dvg_elements *elements, int side, uint32_t at, uint32_t to)
{
    while (at < to && elements->list[side][at].partner != DVG_ALONE)
        at++;
    return at;
}

static uint32_t count_alone(const struct dvg_elements *elements, int side, const struct gap *gap)
{
    uint32_t count = 0;
    for (uint32_t at = gap->from[side]; at < gap->to[side]; at++)
        count += elements->list[side][at].partner == DVG_ALONE;
    return count;
}

/* What stands between the same neighbours on both sides is compared one by one: scalars as far as
 * they go, all others where there are as many on both sides. */
static void fill_gap(struct dvg_elements *elements, const struct gap *gap)
{
    bool as_many = count_alone(elements, 0, gap) == count_alone(elements, 1, gap);
    uint32_t left = next_alone(elements, 0, gap->from[0], gap->to[0]);
    uint32_t right = next_alone(elements, 1, gap->from[1], gap->to[1]);
    while (left < gap->to[0] && right < gap->to[1]) {
        bool scalars =
            type_of(elements, 0, left) < DVG_ARRAY && type_of(elements, 1, right) < DVG_ARRAY;
        if (scalars || as_many)
            dvg_elements_join(elements, left, right);
        left = next_alone(elements, 0, left + 1, gap->to[0]);
        right = next_alone(elements, 1, right + 1, gap->to[1]);
    }
}

static void fill_gaps(struct dvg_elements *elements)
{
    struct gap gap = {{0, 0}, {0, 0}};
    uint32_t count[2] = {(uint32_t)elements->count[0], (uint32_t)elements->count[1]};
    while (gap.from[0] < count[0] || gap.from[1] < count[1]) {
        for (int side = 0; side < 2; side++) {
            gap.to[side] = gap.from[side];
            while (gap.to[side] < count[side] && !is_fixed(&elements->list[side][gap.to[side]]))
                gap.to[side]++;
        }
        fill_gap(elements, &gap);
        gap.from[0] = gap.to[0] + 1;
        gap.from[1] = gap.to[1] + 1;
    }
}

/* ---- the list for the walk */

static bool list_pair(struct dvg_elements *elements, uint32_t left, uint32_t right)
{
    const struct dvg_element *element = &elements->list[0][left];
    struct dvg_pair place = dvg_elements_place(elements, left, right);
    bool same_class = element->class_id == elements->list[1][right].class_id;
    place.equal = same_class && !is_open(elements, element) &&
                  !elements->walker->frames[elements->frame].watched;
    place.moved = element->moved;
    if (place.equal)
        dvg_walker_count_same(elements->walker, place.left, place.right);
    return (place.equal && !place.moved && !elements->walker->walk->every) ||
           dvg_walker_add_pair(elements->walker, &place);
}

static bool list_alone(struct dvg_elements *elements, int side, uint32_t at)
{
    struct dvg_pair place =
        dvg_elements_place(elements, side == 0 ? at : DVG_ALONE, side == 1 ? at : DVG_ALONE);
    return dvg_walker_add_pair(elements->walker, &place);
}

/* What the right side has alone, up to the next place where partners stand. */
static bool list_right(struct dvg_elements *elements, uint32_t *right, bool ordered)
{
    for (; *right < elements->count[1]; ++*right) {
        const struct dvg_element *element = &elements->list[1][*right];
        if (ordered && is_fixed(element))
            return true;
        if (element->partner == DVG_ALONE && !list_alone(elements, 1, *right))
            return false;
    }
    return true;
}

static bool list_all(struct dvg_elements *elements, bool ordered)
{
    uint32_t right = 0;
    for (uint32_t left = 0; left < elements->count[0]; left++) {
        const struct dvg_element *element = &elements->list[0][left];
        bool fixed = ordered && is_fixed(element);
        if (fixed && !list_right(elements, &right, ordered))
            return false;
        if (element->partner == DVG_ALONE ? !list_alone(elements, 0, left)
                                          : !list_pair(elements, left, element->partner))
            return false;
        right = fixed ? element->partner + 1 : right;
    }
    return list_right(elements, &right, false);
}

/* ---- another order */

/* Where more elements have moved than stayed, the order as a whole is another one: say so once, and
 * take them for unmoved. `*shuffled` tells. False: failed. */
static bool tell_shuffled(struct dvg_elements *elements, bool *shuffled)
{
    dvg_reorder_count count = {0, 0, {0, 0}};
    struct dvg_element *left = elements->list[0];
    for (size_t i = 0; i < elements->count[0]; i++) {
        if (left[i].moved && count.moved++ == 0) {
            count.first[0] = left[i].index;
            count.first[1] = elements->list[1][left[i].partner].index;
        }
        count.common += left[i].partner != DVG_ALONE;
    }
    *shuffled = count.moved > MOVED_MOST && 2 * count.moved > count.common;
    if (!*shuffled)
        return true;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < elements->count[side]; i++)
            elements->list[side][i].moved = false;
    return dvg_reorder_tell(elements->walker, elements->frame, &count);
}

/* ---- the ways */

/* `*ordered` becomes false where partners do not stand in one order. */
static bool match(struct dvg_elements *elements, dvg_matching matching, bool *ordered)
{
    bool shuffled = false;
    *ordered = matching != DVG_MATCH_MULTISET && matching != DVG_MATCH_BEST;
    if (!*ordered)
        return dvg_elements_join_equal(elements, false) &&
               (matching == DVG_MATCH_MULTISET || dvg_similar_join(elements, false));
    if (!dvg_align(elements) || !dvg_elements_join_equal(elements, true) ||
        !tell_shuffled(elements, &shuffled))
        return false;
    *ordered = !shuffled;
    if (!dvg_similar_join(elements, *ordered))
        return false;
    if (*ordered)
        fill_gaps(elements);
    return true;
}

/* The budget ended a search: what is said is true, but there may be a shorter way to say it. */
static void tell_cut(struct dvg_walker *walker, size_t frame)
{
    const dvg_walk *walk = walker->walk;
    if (walk->oddity == NULL || dvg_walker_stop_probe(walker))
        return;
    const dvg_step *step = dvg_frame_step(walker, frame);
    if (walker->status == DVG_OK)
        walk->oddity(walk->payload, DVG_THE_LEFT, DVG_ODDITY_CUT, 1, step);
}

bool dvg_sequence_open(struct dvg_walker *walker, size_t frame, dvg_matching matching)
{
    struct dvg_elements elements;
    bool ordered = true;
    bool done = dvg_elements_collect(&elements, walker, frame) &&
                match(&elements, matching, &ordered) && list_all(&elements, ordered);
    if (done && elements.cut)
        tell_cut(walker, frame);
    dvg_elements_clear(&elements);
    walker->frames[frame].last = walker->pair_count;
    return done && walker->status == DVG_OK && !walker->differs;
}
