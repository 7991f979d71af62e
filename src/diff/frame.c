/*
 * frame: see frame.h. Steps are made here, once for each place that somebody has to name.
 */
#include "diff/frame.h"

#include <string.h>

bool dvg_walker_fail(struct dvg_walker *walker, dvg_status status)
{
    if (walker->status == DVG_OK)
        walker->status = status;
    return false;
}

bool dvg_walker_out_of_memory(struct dvg_walker *walker)
{
    return dvg_walker_fail(walker, dvg_fail_memory(walker->error));
}

bool dvg_walker_add_pair(struct dvg_walker *walker, const struct dvg_pair *pair)
{
    void *pairs = walker->pairs;
    if (!dvg_grow(walker->walk->allocator, &pairs, &walker->pair_capacity, walker->pair_count + 1,
                  sizeof *walker->pairs))
        return dvg_walker_out_of_memory(walker);
    walker->pairs = pairs;
    walker->pairs[walker->pair_count++] = *pair;
    return true;
}

/* Elements whose keys are spelled alike stay in document order. */
static int by_name(const void *left, const void *right)
{
    const struct dvg_pair *a = left;
    const struct dvg_pair *b = right;
    int order = dvg_text_compare(a->name, b->name);
    for (int side = 0; side < 2 && order == 0; side++)
        order = (a->index[side] > b->index[side]) - (a->index[side] < b->index[side]);
    return order;
}

bool dvg_pairs_sort(struct dvg_walker *walker, size_t first, size_t last)
{
    if (last - first < 2 || dvg_sort(walker->walk->allocator, walker->pairs + first, last - first,
                                     sizeof *walker->pairs, by_name))
        return true;
    return dvg_walker_out_of_memory(walker);
}

bool dvg_walker_stop_probe(struct dvg_walker *walker)
{
    if (walker->probe == SIZE_MAX)
        return false;
    walker->differs = true;
    return true;
}

/* ---- steps */

static void fill_step(dvg_step *step, const struct dvg_walker *walker,
                      const struct dvg_frame *frame, const struct dvg_pair *place,
                      const dvg_step *parent)
{
    memset(step, 0, sizeof *step);
    step->parent = parent;
    for (int side = 0; side < 2; side++)
        step->index[side] = place->index[side] == UINT32_MAX ? UINT64_MAX : place->index[side];
    step->kind = frame->kind == DVG_FRAME_OBJECT  ? DVG_STEP_MEMBER
                 : frame->kind == DVG_FRAME_KEYED ? DVG_STEP_KEYED
                                                  : DVG_STEP_INDEX;
    if (place->made_key)
        step->value = (dvg_value){
            &((const struct dvg_made_key *)(const void *)place->key)->document, place->key};
    else if (place->key != NULL)
        step->value = (dvg_value){walker->document[place->key_is_left ? 0 : 1], place->key};
    if (frame->kind == DVG_FRAME_KEYED)
        step->field = frame->way->key;
    else
        step->field = place->renamed;
}

static dvg_step *new_step(struct dvg_walker *walker, const struct dvg_frame *frame,
                          const struct dvg_pair *place, const dvg_step *parent)
{
    dvg_step *step = dvg_arena_get(walker->walk->steps, sizeof *step);
    if (step == NULL)
        dvg_walker_out_of_memory(walker);
    else
        fill_step(step, walker, frame, place, parent);
    return step;
}

/* Give a step to every frame from the outermost to `frame` that has none. Without recursion: the
 * nearest frame that has one is found first. */
const dvg_step *dvg_frame_step(struct dvg_walker *walker, size_t frame)
{
    size_t made = frame + 1;
    while (made > 0 && !walker->frames[made - 1].has_step)
        made--;
    for (; made <= frame; made++) {
        struct dvg_frame *mine = &walker->frames[made];
        if (made > 0) {
            const struct dvg_frame *parent = &walker->frames[made - 1];
            mine->step = new_step(walker, parent, &mine->place, parent->step);
            if (mine->step == NULL)
                return NULL;
        }
        if (made == 0)
            mine->step = walker->walk->base;
        mine->has_step = true;
    }
    return walker->frames[frame].step;
}

const dvg_step *dvg_child_step(struct dvg_walker *walker, size_t frame,
                               const struct dvg_pair *place)
{
    if (frame == SIZE_MAX)
        return walker->walk->base;
    const dvg_step *parent = dvg_frame_step(walker, frame);
    if (walker->status != DVG_OK)
        return NULL;
    return new_step(walker, &walker->frames[frame], place, parent);
}

bool dvg_child_step_on(dvg_step *step, struct dvg_walker *walker, size_t frame,
                       const struct dvg_pair *place)
{
    const dvg_step *parent = dvg_frame_step(walker, frame);
    if (walker->status == DVG_OK)
        fill_step(step, walker, &walker->frames[frame], place, parent);
    return walker->status == DVG_OK;
}

/* ---- skips */

static dvg_text bare_of_keyed(struct dvg_walker *walker, const struct dvg_frame *frame,
                              const struct dvg_pair *place)
{
    bool dotted = memchr(frame->way->key, '.', frame->way->key_size) != NULL ||
                  (place->name.size > 0 && memchr(place->name.data, '.', place->name.size) != NULL);
    if (!dotted)
        return frame->bare;
    /* The key's text changes what is the last part of the path: spell the step out. */
    dvg_buffer text;
    dvg_buffer_init(&text, walker->walk->allocator);
    dvg_buffer_add(&text, frame->way->key, frame->way->key_size);
    dvg_buffer_add_byte(&text, '=');
    dvg_buffer_add(&text, place->name.data, place->name.size);
    dvg_buffer_add_byte(&text, ']');
    dvg_text bare = {"", 0};
    if (!text.failed)
        bare = dvg_path_bare(text.data, text.size);
    const char *copy = dvg_arena_copy(walker->walk->steps, bare.data, bare.size);
    if (text.failed || copy == NULL)
        dvg_walker_out_of_memory(walker);
    dvg_buffer_clear(&text);
    return (dvg_text){copy != NULL ? copy : "", copy != NULL ? bare.size : 0};
}

dvg_text dvg_child_bare(struct dvg_walker *walker, const struct dvg_frame *frame,
                        const struct dvg_pair *place)
{
    if (frame->kind == DVG_FRAME_OBJECT)
        return dvg_path_bare(place->name.data, place->name.size);
    return frame->kind == DVG_FRAME_KEYED ? bare_of_keyed(walker, frame, place) : frame->bare;
}

const char *dvg_walker_path(struct dvg_walker *walker, const dvg_step *step)
{
    walker->path.size = 0;
    dvg_path_render(&walker->path, step, walker->walk->allocator);
    const char *path = dvg_buffer_string(&walker->path);
    if (path == NULL)
        dvg_walker_out_of_memory(walker);
    return path;
}

/* Index of the skip's entry that hides the place; -1: there is none, or the walker failed. */
static ptrdiff_t find_skip(struct dvg_walker *walker, const dvg_step *step)
{
    bool failed = false;
    if (walker->walk->skip->count == 0)
        return -1;
    const char *path = dvg_walker_path(walker, step);
    if (path == NULL)
        return -1;
    ptrdiff_t entry =
        dvg_skip_test(walker->walk->skip, (dvg_text){path, walker->path.size}, &failed);
    if (failed)
        dvg_walker_out_of_memory(walker);
    return entry;
}

bool dvg_walker_test(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                     dvg_text bare)
{
    dvg_step step;
    ptrdiff_t entry = -1;
    /* Elements that are to be listed are asked about with their partners. */
    if (walker->frames[frame].kind != DVG_FRAME_LISTED && dvg_walker_outside(walker, frame, place))
        return true;
    if (walker->status != DVG_OK)
        return false;
    /* A member whose name is the last part as it stands: an entry of that name settles it. */
    if (walker->frames[frame].kind == DVG_FRAME_OBJECT && bare.size == place->name.size)
        entry = dvg_skip_leaf(walker->walk->skip, bare);
    if (entry >= 0 && !walker->walk->thorough)
        return true;
    if (!dvg_child_step_on(&step, walker, frame, place))
        return false;
    if (entry < 0)
        entry = find_skip(walker, &step);
    if (entry < 0)
        return walker->status == DVG_OK && dvg_walker_ruled(walker, &step);
    dvg_walker_skipped(walker, entry, &step);
    return walker->status == DVG_OK;
}

void dvg_walker_ignore(struct dvg_walker *walker, const dvg_cell *left, const dvg_cell *right,
                       uint64_t names)
{
    const dvg_cell *cells[2] = {left, right};
    dvg_ledger *ledger = walker->walk->ledger;
    bool outside = walker->outside;
    walker->outside = false;
    ledger->skipped += !outside;
    for (int side = 0; side < 2; side++) {
        if (cells[side] == NULL)
            continue;
        uint64_t nodes = (uint64_t)(dvg_cell_after(cells[side]) - cells[side]) + names;
        if (outside)
            ledger->side[side].outside += nodes;
        else
            ledger->side[side].ignored += nodes;
        if (walker->hiding != SIZE_MAX)
            walker->hits[walker->hiding].nodes[side] += nodes;
    }
    walker->hiding = SIZE_MAX;
}

/* ---- reporting */

/* The kind of a divergence at a child of `frame`. Which occurrence of a repeated name or key goes
 * with which, and which element without a key, is only assumed: a difference there says that first.
 * Where the last one counts, nothing is assumed. */
static dvg_kind kind_at(const struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                        dvg_kind kind)
{
    const struct dvg_frame *inside = frame == SIZE_MAX ? NULL : &walker->frames[frame];
    if (walker->walk->rules->reading.duplicates == DVG_DUPLICATES_LAST)
        return kind;
    if (place->again || (inside != NULL && inside->again))
        return DVG_KIND_DUPLICATE;
    return place->keyless || (inside != NULL && inside->keyless) ? DVG_KIND_KEYLESS : kind;
}

bool dvg_walker_report(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place,
                       dvg_kind kind, const dvg_cell *left, const dvg_cell *right)
{
    const dvg_walk *walk = walker->walk;
    dvg_record record;
    if (dvg_walker_stop_probe(walker))
        return false;
    memset(&record, 0, sizeof record);
    record.path = dvg_child_step(walker, frame, place);
    if (walker->status != DVG_OK)
        return false;
    if (dvg_walker_beside(walker, frame, record.path, kind)) {
        walker->note = NULL;
        return walker->status == DVG_OK;
    }
    record.left = dvg_walker_value(walker, 0, left);
    record.right = dvg_walker_value(walker, 1, right);
    record.file = walk->file_index;
    record.rule = DVG_RULE_NONE;
    record.kind = (uint8_t)kind_at(walker, frame, place, kind);
    record.note = walker->note;
    walker->note = NULL;
    record.side = left == NULL ? DVG_THE_RIGHT : right == NULL ? DVG_THE_LEFT : DVG_NEITHER;
    dvg_status status = walk->record(walk->payload, &record, walker->error);
    return status == DVG_OK || dvg_walker_fail(walker, status);
}

bool dvg_walker_report_alone(struct dvg_walker *walker, size_t frame, const struct dvg_pair *place)
{
    int side = place->left != NULL ? 0 : 1;
    const dvg_cell *element = side == 0 ? place->left : place->right;
    walker->walk->ledger->side[side].one_sided += (uint64_t)(dvg_cell_after(element) - element);
    return dvg_walker_report(walker, frame, place,
                             side == 0 ? DVG_KIND_ELEMENT_MISSING : DVG_KIND_ELEMENT_EXTRA,
                             place->left, place->right);
}
