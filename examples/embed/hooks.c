/*
 * hooks: everything in C, for a library that was built without Lua (-DDIVERGE_LUA=OFF), or for a
 * host that wants no scripts.
 *
 * Two replicas of a little store are compared: what they hold in memory, rules said in C, a
 * function that classes what is found, and one that is told how far the run is.
 *
 *     hooks
 *
 * Ends 0 when there is a verdict, whatever it is, and 1 when there is none.
 */
#include <diverge/diverge.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the two replicas would send. The order of the accounts does not matter; the lag does not,
 * either; an amount may have moved by a cent. */
static const char primary[] = "{\"lag_ms\": 0, \"accounts\": ["
                              "{\"id\": 7, \"owner\": \"ann\", \"cents\": 18446744073709551615},"
                              "{\"id\": 9, \"owner\": \"bob\", \"cents\": 500}]}";
static const char replica[] = "{\"lag_ms\": 12, \"accounts\": ["
                              "{\"id\": 9, \"owner\": \"bob\", \"cents\": 501},"
                              "{\"id\": 7, \"owner\": \"Ann\", \"cents\": 18446744073709551614}]}";
static const unsigned char index_left[4] = {1, 2, 3, 4};
static const unsigned char index_right[4] = {1, 2, 3, 5};

/* What a profile would say. */
static dvg_status use_rules(dvg_context *context, dvg_error *error)
{
    static const char *const documents[] = {"store.json"};
    static const char *const bytes[] = {"index.bin"};
    static const dvg_class_options classes[] = {
        {"data", "Data that differ", DVG_ERROR},
        {"rounding", "A cent here or there", DVG_WARNING},
    };
    const dvg_rule_options rules[] = {
        {.at = "lag_ms", .ignore = true, .why = "differs in every run"},
        {.at = "accounts", .match = "key", .key = "id"},
    };
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    options.name = "store";
    options.left = "primary";
    options.right = "replica";
    options.documents = documents;
    options.document_count = 1;
    options.bytes = bytes;
    options.byte_count = 1;
    options.classes = classes;
    options.class_count = 2;
    options.rules = rules;
    options.rule_count = 2;
    return dvg_context_use_rules(context, &options, error);
}

/* Amounts that are one cent apart are of a class of their own; of anything else nothing is said, so
 * that it is of the first class. */
static int classify(void *payload, const dvg_divergence *divergence, dvg_answer *answer)
{
    static const char end[] = "/cents";
    int64_t left;
    int64_t right;
    (void)payload;
    if (divergence->pointer.size < sizeof end - 1 ||
        memcmp(divergence->pointer.data + divergence->pointer.size - (sizeof end - 1), end,
               sizeof end - 1) != 0)
        return 0;
    if (dvg_value_int64(divergence->left, &left) && dvg_value_int64(divergence->right, &right) &&
        (left - right == 1 || right - left == 1)) {
        answer->class_name = "rounding";
        answer->note = "one cent";
    }
    return 0; /* negative: stop the run; positive: set this one aside */
}

static int progress(void *payload, const dvg_progress *progress)
{
    (void)payload;
    printf("(%zu of %zu: %s)\n", progress->file_index + 1, progress->file_count, progress->file);
    return 0;
}

static void print_result(dvg_result *result)
{
    const dvg_ledger *ledger = dvg_result_ledger(result);
    dvg_divergence found;
    dvg_text line;
    for (size_t i = 0; i < dvg_result_count(result); i++)
        if (dvg_result_line(result, i, &line, NULL) == DVG_OK &&
            dvg_result_get(result, i, &found, NULL) == DVG_OK)
            printf("%s [%s, %s]\n", line.data, found.class_name, found.severity);
    printf("%zu divergences, %" PRIu64 " places hidden by rules\n", dvg_result_count(result),
           ledger->skipped);
}

/* Both sides under the names that the rules know. */
static dvg_status fill(dvg_input *input, const char *text, const void *index, dvg_error *error)
{
    dvg_status status = dvg_input_add_bytes(input, "store.json", text, strlen(text), error);
    return status == DVG_OK ? dvg_input_add_bytes(input, "index.bin", index, 4, error) : status;
}

static dvg_status compare(dvg_context *context, dvg_error *error)
{
    dvg_input *left = NULL;
    dvg_input *right = NULL;
    dvg_result *result = NULL;
    dvg_status status = dvg_input_new(&left, context, "primary", error);
    if (status == DVG_OK)
        status = dvg_input_new(&right, context, "replica", error);
    if (status == DVG_OK)
        status = fill(left, primary, index_left, error);
    if (status == DVG_OK)
        status = fill(right, replica, index_right, error);
    if (status == DVG_OK)
        status = dvg_run_inputs(&result, context, left, right, error);
    if (status == DVG_OK)
        print_result(result);
    dvg_result_free(result);
    dvg_input_free(left);
    dvg_input_free(right);
    return status;
}

int main(void)
{
    dvg_context *context = NULL;
    dvg_error error;
    dvg_status status = dvg_context_new(&context, NULL, &error);
    if (status == DVG_OK)
        status = use_rules(context, &error);
    if (status == DVG_OK) {
        dvg_context_set_classify(context, classify, NULL);
        dvg_context_set_progress(context, progress, NULL);
        status = compare(context, &error);
    }
    if (status != DVG_OK) {
        char line[4096];
        dvg_error_format(&error, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    dvg_context_free(context);
    return status == DVG_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
