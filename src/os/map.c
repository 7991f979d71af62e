/*
 * map: see map.h.
 */
#define _DEFAULT_SOURCE /* NOLINT: MAP_ANONYMOUS, MAP_POPULATE */
#include "os/map.h"

#include <errno.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* Ask for the pages at once: one call is much cheaper than a fault for each. */
#ifndef MAP_POPULATE
#define MAP_POPULATE 0
#endif

enum { EXPECTED_LEAST = 1 << 16 }; /* of less, a call costs what it saves */

/* What lies behind the last whole page, read to where it belongs. */
static bool read_tail(int handle, char *data, size_t from, size_t size)
{
    while (from < size) {
        ssize_t got = pread(handle, data + from, size - from, (off_t)from);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        from += (size_t)got;
    }
    return true;
}

/* The whole room is taken as empty pages first, so that the file's end is followed by zeroes of
 * our own whatever its size is. */
static bool fill(char *room, int handle, size_t size, size_t page)
{
    size_t whole = size / page * page;
    if (whole > 0 && mmap(room, whole, PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_POPULATE, handle,
                          0) == MAP_FAILED)
        return false;
    return read_tail(handle, room, whole, size);
}

bool dvg_map_open(dvg_map *map, int handle, const char *path, size_t size, const dvg_mapper *mapper)
{
    long page = sysconf(_SC_PAGESIZE);
    if (mapper == NULL || mapper->ask == NULL || page <= DVG_MAP_PADDING ||
        size > SIZE_MAX / 2 - (size_t)page)
        return false;
    size_t step = (size_t)page;
    size_t capacity = (size / step + 2) * step;
    char *room = mmap(NULL, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED)
        return false;
    if (!fill(room, handle, size, step) || !mapper->ask(mapper->payload, path, room, size)) {
        munmap(room, capacity);
        return false;
    }
    *map = (dvg_map){room, size, capacity, handle, mapper};
    return true;
}

void dvg_map_close(dvg_map *map)
{
    map->mapper->ask(map->mapper->payload, NULL, map->data, map->size);
    munmap(map->data, map->capacity);
    close(map->handle);
}

void dvg_map_expect(void *data, size_t size)
{
#if defined(MADV_POPULATE_WRITE)
    long page = sysconf(_SC_PAGESIZE);
    if (page <= 0)
        return;
    uintptr_t step = (uintptr_t)page;
    uintptr_t begin = ((uintptr_t)data + step - 1) / step * step;
    uintptr_t end = ((uintptr_t)data + size) / step * step;
    if (begin < end && end - begin >= EXPECTED_LEAST)
        (void)madvise((char *)data + (begin - (uintptr_t)data), end - begin, MADV_POPULATE_WRITE);
#else
    (void)data;
    (void)size;
#endif
}
