/*
 * beneath: see beneath.h. What is still to come is one text, from which a part at a time is taken;
 * a link's own text is put in front of it.
 */
#define _XOPEN_SOURCE 700
#include "os/beneath.h"
#include "os/reason.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

enum { LINKS_MOST = 40 };

struct way {
    const char *root;
    dvg_buffer *at;    /* where we are, below the root; no link in it */
    dvg_buffer rest;   /* parts to come */
    dvg_buffer path;   /* working memory: a path to ask the system about */
    struct stat *seen; /* what stands at `at` */
    dvg_beneath answer;
    int links;
    dvg_error *error;
};

/* The path of the place we are at; NULL: out of memory. */
static const char *path_of(struct way *way)
{
    way->path.size = 0;
    dvg_buffer_add_text(&way->path, way->root);
    dvg_buffer_add_byte(&way->path, '/');
    dvg_buffer_add(&way->path, way->at->data, way->at->size);
    return dvg_buffer_string(&way->path);
}

/* Take the last part away again. */
static void go_up(dvg_buffer *at)
{
    while (at->size > 0 && at->data[--at->size] != '/') {
    }
}

static void go_down(dvg_buffer *at, const char *part, size_t size)
{
    if (at->size > 0)
        dvg_buffer_add_byte(at, '/');
    dvg_buffer_add(at, part, size);
}

/* What an absolute text says below the root, which one of its beginnings must be; NULL: none is. */
static const char *below_root(struct way *way, const char *text)
{
    struct stat root;
    struct stat other;
    if (stat(way->root, &root) != 0)
        return NULL;
    for (size_t size = strspn(text, "/");; size += strspn(text + size, "/")) {
        way->path.size = 0;
        dvg_buffer_add(&way->path, text, size);
        const char *beginning = dvg_buffer_string(&way->path);
        if (beginning != NULL && stat(beginning, &other) == 0 && other.st_dev == root.st_dev &&
            other.st_ino == root.st_ino)
            return text + size;
        if (text[size] == '\0')
            return NULL;
        size += strcspn(text + size, "/");
    }
}

/* Put the text of a link in front of what is to come. */
static void put_in_front(struct way *way, const char *text)
{
    dvg_buffer both;
    dvg_buffer_init(&both, &way->rest.allocator);
    dvg_buffer_add_text(&both, text);
    dvg_buffer_add_byte(&both, '/');
    dvg_buffer_add(&both, way->rest.data, way->rest.size);
    dvg_buffer_clear(&way->rest);
    way->rest = both;
}

static dvg_status read_link(struct way *way, const char *path)
{
    char text[PATH_MAX];
    ssize_t size = readlink(path, text, sizeof text - 1);
    if (size < 0)
        return dvg_fail_system(way->error, path, "cannot be followed", errno);
    text[size] = '\0';
    if (++way->links > LINKS_MOST) {
        way->answer = DVG_BENEATH_LOOP;
        return DVG_OK;
    }
    const char *target = text;
    if (text[0] == '/') {
        target = below_root(way, text);
        way->at->size = 0;
    } else {
        go_up(way->at);
    }
    if (target == NULL)
        way->answer = DVG_BENEATH_OUT;
    else
        put_in_front(way, target);
    return way->rest.failed || way->path.failed ? dvg_fail_memory(way->error) : DVG_OK;
}

/* Look at the place we are at, and begin to follow it if it is a link. */
static dvg_status look(struct way *way)
{
    const char *path = path_of(way);
    if (path == NULL || way->at->failed)
        return dvg_fail_memory(way->error);
    if (lstat(path, way->seen) == 0)
        return S_ISLNK(way->seen->st_mode) ? read_link(way, path) : DVG_OK;
    if (errno != ENOENT && errno != ENOTDIR)
        return dvg_fail_system(way->error, path, "cannot be looked at", errno);
    way->answer = DVG_BENEATH_NOTHING;
    return DVG_OK;
}

/* Take the next part of the rest; false: nothing is left. */
static bool take_part(struct way *way, char *part, size_t *size)
{
    const char *rest = dvg_buffer_string(&way->rest);
    if (rest == NULL)
        return false;
    rest += strspn(rest, "/");
    *size = strcspn(rest, "/");
    if (*size == 0 || *size >= PATH_MAX)
        return false;
    memcpy(part, rest, *size);
    size_t taken = (size_t)(rest - way->rest.data) + *size;
    memmove(way->rest.data, way->rest.data + taken, way->rest.size - taken);
    way->rest.size -= taken;
    return true;
}

static dvg_status go_on(struct way *way, const char *part, size_t size)
{
    if (size == 1 && part[0] == '.')
        return DVG_OK;
    if (size != 2 || memcmp(part, "..", 2) != 0) {
        go_down(way->at, part, size);
        return look(way);
    }
    if (way->at->size == 0)
        way->answer = DVG_BENEATH_OUT;
    else
        go_up(way->at);
    return DVG_OK;
}

dvg_status dvg_beneath_follow(dvg_beneath *answer, dvg_buffer *real, struct stat *found,
                              const char *root, const char *folder, const char *name,
                              dvg_error *error)
{
    char part[PATH_MAX];
    size_t size;
    struct way way = {
        root, real, {{0, 0}, 0, 0, 0, 0}, {{0, 0}, 0, 0, 0, 0}, found, DVG_BENEATH_FOUND, 0, error};
    dvg_status status = DVG_OK;
    dvg_buffer_init(&way.rest, &real->allocator);
    dvg_buffer_init(&way.path, &real->allocator);
    real->size = 0;
    dvg_buffer_add_text(real, folder);
    dvg_buffer_add_text(&way.rest, name);
    while (status == DVG_OK && way.answer == DVG_BENEATH_FOUND && take_part(&way, part, &size))
        status = go_on(&way, part, size);
    if (status == DVG_OK && way.answer == DVG_BENEATH_FOUND)
        status = look(&way); /* ".." may have come last */
    if (status == DVG_OK && (way.rest.failed || dvg_buffer_string(real) == NULL))
        status = dvg_fail_memory(error);
    dvg_buffer_clear(&way.rest);
    dvg_buffer_clear(&way.path);
    *answer = way.answer;
    return status;
}
