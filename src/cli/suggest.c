/*
 * suggest: the known option that a mistyped one was probably meant to be.
 * Answers for counting edits: a character more, less or other, or two neighbours swapped.
 */
#include "options.h"

#include <string.h>

#define NAME_MOST 64 /* what is longer is compared by its beginning */

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* One row of the table of distances; `rows` are the row itself, the one before, the one before
 * that. */
static void fill_row(size_t *const rows[3], const char *a, size_t i, const char *b, size_t length)
{
    rows[0][0] = i;
    for (size_t j = 1; j <= length; j++) {
        size_t best = rows[1][j - 1] + (a[i - 1] != b[j - 1]);
        best = least(best, least(rows[1][j], rows[0][j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            best = least(best, rows[2][j - 2] + 1);
        rows[0][j] = best;
    }
}

static size_t distance(const char *a, const char *b)
{
    size_t storage[3][NAME_MOST + 1];
    size_t length = strnlen(b, NAME_MOST);
    size_t *rows[3] = {storage[0], storage[1], storage[2]};
    for (size_t j = 0; j <= length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= strnlen(a, NAME_MOST); i++) {
        size_t *oldest = rows[2];
        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        fill_row(rows, a, i, b, length);
    }
    return rows[0][length];
}

/* Keep whichever of the two is nearer; the earlier one on a tie. */
static void consider(const char **nearest, size_t *edits, const char *name, const char *candidate)
{
    size_t now = distance(name, candidate);
    if (*nearest == NULL || now < *edits) {
        *nearest = candidate;
        *edits = now;
    }
}

const char *dvg_option_nearest(const char *name, const dvg_context *context)
{
    const char *nearest = NULL;
    size_t edits = 0;
    dvg_option_info info;
    for (size_t i = 0; i < dvg_option_row_count; i++)
        consider(&nearest, &edits, name, dvg_option_rows[i].name);
    for (size_t i = 0; dvg_context_option_get(context, i, &info); i++)
        consider(&nearest, &edits, name, info.name);
    /* As many edits as letters: they have nothing in common. */
    return edits < strlen(name) ? nearest : NULL;
}
