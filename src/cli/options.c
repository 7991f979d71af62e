/*
 * options: see options.h. The table and the parser; the storage is command.c, the nearest name
 * suggest.c.
 * Invariant: a token is looked at once; what an option takes as its value is never taken for an
 * option itself.
 */
#include "options.h"

#include "asking.h"
#include "bounding.h"
#include "forms.h"
#include "narrowing.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS_MOST 64

/* ---------------------------------------------------------------- the table */

static void set_wrong(dvg_command *command, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/* Keep the first message only. */
static void set_wrong(dvg_command *command, const char *format, ...)
{
    if (command->wrong[0] != '\0')
        return;
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(command->wrong, sizeof command->wrong, format, arguments);
    va_end(arguments);
}

static void apply_profile(dvg_command *command, const char *value)
{
    command->profile = value;
    if (value[0] == '\0')
        set_wrong(command, "--profile needs the name of a profile");
}

static void apply_out(dvg_command *command, const char *value) { command->out = value; }

static void apply_validate(dvg_command *command, const char *value)
{
    (void)value;
    command->validate_identical = true;
}

static void apply_threads(dvg_command *command, const char *value)
{
    uint32_t threads = 0;
    const char *digit = value;
    while (*digit >= '0' && *digit <= '9' && threads <= THREADS_MOST)
        threads = threads * 10 + (uint32_t)(*digit++ - '0');
    if (*digit != '\0' || threads < 1 || threads > THREADS_MOST)
        set_wrong(command, "--threads takes a number from 1 to %d, not '%.64s'", THREADS_MOST,
                  value);
    command->threads = threads;
}

/* One more value, which may not be empty. */
static void add_value(dvg_command *command, dvg_values *values, const char *value,
                      const char *wrong)
{
    if (value[0] == '\0')
        set_wrong(command, "%s", wrong);
    else
        values->items[values->count++] = value;
}

static void apply_script_path(dvg_command *command, const char *value)
{
    add_value(command, &command->script_path, value, "--script-path needs the name of a folder");
}

/* The pattern of the root is empty. */
static void apply_match(dvg_command *command, const char *value)
{
    if (command->matches.count % 2 == 1 && value[0] == '\0')
        set_wrong(command, "--match needs a pattern of arrays and how to match them, as in "
                           "--match users key:id");
    command->matches.items[command->matches.count++] = value;
}

static void apply_classifier(dvg_command *command, const char *value)
{
    add_value(command, &command->classifiers, value, "--classifier needs the name of a classifier");
}

static void apply_report(dvg_command *command, const char *value)
{
    size_t name = strcspn(value, "=");
    if (name == 0)
        set_wrong(command, "--report needs the name of a report");
    else if (value[name] == '=' && value[name + 1] == '\0')
        set_wrong(command, "--report '%.200s' names no file: give one, or - for standard output",
                  value);
    else
        add_value(command, &command->reports, value, "");
}

static void apply_set(dvg_command *command, const char *value)
{
    if (value[0] == '=')
        set_wrong(command, "--set needs the name of an option: --set NAME=VALUE");
    else
        add_value(command, &command->sets, value, "--set needs an option: --set NAME=VALUE");
}

static void apply_fail_on(dvg_command *command, const char *value)
{
    static const char *const names[] = {"info", "warning", "error", "suppressed"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(names[i], value) == 0) {
            command->fail_on = (dvg_fail_on)i;
            return;
        }
    }
    set_wrong(command, "--fail-on takes info, warning, error or suppressed, not '%.64s'", value);
}

static void apply_color(dvg_command *command, const char *value)
{
    static const char *const names[] = {"auto", "always", "never"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(names[i], value) == 0) {
            command->color = (dvg_color)i;
            return;
        }
    }
    set_wrong(command, "--color takes auto, always or never, not '%.64s'", value);
}

static void apply_list_scripts(dvg_command *command, const char *value)
{
    (void)value;
    command->action = DVG_ACTION_LIST_SCRIPTS;
}

static void name_script(dvg_command *command, const char *value, dvg_action action)
{
    command->action = action;
    command->script = value;
    if (value[0] == '\0')
        set_wrong(command, "the name of a script is missing: --list-scripts shows which there are");
}

static void apply_show_script(dvg_command *command, const char *value)
{
    name_script(command, value, DVG_ACTION_SHOW_SCRIPT);
}

static void apply_help_script(dvg_command *command, const char *value)
{
    name_script(command, value, DVG_ACTION_HELP_SCRIPT);
}

static void apply_test_script(dvg_command *command, const char *value)
{
    name_script(command, value, DVG_ACTION_TEST_SCRIPT);
}

static void apply_update(dvg_command *command, const char *value)
{
    (void)value;
    command->update = true;
}

static void apply_help(dvg_command *command, const char *value)
{
    (void)value;
    command->action = DVG_ACTION_HELP;
}

static void apply_version(dvg_command *command, const char *value)
{
    (void)value;
    command->action = DVG_ACTION_VERSION;
}

const dvg_option_row dvg_option_rows[] = {
    {"profile", "NAME", "compare under this profile: a name, or the path of a .lua file",
     DVG_VALUES_PROFILE, apply_profile},
    {"classifier", "NAME", "ask this classifier before the profile's; may be repeated",
     DVG_VALUES_CLASSIFIER, apply_classifier},
    {"at", "PATTERN", "compare only what stands there or below, in documents; may be repeated",
     NULL, dvg_narrowing_at},
    {"files", "GLOB", "compare only these files, by name or by glob; may be repeated", NULL,
     dvg_narrowing_files},
    {"match", "PATTERN MODE[:KEY]",
     "match these arrays so: infer, position, sequence, key:NAME, multiset or best", NULL,
     apply_match},
    {"report", "NAME[=FILE]", "write this report instead of the profile's; may be repeated",
     DVG_VALUES_REPORT, apply_report},
    {"brief", NULL, "write the report brief: a line for each file that differs or is missing", NULL,
     dvg_asking_brief},
    {"stat", NULL, "write the report stat: counts by file, class and shape of path", NULL,
     dvg_asking_stat},
    {"limit", "N", "list at most N divergences of a class, in reports that have a limit", NULL,
     dvg_asking_limit},
    {"out", "FILE", "write the first report to FILE, further ones beside it", DVG_VALUES_FILE,
     apply_out},
    {"set", "NAME=VALUE",
     "give an option of a profile, classifier or report its value; may be repeated", NULL,
     apply_set},
    {"fail-on", "SEVERITY",
     "exit 1 only from info (the default), warning or error on; 'suppressed'"
     " counts those as well",
     "info|warning|error|suppressed", apply_fail_on},
    {"show-suppressed", NULL, "list the divergences that classifiers suppressed", NULL,
     dvg_asking_show_suppressed},
    {"show-ignored", NULL, "list what skips and rules hid or set aside, up to 1000 places", NULL,
     dvg_asking_show_ignored},
    {"check-rules", NULL, "write no report, but a table of rules, skips and keys: used, shadowed",
     NULL, dvg_asking_check_rules},
    {"ledger", NULL, "print what became of all values and names that were read", NULL,
     dvg_asking_ledger},
    {"explain", "FILE PATH", "write no report, but who decided about that place, and why",
     DVG_VALUES_FILE, dvg_asking_explain},
    {"color", "WHEN", "colour reports for a terminal: auto (the default), always or never",
     "auto|always|never", apply_color},
    {"validate-identical", NULL, "write no report, only say whether all is identical", NULL,
     apply_validate},
    {"threads", "N", "threads to use, 1 to 64 (default: 2 if there are two processors)", NULL,
     apply_threads},
    {"script-path", "DIR", "look for scripts in this folder first; may be repeated",
     DVG_VALUES_FOLDER, apply_script_path},
    {"sandbox", "MODE", "libraries and limits of scripts: default, strict or off",
     "default|strict|off", dvg_bounding_sandbox},
    {"script-time", "TIME", "time for one entry into a script (default 5s); ended at twice that",
     NULL, dvg_bounding_time},
    {"script-run-time", "TIME", "time for all scripts of a run (strict: 60s; else no limit)", NULL,
     dvg_bounding_run_time},
    {"script-instructions", "N",
     "instructions of one entry (strict: 100M instead of time; else no limit)", NULL,
     dvg_bounding_instructions},
    {"script-memory", "SIZE", "memory that the state of one script may hold (default 64M)", NULL,
     dvg_bounding_memory},
    {"script-volume", "SIZE", "memory that one entry may allocate (default: 64 times the above)",
     NULL, dvg_bounding_volume},
    {"script-output", "SIZE", "size of one report (default 1G)", NULL, dvg_bounding_output},
    {"list-scripts", NULL, "list every script that can be named", NULL, apply_list_scripts},
    {"show-script", "NAME", "print the source of a script: NAME or KIND/NAME", DVG_VALUES_SCRIPT,
     apply_show_script},
    {"help-script", "NAME", "show what a script says of itself, and its options", DVG_VALUES_SCRIPT,
     apply_help_script},
    {"test-script", "FILE", "run the test beside a script: x_test.lua tests x.lua", DVG_VALUES_LUA,
     apply_test_script},
    {"update", NULL, "with --test-script: write expected files that differ, instead of failing",
     NULL, apply_update},
    {"canonical", "FILE", "print the canonical form of a document; - is standard input",
     DVG_VALUES_FILE, dvg_forms_canonical},
    {"digest", "FILE", "print the digest of its canonical form; further files may follow",
     DVG_VALUES_FILE, dvg_forms_digest},
    {"help", NULL, "show this help, with the options of the chosen profile", NULL, apply_help},
    {"version", NULL, "show the version", NULL, apply_version},
};
const size_t dvg_option_row_count = sizeof dvg_option_rows / sizeof *dvg_option_rows;

const char *dvg_option_argument(dvg_option_type type)
{
    switch (type) {
    case DVG_OPTION_SIDE:
        return "DIR";
    case DVG_OPTION_FILE:
        return "FILE";
    case DVG_OPTION_TEXT:
        return "TEXT";
    case DVG_OPTION_NUMBER:
        return "NUMBER";
    case DVG_OPTION_FLAG:
        break;
    }
    return NULL;
}

/* ---------------------------------------------------------------- parsing */

/* The arguments, and where the parser stands in them. */
struct reader {
    int argc;
    char **argv;
    int at;
    const dvg_context *context;
};

/* A long option as it was written: "--NAME" or "--NAME=VALUE". */
struct token {
    const char *name;
    int size;
    const char *value; /* behind '='; NULL: there is none */
};

static struct token token_split(const char *argument)
{
    struct token token;
    token.name = argument + 2;
    size_t size = strcspn(token.name, "=");
    /* A longer name is no option's; the cut one is none either. */
    token.size = size < DVG_WRONG_SIZE ? (int)size : DVG_WRONG_SIZE;
    token.value = token.name[size] == '=' ? token.name + size + 1 : NULL;
    return token;
}

static bool token_is(const struct token *token, const char *name)
{
    return strlen(name) == (size_t)token->size &&
           memcmp(name, token->name, (size_t)token->size) == 0;
}

static const dvg_option_row *find_row(const struct token *token)
{
    for (size_t i = 0; i < dvg_option_row_count; i++)
        if (token_is(token, dvg_option_rows[i].name))
            return &dvg_option_rows[i];
    return NULL;
}

static bool find_declared(const dvg_context *context, const struct token *token,
                          dvg_option_info *info)
{
    size_t count = dvg_context_option_count(context);
    for (size_t i = 0; i < count; i++)
        if (dvg_context_option_get(context, i, info) && token_is(token, info->name))
            return true;
    return false;
}

/* The option's value in `*value`, NULL for one that takes none. False: that is wrong. */
static bool take_value(dvg_command *command, struct reader *reader, const struct token *token,
                       const char *argument, const char **value)
{
    *value = token->value;
    if (argument == NULL && token->value != NULL) {
        set_wrong(command, "option '--%.*s' takes no value", token->size, token->name);
        return false;
    }
    if (argument == NULL || token->value != NULL)
        return true;
    if (reader->at + 1 >= reader->argc) {
        set_wrong(command, "option '--%.*s' needs a value: --%.*s %s", token->size, token->name,
                  token->size, token->name, argument);
        return false;
    }
    *value = reader->argv[++reader->at];
    return true;
}

/* An option of the profile: the last value given stands. */
static void add_given(dvg_command *command, const dvg_option_info *info, const char *value)
{
    size_t at = 0;
    while (at < command->given_count && strcmp(command->given[at].info.name, info->name) != 0)
        at++;
    command->given[at].info = *info;
    command->given[at].value = value;
    if (at == command->given_count)
        command->given_count++;
}

static bool add_unknown(dvg_command *command, const struct token *token)
{
    char *name = strndup(token->name, (size_t)token->size);
    if (name == NULL)
        return false;
    command->unknown[command->unknown_count++] = name;
    return true;
}

static bool read_long(dvg_command *command, struct reader *reader, const char *argument)
{
    struct token token = token_split(argument);
    const char *value;
    const dvg_option_row *row = find_row(&token);
    if (row != NULL) {
        bool taken = take_value(command, reader, &token, row->argument, &value);
        if (taken)
            row->apply(command, value);
        token.value = NULL;
        if (taken && row->argument != NULL && strchr(row->argument, ' ') != NULL &&
            take_value(command, reader, &token, row->argument, &value))
            row->apply(command, value);
        return true;
    }
    dvg_option_info info;
    if (!find_declared(reader->context, &token, &info))
        return add_unknown(command, &token);
    if (!take_value(command, reader, &token, dvg_option_argument(info.type), &value))
        return true;
    if (info.type == DVG_OPTION_SIDE) {
        command->side[info.side] = value;
        command->directories = true;
    } else {
        add_given(command, &info, value);
    }
    return true;
}

bool dvg_command_parse(dvg_command *command, int argc, char **argv, const dvg_context *context)
{
    struct reader reader = {argc, argv, 1, context};
    bool ended = false; /* "--" was there */
    bool memory = true;
    dvg_command_reset(command);
    for (; memory && reader.at < argc; reader.at++) {
        const char *argument = argv[reader.at];
        if (ended || argument[0] != '-' || argument[1] == '\0')
            command->plain[command->plain_count++] = argument;
        else if (strcmp(argument, "--") == 0)
            ended = true;
        else if (argument[1] == '-')
            memory = read_long(command, &reader, argument);
        else
            set_wrong(command, "unknown option '%.64s': options are long, as in --help", argument);
    }
    return memory;
}

/* ---------------------------------------------------------------- sides */

/* Name of the option of a side; NULL where the profile declares none. */
static const char *side_option(const dvg_context *context, dvg_side side)
{
    dvg_option_info info;
    for (size_t i = 0; dvg_context_option_get(context, i, &info); i++)
        if (info.type == DVG_OPTION_SIDE && info.side == side)
            return info.name;
    return NULL;
}

static void assign_side(dvg_command *command, const dvg_context *context, dvg_side side)
{
    static const char *const words[2] = {"left", "right"};
    const char *plain = (size_t)side < command->plain_count ? command->plain[side] : NULL;
    const char *option = side_option(context, side);
    if (plain != NULL && command->side[side] != NULL)
        set_wrong(command, "the %s snapshot is given twice: --%s and '%.200s'", words[side], option,
                  plain);
    if (plain != NULL)
        command->side[side] = plain;
    if (command->side[side] == NULL && option != NULL)
        set_wrong(command, "the %s snapshot is missing: give --%s DIR", words[side], option);
    else if (command->side[side] == NULL)
        set_wrong(command, "the %s snapshot is missing", words[side]);
}

/* "-" is standard input, under the name that the library knows it by. */
static void resolve_minus(dvg_command *command)
{
    int count = 0;
    for (int side = 0; side < 2; side++) {
        if (command->side[side] == NULL || strcmp(command->side[side], "-") != 0)
            continue;
        command->side[side] = "/dev/stdin";
        count++;
    }
    if (count == 2)
        set_wrong(command, "'-' is given twice: standard input can be read only once");
}

void dvg_command_assign_sides(dvg_command *command, const dvg_context *context)
{
    if (command->plain_count > 2)
        set_wrong(command, "one argument too many: '%.200s'", command->plain[2]);
    assign_side(command, context, DVG_LEFT);
    assign_side(command, context, DVG_RIGHT);
    if (!command->directories)
        resolve_minus(command);
}
