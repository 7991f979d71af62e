/*
 * fuzz_sequence: two sequences of small numbers. Each byte is an element, those of the right one
 * stand behind the first 0xFF byte; bit 7 wraps it in an object.
 * Checks: as many elements keep their place as in a longest common subsequence found by the
 * textbook's table, as long as no budget ends the search; every element is told of or kept; the
 * mirrored run finds as much; nothing is found only where both are equal.
 */
#include "engine/run.h"
#include "fuzz/oracle.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 120 };

static void read_sequence(dvg_document *document, const uint8_t *data, size_t size)
{
    dvg_rules rules;
    dvg_buffer text;
    char element[32];
    dvg_buffer_init(&text, plain_allocator());
    dvg_buffer_add_byte(&text, '[');
    for (size_t i = 0; i < size; i++) {
        (void)snprintf(element, sizeof element, data[i] < 128 ? "%s%d" : "%s{\"v\":[%d]}",
                       i > 0 ? "," : "", data[i] % 128);
        dvg_buffer_add_text(&text, element);
    }
    dvg_buffer_add_byte(&text, ']');
    dvg_rules_init(&rules, plain_allocator());
    REQUIRE(oracle_read(document, text.data, text.size, &rules.reading, NULL) == DVG_OK);
    dvg_rules_clear(&rules);
    dvg_buffer_clear(&text);
}

/* Length of a longest common subsequence, by the table. */
static size_t common(const uint8_t *left, size_t left_size, const uint8_t *right, size_t right_size)
{
    size_t table[2][MOST + 1];
    memset(table, 0, sizeof table);
    for (size_t i = 1; i <= left_size; i++) {
        size_t *row = table[i % 2];
        const size_t *above = table[1 - i % 2];
        row[0] = 0;
        for (size_t j = 1; j <= right_size; j++) {
            size_t longest = above[j] > row[j - 1] ? above[j] : row[j - 1];
            row[j] = left[i - 1] == right[j - 1] ? above[j - 1] + 1 : longest;
        }
    }
    return table[left_size % 2][right_size];
}

/* Elements that did not keep their place, of either side; SIZE_MAX: the order as a whole is another
 * one. */
struct told {
    size_t records;
    size_t of[2];
};

static struct told compare(const dvg_document *left, const dvg_document *right)
{
    struct told told = {0, {0, 0}};
    dvg_rules rules;
    dvg_run_input input;
    dvg_result *result;
    dvg_rules_init(&rules, plain_allocator());
    rules.arrays = DVG_MATCH_SEQUENCE;
    REQUIRE(dvg_rules_add_document(&rules, "a.json", 6, NULL) == DVG_OK);
    REQUIRE(dvg_rules_finish(&rules, NULL) == DVG_OK);
    memset(&input, 0, sizeof input);
    input.allocator = *plain_allocator();
    input.rules = &rules;
    REQUIRE(dvg_engine_run_documents(&result, &input, left, right, "a.json", NULL) == DVG_OK);
    told.records = result->record_count;
    const dvg_step *last = NULL; /* of an element that was told of */
    for (size_t i = 0; i < result->record_count; i++) {
        const dvg_record *record = &result->records[i];
        const dvg_step *step = record->path;
        while (step != NULL && step->parent != NULL)
            step = step->parent;
        if (record->kind == DVG_KIND_REORDERED)
            told.of[0] = told.of[1] = SIZE_MAX;
        bool again = last != NULL && step != NULL && last->index[0] == step->index[0] &&
                     last->index[1] == step->index[1];
        for (int side = 0; side < 2 && told.of[0] != SIZE_MAX && !again; side++)
            told.of[side] += step->index[side] != UINT64_MAX;
        last = step;
    }
    dvg_engine_free(result);
    dvg_rules_clear(&rules);
    return told;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *split = size == 0 ? NULL : memchr(data, 0xff, size);
    size_t sizes[2] = {split == NULL ? size : (size_t)(split - data), 0};
    const uint8_t *right_data = split == NULL ? data : split + 1;
    sizes[1] = split == NULL ? size : size - sizes[0] - 1;
    if (sizes[0] > MOST || sizes[1] > MOST)
        return 0;
    dvg_document left;
    dvg_document right;
    read_sequence(&left, data, sizes[0]);
    read_sequence(&right, right_data, sizes[1]);
    struct told forth = compare(&left, &right);
    struct told back = compare(&right, &left);
    size_t kept = common(data, sizes[0], right_data, sizes[1]);
    bool equal = sizes[0] == sizes[1] && memcmp(data, right_data, sizes[0]) == 0;
    REQUIRE((forth.records == 0) == equal);
    REQUIRE(forth.records == back.records);
    REQUIRE(forth.of[0] == back.of[1] && forth.of[1] == back.of[0]);
    for (int side = 0; side < 2 && forth.of[0] != SIZE_MAX; side++)
        REQUIRE(forth.of[side] == sizes[side] - kept);
    dvg_document_clear(&left);
    dvg_document_clear(&right);
    return 0;
}
