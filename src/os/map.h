/*
 * map: a regular file seen through the system's own pages, with zeroes behind its end.
 * Answers for a map that a reader can use like bytes that were read: what lies behind the last
 * whole page is read, so that nobody can put other bytes behind the end. Does not decide which
 * files are mapped.
 * Invariant: the file stays open as long as it is mapped, so that it can be looked at again.
 */
#ifndef DVG_OS_MAP_H
#define DVG_OS_MAP_H

#include "base/error.h"

/* What somebody who owns the process says to a map; see dvg_map_fn. `ask` NULL: no. */
typedef struct dvg_mapper {
    dvg_map_fn ask;
    void *payload;
} dvg_mapper;

/* A mapped file. Its mapper is borrowed and outlives it. */
typedef struct dvg_map {
    char *data;
    size_t size;     /* bytes of the file */
    size_t capacity; /* bytes mapped: at least DVG_MAP_PADDING more */
    int handle;
    const dvg_mapper *mapper;
} dvg_map;

#define DVG_MAP_PADDING 64

/* Map the first `size` bytes of the open file `handle`. True: `*map` owns the handle. False: it is
 * as it was and the file has to be read; the mapper or the system will not have it. */
bool dvg_map_open(dvg_map *map, int handle, const char *path, size_t size,
                  const dvg_mapper *mapper);

/* Unmap, and close the handle. */
void dvg_map_close(dvg_map *map);

/* Memory of one's own is about to be written from end to end: have the system provide its pages in
 * one go. Only a hint. */
void dvg_map_expect(void *data, size_t size);

#endif
