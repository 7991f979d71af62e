/*
 * align: see align.h. What has no equal on the other side is left out first. Boxes of the two lists
 * that are still to be searched stand on a stack.
 */
#include "diff/align.h"

#include <string.h>

/* Rounds of a search in one box before it is cut where it has come furthest. */
enum { ROUNDS = 256 };

/* A part of the first list and one of the second. */
struct box {
    int64_t low[2], high[2];
};

struct aligning {
    struct dvg_elements *elements;
    uint32_t *list[2]; /* elements that have an equal one, first side first */
    int64_t count[2];
    int64_t *forward, *backward; /* by diagonal: how far a path has come in the first list */
    int64_t *reach;              /* what the two point into */
    struct box *boxes;
    size_t box_count, box_capacity;
    bool failed;
};

/* ---- runs that rise */

size_t dvg_align_rising(const dvg_allocator *allocator, const uint32_t *positions, size_t count,
                        bool *kept)
{
    size_t length = 0;
    uint32_t *work = dvg_allocate(allocator, (2 * count + 1) * sizeof *work);
    uint32_t *ends = work;               /* where the best run of each length ends */
    uint32_t *before = work + count + 1; /* the one before, in the run that ends there */
    if (work == NULL)
        return SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        size_t low = 0;
        size_t high = length;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (positions[ends[middle]] < positions[i])
                low = middle + 1;
            else
                high = middle;
        }
        before[i] = low > 0 ? ends[low - 1] : DVG_ALONE;
        ends[low] = (uint32_t)i;
        length = low == length ? length + 1 : length;
        kept[i] = false;
    }
    for (uint32_t at = length > 0 ? ends[length - 1] : DVG_ALONE; at != DVG_ALONE; at = before[at])
        kept[at] = true;
    dvg_release(allocator, work, (2 * count + 1) * sizeof *work);
    return length;
}

/* ---- the lists */

static struct dvg_element *element_of(const struct aligning *a, int which, int64_t at)
{
    int side = which == 0 ? a->elements->first : 1 - a->elements->first;
    return &a->elements->list[side][a->list[which][at]];
}

static bool same(const struct aligning *a, int64_t x, int64_t y)
{
    uint32_t at[2];
    if (element_of(a, 0, x)->class_id != element_of(a, 1, y)->class_id)
        return false;
    at[a->elements->first] = a->list[0][x];
    at[1 - a->elements->first] = a->list[1][y];
    return dvg_elements_same(a->elements, at[0], at[1]);
}

static void join(const struct aligning *a, int64_t x, int64_t y)
{
    uint32_t at[2];
    at[a->elements->first] = a->list[0][x];
    at[1 - a->elements->first] = a->list[1][y];
    dvg_elements_join(a->elements, at[0], at[1]);
}

static bool make_lists(struct aligning *a)
{
    struct dvg_elements *elements = a->elements;
    const dvg_allocator *allocator = elements->walker->walk->allocator;
    for (int which = 0; which < 2; which++) {
        int side = which == 0 ? elements->first : 1 - elements->first;
        a->list[which] =
            dvg_allocate(allocator, (elements->count[side] + 1) * sizeof *a->list[which]);
        if (a->list[which] == NULL)
            return false;
        for (size_t i = 0; i < elements->count[side]; i++) {
            const struct dvg_element_class *class =
                &elements->classes[elements->list[side][i].class_id];
            if (class->count[1 - side] > 0)
                a->list[which][a->count[which]++] = (uint32_t)i;
        }
    }
    return true;
}

/* ---- every element once */

static bool all_once(const struct dvg_elements *elements)
{
    for (size_t i = 0; i < elements->class_count; i++) {
        const struct dvg_element_class *class = &elements->classes[i];
        bool both = class->count[0] > 0 && class->count[1] > 0;
        if (both && (class->open || class->count[0] > 1 || class->count[1] > 1))
            return false;
    }
    return true;
}

/* The longest common subsequence of two lists of the same members is a longest run that rises. */
static void align_once(struct aligning *a)
{
    const dvg_allocator *allocator = a->elements->walker->walk->allocator;
    size_t classes = a->elements->class_count;
    size_t count = (size_t)a->count[0];
    uint32_t *where = dvg_allocate(allocator, (classes + count + 1) * sizeof *where);
    uint32_t *positions = where == NULL ? NULL : where + classes;
    bool *kept = dvg_allocate(allocator, count + 1);
    a->failed = where == NULL || kept == NULL;
    for (size_t i = 0; !a->failed && i < count; i++)
        where[element_of(a, 1, (int64_t)i)->class_id] = (uint32_t)i;
    for (size_t i = 0; !a->failed && i < count; i++)
        positions[i] = where[element_of(a, 0, (int64_t)i)->class_id];
    if (!a->failed && dvg_align_rising(allocator, positions, count, kept) == SIZE_MAX)
        a->failed = true;
    for (size_t i = 0; !a->failed && i < count; i++)
        if (kept[i])
            join(a, (int64_t)i, positions[i]);
    dvg_release(allocator, where, (classes + count + 1) * sizeof *where);
    dvg_release(allocator, kept, count + 1);
}

/* ---- the search in a box */

static void push(struct aligning *a, const struct box *box)
{
    void *boxes = a->boxes;
    if (!dvg_grow(a->elements->walker->walk->allocator, &boxes, &a->box_capacity, a->box_count + 1,
                  sizeof *a->boxes)) {
        a->failed = true;
        return;
    }
    a->boxes = boxes;
    a->boxes[a->box_count++] = *box;
}

/* The diagonals that a search looks at, every second one between two bounds. */
struct front {
    int64_t low, high;
};

/* One step further at both ends, but not over the box. What lies outside can never be reached. */
static void widen(struct front *front, int64_t *reach, int64_t least, int64_t most, int64_t never)
{
    if (front->low > least)
        reach[--front->low - 1] = never;
    else
        front->low++;
    if (front->high < most)
        reach[++front->high + 1] = never;
    else
        front->high--;
}

struct search {
    struct aligning *a;
    struct box box;
    struct front forward, backward;
    int64_t x, y; /* where the paths meet */
};

/* One more insertion or deletion from the beginning. True: it met the other path. */
static bool go_forward(struct search *s, bool odd)
{
    int64_t *reach = s->a->forward;
    widen(&s->forward, reach, s->box.low[0] - s->box.high[1], s->box.high[0] - s->box.low[1], -1);
    for (int64_t d = s->forward.high; d >= s->forward.low; d -= 2) {
        int64_t x = reach[d - 1] < reach[d + 1] ? reach[d + 1] : reach[d - 1] + 1;
        while (x < s->box.high[0] && x - d < s->box.high[1] && same(s->a, x, x - d))
            x++;
        reach[d] = x;
        if (odd && d >= s->backward.low && d <= s->backward.high && s->a->backward[d] <= x) {
            s->x = x;
            s->y = x - d;
            return true;
        }
    }
    return false;
}

static bool go_backward(struct search *s, bool odd)
{
    int64_t *reach = s->a->backward;
    widen(&s->backward, reach, s->box.low[0] - s->box.high[1], s->box.high[0] - s->box.low[1],
          INT64_MAX);
    for (int64_t d = s->backward.high; d >= s->backward.low; d -= 2) {
        int64_t x = reach[d - 1] < reach[d + 1] ? reach[d - 1] : reach[d + 1] - 1;
        while (x > s->box.low[0] && x - d > s->box.low[1] && same(s->a, x - 1, x - d - 1))
            x--;
        reach[d] = x;
        if (!odd && d >= s->forward.low && d <= s->forward.high && x <= s->a->forward[d]) {
            s->x = x;
            s->y = x - d;
            return true;
        }
    }
    return false;
}

/* The budget is spent: go on from where a path from the beginning has come furthest. */
static void cut(struct search *s)
{
    int64_t best = -1;
    for (int64_t d = s->forward.low; d <= s->forward.high; d += 2) {
        int64_t x = s->a->forward[d];
        x = x > s->box.high[0] ? s->box.high[0] : x;
        int64_t y = x - d;
        if (y > s->box.high[1]) {
            y = s->box.high[1];
            x = y + d;
        }
        if (x >= s->box.low[0] && y >= s->box.low[1] && x + y > best) {
            best = x + y;
            s->x = x;
            s->y = y;
        }
    }
    s->a->elements->cut = true;
}

/* A place through which a shortest path leads. */
static void find_middle(struct search *s)
{
    int64_t begin = s->box.low[0] - s->box.low[1];
    int64_t end = s->box.high[0] - s->box.high[1];
    bool odd = ((begin - end) & 1) != 0;
    s->forward = (struct front){begin, begin};
    s->backward = (struct front){end, end};
    s->a->forward[begin] = s->box.low[0];
    s->a->backward[end] = s->box.high[0];
    for (int round = 0; round < ROUNDS; round++)
        if (go_forward(s, odd) || go_backward(s, odd))
            return;
    cut(s);
}

/* Equal elements at both ends of a box are partners. */
static void strip(const struct aligning *a, struct box *box)
{
    while (box->low[0] < box->high[0] && box->low[1] < box->high[1] &&
           same(a, box->low[0], box->low[1]))
        join(a, box->low[0]++, box->low[1]++);
    while (box->low[0] < box->high[0] && box->low[1] < box->high[1] &&
           same(a, box->high[0] - 1, box->high[1] - 1))
        join(a, --box->high[0], --box->high[1]);
}

static bool is_whole(const struct box *box, const struct search *s)
{
    bool begins = s->x == box->low[0] && s->y == box->low[1];
    return begins || (s->x == box->high[0] && s->y == box->high[1]);
}

static void search_box(struct aligning *a, struct box box)
{
    struct search s = {.a = a};
    strip(a, &box);
    if (box.low[0] == box.high[0] || box.low[1] == box.high[1])
        return;
    s.box = box;
    find_middle(&s);
    if (is_whole(&box, &s)) {
        a->elements->cut = true;
        return;
    }
    const struct box before = {{box.low[0], box.low[1]}, {s.x, s.y}};
    const struct box after = {{s.x, s.y}, {box.high[0], box.high[1]}};
    push(a, &after);
    push(a, &before);
}

static void align_any(struct aligning *a)
{
    const dvg_allocator *allocator = a->elements->walker->walk->allocator;
    size_t diagonals = (size_t)(a->count[0] + a->count[1]) + 3;
    const struct box whole = {{0, 0}, {a->count[0], a->count[1]}};
    a->reach = dvg_allocate(allocator, 2 * diagonals * sizeof *a->reach);
    a->failed = a->reach == NULL;
    if (!a->failed) {
        a->forward = a->reach + a->count[1] + 1;
        a->backward = a->forward + diagonals;
        push(a, &whole);
    }
    while (a->box_count > 0 && !a->failed && a->elements->walker->status == DVG_OK)
        search_box(a, a->boxes[--a->box_count]);
    dvg_release(allocator, a->reach, 2 * diagonals * sizeof *a->reach);
    dvg_release(allocator, a->boxes, a->box_capacity * sizeof *a->boxes);
}

bool dvg_align(struct dvg_elements *elements)
{
    const dvg_allocator *allocator = elements->walker->walk->allocator;
    struct aligning a = {.elements = elements};
    a.failed = !make_lists(&a);
    if (!a.failed && all_once(elements))
        align_once(&a);
    else if (!a.failed)
        align_any(&a);
    for (int which = 0; which < 2; which++) {
        int side = which == 0 ? elements->first : 1 - elements->first;
        dvg_release(allocator, a.list[which], (elements->count[side] + 1) * sizeof *a.list[which]);
    }
    if (a.failed)
        return dvg_walker_out_of_memory(elements->walker);
    return elements->walker->status == DVG_OK;
}
