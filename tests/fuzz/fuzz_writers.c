/*
 * fuzz_writers: a document written and read again. Bytes 0 to 7 are a double, byte 8 is a style,
 * the rest is JSON. Checks: JSON of every style, and Python's repr, read back to an equal value;
 * ASCII is ASCII and sorted is sorted; the text of a double reads back, none shorter does, and of
 * the shortest it is the nearest.
 */
#include "fuzz/oracle.h"
#include "json/writer.h"
#include "value/number.h"
#include "value/printable.h"
#include "value/shortest.h"

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- doubles */

static bool same_double(double a, double b)
{
    return (isnan(a) && isnan(b)) || (a == b && signbit(a) == signbit(b));
}

/* Significant digits of a decimal text; written to `digits`. */
static int significant(const char *text, char digits[32])
{
    int count = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text >= '0' && *text <= '9' && (count > 0 || *text != '0'))
            digits[count++] = *text;
    }
    while (count > 0 && digits[count - 1] == '0')
        count--;
    digits[count] = '\0';
    return count;
}

static void check_double(double number)
{
    char text[DVG_DOUBLE_REPR_SIZE];
    char printed[64], mine[32], theirs[32];
    int exponent;
    size_t length = dvg_double_repr(text, number);
    REQUIRE(length == strlen(text));
    if (!isfinite(number)) {
        REQUIRE(strcmp(text, isnan(number) ? "nan" : number > 0 ? "inf" : "-inf") == 0);
        return;
    }
    REQUIRE(same_double(strtod(text, NULL), number));
    REQUIRE(same_double(dvg_number_double((dvg_text){text, length}), number));
    if (number == 0)
        return;
    int places = 0;
    do
        snprintf(printed, sizeof printed, "%.*e", places, number);
    while (strtod(printed, NULL) != number && ++places < 20);
    int count = significant(text, mine);
    int other = significant(printed, theirs);
    /* Below a power of two the doubles are nearer: only there may the nearest decimal of so few
     * digits fail to read back where another does. */
    REQUIRE(count <= other);
    REQUIRE(fabs(frexp(number, &exponent)) == 0.5 || strcmp(mine, theirs) == 0);
}

/* ---- equality */

struct look {
    bool words_are_null; /* NaN and the infinities were written as null */
    bool as_doubles;     /* reals were written as the doubles they are */
};

static bool equal(const struct look *look, dvg_value a, dvg_value b);

static bool equal_members(const struct look *look, dvg_value a, dvg_value b)
{
    uint64_t count = dvg_value_count(a);
    dvg_value at = dvg_value_first(a);
    for (uint64_t i = 0; i < count; i++) {
        dvg_text name = dvg_value_text(at);
        dvg_value value = dvg_value_next(at);
        uint64_t before = 0;
        while (oracle_member(a, name, before).cell != value.cell)
            before++;
        dvg_value partner = oracle_member(b, name, before);
        if (partner.cell == NULL || !equal(look, value, partner))
            return false;
        if (i + 1 < count)
            at = dvg_value_next(value);
    }
    return true;
}

static bool equal_reals(const struct look *look, dvg_value a, dvg_value b)
{
    struct oracle oracle = {NULL, NULL, false, false, false};
    double left = oracle_double(dvg_value_text(a));
    double right = oracle_double(dvg_value_text(b));
    if (look->as_doubles)
        return same_double(left, right);
    return same_double(left, right) &&
           oracle_same_real(&oracle, dvg_value_text(a), dvg_value_text(b));
}

static bool equal(const struct look *look, dvg_value a, dvg_value b)
{
    dvg_type type = dvg_value_type(a);
    if (type == DVG_REAL && look->words_are_null && oracle_is_word(dvg_value_text(a)))
        return dvg_value_type(b) == DVG_NULL;
    if (type != dvg_value_type(b) || dvg_value_count(a) != dvg_value_count(b))
        return false;
    if (type == DVG_OBJECT)
        return equal_members(look, a, b);
    if (type == DVG_REAL)
        return equal_reals(look, a, b);
    if (type == DVG_INTEGER)
        return oracle_same_integer(dvg_value_text(a), dvg_value_text(b));
    if (type == DVG_STRING)
        return oracle_same_text(dvg_value_text(a), dvg_value_text(b));
    dvg_value left = dvg_value_first(a);
    dvg_value right = dvg_value_first(b);
    for (uint64_t i = 0; i < dvg_value_count(a); i++) {
        if (!equal(look, left, right))
            return false;
        if (i + 1 < dvg_value_count(a)) {
            left = dvg_value_next(left);
            right = dvg_value_next(right);
        }
    }
    return true;
}

static void check_sorted(dvg_value value)
{
    bool object = dvg_value_type(value) == DVG_OBJECT;
    dvg_value at = dvg_value_first(value);
    dvg_text before = {NULL, 0};
    for (uint64_t i = 0; i < dvg_value_count(value); i++) {
        if (object) {
            dvg_text name = dvg_value_text(at);
            size_t size = name.size < before.size ? name.size : before.size;
            int order = size == 0 ? 0 : memcmp(before.data, name.data, size);
            REQUIRE(order < 0 || (order == 0 && before.size <= name.size));
            before = name;
            at = dvg_value_next(at);
        }
        check_sorted(at);
        if (i + 1 < dvg_value_count(value))
            at = dvg_value_next(at);
    }
}

/* ---- JSON */

static void set_reading(dvg_reading *reading)
{
    dvg_reading_init(reading);
    reading->nonfinite = true;
    reading->depth = 100;
}

static void check_bytes(const dvg_buffer *text, const dvg_json_style *style)
{
    for (size_t i = 0; i < text->size; i++) {
        unsigned char byte = (unsigned char)text->data[i];
        REQUIRE(byte >= ' ' || (byte == '\n' && style->indent >= 0));
        REQUIRE(!style->ascii || byte < 0x7f);
    }
}

static void check_json(const dvg_document *document, const dvg_json_style *style)
{
    dvg_buffer text;
    dvg_document again;
    dvg_reading reading;
    dvg_error error;
    const struct look look = {!style->python, style->python};
    set_reading(&reading);
    dvg_buffer_init(&text, plain_allocator());
    REQUIRE(dvg_json_write(&text, dvg_document_root(document), style));
    check_bytes(&text, style);
    REQUIRE(oracle_read(&again, text.data, text.size, &reading, &error) == DVG_OK);
    REQUIRE(equal(&look, dvg_document_root(document), dvg_document_root(&again)));
    if (style->sort)
        check_sorted(dvg_document_root(&again));
    dvg_document_clear(&again);
    dvg_buffer_clear(&text);
}

/* ---- repr */

static void take(dvg_text *text, const char *expected)
{
    size_t size = strlen(expected);
    REQUIRE(text->size >= size && memcmp(text->data, expected, size) == 0);
    text->data += size;
    text->size -= size;
}

static uint32_t take_hex(dvg_text *text, int digits)
{
    static const char hexadecimal[] = "0123456789abcdef";
    uint32_t number = 0;
    for (; digits > 0; digits--) {
        REQUIRE(text->size > 0);
        const char *found = strchr(hexadecimal, *text->data);
        REQUIRE(found != NULL && *found != '\0');
        number = number * 16 + (uint32_t)(found - hexadecimal);
        text->data++;
        text->size--;
    }
    return number;
}

/* The character behind a backslash. */
static uint32_t take_escape(dvg_text *text)
{
    static const char from[] = "nrt\\'\"";
    static const char to[] = "\n\r\t\\'\"";
    REQUIRE(text->size > 0);
    char letter = *text->data++;
    text->size--;
    if (letter == 'x' || letter == 'u' || letter == 'U') {
        uint32_t point = take_hex(text, letter == 'x' ? 2 : letter == 'u' ? 4 : 8);
        REQUIRE(letter == 'x' ? point < 0x100 : letter == 'u' ? point >= 0x100 : point > 0xffff);
        REQUIRE(!dvg_code_point_printable(point));
        return point;
    }
    const char *found = strchr(from, letter);
    REQUIRE(letter != '\0' && found != NULL);
    return (uint32_t)to[found - from];
}

static void take_string(dvg_text *text, dvg_text expected)
{
    bool single = expected.size > 0 && memchr(expected.data, '\'', expected.size) != NULL;
    bool twofold = expected.size > 0 && memchr(expected.data, '"', expected.size) != NULL;
    char quote[2] = {single && !twofold ? '"' : '\'', '\0'};
    take(text, quote);
    while (expected.size > 0) {
        uint32_t wanted = 0, point = 0;
        size_t length = dvg_utf8_decode(expected.data, expected.size, &wanted);
        REQUIRE(length > 0 && text->size > 0 && *text->data != *quote);
        expected.data += length;
        expected.size -= length;
        if (*text->data == '\\') {
            take(text, "\\");
            point = take_escape(text);
        } else {
            size_t taken = dvg_utf8_length(text->data, text->size);
            REQUIRE(taken > 0 && dvg_utf8_decode(text->data, text->size, &point) == taken);
            REQUIRE(dvg_code_point_printable(point));
            text->data += taken;
            text->size -= taken;
        }
        REQUIRE(point == wanted);
    }
    take(text, quote);
}

static void take_number(dvg_text *text, dvg_value number)
{
    char token[8192];
    size_t size = 0;
    while (size < text->size && strchr(",]}: ", text->data[size]) == NULL)
        size++;
    REQUIRE(size > 0 && size < sizeof token);
    memcpy(token, text->data, size);
    token[size] = '\0';
    text->data += size;
    text->size -= size;
    if (dvg_value_type(number) == DVG_INTEGER) {
        REQUIRE(strcmp(token, "-0") != 0);
        REQUIRE(oracle_same_integer(dvg_value_text(number), (dvg_text){token, size}));
        return;
    }
    REQUIRE(strpbrk(token, ".einf") != NULL);
    REQUIRE(same_double(strtod(token, NULL), oracle_double(dvg_value_text(number))));
}

static void take_value(dvg_text *text, dvg_value value)
{
    dvg_type type = dvg_value_type(value);
    dvg_value at = dvg_value_first(value);
    if (type == DVG_STRING) {
        take_string(text, dvg_value_text(value));
    } else if (type == DVG_INTEGER || type == DVG_REAL) {
        take_number(text, value);
    } else if (type < DVG_INTEGER) {
        take(text, type == DVG_NULL ? "None" : type == DVG_TRUE ? "True" : "False");
    } else {
        take(text, type == DVG_ARRAY ? "[" : "{");
        for (uint64_t i = 0; i < dvg_value_count(value); i++) {
            if (i > 0)
                take(text, ", ");
            if (type == DVG_OBJECT) {
                take_string(text, dvg_value_text(at));
                take(text, ": ");
                at = dvg_value_next(at);
            }
            take_value(text, at);
            if (i + 1 < dvg_value_count(value))
                at = dvg_value_next(at);
        }
        take(text, type == DVG_ARRAY ? "]" : "}");
    }
}

static void check_repr(const dvg_document *document)
{
    dvg_buffer out;
    dvg_buffer_init(&out, plain_allocator());
    REQUIRE(dvg_repr(&out, dvg_document_root(document)));
    dvg_text rest = {out.data, out.size};
    take_value(&rest, dvg_document_root(document));
    REQUIRE(rest.size == 0);
    dvg_buffer_clear(&out);
}

/* ---- */

static void check_document(const uint8_t *data, size_t size, int choice)
{
    static const int indents[] = {-2, -1, 0, 1, 2, 4, 7, 3};
    dvg_document document;
    dvg_reading reading;
    set_reading(&reading);
    if (oracle_read(&document, data, size, &reading, NULL) == DVG_OK) {
        for (int i = 0; i < 8; i++) {
            dvg_json_style style = {indents[(choice + i) & 7],
                                    choice >> 3 & 3,
                                    (i & 1) != 0,
                                    (i & 2) != 0,
                                    (i & 4) != 0,
                                    false,
                                    false};
            check_json(&document, &style);
        }
        check_repr(&document);
    }
    dvg_document_clear(&document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    double number;
    if (size < 9)
        return 0;
    memcpy(&number, data, sizeof number);
    check_double(number);
    check_document(data + 9, size - 9, data[8]);
    return 0;
}
