/*
 * tree: see tree.h. Open containers stand on a stack; sorted members on a second one.
 */
#include "json/tree.h"
#include "value/cell.h"
#include "value/members.h"

#include <string.h>

struct frame {
    const dvg_cell *next, *end;
    size_t member, member_end; /* in the list of sorted members */
    size_t member_start;
    bool object, first;
};

struct tree {
    dvg_buffer *out;
    const dvg_tree_form *form;
    const dvg_document *document;
    struct frame *frames;
    size_t depth, frame_capacity;
    dvg_member *members;
    size_t member_count, member_capacity;
};

static void new_line(struct tree *tree)
{
    int spaces = tree->form->indent * (tree->form->level + (int)tree->depth);
    dvg_buffer_add_byte(tree->out, '\n');
    if (spaces > 0 && dvg_buffer_reserve(tree->out, (size_t)spaces)) {
        memset(tree->out->data + tree->out->size, ' ', (size_t)spaces);
        tree->out->size += (size_t)spaces;
    }
}

static bool sort_members(struct tree *tree, const dvg_cell *object, struct frame *frame)
{
    size_t count = (size_t)dvg_value_count((dvg_value){tree->document, object});
    void *members = tree->members;
    if (!dvg_grow(&tree->out->allocator, &members, &tree->member_capacity,
                  tree->member_count + count, sizeof *tree->members))
        return false;
    tree->members = members;
    dvg_member *mine = tree->members + tree->member_count;
    dvg_members_list((dvg_value){tree->document, object}, mine);
    frame->member = frame->member_start = tree->member_count;
    frame->member_end = tree->member_count += count;
    return dvg_members_sort(&tree->out->allocator, mine, count);
}

static bool open_container(struct tree *tree, const dvg_cell *cell)
{
    bool object = dvg_cell_tag(*cell) != DVG_TAG_ARRAY;
    if (dvg_cell_extent(*cell) == 0) {
        dvg_buffer_add_text(tree->out, object ? "{}" : "[]");
        return true;
    }
    void *frames = tree->frames;
    if (!dvg_grow(&tree->out->allocator, &frames, &tree->frame_capacity, tree->depth + 1,
                  sizeof *tree->frames))
        return false;
    tree->frames = frames;
    struct frame *frame = &tree->frames[tree->depth++];
    *frame = (struct frame){cell + 1, dvg_cell_after(cell), 0, 0, 0, object, true};
    dvg_buffer_add_byte(tree->out, object ? '{' : '[');
    return !object || !tree->form->sort || sort_members(tree, cell, frame);
}

static void close_container(struct tree *tree)
{
    struct frame *frame = &tree->frames[--tree->depth];
    if (frame->object && tree->form->sort)
        tree->member_count = frame->member_start;
    if (tree->form->indent >= 0)
        new_line(tree);
    dvg_buffer_add_byte(tree->out, frame->object ? '}' : ']');
}

static bool write_value(struct tree *tree, const dvg_cell *cell)
{
    if (dvg_cell_is_container(*cell))
        return open_container(tree, cell);
    tree->form->scalar(tree->out, (dvg_value){tree->document, cell}, tree->form->payload);
    return true;
}

static const dvg_cell *take_child(struct tree *tree, struct frame *frame, dvg_text *name)
{
    const dvg_cell *cell;
    if (frame->object && tree->form->sort) {
        const dvg_member *member = &tree->members[frame->member++];
        *name = member->name;
        return member->cell;
    }
    cell = frame->next;
    if (frame->object)
        *name = dvg_cell_text(tree->document, *cell++);
    frame->next = dvg_cell_after(cell);
    return cell;
}

static bool write_next(struct tree *tree)
{
    struct frame *frame = &tree->frames[tree->depth - 1];
    bool sorted = frame->object && tree->form->sort;
    if (sorted ? frame->member == frame->member_end : frame->next == frame->end) {
        close_container(tree);
        return true;
    }
    dvg_text name = {"", 0};
    const dvg_cell *child = take_child(tree, frame, &name);
    if (!frame->first)
        dvg_buffer_add_text(tree->out, tree->form->indent >= 0 ? "," : tree->form->comma);
    frame->first = false;
    if (tree->form->indent >= 0)
        new_line(tree);
    if (frame->object) {
        tree->form->name(tree->out, name, tree->form->payload);
        dvg_buffer_add_text(tree->out, tree->form->colon);
    }
    return write_value(tree, child);
}

bool dvg_tree_write(dvg_buffer *out, dvg_value value, const dvg_tree_form *form)
{
    if (value.cell == NULL || !dvg_cell_is_container(*value.cell)) {
        form->scalar(out, value, form->payload);
        return !out->failed;
    }
    struct tree tree = {out, form, value.document, NULL, 0, 0, NULL, 0, 0};
    bool done = write_value(&tree, value.cell);
    while (done && tree.depth > 0 && !out->failed)
        done = write_next(&tree);
    dvg_release(&out->allocator, tree.frames, tree.frame_capacity * sizeof *tree.frames);
    dvg_release(&out->allocator, tree.members, tree.member_capacity * sizeof *tree.members);
    return done && !out->failed;
}
