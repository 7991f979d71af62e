/*
 * listing: see listing.h. Folders wait in a list; each knows the one it was found in, so that a
 * link can be held against all folders that it stands in, by the names they have without links.
 */
#define _XOPEN_SOURCE 700
#include "os/listing.h"
#include "base/sort.h"
#include "os/beneath.h"
#include "os/file.h"
#include "os/folder.h"
#include "os/reason.h"

#include <errno.h>
#include <string.h>

static const char leads_out[] = "is a link that leads out of the snapshot";
static const char leads_back[] = "is a link that leads back to a folder that it stands in";
static const char leads_round[] = "is a link that leads to itself";

struct folder {
    const char *name; /* as it is listed; "": the root */
    const char *real; /* the same folder without links on the way */
    size_t parent;    /* index; the root is its own */
    bool linked;      /* reached through a link */
};

struct lister {
    dvg_tree *tree;
    const char *root;
    dvg_tree_want_fn want;
    void *payload;
    struct folder *folders;
    size_t count, capacity;
    size_t at;       /* the folder that is being listed */
    uint64_t linked; /* names reached through links */
    dvg_buffer path; /* working memory */
    dvg_buffer real;
    dvg_error *error;
};

static dvg_status out_of_memory(const struct lister *lister)
{
    return dvg_fail_memory(lister->error);
}

/* "FOLDER/PART", or PART alone where the folder is "". NULL: out of memory. */
static const char *join(struct lister *lister, const char *folder, const char *part)
{
    size_t size = strlen(folder);
    size_t more = strlen(part) + 1;
    char *joined = dvg_arena_get(&lister->tree->arena, size + 1 + more);
    if (joined == NULL)
        return NULL;
    memcpy(joined, folder, size);
    if (size > 0)
        joined[size++] = '/';
    memcpy(joined + size, part, more);
    return joined;
}

/* The path of a name below the root; NULL: out of memory. */
static const char *path_of(struct lister *lister, const char *name)
{
    lister->path.size = 0;
    dvg_buffer_add_text(&lister->path, lister->root);
    if (name[0] != '\0')
        dvg_buffer_add_byte(&lister->path, '/');
    dvg_buffer_add_text(&lister->path, name);
    return dvg_buffer_string(&lister->path);
}

/* ---- what is found */

static dvg_status add_entry(const struct lister *lister, const char *name, dvg_tree_kind kind,
                            const char *why)
{
    dvg_tree *tree = lister->tree;
    void *entries = tree->entries;
    if (!dvg_grow(&tree->arena.allocator, &entries, &tree->capacity, tree->count + 1,
                  sizeof *tree->entries))
        return out_of_memory(lister);
    tree->entries = entries;
    tree->entries[tree->count++] = (dvg_tree_entry){name, kind, why};
    return DVG_OK;
}

static dvg_status add_folder(struct lister *lister, struct folder folder)
{
    void *folders = lister->folders;
    if (folder.name == NULL || folder.real == NULL ||
        !dvg_grow(&lister->tree->arena.allocator, &folders, &lister->capacity, lister->count + 1,
                  sizeof *lister->folders))
        return out_of_memory(lister);
    lister->folders = folders;
    lister->folders[lister->count++] = folder;
    return DVG_OK;
}

static dvg_status add_found(struct lister *lister, const char *name, const char *real, mode_t mode,
                            bool linked)
{
    if (S_ISREG(mode))
        return add_entry(lister, name, DVG_TREE_FILE, NULL);
    if (!S_ISDIR(mode))
        return add_entry(lister, name, DVG_TREE_ALIEN, dvg_mode_refusal((uint32_t)mode));
    if (lister->want != NULL && !lister->want(lister->payload, name))
        return add_entry(lister, name, DVG_TREE_CLOSED, NULL);
    return add_folder(lister, (struct folder){name, real, lister->at, linked});
}

/* ---- links */

/* Is `real` the folder `other`, or does it hold it? Both are free of links. */
static bool holds(const char *real, const char *other)
{
    size_t size = strlen(real);
    return size == 0 ||
           (strncmp(real, other, size) == 0 && (other[size] == '/' || other[size] == '\0'));
}

/* Does a link in the folder at hand lead to one that it stands in, whichever way we came? */
static bool goes_back(const struct lister *lister, const char *real)
{
    size_t folder = lister->at;
    while (!holds(real, lister->folders[folder].real) && folder != 0)
        folder = lister->folders[folder].parent;
    return holds(real, lister->folders[folder].real);
}

static dvg_status add_link(struct lister *lister, const char *name, const char *part)
{
    const struct folder *folder = &lister->folders[lister->at];
    dvg_beneath answer = DVG_BENEATH_NOTHING;
    struct stat found;
    dvg_status status = dvg_beneath_follow(&answer, &lister->real, &found, lister->root,
                                           folder->real, part, lister->error);
    if (status != DVG_OK)
        return status;
    if (answer == DVG_BENEATH_NOTHING)
        return add_entry(lister, name, DVG_TREE_DANGLING, NULL);
    if (answer == DVG_BENEATH_OUT)
        return add_entry(lister, name, DVG_TREE_ALIEN, leads_out);
    if (answer == DVG_BENEATH_LOOP)
        return add_entry(lister, name, DVG_TREE_ALIEN, leads_round);
    const char *real = dvg_arena_copy(&lister->tree->arena, lister->real.data, lister->real.size);
    if (real == NULL)
        return out_of_memory(lister);
    if (S_ISDIR(found.st_mode) && goes_back(lister, real))
        return add_entry(lister, name, DVG_TREE_ALIEN, leads_back);
    return add_found(lister, name, real, found.st_mode, true);
}

/* ---- folders */

static dvg_status add_name(struct lister *lister, const char *part)
{
    const struct folder folder = lister->folders[lister->at];
    struct stat found;
    const char *name = join(lister, folder.name, part);
    const char *path = name == NULL ? NULL : path_of(lister, name);
    if (path == NULL)
        return out_of_memory(lister);
    if (folder.linked && ++lister->linked > DVG_TREE_LINKED_MOST)
        return dvg_fail_file(lister->error, DVG_E_LIMIT, path,
                             "links to folders give more than %llu names",
                             (unsigned long long)DVG_TREE_LINKED_MOST);
    if (lstat(path, &found) != 0)
        return dvg_fail_system(lister->error, path, "cannot be looked at", errno);
    if (S_ISLNK(found.st_mode))
        return add_link(lister, name, part);
    const char *real = folder.linked ? join(lister, folder.real, part) : name;
    return real == NULL ? out_of_memory(lister)
                        : add_found(lister, name, real, found.st_mode, folder.linked);
}

static dvg_status list_folder(struct lister *lister)
{
    const struct folder folder = lister->folders[lister->at];
    dvg_folder names;
    const char *path = path_of(lister, folder.name);
    if (path == NULL)
        return out_of_memory(lister);
    dvg_status status =
        dvg_folder_read(&names, path, &lister->tree->arena.allocator, lister->error);
    if (status == DVG_OK && names.count == 0 && lister->at > 0)
        status = add_entry(lister, folder.name, DVG_TREE_EMPTY, NULL);
    for (size_t i = 0; i < names.count && status == DVG_OK; i++)
        status = add_name(lister, names.names[i]);
    dvg_folder_clear(&names);
    return status;
}

static int by_name(const void *left, const void *right)
{
    return strcmp(((const dvg_tree_entry *)left)->name, ((const dvg_tree_entry *)right)->name);
}

dvg_status dvg_tree_list(dvg_tree *tree, const char *root, const dvg_allocator *allocator,
                         dvg_tree_want_fn want, void *payload, dvg_error *error)
{
    struct lister lister;
    memset(tree, 0, sizeof *tree);
    memset(&lister, 0, sizeof lister);
    dvg_arena_init(&tree->arena, allocator);
    lister.tree = tree;
    lister.root = root;
    lister.want = want;
    lister.payload = payload;
    lister.error = error;
    dvg_buffer_init(&lister.path, allocator);
    dvg_buffer_init(&lister.real, allocator);
    dvg_status status = add_folder(&lister, (struct folder){"", "", 0, false});
    for (; status == DVG_OK && lister.at < lister.count; lister.at++)
        status = list_folder(&lister);
    if (status == DVG_OK && !dvg_tree_sort(tree, allocator))
        status = out_of_memory(&lister);
    dvg_release(allocator, lister.folders, lister.capacity * sizeof *lister.folders);
    dvg_buffer_clear(&lister.path);
    dvg_buffer_clear(&lister.real);
    return status;
}

bool dvg_tree_add(dvg_tree *tree, const char *name, const dvg_allocator *allocator)
{
    void *entries = tree->entries;
    if (!dvg_grow(allocator, &entries, &tree->capacity, tree->count + 1, sizeof *tree->entries))
        return false;
    tree->entries = entries;
    const char *copy = dvg_arena_copy(&tree->arena, name, strlen(name));
    if (copy != NULL)
        tree->entries[tree->count++] = (dvg_tree_entry){copy, DVG_TREE_FILE, NULL};
    return copy != NULL;
}

bool dvg_tree_sort(dvg_tree *tree, const dvg_allocator *allocator)
{
    return dvg_sort(allocator, tree->entries, tree->count, sizeof *tree->entries, by_name);
}

void dvg_tree_clear(dvg_tree *tree)
{
    const dvg_allocator allocator = tree->arena.allocator;
    dvg_release(&allocator, tree->entries, tree->capacity * sizeof *tree->entries);
    dvg_arena_clear(&tree->arena);
    tree->entries = NULL;
    tree->count = tree->capacity = 0;
}

const dvg_tree_entry *dvg_tree_find(const dvg_tree *tree, const char *name)
{
    size_t first = 0;
    size_t last = tree->count;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        int order = strcmp(tree->entries[middle].name, name);
        if (order == 0)
            return &tree->entries[middle];
        if (order < 0)
            first = middle + 1;
        else
            last = middle;
    }
    return NULL;
}
