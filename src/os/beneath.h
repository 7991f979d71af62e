/*
 * beneath: where a link inside a directory leads, without leaving the directory.
 * Answers for one name at a time: each link on the way is read and followed by hand, so that ".."
 * above the directory and absolute paths elsewhere are seen. Opens nothing.
 */
#ifndef DVG_OS_BENEATH_H
#define DVG_OS_BENEATH_H

#include "base/buffer.h"
#include "base/error.h"

#include <sys/stat.h>

/* Where a link leads. */
typedef enum dvg_beneath {
    DVG_BENEATH_FOUND,   /* to something, described by the caller's struct stat */
    DVG_BENEATH_NOTHING, /* nowhere */
    DVG_BENEATH_OUT,     /* out of the directory */
    DVG_BENEATH_LOOP     /* to itself, or through more links than any system follows */
} dvg_beneath;

/* Follow `name` in the folder `folder` below `root`; `folder` holds no link, "" is the root
 * itself. Where something is found, `real` becomes its name below the root, free of links, "" for
 * the root. DVG_E_IO: something on the way cannot be looked at; DVG_E_MEMORY. */
dvg_status dvg_beneath_follow(dvg_beneath *answer, dvg_buffer *real, struct stat *found,
                              const char *root, const char *folder, const char *name,
                              dvg_error *error);

#endif
