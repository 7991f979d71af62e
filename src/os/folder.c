/*
 * folder: see folder.h.
 */
#define _POSIX_C_SOURCE 200809L
#include "os/folder.h"
#include "base/sort.h"
#include "os/reason.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

static bool add_name(dvg_folder *folder, const char *name)
{
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return true;
    void *names = folder->names;
    if (!dvg_grow(&folder->allocator, &names, &folder->capacity, folder->count + 1,
                  sizeof *folder->names))
        return false;
    folder->names = names;
    char *copy = dvg_string_copy(&folder->allocator, name, strlen(name));
    if (copy == NULL)
        return false;
    folder->names[folder->count++] = copy;
    return true;
}

static dvg_status read_names(dvg_folder *folder, DIR *handle, const char *path, dvg_error *error)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(handle);
        if (entry == NULL)
            break;
        if (!add_name(folder, entry->d_name))
            return dvg_fail_memory(error);
    }
    if (errno != 0)
        return dvg_fail_system(error, path, "cannot be listed", errno);
    if (!dvg_sort(&folder->allocator, folder->names, folder->count, sizeof *folder->names,
                  by_bytes))
        return dvg_fail_memory(error);
    return DVG_OK;
}

static dvg_status list(dvg_folder *folder, const char *path, const dvg_allocator *allocator,
                       bool may_be_absent, dvg_error *error)
{
    memset(folder, 0, sizeof *folder);
    folder->allocator = *allocator;
    DIR *handle = opendir(path);
    if (handle == NULL && errno == ENOENT && may_be_absent)
        return DVG_OK;
    if (handle == NULL)
        return dvg_fail_system(error, path, "cannot be listed", errno);
    dvg_status status = read_names(folder, handle, path, error);
    closedir(handle);
    return status;
}

dvg_status dvg_folder_list(dvg_folder *folder, const char *path, const dvg_allocator *allocator,
                           dvg_error *error)
{
    return list(folder, path, allocator, true, error);
}

dvg_status dvg_folder_read(dvg_folder *folder, const char *path, const dvg_allocator *allocator,
                           dvg_error *error)
{
    return list(folder, path, allocator, false, error);
}

void dvg_folder_clear(dvg_folder *folder)
{
    for (size_t i = 0; i < folder->count; i++)
        dvg_release_string(&folder->allocator, folder->names[i]);
    dvg_release(&folder->allocator, folder->names, folder->capacity * sizeof *folder->names);
    folder->names = NULL;
    folder->count = folder->capacity = 0;
}
