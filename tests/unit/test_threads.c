/*
 * Independent contexts in many threads, and documents and inputs that they share: the same outcome
 * every time. Under ThreadSanitizer this is the test that nothing is shared that should not be.
 */
#include <diverge/diverge.h>

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { THREADS = 8, RUNS = 1000, SCRIPTED = 40 };

static const char left_text[] = "{\"list\": [{\"id\": 1, \"v\": 1.5}, {\"id\": 2, \"v\": "
                                "\"\\u00e9\"}], \"n\": 18446744073709551615}";
static const char right_text[] =
    "{\"list\": [{\"id\": 2, \"v\": \"e\"}, {\"id\": 1, \"v\": 1.5}], \"n\": 18446744073709551614}";

/* What all threads look at, and nobody changes. */
static dvg_document *documents[2];
static dvg_input *inputs[2];

/* What one thread makes of it: no assertions there, cmocka's are for one thread. */
struct work {
    pthread_t thread;
    dvg_status status;
    size_t wrong;
    dvg_error error;
};

static int classify(void *payload, const dvg_divergence *divergence, dvg_answer *answer)
{
    answer->note = divergence->file;
    ++*(size_t *)payload;
    return 0;
}

/* Two divergences whichever way the snapshots come. */
static void look(struct work *work, dvg_result *result, size_t expected)
{
    dvg_divergence found;
    if (work->status != DVG_OK)
        return;
    if (dvg_result_count(result) != expected)
        work->wrong++;
    for (size_t i = 0; i < dvg_result_count(result); i++)
        if (dvg_result_get(result, i, &found, &work->error) != DVG_OK || found.path.size == 0)
            work->wrong++;
    dvg_result_free(result);
}

static void run_once(struct work *work, dvg_context *context, int turn)
{
    dvg_result *result = NULL;
    if (turn % 2 == 0)
        work->status =
            dvg_run_documents(&result, context, documents[0], documents[1], "d.json", &work->error);
    else
        work->status = dvg_run_inputs(&result, context, inputs[0], inputs[1], &work->error);
    look(work, result, turn % 2 == 0 ? 2 : 3);
}

static dvg_status open_context(struct work *work, dvg_context **context, size_t *asked)
{
    const dvg_rule_options rule = {.at = "list", .match = "key", .key = "id"};
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    options.rules = &rule;
    options.rule_count = 1;
    dvg_status status = dvg_context_new(context, NULL, &work->error);
    if (status == DVG_OK)
        status = dvg_context_use_rules(*context, &options, &work->error);
    if (status == DVG_OK)
        dvg_context_set_classify(*context, classify, asked);
    return status;
}

static void *in_c(void *payload)
{
    struct work *work = payload;
    dvg_context *context = NULL;
    size_t asked = 0;
    work->status = open_context(work, &context, &asked);
    for (int i = 0; i < RUNS && work->status == DVG_OK; i++)
        run_once(work, context, i);
    if (asked != RUNS / 2 * 2 + RUNS / 2 * 3)
        work->wrong++;
    dvg_context_free(context);
    return NULL;
}

/* A context of its own for each few runs, with scripts and a report. */
static void *with_scripts(void *payload)
{
    struct work *work = payload;
    for (int i = 0; i < SCRIPTED && work->status == DVG_OK; i++) {
        dvg_context *context = NULL;
        dvg_result *result = NULL;
        dvg_text text;
        work->status = dvg_context_new(&context, NULL, &work->error);
        if (work->status == DVG_OK)
            work->status = dvg_context_use_profile(context, "default", &work->error);
        if (work->status == DVG_OK)
            work->status = dvg_run_documents(&result, context, documents[0], documents[1], "d.json",
                                             &work->error);
        if (work->status == DVG_OK)
            work->status = dvg_result_report_text(result, "json", &text, &work->error);
        if (work->status == DVG_OK && strstr(text.data, "18446744073709551615") == NULL)
            work->wrong++;
        dvg_result_free(result);
        dvg_context_free(context);
    }
    return NULL;
}

static void run_all(void *(*function)(void *))
{
    static struct work works[THREADS];
    memset(works, 0, sizeof works);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&works[i].thread, NULL, function, &works[i]), 0);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_join(works[i].thread, NULL), 0);
    for (int i = 0; i < THREADS; i++) {
        if (works[i].status != DVG_OK)
            fail_msg("%s", works[i].error.message);
        assert_int_equal(works[i].wrong, 0);
    }
}

static void test_in_c(void **state)
{
    (void)state;
    run_all(in_c);
}

static void test_with_scripts(void **state)
{
    (void)state;
    if ((dvg_features() & DVG_FEATURE_LUA) == 0)
        skip();
    run_all(with_scripts);
}

static dvg_context *maker;

static int set_up(void **state)
{
    (void)state;
    const char *const texts[2] = {left_text, right_text};
    dvg_error error;
    assert_int_equal(dvg_context_new(&maker, NULL, &error), DVG_OK);
    for (int side = 0; side < 2; side++) {
        assert_int_equal(dvg_document_read(&documents[side], maker, texts[side],
                                           strlen(texts[side]), NULL, &error),
                         DVG_OK);
        assert_int_equal(dvg_input_new(&inputs[side], maker, side == 0 ? "left" : "right", &error),
                         DVG_OK);
        assert_int_equal(dvg_input_add_document(inputs[side], "d.json", documents[side], &error),
                         DVG_OK);
        assert_int_equal(dvg_input_add_bytes(inputs[side], "memory", texts[side], 40, &error),
                         DVG_OK);
        assert_int_equal(
            dvg_input_add_bytes(inputs[side], "t.json", texts[0], strlen(texts[0]), &error),
            DVG_OK);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int side = 0; side < 2; side++) {
        dvg_input_free(inputs[side]);
        dvg_document_free(documents[side]);
    }
    dvg_context_free(maker);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_in_c),
                                       cmocka_unit_test(test_with_scripts)};
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
