/*
 * quick: are two objects the same, cell by cell? Declared in frame.h.
 * Most elements of most arrays are, and then nothing has to be named, sorted or kept. What this
 * look cannot decide by itself (names in another order, paths that have to be spelled out, keyed
 * arrays within) it leaves to the walk. Without recursion; the levels it keeps are bounded.
 */
#include "diff/frame.h"

#include <string.h>

enum { LEVELS = 64 }; /* that are kept */

/* The ends of two containers that are open. */
struct level {
    const dvg_cell *end[2];
    bool object;
};

struct look {
    const struct dvg_walker *walker;
    const dvg_cell *at[2];
    struct level levels[LEVELS];
    int depth;
    uint64_t compared; /* cells of each side */
    uint64_t ignored[2];
    uint64_t skipped;
    bool plain; /* no name of either document holds a dot or a bracket */
};

/* Open the two containers at hand; `bare` is the bare last part of their path. */
static bool open_both(struct look *look, dvg_text bare)
{
    const dvg_walk *walk = look->walker->walk;
    dvg_cell left = *look->at[0];
    dvg_cell right = *look->at[1];
    enum dvg_tag tag = dvg_cell_tag(left);
    if (look->depth == LEVELS || tag != dvg_cell_tag(right) || tag == DVG_TAG_OBJECT_REPEATS)
        return false;
    if (tag == DVG_TAG_ARRAY &&
        (dvg_skip_maybe(walk->skip, bare) ||
         dvg_rules_keyed(walk->rules, walk->file, bare.data, bare.size) != NULL))
        return false;
    struct level *level = &look->levels[look->depth++];
    for (int side = 0; side < 2; side++) {
        level->end[side] = dvg_cell_after(look->at[side]);
        look->at[side]++;
    }
    level->object = tag == DVG_TAG_OBJECT;
    look->compared++;
    return true;
}

/* The names at hand are the same: step over them, and over their values where a skip hides them.
 * `*hidden` tells. False: the path would have to be spelled out. */
static bool take_name(struct look *look, dvg_text name, dvg_text bare, bool *hidden)
{
    const dvg_skip *skip = look->walker->walk->skip;
    *hidden = false;
    if (dvg_skip_maybe(skip, bare)) {
        *hidden = bare.size == name.size && dvg_skip_leaf(skip, name) >= 0;
        if (!*hidden)
            return false;
    }
    for (int side = 0; side < 2 && *hidden; side++) {
        const dvg_cell *after = dvg_cell_after(look->at[side] + 1);
        look->ignored[side] += (uint64_t)(after - look->at[side]);
        look->at[side] = after;
    }
    if (*hidden) {
        look->skipped++;
        return true;
    }
    look->at[0]++;
    look->at[1]++;
    look->compared++;
    return true;
}

static bool take_value(struct look *look, dvg_text bare)
{
    dvg_cell left = *look->at[0];
    dvg_cell right = *look->at[1];
    if (dvg_cell_is_container(left))
        return open_both(look, bare);
    if (dvg_cell_is_container(right) || !dvg_walker_same(look->walker, left, right))
        return false;
    look->at[0]++;
    look->at[1]++;
    look->compared++;
    return true;
}

static bool take_member(struct look *look)
{
    bool hidden;
    dvg_text name = dvg_cell_text(look->walker->document[0], *look->at[0]);
    if (!dvg_text_same(name, dvg_cell_text(look->walker->document[1], *look->at[1])))
        return false;
    dvg_text bare = look->plain ? name : dvg_path_bare(name.data, name.size);
    if (!take_name(look, name, bare, &hidden))
        return false;
    return hidden || take_value(look, bare);
}

/* The next child of the innermost containers, or their end. An array within an array has the bare
 * last part that was tested when the outer one was opened. */
static bool take_next(struct look *look)
{
    static const dvg_text tested = {"[", 1};
    const struct level *level = &look->levels[look->depth - 1];
    bool ended = look->at[0] == level->end[0];
    if (ended != (look->at[1] == level->end[1]))
        return false;
    if (ended) {
        look->depth--;
        return true;
    }
    return level->object ? take_member(look) : take_value(look, tested);
}

static bool quick_by_text(const struct dvg_walker *walker, const dvg_cell *left,
                          const dvg_cell *right, dvg_ledger *ledger)
{
    uint64_t hidden;
    if (!dvg_alike_test(&walker->alike, left, right, &hidden))
        return false;
    for (int side = 0; side < 2; side++) {
        ledger->side[side].compared += dvg_cell_extent(*left) + 1 - 2 * hidden;
        ledger->side[side].ignored += 2 * hidden;
    }
    ledger->skipped += hidden;
    return true;
}

bool dvg_walker_quick(const struct dvg_walker *walker, const dvg_cell *left, const dvg_cell *right,
                      dvg_ledger *ledger)
{
    static const dvg_text no_array = {"[", 1};
    struct look look;
    if (dvg_cell_tag(*left) != DVG_TAG_OBJECT || walker->walk->thorough)
        return false;
    if (quick_by_text(walker, left, right, ledger))
        return true;
    look.walker = walker;
    look.at[0] = left;
    look.at[1] = right;
    look.depth = 0;
    look.compared = look.skipped = look.ignored[0] = look.ignored[1] = 0;
    look.plain = walker->document[0]->plain_names && walker->document[1]->plain_names;
    if (!open_both(&look, no_array))
        return false;
    while (look.depth > 0) {
        if (!take_next(&look))
            return false;
    }
    for (int side = 0; side < 2; side++) {
        ledger->side[side].compared += look.compared;
        ledger->side[side].ignored += look.ignored[side];
    }
    ledger->skipped += look.skipped;
    return true;
}
