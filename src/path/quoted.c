/*
 * quoted: the pattern of a place, alone or with its siblings; declared in pattern.h.
 */
#include "path/pattern.h"
#include "path/quote.h"

#include <string.h>

dvg_text dvg_path_literal(dvg_value key)
{
    switch (dvg_value_type(key)) {
    case DVG_NULL:
        return (dvg_text){"null", 4};
    case DVG_FALSE:
        return (dvg_text){"false", 5};
    case DVG_TRUE:
        return (dvg_text){"true", 4};
    case DVG_INTEGER:
    case DVG_REAL:
        return dvg_value_text(key);
    default:
        return (dvg_text){"", 0};
    }
}

/* ---- one place */

static void add_position(dvg_buffer *out, const dvg_step *step)
{
    uint64_t left = step->index[0];
    uint64_t right = step->index[1];
    dvg_buffer_add_byte(out, '[');
    if (left == UINT64_MAX || right == UINT64_MAX) {
        dvg_buffer_add_byte(out, right == UINT64_MAX ? '<' : '>');
        dvg_buffer_add_u64(out, right == UINT64_MAX ? left : right);
    } else {
        dvg_buffer_add_u64(out, left);
        if (left != right) {
            dvg_buffer_add_byte(out, '>');
            dvg_buffer_add_u64(out, right);
        }
    }
    dvg_buffer_add_byte(out, ']');
}

/* A key that is absent or a container is no name for an element. */
static void add_keyed(dvg_buffer *out, const dvg_step *step)
{
    dvg_type type = dvg_value_type(step->value);
    if (type == DVG_ABSENT || type >= DVG_ARRAY) {
        add_position(out, step);
        return;
    }
    dvg_buffer_add_byte(out, '[');
    dvg_quote_field(out, (dvg_text){step->field, strlen(step->field)});
    if (type == DVG_STRING) {
        dvg_buffer_add_byte(out, '=');
        dvg_quote_write(out, dvg_value_text(step->value));
    } else {
        dvg_text literal = dvg_path_literal(step->value);
        dvg_buffer_add_text(out, "==");
        dvg_buffer_add(out, literal.data, literal.size);
    }
    dvg_buffer_add_byte(out, ']');
}

static void add_exactly(dvg_buffer *out, const dvg_step *step, bool first)
{
    switch (step->kind) {
    case DVG_STEP_MEMBER:
        dvg_quote_name(out, dvg_value_text(step->value), first);
        break;
    case DVG_STEP_INDEX:
        add_position(out, step);
        break;
    case DVG_STEP_KEYED:
        add_keyed(out, step);
        break;
    case DVG_STEP_LABEL:
        dvg_buffer_add_text(out, step->field);
        break;
    }
}

/* ---- and its siblings */

static void add_loosely(dvg_buffer *out, const dvg_step *step, bool first)
{
    if (step->kind == DVG_STEP_INDEX || step->kind == DVG_STEP_KEYED)
        dvg_buffer_add_text(out, "[*]");
    else
        add_exactly(out, step, first);
}

static void render(dvg_buffer *out, const dvg_step *step, const dvg_allocator *allocator,
                   void (*add)(dvg_buffer *out, const dvg_step *step, bool first))
{
    dvg_steps steps;
    if (!dvg_steps_collect(&steps, step, allocator)) {
        out->failed = true;
        return;
    }
    for (uint64_t i = 0; i < steps.count; i++)
        add(out, steps.list[i], i == 0);
    dvg_steps_discard(&steps, allocator);
}

void dvg_pattern_render(dvg_buffer *out, const dvg_step *step, const dvg_allocator *allocator)
{
    render(out, step, allocator, add_loosely);
}

void dvg_path_quoted(dvg_buffer *out, const dvg_step *step, const dvg_allocator *allocator)
{
    render(out, step, allocator, add_exactly);
}
