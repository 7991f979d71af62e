/*
 * oracle: slow and literal answers that fuzz targets hold the library's against: equality of
 * values under a profile's rules, the bare last part of a path, reading a text whole. Everything
 * is static, so that each target has its own, and recursion is allowed: inputs are shallow.
 */
#ifndef TESTS_FUZZ_ORACLE_H
#define TESTS_FUZZ_ORACLE_H

#include "diff/walk.h"
#include "json/reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static inline void require_at(int truth, const char *what, const char *file, int line)
{
    if (truth)
        return;
    fprintf(stderr, "%s:%d: %s\n", file, line, what);
    abort();
}

#define REQUIRE(truth) require_at((truth) != 0, #truth, __FILE__, __LINE__)

/* The default allocator, made once. */
static inline const dvg_allocator *plain_allocator(void)
{
    static dvg_allocator allocator;
    if (allocator.function == NULL)
        allocator = dvg_allocator_or_default(allocator);
    return &allocator;
}

/* Read `size` bytes into a document that owns its copy of them. */
static inline dvg_status oracle_read(dvg_document *document, const void *data, size_t size,
                                     const dvg_reading *reading, dvg_error *error)
{
    char *text = calloc(1, size + 64);
    REQUIRE(text != NULL);
    if (size > 0)
        memcpy(text, data, size);
    dvg_document_init(document, plain_allocator());
    if (error != NULL)
        dvg_error_clear(error);
    dvg_status status = dvg_json_read(document, text, size, "input", reading, error);
    document->owns_source = true;
    document->source = text;
    document->source_capacity = size + 64;
    return status;
}

/* ---- texts */

static inline bool oracle_same_text(dvg_text a, dvg_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* What stands behind the last dot, up to the first bracket. */
static inline dvg_text oracle_bare(dvg_text path)
{
    size_t start = 0;
    for (size_t i = 0; i < path.size; i++)
        if (path.data[i] == '.')
            start = i + 1;
    size_t end = start;
    while (end < path.size && path.data[end] != '[')
        end++;
    return (dvg_text){path.data + start, end - start};
}

/* ---- numbers */

/* 0.DIGITS times ten to the power of `exponent`; no digits: zero. */
struct oracle_plain {
    char digits[5000];
    size_t count;
    long long exponent;
    bool negative;
    bool known; /* false: too long for this */
};

static inline void oracle_plain_of(struct oracle_plain *plain, dvg_text text)
{
    long long point = 0, power = 0;
    bool dotted = false, down = false;
    size_t i = 0;
    memset(plain, 0, sizeof *plain);
    plain->known = text.size < sizeof plain->digits;
    plain->negative = text.data[0] == '-';
    for (i = plain->negative; plain->known && i < text.size; i++) {
        char c = text.data[i];
        if (c == '.') {
            dotted = true;
        } else if (c < '0' || c > '9') {
            break;
        } else {
            point += !dotted && (plain->count > 0 || c != '0');
            point -= dotted && plain->count == 0 && c == '0';
            if (plain->count > 0 || c != '0')
                plain->digits[plain->count++] = c;
        }
    }
    for (i++; plain->known && i < text.size; i++) {
        if (text.data[i] == '-')
            down = true;
        else if (text.data[i] != '+')
            power = power * 10 + (text.data[i] - '0');
        plain->known = power < 1000000000000000LL;
    }
    plain->exponent = point + (down ? -power : power);
    while (plain->count > 0 && plain->digits[plain->count - 1] == '0')
        plain->count--;
}

static inline double oracle_double(dvg_text text)
{
    char *copy = calloc(1, text.size + 1);
    REQUIRE(copy != NULL);
    memcpy(copy, text.data, text.size);
    double number = strtod(copy, NULL);
    free(copy);
    return number;
}

static inline bool oracle_is_word(dvg_text real)
{
    return real.data[real.size - 1] == 'N' || real.data[real.size - 1] == 'y';
}

/* ---- equality */

struct oracle {
    const char *field; /* bare name of keyed arrays; NULL: none */
    const char *key;
    bool last_wins;
    bool doubles;
    bool unknown; /* a question came up that is not answered here */
};

static inline bool oracle_same_real(struct oracle *oracle, dvg_text a, dvg_text b)
{
    static struct oracle_plain left, right;
    if (oracle->doubles)
        return oracle_double(a) == oracle_double(b);
    if (oracle_is_word(a) || oracle_is_word(b))
        return oracle_same_text(a, b);
    oracle_plain_of(&left, a);
    oracle_plain_of(&right, b);
    if (!left.known || !right.known) {
        oracle->unknown = true;
        return true;
    }
    if (left.count == 0 || right.count == 0)
        return left.count == right.count;
    return left.negative == right.negative && left.exponent == right.exponent &&
           left.count == right.count && memcmp(left.digits, right.digits, left.count) == 0;
}

static inline bool oracle_same_integer(dvg_text a, dvg_text b)
{
    static const dvg_text zero = {"0", 1};
    a = a.size == 2 && memcmp(a.data, "-0", 2) == 0 ? zero : a;
    b = b.size == 2 && memcmp(b.data, "-0", 2) == 0 ? zero : b;
    return oracle_same_text(a, b);
}

static inline bool oracle_same(struct oracle *oracle, dvg_value a, dvg_value b, dvg_text bare);

/* What Python hashes: a text that is the same for keys that are one key. Freed by the caller. */
static inline char *oracle_key(struct oracle *oracle, dvg_value key, size_t *size)
{
    enum { ROOM = 1600 };
    dvg_text text = dvg_value_text(key);
    char *name = calloc(1, text.size + ROOM);
    REQUIRE(name != NULL);
    switch (dvg_value_type(key)) {
    case DVG_STRING:
        name[0] = 's';
        memcpy(name + 1, text.data, text.size);
        *size = text.size + 1;
        return name;
    case DVG_INTEGER:
        memcpy(name, text.data, text.size);
        break;
    case DVG_REAL:
        snprintf(name, ROOM, "%.1100f", oracle_double(text));
        while (strchr(name, '.') != NULL && strchr("0.", name[strlen(name) - 1]) != NULL) {
            bool dot = name[strlen(name) - 1] == '.';
            name[strlen(name) - 1] = '\0';
            if (dot)
                break;
        }
        if (strstr(name, "nan") != NULL)
            strcpy(name, "nan");
        break;
    case DVG_TRUE:
    case DVG_FALSE:
        strcpy(name, dvg_value_type(key) == DVG_TRUE ? "1" : "0");
        break;
    case DVG_ARRAY:
    case DVG_OBJECT:
        oracle->unknown = true;
        break;
    default:
        strcpy(name, "none");
        break;
    }
    if (strcmp(name, "-0") == 0)
        strcpy(name, "0");
    *size = strlen(name);
    return name;
}

/* An element of a keyed array; name NULL: it is no object. */
struct oracle_element {
    char *name;
    size_t size;
    dvg_value value;
    bool taken;
};

static inline struct oracle_element *oracle_list(struct oracle *oracle, dvg_value array,
                                                 size_t *count)
{
    size_t all = (size_t)dvg_value_count(array);
    struct oracle_element *list = calloc(all + 1, sizeof *list);
    dvg_value element = dvg_value_first(array);
    REQUIRE(list != NULL);
    *count = 0;
    for (size_t i = 0; i < all; i++, element = dvg_value_next(element)) {
        struct oracle_element made = {NULL, 0, element, false};
        if (dvg_value_type(element) == DVG_OBJECT)
            made.name = oracle_key(
                oracle, dvg_value_member(element, oracle->key, strlen(oracle->key)), &made.size);
        else if (oracle->last_wins)
            continue;
        bool again = false;
        for (size_t j = 0; j < *count && oracle->last_wins && !again; j++) {
            again = list[j].size == made.size && memcmp(list[j].name, made.name, made.size) == 0;
            if (again)
                list[j].value = made.value;
        }
        if (again)
            free(made.name);
        else
            list[(*count)++] = made;
    }
    return list;
}

/* Each left element takes the first right one of its key that nobody has taken. */
static inline bool oracle_same_keyed(struct oracle *oracle, dvg_value a, dvg_value b, dvg_text bare)
{
    char path[256];
    size_t left_count, right_count;
    struct oracle_element *left = oracle_list(oracle, a, &left_count);
    struct oracle_element *right = oracle_list(oracle, b, &right_count);
    int size = snprintf(path, sizeof path, "%.*s[%s=None]", (int)bare.size, bare.data, oracle->key);
    dvg_text inner = oracle_bare((dvg_text){path, (size_t)size});
    bool same = left_count == right_count;
    for (size_t i = 0; i < left_count && same; i++) {
        size_t j = 0;
        while (j < right_count &&
               (right[j].taken || (left[i].name == NULL) != (right[j].name == NULL) ||
                left[i].size != right[j].size ||
                (left[i].size > 0 && memcmp(left[i].name, right[j].name, left[i].size) != 0)))
            j++;
        same = j < right_count && oracle_same(oracle, left[i].value, right[j].value, inner);
        if (j < right_count)
            right[j].taken = true;
    }
    for (size_t i = 0; i < left_count; i++)
        free(left[i].name);
    for (size_t i = 0; i < right_count; i++)
        free(right[i].name);
    free(left);
    free(right);
    return same;
}

static inline bool oracle_same_sequence(struct oracle *oracle, dvg_value a, dvg_value b,
                                        dvg_text bare)
{
    uint64_t count = dvg_value_count(a);
    bool same = count == dvg_value_count(b);
    dvg_value left = dvg_value_first(a);
    dvg_value right = dvg_value_first(b);
    for (uint64_t i = 0; i < count && same; i++) {
        same = oracle_same(oracle, left, right, bare);
        if (i + 1 < count) {
            left = dvg_value_next(left);
            right = dvg_value_next(right);
        }
    }
    return same;
}

/* Occurrence number `wanted` from 0 of a name; absent: there are fewer. */
static inline dvg_value oracle_member(dvg_value object, dvg_text name, uint64_t wanted)
{
    uint64_t count = dvg_value_count(object);
    dvg_value at = dvg_value_first(object);
    for (uint64_t i = 0; i < count; i++) {
        dvg_value value = dvg_value_next(at);
        if (oracle_same_text(dvg_value_text(at), name) && wanted-- == 0)
            return value;
        if (i + 1 < count)
            at = dvg_value_next(value);
    }
    return dvg_value_absent();
}

static inline bool oracle_same_object(struct oracle *oracle, dvg_value a, dvg_value b)
{
    uint64_t count = dvg_value_count(a);
    dvg_value at = dvg_value_first(a);
    if (count != dvg_value_count(b))
        return false;
    for (uint64_t i = 0; i < count; i++) {
        dvg_text name = dvg_value_text(at);
        dvg_value value = dvg_value_next(at);
        uint64_t before = 0;
        while (oracle_member(a, name, before).cell != value.cell)
            before++;
        dvg_value partner = oracle_member(b, name, before);
        if (partner.cell == NULL || !oracle_same(oracle, value, partner, oracle_bare(name)))
            return false;
        if (i + 1 < count)
            at = dvg_value_next(value);
    }
    return true;
}

/* Would nothing be said of two values at a place with that bare last part? */
static inline bool oracle_same(struct oracle *oracle, dvg_value a, dvg_value b, dvg_text bare)
{
    dvg_type type = dvg_value_type(a);
    if (type != dvg_value_type(b))
        return false;
    switch (type) {
    case DVG_INTEGER:
        return oracle_same_integer(dvg_value_text(a), dvg_value_text(b));
    case DVG_REAL:
        return oracle_same_real(oracle, dvg_value_text(a), dvg_value_text(b));
    case DVG_STRING:
        return oracle_same_text(dvg_value_text(a), dvg_value_text(b));
    case DVG_OBJECT:
        return oracle_same_object(oracle, a, b);
    case DVG_ARRAY:
        if (oracle->field != NULL &&
            oracle_same_text(bare, (dvg_text){oracle->field, strlen(oracle->field)}))
            return oracle_same_keyed(oracle, a, b, bare);
        return oracle_same_sequence(oracle, a, b, bare);
    default:
        return true;
    }
}

#endif
