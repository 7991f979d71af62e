/*
 * plan: which files of two snapshots are compared, and how. Declared in pair.h.
 * Each name that stands in either directory is taken once: by the profile's name for it, else by
 * the first glob that matches, documents before bytes. What nobody takes is counted.
 */
#include "engine/pair.h"
#include "path/glob.h"

#include <string.h>

/* A name that was listed, with what is known of it on each side; NULL: it is not listed there. */
struct listed {
    const char *name;
    const dvg_tree_entry *side[2];
    bool taken;
};

struct plan {
    dvg_result *result;
    const dvg_rules *rules;
    struct listed *names; /* sorted by bytes */
    size_t count, capacity;
    dvg_file *files;
    size_t file_count, file_capacity;
    dvg_error *error;
};

/* ---- listing */

static bool wants(void *payload, const char *folder)
{
    const dvg_rules *rules = payload;
    return dvg_rules_reach(rules->documents, rules->document_count, folder) ||
           dvg_rules_reach(rules->bytes, rules->bytes_count, folder);
}

/* Merge the two lists, which are sorted. */
static dvg_status merge(struct plan *plan)
{
    dvg_result *result = plan->result;
    const dvg_tree *trees[2] = {dvg_snapshot_tree(result->side[0]),
                                dvg_snapshot_tree(result->side[1])};
    const size_t counts[2] = {trees[0]->count, trees[1]->count};
    size_t at[2] = {0, 0};
    void *names = NULL;
    if (!dvg_grow(&result->allocator, &names, &plan->capacity, counts[0] + counts[1] + 1,
                  sizeof *plan->names))
        return dvg_fail_memory(plan->error);
    plan->names = names;
    while (at[0] < counts[0] || at[1] < counts[1]) {
        const dvg_tree_entry *left = at[0] < counts[0] ? &trees[0]->entries[at[0]] : NULL;
        const dvg_tree_entry *right = at[1] < counts[1] ? &trees[1]->entries[at[1]] : NULL;
        int order = left == NULL ? 1 : right == NULL ? -1 : strcmp(left->name, right->name);
        const dvg_tree_entry *first = order <= 0 ? left : right;
        if (first == NULL)
            break; /* never: one of the lists has more */
        struct listed listed = {
            first->name, {order <= 0 ? left : NULL, order >= 0 ? right : NULL}, false};
        plan->names[plan->count++] = listed;
        at[0] += order <= 0;
        at[1] += order >= 0;
    }
    return DVG_OK;
}

static dvg_status list(struct plan *plan)
{
    dvg_status status = DVG_OK;
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        status = dvg_snapshot_list(plan->result->side[side], wants, (void *)(uintptr_t)plan->rules,
                                   plan->error);
    return status == DVG_OK ? merge(plan) : status;
}

/* What cannot be compared ends the run, if anything of the profile means it or what may be below
 * it. */
static dvg_status refuse_aliens(const struct plan *plan, const struct listed *listed)
{
    const dvg_rules *rules = plan->rules;
    for (int side = 0; side < 2; side++) {
        const dvg_tree_entry *entry = listed->side[side];
        if (entry == NULL || entry->kind != DVG_TREE_ALIEN)
            continue;
        if (!dvg_rules_match(rules->documents, rules->document_count, entry->name) &&
            !dvg_rules_match(rules->bytes, rules->bytes_count, entry->name) &&
            !wants((void *)(uintptr_t)rules, entry->name))
            continue;
        const char *path = dvg_snapshot_file_path(plan->result->side[side], entry->name);
        if (path == NULL)
            return dvg_fail_memory(plan->error);
        return dvg_fail_file(plan->error, DVG_E_IO, path, "%s", entry->why);
    }
    return DVG_OK;
}

/* ---- taking */

static struct listed *find(const struct plan *plan, const char *name)
{
    size_t first = 0;
    size_t last = plan->count;
    while (first < last) {
        size_t middle = first + (last - first) / 2;
        int order = strcmp(plan->names[middle].name, name);
        if (order == 0)
            return &plan->names[middle];
        if (order < 0)
            first = middle + 1;
        else
            last = middle;
    }
    return NULL;
}

static bool is_kind(const struct listed *listed, dvg_tree_kind kind)
{
    bool is = true;
    for (int side = 0; side < 2; side++)
        is = is && (listed->side[side] == NULL || listed->side[side]->kind == kind);
    return is;
}

static dvg_status add_file(struct plan *plan, const char *name, dvg_file_as as, bool listed)
{
    void *files = plan->files;
    if (!dvg_grow(&plan->result->allocator, &files, &plan->file_capacity, plan->file_count + 1,
                  sizeof *plan->files))
        return dvg_fail_memory(plan->error);
    plan->files = files;
    dvg_file *file = &plan->files[plan->file_count++];
    memset(file, 0, sizeof *file);
    file->name = name;
    file->as = as;
    file->listed = listed;
    return DVG_OK;
}

/* "FOLDER/", in the result's arena. */
static dvg_status add_folder(struct plan *plan, const char *name)
{
    size_t size = strlen(name);
    char *shown = dvg_arena_get(&plan->result->arena, size + 2);
    if (shown == NULL)
        return dvg_fail_memory(plan->error);
    memcpy(shown, name, size);
    memcpy(shown + size, "/", 2);
    return add_file(plan, shown, DVG_AS_FOLDER, true);
}

/* Everything that the glob matches and nobody has taken. */
static dvg_status take_matches(struct plan *plan, const char *glob, dvg_file_as as)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < plan->count && status == DVG_OK; i++) {
        struct listed *listed = &plan->names[i];
        bool folder = is_kind(listed, DVG_TREE_EMPTY);
        if (listed->taken || is_kind(listed, DVG_TREE_CLOSED) ||
            (folder && as == DVG_AS_DOCUMENT) ||
            !dvg_glob_match(glob, strlen(glob), listed->name, strlen(listed->name)))
            continue;
        listed->taken = true;
        status = folder ? add_folder(plan, listed->name) : add_file(plan, listed->name, as, true);
    }
    return status;
}

static bool is_wild(const char *pattern) { return dvg_glob_is_wild(pattern, strlen(pattern)); }

/* The names come first: whatever a glob before them matches, they keep their place. */
static void reserve(struct plan *plan, const char *const *patterns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct listed *listed = is_wild(patterns[i]) ? NULL : find(plan, patterns[i]);
        if (listed != NULL)
            listed->taken = true;
    }
}

static bool is_document_name(const dvg_rules *rules, const char *name)
{
    bool named = false;
    for (size_t i = 0; i < rules->document_count && !named; i++)
        named = strcmp(rules->documents[i], name) == 0;
    return named;
}

/* A glob that nothing fits, taken or not, may be mistyped. A built-in profile means whatever there
 * may be. */
static void tell_unmatched(const struct plan *plan, const char *glob)
{
    bool matched = plan->rules->builtin;
    for (size_t i = 0; i < plan->count && !matched; i++) {
        const char *name = plan->names[i].name;
        matched = dvg_glob_match(glob, strlen(glob), name, strlen(name));
    }
    if (!matched)
        dvg_result_warn(plan->result, "no name in the snapshots matches \"%.200s\" of the profile",
                        glob);
}

static dvg_status take(struct plan *plan, const char *const *patterns, size_t count, dvg_file_as as)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < count && status == DVG_OK; i++) {
        if (is_wild(patterns[i])) {
            status = take_matches(plan, patterns[i], as);
            tell_unmatched(plan, patterns[i]);
        } else if (as == DVG_AS_DOCUMENT || !is_document_name(plan->rules, patterns[i])) {
            status = add_file(plan, patterns[i], as, false);
        }
    }
    return status;
}

/* ---- what is left */

static void tell_outside(const struct plan *plan)
{
    dvg_ledger *ledger = &plan->result->ledger;
    const char *first = NULL;
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->names[i].taken)
            continue;
        if (first == NULL)
            first = plan->names[i].name;
        ledger->outside++;
    }
    if (first != NULL)
        dvg_result_warn(plan->result,
                        "%llu %s in the snapshots that no pattern of the profile matches, not "
                        "compared (first: %.200s)",
                        (unsigned long long)ledger->outside,
                        ledger->outside == 1 ? "name" : "names", first);
}

/* Leave out what the run is not to look at. Names that the profile leaves out stay counted as
 * such. */
static void restrict_files(struct plan *plan)
{
    dvg_result *result = plan->result;
    const dvg_scope *scope = &plan->rules->scope;
    size_t kept = 0;
    for (size_t i = 0; i < plan->file_count; i++) {
        bool has = dvg_scope_has_file(scope, plan->files[i].name, result->ruling.file_hits);
        bool placeless = scope->places != NULL && plan->files[i].as != DVG_AS_DOCUMENT;
        if (has && !placeless)
            plan->files[kept++] = plan->files[i];
        else
            result->ledger.files_outside++;
    }
    plan->file_count = kept;
}

static dvg_status keep_files(const struct plan *plan)
{
    dvg_result *result = plan->result;
    dvg_status status = dvg_result_make_files(result, plan->file_count, plan->error);
    for (size_t i = 0; i < plan->file_count && status == DVG_OK; i++) {
        dvg_file *file = &result->files[i];
        uint64_t *counts = file->counts;
        *file = plan->files[i];
        file->counts = counts;
    }
    return status;
}

static dvg_status fill(struct plan *plan)
{
    const dvg_rules *rules = plan->rules;
    bool lists = dvg_rules_lists(rules);
    dvg_status status = lists ? list(plan) : DVG_OK;
    for (size_t i = 0; i < plan->count && status == DVG_OK; i++)
        status = refuse_aliens(plan, &plan->names[i]);
    if (status != DVG_OK)
        return status;
    reserve(plan, rules->documents, rules->document_count);
    reserve(plan, rules->bytes, rules->bytes_count);
    status = take(plan, rules->documents, rules->document_count, DVG_AS_DOCUMENT);
    if (status == DVG_OK)
        status = take(plan, rules->bytes, rules->bytes_count, DVG_AS_BYTES);
    if (status == DVG_OK && (rules->scope.files != NULL || rules->scope.places != NULL)) {
        restrict_files(plan);
        status = dvg_scope_check_files(plan->result, plan->file_count, plan->error);
    }
    if (status == DVG_OK)
        status = keep_files(plan);
    if (status == DVG_OK)
        tell_outside(plan);
    return status;
}

dvg_status dvg_plan_files(dvg_result *result, dvg_error *error)
{
    struct plan plan;
    memset(&plan, 0, sizeof plan);
    plan.result = result;
    plan.rules = result->rules;
    plan.error = error;
    dvg_status status = fill(&plan);
    dvg_release(&result->allocator, plan.names, plan.capacity * sizeof *plan.names);
    dvg_release(&result->allocator, plan.files, plan.file_capacity * sizeof *plan.files);
    return status;
}

bool dvg_result_has_file(const dvg_result *result, const char *name)
{
    const dvg_rules *rules = result->rules;
    if (is_document_name(rules, name))
        return true;
    for (size_t i = 0; i < rules->bytes_count; i++)
        if (strcmp(rules->bytes[i], name) == 0)
            return true;
    bool listed = false;
    for (int side = 0; side < 2 && !listed; side++)
        listed = result->side[side] != NULL &&
                 dvg_tree_find(dvg_snapshot_tree(result->side[side]), name) != NULL;
    return listed && (dvg_rules_match(rules->documents, rules->document_count, name) ||
                      dvg_rules_match(rules->bytes, rules->bytes_count, name));
}
