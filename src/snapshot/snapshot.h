/*
 * snapshot: a directory opened once, or one file; each file of it is read once, whole, when first
 * asked for. Answers for the cache of bytes, digests and documents, the same bytes are hashed and
 * parsed, and for the list of what stands in the directory. Does not compare. Invariant: what was
 * given stays valid until dvg_snapshot_free.
 */
#ifndef DVG_SNAPSHOT_SNAPSHOT_H
#define DVG_SNAPSHOT_SNAPSHOT_H

#include "hash/sha256.h"
#include "json/reader.h"
#include "os/file.h"
#include "os/listing.h"
#include "value/document.h"

typedef struct dvg_snapshot dvg_snapshot;

/* Open the directory `path`. DVG_E_ABSENT if it does not exist or is no directory.
 * `reading` is copied. */
dvg_status dvg_snapshot_open(dvg_snapshot **snapshot, const char *path,
                             const dvg_allocator *allocator, const dvg_reading *reading,
                             dvg_error *error);

/* The same for the file `path`, which may be a pipe: a snapshot that holds the document `name` and
 * nothing else. Nothing is opened yet. */
dvg_status dvg_snapshot_open_file(dvg_snapshot **snapshot, const char *path, const char *name,
                                  const dvg_allocator *allocator, const dvg_reading *reading,
                                  dvg_error *error);

/* One file of a snapshot that a host puts together: what stands at `path`, else a document, else
 * `size` bytes at `data`. All but `path` is borrowed and must outlive the snapshot. */
typedef struct dvg_piece {
    const char *name;
    const char *path;             /* may be a pipe; NULL: in memory */
    const dvg_document *document; /* NULL: bytes */
    const void *data;             /* may be NULL where `size` is 0 */
    size_t size;
} dvg_piece;

/* Can a part have that name? DVG_E_ARGUMENT says what is wrong with it. */
dvg_status dvg_piece_check(const char *name, dvg_error *error);

/* A snapshot that holds these parts, which dvg_piece_check has passed, and nothing else; of parts
 * of one name the last one. `path` stands for it in reports. Nothing is opened yet. */
dvg_status dvg_snapshot_open_parts(dvg_snapshot **snapshot, const char *path,
                                   const dvg_piece *parts, size_t count,
                                   const dvg_allocator *allocator, const dvg_reading *reading,
                                   dvg_error *error);
void dvg_snapshot_free(dvg_snapshot *snapshot);

/* From here on, files that are large may be mapped where `mapper` agrees. */
void dvg_snapshot_map(dvg_snapshot *snapshot, dvg_mapper mapper);

/* Are all mapped files what they were when they were opened? DVG_E_IO names one that is not. */
dvg_status dvg_snapshot_check(const dvg_snapshot *snapshot, dvg_error *error);

/* Is it one file, or a directory? Else it was put together from parts. */
bool dvg_snapshot_is_file(const dvg_snapshot *snapshot);
bool dvg_snapshot_is_directory(const dvg_snapshot *snapshot);

/* The path as it was given, and in normal form (os/pathname.h). Owned by the snapshot. */
const char *dvg_snapshot_path(const dvg_snapshot *snapshot);
const char *dvg_snapshot_shown(const dvg_snapshot *snapshot);

/* The path of file `name`: the shown path joined with it, in normal form. Owned by the snapshot,
 * NULL: out of memory. */
const char *dvg_snapshot_file_path(dvg_snapshot *snapshot, const char *name);

/* List the directory: see dvg_tree_list. The list is the snapshot's. */
dvg_status dvg_snapshot_list(dvg_snapshot *snapshot, dvg_tree_want_fn want, void *payload,
                             dvg_error *error);

/* What was listed; empty before. */
const dvg_tree *dvg_snapshot_tree(const dvg_snapshot *snapshot);

/* Forget the bytes and the document of `name`, where a reader of them would get them anew; nothing
 * may point into them. DVG_E_IO: the file was mapped and changed since. */
dvg_status dvg_snapshot_drop(dvg_snapshot *snapshot, const char *name, dvg_error *error);

/* What stands under `name`. Asked of the file system once; later calls give the same answer. */
dvg_status dvg_snapshot_look(dvg_snapshot *snapshot, const char *name, dvg_presence *presence,
                             dvg_error *error);

/* The bytes of file `name`, read on first use. Absent, no regular file, or a part that was given as
 * a document: DVG_E_IO. */
dvg_status dvg_snapshot_bytes(dvg_snapshot *snapshot, const char *name, const dvg_bytes **bytes,
                              dvg_error *error);

/* SHA-256 of file `name` as lower-case text of 64 digits, owned by the snapshot. */
dvg_status dvg_snapshot_sha256(dvg_snapshot *snapshot, const char *name, const char **hex,
                               dvg_error *error);

/* The document of file `name`, parsed on first use from the same bytes. DVG_E_INPUT or
 * DVG_E_LIMIT with file, line, column and byte if it is malformed, or if the reading option
 * `root_object` is set and its root is none. */
dvg_status dvg_snapshot_document(dvg_snapshot *snapshot, const char *name,
                                 const dvg_document **document, dvg_error *error);

/* The same, whatever its root is. */
dvg_status dvg_snapshot_any_document(dvg_snapshot *snapshot, const char *name,
                                     const dvg_document **document, dvg_error *error);

/* Can `name` be read as a document? As dvg_snapshot_document, but nothing of it is kept. */
dvg_status dvg_snapshot_probe(dvg_snapshot *snapshot, const char *name, dvg_error *error);

/* What stands in memory under `name`, without reading anything. `*data` NULL: nothing does. */
void dvg_snapshot_lent(const dvg_snapshot *snapshot, const char *name, const void **data,
                       size_t *size);

/* Was `name` given as a document, so that it has no bytes? */
bool dvg_snapshot_is_given(const dvg_snapshot *snapshot, const char *name);

/* Path of a file that was asked for; `*slot` starts at 0 and is the function's own afterwards.
 * NULL: no more. In no particular order. */
const char *dvg_snapshot_next_path(const dvg_snapshot *snapshot, size_t *slot);

/* True if the bytes of `name` are in memory. */
bool dvg_snapshot_is_loaded(const dvg_snapshot *snapshot, const char *name);

/* True if the document of `name` has been parsed already. */
bool dvg_snapshot_has_document(const dvg_snapshot *snapshot, const char *name);

/* Read and parse `name` on both sides, side by side in two threads where `threaded` and the files
 * are large enough to be worth it. The error of the left side wins. */
dvg_status dvg_snapshot_pair(dvg_snapshot *left, dvg_snapshot *right, const char *name,
                             bool threaded, const dvg_document *documents[2], dvg_error *error);

/* The same for digests. */
dvg_status dvg_snapshot_pair_sha256(dvg_snapshot *left, dvg_snapshot *right, const char *name,
                                    bool threaded, const char *hex[2], dvg_error *error);

#endif
