/*
 * scenario: whole runs through the public calls, for tests that let something fail on the way.
 * Everything is static, so that each test program has its own. Paths are relative: the program
 * stands in a folder of its own.
 */
#ifndef TESTS_FAULT_SCENARIO_H
#define TESTS_FAULT_SCENARIO_H

#include <diverge/diverge.h>

#ifdef DVG_TESTS_CJSON
#include <diverge/cjson.h>

#include <cjson/cJSON.h>
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { REPORTS_MOST = 8 };

/* What a run came to. */
struct outcome {
    dvg_error error;
    dvg_verdict verdict;
    size_t count;  /* divergences, suppressed ones too */
    uint64_t told; /* a hash of what was asked of the result */
};

struct scenario {
    const char *name;
    dvg_status expected;
    uint32_t threads;
    const char *profile;
    const char *classifiers[3];
    const char *option[2];
    const char *reports[REPORTS_MOST];
    const char *sides[2]; /* paths, or texts */
    dvg_status (*act)(const struct scenario *scenario, dvg_context *context,
                      struct outcome *outcome);
};

/* ---- files */

static inline void scenario_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        abort();
}

/* A document of some size, another on each side. */
static inline void scenario_write_list(const char *path, int side, int count)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL)
        abort();
    fputs("{\"list\": [", file);
    for (int i = 0; i < count; i++)
        fprintf(file, "%s{\"id\": %d, \"x\": %d.5, \"t\\u00e9\": [1, {\"n\": \"%d\"}]}",
                i > 0 ? ", " : "", side == 0 ? i : count - i, i % 7 == side ? -i : i, i);
    fputs("]}", file);
    if (fclose(file) != 0)
        abort();
}

static const char scenario_profile[] =
    "return { api = 1, name = 'lists', title = 'Lists', documents = { 'd.json' },\n"
    "  keyed = { ['d.json'] = { list = 'id' } }, skip = { ['d.json'] = { 'engine' } },\n"
    "  classes = { { name = 'any' }, { name = 'other', severity = 'info' } },\n"
    "  gates = function(run)\n"
    "    local left, right = run:image('i.bin', { base = 4096, fill = 0xCD })\n"
    "      :mask(4100, 8):mask(0, 4):mask(0x7fffffffffffffff, 1):sha256()\n"
    "    run:gate('image', left, right, left == right)\n"
    "    run:gate('bytes', run.left:sha256('d.json'), run.right:sha256('d.json'), true)\n"
    "    run:gate('list', #run.left:document('d.json').list, 3, true)\n"
    "  end,\n"
    "  classify = function(d) return d.index and 'other' or 'any', nil, d.path end,\n"
    "  reports = { 'much' } }\n";

static const char scenario_overlay[] =
    "return { api = 1, classes = { { name = 'new', title = 'New ones' } },\n"
    "  options = { shape = { type = 'text' } },\n"
    "  classify = function(d)\n"
    "    if d.kind == 'length' then return false, nil, diverge.option 'shape' end\n"
    "    if d.depth > 2 then return 'new', 'warning', diverge.json(d.left) end\n"
    "  end }\n";

static const char scenario_much[] =
    "return { api = 1, name = 'much', extension = 'txt', order = 'walk',\n"
    "  begin = function(out, run) out:json(run, { indent = 2, sort = true }) end,\n"
    "  divergence = function(out, d)\n"
    "    for _ = 1, 40 do out:write(d.file, ':', d.path, ' '):json(d.left):repr(d.right) end\n"
    "    out:write(('x'):rep(500), d.pointer, '\\n')\n"
    "  end,\n"
    "  suppressed = function(out, d) out:write(d.path, ' ', d.suppressed_by, '\\n') end }\n";

static const char scenario_grouped[] =
    "return { api = 1, name = 'grouped', limit = 3, order = 'class',\n"
    "  section = function(out, class) out:json(class) end,\n"
    "  divergence = function(out, d) out:json(diverge.totable(d.left) or diverge.null) end,\n"
    "  omitted = function(out, class, n) out:write(class.name, n, '\\n') end }\n";

/* Folders with two snapshots and with scripts. */
static inline void scenario_make_files(void)
{
    static const char *const folders[] = {
        "scripts", "scripts/profile", "scripts/classify", "scripts/report", "a", "b", "a/sub",
        "b/sub",   "broken"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (mkdir(folders[i], 0700) != 0)
            abort();
    scenario_write("scripts/profile/lists.lua", scenario_profile);
    scenario_write("scripts/classify/overlay.lua", scenario_overlay);
    scenario_write("scripts/classify/fails.lua",
                   "return { api = 1, classify = function(d) error(d.path) end }");
    scenario_write("scripts/report/much.lua", scenario_much);
    scenario_write("scripts/report/grouped.lua", scenario_grouped);
    for (int side = 0; side < 2; side++) {
        char path[40];
        snprintf(path, sizeof path, "%s/d.json", side == 0 ? "a" : "b");
        scenario_write_list(path, side, 60);
        snprintf(path, sizeof path, "%s/sub/.deep.json", side == 0 ? "a" : "b");
        scenario_write_list(path, side, 3);
        snprintf(path, sizeof path, "%s/i.bin", side == 0 ? "a" : "b");
        scenario_write(path, side == 0 ? "aaaa12345678aaaa" : "aaaaabcdefghaaaa");
    }
    scenario_write("a/only", "here");
    scenario_write("broken/d.json", "{\"list\": [1, 2,]}");
    scenario_write("broken/i.bin", "");
}

/* ---- runs */

static inline void scenario_tell(struct outcome *outcome, const char *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        outcome->told = (outcome->told ^ (unsigned char)data[i]) * UINT64_C(0x100000001b3);
}

/* Ask of a result what can be asked. */
static inline dvg_status scenario_ask(dvg_result *result, struct outcome *outcome)
{
    dvg_status status = DVG_OK;
    dvg_error *error = &outcome->error;
    outcome->verdict = dvg_result_verdict(result);
    outcome->count = dvg_result_count(result) + dvg_result_suppressed_count(result);
    for (size_t i = 0; i < outcome->count && i < 12 && status == DVG_OK; i++) {
        dvg_divergence found;
        dvg_text text;
        status = dvg_result_get(result, i, &found, error);
        if (status == DVG_OK)
            scenario_tell(outcome, found.path.data, found.path.size);
        for (int side = 0; side < 2 && status == DVG_OK; side++) {
            status = dvg_result_value(result, i, (dvg_side)side, &text, error);
            if (status == DVG_OK)
                scenario_tell(outcome, text.data, text.size);
        }
        if (status == DVG_OK)
            status = dvg_result_line(result, i, &text, error);
        if (status == DVG_OK)
            scenario_tell(outcome, text.data, text.size);
    }
    return status;
}

/* Write the reports, all or none. */
static inline dvg_status scenario_report(const struct scenario *scenario, dvg_context *context,
                                         dvg_result *result, dvg_error *error)
{
    dvg_output *output = NULL;
    dvg_status status = dvg_output_new(&output, context, error);
    if (status == DVG_OK)
        status = dvg_output_protect_result(output, result, error);
    dvg_result_show_suppressed(result, true);
    for (size_t i = 0; scenario->reports[i] != NULL && status == DVG_OK; i++) {
        char path[40];
        snprintf(path, sizeof path, "out/%zu", i);
        status = dvg_output_add(output, path, error);
        if (status == DVG_OK)
            status =
                dvg_result_report(result, scenario->reports[i], dvg_output_sink, output, error);
    }
    if (status == DVG_OK)
        status = dvg_output_commit(output, NULL, NULL, error);
    dvg_output_free(output);
    return status;
}

static inline dvg_status scenario_finish(const struct scenario *scenario, dvg_context *context,
                                         dvg_result *result, struct outcome *outcome)
{
    dvg_status status = scenario_ask(result, outcome);
    if (status == DVG_OK)
        status = scenario_report(scenario, context, result, &outcome->error);
    dvg_result_free(result);
    return status;
}

/* A text in which "%s" at the beginning is where the project stands. */
static inline void scenario_place(char *text, size_t size, const char *pattern)
{
    bool placed = strncmp(pattern, "%s", 2) == 0;
    snprintf(text, size, "%s%s", placed ? getenv("DIVERGE_SOURCE") : "",
             placed ? pattern + 2 : pattern);
}

static inline dvg_status scenario_begin(const struct scenario *scenario, dvg_context *context,
                                        dvg_error *error)
{
    size_t reports = 0;
    dvg_status status = dvg_context_use_profile(context, scenario->profile, error);
    for (size_t i = 0; scenario->classifiers[i] != NULL && status == DVG_OK; i++)
        status = dvg_context_add_classifier(context, scenario->classifiers[i], error);
    while (scenario->reports[reports] != NULL)
        reports++;
    if (status == DVG_OK && reports > 0)
        status = dvg_context_use_reports(context, scenario->reports, reports, error);
    if (status == DVG_OK && scenario->option[0] != NULL) {
        char value[4096];
        scenario_place(value, sizeof value, scenario->option[1]);
        status = dvg_context_set_option(context, scenario->option[0], value, error);
    }
    return status;
}

/* Two folders; "%s" in their paths is where the project stands. */
static inline dvg_status scenario_folders(const struct scenario *scenario, dvg_context *context,
                                          struct outcome *outcome)
{
    char paths[2][4096];
    dvg_result *result = NULL;
    dvg_status status = scenario_begin(scenario, context, &outcome->error);
    for (int side = 0; side < 2; side++)
        scenario_place(paths[side], sizeof paths[side], scenario->sides[side]);
    if (status == DVG_OK)
        status = dvg_run(&result, context, paths[0], paths[1], &outcome->error);
    if (status != DVG_OK)
        return status;
    return scenario_finish(scenario, context, result, outcome);
}

static inline dvg_status scenario_compare(const struct scenario *scenario, dvg_context *context,
                                          dvg_document *const documents[2], struct outcome *outcome)
{
    dvg_result *result = NULL;
    dvg_status status =
        dvg_run_documents(&result, context, documents[0], documents[1], "d.json", &outcome->error);
    return status != DVG_OK ? status : scenario_finish(scenario, context, result, outcome);
}

/* Two texts. */
static inline dvg_status scenario_texts(const struct scenario *scenario, dvg_context *context,
                                        struct outcome *outcome)
{
    dvg_document *documents[2] = {NULL, NULL};
    dvg_status status = scenario_begin(scenario, context, &outcome->error);
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        status = dvg_document_read(&documents[side], context, scenario->sides[side],
                                   strlen(scenario->sides[side]), scenario->name, &outcome->error);
    if (status == DVG_OK)
        status = scenario_compare(scenario, context, documents, outcome);
    dvg_document_free(documents[0]);
    dvg_document_free(documents[1]);
    return status;
}

#ifdef DVG_TESTS_CJSON
/* Two cJSON trees, and a copy of the options' allocator for them. */
static dvg_allocator scenario_tree_allocator;

static inline dvg_status scenario_trees(const struct scenario *scenario, dvg_context *context,
                                        struct outcome *outcome)
{
    dvg_document *documents[2] = {NULL, NULL};
    dvg_status status = scenario_begin(scenario, context, &outcome->error);
    for (int side = 0; side < 2 && status == DVG_OK; side++) {
        cJSON *tree = cJSON_Parse(scenario->sides[side]);
        if (tree == NULL)
            abort();
        status = dvg_document_from_cjson(&documents[side], tree, &scenario_tree_allocator,
                                         &outcome->error);
        cJSON_Delete(tree);
    }
    if (status == DVG_OK)
        status = scenario_compare(scenario, context, documents, outcome);
    dvg_document_free(documents[0]);
    dvg_document_free(documents[1]);
    return status;
}
#endif

/* ---- a host without scripts */

static inline int scenario_classify(void *payload, const dvg_divergence *divergence,
                                    dvg_answer *answer)
{
    scenario_tell(payload, divergence->pointer.data, divergence->pointer.size);
    if (divergence->path.size == 1)
        answer->class_name = "new";
    answer->note = "the host's";
    return divergence->path.size == 7 ? 1 : 0;
}

static inline int scenario_follow(void *payload, const dvg_progress *progress)
{
    scenario_tell(payload, progress->file, strlen(progress->file));
    return 0;
}

static inline dvg_status scenario_rules(dvg_context *context, dvg_error *error)
{
    static const char *const documents[] = {"*.json"};
    static const char *const bytes[] = {"*.bin"};
    static const dvg_class_options classes[] = {{"any", NULL, DVG_ERROR},
                                                {"new", "New ones", DVG_INFO}};
    const dvg_rule_options rules[] = {{.at = "list", .match = "key", .key = "id"},
                                      {.at = "z.**", .ignore = true, .why = "tail"},
                                      {.at = "engine", .kind = "value", .ignore = true},
                                      {.at = "s", .severity = "warning", .why = "text"}};
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    options.title = "A host's";
    options.left = "here";
    options.documents = documents;
    options.document_count = 1;
    options.bytes = bytes;
    options.byte_count = 1;
    options.classes = classes;
    options.class_count = 2;
    options.rules = rules;
    options.rule_count = 4;
    return dvg_context_use_rules(context, &options, error);
}

/* A side of bytes, a document that was built, and a file. */
static inline dvg_status scenario_fill(dvg_input *input, dvg_document **built, const char *text,
                                       int side, const dvg_allocator *allocator, dvg_error *error)
{
    dvg_builder *builder = NULL;
    dvg_status status = dvg_input_add_bytes(input, "d.json", text, strlen(text), error);
    if (status == DVG_OK)
        status = dvg_input_add_bytes(input, "i.bin", text, 40, error);
    if (status == DVG_OK)
        status = dvg_input_add_file(input, "f.json", side == 0 ? "a/d.json" : "b/d.json", error);
    if (status == DVG_OK)
        status = dvg_builder_new(&builder, allocator, error);
    if (status == DVG_OK) {
        dvg_builder_open_object(builder);
        dvg_builder_name(builder, "n", 1);
        dvg_builder_add_int64(builder, side);
        dvg_builder_close_object(builder);
        status = dvg_builder_finish(built, builder, error);
    }
    if (status == DVG_OK)
        status = dvg_input_add_document(input, "built.json", *built, error);
    dvg_builder_free(builder);
    return status;
}

/* What a result says beyond what every scenario asks. */
static inline dvg_status scenario_export(dvg_result *result, struct outcome *outcome)
{
    dvg_text text;
    dvg_status status = dvg_result_report_text(result, "jsonl", &text, &outcome->error);
    if (status == DVG_OK)
        scenario_tell(outcome, text.data, text.size);
#ifdef DVG_TESTS_CJSON
    cJSON *tree = NULL;
    if (status == DVG_OK)
        status = dvg_result_to_cjson(&tree, result, &outcome->error);
    char *shown = cJSON_PrintUnformatted(tree);
    if (status == DVG_OK)
        scenario_tell(outcome, shown, strlen(shown));
    cJSON_free(shown);
    cJSON_Delete(tree);
#endif
    return status;
}

static dvg_allocator scenario_host_allocator;

static inline dvg_status scenario_host(const struct scenario *scenario, dvg_context *context,
                                       struct outcome *outcome)
{
    static const char *const names[2] = {"here", "there"};
    dvg_input *inputs[2] = {NULL, NULL};
    dvg_document *built[2] = {NULL, NULL};
    dvg_result *result = NULL;
    dvg_error *error = &outcome->error;
    dvg_status status = scenario_rules(context, error);
    dvg_context_set_classify(context, scenario_classify, outcome);
    dvg_context_set_progress(context, scenario_follow, outcome);
    for (int side = 0; side < 2 && status == DVG_OK; side++) {
        status = dvg_input_new(&inputs[side], context, names[side], error);
        if (status == DVG_OK)
            status = scenario_fill(inputs[side], &built[side], scenario->sides[side], side,
                                   &scenario_host_allocator, error);
    }
    if (status == DVG_OK)
        status = dvg_run_inputs(&result, context, inputs[0], inputs[1], error);
    if (status == DVG_OK)
        status = scenario_export(result, outcome);
    if (status == DVG_OK)
        status = scenario_ask(result, outcome);
    if (status == DVG_OK)
        status = scenario_report(scenario, context, result, error);
    dvg_result_free(result);
    for (int side = 0; side < 2; side++) {
        dvg_input_free(inputs[side]);
        dvg_document_free(built[side]);
    }
    return status;
}

/* ---- scripts by name */

static inline int scenario_take(void *payload, const char *data, size_t size)
{
    scenario_tell(payload, data, size);
    return 0;
}

static inline int scenario_take_info(void *payload, const dvg_script_info *info)
{
    scenario_tell(payload, info->name, strlen(info->name));
    scenario_tell(payload, info->summary, strlen(info->summary));
    return 0;
}

static inline int scenario_take_help(void *payload, const dvg_script_help *help)
{
    scenario_tell(payload, help->words, strlen(help->words));
    return 0;
}

static inline dvg_status scenario_scripts(const struct scenario *scenario, dvg_context *context,
                                          struct outcome *outcome)
{
    static const char *const names[] = {"canary"};
    const char *profile = NULL;
    char *path = NULL;
    dvg_error *error = &outcome->error;
    dvg_status status = dvg_context_list_scripts(context, scenario_take_info, outcome, error);
    if (status == DVG_OK)
        status = dvg_context_show_script(context, "overlay", scenario_take, outcome, error);
    if (status == DVG_OK)
        status = dvg_context_help_script(context, "overlay", scenario_take_help, outcome, error);
    if (status == DVG_OK)
        status = dvg_context_find_profile(context, names, 1, &profile, error);
    if (status == DVG_OK)
        status = scenario_begin(scenario, context, error);
    for (size_t i = 0; i < dvg_context_report_count(context) && status == DVG_OK; i++) {
        status = dvg_context_report_path(context, i, NULL, "x/a", "y/b", &path, error);
        if (status == DVG_OK && path != NULL)
            scenario_tell(outcome, path, strlen(path));
        dvg_context_release_text(context, path);
        path = NULL;
    }
    return status;
}

/* ---- */

#define SCENARIO_LEFT                                                                              \
    "{\"a\": 1, \"a\": 2, \"list\": [{\"id\": 1, \"v\": [1, 2]}, {\"id\": 1}, {}, 7, "             \
    "{\"id\": 1.5, \"v\": {\"w\": {\"x\": 1e400}}}], \"s\": \"\\u00e9\\n\", \"only\": [[[0]]], "   \
    "\"n\": 18446744073709551616, \"engine\": 1, \"z\": [1, 2, 3]}"
#define SCENARIO_RIGHT                                                                             \
    "{\"a\": 1, \"a\": 3, \"list\": [{\"id\": 1, \"v\": [1, 3]}, {\"id\": true}, 8, {\"id\": 2}, " \
    "{\"id\": 1.5, \"v\": {\"w\": {\"x\": 1e500}}}], \"s\": \"x\\ty\", \"n\": "                    \
    "18446744073709551617, \"engine\": 2, \"z\": [1, 2]}"

static const struct scenario scenarios[] = {
    {"phase-b",
     DVG_OK,
     1,
     "phase-b",
     {NULL},
     {"xex-json", "%s/examples/phase-b/xex.json"},
     {"phase-b", "phase-b-json"},
     {"%s/examples/phase-b/canary", "%s/examples/phase-b/ours"},
     scenario_folders},
    {"duplicates",
     DVG_OK,
     1,
     "lists",
     {NULL},
     {NULL},
     {"grouped"},
     {SCENARIO_LEFT, SCENARIO_RIGHT},
     scenario_texts},
    {"overlay",
     DVG_OK,
     1,
     "lists",
     {"overlay"},
     {"shape", "round"},
     {"grouped", "much"},
     {SCENARIO_LEFT, SCENARIO_RIGHT},
     scenario_texts},
    {"much", DVG_OK, 1, "lists", {NULL}, {NULL}, {"much"}, {"a", "b"}, scenario_folders},
#ifdef DVG_TESTS_CJSON
    {"trees",
     DVG_OK,
     1,
     "lists",
     {NULL},
     {NULL},
     {"grouped"},
     {"{\"a\": [1, 2.5, {\"b\": null}], \"list\": [{\"id\": 1}, {\"id\": 2, \"c\": true}]}",
      "{\"a\": [1, 2.5, {\"b\": \"\\u00e9\"}], \"list\": [{\"id\": 2, \"c\": false}]}"},
     scenario_trees},
#endif
    {"host",
     DVG_OK,
     1,
     NULL,
     {NULL},
     {NULL},
     {"grouped"},
     {SCENARIO_LEFT, SCENARIO_RIGHT},
     scenario_host},
    {"images", DVG_OK, 1, "lists", {"overlay"}, {NULL}, {"grouped"}, {"a", "b"}, scenario_folders},
    {"threads", DVG_OK, 2, "lists", {NULL}, {NULL}, {"grouped"}, {"b", "a"}, scenario_folders},
    {"default",
     DVG_OK,
     1,
     "default",
     {NULL},
     {NULL},
     {"text", "markdown", "json", "jsonl", "html"},
     {"a", "b"},
     scenario_folders},
    {"files",
     DVG_OK,
     1,
     "default",
     {NULL},
     {NULL},
     {"text"},
     {"a/d.json", "b/d.json"},
     scenario_folders},
    {"same", DVG_OK, 1, "default", {NULL}, {NULL}, {"text"}, {"a", "a"}, scenario_folders},
    {"scripts", DVG_OK, 1, "phase-b", {NULL}, {NULL}, {NULL}, {NULL}, scenario_scripts},
    {"malformed",
     DVG_E_INPUT,
     1,
     "lists",
     {NULL},
     {NULL},
     {"grouped"},
     {"a", "broken"},
     scenario_folders},
    {"failing",
     DVG_E_SCRIPT,
     1,
     "lists",
     {"fails"},
     {NULL},
     {"grouped"},
     {"a", "b"},
     scenario_folders},
    {"absent",
     DVG_E_ABSENT,
     1,
     "lists",
     {NULL},
     {NULL},
     {"grouped"},
     {"a", "no"},
     scenario_folders},
    {NULL, DVG_OK, 0, NULL, {NULL}, {NULL}, {NULL}, {NULL}, NULL}};

static inline const struct scenario *scenario_find(const char *name)
{
    for (const struct scenario *at = scenarios; at->name != NULL; at++)
        if (strcmp(at->name, name) == 0)
            return at;
    return NULL;
}

#endif
