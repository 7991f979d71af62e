/*
 * cJSON trees as documents: what each type becomes, what is refused and where, any depth.
 */
#include "interop/cjson.h"
#include "json/reader.h"
#include "json/writer.h"

#include <diverge/cjson.h>

#include <cjson/cJSON.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static dvg_allocator allocator;
static dvg_error error;

static int set_up(void **state)
{
    (void)state;
    allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    return 0;
}

/* The document of a tree, written as compact JSON with its literals as they are, must be `text`. */
static void check_tree(cJSON *tree, const char *text, uint64_t inexact)
{
    const dvg_json_style compact = {.indent = -2};
    dvg_document document;
    dvg_buffer out;
    dvg_document_init(&document, &allocator);
    dvg_buffer_init(&out, &allocator);
    dvg_error_clear(&error);
    if (dvg_cjson_read(&document, tree, &error) != DVG_OK)
        fail_msg("%s: %s", text, error.message);
    cJSON_Delete(tree);
    assert_true(dvg_json_write(&out, dvg_document_root(&document), &compact));
    assert_string_equal(dvg_buffer_string(&out), text);
    assert_int_equal(document.inexact, inexact);
    dvg_buffer_clear(&out);
    dvg_document_clear(&document);
}

static void check_text(const char *json, const char *text, uint64_t inexact)
{
    check_tree(cJSON_Parse(json), text, inexact);
}

static void keeps_structure_and_order(void **state)
{
    (void)state;
    check_text("null", "null", 0);
    check_text("[true,false,null]", "[true,false,null]", 0);
    check_text("[]", "[]", 0);
    check_text("{}", "{}", 0);
    check_text("[[],{},[[{}]],\"\"]", "[[],{},[[{}]],\"\"]", 0);
    check_text("{\"b\":{\"y\":1,\"x\":[2,3]},\"a\":[{\"\":0}]}",
               "{\"b\":{\"y\":1,\"x\":[2,3]},\"a\":[{\"\":0}]}", 0);
    check_text("\"\xc3\xa4 \xf0\x9f\x98\x80 \\u20ac\"",
               "\"\xc3\xa4 \xf0\x9f\x98\x80 \xe2\x82\xac\"", 0);
}

static void tells_integers_from_reals(void **state)
{
    (void)state;
    check_text("[0,1,-1,1.0,1e3,100e-2]", "[0,1,-1,1,1000,1]", 0);
    check_text("[0.5,-0.1,1e-7,1.5e300]", "[0.5,-0.1,1e-07,1.5e+300]", 1);
    check_text("-0", "-0", 0);
    check_text("9007199254740991", "9007199254740991", 0);
    check_text("-9007199254740991", "-9007199254740991", 0);
    check_text("[9007199254740992,9007199254740993]", "[9007199254740992,9007199254740992]", 2);
    check_text("9007199254740994", "9007199254740994.0", 1);
    check_text("18446744073709551615", "1.8446744073709552e+19", 1);
    check_text("123456789012345.5", "123456789012345.5", 0);
}

static void keeps_what_is_no_finite_number(void **state)
{
    static const struct {
        double number;
        const char *text;
        uint64_t inexact; /* an infinity may have been any number too large for a double */
    } rows[] = {{NAN, "NaN", 0}, {INFINITY, "Infinity", 1}, {-INFINITY, "-Infinity", 1}};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        cJSON *tree = cJSON_CreateNumber(rows[i].number);
        dvg_document *document = NULL;
        assert_int_equal(dvg_document_from_cjson(&document, tree, NULL, &error), DVG_OK);
        dvg_value root = dvg_document_root(document);
        dvg_text text = dvg_value_text(root);
        assert_int_equal(dvg_value_type(root), DVG_REAL);
        assert_int_equal(text.size, strlen(rows[i].text));
        assert_memory_equal(text.data, rows[i].text, text.size);
        assert_int_equal(dvg_document_inexact(document), rows[i].inexact);
        dvg_document_free(document);
        cJSON_Delete(tree);
    }
}

static void knows_repeated_names(void **state)
{
    dvg_document *document = NULL;
    cJSON *tree = cJSON_Parse("{\"a\":1,\"b\":{\"x\":1,\"x\":2},\"a\":3}");
    (void)state;
    assert_int_equal(dvg_document_from_cjson(&document, tree, &allocator, &error), DVG_OK);
    dvg_value root = dvg_document_root(document);
    assert_int_equal(document->repeated, 2);
    assert_true(dvg_value_repeats(root));
    assert_true(dvg_value_repeats(dvg_value_member(root, "b", 1)));
    assert_int_equal(dvg_value_count(root), 3);
    dvg_document_free(document);
    cJSON_Delete(tree);
}

static void check_refused(cJSON *tree, dvg_status status, const char *message)
{
    dvg_document *document = NULL;
    assert_non_null(tree);
    assert_int_equal(dvg_document_from_cjson(&document, tree, NULL, &error), status);
    assert_null(document);
    assert_string_equal(error.message, message);
    cJSON_Delete(tree);
}

static void refuses_with_the_place(void **state)
{
    cJSON *tree;
    (void)state;
    check_refused(cJSON_CreateString("\xff"), DVG_E_INPUT,
                  "cJSON tree: a string or name is not UTF-8, at the root");
    check_refused(cJSON_CreateRaw("1"), DVG_E_INPUT,
                  "cJSON tree: raw JSON is not a value, at the root");
    tree = cJSON_Parse("{\"a\":[0,{\"b\":\"\"}]}");
    cJSON_AddItemToArray(cJSON_GetObjectItem(tree, "a"), cJSON_CreateString("\xed\xa0\x80"));
    check_refused(tree, DVG_E_INPUT, "cJSON tree: a string or name is not UTF-8, at a[2]");
    tree = cJSON_Parse("[[],{\"x\":{}}]");
    cJSON_AddNullToObject(cJSON_GetObjectItem(cJSON_GetArrayItem(tree, 1), "x"), "n\xc3");
    check_refused(tree, DVG_E_INPUT, "cJSON tree: a string or name is not UTF-8, at [1].x.n\\xc3");
    tree = cJSON_Parse("[{\"x\":1}]");
    cJSON_AddItemToArray(cJSON_GetArrayItem(tree, 0), cJSON_CreateTrue()); /* a nameless member */
    check_refused(tree, DVG_E_INPUT, "cJSON tree: a string or name is missing, at [0].");
    tree = cJSON_CreateNull();
    tree->type = cJSON_Invalid;
    check_refused(tree, DVG_E_INPUT, "cJSON tree: an item has no type, at the root");
    assert_int_equal(dvg_document_from_cjson(NULL, NULL, NULL, &error), DVG_E_ARGUMENT);
}

/* `depth` arrays, each the only element of the one around it. */
static cJSON *nest(int depth)
{
    cJSON *tree = cJSON_CreateArray();
    for (int i = 1; i < depth; i++) {
        cJSON *outer = cJSON_CreateArray();
        cJSON_AddItemToArray(outer, tree);
        tree = outer;
    }
    return tree;
}

static void bounds_depth(void **state)
{
    dvg_document *document = NULL;
    cJSON *tree = nest(10000);
    (void)state;
    assert_int_equal(dvg_document_from_cjson(&document, tree, NULL, &error), DVG_OK);
    assert_int_equal(dvg_value_nodes(dvg_document_root(document)), 10000);
    dvg_document_free(document);
    cJSON_Delete(tree);
    tree = nest(10001);
    assert_int_equal(dvg_document_from_cjson(&document, tree, NULL, &error), DVG_E_LIMIT);
    cJSON_Delete(tree);
    tree = nest(2); /* one that contains itself */
    cJSON *inner = tree->child;
    inner->child = tree;
    assert_int_equal(dvg_document_from_cjson(&document, tree, NULL, &error), DVG_E_LIMIT);
    inner->child = NULL;
    cJSON_Delete(tree);
}

static void *fail_at(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    int *left = payload;
    if (new_size > 0 && (*left)-- == 0)
        return NULL;
    return allocator.function(allocator.payload, pointer, old_size, new_size);
}

static void tells_lack_of_memory_everywhere(void **state)
{
    cJSON *tree = cJSON_Parse("{\"a\":[1,2,[3,[4,[5,[6,[7,[8,[9]]]]]]]],\"b\":\"text\",\"a\":0.1,"
                              "\"c\":{\"d\":1,\"e\":2,\"f\":3,\"g\":4,\"h\":5,\"i\":6,\"j\":7}}");
    dvg_status status = DVG_E_MEMORY;
    (void)state;
    for (int fail = 0; status != DVG_OK; fail++) {
        int left = fail;
        const dvg_allocator failing = {fail_at, &left};
        dvg_document *document = NULL;
        status = dvg_document_from_cjson(&document, tree, &failing, &error);
        assert_true(status == DVG_OK || status == DVG_E_MEMORY);
        assert_int_equal(error.status, status);
        assert_int_equal(document != NULL, status == DVG_OK);
        dvg_document_free(document);
    }
    cJSON_Delete(tree);
}

/* ---------------------------------------------------------------- values as trees */

/* What cJSON prints of a value that was read from `text`. */
static void check_planted(const char *text, const char *printed)
{
    dvg_document document;
    dvg_reading reading;
    cJSON *tree = NULL;
    char padded[512] = "";
    dvg_document_init(&document, &allocator);
    dvg_reading_init(&reading);
    reading.nonfinite = true;
    snprintf(padded, sizeof padded - 64, "%s", text);
    assert_int_equal(dvg_json_read(&document, padded, strlen(text), "text", &reading, &error),
                     DVG_OK);
    assert_int_equal(dvg_value_to_cjson(&tree, dvg_document_root(&document), &error), DVG_OK);
    dvg_document_clear(&document); /* the tree does not need it */
    char *shown = cJSON_PrintUnformatted(tree);
    assert_string_equal(shown, printed);
    cJSON_free(shown);
    cJSON_Delete(tree);
}

static void test_values_planted(void **state)
{
    (void)state;
    static const char *const same[] = {
        "null",
        "true",
        "[]",
        "{}",
        "[1,-7,2.5,\"text\"]",
        "{\"a\":{\"b\":[{},[]]},\"a\":2}",
        "18446744073709551615",
        "-9007199254740993",
        "0.1000000000000000001",
        "1e999",
        "[0.1,1e+100]",
        "\"nul \\u0000 \\\" and \\ud800 alone\"",
    };
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char expected[128];
        snprintf(expected, sizeof expected, "%s", same[i]);
        char *quote = strstr(expected, "\\\"");
        if (quote != NULL) { /* raw text spells every escape by its number */
            memmove(quote + 6, quote + 2, strlen(quote + 2) + 1);
            memcpy(quote, "\\u0022", 6);
        }
        check_planted(same[i], expected);
    }
    check_planted("1.0", "1");
    check_planted("NaN", "null");
    check_planted("\"a\\\"b\"", "\"a\\\"b\"");
}

static void test_planting_refused(void **state)
{
    (void)state;
    dvg_document document;
    dvg_reading reading;
    cJSON *tree = NULL;
    char name[128] = "{\"a\\u0000b\": 1}";
    dvg_document_init(&document, &allocator);
    dvg_reading_init(&reading);
    assert_int_equal(dvg_json_read(&document, name, strlen(name), "text", &reading, &error),
                     DVG_OK);
    assert_int_equal(dvg_value_to_cjson(&tree, dvg_document_root(&document), &error), DVG_E_INPUT);
    assert_null(tree);
    assert_int_equal(dvg_value_to_cjson(NULL, dvg_document_root(&document), &error),
                     DVG_E_ARGUMENT);
    dvg_document_clear(&document);
    assert_int_equal(dvg_value_to_cjson(&tree, dvg_value_absent(), &error), DVG_OK);
    assert_true(cJSON_IsNull(tree));
    cJSON_Delete(tree);
}

static void test_result_planted(void **state)
{
    (void)state;
    static const char left[] = "{\"a\": 18446744073709551615, \"b\": 1, \"c\": [1], \"h\": 1}";
    static const char right[] = "{\"a\": 18446744073709551614, \"b\": 2, \"h\": 2}";
    dvg_context *context = NULL;
    dvg_document *documents[2] = {NULL, NULL};
    dvg_result *result = NULL;
    cJSON *tree = NULL;
    const dvg_rule_options rules[] = {{.at = "h", .kind = "value", .ignore = true, .why = "host"},
                                      {.at = "b", .severity = "info", .why = "known"}};
    dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
    options.rules = rules;
    options.rule_count = 2;
    assert_int_equal(dvg_context_new(&context, NULL, &error), DVG_OK);
    assert_int_equal(dvg_context_use_rules(context, &options, &error), DVG_OK);
    assert_int_equal(dvg_document_read(&documents[0], context, left, sizeof left - 1, NULL, &error),
                     DVG_OK);
    assert_int_equal(
        dvg_document_read(&documents[1], context, right, sizeof right - 1, NULL, &error), DVG_OK);
    assert_int_equal(
        dvg_run_documents(&result, context, documents[0], documents[1], "s\xff.json", &error),
        DVG_OK);
    assert_int_equal(dvg_result_to_cjson(&tree, result, &error), DVG_OK);
    dvg_result_free(result);
    dvg_document_free(documents[0]);
    dvg_document_free(documents[1]);
    dvg_context_free(context);
    char *shown = cJSON_PrintUnformatted(tree);
    assert_string_equal(
        shown,
        "{\"verdict\":\"different\",\"identical\":false,\"profile\":\"rules\","
        "\"counts\":{\"divergences\":3,\"suppressed\":0,\"ignored\":1},"
        "\"classes\":[{\"name\":\"divergence\",\"title\":\"divergence\",\"severity\":\"error\","
        "\"count\":3}],"
        "\"files\":[{\"name\":\"s\\\\xff.json\",\"status\":\"compared\",\"count\":3}],\"gates\":[],"
        "\"divergences\":["
        "{\"file\":\"s\\\\xff.json\",\"path\":\"c\",\"pointer\":\"/"
        "c\",\"quoted\":\"c\",\"kind\":\"member-missing\","
        "\"left\":[1],\"class\":\"divergence\",\"severity\":\"error\"},"
        "{\"file\":\"s\\\\xff.json\",\"path\":\"a\",\"pointer\":\"/"
        "a\",\"quoted\":\"a\",\"kind\":\"value\","
        "\"left\":18446744073709551615,\"right\":18446744073709551614,"
        "\"class\":\"divergence\",\"severity\":\"error\"},"
        "{\"file\":\"s\\\\xff.json\",\"path\":\"b\",\"pointer\":\"/"
        "b\",\"quoted\":\"b\",\"kind\":\"value\","
        "\"left\":1,\"right\":2,\"class\":\"divergence\",\"severity\":\"info\","
        "\"note\":\"known\",\"rule\":\"rules[2] of rules\"}],"
        "\"suppressed\":[],"
        "\"ignored\":[{\"file\":\"s\\\\xff.json\",\"path\":\"h\",\"pointer\":\"/"
        "h\",\"quoted\":\"h\","
        "\"kind\":\"value\",\"left\":1,\"right\":2,\"note\":\"host\","
        "\"ignored_by\":\"rules[1] of rules\"}],"
        "\"ledger\":{\"left\":{\"read\":10,\"compared\":7,\"one_sided\":3,\"ignored\":0,"
        "\"shadowed\":0,\"outside\":0},\"right\":{\"read\":7,\"compared\":7,\"one_sided\":0,"
        "\"ignored\":0,"
        "\"shadowed\":0,\"outside\":0}}}");
    cJSON_free(shown);
    cJSON_Delete(tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values_planted),
        cmocka_unit_test(test_planting_refused),
        cmocka_unit_test(test_result_planted),
        cmocka_unit_test(keeps_structure_and_order),
        cmocka_unit_test(tells_integers_from_reals),
        cmocka_unit_test(keeps_what_is_no_finite_number),
        cmocka_unit_test(knows_repeated_names),
        cmocka_unit_test(refuses_with_the_place),
        cmocka_unit_test(bounds_depth),
        cmocka_unit_test(tells_lack_of_memory_everywhere),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
