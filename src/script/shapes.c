/*
 * shapes: see shapes.h. A table of hashes with open addressing, at most half full; whoever is
 * compared has rendered its pattern into the same buffer that holds all others.
 */
#include "script/shapes.h"

#include "base/sort.h"
#include "path/pattern.h"

#include <string.h>

static bool is_same(const dvg_shapes *shapes, const dvg_shape *known, const dvg_shape *other)
{
    const dvg_record *left = &shapes->result->records[known->first];
    const dvg_record *right = &shapes->result->records[other->first];
    return known->hash == other->hash && known->size == other->size && left->file == right->file &&
           left->class_index == right->class_index && left->kind == right->kind &&
           left->severity == right->severity &&
           (known->size == 0 || memcmp(shapes->patterns.data + known->at,
                                       shapes->patterns.data + other->at, known->size) == 0);
}

/* The slot of a shape, or a free one where it belongs. */
static size_t *find_slot(const dvg_shapes *shapes, const dvg_shape *shape)
{
    size_t mask = shapes->slot_count - 1;
    size_t at = (size_t)shape->hash & mask;
    while (shapes->slots[at] != 0 && !is_same(shapes, &shapes->items[shapes->slots[at] - 1], shape))
        at = (at + 1) & mask;
    return &shapes->slots[at];
}

/* Twice as many slots. */
static bool widen(dvg_shapes *shapes)
{
    size_t *old = shapes->slots;
    size_t old_count = shapes->slot_count;
    size_t count = old_count == 0 ? 64 : old_count * 2;
    size_t *made = dvg_allocate_zero(&shapes->allocator, count * sizeof *made);
    if (made == NULL)
        return false;
    shapes->slots = made;
    shapes->slot_count = count;
    for (size_t i = 0; i < shapes->count; i++)
        *find_slot(shapes, &shapes->items[i]) = i + 1;
    dvg_release(&shapes->allocator, old, old_count * sizeof *old);
    return true;
}

/* A shape of which only record `index` is known; its pattern stands behind all others. */
static bool render(dvg_shapes *shapes, size_t index, dvg_shape *shape)
{
    const dvg_record *record = &shapes->result->records[index];
    *shape = (dvg_shape){index, index, 1, 0, shapes->patterns.size, 0, false, false};
    dvg_pattern_render(&shapes->patterns, record->path, &shapes->allocator);
    if (shapes->patterns.failed)
        return false;
    shape->size = shapes->patterns.size - shape->at;
    if (shape->size > 0)
        shape->hash =
            dvg_siphash(&shapes->result->seed, shapes->patterns.data + shape->at, shape->size);
    shape->hash += (uint64_t)record->file * 2654435761U + (uint64_t)record->class_index * 40503U +
                   (uint64_t)record->kind * 257U + record->severity;
    return true;
}

static bool add_new(dvg_shapes *shapes, const dvg_shape *shape)
{
    void *items = shapes->items;
    if (!dvg_grow(&shapes->allocator, &items, &shapes->capacity, shapes->count + 1, sizeof *shape))
        return false;
    shapes->items = items;
    shapes->items[shapes->count++] = *shape;
    return true;
}

static bool add(dvg_shapes *shapes, size_t index)
{
    dvg_shape shape;
    if (shapes->count >= shapes->slot_count / 2 && !widen(shapes))
        return false;
    if (!render(shapes, index, &shape))
        return false;
    size_t *slot = find_slot(shapes, &shape);
    shapes->next[index] = SIZE_MAX;
    if (*slot == 0) {
        shapes->of[index] = shapes->count;
        *slot = shapes->count + 1;
        return add_new(shapes, &shape);
    }
    dvg_shape *known = &shapes->items[*slot - 1];
    shapes->patterns.size = shape.at;
    shapes->of[index] = *slot - 1;
    shapes->next[known->last] = index;
    known->last = index;
    known->count++;
    return true;
}

static bool fill(dvg_shapes *shapes)
{
    size_t count = shapes->result->record_count;
    if (count == 0)
        return true;
    shapes->of = dvg_allocate(&shapes->allocator, count * sizeof(size_t));
    shapes->next = dvg_allocate(&shapes->allocator, count * sizeof(size_t));
    shapes->record_count = count;
    bool good = shapes->of != NULL && shapes->next != NULL;
    for (size_t i = 0; i < count && good; i++)
        good = add(shapes, i);
    return good;
}

dvg_status dvg_shapes_new(dvg_shapes **shapes, const dvg_result *result, dvg_error *error)
{
    dvg_shapes *made = dvg_allocate_zero(&result->allocator, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    made->allocator = result->allocator;
    made->result = result;
    dvg_buffer_init(&made->patterns, &made->allocator);
    if (!fill(made)) {
        dvg_shapes_free(made);
        return dvg_fail_memory(error);
    }
    *shapes = made;
    return DVG_OK;
}

void dvg_shapes_free(dvg_shapes *shapes)
{
    if (shapes == NULL)
        return;
    dvg_allocator allocator = shapes->allocator;
    size_t records = shapes->record_count * sizeof(size_t);
    dvg_release(&allocator, shapes->items, shapes->capacity * sizeof *shapes->items);
    dvg_release(&allocator, shapes->slots, shapes->slot_count * sizeof *shapes->slots);
    dvg_release(&allocator, shapes->of, shapes->of == NULL ? 0 : records);
    dvg_release(&allocator, shapes->next, shapes->next == NULL ? 0 : records);
    dvg_buffer_clear(&shapes->patterns);
    dvg_release(&allocator, shapes, sizeof *shapes);
}

static int compare_counts(const void *left, const void *right)
{
    const dvg_shape *a = left;
    const dvg_shape *b = right;
    return a->count > b->count ? -1 : a->count < b->count;
}

dvg_status dvg_shapes_sort(dvg_shapes *shapes, dvg_error *error)
{
    return dvg_sort(&shapes->allocator, shapes->items, shapes->count, sizeof *shapes->items,
                    compare_counts)
               ? DVG_OK
               : dvg_fail_memory(error);
}
