/*
 * rules: see rules.h. Lists are short, so that looking them up in turn is the fastest way.
 */
#include "rules/rules.h"
#include "path/glob.h"
#include "rules/rule.h"

#include <string.h>

void dvg_rules_init(dvg_rules *rules, const dvg_allocator *allocator)
{
    memset(rules, 0, sizeof *rules);
    dvg_arena_init(&rules->arena, allocator);
    dvg_reading_init(&rules->reading);
    rules->side_names[0] = "left";
    rules->side_names[1] = "right";
    rules->absent_on_both = DVG_NEITHER;
    rules->output_beside = DVG_NEITHER;
    for (int i = 0; i < DVG_KIND_COUNT; i++)
        rules->kind_names[i] = dvg_kind_name((dvg_kind)i);
}

void dvg_rules_clear(dvg_rules *rules)
{
    const dvg_allocator allocator = rules->arena.allocator;
    dvg_release(&allocator, (void *)rules->documents,
                rules->document_capacity * sizeof *rules->documents);
    dvg_release(&allocator, (void *)rules->bytes, rules->bytes_capacity * sizeof *rules->bytes);
    dvg_release(&allocator, rules->skips, rules->skip_capacity * sizeof *rules->skips);
    dvg_release(&allocator, rules->keyed, rules->keyed_capacity * sizeof *rules->keyed);
    dvg_release(&allocator, rules->classes, rules->class_capacity * sizeof *rules->classes);
    dvg_release(&allocator, rules->rules, rules->rule_capacity * sizeof *rules->rules);
    dvg_arena_clear(&rules->arena);
    dvg_rules_init(rules, &allocator);
}

const char *dvg_rules_text(dvg_rules *rules, const char *text, size_t size)
{
    return dvg_arena_copy(&rules->arena, text, size);
}

static bool is_text(const char *known, const char *text, size_t size)
{
    return strlen(known) == size && memcmp(known, text, size) == 0;
}

/* Room for one more item in one of the lists. */
static dvg_status make_room(dvg_rules *rules, void **items, size_t *capacity, size_t count,
                            size_t size, dvg_error *error)
{
    if (!dvg_grow(&rules->arena.allocator, items, capacity, count + 1, size))
        return dvg_fail_memory(error);
    return DVG_OK;
}

/* Append a name or a glob to one of the lists of files. */
static dvg_status add_file(dvg_rules *rules, const char ***files, size_t *count, size_t *capacity,
                           dvg_text name, dvg_error *error)
{
    for (size_t i = 0; i < *count; i++) {
        if (is_text((*files)[i], name.data, name.size))
            return dvg_fail(error, DVG_E_ARGUMENT, "document \"%.*s\" is named twice",
                            (int)name.size, name.data);
    }
    dvg_status status = dvg_glob_check(name.data, name.size, error);
    if (status != DVG_OK)
        return status;
    void *items = (void *)*files;
    status = make_room(rules, &items, capacity, *count, sizeof **files, error);
    *files = items;
    const char *copy = dvg_rules_text(rules, name.data, name.size);
    if (status == DVG_OK && copy == NULL)
        status = dvg_fail_memory(error);
    if (status == DVG_OK)
        (*files)[(*count)++] = copy;
    return status;
}

dvg_status dvg_rules_add_document(dvg_rules *rules, const char *name, size_t size, dvg_error *error)
{
    return add_file(rules, &rules->documents, &rules->document_count, &rules->document_capacity,
                    (dvg_text){name, size}, error);
}

dvg_status dvg_rules_add_bytes(dvg_rules *rules, const char *name, size_t size, dvg_error *error)
{
    return add_file(rules, &rules->bytes, &rules->bytes_count, &rules->bytes_capacity,
                    (dvg_text){name, size}, error);
}

dvg_status dvg_rules_add_skip(dvg_rules *rules, const char *file, const char *entry, size_t size,
                              dvg_error *error)
{
    void *items = rules->skips;
    dvg_status status = make_room(rules, &items, &rules->skip_capacity, rules->skip_count,
                                  sizeof *rules->skips, error);
    rules->skips = items;
    if (status != DVG_OK)
        return status;
    dvg_skip_rule rule = {dvg_rules_text(rules, file, strlen(file)),
                          dvg_rules_text(rules, entry, size), size};
    if (rule.file == NULL || rule.entry == NULL)
        return dvg_fail_memory(error);
    rules->skips[rules->skip_count++] = rule;
    return DVG_OK;
}

static const dvg_keyed *find_keyed(const dvg_rules *rules, const char *file, const char *field,
                                   size_t size)
{
    for (size_t i = 0; i < rules->keyed_count; i++) {
        const dvg_keyed *keyed = &rules->keyed[i];
        if (keyed->field_size == size && memcmp(keyed->field, field, size) == 0 &&
            strcmp(keyed->file, file) == 0)
            return keyed;
    }
    return NULL;
}

dvg_status dvg_rules_add_keyed(dvg_rules *rules, const char *file, const char *field,
                               size_t field_size, const char *key, size_t key_size,
                               dvg_error *error)
{
    if (find_keyed(rules, file, field, field_size) != NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "array \"%.*s\" of %s has two keys", (int)field_size,
                        field, file);
    void *items = rules->keyed;
    dvg_status status = make_room(rules, &items, &rules->keyed_capacity, rules->keyed_count,
                                  sizeof *rules->keyed, error);
    rules->keyed = items;
    if (status != DVG_OK)
        return status;
    dvg_keyed keyed = {dvg_rules_text(rules, file, strlen(file)),
                       dvg_rules_text(rules, field, field_size),
                       field_size,
                       dvg_rules_text(rules, key, key_size),
                       key_size,
                       NULL,
                       DVG_MATCH_KEY,
                       false};
    if (keyed.file == NULL || keyed.field == NULL || keyed.key == NULL)
        return dvg_fail_memory(error);
    rules->keyed[rules->keyed_count++] = keyed;
    return DVG_OK;
}

dvg_status dvg_rules_set_key(dvg_rules *rules, dvg_keyed *keyed, const dvg_text *texts,
                             size_t count, dvg_error *error)
{
    const dvg_key *key = NULL;
    if (count == 0)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "a key is 1 to %d names or paths of names, none of them empty",
                        DVG_KEY_PARTS_MOST);
    dvg_status status = dvg_key_parse(&key, &rules->arena, texts, count, error);
    if (status != DVG_OK)
        return status;
    bool plain = count == 1 && key->parts[0].count == 1;
    keyed->parts = plain ? NULL : key;
    keyed->key = plain ? key->parts[0].names[0].data : key->parts[0].shown;
    keyed->key_size = plain ? key->parts[0].names[0].size : strlen(keyed->key);
    if (plain)
        keyed->key = dvg_rules_text(rules, keyed->key, keyed->key_size);
    return keyed->key != NULL ? DVG_OK : dvg_fail_memory(error);
}

dvg_status dvg_rules_add_class(dvg_rules *rules, const char *name, size_t name_size,
                               const char *title, size_t title_size, dvg_severity severity,
                               dvg_error *error)
{
    if (dvg_rules_class(rules, name, name_size) >= 0)
        return dvg_fail(error, DVG_E_ARGUMENT, "class \"%.*s\" is declared twice", (int)name_size,
                        name);
    void *items = rules->classes;
    dvg_status status = make_room(rules, &items, &rules->class_capacity, rules->class_count,
                                  sizeof *rules->classes, error);
    rules->classes = items;
    if (status != DVG_OK)
        return status;
    dvg_class made = {
        dvg_rules_text(rules, name, name_size),
        dvg_rules_text(rules, title != NULL ? title : name, title != NULL ? title_size : name_size),
        severity};
    if (made.name == NULL || made.title == NULL)
        return dvg_fail_memory(error);
    rules->classes[rules->class_count++] = made;
    return DVG_OK;
}

/* ---- files */

static bool is_wild(const char *pattern) { return dvg_glob_is_wild(pattern, strlen(pattern)); }

static bool means(const char *pattern, const char *name)
{
    return strcmp(pattern, name) == 0 ||
           (is_wild(pattern) && dvg_glob_match(pattern, strlen(pattern), name, strlen(name)));
}

bool dvg_rules_match(const char *const *patterns, size_t count, const char *name)
{
    bool matched = false;
    for (size_t i = 0; i < count && !matched; i++)
        matched = means(patterns[i], name);
    return matched;
}

/* Part by part: what stands before the last part of the pattern has to match the folder. */
static bool reaches(const char *pattern, const char *folder)
{
    for (;;) {
        size_t part = strcspn(pattern, "/");
        size_t mine = strcspn(folder, "/");
        if (part == 2 && memcmp(pattern, "**", 2) == 0)
            return true;
        if (pattern[part] == '\0' || !dvg_glob_match(pattern, part, folder, mine))
            return false;
        if (folder[mine] == '\0')
            return true;
        pattern += part + 1;
        folder += mine + 1;
    }
}

bool dvg_rules_reach(const char *const *patterns, size_t count, const char *name)
{
    bool reached = false;
    for (size_t i = 0; i < count && !reached; i++)
        reached = is_wild(patterns[i]) && reaches(patterns[i], name);
    return reached;
}

static bool any_wild(const char *const *patterns, size_t count)
{
    bool any = false;
    for (size_t i = 0; i < count && !any; i++)
        any = is_wild(patterns[i]);
    return any;
}

bool dvg_rules_lists(const dvg_rules *rules)
{
    return any_wild(rules->documents, rules->document_count) ||
           any_wild(rules->bytes, rules->bytes_count);
}

static bool names_document(const dvg_rules *rules, const char *file)
{
    bool named =
        strcmp(file, "*") == 0 || dvg_rules_match(rules->documents, rules->document_count, file);
    for (size_t i = 0; i < rules->document_count && is_wild(file) && !named; i++)
        named = is_wild(rules->documents[i]) || means(file, rules->documents[i]);
    return named;
}

static dvg_status check_files(const dvg_rules *rules, dvg_error *error)
{
    for (size_t i = 0; i < rules->skip_count; i++) {
        if (!names_document(rules, rules->skips[i].file))
            return dvg_fail(error, DVG_E_ARGUMENT, "skip names \"%s\", which is no document",
                            rules->skips[i].file);
    }
    for (size_t i = 0; i < rules->keyed_count; i++) {
        if (!names_document(rules, rules->keyed[i].file))
            return dvg_fail(error, DVG_E_ARGUMENT, "keyed names \"%s\", which is no document",
                            rules->keyed[i].file);
    }
    return DVG_OK;
}

dvg_status dvg_rules_finish(dvg_rules *rules, dvg_error *error)
{
    if (rules->name == NULL)
        rules->name = "unnamed";
    if (rules->title == NULL)
        rules->title = rules->name;
    if (rules->class_count == 0) {
        dvg_status status = dvg_rules_add_class(rules, "divergence", 10, NULL, 0, DVG_ERROR, error);
        if (status != DVG_OK)
            return status;
    }
    return check_files(rules, error);
}

ptrdiff_t dvg_rules_class(const dvg_rules *rules, const char *name, size_t size)
{
    for (size_t i = 0; i < rules->class_count; i++) {
        if (is_text(rules->classes[i].name, name, size))
            return (ptrdiff_t)i;
    }
    return -1;
}

/* How closely a rule's file means a document: by its name, by a glob, as one of all; 0: not. */
static int closeness(const char *pattern, const char *file)
{
    if (strcmp(pattern, file) == 0)
        return 3;
    if (strcmp(pattern, "*") == 0)
        return 1;
    return means(pattern, file) ? 2 : 0;
}

bool dvg_rules_concern(const char *pattern, const char *file)
{
    return closeness(pattern, file) > 0;
}

const dvg_keyed *dvg_rules_keyed(const dvg_rules *rules, const char *file, const char *field,
                                 size_t size)
{
    const dvg_keyed *found = NULL;
    int best = 0;
    for (size_t i = 0; i < rules->keyed_count; i++) {
        const dvg_keyed *keyed = &rules->keyed[i];
        if (keyed->field_size != size || memcmp(keyed->field, field, size) != 0)
            continue;
        int close = closeness(keyed->file, file);
        if (close > best)
            found = keyed;
        best = close > best ? close : best;
    }
    return found;
}

const char *dvg_rules_kind_name(const dvg_rules *rules, dvg_kind kind)
{
    return rules->kind_names[kind];
}
