/*
 * audit: see audit.h.
 */
#include "engine/audit.h"

#include <string.h>

bool dvg_audit_init(dvg_audit *audit, const dvg_rules *rules, size_t most,
                    const dvg_allocator *allocator)
{
    memset(audit, 0, sizeof *audit);
    audit->on = true;
    audit->hidden_most = most;
    audit->entry_count = rules->skip_count + 1 + rules->keyed_count;
    audit->entries = dvg_allocate_zero(allocator, audit->entry_count * sizeof *audit->entries);
    return audit->entries != NULL;
}

void dvg_audit_clear(dvg_audit *audit, const dvg_allocator *allocator)
{
    dvg_origins *const origins[] = {&audit->records, &audit->suppressed};
    for (int i = 0; i < 2; i++)
        dvg_release(allocator, origins[i]->items, origins[i]->capacity * sizeof(dvg_origin));
    dvg_release(allocator, audit->entries, audit->entry_count * sizeof *audit->entries);
    dvg_release(allocator, audit->hidden, audit->hidden_capacity * sizeof *audit->hidden);
    memset(audit, 0, sizeof *audit);
}

bool dvg_audit_add_origin(dvg_origins *origins, const dvg_origin *origin,
                          const dvg_allocator *allocator)
{
    void *items = origins->items;
    if (!dvg_grow(allocator, &items, &origins->capacity, origins->count + 1,
                  sizeof *origins->items))
        return false;
    origins->items = items;
    origins->items[origins->count++] = *origin;
    return true;
}

/* The skip of the profile that an entry for the document comes from; skip_count: none, so that a
 * document listed it. */
static size_t find_skip(const dvg_rules *rules, const char *name, dvg_text entry)
{
    size_t i = 0;
    for (; i < rules->skip_count; i++) {
        const dvg_skip_rule *rule = &rules->skips[i];
        if (rule->entry_size == entry.size && memcmp(rule->entry, entry.data, entry.size) == 0 &&
            dvg_rules_concern(rule->file, name))
            break;
    }
    return i;
}

static dvg_hidden *add_hidden(dvg_audit *audit, const dvg_hit *hit, uint32_t file,
                              const dvg_allocator *allocator)
{
    void *hidden = audit->hidden;
    if (!dvg_grow(allocator, &hidden, &audit->hidden_capacity, audit->hidden_count + 1,
                  sizeof *audit->hidden))
        return NULL;
    audit->hidden = hidden;
    dvg_hidden *added = &audit->hidden[audit->hidden_count++];
    *added = (dvg_hidden){file, hit->rule, NULL, hit->path, {hit->nodes[0], hit->nodes[1]}};
    return added;
}

static void count(dvg_entry_count *entry, const dvg_hit *hit)
{
    entry->hits++;
    entry->nodes[0] += hit->nodes[0];
    entry->nodes[1] += hit->nodes[1];
}

bool dvg_audit_hit(dvg_audit *audit, const dvg_rules *rules, const dvg_skip *skip,
                   const dvg_hit *hit, uint32_t file, const char *name, dvg_arena *arena,
                   const dvg_allocator *allocator)
{
    dvg_text entry = {NULL, 0};
    if (hit->key != NULL)
        count(&audit->entries[rules->skip_count + 1 + (size_t)(hit->key - rules->keyed)], hit);
    if (hit->skip >= 0) {
        entry = skip->entries[hit->skip];
        count(&audit->entries[find_skip(rules, name, entry)], hit);
    }
    if (!hit->hides || audit->hidden_count == audit->hidden_most)
        return true;
    dvg_hidden *hidden = add_hidden(audit, hit, file, allocator);
    if (hidden == NULL || entry.data == NULL)
        return hidden != NULL;
    hidden->entry = dvg_arena_copy(arena, entry.data, entry.size);
    return hidden->entry != NULL;
}
