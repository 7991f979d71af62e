/*
 * The walk, through the engine: each difference is one divergence of one kind, in a fixed order;
 * keyed arrays, sequences, skips; every node is counted once.
 */
#include "engine/run.h"
#include "json/writer.h"
#include "support/counting.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct counting counting;
static dvg_allocator allocator;
static dvg_rules rules;
static dvg_error error;
static dvg_ledger ledger;
static dvg_buffer warnings;

static int set_up(void **state)
{
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_rules_init(&rules, &allocator);
    rules.arrays = DVG_MATCH_POSITION;
    rules.reading.nonfinite = true;
    if (dvg_rules_add_document(&rules, "a.json", 6, NULL) != DVG_OK ||
        dvg_rules_finish(&rules, NULL) != DVG_OK)
        return 1;
    dvg_buffer_init(&warnings, &allocator);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    dvg_rules_clear(&rules);
    dvg_buffer_clear(&warnings);
    return counting.live != 0 || counting.wrong_size;
}

static void keyed(const char *field, const char *key)
{
    rules.reading.duplicates = DVG_DUPLICATES_LAST;
    assert_int_equal(
        dvg_rules_add_keyed(&rules, "a.json", field, strlen(field), key, strlen(key), NULL),
        DVG_OK);
}

static void hide(const char *entry)
{
    assert_int_equal(dvg_rules_add_skip(&rules, "*", entry, strlen(entry), NULL), DVG_OK);
}

static void on_warning(void *payload, const char *message)
{
    dvg_buffer_add_text(payload, message);
    dvg_buffer_add_byte(payload, '\n');
}

static void add_value(dvg_buffer *out, dvg_value value)
{
    static const dvg_json_style style = {-2, 0, false, true, false, false, false};
    if (dvg_value_type(value) == DVG_ABSENT)
        dvg_buffer_add_byte(out, '-');
    else
        assert_true(dvg_json_write(out, value, &style));
}

/* One line a divergence: "path kind left right". */
static void add_record(dvg_buffer *out, const dvg_record *record)
{
    dvg_path_render(out, record->path, &allocator);
    dvg_buffer_add_byte(out, ' ');
    dvg_buffer_add_text(out, dvg_kind_name((dvg_kind)record->kind));
    dvg_buffer_add_byte(out, ' ');
    add_value(out, record->left);
    dvg_buffer_add_byte(out, ' ');
    add_value(out, record->right);
    dvg_buffer_add_byte(out, '\n');
    assert_int_equal(record->side, record->left.cell == NULL    ? DVG_THE_RIGHT
                                   : record->right.cell == NULL ? DVG_THE_LEFT
                                                                : DVG_NEITHER);
}

static void check_sums(void)
{
    for (int i = 0; i < 2; i++)
        assert_true(ledger.side[i].read == ledger.side[i].compared + ledger.side[i].one_sided +
                                               ledger.side[i].ignored + ledger.side[i].shadowed +
                                               ledger.side[i].outside);
}

/* Compare two texts; the divergences go to `out`. */
static dvg_status run(const char *left, const char *right, dvg_buffer *out)
{
    const char *texts[2] = {left, right};
    dvg_document documents[2];
    char *copies[2];
    dvg_run_input input;
    dvg_result *result = NULL;
    memset(&input, 0, sizeof input);
    input.allocator = allocator;
    input.rules = &rules;
    input.warning = on_warning;
    input.warning_payload = &warnings;
    warnings.size = 0;
    dvg_error_clear(&error);
    for (int i = 0; i < 2; i++) {
        if (read_bytes(&documents[i], &copies[i], texts[i], strlen(texts[i]), &allocator,
                       &rules.reading, NULL) != DVG_OK)
            fail_msg("not read: %s", texts[i]);
    }
    dvg_status status =
        dvg_engine_run_documents(&result, &input, &documents[0], &documents[1], "a.json", &error);
    if (status == DVG_OK) {
        ledger = result->ledger;
        for (size_t i = 0; i < result->record_count; i++)
            add_record(out, &result->records[i]);
        check_sums();
    }
    dvg_engine_free(result);
    for (int i = 0; i < 2; i++) {
        dvg_document_clear(&documents[i]);
        free(copies[i]);
    }
    return status;
}

static void check(const char *left, const char *right, const char *expected)
{
    dvg_buffer out;
    dvg_buffer_init(&out, &allocator);
    if (run(left, right, &out) != DVG_OK)
        fail_msg("%s", error.message);
    assert_string_equal(dvg_buffer_string(&out), expected);
    dvg_buffer_clear(&out);
}

static void check_ledger(int side, uint64_t compared, uint64_t one_sided, uint64_t ignored,
                         uint64_t shadowed)
{
    assert_int_equal(ledger.side[side].compared, compared);
    assert_int_equal(ledger.side[side].one_sided, one_sided);
    assert_int_equal(ledger.side[side].ignored, ignored);
    assert_int_equal(ledger.side[side].shadowed, shadowed);
}

/* ---- exactness */

#define DIGITS_199                                                                                 \
    "88888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888" \
    "88"                                                                                           \
    "88888888888888888888888888888888888888888888888888888888888888888888888888888888888888888888" \
    "88"                                                                                           \
    "88888888888"

static void each_difference_is_one_divergence(void **state)
{
    (void)state;
    check("[" DIGITS_199 "4]", "[" DIGITS_199 "5]", "[0] value " DIGITS_199 "4 " DIGITS_199 "5\n");
    check("[18446744073709551615]", "[18446744073709551614]",
          "[0] value 18446744073709551615 18446744073709551614\n");
    check("{\"a\":1}", "{\"a\":1.0}", "a type-mismatch 1 1.0\n");
    check("{\"a\":1}", "{\"a\":true}", "a type-mismatch 1 true\n");
    check("{\"a\":1.0}", "{\"a\":true}", "a type-mismatch 1.0 true\n");
    check("{\"a\":true}", "{\"a\":false}", "a value true false\n");
    check("{\"a\":null}", "{\"a\":false}", "a type-mismatch null false\n");
    check("{\"a\":null}", "{}", "a member-missing null -\n");
    check("{}", "{\"a\":null}", "a member-extra - null\n");
    check("{\"a\":[]}", "{\"a\":{}}", "a type-mismatch [] {}\n");
    check("{\"a\":-0}", "{\"a\":-0.0}", "a type-mismatch -0 -0.0\n");
    check("\"a\\u0000b\"", "\"a\"", " value \"a\\u0000b\" \"a\"\n");
}

static void strings_and_reals_are_exact(void **state)
{
    (void)state;
    check("[\"\\ud83d\"]", "[\"\\ufffd\"]", "[0] value \"\\ud83d\" \"\\ufffd\"\n");
    check("[\"\\ud83d\\ude00\"]", "[\"\xf0\x9f\x98\x80\"]", "");
    check("[\"\\u00e9\"]", "[\"e\\u0301\"]", "[0] value \"\\u00e9\" \"e\\u0301\"\n");
    check("[1e400]", "[1e500]", "[0] value 1e400 1e500\n");
    check("[0.1]", "[0.1000000000000000001]", "[0] value 0.1 0.1000000000000000001\n");
    check("[1.10,1e3,-0.0,NaN]", "[1.1,1000.0,0.0,NaN]", "");
    rules.numbers = DVG_NUMBERS_DOUBLE;
    check("[1e400,0.1]", "[1e500,0.1000000000000000001]", "");
    check("[0.1]", "[0.10000000000000002]", "[0] value 0.1 0.10000000000000002\n");
    check("[NaN]", "[NaN]", "[0] value null null\n"); /* the style writes NaN so */
}

static void a_repeated_member_is_one_divergence(void **state)
{
    (void)state;
    check("{\"a\":1,\"a\":2}", "{\"a\":1}", "a duplicate 2 -\n");
    check("{\"a\":1}", "{\"a\":1,\"a\":1}", "a duplicate - 1\n");
    check("{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}", "");
    check("{\"a\":1,\"a\":2}", "{\"a\":2,\"a\":1}", "a duplicate 1 2\na duplicate 2 1\n");
    check("{\"a\":1,\"a\":{\"b\":1}}", "{\"a\":2,\"a\":{\"b\":2}}",
          "a duplicate 1 2\na.b duplicate 1 2\n");
    check("{\"a\":1,\"b\":0,\"a\":2}", "{\"b\":0}", "a member-missing 1 -\na duplicate 2 -\n");
    check("{\"a\":{\"x\":1,\"x\":2}}", "{\"a\":{\"x\":1,\"\\u0078\":3}}", "a.x duplicate 2 3\n");
    assert_string_equal(dvg_buffer_string(&warnings),
                        "both sides: a.json: 1 repeated member name, matched by occurrence (first "
                        "at byte 13)\n");
    check("{\"a\":1,\"a\":1}", "{\"a\":1,\"a\":1,\"a\":1}", "a duplicate - 1\n");
    assert_int_equal(ledger.warnings, 2);
    rules.reading.duplicates = DVG_DUPLICATES_LAST;
    check("{\"a\":1,\"a\":2}", "{\"a\":2}", "");
    check_ledger(0, 3, 0, 0, 2);
    check_ledger(1, 3, 0, 0, 0);
}

/* ---- order, paths */

static void records_have_a_fixed_order(void **state)
{
    (void)state;
    check("{\"z\":1,\"m\":1,\"c\":[1,2],\"a\":1,\"d\":{\"y\":1,\"x\":1}}",
          "{\"d\":{\"x\":2,\"y\":2},\"c\":[2,3],\"y\":1,\"b\":1,\"a\":2}",
          "m member-missing 1 -\nz member-missing 1 -\nb member-extra - 1\ny member-extra - 1\n"
          "a value 1 2\nc[0] value 1 2\nc[1] value 2 3\nd.x value 1 2\nd.y value 1 2\n");
    check("{\"\\uffff\":1,\"\\ud83d\\ude00\":1,\"\\ud800\":1}", "{}",
          "\xed\xa0\x80 member-missing 1 -\n\xef\xbf\xbf member-missing 1 -\n"
          "\xf0\x9f\x98\x80 member-missing 1 -\n");
}

static void nothing_is_joined_to_an_empty_path(void **state)
{
    (void)state;
    check("{\"\":{\"x\":1}}", "{\"\":{\"x\":2}}", "x value 1 2\n");
    check("{\"\":[1]}", "{\"\":[2]}", "[0] value 1 2\n");
    check("{\"a\":{\"\":1}}", "{\"a\":{\"\":2}}", "a. value 1 2\n");
    check("1", "2", " value 1 2\n");
    check("[[1]]", "[[2]]", "[0][0] value 1 2\n");
}

static void sequences_go_by_position(void **state)
{
    (void)state;
    check("{\"s\":[1,2,3,{\"a\":[4]}]}", "{\"s\":[1,9]}",
          "s[1] value 2 9\ns[2] element-missing 3 -\ns[3] element-missing {\"a\":[4]} -\n");
    check_ledger(0, 5, 5, 0, 0);
    check_ledger(1, 5, 0, 0, 0);
    check("[]", "[1]", "[0] element-extra - 1\n");
    check("[[],[1],2]", "[[],[1],2]", "");
    check("[[1],[2],3]", "[[1,[0]],[]]",
          "[0][1] element-extra - [0]\n[1][0] element-missing 2 -\n[2] element-missing 3 -\n");
}

static void lengths_may_say_it_all(void **state)
{
    (void)state;
    rules.surplus_is_length = true;
    check("{\"s\":[1,2,3,{\"a\":[4]}]}", "{\"s\":[1,9]}",
          "s length [1,2,3,{\"a\":[4]}] [1,9]\ns[1] value 2 9\n");
    check_ledger(0, 5, 5, 0, 0);
    check_ledger(1, 5, 0, 0, 0);
    check("[]", "[1]", " length [] [1]\n");
}

/* ---- keyed arrays */

static void elements_are_matched_by_key(void **state)
{
    (void)state;
    keyed("k", "id");
    check("{\"k\":[{\"id\":\"b\",\"v\":1},{\"id\":\"a\",\"v\":1},{\"id\":\"z\"},{\"id\":\"y\"}]}",
          "{\"k\":[{\"id\":\"a\",\"v\":2},{\"id\":\"x\"},{\"id\":\"b\",\"v\":3},{\"id\":\"w\"}]}",
          "k[id=y] element-missing {\"id\":\"y\"} -\nk[id=z] element-missing {\"id\":\"z\"} -\n"
          "k[id=w] element-extra - {\"id\":\"w\"}\nk[id=x] element-extra - {\"id\":\"x\"}\n"
          "k[id=a].v value 1 2\nk[id=b].v value 1 3\n");
    check("{\"x.k\":[[{\"id\":2}],{\"id\":1,\"k\":[{\"id\":7,\"v\":1}]}]}",
          "{\"x.k\":[{\"id\":1,\"k\":[{\"id\":7,\"v\":2}]}]}", "x.k[id=1].k[id=7].v value 1 2\n");
    check("{\"k[\":[{\"id\":1},{\"id\":2}]}", "{\"k[\":[{\"id\":2},{\"id\":1}]}", "");
    check("{\"k\":[{\"id\":10},{\"id\":9}]}", "{\"k\":[]}",
          "k[id=10] element-missing {\"id\":10} -\nk[id=9] element-missing {\"id\":9} -\n");
}

static void keys_are_one_as_python_has_it(void **state)
{
    (void)state;
    keyed("k", "id");
    check("{\"k\":[{\"id\":1}]}", "{\"k\":[{\"id\":1.0}]}", "k[id=1.0].id type-mismatch 1 1.0\n");
    check("{\"k\":[{\"id\":true}]}", "{\"k\":[{\"id\":1}]}", "k[id=1].id type-mismatch true 1\n");
    check("{\"k\":[{\"id\":true}]}", "{\"k\":[{\"id\":1},{\"id\":2}]}",
          "k[id=2] element-extra - {\"id\":2}\nk[id=True].id type-mismatch true 1\n");
    check("{\"k\":[{\"id\":-0.0}]}", "{\"k\":[{\"id\":false}]}",
          "k[id=False].id type-mismatch -0.0 false\n");
    check("{\"k\":[{\"id\":NaN,\"v\":1}]}", "{\"k\":[{\"id\":NaN,\"v\":2}]}",
          "k[id=nan].v value 1 2\n");
    check("{\"k\":[{\"id\":\"1\"}]}", "{\"k\":[{\"id\":1}]}",
          "k[id=1] element-missing {\"id\":\"1\"} -\nk[id=1] element-extra - {\"id\":1}\n");
    check("{\"k\":[{\"id\":9007199254740993}]}", "{\"k\":[{\"id\":9007199254740992.0}]}",
          "k[id=9007199254740993] element-missing {\"id\":9007199254740993} -\n"
          "k[id=9007199254740992.0] element-extra - {\"id\":9007199254740992.0}\n");
}

static void odd_elements_are_told(void **state)
{
    (void)state;
    keyed("k", "id");
    check("{\"k\":[1,{\"v\":1},{\"id\":\"a\",\"v\":1},{\"id\":\"a\",\"v\":2},[2]]}",
          "{\"k\":[{\"id\":null,\"v\":1},{\"id\":\"a\",\"v\":2}]}",
          "k[id=None].id member-extra - null\n");
    check_ledger(0, 11, 0, 0, 8);
    assert_string_equal(
        dvg_buffer_string(&warnings),
        "left: a.json: 2 elements in keyed arrays set aside: no object (first at k)\n"
        "left: a.json: 1 element in keyed arrays set aside: a later one has the same key (first at "
        "k)\n"
        "left: a.json: 1 element in keyed arrays without a key, matched as null (first at k)\n"
        "right: a.json: 1 element in keyed arrays without a key, matched as null (first at k)\n");
    assert_int_equal(ledger.warnings, 4);
}

/* Where the last one does not win, nothing is set aside: occurrence by occurrence. */
static void occurrences_are_matched_in_order(void **state)
{
    (void)state;
    keyed("k", "id");
    rules.reading.duplicates = DVG_DUPLICATES_REPORT;
    check("{\"k\":[{\"id\":1,\"v\":1},{\"id\":1,\"v\":2}]}", "{\"k\":[{\"id\":1,\"v\":2}]}",
          "k[id=1] duplicate {\"id\":1,\"v\":2} -\nk[id=1].v duplicate 1 2\n");
    check("{\"k\":[{\"id\":\"a\"},{\"id\":\"a\"}]}", "{\"k\":[{\"id\":\"a\"},{\"id\":\"a\"}]}", "");
    assert_int_equal(ledger.warnings, 1);
    check("{\"k\":[7,{\"id\":\"a\"},[1]]}", "{\"k\":[{\"id\":\"a\"},8]}",
          "k[id=None] keyless [1] -\nk[id=None] keyless 7 8\n");
    check_ledger(0, 7, 2, 0, 0);
    /* null for a key is the key of an element without one, whichever side that is on. */
    check("{\"k\":[{\"id\":null}]}", "{\"k\":[{\"v\":1}]}",
          "k[id=None].id keyless null -\nk[id=None].v keyless - 1\n");
    check("{\"k\":[{\"v\":1}]}", "{\"k\":[{\"id\":null}]}",
          "k[id=None].v keyless 1 -\nk[id=None].id keyless - null\n");
}

static void a_container_is_no_key(void **state)
{
    (void)state;
    dvg_buffer out;
    dvg_buffer_init(&out, &allocator);
    keyed("k", "id");
    assert_int_equal(run("{\"a\":{\"k\":[{\"id\":1},{\"id\":[]}]}}", "{\"a\":{\"k\":[]}}", &out),
                     DVG_E_INPUT);
    assert_string_equal(error.message,
                        "a.k[1]: the key \"id\" is an array, which cannot be matched");
    assert_string_equal(error.file, "a.json");
    dvg_buffer_clear(&out);
}

/* ---- skips */

static void skips_hide_places(void **state)
{
    (void)state;
    hide("hw");
    hide("b[]");
    check("{\"hw\":[1,2],\"a\":{\"hw\":1,\"x\":1},\"b\":[1,2]}",
          "{\"a\":{\"hw\":2,\"x\":1},\"b\":[3],\"c\":1}", "c member-extra - 1\n");
    assert_int_equal(ledger.skipped, 4);
    check_ledger(0, 7, 0, 8, 0);
    check_ledger(1, 7, 2, 3, 0);
}

static void skips_and_keyed_arrays(void **state)
{
    (void)state;
    keyed("k", "id");
    hide("k[]");
    check("{\"k\":[{\"id\":1,\"v\":1},{\"id\":\"m\"},{\"id\":\"a.k[z\",\"v\":1}]}",
          "{\"k\":[{\"id\":1,\"v\":2},{\"id\":\"x\"},{\"id\":\"a.k[z\",\"v\":2}]}",
          "k[id=m] element-missing {\"id\":\"m\"} -\nk[id=x] element-extra - {\"id\":\"x\"}\n");
    check("{\"k\":[{\"id\":\"a.b\",\"v\":1}]}", "{\"k\":[{\"id\":\"a.b\",\"v\":2}]}",
          "k[id=a.b].v value 1 2\n");
    hide("b]");
    check("{\"k\":[{\"id\":\"a.b\",\"v\":1}]}", "{\"k\":[{\"id\":\"a.b\",\"v\":2}]}", "");
}

static void documents_add_skips(void **state)
{
    (void)state;
    check("{\"skip\":[\"a\",1]}", "{\"skip\":[\"a\",1]}", "");
    rules.skip_from_document = "skip";
    check("{\"skip\":[\"a\",1],\"a\":1,\"b\":1,\"c\":1}",
          "{\"skip\":[\"b\",1],\"a\":2,\"b\":2,\"c\":2}",
          "c value 1 2\nskip[0] value \"a\" \"b\"\n");
    check("{\"skip\":\"a\",\"a\":1}", "{\"skip\":\"a\",\"a\":2}", "a value 1 2\n");
    hide("");
    check("{\"a\":1}", "[1,2]", "");
    check_ledger(0, 0, 0, 3, 0);
    check_ledger(1, 0, 0, 3, 0);
    assert_int_equal(ledger.skipped, 1);
}

/* ---- depth, lack of memory */

enum { LEVELS = 1000000 };

static void *walk_deep(void *payload)
{
    char *const *texts = payload;
    dvg_buffer out;
    dvg_buffer_init(&out, &allocator);
    dvg_status status = run(texts[0], texts[1], &out);
    size_t size = out.size;
    dvg_buffer_clear(&out);
    return status == DVG_OK && size == 3 * (size_t)(LEVELS - 1) + strlen(" value 1 2\n") + 3
               ? NULL
               : "wrong";
}

static void depth_needs_no_stack(void **state)
{
    (void)state;
    char *texts[2];
    pthread_attr_t attributes;
    pthread_t thread;
    void *answer = "not run";
    for (int i = 0; i < 2; i++) {
        texts[i] = malloc(2 * LEVELS + 2);
        assert_non_null(texts[i]);
        memset(texts[i], '[', LEVELS);
        texts[i][LEVELS] = (char)('1' + i);
        memset(texts[i] + LEVELS + 1, ']', LEVELS);
        texts[i][2 * LEVELS + 1] = '\0';
    }
    rules.reading.depth = LEVELS;
    assert_int_equal(pthread_attr_init(&attributes), 0);
    assert_int_equal(pthread_attr_setstacksize(&attributes, 65536), 0);
    assert_int_equal(pthread_create(&thread, &attributes, walk_deep, texts), 0);
    assert_int_equal(pthread_join(thread, &answer), 0);
    pthread_attr_destroy(&attributes);
    free(texts[0]);
    free(texts[1]);
    assert_null(answer);
}

static const char *const samples[2] = {
    "{\"k\":[{\"id\":1,\"v\":[1,{\"x\":1}]},{\"id\":\"a.b\",\"v\":1},{\"id\":2},3,{\"id\":1.0}],"
    "\"deep\":{\"a\":{\"b\":{\"c\":[1,[2,[3]]]}}},\"hw\":1,\"b\":[1],\"z\":1,\"z\":2,"
    "\"skip\":[\"hw\",\"b[]\",\"q.b]\"]}",
    "{\"deep\":{\"a\":{\"b\":{\"c\":[1,[2,[4]]]}}},\"b\":[2],\"hw\":2,"
    "\"k\":[{\"id\":\"a.b\",\"v\":2},{\"id\":true,\"v\":[1,{\"y\":1}]},{\"id\":5}],\"z\":1,"
    "\"skip\":[\"hw\",\"b[]\",\"q.b]\"]}"};

/* Compare with the allocation `fail_at` failing. The number of records, 0 after a failure. */
static size_t run_failing(struct counting *mine, const dvg_document documents[2], size_t fail_at,
                          bool after, bool *done)
{
    size_t count = 0;
    dvg_run_input input;
    dvg_result *result = NULL;
    memset(&input, 0, sizeof input);
    input.allocator = counting_allocator(mine);
    input.rules = &rules;
    mine->fail_at = fail_at;
    mine->fail_after = after;
    dvg_error_clear(&error);
    dvg_status status =
        dvg_engine_run_documents(&result, &input, &documents[0], &documents[1], "a.json", &error);
    *done = mine->calls < fail_at;
    if (status != DVG_OK) {
        assert_int_equal(status, DVG_E_MEMORY);
        assert_string_equal(error.message, "out of memory");
        assert_null(result);
    } else {
        count = result->record_count;
    }
    dvg_engine_free(result);
    assert_int_equal(mine->live, 0);
    assert_false(mine->wrong_size);
    return count;
}

/* Fail every allocation in turn, once and from then on. Returns the divergences there are. */
static size_t fail_each(const char *const texts[2])
{
    dvg_document documents[2];
    char *copies[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(read_bytes(&documents[i], &copies[i], texts[i], strlen(texts[i]),
                                    &allocator, &rules.reading, &error),
                         DVG_OK);
    struct counting mine;
    bool done;
    size_t whole = run_failing(&mine, documents, SIZE_MAX, false, &done);
    for (int after = 0; after < 2; after++) {
        done = false;
        for (size_t fail_at = 1; !done; fail_at++) {
            /* Only the text of a warning may go missing without an error. */
            size_t count = run_failing(&mine, documents, fail_at, after != 0, &done);
            assert_true(count == 0 || count == whole);
        }
    }
    for (int i = 0; i < 2; i++) {
        dvg_document_clear(&documents[i]);
        free(copies[i]);
    }
    return whole;
}

static void every_allocation_can_fail(void **state)
{
    (void)state;
    keyed("k", "id");
    rules.skip_from_document = "skip";
    assert_int_equal(fail_each(samples), 7);
}

static void add_rule(const char *at, unsigned effects, dvg_matching matching, const char *key)
{
    dvg_rule rule;
    dvg_text parts[DVG_KEY_PARTS_MOST];
    memset(&rule, 0, sizeof rule);
    rule.name = rule.script = rule.at = at;
    rule.side = DVG_NEITHER;
    rule.effects = effects;
    rule.keyed.matching = matching;
    if (key != NULL)
        assert_int_equal(dvg_rules_set_key(&rules, &rule.keyed, parts,
                                           dvg_key_split(key, strlen(key), parts), &error),
                         DVG_OK);
    assert_int_equal(dvg_pattern_parse(&rule.pattern, &rules.arena, at, strlen(at), &error),
                     DVG_OK);
    assert_int_equal(dvg_rules_add_rule(&rules, &rule, 0, &error), DVG_OK);
}

/* Moved, changed, missing, extra and shuffled elements; some that rules look into. */
static void matching_can_fail_anywhere(void **state)
{
    static const char *const texts[2] = {
        "{\"a\":[1,2,3,[4,5],{\"x\":1,\"y\":2,\"z\":3},6,7],\"b\":[{\"id\":1,\"v\":1},{\"id\":2,"
        "\"v\":2},"
        "{\"id\":3,\"v\":3}],\"c\":[{\"p\":1,\"q\":{\"r\":\"s,t\"},\"v\":1},{\"p\":2,\"v\":2}],"
        "\"d\":[{\"t\":1,\"m\":\"x\"},{\"t\":2,\"m\":\"y\"}],\"e\":[1,2,3,4,5,6]}",
        "{\"a\":[3,[4,5],0,{\"x\":1,\"y\":2,\"z\":4},1,6],\"b\":[{\"id\":2,\"v\":2},{\"id\":1,"
        "\"v\":9},"
        "{\"id\":4,\"v\":3}],\"c\":[{\"p\":2,\"v\":3},{\"p\":1,\"q\":{\"r\":\"s,t\"},\"v\":2}],"
        "\"d\":[{\"t\":3,\"m\":\"new\"},{\"t\":4,\"m\":\"x\"},{\"t\":5,\"m\":\"y\"}],\"e\":[6,5,4,"
        "3,2,1]}"};
    static const size_t counts[DVG_MATCH_COUNT] = {[DVG_MATCH_INFER] = 13,
                                                   [DVG_MATCH_SEQUENCE] = 12,
                                                   [DVG_MATCH_MULTISET] = 12,
                                                   [DVG_MATCH_BEST] = 9};
    (void)state;
    add_rule("c", DVG_EFFECT_MATCH, DVG_MATCH_KEY, "p,q.r");
    add_rule("d[*].t", DVG_EFFECT_IGNORE, DVG_MATCH_INFER, NULL);
    for (int way = DVG_MATCH_INFER; way < DVG_MATCH_COUNT; way++) {
        if (counts[way] == 0)
            continue;
        rules.arrays = (dvg_matching)way;
        size_t found = fail_each(texts);
        if (found != counts[way])
            fail_msg("%s: %zu divergences", dvg_matching_names[way], found);
    }
}

/* Long sequences of few values have many ways to be matched. */
static void a_search_may_be_cut(void **state)
{
    enum { COUNT = 6000 };
    char *texts[2];
    uint32_t random = 1;
    dvg_buffer out;
    (void)state;
    dvg_buffer_init(&out, &allocator);
    rules.arrays = DVG_MATCH_SEQUENCE;
    for (int side = 0; side < 2; side++) {
        texts[side] = malloc(2 * COUNT + 2);
        assert_non_null(texts[side]);
        for (size_t i = 0; i < COUNT; i++) {
            random = random * 1664525 + 1013904223;
            texts[side][2 * i] = i == 0 ? '[' : ',';
            texts[side][2 * i + 1] = (char)('0' + (random >> 24) % 2 * 2);
        }
        texts[side][2 * COUNT] = ']';
        texts[side][2 * COUNT + 1] = '\0';
    }
    assert_int_equal(run(texts[0], texts[1], &out), DVG_OK);
    assert_true(out.size > 0);
    assert_non_null(strstr(dvg_buffer_string(&warnings),
                           "a.json: the matching of 1 array was ended by its budget"));
    dvg_buffer_clear(&out);
    free(texts[0]);
    free(texts[1]);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(matching_can_fail_anywhere),
        TEST(a_search_may_be_cut),
        TEST(each_difference_is_one_divergence),
        TEST(strings_and_reals_are_exact),
        TEST(a_repeated_member_is_one_divergence),
        TEST(records_have_a_fixed_order),
        TEST(nothing_is_joined_to_an_empty_path),
        TEST(sequences_go_by_position),
        TEST(lengths_may_say_it_all),
        TEST(elements_are_matched_by_key),
        TEST(keys_are_one_as_python_has_it),
        TEST(odd_elements_are_told),
        TEST(occurrences_are_matched_in_order),
        TEST(a_container_is_no_key),
        TEST(skips_hide_places),
        TEST(skips_and_keyed_arrays),
        TEST(documents_add_skips),
        TEST(depth_needs_no_stack),
        TEST(every_allocation_can_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
