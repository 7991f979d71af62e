/*
 * keymap: the elements of two arrays by the value of one of their members.
 * Answers for finding keys and the elements that carry them, side by side in two threads where
 * that pays; what is done with what was found is keyed.c's. An object without the member has the
 * key null. Where duplicates are "last", a key that stands twice on one side keeps its first text
 * and its last element, and what is no object takes no part; else the occurrences of a key, and
 * what is no object, are matched in their order. Private to diff/.
 */
#ifndef DVG_DIFF_KEYMAP_H
#define DVG_DIFF_KEYMAP_H

#include "diff/frame.h"

/* One key, with the elements that carry it. There is one for every element of a large array, so it
 * is small: places are counted in cells behind the array's own, and 0 is none. */
struct dvg_key_entry {
    uint32_t element[2]; /* the last one of each side */
    uint32_t index[2];
    uint32_t count[2]; /* of the first occurrence: how often each side has the key */
    uint32_t hash;
    uint32_t occurrence : 29;
    uint32_t same : 1;     /* both elements were looked at: they are the same, and counted */
    uint32_t string : 1;   /* the key is a string: both sides spell it alike */
    uint32_t stranger : 1; /* the elements are no objects and have no key at all */
    union {
        dvg_cell text;   /* of a string: the cell, of the left side if that has the key */
        uint32_t key[2]; /* else as each side spells it first; none: no such member */
    } as;
};

/* The keys are shared out by their hash: each thread has half of them, and nobody else touches
 * those. */
struct dvg_key_shard {
    struct dvg_keymap *map;
    struct dvg_key_entry *entries; /* in document order, left side first */
    size_t count, capacity;
    uint32_t *slots; /* 1 + index of an entry; 0: free */
    size_t slot_count;
    size_t distinct[2];
    uint64_t duplicates[2], strangers[2], keyless[2];
    dvg_ledger ledger; /* what was set aside, and the elements that are the same */
    bool failed;       /* out of memory */
};

enum { DVG_KEY_SHARDS = 2 };

struct dvg_key_found;

struct dvg_keymap {
    const struct dvg_walker *walker;
    const dvg_keyed *keyed;
    const dvg_cell *array[2];
    struct dvg_key_found *found[2];
    size_t count[2]; /* elements */
    bool last_wins;  /* a key that comes again replaces; what is no object is set aside */
    bool look;       /* mark the entries whose elements are the same */
    struct dvg_key_shard shard[DVG_KEY_SHARDS];
    size_t bad[2];        /* first element whose key is an array or an object; SIZE_MAX: none */
    dvg_type bad_type[2]; /* which of the two */
};

/* Fill the map of two arrays; `*map` is the caller's storage and is cleared in any case by
 * dvg_keymap_clear. False: out of memory, or a key is bad. */
bool dvg_keymap_fill(struct dvg_keymap *map, const struct dvg_walker *walker,
                     const dvg_keyed *keyed, const dvg_cell *left, const dvg_cell *right,
                     bool look);
void dvg_keymap_clear(struct dvg_keymap *map);

/* The entry's element of a side; NULL: none. */
static inline const dvg_cell *dvg_keymap_element(const struct dvg_keymap *map,
                                                 const struct dvg_key_entry *entry, int side)
{
    return entry->element[side] == 0 ? NULL : map->array[side] + entry->element[side];
}

/* The key of an entry, if that is a string. */
static inline dvg_text dvg_keymap_text(const struct dvg_keymap *map,
                                       const struct dvg_key_entry *entry)
{
    return dvg_cell_text(map->walker->document[entry->element[0] != 0 ? 0 : 1], entry->as.text);
}

/* The key of an entry that is no string, as one side spells it first; absent where it has none. */
dvg_value dvg_keymap_key(const struct dvg_keymap *map, const struct dvg_key_entry *entry, int side);

#endif
