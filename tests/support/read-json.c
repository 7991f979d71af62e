/*
 * read-json: what the reader makes of files, one line each: "accept" with the value as compact
 * ASCII JSON, or "reject" with the place and the reason. For the corpus tests.
 */
#include "json/reader.h"
#include "json/writer.h"
#include "os/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void accept(const dvg_document *document)
{
    static const dvg_json_style style = {-2, 0, false, true, true, false, false};
    dvg_buffer text;
    dvg_buffer_init(&text, &document->allocator);
    if (dvg_json_write(&text, dvg_document_root(document), &style))
        printf("accept %.*s\n", (int)text.size, text.data);
    dvg_buffer_clear(&text);
}

static void reject(const dvg_error *error)
{
    printf("reject %llu:%llu byte %llu: %s\n", (unsigned long long)error->line,
           (unsigned long long)error->column, (unsigned long long)error->byte, error->message);
}

static int judge(const char *path, const dvg_reading *reading, const dvg_allocator *allocator)
{
    dvg_error error;
    dvg_bytes bytes;
    dvg_document document;
    dvg_error_clear(&error);
    if (dvg_file_read(path, allocator, &bytes, &error) != DVG_OK) {
        fprintf(stderr, "read-json: %s: %s\n", path, error.message);
        return 1;
    }
    dvg_document_init(&document, allocator);
    if (dvg_json_read(&document, bytes.data, bytes.size, path, reading, &error) == DVG_OK)
        accept(&document);
    else
        reject(&error);
    dvg_document_clear(&document);
    dvg_bytes_clear(&bytes, allocator);
    return 0;
}

int main(int argc, char **argv)
{
    dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){0, 0});
    dvg_reading reading;
    int failed = 0;
    dvg_reading_init(&reading);
    reading.duplicates = DVG_DUPLICATES_LAST;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--nonfinite") == 0)
            reading.nonfinite = true;
        else if (strcmp(argv[i], "--depth") == 0 && i + 1 < argc)
            reading.depth = strtoull(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--digits") == 0 && i + 1 < argc)
            reading.integer_digits = strtoull(argv[++i], NULL, 10);
        else
            failed |= judge(argv[i], &reading, &allocator);
    }
    return failed;
}
