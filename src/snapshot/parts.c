/*
 * parts: a snapshot that a host put together from memory and from files of any name. See
 * snapshot.h. Answers for how parts become entries; what is read later is snapshot.c's.
 */
#include "os/pathname.h"
#include "snapshot/holding.h"

#include <string.h>

/* ---- filling in */

/* Bytes of memory that is not ours. An empty text may have no address. */
static void lend(dvg_bytes *bytes, const dvg_piece *part)
{
    bytes->data = (char *)(uintptr_t)(part->size > 0 ? part->data : "");
    bytes->size = part->size;
    bytes->borrowed = true;
}

static dvg_status put(dvg_snapshot *snapshot, const dvg_piece *part, dvg_error *error)
{
    dvg_entry *entry = dvg_entries_get(&snapshot->entries, snapshot->shown, part->name);
    if (entry == NULL)
        return dvg_fail_memory(error);
    if (part->path != NULL) {
        char *copy = dvg_string_copy(&snapshot->allocator, part->path, strlen(part->path));
        if (copy == NULL)
            return dvg_fail_memory(error);
        dvg_release_string(&snapshot->allocator, entry->path);
        entry->path = copy;
        entry->named = true;
        return DVG_OK;
    }
    entry->looked = entry->unreal = true;
    entry->presence = DVG_PRESENCE_REGULAR;
    entry->given = part->document;
    entry->parsed = part->document != NULL;
    entry->size = part->size;
    if (part->document == NULL)
        lend(&entry->bytes, part);
    return DVG_OK;
}

dvg_status dvg_piece_check(const char *name, dvg_error *error)
{
    if (dvg_pathname_is_inside(name))
        return DVG_OK;
    return dvg_fail_file(
        error, DVG_E_ARGUMENT, name,
        "is no name of a file below a folder: no part of it may be empty, . or ..");
}

dvg_status dvg_snapshot_open_parts(dvg_snapshot **snapshot, const char *path,
                                   const dvg_piece *parts, size_t count,
                                   const dvg_allocator *allocator, const dvg_reading *reading,
                                   dvg_error *error)
{
    *snapshot = NULL;
    dvg_snapshot *made = dvg_snapshot_new(path, allocator, reading);
    if (made == NULL)
        return dvg_fail_memory(error);
    made->kind = DVG_HOLDS_PARTS;
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < count && status == DVG_OK; i++)
        status = put(made, &parts[i], error);
    if (status == DVG_OK)
        *snapshot = made;
    else
        dvg_snapshot_free(made);
    return status;
}

/* ---- listing */

static bool is_part(const dvg_entry *entry)
{
    return entry != NULL && (entry->named || entry->presence == DVG_PRESENCE_REGULAR);
}

dvg_status dvg_snapshot_list_parts(dvg_snapshot *snapshot, dvg_error *error)
{
    const dvg_entries *entries = &snapshot->entries;
    for (size_t i = 0; i < entries->slot_count; i++) {
        const dvg_entry *entry = entries->slots[i];
        if (is_part(entry) && !dvg_tree_add(&snapshot->tree, entry->name, &snapshot->allocator))
            return dvg_fail_memory(error);
    }
    return dvg_tree_sort(&snapshot->tree, &snapshot->allocator) ? DVG_OK : dvg_fail_memory(error);
}
