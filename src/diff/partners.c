/*
 * partners: see partners.h. Classes are found by hash and made sure of by comparing, so that a
 * collision costs time and nothing else.
 */
#include "diff/partners.h"
#include "diff/subtree.h"

#include <string.h>

/* ---- which there are */

/* Is there nobody who could have a say in what is equal here, or whether it is looked at? */
static bool is_plain(const struct dvg_walker *walker, const struct dvg_frame *frame)
{
    const dvg_walk *walk = walker->walk;
    return !walk->every && dvg_frame_is_plain(frame) && walk->skip->count == 0 &&
           walk->rules->keyed_count == 0 && (walk->ruling == NULL || walk->ruling->places == 0);
}

/* Scalars need no hash for that. */
static bool alike(const struct dvg_elements *elements, const dvg_cell *left, const dvg_cell *right)
{
    struct dvg_walker *walker = elements->walker;
    if (dvg_cell_is_container(*left) || dvg_cell_is_container(*right))
        return dvg_subtree_same(walker, left, right, walker->frames[elements->frame].bare);
    return dvg_walker_same(walker, *left, *right);
}

static bool add(struct dvg_elements *elements, int side, const dvg_cell *cell, uint32_t index)
{
    struct dvg_element *list = elements->list[side];
    void *items = list;
    if (!dvg_grow(elements->walker->walk->allocator, &items, &elements->capacity[side],
                  elements->count[side] + 1, sizeof *list))
        return dvg_walker_out_of_memory(elements->walker);
    elements->list[side] = items;
    elements->list[side][elements->count[side]++] =
        (struct dvg_element){cell, index, 0, 0, DVG_ALONE, false};
    return true;
}

/* Count what is hidden; the others are listed. False: failed. */
static bool add_if_visible(struct dvg_elements *elements, int side, const dvg_cell *cell,
                           uint32_t index)
{
    struct dvg_walker *walker = elements->walker;
    const struct dvg_frame *frame = &walker->frames[elements->frame];
    struct dvg_pair place;
    memset(&place, 0, sizeof place);
    place.left = side == 0 ? cell : NULL;
    place.right = side == 1 ? cell : NULL;
    place.index[side] = index;
    place.index[1 - side] = UINT32_MAX;
    if ((frame->maybe || frame->asks) &&
        dvg_walker_hidden(walker, elements->frame, &place, frame->bare)) {
        dvg_walker_ignore(walker, place.left, place.right, 0);
        return !walker->walk->every || dvg_walker_add_pair(walker, &place);
    }
    return walker->status == DVG_OK && add(elements, side, cell, index);
}

static bool list_side(struct dvg_elements *elements, int side, const dvg_cell *from, uint32_t index,
                      uint32_t behind)
{
    for (; index < behind; index++) {
        if (!add_if_visible(elements, side, from, index))
            return false;
        from = dvg_cell_after(from);
    }
    return true;
}

/* Equal elements at the end, found by going through both from there. Where elements begin is known
 * only from the front, so the listed ones are looked at. */
static void trim_tail(struct dvg_elements *elements)
{
    const struct dvg_element *const *list = (const struct dvg_element *const *)elements->list;
    size_t *count = elements->count;
    while (count[0] > 0 && count[1] > 0 &&
           alike(elements, list[0][count[0] - 1].cell, list[1][count[1] - 1].cell)) {
        dvg_walker_count_same(elements->walker, list[0][count[0] - 1].cell,
                              list[1][count[1] - 1].cell);
        count[0]--;
        count[1]--;
    }
}

static bool list_both(struct dvg_elements *elements)
{
    struct dvg_walker *walker = elements->walker;
    const struct dvg_frame *frame = &walker->frames[elements->frame];
    const struct dvg_pair *place = &frame->place;
    const bool trim = is_plain(walker, frame);
    const dvg_cell *at[2] = {place->left + 1, place->right + 1};
    uint32_t count[2];
    uint32_t head = 0;
    count[0] = (uint32_t)dvg_value_count(dvg_walker_value(walker, 0, place->left));
    count[1] = (uint32_t)dvg_value_count(dvg_walker_value(walker, 1, place->right));
    while (trim && head < count[0] && head < count[1] && alike(elements, at[0], at[1])) {
        dvg_walker_count_same(walker, at[0], at[1]);
        at[0] = dvg_cell_after(at[0]);
        at[1] = dvg_cell_after(at[1]);
        head++;
    }
    for (int side = 0; side < 2; side++)
        if (!list_side(elements, side, at[side], head, count[side]))
            return false;
    if (trim)
        trim_tail(elements);
    return true;
}

/* ---- classes */

/* Finding the class of a hash. */
struct finding {
    struct dvg_elements *elements;
    uint32_t *slots; /* 1 + class; 0: free */
    size_t slot_count;
    struct known {
        uint64_t hash;
        const dvg_cell *cell;
        int side;
    } * known;         /* by class */
    bool open;         /* the elements themselves are, whatever is in them */
    bool scalars_open; /* those that are scalars */
};

/* Is the element of that class? One of an open class is if the hashes are the same. */
static bool is_of_class(const struct finding *finding, uint32_t class_id, uint64_t hash, int side,
                        const dvg_cell *cell)
{
    struct dvg_walker *walker = finding->elements->walker;
    const struct known *known = &finding->known[class_id];
    bool same = known->hash == hash;
    if (!same || dvg_subtree_is_open(hash))
        return same;
    if (!dvg_value_same(dvg_walker_value(walker, known->side, known->cell),
                        dvg_walker_value(walker, side, cell), walker->walk->rules->numbers,
                        walker->walk->allocator, &same))
        dvg_walker_out_of_memory(walker);
    return same;
}

/* What may be anything under rules has one hash with all of its type; a rule may call a number and
 * a text equal. */
static uint64_t hash_of(const struct finding *finding, int side, const dvg_cell *cell)
{
    struct dvg_walker *walker = finding->elements->walker;
    bool container = dvg_cell_is_container(*cell);
    if (container ? finding->open : finding->scalars_open)
        return container ? (uint64_t)dvg_tag_type(dvg_cell_tag(*cell)) * 64 + 1 : 1 + 64;
    return dvg_subtree_hash(walker, side, cell, walker->frames[finding->elements->frame].bare);
}

static bool classify(struct finding *finding, int side, struct dvg_element *element)
{
    struct dvg_elements *elements = finding->elements;
    uint64_t hash = hash_of(finding, side, element->cell);
    size_t mask = finding->slot_count - 1;
    size_t slot = (size_t)(hash >> 1) & mask;
    if (hash == 0)
        return false;
    while (finding->slots[slot] != 0 &&
           !is_of_class(finding, finding->slots[slot] - 1, hash, side, element->cell))
        slot = (slot + 1) & mask;
    if (finding->slots[slot] == 0) {
        uint32_t made = (uint32_t)elements->class_count++;
        finding->slots[slot] = made + 1;
        finding->known[made] = (struct known){hash, element->cell, side};
        elements->classes[made] = (struct dvg_element_class){{0, 0}, dvg_subtree_is_open(hash)};
    }
    element->class_id = finding->slots[slot] - 1;
    if (dvg_subtree_is_open(hash))
        element->exact = dvg_subtree_exact(elements->walker, side, element->cell);
    elements->classes[element->class_id].count[side]++;
    return elements->walker->status == DVG_OK;
}

/* Are the elements themselves, whatever is in them, open to rules? */
static bool is_open(const struct dvg_walker *walker, const struct dvg_frame *frame)
{
    const dvg_ruling *ruling = walker->walk->ruling;
    return frame->alive ||
           (frame->maybe && ruling != NULL &&
            (ruling->places & ~(unsigned)(DVG_EFFECT_MATCH | DVG_EFFECT_IGNORE)) != 0);
}

/* Scalars are if a rule may say that two are equal: what hides one has hidden it before. */
static bool are_scalars_open(const struct dvg_walker *walker, const struct dvg_frame *frame)
{
    const dvg_ruling *ruling = walker->walk->ruling;
    return (frame->alive || frame->maybe) && ruling != NULL &&
           (ruling->places & DVG_EFFECTS_OF_EQUALITY) != 0;
}

static bool classify_all(struct finding *finding)
{
    struct dvg_elements *elements = finding->elements;
    for (int side = 0; side < 2; side++)
        for (size_t i = 0; i < elements->count[side]; i++)
            if (!classify(finding, side, &elements->list[side][i]))
                return false;
    return true;
}

static bool find_classes(struct dvg_elements *elements)
{
    struct dvg_walker *walker = elements->walker;
    const dvg_allocator *allocator = walker->walk->allocator;
    size_t all = elements->count[0] + elements->count[1];
    struct finding finding = {.elements = elements, .slot_count = 16};
    finding.open = is_open(walker, &walker->frames[elements->frame]);
    finding.scalars_open = are_scalars_open(walker, &walker->frames[elements->frame]);
    while (finding.slot_count < 2 * all)
        finding.slot_count *= 2;
    finding.slots = dvg_allocate_zero(allocator, finding.slot_count * sizeof *finding.slots);
    finding.known = dvg_allocate(allocator, (all + 1) * sizeof *finding.known);
    elements->class_capacity = all + 1;
    elements->classes = dvg_allocate(allocator, (all + 1) * sizeof *elements->classes);
    bool made = finding.slots != NULL && finding.known != NULL && elements->classes != NULL;
    bool done = made ? classify_all(&finding) : dvg_walker_out_of_memory(walker);
    dvg_release(allocator, finding.slots, finding.slot_count * sizeof *finding.slots);
    dvg_release(allocator, finding.known, (all + 1) * sizeof *finding.known);
    return done;
}

/* ---- which side comes first */

/* Cells that are looked at; what differs behind them is left in the order of the sides. */
enum { CELLS_COMPARED = 256 };

/* An order of cells that says nothing but that they are not the same. */
static int compare_cells(const struct dvg_walker *walker, const dvg_cell *left,
                         const dvg_cell *right)
{
    size_t nodes[2] = {(size_t)(dvg_cell_after(left) - left),
                       (size_t)(dvg_cell_after(right) - right)};
    int order = (nodes[0] > nodes[1]) - (nodes[0] < nodes[1]);
    for (size_t i = 0; i < nodes[0] && i < CELLS_COMPARED && order == 0; i++) {
        dvg_type types[2] = {dvg_tag_type(dvg_cell_tag(left[i])),
                             dvg_tag_type(dvg_cell_tag(right[i]))};
        order = (types[0] > types[1]) - (types[0] < types[1]);
        if (order == 0 && types[0] >= DVG_INTEGER && !dvg_cell_is_container(left[i]))
            order = dvg_text_compare(dvg_cell_text(walker->document[0], left[i]),
                                     dvg_cell_text(walker->document[1], right[i]));
    }
    return order;
}

/* The shorter list; of two as long the one whose first element that has no equal at its place is
 * the smaller. */
static int first_side(const struct dvg_elements *elements)
{
    if (elements->count[0] != elements->count[1])
        return elements->count[0] < elements->count[1] ? 0 : 1;
    int order = 0;
    for (size_t i = 0; i < elements->count[0] && i < CELLS_COMPARED && order == 0; i++)
        order =
            compare_cells(elements->walker, elements->list[0][i].cell, elements->list[1][i].cell);
    return order > 0 ? 1 : 0;
}

/* ---- the whole */

bool dvg_elements_collect(struct dvg_elements *elements, struct dvg_walker *walker, size_t frame)
{
    memset(elements, 0, sizeof *elements);
    elements->walker = walker;
    elements->frame = frame;
    if (!list_both(elements) || !find_classes(elements))
        return false;
    elements->first = first_side(elements);
    return true;
}

void dvg_elements_clear(struct dvg_elements *elements)
{
    const dvg_allocator *allocator = elements->walker->walk->allocator;
    for (int side = 0; side < 2; side++)
        dvg_release(allocator, elements->list[side],
                    elements->capacity[side] * sizeof *elements->list[side]);
    dvg_release(allocator, elements->classes, elements->class_capacity * sizeof *elements->classes);
}

struct dvg_pair dvg_elements_place(const struct dvg_elements *elements, uint32_t left,
                                   uint32_t right)
{
    const uint32_t at[2] = {left, right};
    struct dvg_pair place;
    memset(&place, 0, sizeof place);
    for (int side = 0; side < 2; side++)
        place.index[side] =
            at[side] == DVG_ALONE ? UINT32_MAX : elements->list[side][at[side]].index;
    place.left = left == DVG_ALONE ? NULL : elements->list[0][left].cell;
    place.right = right == DVG_ALONE ? NULL : elements->list[1][right].cell;
    return place;
}

bool dvg_elements_same(struct dvg_elements *elements, uint32_t left, uint32_t right)
{
    const struct dvg_element *a = &elements->list[0][left];
    if (elements->walker->status != DVG_OK || a->class_id != elements->list[1][right].class_id)
        return false;
    if (!elements->classes[a->class_id].open)
        return true;
    struct dvg_pair place = dvg_elements_place(elements, left, right);
    return dvg_walker_probe(elements->walker, elements->frame, &place);
}

void dvg_elements_join(struct dvg_elements *elements, uint32_t left, uint32_t right)
{
    elements->list[0][left].partner = right;
    elements->list[1][right].partner = left;
}

/* ---- equal ones without a partner */

/* The elements of the side that comes second, chained by class where they have no partner: the
 * first of each class, and the one behind each. */
struct chains {
    struct dvg_elements *elements;
    int first, second;
    uint32_t *of_class;
    uint32_t *behind;
    size_t size;
};

static bool chains_init(struct chains *chains, struct dvg_elements *elements)
{
    chains->elements = elements;
    chains->first = elements->first;
    chains->second = 1 - elements->first;
    chains->size = elements->class_count + elements->count[chains->second] + 1;
    chains->of_class =
        dvg_allocate(elements->walker->walk->allocator, chains->size * sizeof(uint32_t));
    if (chains->of_class == NULL)
        return false;
    chains->behind = chains->of_class + elements->class_count;
    memset(chains->of_class, 0xff, elements->class_count * sizeof(uint32_t));
    for (size_t i = elements->count[chains->second]; i-- > 0;) {
        const struct dvg_element *element = &elements->list[chains->second][i];
        if (element->partner != DVG_ALONE)
            continue;
        chains->behind[i] = chains->of_class[element->class_id];
        chains->of_class[element->class_id] = (uint32_t)i;
    }
    return true;
}

/* Of an open class several may be tried, but not all. */
enum { TRIES = 64 };

/* Take a partner for an element of the first side out of its chain. False: there is none. */
static bool take_equal(const struct chains *chains, uint32_t at, uint32_t places[2])
{
    const struct dvg_element *element = &chains->elements->list[chains->first][at];
    uint32_t *link = &chains->of_class[element->class_id];
    for (int tries = 0; *link != DVG_ALONE && tries < TRIES; tries++) {
        places[chains->first] = at;
        places[chains->second] = *link;
        if (dvg_elements_same(chains->elements, places[0], places[1])) {
            *link = chains->behind[*link];
            return true;
        }
        link = &chains->behind[*link];
    }
    chains->elements->cut = chains->elements->cut || *link != DVG_ALONE;
    return false;
}

static void join_moved(struct dvg_elements *elements, const uint32_t places[2], bool moved)
{
    dvg_elements_join(elements, places[0], places[1]);
    for (int side = 0; side < 2; side++)
        elements->list[side][places[side]].moved = moved;
}

static bool join_by_class(struct dvg_elements *elements, bool moved)
{
    struct chains chains = {.elements = elements};
    uint32_t places[2];
    if (!chains_init(&chains, elements))
        return dvg_walker_out_of_memory(elements->walker);
    const struct dvg_element *list = elements->list[chains.first];
    for (uint32_t at = 0; at < elements->count[chains.first]; at++)
        if (list[at].partner == DVG_ALONE && take_equal(&chains, at, places))
            join_moved(elements, places, moved);
    dvg_release(elements->walker->walk->allocator, chains.of_class, chains.size * sizeof(uint32_t));
    return elements->walker->status == DVG_OK;
}

/* ---- of open classes, those that are the same as they stand
 * Of such a class only some can be tried, and the very same element should not be missed for it. */

struct exact {
    uint64_t hash;
    uint32_t at;
};

static int by_hash(const void *left, const void *right)
{
    const struct exact *a = left;
    const struct exact *b = right;
    int order = (a->hash > b->hash) - (a->hash < b->hash);
    return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

/* Elements of open classes that have no partner. Returns how many. */
static size_t list_exact(const struct dvg_elements *elements, int side, struct exact *list)
{
    size_t count = 0;
    for (uint32_t at = 0; at < elements->count[side]; at++) {
        const struct dvg_element *element = &elements->list[side][at];
        if (element->partner == DVG_ALONE && elements->classes[element->class_id].open)
            list[count++] = (struct exact){element->exact, at};
    }
    return count;
}

/* The two lists are sorted alike, so that those of one hash are met at once; rules may still tell
 * two apart. */
static void join_sorted(struct dvg_elements *elements, struct exact *const list[2],
                        const size_t count[2], bool moved)
{
    size_t at[2] = {0, 0};
    while (at[0] < count[0] && at[1] < count[1] && elements->walker->status == DVG_OK) {
        const struct exact *a = &list[0][at[0]];
        const struct exact *b = &list[1][at[1]];
        const uint32_t places[2] = {a->at, b->at};
        if (a->hash == b->hash && dvg_elements_same(elements, a->at, b->at))
            join_moved(elements, places, moved);
        at[0] += a->hash <= b->hash;
        at[1] += b->hash <= a->hash;
    }
}

static bool join_exact(struct dvg_elements *elements, bool moved)
{
    const dvg_allocator *allocator = elements->walker->walk->allocator;
    size_t size = elements->count[0] + elements->count[1] + 1;
    bool any = false;
    for (size_t i = 0; i < elements->class_count && !any; i++)
        any = elements->classes[i].open && elements->classes[i].count[0] > 0 &&
              elements->classes[i].count[1] > 0;
    if (!any)
        return true;
    struct exact *lists = dvg_allocate(allocator, size * sizeof *lists);
    if (lists == NULL)
        return dvg_walker_out_of_memory(elements->walker);
    struct exact *const list[2] = {lists, lists + elements->count[0]};
    size_t count[2];
    bool sorted = true;
    for (int side = 0; side < 2; side++) {
        count[side] = list_exact(elements, side, list[side]);
        sorted = sorted && dvg_sort(allocator, list[side], count[side], sizeof *lists, by_hash);
    }
    if (sorted)
        join_sorted(elements, list, count, moved);
    else
        dvg_walker_out_of_memory(elements->walker);
    dvg_release(allocator, lists, size * sizeof *lists);
    return elements->walker->status == DVG_OK;
}

bool dvg_elements_join_equal(struct dvg_elements *elements, bool moved)
{
    return join_exact(elements, moved) && join_by_class(elements, moved);
}
