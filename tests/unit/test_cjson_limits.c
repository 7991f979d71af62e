/*
 * Why diverge has a reader of its own: what the installed cJSON cannot tell apart or does not
 * take. Each limit that README names is asserted here, so that the reason stays checked. A newer
 * cJSON may have mended one; then this test fails, and says which sentence is out of date.
 */
#include <cjson/cJSON.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void mended(const char *limit)
{
    fail_msg("cJSON %s has mended a limit that README names: %s", cJSON_Version(), limit);
}

/* Does cJSON call two texts the same value? */
static bool same(const char *left, const char *right)
{
    cJSON *first = cJSON_Parse(left);
    cJSON *second = cJSON_Parse(right);
    assert_non_null(first);
    assert_non_null(second);
    bool equal = cJSON_Compare(first, second, 1);
    cJSON_Delete(first);
    cJSON_Delete(second);
    return equal;
}

static bool takes(const char *text)
{
    cJSON *tree = cJSON_Parse(text);
    bool taken = tree != NULL;
    cJSON_Delete(tree);
    return taken;
}

static void holds_numbers_as_doubles(void **state)
{
    (void)state;
    if (!same("18446744073709551615", "18446744073709551614"))
        mended("2^64-1 equals 2^64-2");
    if (!same("9007199254740993", "9007199254740992"))
        mended("2^53+1 equals 2^53");
    if (!same("0.1", "0.1000000000000000001"))
        mended("digits past the seventeenth are lost");
    cJSON *vast = cJSON_Parse("[1e400,1e500]");
    assert_non_null(vast);
    if (!isinf(vast->child->valuedouble) || !isinf(vast->child->next->valuedouble))
        mended("1e400 and 1e500 both become infinity");
    cJSON_Delete(vast);
}

static void tells_no_integer_from_a_real(void **state)
{
    (void)state;
    if (!same("1", "1.0") || !same("-0", "0"))
        mended("1 equals 1.0");
}

static void ends_strings_at_nul(void **state)
{
    (void)state;
    cJSON *tree = cJSON_Parse("\"a\\u0000b\"");
    if (tree == NULL)
        mended("\"a\\u0000b\" is read as \"a\" (it is refused now)");
    if (strcmp(cJSON_GetStringValue(tree), "a") != 0 || !same("\"a\\u0000b\"", "\"a\""))
        mended("\"a\\u0000b\" is read as \"a\"");
    cJSON_Delete(tree);
}

static void takes_what_is_not_json(void **state)
{
    (void)state;
    if (!takes("01") || !takes("[-012]"))
        mended("leading zeros are taken");
    if (!takes("{} trailing") || !takes("1 2"))
        mended("text behind the value is taken by cJSON_Parse");
    if (!takes("\"\xff\""))
        mended("strings that are not UTF-8 are taken");
    if (!takes("[1.]"))
        mended("a number that ends in its point is taken");
    if (!takes("\"\n\""))
        mended("control characters in strings are taken");
}

static void refuses_what_others_take(void **state)
{
    (void)state;
    if (takes("\"\\ud800\"") || takes("\"\\udc00\""))
        mended("lone surrogates are refused");
    if (takes("NaN") || takes("[Infinity]"))
        mended("NaN and Infinity are refused");
    char *deep = malloc(2 * 1001 + 1);
    assert_non_null(deep);
    memset(deep, '[', 1001);
    memset(deep + 1001, ']', 1001);
    deep[2 * 1001] = '\0';
    if (takes(deep))
        mended("a thousand levels are the most");
    free(deep);
}

/* Seconds to look up every member of an object of `count`. */
static double look_up_all(int count)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *members = NULL;
    char name[32];
    for (int i = 0; i < count; i++) {
        snprintf(name, sizeof name, "member-%d", i);
        cJSON *item = cJSON_CreateNumber(i);
        cJSON_AddItemToObject(object, name, item);
        members = members == NULL ? item : members;
    }
    clock_t begin = clock();
    for (const cJSON *item = members; item != NULL; item = item->next)
        assert_ptr_equal(cJSON_GetObjectItemCaseSensitive(object, item->string), item);
    double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
    cJSON_Delete(object);
    return seconds;
}

/* Linear would be four times; a search through all members is sixteen. */
static void looks_members_up_one_by_one(void **state)
{
    (void)state;
    double few = look_up_all(2000);
    double many = look_up_all(8000);
    if (many < 6 * few)
        mended("the time of n look-ups grows with the square of n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_numbers_as_doubles), cmocka_unit_test(tells_no_integer_from_a_real),
        cmocka_unit_test(ends_strings_at_nul),      cmocka_unit_test(takes_what_is_not_json),
        cmocka_unit_test(refuses_what_others_take), cmocka_unit_test(looks_members_up_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
