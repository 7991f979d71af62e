/*
 * fuzz_diff: two documents side by side, split at the first 0xFF byte; without one, a document
 * against itself. Checks: the ledger balances (or the run fails); a document against itself gives
 * nothing; swapping the sides gives as many divergences; none at all only where both are equal;
 * without rules, none exactly where both have one canonical form.
 */
#include "engine/run.h"
#include "json/canonical.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int truth)
{
    if (!truth)
        abort();
}

static bool read_text(dvg_document *document, const uint8_t *data, size_t size,
                      const dvg_rules *rules, const dvg_allocator *allocator)
{
    char *text = calloc(1, size + 64);
    if (size > 0)
        memcpy(text, data, size);
    dvg_document_init(document, allocator);
    dvg_status status = dvg_json_read(document, text, size, "input", &rules->reading, NULL);
    document->owns_source = true;
    document->source = text;
    document->source_capacity = size + 64;
    return status == DVG_OK;
}

/* Divergences between two documents; SIZE_MAX where a key cannot be matched. */
static size_t count(const dvg_rules *rules, const dvg_document *left, const dvg_document *right,
                    const dvg_allocator *allocator, dvg_ledger *ledger)
{
    dvg_run_input input;
    dvg_result *result;
    dvg_error error;
    memset(&input, 0, sizeof input);
    dvg_error_clear(&error);
    input.allocator = *allocator;
    input.rules = rules;
    dvg_status status = dvg_engine_run_documents(&result, &input, left, right, "a.json", &error);
    require(status == DVG_OK || status == DVG_E_INPUT);
    if (status != DVG_OK)
        return SIZE_MAX;
    size_t records = result->record_count;
    *ledger = result->ledger;
    for (size_t i = 0; i < records; i++) {
        dvg_buffer path;
        dvg_buffer_init(&path, allocator);
        dvg_path_render(&path, result->records[i].path, allocator);
        dvg_path_pointer(&path, result->records[i].path, 0, allocator);
        dvg_buffer_clear(&path);
    }
    dvg_engine_free(result);
    return records;
}

static bool same_form(const dvg_document *left, const dvg_document *right,
                      const dvg_allocator *allocator)
{
    dvg_buffer forms[2];
    dvg_buffer_init(&forms[0], allocator);
    dvg_buffer_init(&forms[1], allocator);
    require(dvg_canonical_write(&forms[0], dvg_document_root(left)));
    require(dvg_canonical_write(&forms[1], dvg_document_root(right)));
    bool same =
        forms[0].size == forms[1].size && memcmp(forms[0].data, forms[1].data, forms[0].size) == 0;
    dvg_buffer_clear(&forms[0]);
    dvg_buffer_clear(&forms[1]);
    return same;
}

static void check(const dvg_rules *rules, const dvg_document *left, const dvg_document *right,
                  const dvg_allocator *allocator)
{
    dvg_ledger ledger;
    dvg_ledger swapped;
    bool equal = false;
    size_t forth = count(rules, left, right, allocator, &ledger);
    size_t back = count(rules, right, left, allocator, &swapped);
    require(forth == back || rules->skip_from_document != NULL || rules->keyed_count > 0);
    if (forth == SIZE_MAX)
        return;
    if (count(rules, left, left, allocator, &swapped) != SIZE_MAX)
        require(rules->numbers == DVG_NUMBERS_DOUBLE ||
                count(rules, left, left, allocator, &swapped) == 0);
    if (rules->reading.duplicates == DVG_DUPLICATES_REPORT)
        require(same_form(left, right, allocator) == (forth == 0));
    require(dvg_value_loosely_equal(dvg_document_root(left), dvg_document_root(right), allocator,
                                    &equal));
    /* Equal by type is stricter than equal by value; but a bare NaN never equals itself there. */
    if (forth == 0 && dvg_value_type(dvg_document_root(left)) >= DVG_STRING &&
        ledger.skipped == 0 && ledger.side[0].shadowed == 0 && ledger.side[1].shadowed == 0 &&
        rules->arrays != DVG_MATCH_MULTISET && rules->arrays != DVG_MATCH_BEST &&
        rules->keyed_count == 0 && rules->reading.duplicates == DVG_DUPLICATES_LAST)
        require(equal);
}

/* Three ways to read, and then the ways to match arrays under the first. */
enum { READINGS = 3, VARIANTS = READINGS + 4 };

static void set_rules(dvg_rules *rules, const dvg_allocator *allocator, int variant)
{
    static const dvg_matching ways[VARIANTS] = {
        DVG_MATCH_POSITION, DVG_MATCH_POSITION, DVG_MATCH_POSITION, DVG_MATCH_INFER,
        DVG_MATCH_SEQUENCE, DVG_MATCH_MULTISET, DVG_MATCH_BEST};
    dvg_rules_init(rules, allocator);
    rules->arrays = ways[variant];
    rules->reading.nonfinite = true;
    rules->reading.depth = 200;
    rules->reading.duplicates =
        variant == 0 ? DVG_DUPLICATES_REPORT : DVG_DUPLICATES_LAST; /* the ways, too */
    rules->surplus_is_length = variant == 2;
    rules->numbers = variant == 2 ? DVG_NUMBERS_DOUBLE : DVG_NUMBERS_EXACT;
    require(dvg_rules_add_document(rules, "a.json", 6, NULL) == DVG_OK);
    if (variant == 2) {
        require(dvg_rules_add_keyed(rules, "a.json", "k", 1, "id", 2, NULL) == DVG_OK);
        require(dvg_rules_add_skip(rules, "*", "s", 1, NULL) == DVG_OK);
        require(dvg_rules_add_skip(rules, "*", "b[]", 3, NULL) == DVG_OK);
        rules->skip_from_document = "skip";
    }
    require(dvg_rules_finish(rules, NULL) == DVG_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){0, 0});
    const uint8_t *split = size == 0 ? NULL : memchr(data, 0xff, size);
    size_t left_size = split == NULL ? size : (size_t)(split - data);
    const uint8_t *right_data = split == NULL ? data : split + 1;
    size_t right_size = split == NULL ? size : size - left_size - 1;
    for (int variant = 0; variant < VARIANTS; variant++) {
        dvg_rules rules;
        dvg_document left;
        dvg_document right;
        set_rules(&rules, &allocator, variant);
        bool left_read = read_text(&left, data, left_size, &rules, &allocator);
        bool right_read = read_text(&right, right_data, right_size, &rules, &allocator);
        if (left_read && right_read)
            check(&rules, &left, &right, &allocator);
        dvg_document_clear(&left);
        dvg_document_clear(&right);
        dvg_rules_clear(&rules);
    }
    return 0;
}
