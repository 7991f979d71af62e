/*
 * temporary: a file beside the one whose place it is to take.
 * Answers for its name, its mode and its contents; who renames it is replace.h. `shown` is what
 * errors call the place. Invariant: after a failure there is no such file.
 */
#ifndef DVG_OS_TEMPORARY_H
#define DVG_OS_TEMPORARY_H

#include "os/place.h"
#include "os/store.h"

/* Names that are tried before it is given up. */
enum { DVG_TEMPORARY_NAMES = 16 };

/* A path that nobody else has in the folder of the place; a leading dot hides it. NULL: out of
 * memory. Free it with dvg_release_string. */
char *dvg_temporary_name(const dvg_place *place, const dvg_allocator *allocator, uint64_t attempt);

/* Write a complete file, not yet flushed; `*name` is its path and `*handle` its descriptor. */
dvg_status dvg_temporary_write(const dvg_place *place, const char *shown,
                               const dvg_allocator *allocator, const char *data, size_t size,
                               char **name, int *handle, const dvg_stop *stop, dvg_error *error);

/* Flush and close, whatever comes of it. Any thread. */
dvg_status dvg_temporary_finish(const char *shown, int handle, const dvg_stop *stop,
                                dvg_error *error);

/* Take the file away, if there is one, and free its path. */
void dvg_temporary_drop(const dvg_allocator *allocator, char **name);

#endif
