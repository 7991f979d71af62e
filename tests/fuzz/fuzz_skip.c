/*
 * fuzz_skip: entries that hide paths, one a line up to the first 0xFF byte, then two documents that
 * another one separates. Checks: paths and pointers are what a literal rendering gives, and lead
 * to the values; the three tests agree with a literal second implementation on every path; a run
 * with the entries finds what the run without them finds, less the hidden, in the same order.
 */
#include "engine/run.h"
#include "fuzz/oracle.h"
#include "value/python.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ENTRIES_MOST = 300 };

struct entries {
    dvg_text texts[ENTRIES_MOST];
    size_t count;
};

/* ---- the second implementation */

static bool is_entry(const struct entries *entries, const char *text, size_t size)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (oracle_same_text(entries->texts[i], (dvg_text){text, size}))
            return true;
    }
    return false;
}

/* Whole, normal form, last part of the normal form. */
static bool is_hidden(const struct entries *entries, dvg_text path)
{
    dvg_buffer normal;
    dvg_buffer_init(&normal, plain_allocator());
    dvg_buffer_reserve(&normal, 1);
    size_t last = 0;
    for (size_t start = 0; start <= path.size;) {
        size_t end = start;
        while (end < path.size && path.data[end] != '.')
            end++;
        if (start > 0)
            dvg_buffer_add_byte(&normal, '.');
        last = normal.size;
        size_t cut = start;
        while (cut < end && path.data[cut] != '[')
            cut++;
        dvg_buffer_add(&normal, path.data + start, cut - start);
        if (cut < end)
            dvg_buffer_add_text(&normal, "[]");
        start = end + 1;
    }
    bool hidden = is_entry(entries, path.data, path.size) ||
                  is_entry(entries, normal.data, normal.size) ||
                  is_entry(entries, normal.data + last, normal.size - last);
    dvg_buffer_clear(&normal);
    return hidden;
}

/* What stands for a key. */
static void add_key(dvg_buffer *out, dvg_value key)
{
    dvg_text text = dvg_value_text(key);
    static const char *const words[] = {"None", "None", "False", "True"};
    if (dvg_value_type(key) == DVG_INTEGER && oracle_same_text(text, (dvg_text){"-0", 2}))
        dvg_buffer_add_byte(out, '0');
    else if (dvg_value_type(key) == DVG_INTEGER || dvg_value_type(key) == DVG_STRING)
        dvg_buffer_add(out, text.data, text.size);
    else if (dvg_value_type(key) < DVG_INTEGER)
        dvg_buffer_add_text(out, words[dvg_value_type(key)]);
    else
        dvg_number_python(out, key); /* fuzz_writers looks at that */
}

static void render(dvg_buffer *out, const dvg_step *step)
{
    char number[40];
    if (step == NULL)
        return;
    render(out, step->parent);
    if (step->kind == DVG_STEP_MEMBER) {
        if (out->size > 0)
            dvg_buffer_add_byte(out, '.');
        dvg_buffer_add(out, dvg_value_text(step->value).data, dvg_value_text(step->value).size);
    } else if (step->kind == DVG_STEP_INDEX) {
        snprintf(number, sizeof number, "[%llu]",
                 (unsigned long long)step->index[step->index[0] == UINT64_MAX]);
        dvg_buffer_add_text(out, number);
    } else {
        dvg_buffer_add_byte(out, '[');
        dvg_buffer_add_text(out, step->field);
        dvg_buffer_add_byte(out, '=');
        add_key(out, step->value);
        dvg_buffer_add_byte(out, ']');
    }
}

static dvg_text text_of(const dvg_buffer *buffer)
{
    return (dvg_text){buffer->size > 0 ? buffer->data : "", buffer->size};
}

static bool is_step_hidden(const struct entries *entries, const dvg_step *step)
{
    dvg_buffer path;
    dvg_buffer_init(&path, plain_allocator());
    render(&path, step);
    bool hidden = is_hidden(entries, text_of(&path));
    dvg_buffer_clear(&path);
    return hidden;
}

/* Is a record hidden by its own path, or by one that leads there? An element of a keyed array that
 * only one side has is not put to the tests, its array is. */
static bool is_record_hidden(const struct entries *entries, const dvg_record *record)
{
    const dvg_step *step = record->path;
    if (step != NULL && step->kind == DVG_STEP_KEYED &&
        (record->left.cell == NULL || record->right.cell == NULL))
        step = step->parent;
    for (; step != NULL; step = step->parent) {
        if (is_step_hidden(entries, step))
            return true;
    }
    return is_step_hidden(entries, NULL);
}

/* ---- pointers */

/* What a JSON Pointer leads to; absent: nothing. */
static dvg_value follow(dvg_value value, dvg_text pointer)
{
    size_t at = 0;
    while (at < pointer.size && value.cell != NULL) {
        dvg_buffer name;
        dvg_buffer_init(&name, plain_allocator());
        REQUIRE(pointer.data[at] == '/');
        for (at++; at < pointer.size && pointer.data[at] != '/'; at++) {
            char c = pointer.data[at];
            if (c == '~')
                c = pointer.data[++at] == '0' ? '~' : '/';
            dvg_buffer_add_byte(&name, c);
        }
        if (dvg_value_type(value) == DVG_OBJECT)
            value = oracle_member(value, text_of(&name), 0);
        else if (dvg_value_type(value) == DVG_ARRAY)
            value = dvg_value_at(value, strtoull(dvg_buffer_string(&name), NULL, 10));
        else
            value = dvg_value_absent();
        dvg_buffer_clear(&name);
    }
    return value;
}

static void check_pointer(const dvg_record *record, int side, const dvg_document *document)
{
    dvg_buffer pointer;
    dvg_value value = side == 0 ? record->left : record->right;
    if (value.cell == NULL || document->repeated > 0)
        return;
    dvg_buffer_init(&pointer, plain_allocator());
    dvg_path_pointer(&pointer, record->path, side, plain_allocator());
    REQUIRE(follow(dvg_document_root(document), text_of(&pointer)).cell == value.cell);
    dvg_buffer_clear(&pointer);
}

/* ---- entries */

static void add_entry(struct entries *entries, dvg_text text)
{
    if (entries->count < ENTRIES_MOST)
        entries->texts[entries->count++] = text;
}

static void add_lines(struct entries *entries, const char *data, size_t size)
{
    while (size > 0) {
        const char *end = memchr(data, '\n', size);
        size_t length = end == NULL ? size : (size_t)(end - data);
        add_entry(entries, (dvg_text){data, length});
        data += length + (end != NULL);
        size -= length + (end != NULL);
    }
}

/* The strings of the list that a document itself brings. */
static void add_own(struct entries *entries, dvg_value root)
{
    dvg_value list =
        dvg_value_type(root) == DVG_OBJECT ? dvg_value_member(root, "skip", 4) : dvg_value_absent();
    if (dvg_value_type(list) != DVG_ARRAY)
        return;
    for (uint64_t i = 0; i < dvg_value_count(list); i++) {
        if (dvg_value_type(dvg_value_at(list, i)) == DVG_STRING)
            add_entry(entries, dvg_value_text(dvg_value_at(list, i)));
    }
}

static void check_path(const struct entries *entries, const dvg_skip *skip, dvg_text path)
{
    bool failed = false;
    bool hidden = dvg_skip_test(skip, path, &failed) >= 0;
    dvg_text bare = dvg_path_bare(path.data, path.size);
    REQUIRE(!failed && hidden == is_hidden(entries, path));
    REQUIRE(oracle_same_text(bare, oracle_bare(path)));
    REQUIRE(!hidden || dvg_skip_maybe(skip, bare));
}

/* The three tests on every path that was found, and on the entries themselves. */
static void check_paths(const struct entries *entries, const dvg_result *result)
{
    dvg_skip skip;
    dvg_buffer path, literal;
    dvg_skip_init(&skip, plain_allocator());
    for (size_t i = 0; i < entries->count; i++)
        REQUIRE(dvg_skip_add(&skip, entries->texts[i].data, entries->texts[i].size));
    for (size_t i = 0; i < entries->count; i++)
        check_path(entries, &skip, entries->texts[i]);
    for (size_t i = 0; result != NULL && i < result->record_count; i++) {
        dvg_buffer_init(&path, plain_allocator());
        dvg_buffer_init(&literal, plain_allocator());
        dvg_path_render(&path, result->records[i].path, plain_allocator());
        render(&literal, result->records[i].path);
        REQUIRE(oracle_same_text(text_of(&path), text_of(&literal)));
        check_path(entries, &skip, text_of(&path));
        dvg_buffer_clear(&path);
        dvg_buffer_clear(&literal);
    }
    dvg_skip_clear(&skip);
}

/* ---- runs */

static void set_rules(dvg_rules *rules, bool last, const struct entries *entries)
{
    dvg_rules_init(rules, plain_allocator());
    rules->arrays = DVG_MATCH_POSITION;
    rules->reading.nonfinite = true;
    rules->reading.depth = 60;
    rules->surplus_is_length = last;
    rules->reading.duplicates = last ? DVG_DUPLICATES_LAST : DVG_DUPLICATES_REPORT;
    REQUIRE(dvg_rules_add_document(rules, "a.json", 6, NULL) == DVG_OK);
    REQUIRE(dvg_rules_add_keyed(rules, "*", "k", 1, "id", 2, NULL) == DVG_OK);
    REQUIRE(dvg_rules_add_keyed(rules, "*", "q", 1, "a.b", 3, NULL) == DVG_OK);
    for (size_t i = 0; entries != NULL && i < entries->count; i++)
        REQUIRE(dvg_rules_add_skip(rules, i % 2 ? "*" : "a.json", entries->texts[i].data,
                                   entries->texts[i].size, NULL) == DVG_OK);
    rules->skip_from_document = entries != NULL ? "skip" : NULL;
    REQUIRE(dvg_rules_finish(rules, NULL) == DVG_OK);
}

static dvg_result *run(const dvg_rules *rules, const dvg_document documents[2])
{
    dvg_run_input input;
    dvg_result *result = NULL;
    memset(&input, 0, sizeof input);
    input.allocator = *plain_allocator();
    input.rules = rules;
    dvg_status status =
        dvg_engine_run_documents(&result, &input, &documents[0], &documents[1], "a.json", NULL);
    REQUIRE(status == DVG_OK || status == DVG_E_INPUT);
    return result;
}

static void check_same_record(const dvg_record *a, const dvg_record *b)
{
    REQUIRE(a->kind == b->kind && a->left.cell == b->left.cell && a->right.cell == b->right.cell);
    REQUIRE(dvg_path_depth(a->path) == dvg_path_depth(b->path));
}

static void check_runs(const struct entries *given, const dvg_document documents[2], bool last)
{
    dvg_rules all, some;
    struct entries *entries = malloc(sizeof *entries);
    REQUIRE(entries != NULL);
    *entries = *given;
    set_rules(&all, last, NULL);
    set_rules(&some, last, given);
    dvg_result *whole = run(&all, documents);
    dvg_result *part = run(&some, documents);
    for (int side = 0; side < 2; side++)
        add_own(entries, dvg_document_root(&documents[side]));
    check_paths(entries, whole);
    if (whole != NULL) {
        size_t kept = 0;
        REQUIRE(part != NULL);
        for (size_t i = 0; i < whole->record_count; i++) {
            const dvg_record *record = &whole->records[i];
            for (int side = 0; side < 2; side++)
                check_pointer(record, side, &documents[side]);
            if (is_record_hidden(entries, record))
                continue;
            REQUIRE(kept < part->record_count);
            check_same_record(record, &part->records[kept++]);
        }
        REQUIRE(kept == part->record_count);
    }
    dvg_engine_free(whole);
    dvg_engine_free(part);
    dvg_rules_clear(&all);
    dvg_rules_clear(&some);
    free(entries);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = data + size;
    const uint8_t *left = size == 0 ? NULL : memchr(data, 0xff, size);
    const uint8_t *right = left == NULL ? NULL : memchr(left + 1, 0xff, (size_t)(end - left - 1));
    if (right == NULL)
        return 0;
    static struct entries entries;
    entries.count = 0;
    add_lines(&entries, (const char *)data, (size_t)(left - data));
    if (entries.count > ENTRIES_MOST / 3)
        return 0;
    for (int last = 0; last < 2; last++) {
        dvg_document documents[2];
        dvg_rules rules;
        set_rules(&rules, last != 0, NULL);
        dvg_status status =
            oracle_read(&documents[0], left + 1, (size_t)(right - left - 1), &rules.reading, NULL);
        if (oracle_read(&documents[1], right + 1, (size_t)(end - right - 1), &rules.reading,
                        NULL) == DVG_OK &&
            status == DVG_OK)
            check_runs(&entries, documents, last != 0);
        dvg_document_clear(&documents[0]);
        dvg_document_clear(&documents[1]);
        dvg_rules_clear(&rules);
    }
    return 0;
}
