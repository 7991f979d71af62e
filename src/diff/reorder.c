/*
 * reorder: see reorder.h. Where nobody named a key, nobody said that the order does not matter.
 */
#include "base/sort.h"
#include "diff/align.h"
#include "diff/reorder.h"

#include <stdio.h>
#include <string.h>

struct place {
    uint32_t index[2];
};

static int by_left(const void *left, const void *right)
{
    uint32_t a = ((const struct place *)left)->index[0];
    uint32_t b = ((const struct place *)right)->index[0];
    return (a > b) - (a < b);
}

/* The elements that both sides have, in the order of the left one. Returns how many. */
static size_t list(const struct dvg_keymap *map, struct place *places)
{
    size_t count = 0;
    for (int number = 0; number < DVG_KEY_SHARDS; number++) {
        const struct dvg_key_shard *shard = &map->shard[number];
        for (size_t i = 0; i < shard->count; i++) {
            const struct dvg_key_entry *entry = &shard->entries[i];
            if (entry->element[0] != 0 && entry->element[1] != 0)
                places[count++] = (struct place){{entry->index[0], entry->index[1]}};
        }
    }
    return count;
}

static const char *describe(struct dvg_walker *walker, const dvg_reorder_count *count)
{
    char text[192];
    int size = snprintf(text, sizeof text,
                        "%llu of %llu elements on both sides stand in another order; the first is "
                        "[%llu] left, [%llu] right",
                        (unsigned long long)count->moved, (unsigned long long)count->common,
                        (unsigned long long)count->first[0], (unsigned long long)count->first[1]);
    const char *copy = dvg_arena_copy(walker->walk->steps, text, (size_t)size);
    if (copy == NULL)
        dvg_walker_out_of_memory(walker);
    return copy;
}

bool dvg_reorder_tell(struct dvg_walker *walker, size_t frame, const dvg_reorder_count *count)
{
    const struct dvg_pair place = walker->frames[frame].place;
    if (dvg_walker_stop_probe(walker))
        return false;
    walker->note = describe(walker, count);
    return walker->status == DVG_OK &&
           dvg_walker_report(walker, frame > 0 ? frame - 1 : SIZE_MAX, &place, DVG_KIND_REORDERED,
                             place.left, place.right);
}

static bool report(struct dvg_walker *walker, size_t frame, const struct place *places,
                   size_t count, const bool *kept, size_t fixed)
{
    size_t at = 0;
    while (at + 1 < count && kept[at])
        at++;
    const dvg_reorder_count found = {
        count - fixed, count, {places[at].index[0], places[at].index[1]}};
    return dvg_reorder_tell(walker, frame, &found);
}

static bool is_rising(const struct place *places, size_t count)
{
    bool rising = true;
    for (size_t i = 1; i < count && rising; i++)
        rising = places[i - 1].index[1] < places[i].index[1];
    return rising;
}

/* Find out which of them have moved, and say so. */
static bool compare(struct dvg_walker *walker, size_t frame, const struct place *places,
                    size_t count)
{
    const dvg_allocator *allocator = walker->walk->allocator;
    uint32_t *positions = dvg_allocate(allocator, (count + 1) * sizeof *positions);
    bool *kept = dvg_allocate(allocator, count + 1);
    bool done = positions != NULL && kept != NULL;
    size_t fixed = SIZE_MAX;
    for (size_t i = 0; done && i < count; i++)
        positions[i] = places[i].index[1];
    if (done)
        fixed = dvg_align_rising(allocator, positions, count, kept);
    done = fixed == SIZE_MAX ? dvg_walker_out_of_memory(walker)
                             : report(walker, frame, places, count, kept, fixed);
    dvg_release(allocator, positions, (count + 1) * sizeof *positions);
    dvg_release(allocator, kept, count + 1);
    return done;
}

bool dvg_reorder_report(struct dvg_walker *walker, size_t frame, const struct dvg_keymap *map)
{
    const dvg_allocator *allocator = walker->walk->allocator;
    size_t most = map->shard[0].count + map->shard[1].count + 1;
    struct place *places = dvg_allocate(allocator, most * sizeof *places);
    if (places == NULL)
        return dvg_walker_out_of_memory(walker);
    size_t count = list(map, places);
    bool done = count < 2 || dvg_sort(allocator, places, count, sizeof *places, by_left) ||
                dvg_walker_out_of_memory(walker);
    done = done && (is_rising(places, count) || compare(walker, frame, places, count));
    dvg_release(allocator, places, most * sizeof *places);
    return done;
}
