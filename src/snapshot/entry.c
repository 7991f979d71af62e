/*
 * entry: see entry.h.
 */
#include "snapshot/entry.h"
#include "os/pathname.h"

#include <string.h>

void dvg_entries_init(dvg_entries *entries, const dvg_allocator *allocator, const dvg_seed *seed)
{
    memset(entries, 0, sizeof *entries);
    entries->allocator = *allocator;
    entries->seed = *seed;
}

static void entry_free(dvg_entry *entry, const dvg_allocator *allocator)
{
    dvg_document_clear(&entry->document);
    dvg_bytes_clear(&entry->bytes, allocator);
    dvg_release_string(allocator, entry->path);
    dvg_release_string(allocator, entry->name);
    dvg_release(allocator, entry, sizeof *entry);
}

void dvg_entries_clear(dvg_entries *entries)
{
    for (size_t i = 0; i < entries->slot_count; i++) {
        if (entries->slots[i] != NULL)
            entry_free(entries->slots[i], &entries->allocator);
    }
    dvg_release(&entries->allocator, entries->slots, entries->slot_count * sizeof *entries->slots);
    entries->slots = NULL;
    entries->slot_count = entries->count = 0;
}

/* Where `name` stands, or the free slot where it would. The table is never full. */
static size_t slot_of(const dvg_entries *entries, const char *name, size_t size)
{
    size_t last = entries->slot_count - 1;
    size_t slot = (size_t)dvg_siphash(&entries->seed, name, size) & last;
    while (entries->slots[slot] != NULL && (entries->slots[slot]->name_size != size ||
                                            memcmp(entries->slots[slot]->name, name, size) != 0))
        slot = (slot + 1) & last;
    return slot;
}

dvg_entry *dvg_entries_find(const dvg_entries *entries, const char *name)
{
    if (entries->slot_count == 0)
        return NULL;
    return entries->slots[slot_of(entries, name, strlen(name))];
}

/* Twice the slots, so that at least half of them are free after one more entry. */
static bool make_room(dvg_entries *entries)
{
    if (2 * (entries->count + 1) <= entries->slot_count)
        return true;
    dvg_entries wider = *entries;
    wider.slot_count = entries->slot_count > 0 ? 2 * entries->slot_count : 32;
    wider.slots = dvg_allocate_zero(&entries->allocator, wider.slot_count * sizeof *wider.slots);
    if (wider.slots == NULL)
        return false;
    for (size_t i = 0; i < entries->slot_count; i++) {
        dvg_entry *entry = entries->slots[i];
        if (entry != NULL)
            wider.slots[slot_of(&wider, entry->name, entry->name_size)] = entry;
    }
    dvg_release(&entries->allocator, entries->slots, entries->slot_count * sizeof *entries->slots);
    *entries = wider;
    return true;
}

static char *joined(const dvg_allocator *allocator, const char *folder, const char *name)
{
    dvg_buffer path;
    dvg_buffer_init(&path, allocator);
    dvg_pathname_join(&path, folder, name);
    char *copy = path.failed ? NULL : dvg_string_copy(allocator, path.data, path.size);
    dvg_buffer_clear(&path);
    return copy;
}

static dvg_entry *entry_new(const dvg_allocator *allocator, const char *folder, const char *name)
{
    dvg_entry *entry = dvg_allocate_zero(allocator, sizeof *entry);
    if (entry == NULL)
        return NULL;
    dvg_document_init(&entry->document, allocator);
    entry->name_size = strlen(name);
    entry->name = dvg_string_copy(allocator, name, entry->name_size);
    entry->path = joined(allocator, folder, name);
    if (entry->name != NULL && entry->path != NULL)
        return entry;
    entry_free(entry, allocator);
    return NULL;
}

dvg_entry *dvg_entries_get(dvg_entries *entries, const char *folder, const char *name)
{
    dvg_entry *entry = dvg_entries_find(entries, name);
    if (entry != NULL)
        return entry;
    if (!make_room(entries))
        return NULL;
    entry = entry_new(&entries->allocator, folder, name);
    if (entry == NULL)
        return NULL;
    entries->slots[slot_of(entries, entry->name, entry->name_size)] = entry;
    entries->count++;
    return entry;
}
