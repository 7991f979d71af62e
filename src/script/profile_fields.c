/*
 * profile_fields: the table of a profile, field by field, into rules.
 */
#include "script/option.h"
#include "script/part.h"

#include <string.h>

static dvg_profile *target(dvg_fields *fields) { return fields->payload; }

/* A copy of a text in the profile's rules. */
static const char *keep(dvg_fields *fields, const char *text)
{
    const char *copy = dvg_rules_text(&target(fields)->rules, text, strlen(text));
    if (copy == NULL)
        dvg_state_raise_memory(fields->lua);
    return copy;
}

static const char *keep_text(dvg_fields *fields) { return keep(fields, dvg_fields_text(fields)); }

static bool flag(dvg_fields *fields) { return lua_toboolean(fields->lua, -1) != 0; }

/* Does a relative path go up, or an absolute one start elsewhere? */
static bool leads_out(const char *name)
{
    const char *part = name;
    if (name[0] == '/')
        return true;
    while (part != NULL) {
        if (part[0] == '.' && part[1] == '.' && (part[2] == '/' || part[2] == '\0'))
            return true;
        part = strchr(part, '/');
        part = part == NULL ? NULL : part + 1;
    }
    return false;
}

static const char *file_name(dvg_fields *fields, const char *name)
{
    if (leads_out(name))
        dvg_fields_fail(fields, "\"%s\" leads out of the snapshot", name);
    return name;
}

/* ---------------------------------------------------------------- names */

static void read_name(dvg_fields *fields) { target(fields)->rules.name = keep_text(fields); }

static void read_title(dvg_fields *fields) { target(fields)->rules.title = keep_text(fields); }

static void read_side_name(dvg_fields *fields, int side)
{
    const char *name = dvg_fields_text(fields);
    dvg_option_check_name(fields, name);
    target(fields)->rules.side_names[side] = keep(fields, name);
}

static void read_left_name(dvg_fields *fields) { read_side_name(fields, 0); }

static void read_right_name(dvg_fields *fields) { read_side_name(fields, 1); }

static void read_sides(dvg_fields *fields)
{
    static const dvg_field known[] = {{"left", DVG_TAKES_TEXT, read_left_name},
                                      {"right", DVG_TAKES_TEXT, read_right_name}};
    const dvg_rules *rules = &target(fields)->rules;
    dvg_fields_table(fields, known, sizeof known / sizeof known[0]);
    if (strcmp(rules->side_names[0], rules->side_names[1]) == 0)
        dvg_fields_fail(fields, "both sides have the name \"%s\"", rules->side_names[0]);
}

/* ---------------------------------------------------------------- documents */

/* A name or a glob of files, for one of the two lists. */
static void read_file(dvg_fields *fields,
                      dvg_status (*add)(dvg_rules *, const char *, size_t, dvg_error *))
{
    dvg_error error;
    const char *name = file_name(fields, dvg_fields_text(fields));
    dvg_error_clear(&error);
    dvg_fields_check(fields, add(&target(fields)->rules, name, strlen(name), &error), &error);
}

static void read_document(dvg_fields *fields) { read_file(fields, dvg_rules_add_document); }

static void read_bytes_file(dvg_fields *fields) { read_file(fields, dvg_rules_add_bytes); }

static void read_bytes(dvg_fields *fields)
{
    dvg_fields_list(fields, DVG_TAKES_TEXT, read_bytes_file);
}

static void read_documents(dvg_fields *fields)
{
    dvg_fields_list(fields, DVG_TAKES_TEXT, read_document);
}

static void read_surplus(dvg_fields *fields)
{
    static const char *const names[] = {"each", "length", NULL};
    dvg_rules *rules = &target(fields)->rules;
    rules->surplus_is_length = dvg_fields_choice(fields, names) == 1;
    if (rules->surplus_is_length)
        rules->arrays = DVG_MATCH_POSITION; /* only there one number says what is too much */
}

static void read_arrays(dvg_fields *fields)
{
    dvg_matching matching = (dvg_matching)dvg_fields_choice(fields, dvg_matching_names);
    if (matching == DVG_MATCH_KEY)
        dvg_fields_fail(fields, "takes no \"key\": which one it is, `keyed` or a rule says");
    target(fields)->rules.arrays = matching;
}

static void read_manifest_file(dvg_fields *fields)
{
    target(fields)->rules.manifest_file = keep(fields, file_name(fields, dvg_fields_text(fields)));
}

static void read_manifest_at(dvg_fields *fields)
{
    target(fields)->rules.manifest_at = keep_text(fields);
}

static void read_manifest(dvg_fields *fields)
{
    static const dvg_field known[] = {{"file", DVG_TAKES_TEXT, read_manifest_file},
                                      {"at", DVG_TAKES_TEXT, read_manifest_at}};
    const dvg_rules *rules = &target(fields)->rules;
    dvg_fields_table(fields, known, sizeof known / sizeof known[0]);
    if (rules->manifest_file == NULL || rules->manifest_at == NULL)
        dvg_fields_fail(fields, "a manifest needs both `file` and `at`");
}

/* ---------------------------------------------------------------- reading */

static void read_nonfinite(dvg_fields *fields)
{
    target(fields)->rules.reading.nonfinite = flag(fields);
}

static void read_duplicates(dvg_fields *fields)
{
    static const char *const names[] = {"report", "last", "refuse", NULL};
    target(fields)->rules.reading.duplicates = (dvg_duplicates)dvg_fields_choice(fields, names);
}

static void read_numbers(dvg_fields *fields)
{
    static const char *const names[] = {"exact", "double", NULL};
    target(fields)->rules.numbers = (dvg_numbers)dvg_fields_choice(fields, names);
}

static void read_root(dvg_fields *fields)
{
    static const char *const names[] = {"any", "object", NULL};
    target(fields)->rules.reading.root_object = dvg_fields_choice(fields, names) == 1;
}

static void read_depth(dvg_fields *fields)
{
    target(fields)->rules.reading.depth = dvg_fields_whole(fields, 1, UINT32_MAX);
}

static void read_integer_digits(dvg_fields *fields)
{
    target(fields)->rules.reading.integer_digits = dvg_fields_whole(fields, 1, UINT32_MAX);
}

static void read_reading(dvg_fields *fields)
{
    static const dvg_field known[] = {{"nonfinite", DVG_TAKES_FLAG, read_nonfinite},
                                      {"duplicates", DVG_TAKES_TEXT, read_duplicates},
                                      {"numbers", DVG_TAKES_TEXT, read_numbers},
                                      {"root", DVG_TAKES_TEXT, read_root},
                                      {"depth", DVG_TAKES_NUMBER, read_depth},
                                      {"integer_digits", DVG_TAKES_NUMBER, read_integer_digits}};
    dvg_fields_table(fields, known, sizeof known / sizeof known[0]);
}

/* ---------------------------------------------------------------- kinds, output */

static void read_kind(dvg_fields *fields, const char *name)
{
    const char *names[DVG_KIND_COUNT];
    dvg_kind kind = dvg_kind_find(name, strlen(name));
    if (kind == DVG_KIND_COUNT) {
        for (int i = 0; i < DVG_KIND_COUNT; i++)
            names[i] = dvg_kind_name((dvg_kind)i);
        dvg_fields_unknown(fields, "kind", name, names, DVG_KIND_COUNT, sizeof names[0]);
    }
    target(fields)->rules.kind_names[kind] = keep_text(fields);
}

static void read_kinds(dvg_fields *fields) { dvg_fields_map(fields, DVG_TAKES_TEXT, read_kind); }

static dvg_which read_which(dvg_fields *fields)
{
    static const char *const names[] = {"left", "right", NULL};
    return (dvg_which)dvg_fields_choice(fields, names);
}

static void read_absent(dvg_fields *fields)
{
    target(fields)->rules.absent_on_both = read_which(fields);
}

static void read_beside(dvg_fields *fields)
{
    target(fields)->rules.output_beside = read_which(fields);
}

static void read_output_name(dvg_fields *fields)
{
    const char *name = dvg_fields_text(fields);
    if (strchr(name, '/') != NULL || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        dvg_fields_fail(fields, "\"%s\" is no name of a file", name);
    target(fields)->rules.output_name = keep(fields, name);
}

static void read_output(dvg_fields *fields)
{
    static const dvg_field known[] = {{"beside", DVG_TAKES_TEXT, read_beside},
                                      {"name", DVG_TAKES_TEXT, read_output_name}};
    const dvg_rules *rules = &target(fields)->rules;
    dvg_fields_table(fields, known, sizeof known / sizeof known[0]);
    if (rules->output_name == NULL || rules->output_beside == DVG_NEITHER)
        dvg_fields_fail(fields, "an output needs both `beside` and `name`");
}

/* ---------------------------------------------------------------- skips and keys */

/* Does the profile name the document? One that lists documents by pattern may have any. */
static void check_document(dvg_fields *fields, const char *name)
{
    const dvg_rules *rules = &target(fields)->rules;
    bool known = strpbrk(name, "*?[") != NULL;
    for (size_t i = 0; i < rules->document_count && !known; i++)
        known =
            strcmp(rules->documents[i], name) == 0 || strpbrk(rules->documents[i], "*?[") != NULL;
    if (!known)
        dvg_fields_unknown(fields, "document", name, rules->documents, rules->document_count,
                           sizeof rules->documents[0]);
}

/* An entry may be empty: it hides a whole file. */
static void read_skip_entry(dvg_fields *fields)
{
    dvg_error error;
    size_t size = 0;
    const char *file = fields->steps[fields->depth - 2].name;
    const char *entry = lua_tolstring(fields->lua, -1, &size);
    dvg_error_clear(&error);
    dvg_fields_check(fields, dvg_rules_add_skip(&target(fields)->rules, file, entry, size, &error),
                     &error);
}

static void read_skip_file(dvg_fields *fields, const char *name)
{
    if (strcmp(name, "from_document") == 0) {
        target(fields)->rules.skip_from_document = keep_text(fields);
        return;
    }
    check_document(fields, name);
    dvg_fields_list(fields, DVG_TAKES_TEXT, read_skip_entry);
}

static void read_skip(dvg_fields *fields)
{
    dvg_fields_map(fields, DVG_TAKES_TABLE | DVG_TAKES_TEXT, read_skip_file);
}

static void read_keyed_field(dvg_fields *fields, const char *name)
{
    dvg_error error;
    const char *file = fields->steps[fields->depth - 2].name;
    const char *key = dvg_fields_text(fields);
    dvg_error_clear(&error);
    dvg_fields_check(fields,
                     dvg_rules_add_keyed(&target(fields)->rules, file, name, strlen(name), key,
                                         strlen(key), &error),
                     &error);
}

static void read_keyed_file(dvg_fields *fields, const char *name)
{
    check_document(fields, name);
    dvg_fields_map(fields, DVG_TAKES_TEXT, read_keyed_field);
}

static void read_keyed(dvg_fields *fields)
{
    dvg_fields_map(fields, DVG_TAKES_TABLE, read_keyed_file);
}

/* ---------------------------------------------------------------- classes */

static void read_default_class(dvg_fields *fields)
{
    target(fields)->default_class = keep_text(fields);
}

static void read_classify(dvg_fields *fields)
{
    if (lua_isfunction(fields->lua, -1))
        target(fields)->has_classify = true;
    else
        target(fields)->classify_name = keep_text(fields);
}

static void read_gates(dvg_fields *fields) { target(fields)->has_gates = true; }

/* ---------------------------------------------------------------- reports */

static void read_report_name(dvg_fields *fields)
{
    dvg_profile *profile = target(fields);
    void *reports = (void *)profile->reports;
    if (!dvg_grow(&profile->allocator, &reports, &profile->report_capacity,
                  profile->report_count + 1, sizeof(const char *)))
        dvg_state_raise_memory(fields->lua);
    profile->reports = reports;
    profile->reports[profile->report_count] = keep_text(fields);
    profile->report_count++;
}

static void read_reports(dvg_fields *fields)
{
    dvg_fields_list(fields, DVG_TAKES_TEXT, read_report_name);
}

/* ---------------------------------------------------------------- whole scripts */

/* The default class, by its number. */
static void settle_class(dvg_fields *fields, dvg_profile *profile)
{
    const char *name = profile->default_class;
    if (name == NULL)
        return;
    ptrdiff_t index = dvg_rules_class(&profile->rules, name, strlen(name));
    if (index < 0) {
        fields->steps[0].name = "default_class";
        fields->depth = 1;
        dvg_fields_unknown(fields, "class", name, &profile->rules.classes[0].name,
                           profile->rules.class_count, sizeof profile->rules.classes[0]);
    }
    profile->default_index = (uint32_t)index;
}

int dvg_profile_read(lua_State *lua)
{
    static const char *const need[] = {"api", "name", "documents", NULL};
    static const dvg_field known[] = {
        {"api", DVG_TAKES_NUMBER, dvg_part_read_api},
        {"name", DVG_TAKES_TEXT, read_name},
        {"title", DVG_TAKES_TEXT, read_title},
        {"help", DVG_TAKES_TEXT, NULL},
        {"sides", DVG_TAKES_TABLE, read_sides},
        {"documents", DVG_TAKES_TABLE, read_documents},
        {"bytes", DVG_TAKES_TABLE, read_bytes},
        {"surplus", DVG_TAKES_TEXT, read_surplus},
        {"arrays", DVG_TAKES_TEXT, read_arrays}, /* wins over what surplus suggests */
        {"manifest", DVG_TAKES_TABLE, read_manifest},
        {"reading", DVG_TAKES_TABLE, read_reading},
        {"kinds", DVG_TAKES_TABLE, read_kinds},
        {"absent_on_both", DVG_TAKES_TEXT, read_absent},
        {"output", DVG_TAKES_TABLE, read_output},
        {"skip", DVG_TAKES_TABLE, read_skip},
        {"keyed", DVG_TAKES_TABLE, read_keyed},
        {"classes", DVG_TAKES_TABLE, dvg_classes_read},
        {"rules", DVG_TAKES_TABLE, dvg_rules_read},
        {"default_class", DVG_TAKES_TEXT, read_default_class},
        {"classify", DVG_TAKES_FUNCTION | DVG_TAKES_TEXT, read_classify},
        {"gates", DVG_TAKES_FUNCTION, read_gates},
        {"options", DVG_TAKES_TABLE, dvg_option_read_all},
        {"reports", DVG_TAKES_TABLE, read_reports},
        DVG_REPORT_FIELDS};
    dvg_fields fields;
    dvg_error error;
    dvg_profile *profile = lua_touserdata(lua, 1);
    dvg_part_begin(&fields, lua, profile, need);
    dvg_fields_table(&fields, known, sizeof known / sizeof known[0]);
    profile->rules.builtin = fields.state->source.bytes.data == NULL;
    if (profile->rules.document_count + profile->rules.bytes_count == 0)
        dvg_fields_fail(&fields, "documents: a profile names at least one");
    dvg_error_clear(&error);
    dvg_fields_check(&fields, dvg_rules_finish(&profile->rules, &error), &error);
    settle_class(&fields, profile);
    dvg_part_check(&fields, DVG_PART_PROFILE);
    profile->own_option_count = profile->option_count;
    return 0;
}
