/*
 * plain: see plain.h.
 */
#include "rules/plain.h"

#include "path/glob.h"

#include <string.h>

/* A rule that is being read. */
struct reading {
    dvg_rules *rules;
    const dvg_rule_options *from;
    dvg_rule rule;
    dvg_error *error;
};

/* ---- texts */

/* A copy, or NULL where there is no text. */
static dvg_status keep(dvg_rules *rules, const char **copy, const char *text, dvg_error *error)
{
    *copy = text == NULL ? NULL : dvg_rules_text(rules, text, strlen(text));
    return *copy != NULL || text == NULL ? DVG_OK : dvg_fail_memory(error);
}

/* Index of a name among those given; SIZE_MAX: it is none of them. */
static size_t find(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return SIZE_MAX;
}

/* "rules[2]: MESSAGE", in place of the error that is there. */
static dvg_status name_error(dvg_error *error, size_t number, dvg_status status)
{
    dvg_error inner;
    if (status == DVG_OK || status == DVG_E_MEMORY || error == NULL)
        return status;
    inner = *error;
    dvg_error_clear(error);
    return dvg_fail(error, status, "rules[%zu]: %s", number, inner.message);
}

/* ---- where */

static dvg_status read_place(struct reading *reading)
{
    const dvg_rule_options *from = reading->from;
    dvg_rule *rule = &reading->rule;
    dvg_status status = keep(reading->rules, &rule->file, from->file, reading->error);
    if (status == DVG_OK && from->file != NULL)
        status = dvg_glob_check(from->file, strlen(from->file), reading->error);
    if (status == DVG_OK)
        status = keep(reading->rules, &rule->at, from->at, reading->error);
    if (status == DVG_OK && from->at != NULL)
        status = dvg_pattern_parse(&rule->pattern, &reading->rules->arena, rule->at,
                                   strlen(rule->at), reading->error);
    return status;
}

static dvg_status read_kind(struct reading *reading)
{
    static const char *const sides[] = {"left", "right"};
    const dvg_rule_options *from = reading->from;
    dvg_rule *rule = &reading->rule;
    dvg_kind kind = DVG_KIND_COUNT;
    rule->side = DVG_NEITHER;
    if (from->kind != NULL)
        kind = dvg_kind_find(from->kind, strlen(from->kind));
    if (kind != DVG_KIND_COUNT)
        rule->kinds = UINT32_C(1) << kind;
    else if (from->kind != NULL)
        return dvg_fail(reading->error, DVG_E_ARGUMENT, "there is no kind \"%.100s\"", from->kind);
    if (from->side == NULL)
        return DVG_OK;
    size_t side = find(from->side, sides, 2);
    if (side == SIZE_MAX)
        return dvg_fail(reading->error, DVG_E_ARGUMENT,
                        "a side is \"left\" or \"right\", not \"%.100s\"", from->side);
    rule->side = (dvg_which)side;
    return DVG_OK;
}

/* ---- what */

static dvg_status read_match(struct reading *reading)
{
    const dvg_rule_options *from = reading->from;
    dvg_rule *rule = &reading->rule;
    dvg_text parts[DVG_KEY_PARTS_MOST];
    if (from->match == NULL)
        return from->key == NULL
                   ? DVG_OK
                   : dvg_fail(reading->error, DVG_E_ARGUMENT, "a key goes with match \"key\"");
    if (!dvg_matching_find(from->match, &rule->keyed.matching))
        return dvg_fail(reading->error, DVG_E_ARGUMENT,
                        "match is \"position\", \"sequence\", \"key\", \"multiset\", \"best\" or "
                        "\"infer\", not \"%.100s\"",
                        from->match);
    if ((rule->keyed.matching == DVG_MATCH_KEY) != (from->key != NULL))
        return dvg_fail(reading->error, DVG_E_ARGUMENT, "match \"key\" and a key go together");
    dvg_status status = DVG_OK;
    if (from->key != NULL)
        status =
            dvg_rules_set_key(reading->rules, &rule->keyed, parts,
                              dvg_key_split(from->key, strlen(from->key), parts), reading->error);
    rule->effects |= DVG_EFFECT_MATCH;
    return status;
}

static dvg_status read_class(struct reading *reading)
{
    const dvg_rule_options *from = reading->from;
    dvg_rule *rule = &reading->rule;
    if (from->class_name != NULL) {
        ptrdiff_t index =
            dvg_rules_class(reading->rules, from->class_name, strlen(from->class_name));
        if (index < 0)
            return dvg_fail(reading->error, DVG_E_ARGUMENT, "there is no class \"%.100s\"",
                            from->class_name);
        rule->class_index = (uint32_t)index;
        rule->effects |= DVG_EFFECT_CLASS;
    }
    if (from->severity == NULL)
        return DVG_OK;
    if (!dvg_severity_find(from->severity, &rule->severity))
        return dvg_fail(reading->error, DVG_E_ARGUMENT,
                        "a severity is \"info\", \"warning\" or \"error\", not \"%.100s\"",
                        from->severity);
    rule->effects |= DVG_EFFECT_SEVERITY;
    return DVG_OK;
}

/* ---- equality */

static dvg_status read_tolerance(struct reading *reading)
{
    const dvg_tolerance_options *from = reading->from->tolerance;
    dvg_tolerance *to = &reading->rule.tolerance;
    if (!dvg_margin_set(&to->absolute, from->absolute) ||
        !dvg_margin_set(&to->relative, from->relative) || from->ulp > INT64_MAX)
        return dvg_fail(reading->error, DVG_E_ARGUMENT,
                        "a bound of a tolerance is a number from 0 on, and finite");
    to->doubles = from->ulp;
    to->in_doubles = from->ulp > 0;
    to->nan_equal = from->nan_equal;
    if (to->absolute.mantissa == 0 && to->relative.mantissa == 0 && !to->in_doubles &&
        !to->nan_equal)
        return dvg_fail(reading->error, DVG_E_ARGUMENT,
                        "a tolerance needs a bound: absolute, relative, ulp or nan_equal");
    reading->rule.effects |= DVG_EFFECT_TOLERANCE;
    return DVG_OK;
}

/* Names with a comma between. */
static dvg_status read_forms(struct reading *reading)
{
    const char *at = reading->from->normalize;
    for (bool more = true; more;) {
        size_t size = strcspn(at, ",");
        size_t form = 0;
        while (dvg_form_names[form] != NULL && (strlen(dvg_form_names[form]) != size ||
                                                memcmp(dvg_form_names[form], at, size) != 0))
            form++;
        if (dvg_form_names[form] == NULL)
            return dvg_fail(reading->error, DVG_E_ARGUMENT,
                            "normalize is \"case\", \"trim\", \"hex\" or \"null-absent\", not "
                            "\"%.*s\"",
                            (int)(size < 100 ? size : 100), at);
        reading->rule.forms |= 1U << form;
        more = at[size] == ',';
        at += size + more;
    }
    reading->rule.effects |= DVG_EFFECT_NORMALIZE;
    return DVG_OK;
}

static dvg_status read_same(struct reading *reading)
{
    if (reading->from->normalize != NULL)
        return dvg_fail(reading->error, DVG_E_ARGUMENT,
                        "normalize and a function are two ways to say when values are the same; "
                        "give one");
    reading->rule.same = reading->from->same;
    reading->rule.same_payload = reading->from->same_payload;
    reading->rule.effects |= DVG_EFFECT_NORMALIZE;
    return DVG_OK;
}

static dvg_status read_renames(struct reading *reading)
{
    const dvg_rule_options *from = reading->from;
    for (size_t i = 0; i < from->rename_count; i++) {
        const dvg_rename_options *names = &from->renames[i];
        if (names->left == NULL || names->right == NULL || names->left[0] == '\0' ||
            names->right[0] == '\0')
            return dvg_fail(reading->error, DVG_E_ARGUMENT, "a rename needs two names");
        dvg_status status = dvg_rule_add_rename(reading->rules, &reading->rule, names->left,
                                                names->right, reading->error);
        if (status != DVG_OK)
            return status;
        reading->rule.effects |= DVG_EFFECT_RENAME;
    }
    return DVG_OK;
}

static dvg_status read_equality(struct reading *reading)
{
    const dvg_rule_options *from = reading->from;
    dvg_status status = from->tolerance != NULL ? read_tolerance(reading) : DVG_OK;
    if (status == DVG_OK && from->normalize != NULL)
        status = read_forms(reading);
    if (status == DVG_OK && from->same != NULL)
        status = read_same(reading);
    if (status == DVG_OK)
        status = read_renames(reading);
    if (status != DVG_OK || from->negative_zero == NULL)
        return status;
    if (strcmp(from->negative_zero, "different") != 0)
        return dvg_fail(reading->error, DVG_E_ARGUMENT,
                        "negative_zero is \"different\", not \"%.100s\"", from->negative_zero);
    reading->rule.effects |= DVG_EFFECT_NEGATIVE_ZERO;
    return DVG_OK;
}

static dvg_status read_effects(struct reading *reading)
{
    if (reading->from->ignore)
        reading->rule.effects |= DVG_EFFECT_IGNORE;
    dvg_status status = read_match(reading);
    if (status == DVG_OK)
        status = read_class(reading);
    if (status == DVG_OK)
        status = read_equality(reading);
    if (status == DVG_OK)
        status = keep(reading->rules, &reading->rule.why, reading->from->why, reading->error);
    const char *wrong = dvg_rule_check(&reading->rule);
    if (status == DVG_OK && wrong != NULL)
        status = dvg_fail(reading->error, DVG_E_ARGUMENT, "%s", wrong);
    return status;
}

/* ---- one rule */

/* "rules[2] of NAME", as the rule of a script is named after its file. */
static dvg_status name_rule(struct reading *reading, const char *list, size_t number)
{
    dvg_buffer text;
    dvg_buffer_init(&text, &reading->rules->arena.allocator);
    dvg_buffer_add_text(&text, list);
    dvg_buffer_add_byte(&text, '[');
    dvg_buffer_add_u64(&text, number);
    dvg_buffer_add_text(&text, "] of ");
    dvg_buffer_add_text(&text, reading->rules->name);
    const char *shown = dvg_buffer_string(&text);
    if (shown != NULL)
        reading->rule.name = dvg_rules_text(reading->rules, shown, text.size);
    dvg_buffer_clear(&text);
    reading->rule.script = reading->rules->name;
    reading->rule.number = number;
    return reading->rule.name != NULL ? DVG_OK : dvg_fail_memory(reading->error);
}

static dvg_status read_rule(struct reading *reading, const char *list, size_t number)
{
    dvg_status status = read_place(reading);
    if (status == DVG_OK)
        status = read_kind(reading);
    if (status == DVG_OK)
        status = read_effects(reading);
    return status == DVG_OK ? name_rule(reading, list, number) : status;
}

static dvg_status add_rule(dvg_rules *rules, const dvg_rule_options *from, size_t number,
                           const void *owner, dvg_error *error)
{
    struct reading reading = {.rules = rules, .from = from, .error = error};
    reading.rule.owner = owner;
    dvg_status status = read_rule(&reading, "rules", number);
    if (status == DVG_OK)
        status = dvg_rules_add_rule(rules, &reading.rule, 0, error);
    return name_error(error, number, status);
}

dvg_status dvg_rules_add_match(dvg_rules *rules, const dvg_rule_options *match, const void *owner,
                               dvg_error *error)
{
    struct reading reading = {.rules = rules, .from = match, .error = error};
    reading.rule.owner = owner;
    dvg_status status = read_rule(&reading, "match", rules->match_count + 1);
    if (status == DVG_OK)
        status =
            dvg_rules_add_rule(rules, &reading.rule, rules->rule_count - rules->match_count, error);
    rules->match_count += status == DVG_OK;
    return status;
}

/* ---- all of it */

static dvg_status add_classes(dvg_rules *rules, const dvg_profile_options *options,
                              dvg_error *error)
{
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < options->class_count && status == DVG_OK; i++) {
        const dvg_class_options *from = &options->classes[i];
        if (from->name == NULL || from->name[0] == '\0')
            return dvg_fail(error, DVG_E_ARGUMENT, "classes[%zu]: it has no name", i + 1);
        if (from->severity < DVG_INFO || from->severity > DVG_ERROR)
            return dvg_fail(error, DVG_E_ARGUMENT, "classes[%zu]: there is no such severity",
                            i + 1);
        const char *title = from->title != NULL ? from->title : from->name;
        status = dvg_rules_add_class(rules, from->name, strlen(from->name), title, strlen(title),
                                     from->severity, error);
    }
    return status;
}

static dvg_status add_files(dvg_rules *rules, const dvg_profile_options *options, dvg_error *error)
{
    dvg_status status = DVG_OK;
    if (options->document_count == 0 && options->byte_count == 0) {
        status = dvg_rules_add_document(rules, "**/*.json", 9, error);
        return status == DVG_OK ? dvg_rules_add_bytes(rules, "**", 2, error) : status;
    }
    for (size_t i = 0; i < options->document_count && status == DVG_OK; i++)
        status = dvg_rules_add_document(rules, options->documents[i], strlen(options->documents[i]),
                                        error);
    for (size_t i = 0; i < options->byte_count && status == DVG_OK; i++)
        status = dvg_rules_add_bytes(rules, options->bytes[i], strlen(options->bytes[i]), error);
    return status;
}

static dvg_status add_names(dvg_rules *rules, const dvg_profile_options *options, dvg_error *error)
{
    const char *const sides[2] = {options->left, options->right};
    const char *name = options->name != NULL ? options->name : "rules";
    dvg_status status = keep(rules, &rules->name, name, error);
    if (status == DVG_OK)
        status = keep(rules, &rules->title, options->title, error);
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        if (sides[side] != NULL)
            status = keep(rules, &rules->side_names[side], sides[side], error);
    rules->reading.nonfinite = options->nonfinite;
    if (status == DVG_OK && options->arrays != NULL &&
        (!dvg_matching_find(options->arrays, &rules->arrays) || rules->arrays == DVG_MATCH_KEY))
        return dvg_fail(
            error, DVG_E_ARGUMENT,
            "arrays is \"infer\", \"position\", \"sequence\", \"multiset\" or \"best\", not "
            "\"%.100s\"",
            options->arrays);
    rules->numbers = options->doubles ? DVG_NUMBERS_DOUBLE : DVG_NUMBERS_EXACT;
    return status;
}

dvg_status dvg_rules_from_options(dvg_rules *rules, const dvg_profile_options *options,
                                  const void *owner, dvg_error *error)
{
    static const dvg_profile_options defaults = DVG_PROFILE_OPTIONS_INIT;
    if (options == NULL)
        options = &defaults;
    if (options->version != DVG_PROFILE_OPTIONS_VERSION)
        return dvg_fail(error, DVG_E_ARGUMENT, "unknown version %zu of the profile's options",
                        (size_t)options->version);
    dvg_status status = add_names(rules, options, error);
    if (status == DVG_OK)
        status = add_files(rules, options, error);
    if (status == DVG_OK)
        status = add_classes(rules, options, error);
    for (size_t i = 0; i < options->rule_count && status == DVG_OK; i++)
        status = add_rule(rules, &options->rules[i], i + 1, owner, error);
    return status == DVG_OK ? dvg_rules_finish(rules, error) : status;
}
