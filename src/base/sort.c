/*
 * sort: see sort.h. Insertion sort for few items, else merging runs from the bottom up.
 */
#include "base/sort.h"

#include <string.h>

enum { FEW = 12, ITEM_MOST = 128 };

static bool is_sorted(const char *items, size_t count, size_t size, dvg_compare_fn compare)
{
    for (size_t i = 1; i < count; i++) {
        if (compare(items + (i - 1) * size, items + i * size) > 0)
            return false;
    }
    return true;
}

static void insert_all(char *items, size_t count, size_t size, dvg_compare_fn compare)
{
    char held[ITEM_MOST];
    for (size_t i = 1; i < count; i++) {
        size_t to = i;
        while (to > 0 && compare(items + (to - 1) * size, items + i * size) > 0)
            to--;
        if (to == i)
            continue;
        memcpy(held, items + i * size, size);
        memmove(items + (to + 1) * size, items + to * size, (i - to) * size);
        memcpy(items + to * size, held, size);
    }
}

static void merge(const char *from, char *to, size_t middle, size_t count, size_t size,
                  dvg_compare_fn compare)
{
    size_t left = 0;
    size_t right = middle;
    for (size_t i = 0; i < count; i++) {
        bool take_left = right == count ||
                         (left < middle && compare(from + left * size, from + right * size) <= 0);
        memcpy(to + i * size, from + (take_left ? left++ : right++) * size, size);
    }
}

static void merge_pass(const char *from, char *to, size_t count, size_t size, size_t run,
                       dvg_compare_fn compare)
{
    for (size_t start = 0; start < count; start += 2 * run) {
        size_t length = count - start < 2 * run ? count - start : 2 * run;
        size_t middle = length < run ? length : run;
        merge(from + start * size, to + start * size, middle, length, size, compare);
    }
}

bool dvg_sort(const dvg_allocator *allocator, void *items, size_t count, size_t size,
              dvg_compare_fn compare)
{
    if (is_sorted(items, count, size, compare))
        return true;
    if (count <= FEW && size <= ITEM_MOST) {
        insert_all(items, count, size, compare);
        return true;
    }
    char *spare = dvg_allocate(allocator, count * size);
    if (spare == NULL)
        return false;
    char *from = items;
    char *to = spare;
    for (size_t run = 1; run < count; run *= 2) {
        merge_pass(from, to, count, size, run, compare);
        char *swap = from;
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, count * size);
    dvg_release(allocator, spare, count * size);
    return true;
}

int dvg_text_compare(dvg_text left, dvg_text right)
{
    size_t common = left.size < right.size ? left.size : right.size;
    int order = common == 0 ? 0 : memcmp(left.data, right.data, common);
    if (order != 0)
        return order;
    return (left.size > right.size) - (left.size < right.size);
}
