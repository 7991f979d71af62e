/*
 * differ: the first byte in which two regular files, or bytes in memory, differ.
 * Answers for reading both side by side, a piece at a time, whatever their size; holds no file in
 * memory and hashes nothing.
 */
#ifndef DVG_OS_DIFFER_H
#define DVG_OS_DIFFER_H

#include "base/error.h"
#include "base/memory.h"

/* Bytes that are kept of either side, from the first that differs on. */
#define DVG_DIFFER_SAMPLE 8

typedef struct dvg_differ {
    uint64_t size[2];
    bool same;
    uint64_t at; /* the first byte that differs; the shorter file's size where it ends there */
    unsigned char sample[2][DVG_DIFFER_SAMPLE];
    size_t sample_size[2];
} dvg_differ;

/* What is compared: the file at `path`, or `size` bytes at `data` where that is not NULL. */
typedef struct dvg_differ_source {
    const char *path;
    const void *data;
    size_t size;
} dvg_differ_source;

/* Compare. DVG_E_IO: one of them is no regular file, cannot be read, or changed meanwhile. */
dvg_status dvg_differ_find(dvg_differ *differ, const dvg_differ_source sources[2],
                           const dvg_allocator *allocator, dvg_error *error);

#endif
