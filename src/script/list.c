/*
 * list: every script that can be named, in order, with the copies that earlier ones hide.
 */
#include "base/error.h"
#include "base/sort.h"
#include "os/folder.h"
#include "os/pathname.h"
#include "script/builtin.h"
#include "script/heading.h"
#include "script/host.h"
#include "script/source.h"

#include <string.h>

/* Longer summaries are cut. */
#define SUMMARY_SIZE 256

static const char *const kinds[] = {"classify", "profile", "report", "util"};

/* One script of one kind. */
struct item {
    const char *name;
    const char *path; /* NULL: embedded */
    size_t rank;      /* place in the search */
    size_t builtin;   /* index among the embedded scripts; meant where path is NULL */
};

/* The scripts of one kind, and where their texts live. */
struct list {
    dvg_allocator allocator;
    dvg_arena arena;
    struct item *items;
    size_t count, capacity;
};

static int compare_items(const void *left, const void *right)
{
    const struct item *a = left;
    const struct item *b = right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : (a->rank > b->rank) - (a->rank < b->rank);
}

static bool add(struct list *list, const char *name, const char *path, size_t rank, size_t builtin)
{
    void *items = list->items;
    if (name == NULL ||
        !dvg_grow(&list->allocator, &items, &list->capacity, list->count + 1, sizeof(struct item)))
        return false;
    list->items = items;
    struct item item = {name, path, rank, builtin};
    list->items[list->count++] = item;
    return true;
}

/* Add "NAME.lua" of a folder; other names are no scripts. */
static bool add_file(struct list *list, const char *folder, const char *file, size_t rank)
{
    size_t length = strlen(file);
    if (length <= 4 || strcmp(file + length - 4, ".lua") != 0)
        return true;
    dvg_buffer path;
    dvg_buffer_init(&path, &list->allocator);
    dvg_pathname_join(&path, folder, file);
    const char *kept = path.failed ? NULL : dvg_arena_copy(&list->arena, path.data, path.size);
    dvg_buffer_clear(&path);
    return kept != NULL && add(list, dvg_arena_copy(&list->arena, file, length - 4), kept, rank, 0);
}

static dvg_status add_folder(struct list *list, const char *folder, const char *kind, size_t rank,
                             dvg_error *error)
{
    dvg_folder names;
    dvg_buffer path;
    memset(&names, 0, sizeof names);
    dvg_buffer_init(&path, &list->allocator);
    dvg_pathname_join(&path, folder, kind);
    const char *text = dvg_buffer_string(&path);
    dvg_status status = DVG_E_MEMORY;
    if (text != NULL) {
        status = dvg_folder_list(&names, text, &list->allocator, error);
        for (size_t i = 0; i < names.count && status == DVG_OK; i++)
            if (!add_file(list, text, names.names[i], rank))
                status = DVG_E_MEMORY;
        dvg_folder_clear(&names);
    }
    dvg_buffer_clear(&path);
    return status == DVG_E_MEMORY ? dvg_fail_memory(error) : status;
}

static dvg_status fill(struct list *list, const dvg_host *host, const char *kind, dvg_error *error)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < host->folder_count && status == DVG_OK; i++)
        status = add_folder(list, host->folders[i], kind, i, error);
    for (size_t i = 0; i < dvg_builtin_count && status == DVG_OK; i++) {
        const char *name = dvg_source_builtin_name(i, kind);
        if (name != NULL && !add(list, name, NULL, host->folder_count, i))
            status = dvg_fail_memory(error);
    }
    if (status == DVG_OK &&
        !dvg_sort(&list->allocator, list->items, list->count, sizeof(struct item), compare_items))
        status = dvg_fail_memory(error);
    return status;
}

/* Write the first sentence of a script; "" where it cannot be read. DVG_E_MEMORY. */
static dvg_status summarize(char *text, size_t room, const dvg_host *host, const char *kind,
                            const struct item *item)
{
    dvg_source source;
    dvg_buffer sentence;
    dvg_status status = DVG_OK;
    dvg_source_init(&source, &host->allocator);
    dvg_buffer_init(&sentence, &host->allocator);
    if (item->path == NULL) {
        source.text = dvg_builtins[item->builtin].source;
        source.size = dvg_builtins[item->builtin].size;
    } else {
        status = dvg_source_find(&source, host, kind, item->path, NULL);
    }
    if (status == DVG_OK)
        dvg_heading_add_sentence(&sentence, &source);
    const char *data = dvg_buffer_string(&sentence);
    dvg_line_escape(text, room, data == NULL ? "" : data, data == NULL ? 0 : sentence.size);
    dvg_buffer_clear(&sentence);
    dvg_source_clear(&source);
    return data == NULL || status == DVG_E_MEMORY ? DVG_E_MEMORY : DVG_OK;
}

static dvg_status tell(const struct list *list, const dvg_host *host, const char *kind,
                       dvg_script_fn callback, void *payload, dvg_error *error)
{
    char summary[SUMMARY_SIZE];
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = &list->items[i];
        bool hidden = i > 0 && strcmp(item[-1].name, item->name) == 0;
        if (summarize(summary, sizeof summary, host, kind, item) != DVG_OK)
            return dvg_fail_memory(error);
        dvg_script_info info = {kind, item->name, item->path, hidden, summary};
        if (callback(payload, &info) < 0)
            return dvg_fail(error, DVG_E_CANCELLED, "the list was not taken");
    }
    return DVG_OK;
}

dvg_status dvg_host_list(dvg_host *host, dvg_script_fn callback, void *payload, dvg_error *error)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && status == DVG_OK; i++) {
        struct list list;
        memset(&list, 0, sizeof list);
        list.allocator = host->allocator;
        dvg_arena_init(&list.arena, &host->allocator);
        status = fill(&list, host, kinds[i], error);
        if (status == DVG_OK)
            status = tell(&list, host, kinds[i], callback, payload, error);
        dvg_release(&host->allocator, list.items, list.capacity * sizeof(struct item));
        dvg_arena_clear(&list.arena);
    }
    return status;
}
