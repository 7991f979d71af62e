/*
 * file: reading a file whole, once.
 * Answers for what may be read: regular files inside a snapshot, pipes too when they are named by
 * the user; never blocks on a FIFO, never reads a device or a directory. Knows nothing of content.
 * Invariant: the bytes given are the bytes of one moment, or the read fails with "changed while
 * it was read".
 */
#ifndef DVG_OS_FILE_H
#define DVG_OS_FILE_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "os/map.h"

#include <sys/stat.h>
#include <sys/types.h>

/* The bytes behind a text that a reader may look at, all zero, so that it can load whole words. */
#define DVG_FILE_PADDING 64

/* A whole file in memory. */
typedef struct dvg_bytes {
    char *data;        /* NULL: nothing was read */
    size_t size;       /* bytes of the file */
    size_t capacity;   /* bytes allocated: at least size + DVG_FILE_PADDING; 0: see below */
    bool borrowed;     /* somebody else's memory, without padding; else capacity 0 means mapped */
    dvg_map map;       /* meant where capacity is 0 and data is not NULL */
    int64_t moment[5]; /* of a map: what the system said of the file when it was opened */
} dvg_bytes;

/* What stands at a path, links followed. */
typedef enum dvg_presence {
    DVG_PRESENCE_ABSENT,   /* nothing, or a component of the path is missing */
    DVG_PRESENCE_DANGLING, /* a link that leads nowhere, or in a circle */
    DVG_PRESENCE_REGULAR,
    DVG_PRESENCE_DIRECTORY,
    DVG_PRESENCE_OTHER /* FIFO, device, socket */
} dvg_presence;

/* Why something of that `st_mode` is not read where a regular file is wanted; a constant. */
const char *dvg_mode_refusal(uint32_t mode);

/* Look at `path`. Other failures than absence (permission) are errors, DVG_E_IO. */
dvg_status dvg_path_look(const char *path, dvg_presence *presence, dvg_error *error);

/* The same, and the bytes it holds as far as the system tells: 0 for what is no regular file. */
dvg_status dvg_path_measure(const char *path, dvg_presence *presence, uint64_t *size,
                            dvg_error *error);

/* Append the text of the link `path`. */
dvg_status dvg_path_link(dvg_buffer *text, const char *path, dvg_error *error);

/* Open the regular file `path` for reading; `*status` describes it. What is no regular file is
 * refused without being opened. The caller closes `*handle`, which is -1 after a failure. */
dvg_status dvg_file_open(int *handle, const char *path, struct stat *status, dvg_error *error);

/* Was an open file written to since `before` described it? DVG_E_IO: it was, or cannot be asked. */
dvg_status dvg_file_check(int handle, const char *path, const struct stat *before,
                          dvg_error *error);

/* Read the regular file `path`, links followed, into `*bytes`, which the caller frees with
 * dvg_bytes_clear; it holds nothing after a failure. What is no regular file is refused at once,
 * without being opened. An empty file gives `data` that is not NULL. DVG_E_IO names the file and
 * the reason; DVG_E_LIMIT: larger than memory can be; DVG_E_MEMORY. */
dvg_status dvg_file_read(const char *path, const dvg_allocator *allocator, dvg_bytes *bytes,
                         dvg_error *error);

/* The same, but a large file is mapped where `mapper` agrees; `path` and `mapper` must then outlive
 * the bytes, and dvg_bytes_check tells at the end whether the file stayed as it was. */
dvg_status dvg_file_take(const char *path, const dvg_allocator *allocator, const dvg_mapper *mapper,
                         dvg_bytes *bytes, dvg_error *error);

/* Is the file at `path`, if it was mapped, still what it was? DVG_E_IO: it changed. */
dvg_status dvg_bytes_check(const dvg_bytes *bytes, const char *path, dvg_error *error);

/* The same as dvg_file_read and dvg_file_take for a file that the user named: a pipe is read to
 * its end, however long its writer takes, signals or not. A path that stands for a descriptor of
 * this process, as /dev/stdin and /dev/fd/N do, is read through it, from where it stands, also
 * where it is a socket or a terminal. "-" is no special name. */
dvg_status dvg_file_read_any(const char *path, const dvg_allocator *allocator, dvg_bytes *bytes,
                             dvg_error *error);
dvg_status dvg_file_take_any(const char *path, const dvg_allocator *allocator,
                             const dvg_mapper *mapper, dvg_bytes *bytes, dvg_error *error);

/* Are both paths one pipe, or something else that can be read only once? */
bool dvg_path_same_pipe(const char *left, const char *right);

/* One read that a signal does not cut short; as read(). */
ssize_t dvg_file_read_some(int handle, char *data, size_t size);

/* Free the bytes. */
void dvg_bytes_clear(dvg_bytes *bytes, const dvg_allocator *allocator);

/* Sixteen unpredictable bytes for the seed of look-ups. False: the system gives none. */
bool dvg_random_seed(uint64_t word[2]);

/* Milliseconds of a clock that never goes back. */
uint64_t dvg_clock_milliseconds(void);

#endif
