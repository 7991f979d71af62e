/*
 * place: see place.h.
 */
#define _XOPEN_SOURCE 700
#include "os/place.h"
#include "os/pathname.h"
#include "os/reason.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

enum { LINKS_MOST = 40 };

typedef void (*build_fn)(dvg_buffer *out, const char *first, const char *second);

static void build_normal(dvg_buffer *out, const char *first, const char *second)
{
    (void)second;
    dvg_pathname_normal(out, first);
}

static void build_parent(dvg_buffer *out, const char *first, const char *second)
{
    (void)second;
    dvg_pathname_parent(out, first);
}

/* `*text` becomes what `build` makes of the two; its old string is freed. False: no memory. */
static bool rebuild(const dvg_allocator *allocator, char **text, build_fn build, const char *first,
                    const char *second)
{
    dvg_buffer out;
    dvg_buffer_init(&out, allocator);
    build(&out, first, second);
    char *made = out.failed ? NULL : dvg_string_copy(allocator, out.data, out.size);
    dvg_buffer_clear(&out);
    if (made == NULL)
        return false;
    dvg_release_string(allocator, *text);
    *text = made;
    return true;
}

/* The number of a descriptor of this process that the link `path` in `folder` stands for; -1 if
 * it stands for none. Linux shows them as links below /proc, whose texts lead nowhere. */
static int descriptor_of(const char *folder, const char *path)
{
    char real[PATH_MAX];
    if (realpath(folder, real) == NULL ||
        (strncmp(real, "/proc/", 6) != 0 && strcmp(real, "/dev/fd") != 0))
        return -1;
    const char *name = strrchr(path, '/');
    name = name != NULL ? name + 1 : path;
    size_t size = strlen(name);
    if (size == 0 || size > 6 || strspn(name, "0123456789") != size)
        return -1;
    int number = 0;
    for (; *name != '\0'; name++)
        number = number * 10 + (*name - '0');
    /* Another process's descriptor of that number is another file. */
    struct stat mine;
    struct stat theirs;
    bool same = fstat(number, &mine) == 0 && stat(path, &theirs) == 0 &&
                mine.st_dev == theirs.st_dev && mine.st_ino == theirs.st_ino;
    return same ? number : -1;
}

/* Move `place->real` one link on. */
static dvg_status follow(dvg_place *place, const char *path, dvg_error *error)
{
    char text[PATH_MAX];
    ssize_t size = readlink(place->real, text, sizeof text - 1);
    if (size < 0)
        return dvg_fail_system(error, path, "cannot be followed", errno);
    text[size] = '\0';
    if (!rebuild(&place->allocator, &place->real, dvg_pathname_join, place->folder, text))
        return dvg_fail_memory(error);
    return DVG_OK;
}

/* Look at `place->real`; `*link` tells whether there is one more link to follow. */
static dvg_status look(dvg_place *place, const char *path, bool *link, dvg_error *error)
{
    *link = false;
    if (!rebuild(&place->allocator, &place->folder, build_parent, place->real, NULL))
        return dvg_fail_memory(error);
    place->exists = lstat(place->real, &place->status) == 0;
    if (!place->exists && errno != ENOENT && errno != ENOTDIR)
        return dvg_fail_system(error, path, "cannot be looked at", errno);
    if (!place->exists || !S_ISLNK(place->status.st_mode))
        return DVG_OK;
    place->descriptor = descriptor_of(place->folder, place->real);
    *link = place->descriptor < 0;
    if (!*link && fstat(place->descriptor, &place->status) != 0)
        return dvg_fail_system(error, path, "cannot be looked at", errno);
    return DVG_OK;
}

dvg_status dvg_place_find(dvg_place *place, const char *path, const dvg_allocator *allocator,
                          dvg_error *error)
{
    memset(place, 0, sizeof *place);
    place->allocator = *allocator;
    place->descriptor = -1;
    if (!rebuild(allocator, &place->real, build_normal, path, NULL))
        return dvg_fail_memory(error);
    bool link = true;
    for (int links = 0; link; links++) {
        dvg_status status = look(place, path, &link, error);
        place->circle = link && links == LINKS_MOST;
        if (status == DVG_OK && link)
            status = place->circle ? dvg_fail_system(error, path, NULL, ELOOP)
                                   : follow(place, path, error);
        if (status != DVG_OK)
            return status;
    }
    place->folder_exists = place->exists || (stat(place->folder, &place->folder_status) == 0 &&
                                             S_ISDIR(place->folder_status.st_mode));
    return DVG_OK;
}

void dvg_place_clear(dvg_place *place)
{
    dvg_release_string(&place->allocator, place->real);
    dvg_release_string(&place->allocator, place->folder);
    place->real = place->folder = NULL;
}

/* The real path is in normal form, so its last part is what stands behind the last slash. */
static const char *name_of(const dvg_place *place)
{
    const char *slash = strrchr(place->real, '/');
    return slash != NULL ? slash + 1 : place->real;
}

static bool same_inode(const struct stat *left, const struct stat *right)
{
    return left->st_dev == right->st_dev && left->st_ino == right->st_ino;
}

bool dvg_place_same(const dvg_place *left, const dvg_place *right)
{
    if (left->exists && right->exists)
        return same_inode(&left->status, &right->status);
    return left->exists == right->exists && left->folder_exists && right->folder_exists &&
           same_inode(&left->folder_status, &right->folder_status) &&
           strcmp(name_of(left), name_of(right)) == 0;
}
