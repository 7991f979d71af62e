/*
 * rules: see rules.h. Lists are short, so that looking them up in turn is the fastest way.
 */
#include "rules/rules.h"

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
    dvg_release(&allocator, rules->skips, rules->skip_capacity * sizeof *rules->skips);
    dvg_release(&allocator, rules->keyed, rules->keyed_capacity * sizeof *rules->keyed);
    dvg_release(&allocator, rules->classes, rules->class_capacity * sizeof *rules->classes);
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

dvg_status dvg_rules_add_document(dvg_rules *rules, const char *name, size_t size, dvg_error *error)
{
    for (size_t i = 0; i < rules->document_count; i++) {
        if (is_text(rules->documents[i], name, size))
            return dvg_fail(error, DVG_E_ARGUMENT, "document \"%.*s\" is named twice", (int)size,
                            name);
    }
    void *items = (void *)rules->documents;
    dvg_status status = make_room(rules, &items, &rules->document_capacity, rules->document_count,
                                  sizeof *rules->documents, error);
    rules->documents = items;
    const char *copy = dvg_rules_text(rules, name, size);
    if (status == DVG_OK && copy == NULL)
        status = dvg_fail_memory(error);
    if (status == DVG_OK)
        rules->documents[rules->document_count++] = copy;
    return status;
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
                       dvg_rules_text(rules, field, field_size), field_size,
                       dvg_rules_text(rules, key, key_size), key_size};
    if (keyed.file == NULL || keyed.field == NULL || keyed.key == NULL)
        return dvg_fail_memory(error);
    rules->keyed[rules->keyed_count++] = keyed;
    return DVG_OK;
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

static bool names_document(const dvg_rules *rules, const char *file)
{
    bool named = strcmp(file, "*") == 0;
    for (size_t i = 0; i < rules->document_count && !named; i++)
        named = strcmp(rules->documents[i], file) == 0;
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

const dvg_keyed *dvg_rules_keyed(const dvg_rules *rules, const char *file, const char *field,
                                 size_t size)
{
    if (rules->keyed_count == 0)
        return NULL;
    const dvg_keyed *keyed = find_keyed(rules, file, field, size);
    return keyed != NULL ? keyed : find_keyed(rules, "*", field, size);
}

const char *dvg_rules_kind_name(const dvg_rules *rules, dvg_kind kind)
{
    return rules->kind_names[kind];
}
