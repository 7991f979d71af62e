/*
 * entry: what a snapshot knows of the files that it was asked for, found by name.
 * Answers for storage and look-up; never touches a file.
 * Invariant: an entry stays where it is until the table is cleared.
 */
#ifndef DVG_SNAPSHOT_ENTRY_H
#define DVG_SNAPSHOT_ENTRY_H

#include "hash/sha256.h"
#include "os/file.h"
#include "value/document.h"

/* One file of a snapshot. Each fact is asked for once and then kept. */
typedef struct dvg_entry {
    char *name;
    size_t name_size;
    char *path; /* the snapshot's shown path joined with the name */
    bool looked;
    bool hashed;
    bool parsed;
    bool named;                    /* by the user: it may be a pipe */
    bool unreal;                   /* not of the file system: in memory, or known to be absent */
    const dvg_document *given;     /* made in memory, borrowed; NULL: read from bytes */
    dvg_presence presence;         /* meant if looked */
    uint64_t size;                 /* as the system told; meant if looked */
    dvg_bytes bytes;               /* data NULL: not read yet */
    char hex[DVG_SHA256_HEX_SIZE]; /* meant if hashed */
    dvg_document document;         /* meant if parsed; its source is `bytes` */
} dvg_entry;

/* Entries by name; open addressing under a secret seed, at most half full. */
typedef struct dvg_entries {
    dvg_allocator allocator;
    dvg_seed seed;
    dvg_entry **slots;
    size_t slot_count; /* 0 or a power of two */
    size_t count;
} dvg_entries;

void dvg_entries_init(dvg_entries *entries, const dvg_allocator *allocator, const dvg_seed *seed);
void dvg_entries_clear(dvg_entries *entries);

/* The entry of `name`; NULL if there is none. */
dvg_entry *dvg_entries_find(const dvg_entries *entries, const char *name);

/* The entry of `name`, made on first use with its path below `folder`. NULL: out of memory. */
dvg_entry *dvg_entries_get(dvg_entries *entries, const char *folder, const char *name);

#endif
