/*
 * minimal: compare two snapshots from C and print every divergence.
 *
 *     minimal PROFILE LEFT RIGHT
 *
 * Ends 0 when there is a verdict, whatever it is, and 1 when there is none.
 */
#include <diverge/diverge.h>

#include <inttypes.h>
#include <stdio.h>

static void print_divergence(dvg_result *result, size_t index)
{
    dvg_divergence found;
    dvg_text left, right;
    if (dvg_result_get(result, index, &found, NULL) != DVG_OK)
        return;
    printf("%s  ", found.file);
    /* Texts from data are counted: they may hold any character, NUL included. */
    fwrite(found.path.data, 1, found.path.size, stdout);
    printf("  %s (%s)", found.kind, found.class_name);
    if (dvg_result_value(result, index, DVG_LEFT, &left, NULL) == DVG_OK)
        printf("  %.*s", (int)left.size, left.data);
    if (dvg_result_value(result, index, DVG_RIGHT, &right, NULL) == DVG_OK)
        printf(" -> %.*s", (int)right.size, right.data);
    printf("\n");
}

static void print_result(dvg_result *result)
{
    static const char *const verdicts[] = {"the same", "different", "not comparable"};
    const dvg_ledger *ledger = dvg_result_ledger(result);
    for (size_t i = 0; i < dvg_result_count(result); i++)
        print_divergence(result, i);
    printf("%s: %zu divergences in %" PRIu64 " documents\n", verdicts[dvg_result_verdict(result)],
           dvg_result_count(result), ledger->documents);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        printf("usage: minimal PROFILE LEFT RIGHT\n");
        return argc == 1 ? 0 : 1;
    }
    dvg_context *context = NULL;
    dvg_result *result = NULL;
    dvg_error error;
    dvg_status status = dvg_context_new(&context, NULL, &error);
    if (status == DVG_OK)
        status = dvg_context_use_profile(context, argv[1], &error);
    if (status == DVG_OK)
        status = dvg_run(&result, context, argv[2], argv[3], &error);
    if (status == DVG_OK) {
        print_result(result);
    } else {
        char line[4096];
        dvg_error_format(&error, line, sizeof line);
        fprintf(stderr, "%s\n", line);
    }
    dvg_result_free(result);
    dvg_context_free(context);
    return status == DVG_OK ? 0 : 1;
}
