/*
 * place: the file that a path to write to names in the end.
 * Answers for following links and for telling whether two paths name one file; writes nothing.
 * Invariant: the real path of a place is no link.
 */
#ifndef DVG_OS_PLACE_H
#define DVG_OS_PLACE_H

#include "base/error.h"
#include "base/memory.h"

#include <sys/stat.h>

typedef struct dvg_place {
    dvg_allocator allocator;
    char *real;         /* behind all links of the last part */
    char *folder;       /* the folder that `real` stands in */
    bool exists;        /* something stands there, described by `status` */
    bool folder_exists; /* and is described by `folder_status` where nothing stands in it yet */
    bool circle;        /* the links lead in a circle, or on and on: that is why it failed */
    int descriptor;     /* of this process, where the path stands for one, as /dev/stdout
                           does; else -1 */
    struct stat status;
    struct stat folder_status;
} dvg_place;

/* Find what `path` names. A missing file or folder is no error, its flag is false. Free with
 * dvg_place_clear, after a failure too. DVG_E_IO: a loop of links, no permission to look. */
dvg_status dvg_place_find(dvg_place *place, const char *path, const dvg_allocator *allocator,
                          dvg_error *error);
void dvg_place_clear(dvg_place *place);

/* Is it one file: the same inode, or, where nothing stands yet, the same name in one folder? */
bool dvg_place_same(const dvg_place *left, const dvg_place *right);

#endif
