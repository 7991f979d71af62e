/*
 * inside: see inside.h.
 */
#define _XOPEN_SOURCE 700
#include "os/inside.h"
#include "os/reason.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

/* The folder that `path` stands in, as the system knows it. False: errno says why not. */
static bool find_parent(char real[PATH_MAX], const char *path)
{
    char parent[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t size = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    if (size >= sizeof parent) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(parent, path, size);
    parent[size] = '\0';
    return realpath(size == 0 ? "." : parent, real) != NULL;
}

dvg_status dvg_inside_check(bool *inside, const char *folder, const char *path, dvg_error *error)
{
    char outer[PATH_MAX];
    char inner[PATH_MAX];
    struct stat status;
    *inside = false;
    if (!find_parent(inner, path))
        return dvg_fail_system(error, path, NULL, errno);
    if (realpath(folder[0] == '\0' ? "." : folder, outer) == NULL)
        return dvg_fail_system(error, folder, NULL, errno);
    size_t size = strlen(outer);
    bool below = strncmp(outer, inner, size) == 0 &&
                 (inner[size] == '\0' || inner[size] == '/' || strcmp(outer, "/") == 0);
    bool link = lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
    *inside = below && !link;
    return DVG_OK;
}
