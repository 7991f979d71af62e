/*
 * An element that has the shape of an earlier one reads as it does alone: the same verdict, and the
 * same values where it is accepted. Elements are made by chance, alike in shape, some with an error
 * or two.
 */
#include "json/reader.h"
#include "json/writer.h"
#include "support/counting.h"
#include "value/cell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROUNDS = 40000, DEPTH = 3 };

static struct counting counting;
static dvg_allocator allocator;
static uint64_t state_of_chance = 0x2545f4914f6cdd1du;

static uint32_t chance(uint32_t below)
{
    state_of_chance = state_of_chance * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state_of_chance >> 33) % below;
}

static void add_space(dvg_buffer *out)
{
    static const char *const spaces[] = {"", "", "", " ", "\n  ", "\t"};
    dvg_buffer_add_text(out, spaces[chance(6)]);
}

static bool may_be_wrong;

static void add_scalar(dvg_buffer *out)
{
    static const char *const wrong[] = {"01", "00",   "-",       "1.",  "1e",
                                        "+1", "truE", "\"\\x\"", "[1,]"};
    if (may_be_wrong && chance(60) == 0) {
        dvg_buffer_add_text(out, wrong[chance(sizeof wrong / sizeof *wrong)]);
        return;
    }
    static const char *const scalars[] = {"0",
                                          "-1",
                                          "12",
                                          "123456789012345678",
                                          "1234567890123456789",
                                          "1.5",
                                          "1e3",
                                          "\"\"",
                                          "\"a\"",
                                          "\"a\\n\"",
                                          "\"\xc3\xa9\"",
                                          "true",
                                          "null",
                                          "false",
                                          "[]",
                                          "{}",
                                          "\"a long text of more than sixteen bytes\""};
    dvg_buffer_add_text(out, scalars[chance(sizeof scalars / sizeof *scalars)]);
}

static void add_value(dvg_buffer *out, int depth);

static void add_object(dvg_buffer *out, int depth)
{
    static const char *const shapes[][4] = {{"id", "name", "x", NULL},
                                            {"id", "y", "a name of some length", "z"},
                                            {"k", NULL, NULL, NULL},
                                            {"name", "name", "id", NULL},
                                            {"a.b", "\\u0061", "q", NULL}};
    const char *const *names = shapes[chance(5)];
    dvg_buffer_add_byte(out, '{');
    for (int i = 0; i < 4 && names[i] != NULL; i++) {
        dvg_buffer_add_text(out, i > 0 ? "," : "");
        add_space(out);
        dvg_buffer_add_byte(out, '"');
        dvg_buffer_add_text(out, names[chance(20) == 0 ? 0 : i]);
        dvg_buffer_add_text(out, chance(9) == 0 ? "\" :" : "\":");
        add_space(out);
        add_value(out, depth);
        if (chance(12) == 0)
            break;
    }
    add_space(out);
    dvg_buffer_add_byte(out, '}');
}

/* Bounded by `depth`. NOLINTNEXTLINE(misc-no-recursion) */
static void add_value(dvg_buffer *out, int depth)
{
    uint32_t what = depth == 0 ? 9 : chance(8);
    if (what > 2) {
        add_scalar(out);
    } else if (what > 0) {
        add_object(out, depth - 1);
    } else {
        dvg_buffer_add_byte(out, '[');
        for (uint32_t i = chance(3); i > 0; i--) {
            add_value(out, depth - 1);
            dvg_buffer_add_text(out, i > 1 ? "," : "");
        }
        dvg_buffer_add_byte(out, ']');
    }
}

static void spoil(dvg_buffer *text)
{
    static const char bytes[] = "{}[],:\"0.e- \x01\xff\\";
    if (chance(3) == 0)
        text->data[chance((uint32_t)text->size)] = bytes[chance(sizeof bytes - 1)];
}

/* Every container says how many children it has. */
static void check_counts(const dvg_document *document)
{
    for (size_t i = 0; i < document->cell_count; i++) {
        const dvg_cell *cell = &document->cells[i];
        uint64_t children = 0;
        if (!dvg_cell_is_container(*cell))
            continue;
        for (const dvg_cell *at = cell + 1; at < dvg_cell_after(cell); at = dvg_cell_after(at))
            children++;
        bool array = dvg_cell_tag(*cell) == DVG_TAG_ARRAY;
        assert_int_equal(dvg_value_count((dvg_value){document, cell}) * (array ? 1 : 2), children);
    }
}

static uint64_t elements; /* of the root that was read last */

/* Read a text; what it says goes to `said`, in the spelling of the text. False: refused. */
static bool reads(const dvg_buffer *text, dvg_duplicates duplicates, dvg_buffer *said)
{
    static const dvg_json_style style = {-2, 0, false, false, false, false, false};
    dvg_reading reading;
    dvg_document document;
    char *copy;
    dvg_reading_init(&reading);
    reading.duplicates = duplicates;
    said->size = 0;
    bool is =
        read_bytes(&document, &copy, text->data, text->size, &allocator, &reading, NULL) == DVG_OK;
    elements = is ? dvg_value_count(dvg_document_root(&document)) : 0;
    if (is)
        check_counts(&document);
    if (is)
        assert_true(dvg_json_write(said, dvg_document_root(&document), &style));
    dvg_document_clear(&document);
    free(copy);
    return is;
}

struct texts {
    dvg_buffer model, alone, both, said[2];
};

static void join(struct texts *t)
{
    t->both.size = 0;
    dvg_buffer_add_byte(&t->both, '[');
    dvg_buffer_add(&t->both, t->model.data, t->model.size);
    dvg_buffer_add_byte(&t->both, ',');
    dvg_buffer_add(&t->both, t->alone.data, t->alone.size);
    dvg_buffer_add_byte(&t->both, ']');
}

/* Does the joint text end with what the element alone says, before its bracket? */
static void check_end(const struct texts *t)
{
    size_t size = t->said[0].size;
    assert_true(t->said[1].size > size + 2);
    assert_memory_equal(t->said[1].data + t->said[1].size - size - 1, t->said[0].data, size);
}

static void follows_as_alone(void **state)
{
    struct texts t;
    dvg_buffer *const all[] = {&t.model, &t.alone, &t.both, &t.said[0], &t.said[1]};
    size_t accepted = 0;
    size_t refused = 0;
    (void)state;
    allocator = counting_allocator(&counting);
    for (size_t i = 0; i < 5; i++)
        dvg_buffer_init(all[i], &allocator);
    for (int i = 0; i < ROUNDS; i++) {
        dvg_duplicates duplicates = (dvg_duplicates)chance(3);
        t.model.size = t.alone.size = 0;
        may_be_wrong = false;
        add_object(&t.model, DEPTH);
        may_be_wrong = i % 2 == 0;
        add_object(&t.alone, DEPTH);
        spoil(&t.alone);
        if (!reads(&t.model, duplicates, &t.said[0]))
            continue;
        join(&t);
        bool alone = reads(&t.alone, duplicates, &t.said[0]);
        bool both = reads(&t.both, duplicates, &t.said[1]);
        if (alone)
            assert_true(both);
        if (alone && both)
            check_end(&t);
        /* What is no element may be several. */
        assert_true(alone || !both || elements > 2);
        accepted += alone;
        refused += !both;
    }
    for (size_t i = 0; i < 5; i++)
        dvg_buffer_clear(all[i]);
    assert_true(accepted > ROUNDS / 4 && refused > ROUNDS / 20);
    assert_int_equal(counting.live, 0);
}

/* An array with so many shapes that the ones before are forgotten meanwhile. */
static void add_shapes(dvg_buffer *out, int count)
{
    char text[64];
    dvg_buffer_add_byte(out, '[');
    for (int i = 0; i < count; i++) {
        snprintf(text, sizeof text, "%s{\"n%d\":%d,\"m%d\":null}", i > 0 ? "," : "", i, i, i % 7);
        dvg_buffer_add_text(out, text);
    }
    dvg_buffer_add_byte(out, ']');
}

/* An object goes on in its shape, or in another way, after all shapes were forgotten inside it. */
static void shapes_are_forgotten(void **state)
{
    static const char *const ends[] = {",\"b\":2}]", ",\"a\":2}]", ",\"b\":2,\"b\":3}]",
                                       ",\"b\":2,\"c\":3}]"};
    dvg_buffer text;
    dvg_buffer said;
    (void)state;
    allocator = counting_allocator(&counting);
    dvg_buffer_init(&text, &allocator);
    dvg_buffer_init(&said, &allocator);
    for (int i = 0; i < 4; i++) {
        text.size = 0;
        dvg_buffer_add_text(&text, "[{\"a\":[],\"b\":1},{\"a\":");
        add_shapes(&text, 1000);
        dvg_buffer_add_text(&text, ends[i]);
        assert_true(reads(&text, DVG_DUPLICATES_REPORT, &said));
        assert_int_equal(said.size, text.size);
        assert_memory_equal(said.data, text.data, text.size);
        assert_int_equal(reads(&text, DVG_DUPLICATES_REFUSE, &said), i % 3 == 0);
    }
    dvg_buffer_clear(&text);
    dvg_buffer_clear(&said);
    assert_int_equal(counting.live, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(follows_as_alone),
                                       cmocka_unit_test(shapes_are_forgotten)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
