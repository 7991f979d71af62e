/*
 * members: see members.h.
 */
#include "value/members.h"
#include "value/cell.h"

void dvg_members_list(dvg_value object, dvg_member *members)
{
    const dvg_cell *end = dvg_cell_after(object.cell);
    for (const dvg_cell *cell = object.cell + 1; cell < end; cell = dvg_cell_after(cell + 1)) {
        members->name = dvg_cell_text(object.document, *cell);
        members->cell = cell + 1;
        members++;
    }
}

static int by_name(const void *left, const void *right)
{
    return dvg_text_compare(((const dvg_member *)left)->name, ((const dvg_member *)right)->name);
}

bool dvg_members_sort(const dvg_allocator *allocator, dvg_member *members, size_t count)
{
    return dvg_sort(allocator, members, count, sizeof *members, by_name);
}
