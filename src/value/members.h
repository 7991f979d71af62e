/*
 * members: the members of an object as an array, in document order or sorted by name.
 */
#ifndef DVG_VALUE_MEMBERS_H
#define DVG_VALUE_MEMBERS_H

#include "base/sort.h"
#include "value/document.h"

typedef struct dvg_member {
    dvg_text name;
    const dvg_cell *cell; /* of the value; its name stands just before it */
} dvg_member;

/* Write the members of `object` to `members`, which has room for dvg_value_count of them. */
void dvg_members_list(dvg_value object, dvg_member *members);

/* Sort by code point; members of one name keep their order. False: out of memory. */
bool dvg_members_sort(const dvg_allocator *allocator, dvg_member *members, size_t count);

#endif
