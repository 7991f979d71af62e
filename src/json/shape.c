/*
 * shape: see shape.h. Where the parts are full, all is forgotten and learnt again.
 */
#include "json/shape.h"
#include "json/scan.h"

enum {
    PARTS_MOST = 1024,
    TEXT_MOST = 1024 /* bytes of a part */
};

void dvg_shapes_clear(struct dvg_shapes *shapes, const dvg_allocator *allocator)
{
    dvg_release(allocator, shapes->parts, shapes->part_capacity * sizeof *shapes->parts);
    memset(shapes, 0, sizeof *shapes);
}

/* ---- finding */

/* By the first bytes of a name, at its quote; those behind the name are left out. */
static size_t slot_of(const char *quote)
{
    uint64_t word;
    memcpy(&word, quote + 1, sizeof word);
    uint64_t ends = dvg_word_holds(word, '"');
    if (ends != 0)
        word &= ((ends & (0 - ends)) >> 7) - 1;
    return (size_t)(word * UINT64_C(0x9e3779b97f4a7c15) >> 56);
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

size_t dvg_shapes_find(const struct dvg_shapes *shapes, const char *at, size_t otherwise)
{
    at = dvg_scan_pass_space(at);
    size_t known = *at == '"' ? shapes->slots[slot_of(at)] : 0;
    return known > 0 ? known - 1 : otherwise;
}

/* ---- learning */

/* Behind what stands before the white space before `at`. */
static const char *backward(const char *at)
{
    while (is_space(at[-1]))
        at--;
    return at;
}

static bool add_part(struct dvg_shapes *shapes, const struct dvg_learnt *learnt, const char *begin,
                     const char *end, dvg_cell name)
{
    struct dvg_part *part = &shapes->parts[shapes->part_count++];
    part->text = (size_t)(begin - learnt->source);
    part->size = (size_t)(end - begin);
    part->name = name;
    return part->size <= TEXT_MOST;
}

/* The part that ends where the member's value begins. */
static bool add_member(struct dvg_shapes *shapes, const struct dvg_learnt *learnt, dvg_cell name)
{
    if (dvg_cell_tag(name) != DVG_TAG_STRING)
        return false;
    const char *text = learnt->source + dvg_cell_offset(name);
    const char *begin = backward(text - 1);
    if (begin[-1] == ',')
        begin = backward(begin - 1);
    const char *colon = dvg_scan_pass_space(text + dvg_cell_length(name) + 1);
    return add_part(shapes, learnt, begin, dvg_scan_pass_space(colon + 1),
                    dvg_cell_near(DVG_TAG_STRING, (uint64_t)(text - begin), dvg_cell_length(name)));
}

static bool add_all(struct dvg_shapes *shapes, const struct dvg_learnt *learnt)
{
    const dvg_cell *end = dvg_cell_after(learnt->object);
    for (const dvg_cell *name = learnt->object + 1; name < end; name = dvg_cell_after(name + 1))
        if (!add_member(shapes, learnt, *name))
            return false;
    return add_part(shapes, learnt, backward(learnt->end - 1), learnt->end, 0);
}

static bool make_room(struct dvg_shapes *shapes, size_t need, const dvg_allocator *allocator)
{
    if (shapes->count == DVG_SHAPES || shapes->part_count + need > PARTS_MOST) {
        shapes->count = shapes->part_count = 0;
        shapes->generation++;
        memset(shapes->slots, 0, sizeof shapes->slots);
    }
    void *parts = shapes->parts;
    bool done = dvg_grow(allocator, &parts, &shapes->part_capacity, shapes->part_count + need,
                         sizeof *shapes->parts);
    shapes->parts = parts;
    return done;
}

bool dvg_shapes_learn(struct dvg_shapes *shapes, const struct dvg_learnt *learnt,
                      const dvg_allocator *allocator)
{
    if (learnt->count == 0 || learnt->count > DVG_SHAPE_MEMBERS)
        return true;
    if (!make_room(shapes, (size_t)learnt->count + 1, allocator))
        return false;
    size_t first = shapes->part_count;
    if (!add_all(shapes, learnt)) {
        shapes->part_count = first;
        return true;
    }
    shapes->shape[shapes->count++] = (struct dvg_shape){first, 0};
    const char *quote = learnt->source + dvg_cell_offset(learnt->object[1]) - 1;
    shapes->slots[slot_of(quote)] = (unsigned char)shapes->count;
    return true;
}
