/*
 * What holds for every pair of documents, however arrays are matched: a document is the same as
 * itself; two sides that change places find the same; nothing found means that the documents are
 * equal, and equal documents are found to be. Generated pairs, 100,000 by default:
 *     test_properties [CASES [SEED]]
 */
#include <diverge/diverge.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static unsigned long long cases = 100000;
static unsigned long long first_seed = 1;

enum way { POSITION, SEQUENCE, KEY, MULTISET, BEST, INFER, WAYS };

static const char *const way_names[WAYS] = {"position", "sequence", "key",
                                            "multiset", "best",     "infer"};

/* ---------------------------------------------------------------- documents */

enum { NODES = 40, CHILDREN = 8, TEXT = 8192 };

/* A value and, in the order of `children`, what is in it; children stand behind their parents. */
struct node {
    char kind; /* '[', '{', or 0: a scalar */
    int children[CHILDREN];
    int count;
    unsigned scalar;
};

/* One side's text, and the text with the elements of all arrays in one order. */
struct text {
    char plain[TEXT], sorted[TEXT];
    size_t size[2];
};

static uint64_t state_of_random;

static unsigned pick(unsigned below)
{
    state_of_random ^= state_of_random << 13;
    state_of_random ^= state_of_random >> 7;
    state_of_random ^= state_of_random << 17;
    return (unsigned)(state_of_random >> 33) % below;
}

static const char *const scalars[] = {"0",
                                      "1",
                                      "2",
                                      "3",
                                      "1.0",
                                      "1.5",
                                      "\"1\"",
                                      "true",
                                      "false",
                                      "null",
                                      "\"a\"",
                                      "\"b.c\"",
                                      "-0.0",
                                      "0.0",
                                      "\"\"",
                                      "1e400",
                                      "18446744073709551615",
                                      "18446744073709551614",
                                      "1.50",
                                      "\"\\u0000\""};

enum { SCALARS = sizeof scalars / sizeof scalars[0] };

static const char *const names[] = {"id", "a", "b", "v", "x.y", ""};

static struct node nodes[NODES];
static char texts[2][NODES][TEXT], sorted[2][NODES][TEXT];

static void grow(void)
{
    int count = 1 + (int)pick(NODES - 1);
    memset(nodes, 0, sizeof nodes);
    nodes[0].kind = pick(3) > 0 ? '[' : '{';
    for (int i = 1; i < count; i++) {
        int parent = (int)pick((unsigned)i);
        if (nodes[parent].kind == 0 || nodes[parent].count == CHILDREN)
            parent = 0;
        if (nodes[parent].count == CHILDREN)
            return;
        nodes[i].kind = pick(3) > 0 ? 0 : pick(2) == 0 ? '[' : '{';
        nodes[i].scalar = pick(pick(3) == 0 ? SCALARS : 5);
        nodes[parent].children[nodes[parent].count++] = i;
    }
}

static void append(char *to, const char *text)
{
    size_t size = strlen(to);
    assert_true(size + strlen(text) < TEXT);
    strcpy(to + size, text);
}

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The values of one side's container, as they are listed: some of the children, perhaps in another
 * order, perhaps with one more. */
static int list(int side, const struct node *node, const char **plain, const char **in_order)
{
    int order[CHILDREN];
    int count = 0;
    for (int i = 0; i < node->count; i++)
        order[i] = node->children[i];
    if (side == 1 && node->count > 1 && pick(8) == 0) {
        int a = (int)pick((unsigned)node->count);
        int b = (int)pick((unsigned)node->count);
        int kept = order[a];
        order[a] = order[b];
        order[b] = kept;
    }
    for (int i = 0; i < node->count; i++) {
        if (side == 1 && pick(24) == 0)
            continue;
        plain[count] = texts[side][order[i]];
        in_order[count++] = sorted[side][order[i]];
    }
    if (side == 1 && pick(16) == 0) {
        int at = (int)pick((unsigned)count + 1);
        memmove(&plain[at + 1], &plain[at], (size_t)(count - at) * sizeof *plain);
        memmove(&in_order[at + 1], &in_order[at], (size_t)(count - at) * sizeof *in_order);
        plain[at] = in_order[at] = scalars[pick(SCALARS)];
        count++;
    }
    return count;
}

/* Write a container. Members have names by their place, so that none comes twice. */
static void write_container(char *out, char kind, const char *const *values, int count,
                            unsigned first_name)
{
    const char closing[2] = {kind == '[' ? ']' : '}', '\0'};
    char name[16];
    out[0] = kind;
    out[1] = '\0';
    for (int i = 0; i < count; i++) {
        append(out, i > 0 ? "," : "");
        if (kind == '{') {
            unsigned number = (first_name + (unsigned)i) % (sizeof names / sizeof names[0]);
            (void)snprintf(name, sizeof name, i < 6 ? "\"%s\":" : "\"%s%d\":", names[number], i);
            append(out, name);
        }
        append(out, values[i]);
    }
    append(out, closing);
}

static void write_node(int side, int at)
{
    const struct node *node = &nodes[at];
    const char *plain[CHILDREN + 1];
    const char *in_order[CHILDREN + 1];
    if (node->kind == 0) {
        unsigned scalar = side == 1 && pick(20) == 0 ? pick(SCALARS) : node->scalar;
        strcpy(texts[side][at], scalars[scalar]);
        strcpy(sorted[side][at], scalars[scalar]);
        return;
    }
    int count = list(side, node, plain, in_order);
    write_container(texts[side][at], node->kind, plain, count, (unsigned)at % 2);
    if (node->kind == '[')
        qsort(in_order, (size_t)count, sizeof *in_order, by_text);
    write_container(sorted[side][at], node->kind, in_order, count, (unsigned)at % 2);
}

static void make_pair(uint64_t seed)
{
    state_of_random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    grow();
    for (int side = 0; side < 2; side++)
        for (int i = NODES; i-- > 0;)
            write_node(side, i);
}

/* ---------------------------------------------------------------- comparisons */

static dvg_context *contexts[WAYS];

static int set_up(void **state)
{
    (void)state;
    for (int way = 0; way < WAYS; way++) {
        dvg_profile_options options = DVG_PROFILE_OPTIONS_INIT;
        const dvg_rule_options by_id = {.at = "**", .match = "key", .key = "id"};
        options.arrays = way == KEY ? NULL : way_names[way];
        options.rules = &by_id;
        options.rule_count = way == KEY;
        if (dvg_context_new(&contexts[way], NULL, NULL) != DVG_OK ||
            dvg_context_use_rules(contexts[way], &options, NULL) != DVG_OK)
            return 1;
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int way = 0; way < WAYS; way++)
        dvg_context_free(contexts[way]);
    return 0;
}

static dvg_document *read_document(const char *text)
{
    dvg_error error;
    dvg_document *document;
    if (dvg_document_read(&document, contexts[0], text, strlen(text), NULL, &error) != DVG_OK)
        fail_msg("%s: %s", error.message, text);
    return document;
}

/* What was found: how much, and a sum that is the same for the same records in any order. */
struct found {
    bool refused; /* a key was an array or an object */
    size_t count;
    uint64_t sum;
};

static uint64_t hash(uint64_t hash, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(0x100000001b3);
    return (hash ^ 0xff) * UINT64_C(0x100000001b3);
}

/* A record, or what it is called from the other side. A path may spell a key as one of the sides
 * does, 1 or 1.0, and is left out then. */
static uint64_t hash_record(enum way way, dvg_result *result, size_t index, bool swapped)
{
    dvg_divergence d;
    dvg_text json;
    assert_int_equal(dvg_result_get(result, index, &d, NULL), DVG_OK);
    const char *kind = d.kind;
    if (swapped)
        kind = strcmp(kind, "element-missing") == 0  ? "element-extra"
               : strcmp(kind, "element-extra") == 0  ? "element-missing"
               : strcmp(kind, "member-missing") == 0 ? "member-extra"
               : strcmp(kind, "member-extra") == 0   ? "member-missing"
                                                     : kind;
    uint64_t sum = hash(1, kind, strlen(kind));
    if (way != KEY)
        sum = hash(sum, d.path.data, d.path.size);
    for (int side = 0; side < 2; side++) {
        dvg_side which = (side == 0) != swapped ? DVG_LEFT : DVG_RIGHT;
        assert_int_equal(dvg_result_value(result, index, which, &json, NULL), DVG_OK);
        sum = hash(sum, json.data, json.size);
    }
    return sum;
}

static struct found compare(enum way way, const dvg_document *left, const dvg_document *right,
                            bool swapped)
{
    struct found found = {false, 0, 0};
    dvg_result *result;
    dvg_error error;
    dvg_status status = dvg_run_documents(&result, contexts[way], left, right, "d.json", &error);
    found.refused = status == DVG_E_INPUT && way == KEY;
    if (found.refused)
        return found;
    if (status != DVG_OK)
        fail_msg("%s", error.message);
    found.count = dvg_result_count(result);
    for (size_t i = 0; i < found.count; i++)
        found.sum += hash_record(way, result, i, swapped);
    dvg_result_free(result);
    return found;
}

/* ---------------------------------------------------------------- properties */

static bool are_equal(const dvg_document *left, const dvg_document *right)
{
    char digests[2][DVG_DIGEST_SIZE];
    assert_int_equal(dvg_document_digest(digests[0], left, NULL), DVG_OK);
    assert_int_equal(dvg_document_digest(digests[1], right, NULL), DVG_OK);
    return strcmp(digests[0], digests[1]) == 0;
}

/* Are the documents with all arrays sorted the same? What is sorted is text, and equal numbers may
 * have two: yes is certain, no is not. */
static bool sorted_equal(void)
{
    dvg_document *documents[2] = {read_document(sorted[0][0]), read_document(sorted[1][0])};
    bool equal = are_equal(documents[0], documents[1]);
    dvg_document_free(documents[0]);
    dvg_document_free(documents[1]);
    return equal;
}

static bool two_texts_for_one_number(void)
{
    const char *const twins[] = {"-0.0", "0.0", "1.5", "1.50"};
    bool found = false;
    for (int i = 0; i < 4; i++)
        found =
            found || strstr(texts[0][0], twins[i]) != NULL || strstr(texts[1][0], twins[i]) != NULL;
    return found;
}

static void check(enum way way, uint64_t seed)
{
    dvg_document *left = read_document(texts[0][0]);
    dvg_document *right = read_document(texts[1][0]);
    struct found forth = compare(way, left, right, false);
    struct found back = compare(way, right, left, true);
    struct found itself = compare(way, left, left, false);
    bool equal = are_equal(left, right);
    bool exact = way == POSITION || way == KEY || way == MULTISET;
    const char *wrong = NULL;
    if (itself.count != 0)
        wrong = "a document differs from itself";
    else if (forth.refused != back.refused || forth.count != back.count)
        wrong = "the sides changed places, and something else was found";
    else if (exact && forth.sum != back.sum)
        wrong = "the sides changed places, and the records are not the same";
    else if (equal && forth.count != 0)
        wrong = "equal documents differ";
    else if (way != KEY && way != MULTISET && way != BEST && forth.count == 0 && !equal)
        wrong = "nothing was found, and the documents are not equal";
    else if ((way == MULTISET || way == BEST) && forth.count == 0 && !sorted_equal() &&
             !two_texts_for_one_number())
        wrong = "nothing was found, and no order of elements makes the documents equal";
    if (wrong != NULL)
        fail_msg("seed %llu, %s: %s\n%s\n%s", (unsigned long long)seed, way_names[way], wrong,
                 texts[0][0], texts[1][0]);
    dvg_document_free(left);
    dvg_document_free(right);
}

static void hold_for_all(void **state)
{
    (void)state;
    for (unsigned long long i = 0; i < cases; i++) {
        make_pair(first_seed + i / WAYS);
        check((enum way)(i % WAYS), first_seed + i / WAYS);
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(hold_for_all)};
    if (argc > 1)
        cases = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        first_seed = strtoull(argv[2], NULL, 10);
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
