/*
 * cJSON as a judge of the reader: every text of tests/corpus/accept that both take must be the same
 * value to both, where cJSON is exact. Set aside: texts with \u0000 (cJSON's strings end there),
 * numbers past 2^53, and repeated names, which cJSON does not tell apart.
 */
#include "interop/cjson.h"
#include "json/reader.h"
#include "os/file.h"
#include "value/equal.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Fewer texts than this were judged: something has made the test blind. */
#define LEAST 90

/* What cJSON and the reader made of a text, both as documents. */
struct pair {
    dvg_document ours;
    dvg_document theirs;
};

/* Is cJSON exact on this text, and does it take it? */
static bool judges(struct pair *pair, const dvg_bytes *text)
{
    dvg_error error;
    if (pair->ours.repeated > 0 || strstr(text->data, "\\u0000") != NULL)
        return false;
    cJSON *tree = cJSON_ParseWithLength(text->data, text->size);
    if (tree == NULL)
        return false;
    bool read = dvg_cjson_read(&pair->theirs, tree, &error) == DVG_OK;
    cJSON_Delete(tree);
    return read && pair->theirs.inexact == 0;
}

/* True if the text was judged. */
static bool judge(const char *path, const dvg_allocator *allocator)
{
    struct pair pair;
    dvg_reading reading;
    dvg_bytes text;
    dvg_error error;
    bool equal = false;
    dvg_reading_init(&reading);
    dvg_document_init(&pair.ours, allocator);
    dvg_document_init(&pair.theirs, allocator);
    assert_int_equal(dvg_file_read(path, allocator, &text, &error), DVG_OK);
    if (dvg_json_read(&pair.ours, text.data, text.size, path, &reading, &error) != DVG_OK)
        fail_msg("%s: %s", path, error.message);
    bool judged = judges(&pair, &text);
    if (judged) {
        assert_true(dvg_value_loosely_equal(dvg_document_root(&pair.ours),
                                            dvg_document_root(&pair.theirs), allocator, &equal));
        if (!equal)
            fail_msg("%s: cJSON reads another value", path);
    }
    dvg_document_clear(&pair.theirs);
    dvg_document_clear(&pair.ours);
    dvg_bytes_clear(&text, allocator);
    return judged;
}

typedef bool (*look_fn)(const char *path, const dvg_allocator *allocator);

/* How many texts of one folder of the corpus the function says yes to. */
static int count(const char *name, look_fn look, int *all)
{
    char path[4096];
    int found = 0;
    dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    const char *source = getenv("DIVERGE_SOURCE");
    if (source == NULL)
        skip();
    snprintf(path, sizeof path, "%s/tests/corpus/%s", source, name);
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        size_t size = strlen(entry->d_name);
        if (size < 5 || strcmp(entry->d_name + size - 5, ".json") != 0)
            continue;
        snprintf(path, sizeof path, "%s/tests/corpus/%s/%s", source, name, entry->d_name);
        found += look(path, &allocator);
        ++*all;
    }
    closedir(folder);
    return found;
}

static void agrees_where_cjson_is_exact(void **state)
{
    int all = 0;
    (void)state;
    int judged = count("accept", judge, &all);
    print_message("%d of %d texts judged\n", judged, all);
    assert_true(judged >= LEAST);
}

static bool cjson_accepts(const char *path, const dvg_allocator *allocator)
{
    dvg_bytes text;
    assert_int_equal(dvg_file_read(path, allocator, &text, NULL), DVG_OK);
    cJSON *tree = cJSON_ParseWithLength(text.data, text.size);
    dvg_bytes_clear(&text, allocator);
    cJSON_Delete(tree);
    return tree != NULL;
}

/* What README.md says of the verdicts. Another version of cJSON may judge a few otherwise. */
static void differs_where_the_readme_says(void **state)
{
    int all = 0;
    (void)state;
    int wrong = count("reject", cjson_accepts, &all);
    int before = all;
    int accepted = count("accept", cjson_accepts, &all);
    wrong += all - before - accepted;
    print_message("%d of %d verdicts differ\n", wrong, all);
    assert_true(wrong >= 40);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees_where_cjson_is_exact),
                                       cmocka_unit_test(differs_where_the_readme_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
