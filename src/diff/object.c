/*
 * object: the members of two objects, paired by name.
 * Objects that list the same names in the same order, which is the rule, are paired without a
 * look-up; others are sorted and merged. A name that stands twice is matched by occurrence.
 */
#include "base/bytes.h"
#include "diff/frame.h"

#include <string.h>

static dvg_text bare_of(dvg_text name) { return dvg_path_bare(name.data, name.size); }

/* Can the skips hide a member of that name? The bare part is at most as long as the name. */
static bool hidden(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place)
{
    return dvg_walker_hidden(walker, frame, place, bare_of(place->name));
}

static bool may_be_hidden(const struct dvg_walker *walker, size_t frame, dvg_text name)
{
    return walker->frames[frame].asks || dvg_skip_maybe(walker->walk->skip, bare_of(name));
}

static inline bool same_scalars(const struct dvg_walker *walker, dvg_cell left, dvg_cell right)
{
    return !dvg_cell_is_container(left) && dvg_walker_same(walker, left, right);
}

static void count_common(const struct dvg_walker *walker, uint64_t nodes)
{
    walker->walk->ledger->side[0].compared += nodes;
    walker->walk->ledger->side[1].compared += nodes;
}

/* Two members of one name, or that a rule puts together: count them where they are equal scalars,
 * else keep them for later. */
static bool add_common(struct dvg_walker *walker, size_t frame, const dvg_cell *left,
                       const dvg_cell *right, const char *renamed, bool again)
{
    dvg_text name = dvg_cell_text(walker->document[0], left[-1]);
    bool maybe = may_be_hidden(walker, frame, name);
    bool same = same_scalars(walker, *left, *right);
    if (same && !maybe) {
        count_common(walker, 2);
        return true;
    }
    struct dvg_pair pair = {.left = left,
                            .right = right,
                            .name = name,
                            .key = left - 1,
                            .key_is_left = true,
                            .again = again,
                            .renamed = renamed};
    if (maybe && hidden(walker, frame, &pair)) {
        dvg_walker_ignore(walker, left, right, 1);
        return true;
    }
    if (walker->status != DVG_OK)
        return false;
    same = same && !dvg_walker_lenient(walker, frame, bare_of(name));
    count_common(walker, same ? 2 : 1);
    return same || dvg_walker_add_pair(walker, &pair);
}

/* A member that one side lacks. A further occurrence of a name is a duplicate. */
static bool report_lone(struct dvg_walker *walker, size_t frame, const dvg_member *member, int side,
                        bool again)
{
    const dvg_cell *left = side == 0 ? member->cell : NULL;
    const dvg_cell *right = side == 1 ? member->cell : NULL;
    struct dvg_pair place = {.left = left,
                             .right = right,
                             .name = member->name,
                             .key = member->cell - 1,
                             .key_is_left = side == 0,
                             .again = again};
    if (hidden(walker, frame, &place)) {
        dvg_walker_ignore(walker, left, right, 1);
        return true;
    }
    if (walker->status != DVG_OK)
        return false;
    if (!again && dvg_cell_tag(*member->cell) == DVG_TAG_NULL &&
        dvg_walker_null_absent(walker, frame, &place))
        return true;
    if (walker->status != DVG_OK)
        return false;
    walker->walk->ledger->side[side].one_sided +=
        (uint64_t)(dvg_cell_after(member->cell) - member->cell) + 1;
    return dvg_walker_report(walker, frame, &place,
                             side == 0 ? DVG_KIND_MEMBER_MISSING : DVG_KIND_MEMBER_EXTRA, left,
                             right);
}

/* ---- the same names in the same order */

/* Pair the members as they come. False with walker->status DVG_OK: the names part ways, and what
 * was done must be undone. */
static bool pair_in_order(struct dvg_walker *walker, size_t frame, const dvg_cell *left,
                          const dvg_cell *right)
{
    const dvg_cell *left_end = dvg_cell_after(left++);
    const dvg_cell *right_end = dvg_cell_after(right++);
    while (left < left_end && right < right_end) {
        dvg_text name = dvg_cell_text(walker->document[1], *right);
        if (!dvg_text_same(dvg_cell_text(walker->document[0], *left), name) ||
            !add_common(walker, frame, left + 1, right + 1, NULL, false))
            return false;
        left = dvg_cell_after(left + 1);
        right = dvg_cell_after(right + 1);
    }
    return left == left_end && right == right_end;
}

/* ---- any names */

static bool list_sorted(struct dvg_walker *walker, int side, const dvg_cell *object, size_t *count)
{
    dvg_value value = {walker->document[side], object};
    void *members = walker->members[side];
    *count = (size_t)dvg_value_count(value);
    if (!dvg_grow(walker->walk->allocator, &members, &walker->member_capacity[side], *count,
                  sizeof(dvg_member)))
        return dvg_walker_out_of_memory(walker);
    walker->members[side] = members;
    dvg_members_list(value, walker->members[side]);
    if (!dvg_members_sort(walker->walk->allocator, walker->members[side], *count))
        return dvg_walker_out_of_memory(walker);
    return true;
}

/* What a pass over the two sorted lists looks for. */
enum pass { LONE_LEFT, LONE_RIGHT, COMMON };

struct merge {
    size_t frame;
    size_t count[2];
    enum pass pass;
    const dvg_rename *renames; /* NULL: nothing was renamed */
};

/* Does the name of member `at` stand there more than once? They are sorted. */
static bool repeats(const struct dvg_walker *walker, const struct merge *merge, int side, size_t at)
{
    const dvg_member *member = &walker->members[side][at];
    return (at > 0 && dvg_text_same(member[-1].name, member->name)) ||
           (at + 1 < merge->count[side] && dvg_text_same(member[1].name, member->name));
}

/* The name on the right of a member that is called otherwise on the left; NULL: it is not. */
static const char *renamed(const struct dvg_walker *walker, const struct merge *merge,
                           const dvg_cell *left)
{
    if (merge->renames == NULL)
        return NULL;
    dvg_text name = dvg_cell_text(walker->document[0], left[-1]);
    const dvg_rename *at = merge->renames;
    while (at != NULL && !dvg_text_same(at->left, name))
        at = at->next;
    return at != NULL ? at->right.data : NULL;
}

/* Two members that come to one name. */
static bool merge_common(struct dvg_walker *walker, const struct merge *merge, size_t left,
                         size_t right)
{
    const dvg_member *a = &walker->members[0][left];
    const dvg_member *b = &walker->members[1][right];
    bool again = repeats(walker, merge, 0, left) || repeats(walker, merge, 1, right);
    bool same = dvg_text_same(dvg_cell_text(walker->document[0], a->cell[-1]), a->name);
    return add_common(walker, merge->frame, a->cell, b->cell,
                      same ? NULL : renamed(walker, merge, a->cell), again);
}

static bool take_lone(struct dvg_walker *walker, const struct merge *merge, int side, size_t at)
{
    const dvg_member *member = &walker->members[side][at];
    if (merge->pass != (side == 0 ? LONE_LEFT : LONE_RIGHT))
        return true;
    bool again = at > 0 && dvg_text_same(member[-1].name, member->name);
    return report_lone(walker, merge->frame, member, side, again);
}

static bool merge_members(struct dvg_walker *walker, const struct merge *merge)
{
    size_t i = 0;
    size_t j = 0;
    bool done = true;
    while (done && (i < merge->count[0] || j < merge->count[1])) {
        int order = i == merge->count[0] ? 1
                    : j == merge->count[1]
                        ? -1
                        : dvg_text_compare(walker->members[0][i].name, walker->members[1][j].name);
        if (order < 0) {
            done = take_lone(walker, merge, 0, i++);
        } else if (order > 0) {
            done = take_lone(walker, merge, 1, j++);
        } else {
            if (merge->pass == COMMON)
                done = merge_common(walker, merge, i, j);
            i++;
            j++;
        }
    }
    return done;
}

static bool pair_sorted(struct dvg_walker *walker, size_t frame, const dvg_cell *left,
                        const dvg_cell *right)
{
    struct merge merge = {frame, {0, 0}, LONE_LEFT, NULL};
    if (!list_sorted(walker, 0, left, &merge.count[0]) ||
        !list_sorted(walker, 1, right, &merge.count[1]) ||
        !dvg_object_rename(walker, frame, merge.count, &merge.renames))
        return false;
    for (int pass = LONE_LEFT; pass <= COMMON; pass++) {
        merge.pass = (enum pass)pass;
        if (!merge_members(walker, &merge))
            return false;
    }
    return true;
}

static bool has_repeats(const dvg_cell *object)
{
    return dvg_cell_tag(*object) == DVG_TAG_OBJECT_REPEATS;
}

bool dvg_object_open(struct dvg_walker *walker, size_t frame)
{
    const dvg_cell *left = walker->frames[frame].place.left;
    const dvg_cell *right = walker->frames[frame].place.right;
    const dvg_ledger before = *walker->walk->ledger;
    size_t pairs = walker->pair_count;
    size_t hits = walker->hit_count;
    if (has_repeats(left) || has_repeats(right) || !pair_in_order(walker, frame, left, right)) {
        if (walker->status != DVG_OK || walker->differs)
            return false;
        *walker->walk->ledger = before;
        walker->pair_count = pairs;
        walker->hit_count = hits;
        if (!pair_sorted(walker, frame, left, right))
            return false;
    }
    struct dvg_frame *mine = &walker->frames[frame];
    mine->last = walker->pair_count;
    return dvg_pairs_sort(walker, mine->first, mine->last);
}
