/*
 * restrict: which places of a walk lie outside of what is looked at. Declared in frame.h.
 * A place that matches is inside, with all that stands below. On the way there, two containers of
 * one type are gone into; a value that only one side has, or that is of another type on the other
 * one, is told as a whole if a place in it matches, and is outside if none does.
 */
#include "diff/frame.h"

#include <string.h>

/* ---- looking into a value */

/* A container that is open; kept when it is closed, for the next one of that depth. */
struct level {
    dvg_step step;
    struct level *outer, *inner;
    const dvg_cell *next, *end;
    uint64_t index;
    bool object;
};

struct look {
    const dvg_walk *walk;
    const dvg_document *document;
    int side;
    dvg_arena arena;
    uint64_t *hits;      /* of each pattern; NULL: nobody counts */
    struct level *level; /* the innermost one */
    bool failed;
};

/* Keys of elements are known where arrays are matched, which those of one side are not: an array
 * that may lead to an element by its key is taken to hold it. */
static bool has_key(const dvg_pattern *pattern)
{
    bool has = false;
    for (size_t i = 0; i < pattern->count; i++)
        has = has || pattern->parts[i].kind == DVG_PART_KEY;
    return has;
}

static bool may_hold_key(struct look *look, const dvg_cell *cell, const dvg_step *step)
{
    const dvg_within *place = look->walk->scope->places;
    bool may = false;
    for (; place != NULL && dvg_cell_tag(*cell) == DVG_TAG_ARRAY && !may; place = place->next)
        may = has_key(&place->pattern) &&
              dvg_pattern_leads_on(&place->pattern, step, look->walk->allocator, &look->failed);
    return may;
}

static bool open_level(struct look *look, const dvg_cell *cell, const dvg_step *parent)
{
    struct level *outer = look->level;
    struct level *made = outer != NULL ? outer->inner : NULL;
    if (made == NULL) {
        made = dvg_arena_get(&look->arena, sizeof *made);
        if (made == NULL)
            return false;
        memset(made, 0, sizeof *made);
        made->outer = outer;
        if (outer != NULL)
            outer->inner = made;
    }
    made->object = dvg_cell_tag(*cell) != DVG_TAG_ARRAY;
    made->next = cell + 1;
    made->end = dvg_cell_after(cell);
    made->index = 0;
    made->step = (dvg_step){.parent = parent,
                            .kind = made->object ? DVG_STEP_MEMBER : DVG_STEP_INDEX,
                            .index = {UINT64_MAX, UINT64_MAX}};
    look->level = made;
    return true;
}

/* The next child of the innermost container, and the step that leads to it. */
static const dvg_cell *take_child(struct look *look)
{
    struct level *level = look->level;
    const dvg_cell *child = level->next + (level->object ? 1 : 0);
    if (level->object)
        level->step.value = (dvg_value){look->document, level->next};
    else
        level->step.index[look->side] = level->index++;
    level->next = dvg_cell_after(child);
    return child;
}

/* Does a place in the container match? */
static bool holds(struct look *look, const dvg_cell *cell, const dvg_step *step)
{
    const dvg_scope *scope = look->walk->scope;
    bool found = may_hold_key(look, cell, step);
    look->failed = look->failed || !open_level(look, cell, step);
    while (!found && !look->failed && look->level != NULL) {
        struct level *level = look->level;
        if (level->next == level->end) {
            look->level = level->outer;
            continue;
        }
        const dvg_cell *child = take_child(look);
        dvg_standing standing =
            dvg_scope_stand(scope, &level->step, look->hits, look->walk->allocator, &look->failed);
        found = standing == DVG_INSIDE;
        if (standing == DVG_LEADS_INSIDE && dvg_cell_is_container(*child)) {
            found = may_hold_key(look, child, &level->step);
            look->failed = look->failed || !open_level(look, child, &level->step);
        }
    }
    return found;
}

/* Does a place in the value of one side match? */
static bool side_holds(struct dvg_walker *walker, int side, const dvg_cell *cell,
                       const dvg_step *step)
{
    struct look look = {.walk = walker->walk,
                        .document = walker->document[side],
                        .side = side,
                        .hits =
                            walker->walk->ruling != NULL ? walker->walk->ruling->place_hits : NULL};
    if (cell == NULL || !dvg_cell_is_container(*cell))
        return false;
    dvg_arena_init(&look.arena, walker->walk->allocator);
    bool found = holds(&look, cell, step);
    dvg_arena_clear(&look.arena);
    if (look.failed)
        dvg_walker_out_of_memory(walker);
    return found;
}

/* ---- places */

static bool is_object(dvg_cell cell) { return dvg_tag_type(dvg_cell_tag(cell)) == DVG_OBJECT; }

/* Two containers that are gone into, member by member or element by element. */
static bool is_way(const struct dvg_pair *place)
{
    return place->left != NULL && place->right != NULL && dvg_cell_is_container(*place->left) &&
           dvg_cell_is_container(*place->right) &&
           is_object(*place->left) == is_object(*place->right);
}

static dvg_standing stand(struct dvg_walker *walker, const dvg_step *step)
{
    bool failed = false;
    dvg_ruling *ruling = walker->walk->ruling;
    dvg_standing standing =
        dvg_scope_stand(walker->walk->scope, step, ruling != NULL ? ruling->place_hits : NULL,
                        walker->walk->allocator, &failed);
    if (failed)
        dvg_walker_out_of_memory(walker);
    return standing;
}

bool dvg_walker_outside_of(struct dvg_walker *walker, const struct dvg_pair *place,
                           const dvg_step *step)
{
    dvg_standing standing = stand(walker, step);
    if (standing == DVG_INSIDE || walker->status != DVG_OK)
        return false;
    if (standing == DVG_LEADS_INSIDE &&
        (is_way(place) || side_holds(walker, 0, place->left, step) ||
         side_holds(walker, 1, place->right, step)))
        return false;
    walker->outside = walker->status == DVG_OK;
    return walker->outside;
}

bool dvg_walker_outside_child(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place)
{
    dvg_step step;
    if (!dvg_child_step_on(&step, walker, frame, place))
        return false;
    return dvg_walker_outside_of(walker, place, &step);
}

bool dvg_frame_restrict(struct dvg_walker *walker, size_t frame)
{
    struct dvg_frame *mine = &walker->frames[frame];
    mine->inside = frame > 0 && walker->frames[frame - 1].inside;
    if (mine->inside)
        return true;
    const dvg_step *step = dvg_frame_step(walker, frame);
    if (walker->status != DVG_OK)
        return false;
    mine = &walker->frames[frame];
    mine->inside = stand(walker, step) == DVG_INSIDE;
    mine->watched = !mine->inside;
    return walker->status == DVG_OK;
}

bool dvg_walker_beside(struct dvg_walker *walker, size_t frame, const dvg_step *step, dvg_kind kind)
{
    if (walker->walk->scope == NULL || kind != DVG_KIND_REORDERED ||
        walker->frames[walker->depth - 1].way->matching != DVG_MATCH_KEY ||
        (frame != SIZE_MAX && walker->frames[frame].inside))
        return false;
    return stand(walker, step) != DVG_INSIDE;
}
