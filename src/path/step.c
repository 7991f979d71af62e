/*
 * step: see step.h. A chain runs towards the root, so it is collected before it is written.
 */
#include "path/step.h"
#include "value/python.h"

enum { NEAR = 64 };

/* The steps of a chain from the root on, in `near` where they fit. NULL: out of memory. */
static const dvg_step **collect(const dvg_step *step, uint64_t depth, const dvg_step **near,
                                const dvg_allocator *allocator)
{
    const dvg_step **steps = near;
    if (depth > NEAR)
        steps = dvg_allocate(allocator, (size_t)depth * sizeof *steps);
    for (uint64_t i = depth; steps != NULL && i-- > 0; step = step->parent)
        steps[i] = step;
    return steps;
}

static void discard(const dvg_step **steps, const dvg_step **near, uint64_t depth,
                    const dvg_allocator *allocator)
{
    if (steps != near)
        dvg_release(allocator, (void *)steps, (size_t)depth * sizeof *steps);
}

uint64_t dvg_path_depth(const dvg_step *step)
{
    uint64_t depth = 0;
    for (; step != NULL; step = step->parent)
        depth++;
    return depth;
}

void dvg_key_render(dvg_buffer *out, dvg_value key) { dvg_scalar_str(out, key); }

static void render_step(dvg_buffer *out, const dvg_step *step, size_t start)
{
    dvg_text name;
    switch (step->kind) {
    case DVG_STEP_MEMBER:
        name = dvg_value_text(step->value);
        if (out->size > start)
            dvg_buffer_add_byte(out, '.');
        dvg_buffer_add(out, name.data, name.size);
        break;
    case DVG_STEP_INDEX:
        dvg_buffer_add_byte(out, '[');
        dvg_buffer_add_u64(out, step->index[step->index[0] == UINT64_MAX ? 1 : 0]);
        dvg_buffer_add_byte(out, ']');
        break;
    case DVG_STEP_KEYED:
        dvg_buffer_add_byte(out, '[');
        dvg_buffer_add_text(out, step->field);
        dvg_buffer_add_byte(out, '=');
        dvg_key_render(out, step->value);
        dvg_buffer_add_byte(out, ']');
        break;
    case DVG_STEP_LABEL:
        dvg_buffer_add_text(out, step->field);
        break;
    }
}

void dvg_path_render(dvg_buffer *out, const dvg_step *step, const dvg_allocator *allocator)
{
    const dvg_step *near[NEAR];
    uint64_t depth = dvg_path_depth(step);
    const dvg_step **steps = collect(step, depth, near, allocator);
    size_t start = out->size;
    if (steps == NULL)
        out->failed = true;
    for (uint64_t i = 0; steps != NULL && i < depth; i++)
        render_step(out, steps[i], start);
    discard(steps, near, depth, allocator);
}

static void point_step(dvg_buffer *out, const dvg_step *step, int side)
{
    if (step->kind == DVG_STEP_LABEL)
        return;
    dvg_buffer_add_byte(out, '/');
    if (step->kind != DVG_STEP_MEMBER) {
        dvg_buffer_add_u64(out, step->index[side]);
        return;
    }
    dvg_text name = dvg_value_text(step->value);
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == '~')
            dvg_buffer_add_text(out, "~0");
        else if (name.data[i] == '/')
            dvg_buffer_add_text(out, "~1");
        else
            dvg_buffer_add_byte(out, name.data[i]);
    }
}

void dvg_path_pointer(dvg_buffer *out, const dvg_step *step, int side,
                      const dvg_allocator *allocator)
{
    const dvg_step *near[NEAR];
    uint64_t depth = dvg_path_depth(step);
    const dvg_step **steps = collect(step, depth, near, allocator);
    if (steps == NULL)
        out->failed = true;
    for (uint64_t i = 0; steps != NULL && i < depth; i++)
        point_step(out, steps[i], side);
    discard(steps, near, depth, allocator);
}
