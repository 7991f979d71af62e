/*
 * alike: see alike.h.
 * Why this is enough: both objects have as many cells, and every cell that is no text (containers
 * with their counts and extents, literals) is the same on both sides at the same place, so the two
 * trees have one shape. The texts are compared in runs, from the first byte of one scalar to the
 * last byte of a later one. Given the same bytes from the start of a token on, a reader makes the
 * same tokens of them, and so the same cells. A hidden member ends a run with its name; its value
 * is one cell on both sides, whatever it says, and the next run begins behind it.
 */
#include "diff/alike.h"

#include <string.h>

static void add_name(dvg_alike *alike, const char *name, size_t size)
{
    if (size == 0)
        alike->usable = false;
    else
        alike->names[(unsigned char)name[0]] |= UINT64_C(1) << (size < 63 ? size : 63);
}

/* Names of 63 bytes and more have one bit, whatever their length is. */
static void note_sizes(dvg_alike *alike)
{
    alike->sizes = 0;
    for (size_t i = 0; i < sizeof alike->names / sizeof *alike->names; i++)
        alike->sizes |= alike->names[i];
    if (alike->sizes >> 63 != 0)
        alike->sizes = UINT64_MAX;
}

/* A NaN is not itself, a name with a dot or a bracket is more than one part of a path, and members
 * that a later one repeats may have been dropped or stand elsewhere than in the text. */
void dvg_alike_init(dvg_alike *alike, const dvg_walk *walk, const dvg_document *const document[2])
{
    alike->walk = walk;
    memcpy(alike->names, walk->skip->tails, sizeof alike->names);
    alike->usable = !walk->skip->empty_tail;
    for (int side = 0; side < 2; side++) {
        alike->document[side] = document[side];
        alike->usable = alike->usable && document[side]->source != NULL &&
                        document[side]->plain_names && !document[side]->nonfinite &&
                        document[side]->repeated == 0;
    }
    for (size_t i = 0; i < walk->rules->keyed_count; i++)
        add_name(alike, walk->rules->keyed[i].field, walk->rules->keyed[i].field_size);
    note_sizes(alike);
}

/* Two objects that are looked at. */
struct both {
    const dvg_alike *alike;
    const dvg_cell *cells[2];
};

static bool is_near(dvg_cell cell)
{
    return dvg_cell_tag(cell) >= DVG_TAG_INTEGER && dvg_cell_tag(cell) <= DVG_TAG_STRING;
}

/* The text of one side from the cell with the index `first` to the one with the index `last`.
 * False: its ends do not stand in the source. */
static bool text_of(const struct both *both, int side, uint64_t first, uint64_t last,
                    dvg_text *text)
{
    dvg_cell one = both->cells[side][first];
    dvg_cell other = both->cells[side][last];
    uint64_t begin = dvg_cell_offset(one);
    text->data = both->alike->document[side]->source + begin;
    text->size = (size_t)(dvg_cell_offset(other) + dvg_cell_length(other) - begin);
    return is_near(one) && is_near(other);
}

/* Is the run of text the same on both sides? A `first` of 0 is no run. */
static bool same_run(const struct both *both, uint64_t first, uint64_t last)
{
    dvg_text left;
    dvg_text right;
    return first == 0 ||
           (dvg_cell_tag(both->cells[0][first]) == dvg_cell_tag(both->cells[1][first]) &&
            text_of(both, 0, first, last, &left) && text_of(both, 1, first, last, &right) &&
            left.size == right.size && memcmp(left.data, right.data, left.size) == 0);
}

/* Is the text a member's name? Only a name is followed by a colon. */
static bool is_name(const char *source, dvg_cell cell)
{
    const char *at = source + dvg_cell_offset(cell) + dvg_cell_length(cell) + 1;
    while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
        at++;
    return *at == ':';
}

enum look { VISIBLE, HIDDEN, UNDECIDED };

/* A text whose length and first byte are those of a name that matters. */
static enum look look_at(const dvg_alike *alike, dvg_cell cell)
{
    const dvg_walk *walk = alike->walk;
    dvg_text text = dvg_cell_text(alike->document[0], cell);
    if (!is_name(alike->document[0]->source, cell))
        return VISIBLE;
    if (dvg_skip_leaf(walk->skip, text) >= 0)
        return HIDDEN;
    bool matters = dvg_skip_maybe(walk->skip, text) ||
                   dvg_rules_keyed(walk->rules, walk->file, text.data, text.size) != NULL;
    return matters ? UNDECIDED : VISIBLE;
}

/* May a hidden member be stepped over? Its value must be a scalar on both sides. */
static bool is_small(const struct both *both, uint64_t name)
{
    return !dvg_cell_is_container(both->cells[0][name + 1]) &&
           !dvg_cell_is_container(both->cells[1][name + 1]);
}

/* Most texts have a length that no name in question has. */
static inline bool may_matter(const dvg_alike *alike, dvg_cell cell)
{
    uint64_t size = dvg_cell_length(cell);
    if ((alike->sizes >> (size & 63) & 1) == 0 || dvg_cell_tag(cell) != DVG_TAG_STRING)
        return false;
    unsigned char byte = (unsigned char)alike->document[0]->source[dvg_cell_offset(cell)];
    return (alike->names[byte] >> (size < 63 ? size : 63) & 1) != 0;
}

/* The names are plain, so all of them stand in the source as they are. A run begins with a text
 * (`first`, 0: none yet) and ends with the name of a hidden member or with the last text. */
static bool same_cells(const struct both *both, uint64_t *hidden)
{
    const dvg_cell *left = both->cells[0];
    const dvg_cell *right = both->cells[1];
    uint64_t extent = dvg_cell_extent(*left);
    uint64_t first = 0;
    uint64_t last = 0;
    for (uint64_t i = 1; i <= extent; i++) {
        dvg_cell cell = left[i];
        if (dvg_cell_tag(cell) < DVG_TAG_INTEGER) {
            if (cell != right[i])
                return false;
            continue;
        }
        first = first == 0 ? i : first;
        last = i;
        if (!may_matter(both->alike, cell))
            continue;
        enum look look = look_at(both->alike, cell);
        if (look == UNDECIDED)
            return false;
        if (look == VISIBLE)
            continue;
        if (!is_small(both, i) || !same_run(both, first, last))
            return false;
        first = 0;
        ++*hidden;
        i++;
    }
    return same_run(both, first, last);
}

bool dvg_alike_test(const dvg_alike *alike, const dvg_cell *left, const dvg_cell *right,
                    uint64_t *hidden)
{
    const struct both both = {alike, {left, right}};
    *hidden = 0;
    return alike->usable && *left == *right && dvg_cell_tag(*left) == DVG_TAG_OBJECT &&
           same_cells(&both, hidden);
}
