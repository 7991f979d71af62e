/*
 * nearest: see nearest.h. The distance counts bytes inserted, deleted, replaced, and
 * neighbours exchanged, over the first bytes of both.
 */
#include "script/nearest.h"

#include <string.h>

/* Longer names are compared by their beginnings: this only serves a hint. */
#define COMPARED_MOST 63

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
    size_t rows[3][COMPARED_MOST + 1];
    a_size = least(a_size, COMPARED_MOST);
    b_size = least(b_size, COMPARED_MOST);
    for (size_t j = 0; j <= b_size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t *row = rows[i % 3];
        const size_t *before = rows[(i + 2) % 3];
        const size_t *earlier = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            row[j] =
                least(before[j - 1] + (a[i - 1] != b[j - 1]), least(before[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], earlier[j - 2] + 1);
        }
    }
    return rows[a_size % 3][b_size];
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
    /* A name that shares little with the wanted one was not meant. */
    if (far > 1 + least(nearest->size, COMPARED_MOST) / 4)
        return;
    if (nearest->best == NULL || far < nearest->distance) {
        nearest->best = name;
        nearest->distance = far;
    }
}
