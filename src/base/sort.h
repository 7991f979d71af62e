/*
 * sort: a stable sort without recursion and without memory of its own.
 * Answers for order only. Invariant: equal items keep their order.
 */
#ifndef DVG_BASE_SORT_H
#define DVG_BASE_SORT_H

#include "base/memory.h"

/* Negative, zero or positive, as memcmp. */
typedef int (*dvg_compare_fn)(const void *left, const void *right);

/* Sort `count` items of `size` bytes. Linear where they are sorted already. Temporary memory of
 * the same size comes from `allocator`, none for a dozen items. False: out of memory, and the
 * items stand as they were. */
bool dvg_sort(const dvg_allocator *allocator, void *items, size_t count, size_t size,
              dvg_compare_fn compare);

/* Order of two texts by bytes, which for UTF-8 is the order of code points. */
int dvg_text_compare(dvg_text left, dvg_text right);

#endif
