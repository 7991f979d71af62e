/*
 * snapshot: see snapshot.h.
 */
#include "snapshot/snapshot.h"
#include "os/parallel.h"
#include "os/pathname.h"
#include "snapshot/holding.h"

#include <string.h>

/* Below this size of the larger file a second thread costs more than it saves. */
enum { WORTH_A_THREAD = 256 * 1024 };

static char *normal_copy(const dvg_allocator *allocator, const char *path)
{
    dvg_buffer shown;
    dvg_buffer_init(&shown, allocator);
    dvg_pathname_normal(&shown, path);
    char *copy = shown.failed ? NULL : dvg_string_copy(allocator, shown.data, shown.size);
    dvg_buffer_clear(&shown);
    return copy;
}

static dvg_status check_directory(const char *path, dvg_error *error)
{
    dvg_presence presence;
    dvg_status status = dvg_path_look(path, &presence, error);
    if (status != DVG_OK)
        return status;
    if (presence == DVG_PRESENCE_DIRECTORY)
        return DVG_OK;
    bool something = presence == DVG_PRESENCE_REGULAR || presence == DVG_PRESENCE_OTHER;
    return dvg_fail_file(error, DVG_E_ABSENT, path, "%s",
                         something ? "is not a directory" : "no such directory");
}

dvg_snapshot *dvg_snapshot_new(const char *path, const dvg_allocator *allocator,
                               const dvg_reading *reading)
{
    dvg_snapshot *made = dvg_allocate_zero(allocator, sizeof *made);
    if (made == NULL)
        return NULL;
    made->allocator = *allocator;
    made->reading = *reading;
    dvg_entries_init(&made->entries, allocator, &reading->seed);
    dvg_arena_init(&made->tree.arena, allocator);
    made->path = dvg_string_copy(allocator, path, strlen(path));
    made->shown = normal_copy(allocator, path);
    if (made->path != NULL && made->shown != NULL)
        return made;
    dvg_snapshot_free(made);
    return NULL;
}

dvg_status dvg_snapshot_open(dvg_snapshot **snapshot, const char *path,
                             const dvg_allocator *allocator, const dvg_reading *reading,
                             dvg_error *error)
{
    *snapshot = NULL;
    dvg_snapshot *made = dvg_snapshot_new(path, allocator, reading);
    if (made == NULL)
        return dvg_fail_memory(error);
    dvg_status status = check_directory(made->shown, error);
    if (status == DVG_OK)
        *snapshot = made;
    else
        dvg_snapshot_free(made);
    return status;
}

dvg_status dvg_snapshot_open_file(dvg_snapshot **snapshot, const char *path, const char *name,
                                  const dvg_allocator *allocator, const dvg_reading *reading,
                                  dvg_error *error)
{
    *snapshot = NULL;
    dvg_snapshot *made = dvg_snapshot_new(path, allocator, reading);
    if (made == NULL)
        return dvg_fail_memory(error);
    made->kind = DVG_HOLDS_FILE;
    dvg_entry *entry = dvg_entries_get(&made->entries, "", name);
    char *copy = entry == NULL ? NULL : dvg_string_copy(allocator, path, strlen(path));
    if (copy == NULL) {
        dvg_snapshot_free(made);
        return dvg_fail_memory(error);
    }
    dvg_release_string(allocator, entry->path);
    entry->path = copy;
    entry->named = true;
    *snapshot = made;
    return DVG_OK;
}

void dvg_snapshot_free(dvg_snapshot *snapshot)
{
    if (snapshot == NULL)
        return;
    dvg_allocator allocator = snapshot->allocator;
    dvg_entries_clear(&snapshot->entries);
    dvg_tree_clear(&snapshot->tree);
    dvg_release_string(&allocator, snapshot->path);
    dvg_release_string(&allocator, snapshot->shown);
    dvg_release(&allocator, snapshot, sizeof *snapshot);
}

void dvg_snapshot_map(dvg_snapshot *snapshot, dvg_mapper mapper) { snapshot->mapper = mapper; }

dvg_status dvg_snapshot_check(const dvg_snapshot *snapshot, dvg_error *error)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < snapshot->entries.slot_count && status == DVG_OK; i++) {
        const dvg_entry *entry = snapshot->entries.slots[i];
        if (entry != NULL)
            status = dvg_bytes_check(&entry->bytes, entry->path, error);
    }
    return status;
}

const char *dvg_snapshot_path(const dvg_snapshot *snapshot) { return snapshot->path; }

bool dvg_snapshot_is_file(const dvg_snapshot *snapshot) { return snapshot->kind == DVG_HOLDS_FILE; }

bool dvg_snapshot_is_directory(const dvg_snapshot *snapshot)
{
    return snapshot->kind == DVG_HOLDS_DIRECTORY;
}

const char *dvg_snapshot_shown(const dvg_snapshot *snapshot) { return snapshot->shown; }

/* ---- what there is */

dvg_status dvg_snapshot_list(dvg_snapshot *snapshot, dvg_tree_want_fn want, void *payload,
                             dvg_error *error)
{
    dvg_tree_clear(&snapshot->tree);
    if (snapshot->kind == DVG_HOLDS_PARTS)
        return dvg_snapshot_list_parts(snapshot, error);
    return dvg_tree_list(&snapshot->tree, snapshot->shown, &snapshot->allocator, want, payload,
                         error);
}

const dvg_tree *dvg_snapshot_tree(const dvg_snapshot *snapshot) { return &snapshot->tree; }

/* ---- one file */

static dvg_status get_entry(dvg_snapshot *snapshot, const char *name, dvg_entry **entry,
                            dvg_error *error)
{
    *entry = dvg_entries_get(&snapshot->entries, snapshot->shown, name);
    if (*entry == NULL)
        return dvg_fail_memory(error);
    /* What was not put into a snapshot of parts is absent, whatever the file system holds. */
    if (snapshot->kind == DVG_HOLDS_PARTS && !(*entry)->looked && !(*entry)->named) {
        (*entry)->looked = (*entry)->unreal = true;
        (*entry)->presence = DVG_PRESENCE_ABSENT;
    }
    return DVG_OK;
}

static dvg_status look(dvg_entry *entry, dvg_error *error)
{
    if (entry->looked)
        return DVG_OK;
    dvg_status status = dvg_path_measure(entry->path, &entry->presence, &entry->size, error);
    entry->looked = status == DVG_OK;
    return status;
}

static dvg_status load(const dvg_snapshot *snapshot, dvg_entry *entry, dvg_error *error)
{
    if (entry->bytes.data != NULL)
        return DVG_OK;
    if (entry->unreal)
        return dvg_fail_file(error, DVG_E_IO, entry->path, "%s",
                             entry->given != NULL ? "was made in memory and has no bytes"
                                                  : "no such file");
    return (entry->named ? dvg_file_take_any : dvg_file_take)(
        entry->path, &snapshot->allocator, &snapshot->mapper, &entry->bytes, error);
}

static dvg_status digest(const dvg_snapshot *snapshot, dvg_entry *entry, dvg_error *error)
{
    if (entry->hashed)
        return DVG_OK;
    dvg_status status = load(snapshot, entry, error);
    if (status == DVG_OK)
        status = dvg_sha256(entry->bytes.data, entry->bytes.size, entry->hex, error);
    entry->hashed = status == DVG_OK;
    return status;
}

static const dvg_document *document_of(const dvg_entry *entry)
{
    return entry->given != NULL ? entry->given : &entry->document;
}

/* Parse the bytes of the entry into `document`, whatever the root is. Borrowed bytes are copied:
 * the reader looks a little further than they reach. */
static dvg_status parse_into(dvg_document *document, const dvg_snapshot *snapshot,
                             const dvg_entry *entry, dvg_error *error)
{
    const dvg_bytes *bytes = &entry->bytes;
    const char *text = bytes->data;
    dvg_reading reading = snapshot->reading;
    reading.root_object = false;
    if (bytes->borrowed) {
        if (!dvg_document_own_source(document, bytes->data, bytes->size, DVG_FILE_PADDING))
            return dvg_fail_memory(error);
        text = document->source;
    }
    return dvg_json_read(document, text, bytes->size, entry->path, &reading, error);
}

static dvg_status parse_any(const dvg_snapshot *snapshot, dvg_entry *entry, dvg_error *error)
{
    if (entry->parsed)
        return DVG_OK;
    dvg_status status = load(snapshot, entry, error);
    if (status == DVG_OK)
        status = parse_into(&entry->document, snapshot, entry, error);
    if (status != DVG_OK)
        dvg_document_clear(&entry->document);
    entry->parsed = status == DVG_OK;
    return status;
}

static dvg_status parse(const dvg_snapshot *snapshot, dvg_entry *entry, dvg_error *error)
{
    dvg_status status = parse_any(snapshot, entry, error);
    if (status == DVG_OK && snapshot->reading.root_object)
        status = dvg_json_check_object(document_of(entry), entry->path, error);
    return status;
}

const char *dvg_snapshot_file_path(dvg_snapshot *snapshot, const char *name)
{
    dvg_entry *entry = dvg_entries_get(&snapshot->entries, snapshot->shown, name);
    return entry == NULL ? NULL : entry->path;
}

dvg_status dvg_snapshot_look(dvg_snapshot *snapshot, const char *name, dvg_presence *presence,
                             dvg_error *error)
{
    dvg_entry *entry;
    dvg_status status = get_entry(snapshot, name, &entry, error);
    if (status == DVG_OK)
        status = look(entry, error);
    if (status == DVG_OK)
        *presence = entry->presence;
    return status;
}

dvg_status dvg_snapshot_bytes(dvg_snapshot *snapshot, const char *name, const dvg_bytes **bytes,
                              dvg_error *error)
{
    dvg_entry *entry;
    dvg_status status = get_entry(snapshot, name, &entry, error);
    if (status == DVG_OK)
        status = load(snapshot, entry, error);
    if (status == DVG_OK)
        *bytes = &entry->bytes;
    return status;
}

dvg_status dvg_snapshot_sha256(dvg_snapshot *snapshot, const char *name, const char **hex,
                               dvg_error *error)
{
    dvg_entry *entry;
    dvg_status status = get_entry(snapshot, name, &entry, error);
    if (status == DVG_OK)
        status = digest(snapshot, entry, error);
    if (status == DVG_OK)
        *hex = entry->hex;
    return status;
}

dvg_status dvg_snapshot_document(dvg_snapshot *snapshot, const char *name,
                                 const dvg_document **document, dvg_error *error)
{
    dvg_entry *entry;
    dvg_status status = get_entry(snapshot, name, &entry, error);
    if (status == DVG_OK)
        status = parse(snapshot, entry, error);
    if (status == DVG_OK)
        *document = document_of(entry);
    return status;
}

dvg_status dvg_snapshot_any_document(dvg_snapshot *snapshot, const char *name,
                                     const dvg_document **document, dvg_error *error)
{
    dvg_entry *entry;
    dvg_status status = get_entry(snapshot, name, &entry, error);
    if (status == DVG_OK)
        status = parse_any(snapshot, entry, error);
    if (status == DVG_OK)
        *document = document_of(entry);
    return status;
}

dvg_status dvg_snapshot_probe(dvg_snapshot *snapshot, const char *name, dvg_error *error)
{
    dvg_document probe;
    dvg_entry *entry;
    dvg_status status = get_entry(snapshot, name, &entry, error);
    if (status == DVG_OK)
        status = load(snapshot, entry, error);
    if (status != DVG_OK)
        return status;
    dvg_document_init(&probe, &snapshot->allocator);
    status = parse_into(&probe, snapshot, entry, error);
    if (status == DVG_OK && snapshot->reading.root_object)
        status = dvg_json_check_object(&probe, entry->path, error);
    dvg_document_clear(&probe);
    return status;
}

dvg_status dvg_snapshot_drop(dvg_snapshot *snapshot, const char *name, dvg_error *error)
{
    dvg_entry *entry = dvg_entries_find(&snapshot->entries, name);
    if (entry == NULL || entry->bytes.data == NULL)
        return DVG_OK;
    dvg_status status = dvg_bytes_check(&entry->bytes, entry->path, error);
    dvg_document_clear(&entry->document);
    if (!entry->bytes.borrowed) /* what was lent stays lent */
        dvg_bytes_clear(&entry->bytes, &snapshot->allocator);
    entry->parsed = false;
    return status;
}

const char *dvg_snapshot_next_path(const dvg_snapshot *snapshot, size_t *slot)
{
    const dvg_entries *entries = &snapshot->entries;
    while (*slot < entries->slot_count) {
        const dvg_entry *entry = entries->slots[(*slot)++];
        if (entry != NULL && !entry->unreal)
            return entry->path;
    }
    return NULL;
}

void dvg_snapshot_lent(const dvg_snapshot *snapshot, const char *name, const void **data,
                       size_t *size)
{
    const dvg_entry *entry = dvg_entries_find(&snapshot->entries, name);
    bool lent = entry != NULL && entry->bytes.borrowed;
    *data = lent ? entry->bytes.data : NULL;
    *size = lent ? entry->bytes.size : 0;
}

bool dvg_snapshot_is_given(const dvg_snapshot *snapshot, const char *name)
{
    const dvg_entry *entry = dvg_entries_find(&snapshot->entries, name);
    return entry != NULL && entry->given != NULL;
}

bool dvg_snapshot_is_loaded(const dvg_snapshot *snapshot, const char *name)
{
    const dvg_entry *entry = dvg_entries_find(&snapshot->entries, name);
    return entry != NULL && entry->bytes.data != NULL;
}

bool dvg_snapshot_has_document(const dvg_snapshot *snapshot, const char *name)
{
    const dvg_entry *entry = dvg_entries_find(&snapshot->entries, name);
    return entry != NULL && entry->parsed;
}

/* ---- both sides */

typedef dvg_status (*work_fn)(const dvg_snapshot *snapshot, dvg_entry *entry, dvg_error *error);

/* One side's share of the work. The entry was made before, so that threads change nothing but
 * their own entry. */
struct share {
    const dvg_snapshot *snapshot;
    dvg_entry *entry;
    work_fn work;
    dvg_status status;
    dvg_error error;
};

static void run_share(void *payload)
{
    struct share *share = payload;
    share->status = share->work(share->snapshot, share->entry, &share->error);
}

/* The greater of both sizes pays for a thread, and two pipes may be one program's, which waits for
 * both to be read. What cannot be looked at fails when it is read. */
static bool is_large(dvg_entry *entry)
{
    return !entry->parsed && look(entry, NULL) == DVG_OK &&
           (entry->size >= WORTH_A_THREAD ||
            (entry->named && entry->presence == DVG_PRESENCE_OTHER));
}

static dvg_status work_both(dvg_snapshot *const snapshots[2], const char *name, bool threaded,
                            work_fn work, dvg_entry *entries[2], dvg_error *error)
{
    struct share shares[2];
    for (int side = 0; side < 2; side++) {
        dvg_status status = get_entry(snapshots[side], name, &entries[side], error);
        if (status != DVG_OK)
            return status;
        shares[side].snapshot = snapshots[side];
        shares[side].entry = entries[side];
        shares[side].work = work;
        dvg_error_clear(&shares[side].error);
    }
    /* One snapshot compared with itself has one entry, which is one thread's business. */
    bool apart = threaded && entries[0] != entries[1];
    dvg_parallel(run_share, &shares[0], &shares[1],
                 apart && (is_large(entries[0]) || is_large(entries[1])));
    for (int side = 0; side < 2; side++) {
        if (shares[side].status == DVG_OK)
            continue;
        if (error != NULL && error->status == DVG_OK)
            *error = shares[side].error;
        return shares[side].status;
    }
    return DVG_OK;
}

dvg_status dvg_snapshot_pair(dvg_snapshot *left, dvg_snapshot *right, const char *name,
                             bool threaded, const dvg_document *documents[2], dvg_error *error)
{
    dvg_snapshot *const snapshots[2] = {left, right};
    dvg_entry *entries[2];
    dvg_status status = work_both(snapshots, name, threaded, parse, entries, error);
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        documents[side] = document_of(entries[side]);
    return status;
}

dvg_status dvg_snapshot_pair_sha256(dvg_snapshot *left, dvg_snapshot *right, const char *name,
                                    bool threaded, const char *hex[2], dvg_error *error)
{
    dvg_snapshot *const snapshots[2] = {left, right};
    dvg_entry *entries[2];
    dvg_status status = work_both(snapshots, name, threaded, digest, entries, error);
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        hex[side] = entries[side]->hex;
    return status;
}
