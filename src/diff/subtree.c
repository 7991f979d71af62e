/*
 * subtree: see subtree.h. Cells come in the order of the document; a container's hash is complete
 * when the cell behind it is reached, and goes into the one around it.
 */
#include "diff/subtree.h"

#include <string.h>

/* A container that is not complete yet. */
struct dvg_subtree_level {
    size_t at; /* its cell */
    const dvg_cell *end;
    uint64_t sum;  /* of what is in it so far */
    uint64_t name; /* hash of the member's name at hand */
    bool object;
    bool open;        /* something in it was left out */
    bool member_open; /* the member at hand is to be left out */
    bool named_open;  /* so was the member that it stands in, with all arrays in it */
};

/* Hashes being made. */
struct pass {
    struct dvg_walker *walker;
    int side;
    uint64_t *hashes; /* NULL: of values as they stand, whatever rules say, and none is kept */
    uint64_t whole;   /* of the value that was asked for */
    const dvg_cell *cells;
    struct dvg_subtree_level *levels;
    size_t depth;
    bool failed;
};

/* ---- storage */

/* The hashes of a side, one for each cell; those of a probe are its walk's. NULL: out of memory. */
static uint64_t *hashes_of(struct dvg_walker *walker, int side)
{
    const dvg_document *document = walker->document[side];
    if (walker->hashes[side] == NULL && walker->walk->hashes != NULL)
        walker->hashes[side] = walker->walk->hashes[side];
    if (walker->hashes[side] == NULL) {
        walker->hashes[side] = dvg_allocate_zero(walker->walk->allocator,
                                                 (document->cell_count + 1) * sizeof(uint64_t));
        walker->owns_hashes[side] = walker->hashes[side] != NULL;
    }
    if (walker->hashes[side] == NULL)
        dvg_walker_out_of_memory(walker);
    return walker->hashes[side];
}

void dvg_subtree_clear(struct dvg_walker *walker)
{
    const dvg_allocator *allocator = walker->walk->allocator;
    for (int side = 0; side < 2; side++)
        if (walker->owns_hashes[side])
            dvg_release(allocator, walker->hashes[side],
                        (walker->document[side]->cell_count + 1) * sizeof(uint64_t));
    dvg_release(allocator, walker->levels, walker->level_capacity * sizeof *walker->levels);
}

/* ---- one pass */

/* May somebody decide about what is called so, but by its whole value? */
static bool is_open(const struct dvg_walker *walker, dvg_text bare, const dvg_cell *value)
{
    const dvg_walk *walk = walker->walk;
    const dvg_matching usual = walk->rules->arrays;
    return dvg_skip_maybe(walk->skip, bare) ||
           (dvg_cell_tag(*value) == DVG_TAG_ARRAY &&
            (usual == DVG_MATCH_MULTISET || usual == DVG_MATCH_BEST ||
             dvg_rules_keyed(walk->rules, walk->file, bare.data, bare.size) != NULL));
}

static uint64_t closed(uint64_t hash, bool open)
{
    hash &= ~(uint64_t)1;
    return (hash == 0 ? 2 : hash) | open;
}

static struct dvg_subtree_level *top(const struct pass *pass)
{
    return &pass->levels[pass->depth - 1];
}

/* A value is complete: it goes into the container around it. Members in any order have one sum,
 * elements have not. */
static void deliver(struct pass *pass, uint64_t hash)
{
    if (pass->depth == 0) {
        pass->whole = hash;
        return;
    }
    struct dvg_subtree_level *level = top(pass);
    level->open = level->open || dvg_subtree_is_open(hash) || level->member_open;
    if (pass->hashes != NULL && (level->object ? level->member_open : level->named_open))
        return;
    hash &= ~(uint64_t)1;
    level->sum = level->object ? level->sum + dvg_hash_mix(level->name, hash)
                               : dvg_hash_mix(level->sum, hash);
}

static bool push(struct pass *pass, const dvg_cell *cell, bool named_open)
{
    struct dvg_walker *walker = pass->walker;
    void *levels = walker->levels;
    if (!dvg_grow(walker->walk->allocator, &levels, &walker->level_capacity, pass->depth + 1,
                  sizeof *walker->levels)) {
        dvg_walker_out_of_memory(walker);
        pass->failed = true;
        return false;
    }
    walker->levels = pass->levels = levels;
    bool array = dvg_cell_tag(*cell) == DVG_TAG_ARRAY;
    pass->levels[pass->depth++] =
        (struct dvg_subtree_level){.at = (size_t)(cell - pass->cells),
                                   .end = dvg_cell_after(cell),
                                   .sum = array && dvg_cell_extent(*cell) == 0,
                                   .object = !array,
                                   .open = array && named_open,
                                   .named_open = array && named_open};
    return true;
}

static uint64_t scalar_hash(const struct pass *pass, const dvg_cell *cell)
{
    dvg_value value = {pass->walker->document[pass->side], cell};
    uint64_t hash = dvg_key_hash(value, pass->walker->walk->seed);
    hash ^= (uint64_t)dvg_tag_type(dvg_cell_tag(*cell)) * UINT64_C(0xd6e8feb86659fd93);
    return closed(dvg_hash_mix(hash, 7), false);
}

static void take_name(const struct pass *pass, const dvg_cell *name)
{
    const struct dvg_walker *walker = pass->walker;
    struct dvg_subtree_level *level = top(pass);
    dvg_text text = dvg_cell_text(walker->document[pass->side], *name);
    level->name = dvg_siphash(walker->walk->seed, text.data, text.size);
    level->member_open =
        pass->hashes != NULL && is_open(walker, dvg_path_bare(text.data, text.size), name + 1);
    if (pass->hashes != NULL)
        pass->hashes[name - pass->cells] = closed(level->name, level->member_open);
}

static void keep(const struct pass *pass, size_t cell, uint64_t hash)
{
    if (pass->hashes != NULL)
        pass->hashes[cell] = hash;
}

/* Take the value at `cell`. Returns the next cell. */
static const dvg_cell *take_value(struct pass *pass, const dvg_cell *cell, bool open)
{
    size_t at = (size_t)(cell - pass->cells);
    uint64_t hash = pass->hashes != NULL ? pass->hashes[at] : 0;
    if (hash != 0) { /* asked for before */
        deliver(pass, hash);
        return dvg_cell_after(cell);
    }
    if (dvg_cell_is_container(*cell))
        return push(pass, cell, open) ? cell + 1 : NULL;
    hash = scalar_hash(pass, cell);
    keep(pass, at, hash);
    deliver(pass, hash);
    return cell + 1;
}

static void close_level(struct pass *pass)
{
    const struct dvg_subtree_level *level = top(pass);
    uint64_t hash = closed(dvg_hash_mix(level->sum, level->object ? 3 : 5), level->open);
    keep(pass, level->at, hash);
    pass->depth--;
    deliver(pass, hash);
}

static void run(struct pass *pass, const dvg_cell *cell, bool open)
{
    cell = take_value(pass, cell, open);
    while (pass->depth > 0 && !pass->failed) {
        const struct dvg_subtree_level *level = top(pass);
        if (cell == level->end) {
            close_level(pass);
        } else if (level->object) {
            take_name(pass, cell);
            cell = take_value(pass, cell + 1, top(pass)->member_open);
        } else {
            cell = take_value(pass, cell, level->named_open);
        }
    }
}

uint64_t dvg_subtree_hash(struct dvg_walker *walker, int side, const dvg_cell *cell, dvg_text bare)
{
    struct pass pass = {.walker = walker,
                        .side = side,
                        .hashes = hashes_of(walker, side),
                        .cells = walker->document[side]->cells,
                        .levels = walker->levels};
    if (pass.hashes == NULL)
        return 0;
    size_t at = (size_t)(cell - pass.cells);
    if (pass.hashes[at] == 0)
        run(&pass, cell, dvg_cell_tag(*cell) == DVG_TAG_ARRAY && is_open(walker, bare, cell));
    return pass.failed ? 0 : pass.hashes[at];
}

uint64_t dvg_subtree_exact(struct dvg_walker *walker, int side, const dvg_cell *cell)
{
    struct pass pass = {.walker = walker,
                        .side = side,
                        .cells = walker->document[side]->cells,
                        .levels = walker->levels};
    run(&pass, cell, false);
    return pass.failed ? 0 : pass.whole;
}

uint64_t dvg_subtree_member(struct dvg_walker *walker, int side, const dvg_cell *name)
{
    dvg_text text = dvg_cell_text(walker->document[side], *name);
    dvg_text bare = dvg_path_bare(text.data, text.size);
    uint64_t hash = dvg_siphash(walker->walk->seed, text.data, text.size);
    uint64_t value = dvg_subtree_hash(walker, side, name + 1, bare);
    if (value == 0)
        return 0;
    bool open = is_open(walker, bare, name + 1);
    return closed(open ? hash : dvg_hash_mix(hash, value & ~(uint64_t)1), open);
}

bool dvg_subtree_same(struct dvg_walker *walker, const dvg_cell *left, const dvg_cell *right,
                      dvg_text bare)
{
    const dvg_walk *walk = walker->walk;
    uint64_t hash = dvg_subtree_hash(walker, 0, left, bare);
    bool same = false;
    if (hash == 0 || dvg_subtree_is_open(hash) || hash != dvg_subtree_hash(walker, 1, right, bare))
        return false;
    if (!dvg_value_same((dvg_value){walker->document[0], left},
                        (dvg_value){walker->document[1], right}, walk->rules->numbers,
                        walk->allocator, &same))
        dvg_walker_out_of_memory(walker);
    return same;
}
