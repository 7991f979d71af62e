/*
 * walk: see walk.h. Frames stand on a stack; object.c and keyed.c say what a frame's children are.
 */
#include "diff/walk.h"
#include "diff/frame.h"
#include "diff/infer.h"
#include "diff/subtree.h"

#include <stdio.h>
#include <string.h>

enum { TICKS = 4096 };

static const struct dvg_pair no_place;

bool dvg_walker_equal(const struct dvg_walker *walker, dvg_cell left, dvg_cell right)
{
    dvg_value a = {walker->document[0], &left};
    dvg_value b = {walker->document[1], &right};
    return dvg_scalar_same(a, b, walker->walk->rules->numbers);
}

/* Python has one type for true and false, so has the walk. */
static dvg_type kind_of_type(dvg_cell cell)
{
    dvg_type type = dvg_tag_type(dvg_cell_tag(cell));
    return type == DVG_TRUE ? DVG_FALSE : type;
}

static void count_whole(struct dvg_walker *walker, int side, const dvg_cell *cell)
{
    dvg_ledger_side *ledger = &walker->walk->ledger->side[side];
    ledger->compared++;
    ledger->one_sided += (uint64_t)(dvg_cell_after(cell) - cell) - 1;
}

static bool report_pair(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                        dvg_kind kind)
{
    count_whole(walker, 0, place->left);
    count_whole(walker, 1, place->right);
    return dvg_walker_report(walker, frame, place, kind, place->left, place->right);
}

static struct dvg_frame *push_frame(struct dvg_walker *walker, const struct dvg_pair *place,
                                    dvg_text bare)
{
    void *frames = walker->frames;
    if (!dvg_grow(walker->walk->allocator, &frames, &walker->frame_capacity, walker->depth + 1,
                  sizeof *walker->frames)) {
        dvg_walker_out_of_memory(walker);
        return NULL;
    }
    walker->frames = frames;
    struct dvg_frame *frame = &walker->frames[walker->depth++];
    memset(frame, 0, sizeof *frame);
    frame->place = *place;
    frame->bare = bare;
    frame->maybe = dvg_skip_maybe(walker->walk->skip, bare);
    frame->first = frame->next = frame->last = walker->pair_count;
    if (walker->depth > 1) {
        const struct dvg_frame *parent = frame - 1;
        frame->tested = parent->tested || parent->kind != DVG_FRAME_OBJECT;
        frame->again = parent->again || place->again;
        frame->keyless = parent->keyless || place->keyless;
    }
    return frame;
}

static bool open_position(struct dvg_walker *walker, size_t parent, const struct dvg_pair *place,
                          struct dvg_frame *frame)
{
    uint64_t left = dvg_value_count(dvg_walker_value(walker, 0, place->left));
    uint64_t right = dvg_value_count(dvg_walker_value(walker, 1, place->right));
    frame->left = place->left + 1;
    frame->right = place->right + 1;
    frame->count = (uint32_t)(left < right ? left : right);
    if (left == right || !walker->walk->rules->surplus_is_length)
        return true;
    return dvg_walker_report(walker, parent, place, DVG_KIND_LENGTH, place->left, place->right);
}

/* Arrays that are alike need no key, unless a rule may name their elements by one. */
static const dvg_keyed *find_way(struct dvg_walker *walker, size_t index)
{
    const struct dvg_frame *frame = &walker->frames[index];
    const dvg_keyed *way = dvg_frame_match(walker, index);
    if (walker->status != DVG_OK || way->matching != DVG_MATCH_INFER)
        return way;
    if (!frame->maybe && dvg_frame_is_plain(frame) &&
        dvg_subtree_same(walker, frame->place.left, frame->place.right, frame->bare))
        return dvg_match_by(DVG_MATCH_SEQUENCE);
    return dvg_infer(walker, index);
}

static bool open_array(struct dvg_walker *walker, size_t parent, const struct dvg_pair *place,
                       size_t index)
{
    const dvg_keyed *way = find_way(walker, index);
    if (walker->status != DVG_OK)
        return false;
    struct dvg_frame *frame = &walker->frames[index];
    frame->way = way;
    switch (way->matching) {
    case DVG_MATCH_KEY:
        frame->kind = DVG_FRAME_KEYED;
        return dvg_keyed_open(walker, index, place->left, place->right);
    case DVG_MATCH_POSITION:
        frame->kind = DVG_FRAME_POSITION;
        return open_position(walker, parent, place, frame);
    default:
        frame->kind = DVG_FRAME_LISTED;
        return dvg_sequence_open(walker, index, way->matching);
    }
}

static bool open_container(struct dvg_walker *walker, size_t parent, const struct dvg_pair *place,
                           dvg_text bare, bool object)
{
    const dvg_walk *walk = walker->walk;
    walk->ledger->side[0].compared++;
    walk->ledger->side[1].compared++;
    struct dvg_frame *frame = push_frame(walker, place, bare);
    if (frame == NULL)
        return false;
    size_t index = walker->depth - 1;
    if (!dvg_frame_settle(walker, index))
        return false;
    if (walk->scope != NULL && !dvg_frame_restrict(walker, index))
        return false;
    frame = &walker->frames[index];
    frame->asks = !dvg_frame_is_plain(frame);
    if (object) {
        frame->kind = DVG_FRAME_OBJECT;
        return dvg_object_open(walker, index);
    }
    frame->asks =
        frame->asks || (frame->maybe && walk->ruling != NULL && walk->ruling->places != 0);
    return open_array(walker, parent, place, index);
}

bool dvg_walker_compare(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                        dvg_text bare)
{
    dvg_type left = kind_of_type(*place->left);
    dvg_type right = kind_of_type(*place->right);
    if (left == right && left >= DVG_ARRAY)
        return open_container(walker, frame, place, bare, left == DVG_OBJECT);
    bool same = left == right && dvg_walker_same(walker, *place->left, *place->right);
    if (left < DVG_ARRAY && right < DVG_ARRAY && dvg_walker_lenient(walker, frame, bare)) {
        same = dvg_walker_lenient_same(walker, frame, place, same);
        if (walker->status != DVG_OK)
            return false;
    }
    if (!same)
        return report_pair(walker, frame, place, left != right ? DVG_KIND_TYPE : DVG_KIND_VALUE);
    walker->walk->ledger->side[0].compared++;
    walker->walk->ledger->side[1].compared++;
    return true;
}

/* ---- going on */

static bool tick(struct dvg_walker *walker)
{
    const dvg_walk *walk = walker->walk;
    if (--walker->ticks > 0)
        return true;
    walker->ticks = TICKS;
    if (walk->cancel != NULL && walk->cancel(walk->cancel_payload) < 0)
        return dvg_walker_fail(walker, dvg_fail(walker->error, DVG_E_CANCELLED, "cancelled"));
    return true;
}

/* What is left of a sequence that is longer than its partner was named by the length. */
static void count_surplus(struct dvg_walker *walker, const struct dvg_frame *frame)
{
    walker->walk->ledger->side[0].one_sided +=
        (uint64_t)(dvg_cell_after(frame->place.left) - frame->left);
    walker->walk->ledger->side[1].one_sided +=
        (uint64_t)(dvg_cell_after(frame->place.right) - frame->right);
}

/* One more element of the longer sequence, on a path of its own; `side` has it. */
static bool report_surplus(struct dvg_walker *walker, size_t index, int side)
{
    struct dvg_frame *frame = &walker->frames[index];
    const dvg_cell **next = side == 0 ? &frame->left : &frame->right;
    struct dvg_pair place = no_place;
    const dvg_cell *element = *next;
    place.left = side == 0 ? element : NULL;
    place.right = side == 1 ? element : NULL;
    place.index[side] = frame->index++;
    place.index[1 - side] = UINT32_MAX;
    *next = dvg_cell_after(element);
    if ((frame->maybe || frame->asks) && dvg_walker_hidden(walker, index, &place, frame->bare)) {
        dvg_walker_ignore(walker, place.left, place.right, 0);
        return true;
    }
    if (walker->status != DVG_OK)
        return false;
    return dvg_walker_report_alone(walker, index, &place);
}

/* Both sequences have been gone through as far as the shorter one goes. */
static bool end_sequence(struct dvg_walker *walker, size_t index)
{
    const struct dvg_frame *frame = &walker->frames[index];
    if (!walker->walk->rules->surplus_is_length) {
        if (frame->left < dvg_cell_after(frame->place.left))
            return report_surplus(walker, index, 0);
        if (frame->right < dvg_cell_after(frame->place.right))
            return report_surplus(walker, index, 1);
    }
    count_surplus(walker, frame);
    walker->depth--;
    return true;
}

static bool next_element(struct dvg_walker *walker, size_t index)
{
    struct dvg_frame *frame = &walker->frames[index];
    if (frame->index >= frame->count)
        return end_sequence(walker, index);
    struct dvg_pair place = no_place;
    place.left = frame->left;
    place.right = frame->right;
    place.index[0] = place.index[1] = frame->index++;
    frame->left = dvg_cell_after(frame->left);
    frame->right = dvg_cell_after(frame->right);
    dvg_text bare = frame->bare;
    if ((frame->maybe || frame->asks) && dvg_walker_hidden(walker, index, &place, bare)) {
        dvg_walker_ignore(walker, place.left, place.right, 0);
        return true;
    }
    if (!frame->tested && dvg_frame_is_plain(frame) &&
        dvg_walker_quick(walker, place.left, place.right, walker->walk->ledger))
        return true;
    return walker->status == DVG_OK && dvg_walker_compare(walker, index, &place, bare);
}

/* An equal element that stands elsewhere, and where. */
static bool report_moved(struct dvg_walker *walker, size_t index, const struct dvg_pair *place)
{
    char text[64];
    if (dvg_walker_stop_probe(walker))
        return false;
    int size = snprintf(text, sizeof text, "[%llu] left, [%llu] right",
                        (unsigned long long)place->index[0], (unsigned long long)place->index[1]);
    walker->note = dvg_arena_copy(walker->walk->steps, text, (size_t)size);
    if (walker->note == NULL)
        return dvg_walker_out_of_memory(walker);
    return dvg_walker_report(walker, index, place, DVG_KIND_MOVED, place->left, place->right);
}

/* What is hidden was not listed. */
static bool next_listed(struct dvg_walker *walker, size_t index, const struct dvg_pair *place)
{
    const struct dvg_frame *frame = &walker->frames[index];
    dvg_text bare = frame->bare;
    /* Where it stands, and so whether it is inside, is known now that it has a partner. */
    if (!place->equal && dvg_walker_outside(walker, index, place)) {
        dvg_walker_ignore(walker, place->left, place->right, 0);
        return true;
    }
    if (walker->status != DVG_OK)
        return false;
    if (place->left == NULL || place->right == NULL)
        return dvg_walker_report_alone(walker, index, place);
    if (place->moved && !report_moved(walker, index, place))
        return false;
    frame = &walker->frames[index];
    if (place->equal || (!frame->tested && dvg_frame_is_plain(frame) &&
                         dvg_walker_quick(walker, place->left, place->right, walker->walk->ledger)))
        return true;
    return dvg_walker_compare(walker, index, place, bare);
}

/* A pair of an object was tested against the skips when it was listed; a keyed one was not. */
static bool next_pair(struct dvg_walker *walker, size_t index)
{
    struct dvg_frame *frame = &walker->frames[index];
    if (frame->next == frame->last) {
        walker->pair_count = frame->first;
        walker->depth--;
        return true;
    }
    struct dvg_pair place = walker->pairs[frame->next++];
    if (frame->kind == DVG_FRAME_LISTED)
        return next_listed(walker, index, &place);
    dvg_text bare = dvg_child_bare(walker, frame, &place);
    if (frame->kind == DVG_FRAME_KEYED && dvg_walker_hidden(walker, index, &place, bare)) {
        dvg_walker_ignore(walker, place.left, place.right, 0);
        return true;
    }
    return walker->status == DVG_OK && dvg_walker_compare(walker, index, &place, bare);
}

/* Look through the next pair of a keyed array; what was begun before turned out to be equal. */
static bool probe_next(struct dvg_walker *walker, size_t index)
{
    struct dvg_frame *frame = &walker->frames[index];
    walker->probe = SIZE_MAX;
    if (walker->hit_count > 0 && !dvg_walker_tell(walker))
        return false;
    if (frame->next == frame->last) {
        frame->probing = false;
        frame->next = frame->first;
        frame->last = walker->pair_count = frame->kept;
        return dvg_pairs_sort(walker, frame->first, frame->last);
    }
    const struct dvg_pair place = walker->pairs[frame->next++];
    dvg_text bare = dvg_child_bare(walker, frame, &place);
    if (dvg_walker_hidden(walker, index, &place, bare)) {
        dvg_walker_ignore(walker, place.left, place.right, 0);
        return true;
    }
    if (dvg_frame_is_plain(frame) &&
        dvg_walker_quick(walker, place.left, place.right, walker->walk->ledger))
        return true;
    if (!dvg_walker_tell(walker))
        return false;
    walker->probe = index;
    walker->before_probe = *walker->walk->ledger;
    return walker->status == DVG_OK && dvg_walker_compare(walker, index, &place, bare);
}

/* The pair that was looked through has something to report: keep it, and go back to where it
 * began. */
static bool keep_probed(struct dvg_walker *walker)
{
    struct dvg_frame *frame = &walker->frames[walker->probe];
    walker->depth = walker->probe + 1;
    walker->pair_count = frame->last;
    walker->hit_count = 0;
    *walker->walk->ledger = walker->before_probe;
    walker->pairs[frame->kept++] = walker->pairs[frame->next - 1];
    walker->probe = SIZE_MAX;
    walker->differs = false;
    return true;
}

static bool go_on(struct dvg_walker *walker)
{
    size_t index = walker->depth - 1;
    if (!tick(walker))
        return false;
    if (walker->hit_count > 0 && walker->probe == SIZE_MAX && !dvg_walker_tell(walker))
        return false;
    if (walker->frames[index].probing)
        return probe_next(walker, index);
    return walker->frames[index].kind == DVG_FRAME_POSITION ? next_element(walker, index)
                                                            : next_pair(walker, index);
}

static bool walk_root(struct dvg_walker *walker, dvg_value left, dvg_value right)
{
    struct dvg_pair place = no_place;
    dvg_text empty = {"", 0};
    bool failed = false;
    place.left = left.cell;
    place.right = right.cell;
    if (walker->walk->base != NULL)
        return dvg_walker_compare(walker, SIZE_MAX, &place, walker->walk->bare);
    ptrdiff_t entry = dvg_skip_test(walker->walk->skip, empty, &failed);
    if (entry >= 0) {
        dvg_walker_skipped(walker, entry, NULL);
        dvg_walker_ignore(walker, left.cell, right.cell, 0);
        return true;
    }
    if (failed)
        return dvg_walker_out_of_memory(walker);
    if (walker->walk->scope != NULL && dvg_walker_outside_of(walker, &place, NULL)) {
        dvg_walker_ignore(walker, left.cell, right.cell, 0);
        return true;
    }
    if (walker->status != DVG_OK)
        return false;
    if (dvg_walker_ruled(walker, NULL)) {
        dvg_walker_ignore(walker, left.cell, right.cell, 0);
        return true;
    }
    return walker->status == DVG_OK && dvg_walker_compare(walker, SIZE_MAX, &place, empty);
}

void dvg_walker_init(struct dvg_walker *walker, const dvg_walk *walk, dvg_value left,
                     dvg_value right, dvg_error *error)
{
    memset(walker, 0, sizeof *walker);
    walker->walk = walk;
    walker->document[0] = left.document;
    walker->document[1] = right.document;
    dvg_alike_init(&walker->alike, walk, walker->document);
    walker->ticks = TICKS;
    walker->probe = walker->hiding = SIZE_MAX;
    walker->run = dvg_walk_run;
    walker->error = error;
    dvg_buffer_init(&walker->path, walk->allocator);
}

void dvg_walker_clear(struct dvg_walker *walker)
{
    const dvg_allocator *allocator = walker->walk->allocator;
    dvg_release(allocator, walker->hits, walker->hit_capacity * sizeof *walker->hits);
    dvg_release(allocator, walker->frames, walker->frame_capacity * sizeof *walker->frames);
    dvg_release(allocator, walker->pairs, walker->pair_capacity * sizeof *walker->pairs);
    for (int side = 0; side < 2; side++)
        dvg_release(allocator, walker->members[side],
                    walker->member_capacity[side] * sizeof(dvg_member));
    dvg_subtree_clear(walker);
    dvg_buffer_clear(&walker->path);
}

dvg_status dvg_walk_run(const dvg_walk *walk, dvg_value left, dvg_value right, dvg_error *error)
{
    struct dvg_walker walker;
    dvg_walker_init(&walker, walk, left, right, error);
    bool done = walk_root(&walker, left, right);
    while (done && walker.depth > 0) {
        done = go_on(&walker);
        if (!done && walker.status == DVG_OK && walker.differs)
            done = keep_probed(&walker);
    }
    if (walker.status == DVG_OK)
        dvg_walker_tell(&walker);
    dvg_walker_clear(&walker);
    return walker.status;
}
