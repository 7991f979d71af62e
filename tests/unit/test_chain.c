/*
 * test_chain: classifiers in front of the profile's, through the public calls: who is asked in
 * which order, what a suppressed divergence is, and what a wrong answer is told.
 */
#include <diverge/diverge.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "support/chunks.h"

static char folder[] = "/tmp/diverge-chain-XXXXXX";

/* The profile: `b` is of class two by its own function, the rest of the default class one. */
static const char profile_text[] =
    "return { api = 1, name = 'p', documents = { 'd.json' }, default_class = 'one',\n"
    "  classes = { { name = 'one', severity = 'warning' }, { name = 'two' } },\n"
    "  options = { level = { type = 'number' }, from = { type = 'file' } },\n"
    "  reports = { 'own' },\n"
    "  classify = function(d) if d.path == 'b' then return 'two' end end }\n";

static const char left_text[] = "{\"a\": 1, \"b\": 1, \"c\": {\"x\": 1, \"y\": [2]}, \"e\": 1}";
static const char right_text[] = "{\"a\": 2, \"b\": 2, \"e\": 2}";

/* ---------------------------------------------------------------- a folder to play in */

static const char *in(const char *name)
{
    static char paths[4][256];
    static unsigned next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static const char *write_file(const char *name, const char *text)
{
    const char *path = in(name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
    return path;
}

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL || mkdir(in("report"), 0700) != 0)
        return -1;
    write_file("report/own.lua", "return { api = 1, finish = function(out) out:write 'own' end,\n"
                                 "  options = { shape = { type = 'text' } } }\n");
    return 0;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"p.lua", "a.lua", "b.lua", "r.lua", "report/own.lua"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        (void)unlink(in(names[i]));
    (void)rmdir(in("report"));
    return rmdir(folder);
}

/* ---------------------------------------------------------------- runs */

static void must(dvg_status status, const dvg_error *error)
{
    if (status != DVG_OK)
        fail_msg("status %d: %s:%d: %s", (int)status, error->file, (int)error->line,
                 error->message);
}

static dvg_context *new_context(void)
{
    const char *path[1] = {folder};
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_context *context = NULL;
    dvg_error error;
    options.script_path = path;
    options.script_path_count = 1;
    must(dvg_context_new(&context, &options, &error), &error);
    must(dvg_context_use_profile(context, write_file("p.lua", profile_text), &error), &error);
    return context;
}

static void add(dvg_context *context, const char *name, const char *text)
{
    dvg_error error;
    must(dvg_context_add_classifier(context, write_file(name, text), &error), &error);
}

/* Adding the classifier fails with that status, at that line, with that message. */
static void refuses(dvg_context *context, const char *text, dvg_status status, uint64_t line,
                    const char *message)
{
    dvg_error error;
    dvg_status got = dvg_context_add_classifier(context, write_file("b.lua", text), &error);
    if (got != status || error.line != line || strstr(error.message, message) == NULL)
        fail_msg("%s\nstatus %d, line %d: %s", text, (int)got, (int)error.line, error.message);
}

struct documents {
    dvg_document *left;
    dvg_document *right;
};

static dvg_status compare(dvg_result **result, dvg_context *context, struct documents *documents,
                          dvg_error *error)
{
    must(dvg_document_read(&documents->left, context, left_text, strlen(left_text), NULL, error),
         error);
    must(dvg_document_read(&documents->right, context, right_text, strlen(right_text), NULL, error),
         error);
    return dvg_run_documents(result, context, documents->left, documents->right, "d.json", error);
}

static void finish(dvg_result *result, struct documents *documents)
{
    dvg_result_free(result);
    dvg_document_free(documents->left);
    dvg_document_free(documents->right);
}

/* What became of the divergence at `path`: "CLASS SEVERITY NOTE", or "- NOTE" if suppressed. */
static const char *outcome(dvg_result *result, const char *path)
{
    static char text[256];
    dvg_divergence found;
    dvg_error error;
    for (size_t i = 0; dvg_result_get(result, i, &found, &error) == DVG_OK; i++) {
        if (found.path.size != strlen(path) || memcmp(found.path.data, path, found.path.size) != 0)
            continue;
        const char *note = found.note == NULL ? "" : found.note;
        bool counts = i < dvg_result_count(result);
        assert_true(counts == (found.suppressed_by == NULL));
        if (counts)
            (void)snprintf(text, sizeof text, "%s %s %s", found.class_name, found.severity, note);
        else
            (void)snprintf(text, sizeof text, "-%s %s", found.class_name, note);
        return text;
    }
    return "none";
}

/* ---------------------------------------------------------------- order */

static void the_first_that_names_a_class_decides(void **state)
{
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    dvg_context *context = new_context();
    (void)state;
    add(context, "a.lua",
        "return { api = 1, classes = { { name = 'mine', title = 'Mine', severity = 'info' } },\n"
        "  classify = function(d)\n"
        "    if d.path == 'a' then return 'mine' end\n"
        "    if d.path == 'e' then return nil, 'info', 'first' end\n"
        "    if d.path == 'b' then return nil, nil, 'noted' end end }\n");
    add(context, "b.lua",
        "return { api = 1, classes = { { name = 'mine', title = 'Mine', severity = 'info' } },\n"
        "  classify = function(d)\n"
        "    assert(d.path ~= 'a', 'asked though the class is decided')\n"
        "    if d.path == 'c' then return 'mine', 'error' end\n"
        "    if d.path == 'e' then return nil, 'error', 'second' end end }\n");
    must(compare(&result, context, &documents, &error), &error);
    assert_int_equal(dvg_result_count(result), 4);
    assert_string_equal(outcome(result, "a"), "mine info ");
    assert_string_equal(outcome(result, "b"), "two error noted");
    assert_string_equal(outcome(result, "c"), "mine error ");
    assert_string_equal(outcome(result, "e"), "one info first");
    assert_true(dvg_result_reaches(result, DVG_ERROR));
    finish(result, &documents);
    dvg_context_free(context);
}

/* Every pair of kinds of values follows every other one. */
static size_t write_sides(char *left, char *right)
{
    static const char *const values[] = {"",
                                         "null",
                                         "true",
                                         "false",
                                         "7",
                                         "-0.5",
                                         "12e3",
                                         "\"s\"",
                                         "{\"k\":1}",
                                         "[3]",
                                         "123456789012345678901234567890"};
    enum { VALUES = sizeof values / sizeof *values };
    char *texts[2] = {left, right};
    size_t count = 0;
    uint32_t seed = 5;
    for (int side = 0; side < 2; side++)
        texts[side] += sprintf(texts[side], "{\"end\": %d", side);
    for (int i = 0; i < 3000; i++) {
        seed = seed * 1664525 + 1013904223;
        size_t which[2] = {(seed >> 8) % VALUES, (seed >> 20) % VALUES};
        if (which[0] == which[1])
            continue;
        for (int side = 0; side < 2; side++)
            if (*values[which[side]] != '\0')
                texts[side] += sprintf(texts[side], ", \"m%d\": %s", i, values[which[side]]);
        count++;
    }
    strcpy(texts[0], "}");
    strcpy(texts[1], "}");
    return count + 1;
}

/* A copy looks its fields up by another way. */
static void sides_are_those_of_the_divergence(void **state)
{
    static char text[2][200000];
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    dvg_context *context = new_context();
    size_t count = write_sides(text[0], text[1]);
    (void)state;
    add(context, "a.lua",
        "local skip = 0\n"
        "return { api = 1, classify = function(d)\n"
        "    skip = (skip + 1) % 13\n"
        "    if skip == 5 then return nil end\n"
        "    local c = d:copy()\n"
        "    local function same(a, b) return a == b and math.type(a) == math.type(b) end\n"
        "    if skip ~= 3 then assert(same(d.left, c.left), 'left of ' .. d.path) end\n"
        "    if skip ~= 7 then assert(same(d.right, c.right), 'right of ' .. d.path) end\n"
        "    assert(d.kind == c.kind and d.file == c.file) end }\n");
    for (int run = 0; run < 2; run++) {
        must(
            dvg_document_read(&documents.left, context, text[run], strlen(text[run]), NULL, &error),
            &error);
        must(dvg_document_read(&documents.right, context, text[!run], strlen(text[!run]), NULL,
                               &error),
             &error);
        must(dvg_run_documents(&result, context, documents.left, documents.right, "d.json", &error),
             &error);
        assert_int_equal(dvg_result_count(result), count);
        finish(result, &documents);
    }
    dvg_context_free(context);
}

static void without_a_classifier_the_profile_decides(void **state)
{
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    dvg_context *context = new_context();
    (void)state;
    must(compare(&result, context, &documents, &error), &error);
    assert_string_equal(outcome(result, "a"), "one warning ");
    assert_string_equal(outcome(result, "b"), "two error ");
    finish(result, &documents);
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- suppression */

static void check_ledger(const dvg_result *result, uint64_t suppressed)
{
    const dvg_ledger *ledger = dvg_result_ledger(result);
    assert_int_equal(ledger->suppressed, suppressed);
    assert_int_equal(dvg_result_suppressed_count(result), suppressed);
    for (int side = 0; side < 2; side++) {
        const dvg_ledger_side *count = &ledger->side[side];
        assert_int_equal(count->read,
                         count->compared + count->one_sided + count->ignored + count->shadowed);
    }
    assert_int_equal(ledger->side[0].one_sided, 7); /* c: three names, four values */
}

static void what_is_suppressed_is_kept(void **state)
{
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    dvg_text text;
    dvg_context *context = new_context();
    (void)state;
    add(context, "a.lua",
        "return { api = 1, classify = function(d)\n"
        "  if d.path == 'c' then return false, nil, 'known\\n' end\n"
        "  if d.path == 'b' then return false end\n"
        "  if d.path == 'e' then return nil, 'info' end end }\n");
    must(compare(&result, context, &documents, &error), &error);
    assert_int_equal(dvg_result_count(result), 2);
    assert_string_equal(outcome(result, "c"), "- known\n");
    assert_string_equal(outcome(result, "b"), "- ");
    assert_string_equal(outcome(result, "a"), "one warning ");
    check_ledger(result, 2);
    assert_int_equal(dvg_result_verdict(result), DVG_DIFFERENT);
    assert_false(dvg_result_reaches(result, DVG_ERROR));
    assert_true(dvg_result_reaches(result, DVG_WARNING));
    must(dvg_result_value(result, 2, DVG_LEFT, &text, &error), &error);
    assert_string_equal(text.data, "{\"x\":1,\"y\":[2]}");
    must(dvg_result_line(result, 2, &text, &error), &error);
    assert_non_null(strstr(text.data, "d.json: c: member-missing (suppressed by "));
    assert_non_null(strstr(text.data, "a.lua: known\\x0a)"));
    assert_int_equal(dvg_result_line(result, 4, &text, &error), DVG_E_ARGUMENT);
    finish(result, &documents);
    dvg_context_free(context);
}

static void nothing_is_left_if_all_is_suppressed(void **state)
{
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    dvg_context *context = new_context();
    (void)state;
    add(context, "a.lua", "return { api = 1, classify = function(d) return false end }\n");
    must(compare(&result, context, &documents, &error), &error);
    assert_int_equal(dvg_result_count(result), 0);
    assert_int_equal(dvg_result_verdict(result), DVG_SAME);
    assert_false(dvg_result_reaches(result, DVG_INFO));
    check_ledger(result, 4);
    finish(result, &documents);
    dvg_context_free(context);
}

struct text {
    char data[512];
    size_t size;
};

static int append(void *payload, const char *data, size_t size)
{
    struct text *text = payload;
    assert_true(text->size + size < sizeof text->data);
    memcpy(text->data + text->size, data, size);
    text->size += size;
    text->data[text->size] = '\0';
    return 0;
}

static void reports_list_it_if_asked(void **state)
{
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    struct text text = {"", 0};
    dvg_context *context = new_context();
    (void)state;
    add(context, "a.lua",
        "return { api = 1, classify = function(d)\n"
        "  if d.path ~= 'a' then return false, 'info', 'n' end end }\n");
    const char *report = write_file(
        "r.lua",
        "return { api = 1, begin = function(out, run) out:write(run.suppressed, ':') end,\n"
        "  divergence = function(out, d) out:write(d.path, d.class) end,\n"
        "  suppressed = function(out, d)\n"
        "    assert(d.class == nil and d.suppressed_by:match 'a%.lua$')\n"
        "    out:write(' -', d:copy().path, d.severity, d.note) end }\n");
    must(compare(&result, context, &documents, &error), &error);
    must(dvg_result_report(result, report, append, &text, &error), &error);
    assert_string_equal(text.data, "3:aone");
    assert_false(dvg_result_suppressed_shown(result));
    dvg_result_show_suppressed(result, true);
    text.size = 0;
    must(dvg_result_report(result, "own", append, &text, &error), &error);
    assert_false(dvg_result_suppressed_shown(result));
    text.size = 0;
    must(dvg_result_report(result, report, append, &text, &error), &error);
    assert_string_equal(text.data, "3:aone -cinfon -binfon -einfon");
    assert_true(dvg_result_suppressed_shown(result));
    finish(result, &documents);
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- loading */

#define CLASSIFY " classify = function() end }\n"

static void a_wrong_classifier_changes_nothing(void **state)
{
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    dvg_context *context = new_context();
    (void)state;
    refuses(context,
            "return { api = 1, classes = { { name = 'new' },\n { name = 'two',\n"
            "  title = 'Other' } }," CLASSIFY,
            DVG_E_SCRIPT, 2,
            "classes[2]: class \"two\" is declared already, with the title \"two\"");
    refuses(context, "return { api = 1, classes = { { name = 'a b' } }," CLASSIFY, DVG_E_SCRIPT, 1,
            "a name has no spaces");
    refuses(context, "return { api = 1, classes = { { name = 'a\\n' } }," CLASSIFY, DVG_E_SCRIPT, 1,
            "classes[1].name: control characters");
    refuses(context, "return { api = 1, classes = { { name = 'a\\xff' } }," CLASSIFY, DVG_E_SCRIPT,
            1, "no UTF-8");
    refuses(context,
            "return { api = 1, classes = { { name = 'a', title = ('x'):rep(401) } }," CLASSIFY,
            DVG_E_SCRIPT, 1, "at most 400 bytes are allowed here, and these are 401");
    refuses(context, "return { api = 1, classes = { { name = ('x'):rep(101) } }," CLASSIFY,
            DVG_E_SCRIPT, 1, "at most 100 bytes");
    refuses(context, "return { api = 1,\n classes = { { name = 'one' } }," CLASSIFY, DVG_E_SCRIPT,
            2, "the severity warning");
    refuses(context, "return { api = 1, options = {\n level = { type = 'text' } }," CLASSIFY,
            DVG_E_SCRIPT, 2, "is a text here, and a number in ");
    refuses(context,
            "return { api = 1, options = { new = { type = 'text' } },\n"
            "  classify = 'phase' }",
            DVG_E_SCRIPT, 2, "expected a function, and this is the string");
    refuses(context, "return { api = 1 }", DVG_E_SCRIPT, 1, "lacks `classify`");
    refuses(context, "return { api = 1,\n skip = {}," CLASSIFY, DVG_E_SCRIPT, 2,
            "skip: belongs to a profile");
    refuses(context, "return { api = 1,\n limit = 3," CLASSIFY, DVG_E_SCRIPT, 2,
            "limit: belongs to a report");
    refuses(context, "return { api = 1, rules = { {} } }", DVG_E_SCRIPT, 1,
            "rules[1]: a rule needs an effect");
    assert_int_equal(dvg_context_set_option(context, "new", "x", &error), DVG_E_ARGUMENT);
    add(context, "a.lua",
        "return { api = 1, classes = { { name = 'new', title = 'N' } },\n"
        "  classify = function(d) return 'new' end }");
    must(compare(&result, context, &documents, &error), &error);
    assert_string_equal(outcome(result, "c"), "new error ");
    refuses(context, "return { api = 1," CLASSIFY, DVG_E_ARGUMENT, 0, "a result of the profile");
    finish(result, &documents);
    must(dvg_context_add_classifier(context, in("b.lua"), &error), &error);
    assert_int_equal(dvg_context_add_classifier(context, in("b.lua"), &error), DVG_E_ARGUMENT);
    assert_non_null(strstr(error.message, "a classifier already"));
    assert_int_equal(dvg_context_add_classifier(context, "nobody", &error), DVG_E_ARGUMENT);
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- answers */

static void wrong_answers_are_told(void **state)
{
    static const struct {
        const char *body;
        const char *message;
    } cases[] = {
        {"return 'tow'", "returned \"tow\", and there is no such class; the nearest is \"two\" (at "
                         "\"c\" in d.json, member-missing)"},
        {"return 'two\\n'", "\"two\\x0a\""},
        {"return ''", "returned \"\""},
        {"return ('x'):rep(9999)", "...\""},
        {"return true", "returned true as class; expected the name of a class, nil to pass on"},
        {"return 3", "returned a number as class"},
        {"return {}", "returned a table as class"},
        {"return d", "returned a userdata as class"},
        {"return 'two', 'fatal'", "returned \"fatal\" as severity; expected \"info\""},
        {"return 'two', 1", "returned a number as severity"},
        {"return nil, false", "returned false as severity"},
        {"return 'two', nil, {}", "returned a table as note; expected a string"},
        {"return 'two', nil, 'a\\0b'", "as note; expected a string of at most 4096 bytes"},
        {"return 'two', nil, ('x'):rep(4097)", "as note; expected a string of at most 4096 bytes"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct documents documents;
        char text[256];
        dvg_error error;
        dvg_result *result = NULL;
        dvg_context *context = new_context();
        (void)snprintf(text, sizeof text,
                       "return { api = 1,\n\n classify = function(d)\n %s\n end }", cases[i].body);
        add(context, "a.lua", text);
        assert_int_equal(compare(&result, context, &documents, &error), DVG_E_SCRIPT);
        if (strstr(error.message, cases[i].message) == NULL || error.line != 3 ||
            strstr(error.file, "a.lua") == NULL)
            fail_msg("%s\n%s:%d: %s", text, error.file, (int)error.line, error.message);
        finish(NULL, &documents);
        dvg_context_free(context);
    }
}

static void an_error_names_the_divergence(void **state)
{
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    dvg_context *context = new_context();
    (void)state;
    add(context, "a.lua",
        "local function deep(d)\n  if d.path == 'c' then error 'why' end\nend\n"
        "return { api = 1, classify = function(d) deep(d) end }");
    assert_int_equal(compare(&result, context, &documents, &error), DVG_E_SCRIPT);
    assert_null(result);
    assert_int_equal(error.line, 2);
    assert_string_equal(error.message, "why (at \"c\" in d.json, member-missing)");
    assert_non_null(strstr(error.detail, "a.lua:4:"));
    finish(NULL, &documents);
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- options and reports */

static void options_reach_the_scripts_that_declare_them(void **state)
{
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    struct text text = {"", 0};
    const char *path = in("r.lua");
    dvg_context *context = new_context();
    (void)state;
    write_file(
        "r.lua",
        "return { api = 1, options = { shape = { type = 'text' }, deep = { type = 'flag' } },\n"
        "  begin = function(out) local o = diverge.option\n"
        "    out:write(o 'shape', o 'level', tostring(o 'deep'), tostring(o 'from')) end }\n");
    add(context, "a.lua",
        "assert(not pcall(diverge.option, 'level'))\n"
        "return { api = 1, options = { level = { type = 'number' } },\n"
        "  classify = function(d) assert(diverge.option 'level' == 7)\n"
        "    assert(not pcall(diverge.option, 'leve')) end }");
    must(dvg_context_use_reports(context, &path, 1, &error), &error);
    assert_int_equal(dvg_context_option_count(context), 4); /* long options: the profile's alone */
    must(dvg_context_set_option(context, "level", "7", &error), &error);
    must(dvg_context_set_option(context, "shape", "round", &error), &error);
    must(dvg_context_set_option(context, "deep", "true", &error), &error);
    assert_int_equal(dvg_context_set_option(context, "deep", "yes", &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_set_option(context, "level", "high", &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_set_option(context, "level", NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_set_option(context, "shap", "x", &error), DVG_E_ARGUMENT);
    assert_non_null(strstr(error.message, "the nearest is \"shape\""));
    must(compare(&result, context, &documents, &error), &error);
    must(dvg_result_report(result, path, append, &text, &error), &error);
    assert_string_equal(text.data, "round7truenil");
    finish(result, &documents);
    dvg_context_free(context);
}

static void reports_are_taken_whole(void **state)
{
    dvg_error error;
    dvg_context *context = new_context();
    const char *two[2] = {"own", in("r.lua")};
    const char *nobody[2] = {in("r.lua"), "nobody"};
    (void)state;
    /* The profile's own report is loaded for an option that nobody else declares. */
    must(dvg_context_set_option(context, "shape", "x", &error), &error);
    write_file("r.lua", "return { api = 1, options = { shape = { type = 'number' } },\n"
                        "  begin = function(out) end }\n");
    assert_int_equal(dvg_context_use_reports(context, two, 2, &error), DVG_E_SCRIPT);
    write_file("r.lua", "return { api = 1, begin = function(out) end }\n");
    assert_int_equal(dvg_context_use_reports(context, nobody, 2, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_report_count(context), 1);
    assert_string_equal(dvg_context_report_name(context, 0), "own");
    must(dvg_context_use_reports(context, two, 2, &error), &error);
    assert_int_equal(dvg_context_report_count(context), 2);
    assert_int_equal(dvg_context_use_reports(context, two, 0, &error), DVG_E_ARGUMENT);
    dvg_context_free(context);
}

static void another_profile_forgets_them(void **state)
{
    struct documents documents;
    dvg_error error;
    dvg_result *result = NULL;
    dvg_result *other = NULL;
    struct documents others;
    dvg_context *context = new_context();
    (void)state;
    add(context, "a.lua", "return { api = 1, classify = function(d) return false end }");
    must(compare(&result, context, &documents, &error), &error);
    must(dvg_context_use_profile(context, in("p.lua"), &error), &error);
    must(compare(&other, context, &others, &error), &error);
    assert_int_equal(dvg_result_count(other), 4);
    assert_int_equal(dvg_result_suppressed_count(result), 4);
    assert_string_equal(outcome(result, "a"), "- "); /* its profile, and the chain, live on */
    finish(other, &others);
    finish(result, &documents);
    dvg_context_free(context);
}

static int refuse(void *payload, const char *data, size_t size)
{
    (void)payload;
    (void)data;
    return size > 0 ? -1 : 0;
}

static int refuse_help(void *payload, const dvg_script_help *help)
{
    assert_string_equal(help->kind, "report");
    assert_string_equal(help->name, "own");
    assert_string_equal(help->path, in("report/own.lua"));
    assert_int_equal(help->option_count, 1);
    assert_int_equal(help->options[0].type, DVG_OPTION_TEXT);
    ++*(int *)payload;
    return -1;
}

static void callbacks_may_refuse(void **state)
{
    dvg_error error;
    int calls = 0;
    dvg_context *context = new_context();
    (void)state;
    assert_int_equal(dvg_context_show_script(context, "report/own", refuse, NULL, &error),
                     DVG_E_CANCELLED);
    assert_int_equal(dvg_context_help_script(context, "own", refuse_help, &calls, &error),
                     DVG_E_CANCELLED);
    assert_int_equal(calls, 1);
    assert_int_equal(dvg_context_show_script(context, "", refuse, NULL, &error), DVG_E_ARGUMENT);
    dvg_context_free(context);
}

/* ---------------------------------------------------------------- lack of memory */

/* An allocator that counts what is live and fails at one call, or from it on. */
struct meter {
    size_t live;
    size_t calls;
    size_t fail_at;
    bool for_ever;
};

static void *metered(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    struct meter *meter = payload;
    size_t held = pointer == NULL ? 0 : old_size;
    if (is_pool_chunk(pointer, new_size))
        return NULL;
    if (new_size == 0) {
        meter->live -= held;
        free(pointer);
        return NULL;
    }
    if (new_size > held) {
        meter->calls++;
        if (meter->calls == meter->fail_at || (meter->for_ever && meter->calls > meter->fail_at))
            return NULL;
    }
    void *block = realloc(pointer, new_size);
    if (block != NULL)
        meter->live += new_size - held;
    return block;
}

static int help_taken(void *payload, const dvg_script_help *help)
{
    *(size_t *)payload += help->option_count;
    return 0;
}

/* Everything once; the first status that is not DVG_OK. */
static dvg_status do_all(dvg_context *context, size_t *count)
{
    const char *reports[2] = {"own", "own"};
    dvg_result *result = NULL;
    struct text text = {"", 0};
    dvg_text line;
    dvg_document *left = NULL;
    dvg_document *right = NULL;
    dvg_status status = dvg_context_use_profile(context, in("p.lua"), NULL);
    if (status == DVG_OK)
        status = dvg_context_add_classifier(context, in("a.lua"), NULL);
    if (status == DVG_OK)
        status = dvg_context_use_reports(context, reports, 2, NULL);
    if (status == DVG_OK)
        status = dvg_context_set_option(context, "shape", "round", NULL);
    if (status == DVG_OK)
        status = dvg_context_help_script(context, "own", help_taken, count, NULL);
    if (status == DVG_OK)
        status = dvg_document_read(&left, context, left_text, strlen(left_text), NULL, NULL);
    if (status == DVG_OK)
        status = dvg_document_read(&right, context, right_text, strlen(right_text), NULL, NULL);
    if (status == DVG_OK)
        status = dvg_run_documents(&result, context, left, right, "d.json", NULL);
    if (status == DVG_OK)
        status = dvg_result_report(result, "own", append, &text, NULL);
    if (status == DVG_OK)
        status = dvg_result_line(result, dvg_result_count(result), &line, NULL);
    if (status == DVG_OK)
        *count += dvg_result_suppressed_count(result);
    dvg_result_free(result);
    dvg_document_free(left);
    dvg_document_free(right);
    return status;
}

/* One try; DVG_OK if it went through. */
static dvg_status try_all(struct meter *meter)
{
    const char *path[1] = {folder};
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_context *context = NULL;
    size_t count = 0;
    options.script_path = path;
    options.script_path_count = 1;
    options.allocator.function = metered;
    options.allocator.payload = meter;
    dvg_status status = dvg_context_new(&context, &options, NULL);
    if (status == DVG_OK)
        status = do_all(context, &count);
    dvg_context_free(context);
    assert_int_equal(meter->live, 0);
    if (status == DVG_OK)
        assert_int_equal(count, 3); /* a suppressed divergence twice, and an option */
    return status;
}

static void lack_of_memory_is_a_status(void **state)
{
    size_t failed = 0;
    (void)state;
    write_file("p.lua", profile_text);
    write_file("a.lua", "return { api = 1, classes = { { name = 'new' } },\n"
                        "  options = { shape = { type = 'text' } }, classify = function(d)\n"
                        "    if d.path < 'c' then return false, 'info', 'note' end\n"
                        "    return 'new', nil, 'other' end }");
    for (int for_ever = 0; for_ever < 2; for_ever++) {
        for (size_t at = 1;; at++) {
            struct meter meter = {0, 0, at, for_ever != 0};
            dvg_status status = try_all(&meter);
            if (meter.calls < at) {
                assert_int_equal(status, DVG_OK);
                break;
            }
            /* A single failure may be made up for; Lua collects and asks again. */
            assert_true(status == DVG_E_MEMORY || (status == DVG_OK && for_ever == 0));
            failed += status != DVG_OK;
        }
    }
    assert_true(failed > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_that_names_a_class_decides),
        cmocka_unit_test(sides_are_those_of_the_divergence),
        cmocka_unit_test(without_a_classifier_the_profile_decides),
        cmocka_unit_test(what_is_suppressed_is_kept),
        cmocka_unit_test(nothing_is_left_if_all_is_suppressed),
        cmocka_unit_test(reports_list_it_if_asked),
        cmocka_unit_test(a_wrong_classifier_changes_nothing),
        cmocka_unit_test(wrong_answers_are_told),
        cmocka_unit_test(an_error_names_the_divergence),
        cmocka_unit_test(options_reach_the_scripts_that_declare_them),
        cmocka_unit_test(reports_are_taken_whole),
        cmocka_unit_test(another_profile_forgets_them),
        cmocka_unit_test(callbacks_may_refuse),
        cmocka_unit_test(lack_of_memory_is_a_status),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
