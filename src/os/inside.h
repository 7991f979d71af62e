/*
 * inside: is what a path names below a folder, when all links are followed?
 */
#ifndef DVG_OS_INSIDE_H
#define DVG_OS_INSIDE_H

#include "base/error.h"

/* `*inside`: the folder that `path` stands in is `folder` or below it, and `path` itself is no
 * link. `folder` "" is the working folder; `path` need not exist, the folder it stands in must.
 * DVG_E_IO. */
dvg_status dvg_inside_check(bool *inside, const char *folder, const char *path, dvg_error *error);

#endif
