/*
 * folder: the names in a directory, sorted by bytes.
 */
#ifndef DVG_OS_FOLDER_H
#define DVG_OS_FOLDER_H

#include "base/error.h"
#include "base/memory.h"

typedef struct dvg_folder {
    dvg_allocator allocator;
    char **names; /* NUL-ended, sorted by bytes; "." and ".." left out */
    size_t count;
    size_t capacity;
} dvg_folder;

/* List the directory `path`. A directory that does not exist gives an empty list.
 * Free with dvg_folder_clear, after a failure too. */
dvg_status dvg_folder_list(dvg_folder *folder, const char *path, const dvg_allocator *allocator,
                           dvg_error *error);

/* The same, but a directory that does not exist is an error. */
dvg_status dvg_folder_read(dvg_folder *folder, const char *path, const dvg_allocator *allocator,
                           dvg_error *error);

void dvg_folder_clear(dvg_folder *folder);

#endif
