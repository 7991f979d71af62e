/*
 * fuzz_reader: any bytes as JSON. Checks: what is accepted is written and read back to the same
 * text; what is refused says where, within the text; every duplicate policy agrees on acceptance.
 */
#include "json/reader.h"
#include "json/writer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int truth)
{
    if (!truth)
        abort();
}

static dvg_status read_text(dvg_document *document, const char *text, size_t size,
                            dvg_duplicates duplicates, dvg_error *error)
{
    dvg_reading reading;
    dvg_reading_init(&reading);
    reading.nonfinite = true;
    reading.duplicates = duplicates;
    reading.depth = 200;
    reading.seed = (dvg_seed){{size, 7}};
    dvg_error_clear(error);
    return dvg_json_read(document, text, size, "input", &reading, error);
}

static void check_error(const dvg_error *error, size_t size)
{
    require(error->status == DVG_E_INPUT || error->status == DVG_E_LIMIT);
    require(error->line > 0 && error->column > 0 && error->byte <= size);
    require(error->message[0] != '\0' && strchr(error->message, '\n') == NULL);
}

/* Write the value, read it again, write it again: the texts must be the same. */
static void check_again(const dvg_document *document, const dvg_allocator *allocator)
{
    static const dvg_json_style style = {-2, 0, false, true, true, false, false};
    dvg_buffer first;
    dvg_buffer second;
    dvg_document again;
    dvg_error error;
    dvg_buffer_init(&first, allocator);
    dvg_buffer_init(&second, allocator);
    dvg_document_init(&again, allocator);
    require(dvg_json_write(&first, dvg_document_root(document), &style));
    size_t size = first.size;
    for (int i = 0; i < 64; i++)
        dvg_buffer_add_byte(&first, '\0');
    require(read_text(&again, first.data, size, DVG_DUPLICATES_REPORT, &error) == DVG_OK);
    require(dvg_json_write(&second, dvg_document_root(&again), &style));
    require(second.size == size && memcmp(first.data, second.data, size) == 0);
    dvg_document_clear(&again);
    dvg_buffer_clear(&first);
    dvg_buffer_clear(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){0, 0});
    dvg_status status[3];
    dvg_document documents[3];
    dvg_error error;
    char *text = calloc(1, size + 64);
    if (size > 0)
        memcpy(text, data, size);
    for (int i = 0; i < 3; i++) {
        dvg_document_init(&documents[i], &allocator);
        status[i] = read_text(&documents[i], text, size, (dvg_duplicates)i, &error);
        if (status[i] != DVG_OK)
            check_error(&error, size);
        else if (i < 2)
            check_again(&documents[i], &allocator);
    }
    require(status[0] == status[1]);
    require(status[2] == DVG_OK ? documents[0].repeated == 0
                                : status[0] != DVG_OK || documents[0].repeated > 0);
    if (status[1] == DVG_OK)
        require(documents[1].cell_count + documents[1].shadowed == documents[0].cell_count);
    for (int i = 0; i < 3; i++)
        dvg_document_clear(&documents[i]);
    free(text);
    return 0;
}
