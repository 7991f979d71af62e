/*
 * rule_fields: the `rules` of a profile or of a classifier, into the profile's rules.
 * Answers for saying of a rule that cannot be what is wrong with it, and where it stands.
 */
#include "path/glob.h"
#include "rules/rule.h"
#include "script/nearest.h"
#include "script/part.h"

#include <string.h>

/* The rule that is being read; a list of rules is read one after the other. */
struct reading {
    dvg_rule rule;
    dvg_profile *profile;
    void *payload; /* of the fields, before */
    dvg_text key_parts[DVG_KEY_PARTS_MOST];
    size_t key_count;
};

static dvg_rule *rule_of(dvg_fields *fields) { return &((struct reading *)fields->payload)->rule; }

static dvg_rules *rules_of(dvg_fields *fields)
{
    return &((struct reading *)fields->payload)->profile->rules;
}

static const char *keep(dvg_fields *fields, const char *text)
{
    const char *copy = dvg_rules_text(rules_of(fields), text, strlen(text));
    if (copy == NULL)
        dvg_state_raise_memory(fields->lua);
    return copy;
}

/* ---------------------------------------------------------------- where */

static void read_file(dvg_fields *fields)
{
    dvg_error error;
    const char *text = dvg_fields_text(fields);
    dvg_error_clear(&error);
    dvg_fields_check(fields, dvg_glob_check(text, strlen(text), &error), &error);
    rule_of(fields)->file = keep(fields, text);
}

static void read_at(dvg_fields *fields)
{
    dvg_error error;
    dvg_rule *rule = rule_of(fields);
    dvg_error_clear(&error);
    bool root = lua_type(fields->lua, -1) == LUA_TSTRING && lua_rawlen(fields->lua, -1) == 0;
    rule->at = root ? "" : keep(fields, dvg_fields_text(fields));
    dvg_fields_check(fields,
                     dvg_pattern_parse(&rule->pattern, &rules_of(fields)->arena, rule->at,
                                       strlen(rule->at), &error),
                     &error);
}

/* A kind is known by the name that the profile gives it, and others perhaps with it; or else by the
 * library's. */
static void read_kind(dvg_fields *fields)
{
    const char *name = dvg_fields_text(fields);
    const char *names[2][DVG_KIND_COUNT];
    for (int kind = 0; kind < DVG_KIND_COUNT; kind++) {
        names[0][kind] = dvg_rules_kind_name(rules_of(fields), (dvg_kind)kind);
        names[1][kind] = dvg_kind_name((dvg_kind)kind);
    }
    uint32_t kinds = 0;
    for (int i = 0; i < 2 && kinds == 0; i++)
        for (int kind = 0; kind < DVG_KIND_COUNT; kind++)
            if (strcmp(names[i][kind], name) == 0)
                kinds |= UINT32_C(1) << kind;
    rule_of(fields)->kinds = kinds;
    if (kinds == 0)
        dvg_fields_unknown(fields, "kind", name, names, sizeof names / sizeof names[0][0],
                           sizeof names[0][0]);
}

static void read_side(dvg_fields *fields)
{
    static const char *const names[] = {"left", "right", NULL};
    rule_of(fields)->side = (dvg_which)dvg_fields_choice(fields, names);
}

/* ---------------------------------------------------------------- what */

static void read_ignore(dvg_fields *fields)
{
    if (!lua_toboolean(fields->lua, -1))
        dvg_fields_fail(fields, "takes true; a rule that ignores nothing is left out");
    rule_of(fields)->effects |= DVG_EFFECT_IGNORE;
}

static void read_match(dvg_fields *fields)
{
    rule_of(fields)->keyed.matching = (dvg_matching)dvg_fields_choice(fields, dvg_matching_names);
    rule_of(fields)->effects |= DVG_EFFECT_MATCH;
}

static void set_key(dvg_fields *fields, const dvg_text *parts, size_t count)
{
    dvg_error error;
    dvg_error_clear(&error);
    dvg_fields_check(
        fields, dvg_rules_set_key(rules_of(fields), &rule_of(fields)->keyed, parts, count, &error),
        &error);
}

/* One of several members. */
static void read_key_part(dvg_fields *fields)
{
    struct reading *reading = fields->payload;
    if (reading->key_count == DVG_KEY_PARTS_MOST)
        dvg_fields_fail(fields, "a key has at most %d parts", DVG_KEY_PARTS_MOST);
    const char *text = keep(fields, dvg_fields_text(fields));
    reading->key_parts[reading->key_count++] = (dvg_text){text, strlen(text)};
}

static void read_key(dvg_fields *fields)
{
    struct reading *reading = fields->payload;
    reading->key_count = 0;
    if (lua_type(fields->lua, -1) == LUA_TTABLE) {
        dvg_fields_list(fields, DVG_TAKES_TEXT, read_key_part);
    } else {
        const char *text = keep(fields, dvg_fields_text(fields));
        reading->key_count = dvg_key_split(text, strlen(text), reading->key_parts);
    }
    set_key(fields, reading->key_parts, reading->key_count);
}

static void read_class(dvg_fields *fields)
{
    const dvg_rules *rules = rules_of(fields);
    const char *name = dvg_fields_text(fields);
    ptrdiff_t index = dvg_rules_class(rules, name, strlen(name));
    if (index < 0)
        dvg_fields_unknown(fields, "class", name, rules->classes, rules->class_count,
                           sizeof rules->classes[0]);
    rule_of(fields)->class_index = (uint32_t)index;
    rule_of(fields)->effects |= DVG_EFFECT_CLASS;
}

static void read_severity(dvg_fields *fields)
{
    static const char *const names[] = {"info", "warning", "error", NULL};
    rule_of(fields)->severity = (dvg_severity)dvg_fields_choice(fields, names);
    rule_of(fields)->effects |= DVG_EFFECT_SEVERITY;
}

static void read_why(dvg_fields *fields)
{
    rule_of(fields)->why = keep(fields, dvg_fields_text(fields));
}

/* ---------------------------------------------------------------- equality */

static void read_bound(dvg_fields *fields, dvg_margin *bound)
{
    if (!dvg_margin_set(bound, lua_tonumber(fields->lua, -1)))
        dvg_fields_fail(fields, "expected a number from 0 on, and finite");
}

static void read_absolute(dvg_fields *fields)
{
    read_bound(fields, &rule_of(fields)->tolerance.absolute);
}

static void read_relative(dvg_fields *fields)
{
    read_bound(fields, &rule_of(fields)->tolerance.relative);
}

static void read_doubles(dvg_fields *fields)
{
    rule_of(fields)->tolerance.doubles = dvg_fields_whole(fields, 0, INT64_MAX);
    rule_of(fields)->tolerance.in_doubles = true;
}

static void read_nan(dvg_fields *fields)
{
    static const char *const names[] = {"equal", NULL};
    (void)dvg_fields_choice(fields, names);
    rule_of(fields)->tolerance.nan_equal = true;
}

static void read_tolerance(dvg_fields *fields)
{
    static const dvg_field known[] = {{"abs", DVG_TAKES_NUMBER, read_absolute},
                                      {"rel", DVG_TAKES_NUMBER, read_relative},
                                      {"ulp", DVG_TAKES_NUMBER, read_doubles},
                                      {"nan", DVG_TAKES_TEXT, read_nan}};
    lua_pushnil(fields->lua);
    if (lua_next(fields->lua, -2) == 0)
        dvg_fields_fail(fields, "needs a bound: abs, rel, ulp or nan");
    lua_pop(fields->lua, 2);
    dvg_fields_table(fields, known, sizeof known / sizeof known[0]);
    rule_of(fields)->effects |= DVG_EFFECT_TOLERANCE;
}

static void read_form(dvg_fields *fields)
{
    rule_of(fields)->forms |= 1U << dvg_fields_choice(fields, dvg_form_names);
}

static void read_normalize(dvg_fields *fields)
{
    dvg_rule *rule = rule_of(fields);
    int type = lua_type(fields->lua, -1);
    if (type == LUA_TFUNCTION) {
        lua_pushvalue(fields->lua, -1);
        rule->function = luaL_ref(fields->lua, LUA_REGISTRYINDEX);
    } else if (type == LUA_TTABLE) {
        dvg_fields_list(fields, DVG_TAKES_TEXT, read_form);
    } else {
        read_form(fields);
    }
    if (rule->forms == 0 && rule->function == 0)
        dvg_fields_fail(fields, "names no form");
    rule->effects |= DVG_EFFECT_NORMALIZE;
}

static void read_negative_zero(dvg_fields *fields)
{
    static const char *const names[] = {"different", NULL};
    (void)dvg_fields_choice(fields, names);
    rule_of(fields)->effects |= DVG_EFFECT_NEGATIVE_ZERO;
}

static void read_name(dvg_fields *fields, const char *left)
{
    dvg_error error;
    dvg_error_clear(&error);
    dvg_fields_check(fields,
                     dvg_rule_add_rename(rules_of(fields), rule_of(fields), left,
                                         dvg_fields_text(fields), &error),
                     &error);
}

static void read_rename(dvg_fields *fields)
{
    dvg_fields_map(fields, DVG_TAKES_TEXT, read_name);
    if (rule_of(fields)->renames == NULL)
        dvg_fields_fail(fields, "names no member");
    rule_of(fields)->effects |= DVG_EFFECT_RENAME;
}

/* ---------------------------------------------------------------- one rule */

static void check_rule(dvg_fields *fields)
{
    const dvg_rule *rule = rule_of(fields);
    const char *wrong = dvg_rule_check(rule);
    bool by_key = (rule->effects & DVG_EFFECT_MATCH) != 0 && rule->keyed.matching == DVG_MATCH_KEY;
    if (by_key && rule->keyed.key == NULL)
        dvg_fields_fail(fields, "match = \"key\" needs a `key`");
    if (!by_key && rule->keyed.key != NULL)
        dvg_fields_fail(fields, "a key goes with match = \"key\"");
    if (wrong != NULL)
        dvg_fields_fail(fields, "%s", wrong);
}

/* Where the rule stands: "rules[2] of house.lua:14". */
static void name_rule(dvg_fields *fields)
{
    dvg_rule *rule = rule_of(fields);
    dvg_buffer *text = dvg_state_buffer(fields->state);
    rule->script = keep(fields, fields->state->source.shown);
    rule->number = (size_t)fields->steps[fields->depth - 1].index;
    rule->line = dvg_fields_line(fields);
    dvg_buffer_add_text(text, "rules[");
    dvg_buffer_add_u64(text, rule->number);
    dvg_buffer_add_text(text, "] of ");
    dvg_buffer_add_text(text, rule->script);
    dvg_buffer_add_byte(text, ':');
    dvg_buffer_add_u64(text, rule->line);
    dvg_state_push_buffer(fields->lua);
    rule->name = keep(fields, lua_tostring(fields->lua, -1));
    lua_pop(fields->lua, 1);
}

static void read_rule(dvg_fields *fields)
{
    static const dvg_field known[] = {
        {"file", DVG_TAKES_TEXT, read_file},
        {"at", DVG_TAKES_TEXT, read_at},
        {"kind", DVG_TAKES_TEXT, read_kind},
        {"side", DVG_TAKES_TEXT, read_side},
        {"ignore", DVG_TAKES_FLAG, read_ignore},
        {"match", DVG_TAKES_TEXT, read_match},
        {"key", DVG_TAKES_TEXT | DVG_TAKES_TABLE, read_key},
        {"class", DVG_TAKES_TEXT, read_class},
        {"severity", DVG_TAKES_TEXT, read_severity},
        {"why", DVG_TAKES_TEXT, read_why},
        {"tolerance", DVG_TAKES_TABLE, read_tolerance},
        {"normalize", DVG_TAKES_TEXT | DVG_TAKES_TABLE | DVG_TAKES_FUNCTION, read_normalize},
        {"negative_zero", DVG_TAKES_TEXT, read_negative_zero},
        {"rename", DVG_TAKES_TABLE, read_rename},
    };
    struct reading *reading = fields->payload;
    dvg_profile *profile = reading->profile;
    dvg_error error;
    memset(&reading->rule, 0, sizeof reading->rule);
    reading->rule.owner = fields->state;
    reading->rule.builtin = fields->state->source.bytes.data == NULL;
    reading->rule.side = DVG_NEITHER;
    dvg_fields_table(fields, known, sizeof known / sizeof known[0]);
    check_rule(fields);
    name_rule(fields);
    dvg_error_clear(&error);
    dvg_fields_check(fields,
                     dvg_rules_add_rule(&profile->rules, &reading->rule,
                                        profile->chain.own == 0 ? 0 : profile->own_rule_count,
                                        &error),
                     &error);
}

void dvg_rules_read(dvg_fields *fields)
{
    struct reading reading;
    memset(&reading, 0, sizeof reading);
    reading.profile = fields->state->profile;
    reading.payload = fields->payload;
    fields->payload = &reading;
    dvg_fields_list(fields, DVG_TAKES_TABLE, read_rule);
    fields->payload = reading.payload;
}
