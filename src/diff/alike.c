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
}

/* Where the two objects are looked at, and the run of text that has not been compared yet. */
struct run {
    const dvg_alike *alike;
    const dvg_cell *cells[2];
    uint64_t first, last; /* index of the first text and of the last one; 0: none */
};

static bool is_near(dvg_cell cell)
{
    return dvg_cell_tag(cell) >= DVG_TAG_INTEGER && dvg_cell_tag(cell) <= DVG_TAG_STRING;
}

/* The run as text of one side. False: its ends do not stand in the source. */
static bool text_of(const struct run *run, int side, dvg_text *text)
{
    dvg_cell first = run->cells[side][run->first];
    dvg_cell last = run->cells[side][run->last];
    if (!is_near(first) || !is_near(last))
        return false;
    uint64_t begin = dvg_cell_offset(first);
    text->data = run->alike->document[side]->source + begin;
    text->size = (size_t)(dvg_cell_offset(last) + dvg_cell_length(last) - begin);
    return true;
}

/* Compare the run, and begin a new one. */
static bool same_run(struct run *run)
{
    dvg_text left;
    dvg_text right;
    if (run->first == 0)
        return true;
    bool same =
        dvg_cell_tag(run->cells[0][run->first]) == dvg_cell_tag(run->cells[1][run->first]) &&
        text_of(run, 0, &left) && text_of(run, 1, &right) && left.size == right.size &&
        memcmp(left.data, right.data, left.size) == 0;
    run->first = run->last = 0;
    return same;
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

/* Step over a hidden member: its name must be the same, its value a scalar on both sides. */
static bool pass_hidden(struct run *run, uint64_t name)
{
    return !dvg_cell_is_container(run->cells[0][name + 1]) &&
           !dvg_cell_is_container(run->cells[1][name + 1]) && same_run(run);
}

static inline bool may_matter(const dvg_alike *alike, dvg_cell cell)
{
    uint64_t size = dvg_cell_length(cell);
    unsigned char byte = (unsigned char)alike->document[0]->source[dvg_cell_offset(cell)];
    return (alike->names[byte] >> (size < 63 ? size : 63) & 1) != 0;
}

/* The names are plain, so all of them stand in the source as they are. */
static bool same_cells(struct run *run, uint64_t extent, uint64_t *hidden)
{
    for (uint64_t i = 1; i <= extent; i++) {
        dvg_cell cell = run->cells[0][i];
        if (dvg_cell_tag(cell) < DVG_TAG_INTEGER) {
            if (cell != run->cells[1][i])
                return false;
            continue;
        }
        run->first = run->first == 0 ? i : run->first;
        run->last = i;
        if (dvg_cell_tag(cell) != DVG_TAG_STRING || !may_matter(run->alike, cell))
            continue;
        enum look look = look_at(run->alike, cell);
        if (look == UNDECIDED || (look == HIDDEN && !pass_hidden(run, i)))
            return false;
        *hidden += look == HIDDEN;
        i += look == HIDDEN;
    }
    return same_run(run);
}

bool dvg_alike_test(const dvg_alike *alike, const dvg_cell *left, const dvg_cell *right,
                    uint64_t *hidden)
{
    struct run run = {alike, {left, right}, 0, 0};
    *hidden = 0;
    return alike->usable && *left == *right && dvg_cell_tag(*left) == DVG_TAG_OBJECT &&
           same_cells(&run, dvg_cell_extent(*left), hidden);
}
