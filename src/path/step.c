/*
 * step: see step.h. A chain runs towards the root, so it is collected before it is written.
 */
#include "path/step.h"

#include <string.h>
#include "value/python.h"

bool dvg_steps_collect(dvg_steps *steps, const dvg_step *step, const dvg_allocator *allocator)
{
    steps->count = dvg_path_depth(step);
    steps->list = steps->near;
    if (steps->count > DVG_STEPS_NEAR)
        steps->list = dvg_allocate(allocator, (size_t)steps->count * sizeof *steps->list);
    for (uint64_t i = steps->count; steps->list != NULL && i-- > 0; step = step->parent)
        steps->list[i] = step;
    return steps->list != NULL;
}

void dvg_steps_discard(dvg_steps *steps, const dvg_allocator *allocator)
{
    if (steps->list != steps->near)
        dvg_release(allocator, (void *)steps->list, (size_t)steps->count * sizeof *steps->list);
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
    dvg_steps steps;
    size_t start = out->size;
    if (!dvg_steps_collect(&steps, step, allocator)) {
        out->failed = true;
        return;
    }
    for (uint64_t i = 0; i < steps.count; i++)
        render_step(out, steps.list[i], start);
    dvg_steps_discard(&steps, allocator);
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
    if (side == 1 && step->field != NULL)
        name = (dvg_text){step->field, strlen(step->field)};
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
    dvg_steps steps;
    if (!dvg_steps_collect(&steps, step, allocator)) {
        out->failed = true;
        return;
    }
    for (uint64_t i = 0; i < steps.count; i++)
        point_step(out, steps.list[i], side);
    dvg_steps_discard(&steps, allocator);
}
