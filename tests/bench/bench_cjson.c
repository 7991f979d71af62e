/*
 * How long cJSON takes merely to parse files that are in memory already: the measure that the
 * whole of a diff is held against.
 *
 *     bench_cjson [-n RUNS] FILE...
 *
 * One warm-up pass, whose wall time is printed as cjson_first_seconds, then RUNS passes over all
 * files (5); cjson_parse_seconds is their median, deleting not counted.
 */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct text {
    char *data;
    size_t size;
};

static void give_up(const char *path, const char *what)
{
    fprintf(stderr, "%s: %s\n", path, what);
    exit(1);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct text read_text(const char *path)
{
    struct text text = {NULL, 0};
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        give_up(path, "cannot be read");
    long end = ftell(file);
    rewind(file);
    text.size = end > 0 ? (size_t)end : 0;
    text.data = malloc(text.size + 1);
    if (text.data == NULL || fread(text.data, 1, text.size, file) != text.size)
        give_up(path, "cannot be read");
    text.data[text.size] = '\0';
    fclose(file);
    return text;
}

/* Parse every text; the trees live together, as those of both sides would. */
static double parse_all(const struct text *texts, cJSON **trees, char **paths, int count)
{
    double begin = seconds();
    for (int i = 0; i < count; i++)
        trees[i] = cJSON_ParseWithLength(texts[i].data, texts[i].size);
    double taken = seconds() - begin;
    for (int i = 0; i < count; i++) {
        if (trees[i] == NULL)
            give_up(paths[i], "cJSON does not parse it");
        cJSON_Delete(trees[i]);
    }
    return taken;
}

static int by_value(const void *left, const void *right)
{
    double first = *(const double *)left;
    double second = *(const double *)right;
    return (first > second) - (first < second);
}

int main(int argc, char **argv)
{
    int runs = 5;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "-n") == 0) {
        runs = atoi(argv[2]);
        first = 3;
    }
    int count = argc - first;
    if (count < 1 || runs < 1) {
        fprintf(stderr, "usage: bench_cjson [-n RUNS] FILE...\n");
        return 1;
    }
    struct text *texts = calloc((size_t)count, sizeof *texts);
    cJSON **trees = calloc((size_t)count, sizeof(cJSON *));
    double *times = calloc((size_t)runs, sizeof *times);
    if (texts == NULL || trees == NULL || times == NULL)
        give_up("bench_cjson", "out of memory");
    for (int i = 0; i < count; i++)
        texts[i] = read_text(argv[first + i]);
    printf("cjson_first_seconds %.6f\n", parse_all(texts, trees, argv + first, count));
    for (int run = 0; run < runs; run++)
        times[run] = parse_all(texts, trees, argv + first, count);
    qsort(times, (size_t)runs, sizeof *times, by_value);
    printf("cjson_parse_seconds %.6f\n", times[runs / 2]);
    for (int i = 0; i < count; i++)
        free(texts[i].data);
    free(texts);
    free(trees);
    free(times);
    return 0;
}
