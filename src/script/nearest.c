/*
 * nearest: see nearest.h. Levenshtein's distance, one row at a time, over the first bytes.
 */
#include "script/nearest.h"

#include <string.h>

/* Longer names are compared by their beginnings: this only serves a hint. */
#define COMPARED_MOST 63

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t row[COMPARED_MOST + 1];
    a_size = least(a_size, COMPARED_MOST);
    b_size = least(b_size, COMPARED_MOST);
    for (size_t j = 0; j <= b_size; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t above = row[j];
            size_t kept = diagonal + (a[i - 1] != b[j - 1]);
            row[j] = least(kept, least(above, row[j - 1]) + 1);
            diagonal = above;
        }
    }
    return row[b_size];
}

void dvg_nearest_init(dvg_nearest *nearest, const char *wanted, size_t size)
{
    nearest->wanted = wanted;
    nearest->size = size;
    nearest->best = NULL;
    nearest->distance = 0;
}

void dvg_nearest_offer(dvg_nearest *nearest, const char *name)
{
    size_t far = distance(nearest->wanted, nearest->size, name, strlen(name));
    if (nearest->best == NULL || far < nearest->distance) {
        nearest->best = name;
        nearest->distance = far;
    }
}
