/*
 * Snapshots that a host puts together, rules that it says in C, and its functions within a run.
 */
#include <diverge/diverge.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static dvg_error error;
static dvg_context *context;
static dvg_input *left;
static dvg_input *right;
static dvg_result *result;
static char warned[4096];

static void keep_warning(void *payload, const char *message)
{
    (void)payload;
    size_t size = strlen(warned);
    snprintf(warned + size, sizeof warned - size, "%s\n", message);
}

static void check(dvg_status status)
{
    char line[2048];
    if (status == DVG_OK)
        return;
    dvg_error_format(&error, line, sizeof line);
    fail_msg("%s", line);
}

static int set_up(void **state)
{
    (void)state;
    dvg_options options = DVG_OPTIONS_INIT;
    options.warning = keep_warning;
    warned[0] = '\0';
    check(dvg_context_new(&context, &options, &error));
    check(dvg_context_use_rules(context, NULL, &error));
    check(dvg_input_new(&left, context, "here", &error));
    check(dvg_input_new(&right, context, "there", &error));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dvg_result_free(result);
    result = NULL;
    dvg_input_free(left);
    dvg_input_free(right);
    dvg_context_free(context);
    return 0;
}

static void put(dvg_input *input, const char *name, const char *text)
{
    check(dvg_input_add_bytes(input, name, text, strlen(text), &error));
}

static void run(void)
{
    dvg_result_free(result);
    result = NULL;
    check(dvg_run_inputs(&result, context, left, right, &error));
}

/* Every divergence as "FILE PATH KIND\n". */
static const char *told(void)
{
    static char text[4096];
    dvg_divergence found;
    size_t size = 0;
    text[0] = '\0';
    for (size_t i = 0; i < dvg_result_count(result); i++) {
        check(dvg_result_get(result, i, &found, &error));
        size += (size_t)snprintf(text + size, sizeof text - size, "%s %.*s %s\n", found.file,
                                 (int)found.path.size, found.path.data, found.kind);
    }
    return text;
}

/* ---------------------------------------------------------------- what inputs hold */

static void test_buffers(void **state)
{
    (void)state;
    static const char image[] = "bytes \0 behind";
    put(left, "state.json", "{\"a\": [1, 2], \"b\": 18446744073709551615}");
    put(right, "state.json", "{\"a\": [1, 3], \"b\": 18446744073709551614}");
    put(left, "only/here.json", "1");
    check(dvg_input_add_bytes(left, "image.bin", image, sizeof image, &error));
    check(dvg_input_add_bytes(right, "image.bin", image, sizeof image - 1, &error));
    check(dvg_input_add_bytes(left, "empty.bin", NULL, 0, &error));
    check(dvg_input_add_bytes(right, "empty.bin", NULL, 0, &error));
    run();
    assert_string_equal(told(), "only/here.json <file> file-missing\n"
                                "state.json a[1] value\n"
                                "state.json b value\n"
                                "image.bin <bytes> bytes\n");
    assert_int_equal(dvg_result_ledger(result)->documents, 2);
    assert_int_equal(dvg_result_ledger(result)->files, 2);
}

static void test_same(void **state)
{
    (void)state;
    put(left, "state.json", "{\"a\": 1, \"b\": 2}");
    put(right, "state.json", "{\"b\": 2, \"a\": 1}");
    run();
    assert_int_equal(dvg_result_verdict(result), DVG_SAME);
    assert_int_equal(dvg_result_ledger(result)->side[0].read,
                     dvg_result_ledger(result)->side[0].compared);
}

/* What was added is replaced, and an input serves many runs. */
static void test_replaced(void **state)
{
    (void)state;
    put(left, "s.json", "1");
    for (int i = 0; i < 3; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        put(right, "s.json", text);
        run();
        assert_int_equal(dvg_result_count(result), i == 1 ? 0 : 1);
        dvg_result_free(result); /* before its text goes */
        result = NULL;
    }
    check(dvg_run_inputs(&result, context, left, left, &error));
    assert_int_equal(dvg_result_count(result), 0);
}

static void test_documents(void **state)
{
    (void)state;
    dvg_document *document = NULL;
    check(dvg_document_read(&document, context, "{\"n\": 1.0}", 10, NULL, &error));
    check(dvg_input_add_document(left, "s.json", document, &error));
    put(right, "s.json", "{\"n\": 1}");
    run();
    assert_string_equal(told(), "s.json n type-mismatch\n");
    /* A document has no bytes to compare. */
    check(dvg_input_add_document(left, "s.bin", document, &error));
    put(right, "s.bin", "{\"n\": 1.0}");
    dvg_result *none = NULL;
    assert_int_equal(dvg_run_inputs(&none, context, left, right, &error), DVG_E_ARGUMENT);
    assert_null(none);
    assert_non_null(strstr(error.message, "given as a document"));
    assert_string_equal(error.file, "here/s.bin");
    dvg_result_free(result);
    result = NULL;
    dvg_document_free(document);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static void test_files_and_directories(void **state)
{
    (void)state;
    char folder[] = "/tmp/diverge-inputs-XXXXXX";
    char path[64];
    dvg_input *directory = NULL;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/s.json", folder);
    write_file(path, "[1, 2]");
    /* A file under another name, beside memory. */
    check(dvg_input_add_file(left, "t.json", path, &error));
    put(right, "t.json", "[1, 3]");
    run();
    assert_string_equal(told(), "t.json [1] value\n");
    /* A directory, beside memory. */
    check(dvg_input_from_directory(&directory, context, folder, &error));
    assert_int_equal(dvg_input_add_bytes(directory, "x", "", 0, &error), DVG_E_ARGUMENT);
    put(right, "s.json", "[1, 2, 3]");
    dvg_result_free(result);
    check(dvg_run_inputs(&result, context, directory, right, &error));
    assert_string_equal(told(), "s.json [2] element-extra\n"
                                "t.json <file> file-extra\n");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    dvg_result *none = NULL;
    assert_int_equal(dvg_run_inputs(&none, context, directory, right, &error), DVG_E_ABSENT);
    assert_int_equal(dvg_run_inputs(&none, context, left, right, &error), DVG_OK);
    assert_int_equal(dvg_result_count(none), 2); /* the file is gone */
    dvg_result_free(none);
    dvg_input_free(directory);
}

/* Nothing of the file system stands in for what was not added. */
static void test_nothing_else(void **state)
{
    (void)state;
    char folder[] = "/tmp/diverge-inputs-XXXXXX";
    char path[64];
    dvg_input *named = NULL;
    const char *const documents[] = {"s.json"};
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    options.documents = documents;
    options.document_count = 1;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/s.json", folder);
    write_file(path, "1");
    check(dvg_context_use_rules(context, &options, &error));
    check(dvg_input_new(&named, context, folder, &error));
    put(right, "s.json", "1");
    check(dvg_run_inputs(&result, context, named, right, &error));
    assert_string_equal(told(), "s.json <file> file-extra\n");
    unlink(path);
    rmdir(folder);
    dvg_input_free(named);
}

static void test_bad_input(void **state)
{
    (void)state;
    static const char *const names[] = {"", "/a", "a/", "a//b", "./a", "../a", "a/..", "."};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(dvg_input_add_bytes(left, names[i], "", 0, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_input_add_bytes(left, "a", NULL, 1, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_input_add_document(left, "a", NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_input_add_file(left, "a", NULL, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_input_add_bytes(NULL, "a", "", 0, &error), DVG_E_ARGUMENT);
    put(left, "s.json", "{\"a\": }");
    put(right, "s.json", "{}");
    assert_int_equal(dvg_run_inputs(&result, context, left, right, &error), DVG_E_INPUT);
    assert_string_equal(error.file, "here/s.json");
    assert_int_equal(error.line, 1);
    assert_int_equal(error.column, 7);
}

/* A name that no pattern matches is said. */
static void test_outside(void **state)
{
    (void)state;
    const char *const documents[] = {"*.json"};
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    options.documents = documents;
    options.document_count = 1;
    check(dvg_context_use_rules(context, &options, &error));
    put(left, "s.json", "1");
    put(right, "s.json", "1");
    put(left, "notes.txt", "x");
    run();
    assert_int_equal(dvg_result_ledger(result)->outside, 1);
    assert_non_null(strstr(warned, "notes.txt"));
}

/* ---------------------------------------------------------------- rules */

static const dvg_class_options classes[] = {{"other", NULL, DVG_ERROR},
                                            {"clock", "Clocks", DVG_INFO}};

static void use(const dvg_rule_options *rules, size_t count)
{
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    options.name = "mine";
    options.classes = classes;
    options.class_count = 2;
    options.rules = rules;
    options.rule_count = count;
    check(dvg_context_use_rules(context, &options, &error));
}

static void test_rules(void **state)
{
    (void)state;
    dvg_divergence found;
    dvg_rule_options rules[] = {
        {.at = "**.host_ns", .ignore = true, .why = "host clock"},
        {.at = "regions", .match = "key", .key = "start"},
        {.at = "clock.**", .class_name = "clock", .why = "drifts"},
        {.kind = "type-mismatch", .severity = "warning"},
    };
    use(rules, 4);
    put(left, "s.json",
        "{\"host_ns\": 1, \"clock\": {\"t\": 1}, \"x\": 1,"
        " \"regions\": [{\"start\": 1, \"n\": 1}, {\"start\": 2, \"n\": 2}]}");
    put(right, "s.json",
        "{\"host_ns\": 2, \"clock\": {\"t\": 2}, \"x\": 1.0,"
        " \"regions\": [{\"start\": 2, \"n\": 2}, {\"start\": 1, \"n\": 3}]}");
    run();
    assert_string_equal(told(), "s.json clock.t value\n"
                                "s.json regions[start=1].n value\n"
                                "s.json x type-mismatch\n");
    check(dvg_result_get(result, 0, &found, &error));
    assert_string_equal(found.class_name, "clock");
    assert_string_equal(found.severity, "info");
    assert_string_equal(found.note, "drifts");
    assert_string_equal(found.rule, "rules[3] of mine");
    check(dvg_result_get(result, 2, &found, &error));
    assert_string_equal(found.class_name, "other");
    assert_string_equal(found.severity, "warning");
    check(dvg_result_get(result, 1, &found, &error));
    assert_string_equal(found.severity, "error");
    assert_memory_equal(found.pointer.data, "/regions/0/n", found.pointer.size);
    assert_int_equal(dvg_result_ledger(result)->skipped, 1);
    assert_int_equal(dvg_result_account_count(result), 4);
}

static void refuse(dvg_rule_options rule, const char *why)
{
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    dvg_rule_options rules[] = {{.at = "a", .ignore = true}, rule};
    options.rules = rules;
    options.rule_count = 2;
    assert_int_equal(dvg_context_use_rules(context, &options, &error), DVG_E_ARGUMENT);
    assert_non_null(strstr(error.message, "rules[2]: "));
    if (strstr(error.message, why) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", error.message, why);
}

static void test_rules_refused(void **state)
{
    (void)state;
    refuse((dvg_rule_options){.at = "a"}, "needs an effect");
    refuse((dvg_rule_options){.at = "a[", .ignore = true}, "");
    refuse((dvg_rule_options){.file = "[", .ignore = true}, "");
    refuse((dvg_rule_options){.kind = "odd", .ignore = true}, "no kind \"odd\"");
    refuse((dvg_rule_options){.side = "middle", .ignore = true}, "not \"middle\"");
    refuse((dvg_rule_options){.at = "a", .match = "key"}, "go together");
    refuse((dvg_rule_options){.at = "a", .key = "id"}, "goes with");
    refuse((dvg_rule_options){.at = "a", .match = "near"}, "not \"near\"");
    refuse((dvg_rule_options){.match = "position"}, "needs `at`");
    refuse((dvg_rule_options){.at = "a", .match = "position", .kind = "value"}, "no kind");
    refuse((dvg_rule_options){.at = "a", .class_name = "odd"}, "no class \"odd\"");
    refuse((dvg_rule_options){.at = "a", .severity = "odd"}, "not \"odd\"");
    /* The profile of before is in use still. */
    assert_string_equal(dvg_context_profile_name(context), "rules");
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    options.version = 99;
    assert_int_equal(dvg_context_use_rules(context, &options, &error), DVG_E_ARGUMENT);
}

/* A classifier in Lua is asked before the rules that the host said. */
static void test_report(void **state)
{
    (void)state;
    dvg_text text;
    if ((dvg_features() & DVG_FEATURE_LUA) == 0)
        skip();
    put(left, "s.json", "{\"a\": 1}");
    put(right, "s.json", "{\"a\": 2}");
    run();
    check(dvg_result_report_text(result, "jsonl", &text, &error));
    assert_non_null(strstr(text.data, "\"path\":\"a\""));
    assert_int_equal(strlen(text.data), text.size);
    assert_int_equal(dvg_result_report_text(result, "nonesuch", &text, &error), DVG_E_ARGUMENT);
    check(dvg_result_report_text(result, dvg_context_report_name(context, 0), &text, &error));
    assert_non_null(strstr(text.data, "here"));
}

/* ---------------------------------------------------------------- functions of the host */

struct asked {
    int calls;
    int word;
    dvg_answer answer;
    char places[1024];
};

static int classify(void *payload, const dvg_divergence *divergence, dvg_answer *answer)
{
    struct asked *asked = payload;
    size_t size = strlen(asked->places);
    int64_t numbers[2] = {-1, -1};
    dvg_value_int64(divergence->left, &numbers[0]);
    dvg_value_int64(divergence->right, &numbers[1]);
    snprintf(asked->places + size, sizeof asked->places - size, "%.*s %.*s %d %d\n",
             (int)divergence->path.size, divergence->path.data, (int)divergence->pointer.size,
             divergence->pointer.data, (int)numbers[0], (int)numbers[1]);
    asked->calls++;
    *answer = asked->answer;
    return asked->word;
}

static void three_differences(void)
{
    put(left, "s.json", "{\"clock\": {\"t\": 1}, \"b\": [1, 2]}");
    put(right, "s.json", "{\"clock\": {\"t\": 2}, \"b\": [3, 4]}");
}

static void test_classify(void **state)
{
    (void)state;
    dvg_divergence found;
    struct asked asked = {0};
    dvg_rule_options rule = {.at = "clock.**", .class_name = "clock"};
    use(&rule, 1);
    dvg_context_set_classify(context, classify, &asked);
    three_differences();
    run(); /* says nothing: the rules decide */
    assert_int_equal(asked.calls, 3);
    assert_string_equal(asked.places, "b[0] /b/0 1 3\nb[1] /b/1 2 4\nclock.t /clock/t 1 2\n");
    check(dvg_result_get(result, 2, &found, &error));
    assert_string_equal(found.class_name, "clock");
    asked.answer = (dvg_answer){NULL, "warning", "the host's note"};
    run(); /* a severity and a note, on top of the rules */
    check(dvg_result_get(result, 2, &found, &error));
    assert_string_equal(found.class_name, "clock");
    assert_string_equal(found.severity, "warning");
    assert_string_equal(found.note, "the host's note");
    asked.answer = (dvg_answer){"other", NULL, NULL};
    run();
    check(dvg_result_get(result, 2, &found, &error));
    assert_string_equal(found.class_name, "other");
    assert_string_equal(found.severity, "error");
    assert_null(found.rule);
}

static void test_drop_and_abort(void **state)
{
    (void)state;
    dvg_divergence found;
    struct asked asked = {.word = 1};
    dvg_context_set_classify(context, classify, &asked);
    three_differences();
    run();
    assert_int_equal(dvg_result_count(result), 0);
    assert_int_equal(dvg_result_suppressed_count(result), 3);
    assert_int_equal(dvg_result_ledger(result)->suppressed, 3);
    check(dvg_result_get(result, 0, &found, &error));
    assert_string_equal(found.suppressed_by, "the host");
    dvg_result_free(result);
    result = NULL;
    asked = (struct asked){.word = -1};
    assert_int_equal(dvg_run_inputs(&result, context, left, right, &error), DVG_E_CANCELLED);
    assert_null(result);
    assert_int_equal(asked.calls, 1);
    asked = (struct asked){.answer = {"nonesuch", NULL, NULL}};
    assert_int_equal(dvg_run_inputs(&result, context, left, right, &error), DVG_E_ARGUMENT);
    assert_non_null(strstr(error.message, "nonesuch"));
    asked = (struct asked){.answer = {NULL, "grave", NULL}};
    assert_int_equal(dvg_run_inputs(&result, context, left, right, &error), DVG_E_ARGUMENT);
    dvg_context_set_classify(context, NULL, NULL);
    run();
    assert_int_equal(dvg_result_count(result), 3);
}

static int follow(void *payload, const dvg_progress *progress)
{
    char *text = payload;
    size_t size = strlen(text);
    snprintf(text + size, 512 - size, "%s %zu/%zu %d\n", progress->file, progress->file_index,
             progress->file_count, (int)progress->divergences);
    return strcmp(progress->file, "stop.json") == 0 ? -1 : 1;
}

static void test_progress(void **state)
{
    (void)state;
    char text[512] = "";
    dvg_context_set_progress(context, follow, text);
    put(left, "a.json", "1");
    put(right, "a.json", "2");
    put(left, "b.json", "1");
    put(right, "b.json", "2");
    run();
    assert_string_equal(text, "a.json 0/2 0\nb.json 1/2 1\n");
    assert_int_equal(dvg_result_count(result), 2); /* nothing was dropped */
    put(left, "stop.json", "1");
    put(right, "stop.json", "1");
    dvg_result *none = NULL;
    assert_int_equal(dvg_run_inputs(&none, context, left, right, &error), DVG_E_CANCELLED);
    assert_null(none);
}

static int count_calls(void *payload, const dvg_progress *progress)
{
    (void)progress;
    ++*(int *)payload;
    return 0;
}

/* Divergences that a rule sets aside are told of like others, so that such a run can be ended. */
static void test_progress_of_ignored(void **state)
{
    (void)state;
    enum { ELEMENTS = 3000 };
    static char texts[2][3 * ELEMENTS + 8];
    int calls = 0;
    const dvg_rule_options rule = {.kind = "value", .ignore = true};
    use(&rule, 1);
    dvg_context_set_progress(context, count_calls, &calls);
    for (int side = 0; side < 2; side++) {
        strcpy(texts[side], "[0");
        for (size_t i = 0; i < ELEMENTS; i++)
            memcpy(texts[side] + 2 + 2 * i, side == 0 ? ",1" : ",2", 2);
        strcpy(texts[side] + 2 + 2 * ELEMENTS, "]");
    }
    put(left, "s.json", texts[0]);
    put(right, "s.json", texts[1]);
    run();
    assert_int_equal(dvg_result_ignored_count(result), ELEMENTS);
    assert_int_equal(calls, 1 + ELEMENTS / 1024);
}

/* ---------------------------------------------------------------- what results say */

static void test_particulars(void **state)
{
    (void)state;
    dvg_file_info file;
    dvg_class_info info;
    dvg_gate_info gate;
    dvg_rule_options rule = {.at = "clock.**", .class_name = "clock"};
    use(&rule, 1);
    three_differences();
    put(left, "only.json", "1");
    run();
    assert_int_equal(dvg_result_file_count(result), 2);
    assert_true(dvg_result_file_get(result, 0, &file));
    assert_string_equal(file.name, "only.json");
    assert_string_equal(file.status, "missing-right");
    assert_int_equal(file.count, 1);
    assert_true(dvg_result_file_get(result, 1, &file));
    assert_string_equal(file.status, "compared");
    assert_int_equal(file.count, 3);
    assert_false(dvg_result_file_get(result, 2, &file));
    assert_int_equal(dvg_result_class_count(result), 2);
    assert_true(dvg_result_class_get(result, 1, &info));
    assert_string_equal(info.name, "clock");
    assert_string_equal(info.title, "Clocks");
    assert_int_equal(info.severity, DVG_INFO);
    assert_int_equal(info.count, 1);
    assert_false(dvg_result_class_get(result, 2, &info));
    assert_int_equal(dvg_result_gate_count(result), 0);
    assert_false(dvg_result_gate_get(result, 0, &gate));
}

static void test_values(void **state)
{
    (void)state;
    dvg_document *document = NULL;
    static const char text[] = "{\"a\": [1, 2.5, null], \"big\": 18446744073709551615,"
                               " \"s\": \"x\\u0000y\", \"a\": true}";
    check(dvg_document_read(&document, context, text, sizeof text - 1, NULL, &error));
    dvg_value root = dvg_document_root(document);
    int64_t number = 7;
    assert_int_equal(dvg_value_type(root), DVG_OBJECT);
    assert_int_equal(dvg_value_count(root), 4);
    assert_int_equal(dvg_value_type(dvg_value_member(root, "a", 1)), DVG_TRUE);
    dvg_value name = dvg_value_first(root);
    dvg_value list = dvg_value_next(name);
    assert_memory_equal(dvg_value_text(name).data, "a", 1);
    assert_int_equal(dvg_value_count(list), 3);
    assert_true(dvg_value_double(dvg_value_at(list, 1)) == 2.5);
    assert_int_equal(dvg_value_type(dvg_value_at(list, 2)), DVG_NULL);
    assert_int_equal(dvg_value_type(dvg_value_at(list, 3)), DVG_ABSENT);
    dvg_value big = dvg_value_member(root, "big", 3);
    assert_false(dvg_value_int64(big, &number));
    assert_int_equal(number, 7);
    assert_int_equal(dvg_value_text(big).size, 20);
    assert_memory_equal(dvg_value_text(dvg_value_member(root, "s", 1)).data, "x\0y", 3);
    assert_string_equal(dvg_type_name(dvg_value_type(big)), "integer");
    assert_int_equal(dvg_value_type(dvg_value_member(root, "none", 4)), DVG_ABSENT);
    dvg_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_buffers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_documents, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_files_and_directories, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_else, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_input, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_outside, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rules, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rules_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_report, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_classify, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drop_and_abort, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_progress, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_progress_of_ignored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_particulars, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_values, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
