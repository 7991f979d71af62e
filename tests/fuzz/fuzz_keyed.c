/*
 * fuzz_keyed: two keyed arrays. Byte 0 is options, then the elements of the left array up to the
 * first 0xFF byte and those of the right one behind it; without one, an array against itself.
 * Checks: nothing is found only where a slow equality says so, and always there; the mirrored run
 * finds the same with its sides swapped; two threads find what one does, in the same order.
 */
#include "engine/run.h"
#include "fuzz/oracle.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LAST = 1, DOUBLES = 2, DOTTED = 4 }; /* the upper five bits: 1 for many elements */

enum { FILLERS = 1100 }; /* of each side: enough for a second thread */

/* ---- documents */

/* `{"k":[ELEMENTS]}`, with many elements before them that the input cannot know the keys of. */
static dvg_status read_array(dvg_document *document, const uint8_t *data, size_t size,
                             size_t fillers, uint64_t mark, const dvg_reading *reading)
{
    dvg_buffer text;
    char filler[100];
    dvg_buffer_init(&text, plain_allocator());
    dvg_buffer_add_text(&text, "{\"k\":[");
    for (size_t i = 0; i < fillers; i++) {
        snprintf(filler, sizeof filler, "%s{\"id\":\"%llx-%zu\",\"a.b\":\"%llx-%zu\"}",
                 i == 0 ? "" : ",", (unsigned long long)mark, i, (unsigned long long)mark, i);
        dvg_buffer_add_text(&text, filler);
    }
    size_t blank = 0;
    while (blank < size && memchr(" \t\r\n", data[blank], 4) != NULL)
        blank++;
    if (fillers > 0 && blank < size)
        dvg_buffer_add_byte(&text, ',');
    dvg_buffer_add(&text, data, size);
    dvg_buffer_add_text(&text, "]}");
    dvg_status status = oracle_read(document, text.data, text.size, reading, NULL);
    dvg_buffer_clear(&text);
    return status;
}

/* ---- runs */

static dvg_status run(dvg_result **result, const dvg_rules *rules, const dvg_document *left,
                      const dvg_document *right, uint32_t threads)
{
    dvg_run_input input;
    dvg_error error;
    memset(&input, 0, sizeof input);
    dvg_error_clear(&error);
    input.allocator = *plain_allocator();
    input.rules = rules;
    input.threads = threads;
    *result = NULL;
    dvg_status status = dvg_engine_run_documents(result, &input, left, right, "a.json", &error);
    REQUIRE(status == DVG_OK || (status == DVG_E_INPUT && error.message[0] != '\0'));
    REQUIRE(status == error.status && (status == DVG_OK) == (*result != NULL));
    return status;
}

static void add_place(dvg_buffer *out, dvg_value value)
{
    if (value.cell == NULL)
        dvg_buffer_add_text(out, "-");
    else
        dvg_buffer_add_u64(out, (uint64_t)(value.cell - value.document->cells));
    dvg_buffer_add_byte(out, '\0');
}

static dvg_kind mirrored(dvg_kind kind)
{
    static const dvg_kind pairs[][2] = {{DVG_KIND_MEMBER_MISSING, DVG_KIND_MEMBER_EXTRA},
                                        {DVG_KIND_ELEMENT_MISSING, DVG_KIND_ELEMENT_EXTRA}};
    for (size_t i = 0; i < 2; i++) {
        if (kind == pairs[i][0] || kind == pairs[i][1])
            return pairs[i][kind == pairs[i][0]];
    }
    return kind;
}

/* A record without its path's text, as the run with the sides swapped would give it if `swap`. */
static void add_record(dvg_buffer *out, const dvg_record *record, int swap)
{
    dvg_kind kind = (dvg_kind)record->kind;
    dvg_buffer_add_u64(out, (uint64_t)(swap ? mirrored(kind) : kind));
    dvg_buffer_add_byte(out, '\0');
    for (int i = 0; i < 2; i++) {
        int side = i ^ swap;
        add_place(out, side == 0 ? record->left : record->right);
        dvg_path_pointer(out, record->path, side, plain_allocator());
        dvg_buffer_add_byte(out, '\0');
    }
    dvg_buffer_add_u64(out, (uint64_t)(record->side == DVG_NEITHER ? 2 : record->side ^ swap));
}

/* Every record in its order, with its path. */
static void add_all(dvg_buffer *out, const dvg_result *result)
{
    for (size_t i = 0; i < result->record_count; i++) {
        add_record(out, &result->records[i], 0);
        dvg_path_render(out, result->records[i].path, plain_allocator());
        dvg_buffer_add_byte(out, '\n');
    }
}

static int compare_buffers(const void *left, const void *right)
{
    const dvg_buffer *a = left;
    const dvg_buffer *b = right;
    size_t size = a->size < b->size ? a->size : b->size;
    int order = memcmp(a->data, b->data, size);
    return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

static dvg_buffer *sorted(const dvg_result *result, int swap)
{
    dvg_buffer *list = calloc(result->record_count + 1, sizeof *list);
    REQUIRE(list != NULL);
    for (size_t i = 0; i < result->record_count; i++) {
        dvg_buffer_init(&list[i], plain_allocator());
        add_record(&list[i], &result->records[i], swap);
    }
    qsort(list, result->record_count, sizeof *list, compare_buffers);
    return list;
}

static void check_mirror(const dvg_result *forth, const dvg_result *back)
{
    REQUIRE(forth->record_count == back->record_count);
    dvg_buffer *a = sorted(forth, 0);
    dvg_buffer *b = sorted(back, 1);
    for (size_t i = 0; i < forth->record_count; i++) {
        REQUIRE(compare_buffers(&a[i], &b[i]) == 0);
        dvg_buffer_clear(&a[i]);
        dvg_buffer_clear(&b[i]);
    }
    free(a);
    free(b);
    for (int side = 0; side < 2; side++)
        REQUIRE(memcmp(&forth->ledger.side[side], &back->ledger.side[1 - side],
                       sizeof forth->ledger.side[side]) == 0);
}

static void check_threads(const dvg_result *one, const dvg_result *two)
{
    dvg_buffer a, b;
    dvg_buffer_init(&a, plain_allocator());
    dvg_buffer_init(&b, plain_allocator());
    add_all(&a, one);
    add_all(&b, two);
    REQUIRE(a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0));
    REQUIRE(memcmp(&one->ledger, &two->ledger, sizeof one->ledger) == 0);
    dvg_buffer_clear(&a);
    dvg_buffer_clear(&b);
}

/* Run both ways, and with two threads. The number of records; SIZE_MAX: a key cannot be matched. */
static size_t check_runs(const dvg_rules *rules, const dvg_document *left,
                         const dvg_document *right)
{
    dvg_result *forth, *back, *two;
    size_t count = SIZE_MAX;
    dvg_status status = run(&forth, rules, left, right, 1);
    REQUIRE(run(&back, rules, right, left, 1) == status);
    REQUIRE(run(&two, rules, left, right, 2) == status);
    if (status == DVG_OK) {
        count = forth->record_count;
        check_mirror(forth, back);
        check_threads(forth, two);
    }
    dvg_engine_free(forth);
    dvg_engine_free(back);
    dvg_engine_free(two);
    return count;
}

static void check_equality(const dvg_rules *rules, const dvg_document *left,
                           const dvg_document *right, size_t count)
{
    struct oracle oracle = {"k", rules->keyed[0].key, false, false, false};
    oracle.last_wins = rules->reading.duplicates == DVG_DUPLICATES_LAST;
    oracle.doubles = rules->numbers == DVG_NUMBERS_DOUBLE;
    bool same =
        oracle_same(&oracle, dvg_document_root(left), dvg_document_root(right), (dvg_text){"", 0});
    REQUIRE(oracle.unknown || count == SIZE_MAX || same == (count == 0));
}

static void set_rules(dvg_rules *rules, int options)
{
    const char *key = options & DOTTED ? "a.b" : "id";
    dvg_rules_init(rules, plain_allocator());
    rules->arrays = DVG_MATCH_POSITION;
    rules->reading.nonfinite = true;
    rules->reading.depth = 60;
    rules->reading.duplicates = options & LAST ? DVG_DUPLICATES_LAST : DVG_DUPLICATES_REPORT;
    rules->numbers = options & DOUBLES ? DVG_NUMBERS_DOUBLE : DVG_NUMBERS_EXACT;
    REQUIRE(dvg_rules_add_document(rules, "a.json", 6, NULL) == DVG_OK);
    REQUIRE(dvg_rules_add_keyed(rules, "a.json", "k", 1, key, strlen(key), NULL) == DVG_OK);
    REQUIRE(dvg_rules_finish(rules, NULL) == DVG_OK);
}

/* The same arrays among many others, which are equal on both sides: as many records. */
static void check_many(const dvg_rules *rules, const uint8_t *data, const size_t sizes[2],
                       const uint8_t *right_data, size_t count)
{
    dvg_document left, right;
    const dvg_seed seed = {{sizes[0] + 1, sizes[1] + 2}};
    uint64_t mark = dvg_siphash(&seed, data, sizes[0]) ^ dvg_siphash(&seed, right_data, sizes[1]);
    dvg_status status = read_array(&left, data, sizes[0], FILLERS, mark, &rules->reading);
    REQUIRE(status == DVG_OK);
    status = read_array(&right, right_data, sizes[1], FILLERS, mark, &rules->reading);
    REQUIRE(status == DVG_OK);
    size_t many = check_runs(rules, &left, &right);
    bool plain = left.repeated == 0 && right.repeated == 0 &&
                 dvg_value_count(dvg_document_root(&left)) == 1 &&
                 dvg_value_count(dvg_document_root(&right)) == 1;
    REQUIRE(!plain || many == count);
    dvg_document_clear(&left);
    dvg_document_clear(&right);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    int options = *data++;
    size--;
    const uint8_t *split = size == 0 ? NULL : memchr(data, 0xff, size);
    size_t sizes[2] = {split == NULL ? size : (size_t)(split - data), 0};
    const uint8_t *right_data = split == NULL ? data : split + 1;
    dvg_rules rules;
    dvg_document left, right;
    sizes[1] = split == NULL ? size : size - sizes[0] - 1;
    set_rules(&rules, options);
    dvg_status status = read_array(&left, data, sizes[0], 0, 0, &rules.reading);
    if (read_array(&right, right_data, sizes[1], 0, 0, &rules.reading) == DVG_OK &&
        status == DVG_OK) {
        size_t count = check_runs(&rules, &left, &right);
        check_equality(&rules, &left, &right, count);
        check_equality(&rules, &left, &left, check_runs(&rules, &left, &left));
        if (options >> 3 == 1)
            check_many(&rules, data, sizes, right_data, count);
    }
    dvg_document_clear(&left);
    dvg_document_clear(&right);
    dvg_rules_clear(&rules);
    return 0;
}
