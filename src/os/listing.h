/*
 * listing: every name below a directory, sorted by bytes.
 * Answers for how links are followed: inside the directory only, wherever they lead from there;
 * one that leads out, or back to a folder that it stands in, is listed as such and not followed.
 * Reads no file and opens nothing but folders. Without recursion.
 */
#ifndef DVG_OS_LISTING_H
#define DVG_OS_LISTING_H

#include "base/arena.h"
#include "base/error.h"

/* What stands at a name, links followed. Folders that hold something are not listed themselves. */
typedef enum dvg_tree_kind {
    DVG_TREE_FILE,
    DVG_TREE_EMPTY,    /* a folder that holds nothing */
    DVG_TREE_CLOSED,   /* a folder that nobody wanted to look into */
    DVG_TREE_DANGLING, /* a link that leads nowhere */
    DVG_TREE_ALIEN     /* nothing that can be compared: `why` says what */
} dvg_tree_kind;

typedef struct dvg_tree_entry {
    const char *name; /* below the directory, parts joined by '/'; bytes as they are */
    dvg_tree_kind kind;
    const char *why; /* "is a pipe, not a regular file"; a constant; NULL where all is well */
} dvg_tree_entry;

typedef struct dvg_tree {
    dvg_arena arena; /* of the names */
    dvg_tree_entry *entries;
    size_t count, capacity;
} dvg_tree;

/* Is anything below the folder of that name wanted? */
typedef bool (*dvg_tree_want_fn)(void *payload, const char *name);

/* How many names may be reached through links to folders: such links can name one folder so often
 * that no list would end. */
#define DVG_TREE_LINKED_MOST UINT64_C(100000)

/* List the directory `root` into `*tree`, the caller's storage; clear it in any case. `want` NULL:
 * everything. DVG_E_IO: a folder cannot be listed, a name cannot be looked at; DVG_E_LIMIT: more
 * than DVG_TREE_LINKED_MOST; DVG_E_MEMORY. */
dvg_status dvg_tree_list(dvg_tree *tree, const char *root, const dvg_allocator *allocator,
                         dvg_tree_want_fn want, void *payload, dvg_error *error);
void dvg_tree_clear(dvg_tree *tree);

/* Add a regular file that stands in no directory, and put all entries in order. A tree that is
 * filled in this way has its arena initialised by the caller. False: out of memory. */
bool dvg_tree_add(dvg_tree *tree, const char *name, const dvg_allocator *allocator);
bool dvg_tree_sort(dvg_tree *tree, const dvg_allocator *allocator);

/* The entry of that name; NULL: none is listed. */
const dvg_tree_entry *dvg_tree_find(const dvg_tree *tree, const char *name);

#endif
