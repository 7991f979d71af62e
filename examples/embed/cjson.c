/*
 * cjson: compare two live cJSON trees, without text between them.
 *
 *     cjson PROFILE
 *
 * PROFILE is state.lua beside this file. Ends 0 when there is a verdict, whatever it is, and 1
 * when there is none.
 */
#include <diverge/cjson.h>

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A program's state, as it may stand in its memory at two moments. */
static cJSON *make_state(int speed, const char *first_door, const char *second_door, int open)
{
    const char *const doors[2] = {first_door, second_door};
    cJSON *state = cJSON_CreateObject();
    cJSON *list;
    cJSON_AddNumberToObject(state, "speed", speed);
    cJSON_AddNumberToObject(state, "serial", 18446744073709551615.0);
    list = cJSON_AddArrayToObject(state, "doors");
    for (int i = 0; i < 2; i++) {
        cJSON *door = cJSON_CreateObject();
        cJSON_AddStringToObject(door, "id", doors[i]);
        cJSON_AddBoolToObject(door, "open", doors[i][0] == 'r' && open);
        cJSON_AddItemToArray(list, door);
    }
    return state;
}

static void print_divergence(dvg_result *result, size_t index)
{
    dvg_divergence found;
    dvg_text left, right;
    if (dvg_result_get(result, index, &found, NULL) != DVG_OK ||
        dvg_result_value(result, index, DVG_LEFT, &left, NULL) != DVG_OK)
        return;
    printf("%.*s: %s, %.*s", (int)found.path.size, found.path.data, found.kind, (int)left.size,
           left.data);
    if (dvg_result_value(result, index, DVG_RIGHT, &right, NULL) == DVG_OK)
        printf(" -> %.*s", (int)right.size, right.data);
    printf("\n");
}

static dvg_status compare(dvg_context *context, const dvg_document *before,
                          const dvg_document *after, dvg_error *error)
{
    dvg_result *result = NULL;
    dvg_status status = dvg_run_documents(&result, context, before, after, "state.json", error);
    if (status != DVG_OK)
        return status;
    for (size_t i = 0; i < dvg_result_count(result); i++)
        print_divergence(result, i);
    printf("%zu divergences\n", dvg_result_count(result));
    /* cJSON holds numbers as doubles: beyond 2^53 two of them may have become one. */
    printf("%" PRIu64 " numbers may have lost digits in cJSON\n",
           dvg_result_ledger(result)->inexact);
    dvg_result_free(result);
    return DVG_OK;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        printf("usage: cjson PROFILE\n");
        return argc == 1 ? 0 : 1;
    }
    dvg_context *context = NULL;
    dvg_document *before = NULL;
    dvg_document *after = NULL;
    dvg_error error;
    /* The doors stand in another order: they are matched by their id. */
    cJSON *first = make_state(88, "front", "rear", 0);
    cJSON *second = make_state(90, "rear", "front", 1);
    dvg_status status = dvg_context_new(&context, NULL, &error);
    if (status == DVG_OK)
        status = dvg_context_use_profile(context, argv[1], &error);
    if (status == DVG_OK)
        status = dvg_document_from_cjson(&before, first, NULL, &error);
    if (status == DVG_OK)
        status = dvg_document_from_cjson(&after, second, NULL, &error);
    if (status == DVG_OK)
        status = compare(context, before, after, &error);
    if (status != DVG_OK) {
        char line[4096];
        dvg_error_format(&error, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    dvg_document_free(before);
    dvg_document_free(after);
    dvg_context_free(context);
    cJSON_Delete(first);
    cJSON_Delete(second);
    return status == DVG_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
