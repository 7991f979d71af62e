/*
 * repeats: see repeats.h. A handful of names is compared pair by pair; more go through a table
 * whose hash is seeded. Dropping is one pass over the tape with a stack of its own.
 */
#include "value/repeats.h"
#include "base/bytes.h"

#include <string.h>

enum { FEW = 16 };

void dvg_repeats_init(dvg_repeats *repeats, const dvg_allocator *allocator, const dvg_seed *seed)
{
    memset(repeats, 0, sizeof *repeats);
    repeats->allocator = allocator;
    repeats->seed = seed;
}

void dvg_repeats_clear(dvg_repeats *repeats)
{
    dvg_release(repeats->allocator, repeats->slots, repeats->slot_capacity * sizeof(uint32_t));
    dvg_release(repeats->allocator, (void *)repeats->names,
                repeats->name_capacity * sizeof *repeats->names);
    dvg_repeats_init(repeats, repeats->allocator, repeats->seed);
}

/* ---- finding */

static bool same_name(const dvg_document *document, dvg_cell left, dvg_cell right)
{
    return dvg_text_same(dvg_cell_text(document, left), dvg_cell_text(document, right));
}

static void found(dvg_document *document, const dvg_cell *name, const dvg_cell **repeated)
{
    /* An inner object is closed, and looked at, before the outer one. */
    uint64_t byte = dvg_cell_source_byte(document, *name);
    if (document->repeated++ == 0 || byte < document->first_repeated_byte)
        document->first_repeated_byte = byte;
    if (*repeated == NULL)
        *repeated = name;
}

static bool check_few(dvg_document *document, size_t position, const dvg_cell **repeated)
{
    uint64_t sketches[FEW];
    const dvg_cell *names[FEW];
    size_t count = 0;
    uint64_t seen = 0;
    bool any = false;
    const dvg_cell *end = dvg_cell_after(&document->cells[position]);
    for (const dvg_cell *cell = &document->cells[position] + 1; cell < end;
         cell = dvg_cell_after(cell + 1)) {
        uint64_t mine = dvg_repeats_sketch(document, *cell);
        uint64_t bit = dvg_repeats_bit(mine);
        size_t i = (seen & bit) != 0 ? 0 : count;
        while (i < count && (sketches[i] != mine || !same_name(document, *names[i], *cell)))
            i++;
        if (i < count) {
            found(document, cell, repeated);
            any = true;
        }
        seen |= bit;
        sketches[count] = mine;
        names[count++] = cell;
    }
    return any;
}

static bool make_room(dvg_repeats *repeats, uint64_t count)
{
    size_t need = 16;
    while (need < 2 * count)
        need *= 2;
    void *slots = repeats->slots;
    void *names = (void *)repeats->names;
    bool done =
        dvg_grow(repeats->allocator, &slots, &repeats->slot_capacity, need, sizeof(uint32_t));
    repeats->slots = slots;
    done = done && dvg_grow(repeats->allocator, &names, &repeats->name_capacity, (size_t)count,
                            sizeof *repeats->names);
    repeats->names = names;
    if (done)
        memset(repeats->slots, 0, need * sizeof(uint32_t));
    return done;
}

/* Index of the name among the `*count` known ones; a new one is appended. `mask` is the number of
 * slots less one. */
static size_t intern(dvg_repeats *repeats, const dvg_document *document, const dvg_cell *name,
                     size_t *count, size_t mask)
{
    dvg_text text = dvg_cell_text(document, *name);
    size_t slot = (size_t)dvg_siphash(repeats->seed, text.data, text.size) & mask;
    for (; repeats->slots[slot] != 0; slot = (slot + 1) & mask) {
        size_t index = repeats->slots[slot] - 1;
        if (same_name(document, *repeats->names[index], *name))
            return index;
    }
    repeats->slots[slot] = (uint32_t)(*count + 1);
    repeats->names[*count] = name;
    return (*count)++;
}

static size_t slot_mask(uint64_t count)
{
    size_t slots = 16;
    while (slots < 2 * count)
        slots *= 2;
    return slots - 1;
}

static bool check_many(dvg_repeats *repeats, dvg_document *document, size_t position,
                       uint64_t members, const dvg_cell **repeated)
{
    size_t count = 0;
    bool any = false;
    const dvg_cell *end = dvg_cell_after(&document->cells[position]);
    for (const dvg_cell *cell = &document->cells[position] + 1; cell < end;
         cell = dvg_cell_after(cell + 1)) {
        size_t before = count;
        intern(repeats, document, cell, &count, slot_mask(members));
        if (count == before) {
            found(document, cell, repeated);
            any = true;
        }
    }
    return any;
}

bool dvg_repeats_check(dvg_repeats *repeats, dvg_document *document, size_t position,
                       uint64_t count, const dvg_cell **repeated)
{
    bool any;
    if (count <= FEW) {
        any = check_few(document, position, repeated);
    } else {
        if (!make_room(repeats, count))
            return false;
        any = check_many(repeats, document, position, count, repeated);
    }
    if (any) {
        dvg_cell cell = document->cells[position];
        document->cells[position] = (cell & ~(dvg_cell)15) | DVG_TAG_OBJECT_REPEATS;
    }
    return true;
}

/* ---- dropping */

/* One container that is being copied: children from `next` to `end` of the old tape, or from a
 * list of names and values where the object repeats a name. */
struct frame {
    const dvg_cell *next, *end;
    size_t list_start, list_next, list_end;
    size_t position; /* in the new tape */
    uint64_t count;
    bool object, listed;
};

struct drop {
    dvg_repeats *repeats;
    dvg_document *from;
    dvg_document to; /* only its cells are used */
    struct frame *frames;
    size_t depth, frame_capacity;
    const dvg_cell **list;
    size_t list_count, list_capacity;
};

/* Append to the list, for every name of the object, its first cell and its last value. */
static bool list_survivors(struct drop *drop, const dvg_cell *object, struct frame *frame)
{
    uint64_t members = dvg_value_count((dvg_value){drop->from, object});
    void *list = (void *)drop->list;
    if (!make_room(drop->repeats, members) ||
        !dvg_grow(drop->repeats->allocator, &list, &drop->list_capacity,
                  drop->list_count + 2 * (size_t)members, sizeof *drop->list))
        return false;
    drop->list = list;
    size_t count = 0;
    const dvg_cell **pairs = drop->list + drop->list_count;
    for (const dvg_cell *cell = object + 1; cell < frame->end; cell = dvg_cell_after(cell + 1)) {
        size_t index = intern(drop->repeats, drop->from, cell, &count, slot_mask(members));
        pairs[2 * index] = drop->repeats->names[index];
        pairs[2 * index + 1] = cell + 1;
    }
    frame->listed = true;
    frame->list_start = frame->list_next = drop->list_count;
    frame->list_end = drop->list_count += 2 * count;
    return true;
}

static bool copy_value(struct drop *drop, const dvg_cell *cell)
{
    if (!dvg_cell_is_container(*cell))
        return dvg_cell_add(&drop->to, *cell);
    void *frames = drop->frames;
    if (!dvg_grow(drop->repeats->allocator, &frames, &drop->frame_capacity, drop->depth + 1,
                  sizeof *drop->frames))
        return false;
    drop->frames = frames;
    struct frame *frame = &drop->frames[drop->depth++];
    enum dvg_tag tag = dvg_cell_tag(*cell);
    *frame = (struct frame){cell + 1, dvg_cell_after(cell), 0,    0, 0, drop->to.cell_count,
                            0,        tag != DVG_TAG_ARRAY, false};
    if (tag == DVG_TAG_OBJECT_REPEATS && !list_survivors(drop, cell, frame))
        return false;
    return dvg_cell_add(&drop->to, tag == DVG_TAG_ARRAY ? DVG_TAG_ARRAY : DVG_TAG_OBJECT);
}

/* Copy the next child of the innermost container, or close it. */
static bool copy_next(struct drop *drop)
{
    struct frame *frame = &drop->frames[drop->depth - 1];
    const dvg_cell *name = frame->next;
    const dvg_cell *value = frame->next + frame->object;
    if (frame->listed ? frame->list_next == frame->list_end : frame->next == frame->end) {
        if (frame->listed)
            drop->list_count = frame->list_start;
        drop->depth--;
        return dvg_document_close(&drop->to, frame->position, frame->count);
    }
    if (frame->listed) {
        name = drop->list[frame->list_next];
        value = drop->list[frame->list_next + 1];
        frame->list_next += 2;
    } else {
        frame->next = dvg_cell_after(value);
    }
    frame->count++;
    if (frame->object && !dvg_cell_add(&drop->to, *name))
        return false;
    return copy_value(drop, value);
}

bool dvg_repeats_drop(dvg_repeats *repeats, dvg_document *document)
{
    struct drop drop;
    memset(&drop, 0, sizeof drop);
    drop.repeats = repeats;
    drop.from = document;
    dvg_document_init(&drop.to, &document->allocator);
    bool done = copy_value(&drop, document->cells);
    while (done && drop.depth > 0)
        done = copy_next(&drop);
    if (done) {
        document->shadowed += document->cell_count - drop.to.cell_count;
        dvg_release(&document->allocator, document->cells,
                    document->cell_capacity * sizeof(dvg_cell));
        document->cells = drop.to.cells;
        document->cell_count = drop.to.cell_count;
        document->cell_capacity = drop.to.cell_capacity;
        drop.to.cells = NULL;
        drop.to.cell_capacity = 0;
    }
    dvg_document_clear(&drop.to);
    dvg_release(repeats->allocator, drop.frames, drop.frame_capacity * sizeof *drop.frames);
    dvg_release(repeats->allocator, (void *)drop.list, drop.list_capacity * sizeof *drop.list);
    return done;
}
