/*
 * replace: files that are replaced together, whole or not at all.
 * Answers for temporary files, flushing, modes, links and putting back; does not know reports.
 * Invariant: at every moment, also after a kill, each target is the old file or the complete new
 * one, and after dvg_replace_commit no temporary file is left.
 */
#ifndef DVG_OS_REPLACE_H
#define DVG_OS_REPLACE_H

#include "base/buffer.h"
#include "base/error.h"

/* The bodies of the dvg_output_* functions of diverge.h; see there for what each does. */
typedef struct dvg_replace dvg_replace;

dvg_status dvg_replace_new(dvg_replace **set, const dvg_allocator *allocator, dvg_error *error);
void dvg_replace_free(dvg_replace *set);

/* Another target. Refuses a directory, a name whose folder does not exist, the same file as an
 * earlier target, and a protected file (by device and inode where it exists, else by its folder's
 * identity and its name). */
dvg_status dvg_replace_add(dvg_replace *set, const char *path, dvg_error *error);

/* `path` must not be written over: the file itself. What does not exist is protected by name. */
dvg_status dvg_replace_protect(dvg_replace *set, const char *path, dvg_error *error);

/* The contents of the target added last; NULL before the first one. */
dvg_buffer *dvg_replace_buffer(dvg_replace *set);

/* Write all. `cancel` (may be NULL) is asked before every step and after an interrupted call, in
 * this thread only. `threaded`: two files may be waited for at once. */
dvg_status dvg_replace_commit(dvg_replace *set, bool threaded, dvg_cancel_fn cancel, void *payload,
                              dvg_error *error);

#endif
