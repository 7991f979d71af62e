/*
 * holding: what stands behind a snapshot, for the files of this folder.
 * Invariant: an entry of a snapshot of parts was put there, or is known to be absent.
 */
#ifndef DVG_SNAPSHOT_HOLDING_H
#define DVG_SNAPSHOT_HOLDING_H

#include "snapshot/entry.h"
#include "snapshot/snapshot.h"

typedef enum dvg_holds {
    DVG_HOLDS_DIRECTORY,
    DVG_HOLDS_FILE, /* one, under one name */
    DVG_HOLDS_PARTS /* what a host put together: parts.c */
} dvg_holds;

struct dvg_snapshot {
    dvg_allocator allocator;
    dvg_reading reading;
    char *path;  /* as given */
    char *shown; /* in normal form; what is opened, too */
    dvg_entries entries;
    dvg_mapper mapper;
    dvg_tree tree; /* what was listed */
    dvg_holds kind;
};

/* A snapshot that holds nothing yet. NULL: out of memory. */
dvg_snapshot *dvg_snapshot_new(const char *path, const dvg_allocator *allocator,
                               const dvg_reading *reading);

/* List the parts, in the order of their names' bytes. */
dvg_status dvg_snapshot_list_parts(dvg_snapshot *snapshot, dvg_error *error);

#endif
