/*
 * bench_reader: how fast the reader is, and how much memory a document takes: F0. Reads the named
 * file once and parses it N times in one thread; prints megabytes a second (median) and bytes of
 * text, tape and pool for each byte of text.
 */
#include "json/reader.h"
#include "os/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static double parse_once(const dvg_bytes *bytes, const dvg_reading *reading,
                         const dvg_allocator *allocator, size_t *memory)
{
    dvg_document document;
    dvg_error error;
    dvg_error_clear(&error);
    dvg_document_init(&document, allocator);
    double start = now();
    if (dvg_json_read(&document, bytes->data, bytes->size, "bench", reading, &error) != DVG_OK) {
        fprintf(stderr, "bench_reader: %s\n", error.message);
        exit(1);
    }
    double seconds = now() - start;
    *memory = document.cell_capacity * sizeof(dvg_cell) + document.pool.capacity;
    dvg_document_clear(&document);
    return seconds;
}

int main(int argc, char **argv)
{
    enum { MOST = 101 };
    double seconds[MOST];
    size_t memory = 0;
    int runs = argc > 2 ? atoi(argv[2]) : 9;
    dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){0, 0});
    dvg_reading reading;
    dvg_bytes bytes;
    dvg_error error;
    if (argc < 2 || runs < 1 || runs > MOST) {
        fprintf(stderr, "usage: bench_reader FILE [RUNS]\n");
        return 2;
    }
    dvg_error_clear(&error);
    dvg_reading_init(&reading);
    reading.nonfinite = true;
    if (dvg_file_read(argv[1], &allocator, &bytes, &error) != DVG_OK) {
        fprintf(stderr, "bench_reader: %s: %s\n", argv[1], error.message);
        return 1;
    }
    parse_once(&bytes, &reading, &allocator, &memory);
    for (int i = 0; i < runs; i++)
        seconds[i] = parse_once(&bytes, &reading, &allocator, &memory);
    qsort(seconds, (size_t)runs, sizeof *seconds, by_value);
    printf("reader_mb_per_second %.0f\nreader_seconds %.6f\nmemory_per_byte %.2f\n",
           (double)bytes.size / seconds[runs / 2] / 1e6, seconds[runs / 2],
           (double)(bytes.size + memory) / (double)bytes.size);
    dvg_bytes_clear(&bytes, &allocator);
    return 0;
}
