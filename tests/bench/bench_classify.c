/*
 * bench_classify: what a divergence costs in a classifier written in Lua that reads five fields:
 * F5. The same two documents are compared under a profile with that classifier and under one
 * without any; the difference is the classifier's. Then a second classifier stands in front, which
 * reads one field and passes. Prints microseconds for one divergence.
 */
#include <diverge/diverge.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { COUNT = 200000, RUNS = 7 };

#define PROFILE_HEAD                                                                               \
    "return { api = 1, name = 'bench', documents = { 'a.json' },\n"                                \
    "  classes = { { name = 'one', title = 'One' }, { name = 'two', title = 'Two' } },\n"

static const char *const profiles[2] = {
    PROFILE_HEAD "}\n", PROFILE_HEAD
    "  classify = function(d)\n"
    "    local file, path, kind, left, right = d.file, d.path, d.kind, d.left, d.right\n"
    "    if file == 'b.json' or path == 'x' or kind == 'y' or left == right then\n"
    "      return 'two'\n"
    "    end\n"
    "    return 'one'\n"
    "  end }\n"};

static const char overlay[] = "return { api = 1, classify = function(d)\n"
                              "  if d.kind == 'none' then return 'two' end end }\n";

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left;
    double b = *(const double *)right;
    return (a > b) - (a < b);
}

static void require(dvg_status status, const dvg_error *error)
{
    char line[2048];
    if (status == DVG_OK)
        return;
    dvg_error_format(error, line, sizeof line);
    fprintf(stderr, "bench_classify: %s\n%s\n", line, error->detail);
    exit(1);
}

static dvg_document *make_document(dvg_context *context, int base)
{
    dvg_error error;
    dvg_document *document;
    size_t size = 0;
    char *text = malloc((size_t)COUNT * 64 + 64);
    size += (size_t)sprintf(text, "{\"objects\":[");
    for (int i = 0; i < COUNT; i++)
        size += (size_t)sprintf(text + size, "%s{\"name\":\"n%d\",\"value\":%d}", i > 0 ? "," : "",
                                i, i + base);
    size += (size_t)sprintf(text + size, "]}");
    require(dvg_document_read(&document, context, text, size, "a.json", &error), &error);
    free(text);
    return document;
}

static double run_once(dvg_context *context, const dvg_document *left, const dvg_document *right)
{
    dvg_result *result;
    dvg_error error;
    double start = now();
    require(dvg_run_documents(&result, context, left, right, "a.json", &error), &error);
    double seconds = now() - start;
    if (dvg_result_count(result) != COUNT) {
        fprintf(stderr, "bench_classify: %zu divergences\n", dvg_result_count(result));
        exit(1);
    }
    dvg_result_free(result);
    return seconds;
}

static void write_script(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0) {
        fprintf(stderr, "bench_classify: %s cannot be written\n", path);
        exit(1);
    }
}

static dvg_context *open_context(const char *folder, int which, bool overlaid)
{
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_context *context;
    dvg_error error;
    char path[1024];
    options.script_milliseconds = 60000;
    require(dvg_context_new(&context, &options, &error), &error);
    snprintf(path, sizeof path, "%s/bench-profile.lua", folder);
    write_script(path, profiles[which]);
    require(dvg_context_use_profile(context, path, &error), &error);
    remove(path);
    snprintf(path, sizeof path, "%s/bench-overlay.lua", folder);
    write_script(path, overlay);
    if (overlaid)
        require(dvg_context_add_classifier(context, path, &error), &error);
    remove(path);
    return context;
}

/* Median seconds of a run under one of the profiles. */
static double measure(const char *folder, int which, bool overlaid)
{
    double seconds[RUNS];
    dvg_context *context = open_context(folder, which, overlaid);
    dvg_document *left = make_document(context, 0);
    dvg_document *right = make_document(context, 1);
    run_once(context, left, right);
    for (int i = 0; i < RUNS; i++)
        seconds[i] = run_once(context, left, right);
    qsort(seconds, RUNS, sizeof *seconds, by_value);
    dvg_document_free(left);
    dvg_document_free(right);
    dvg_context_free(context);
    return seconds[RUNS / 2];
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : ".";
    double without = measure(folder, 0, false);
    double with = measure(folder, 1, false);
    double both = measure(folder, 1, true);
    printf("walk_us_per_divergence %.3f\nclassify_us_per_divergence %.3f\n"
           "overlay_us_per_divergence %.3f\n",
           without / COUNT * 1e6, (with - without) / COUNT * 1e6, (both - with) / COUNT * 1e6);
    return 0;
}
