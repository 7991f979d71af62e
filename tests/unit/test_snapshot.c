/*
 * Snapshots: one read per file, the same bytes hashed and parsed, errors that name the file.
 */
#define _DEFAULT_SOURCE
#include "snapshot/snapshot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static dvg_allocator allocator;
static dvg_error error;
static dvg_reading reading;
static char folder[] = "/tmp/diverge-snapshot-XXXXXX";

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int enter_folder(void **state)
{
    (void)state;
    allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    dvg_reading_init(&reading);
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return -1;
    mkdir("left", 0700);
    mkdir("right", 0700);
    mkdir("left/sub", 0700);
    put("left/a.json", "{\"a\": [1, 2]}");
    put("right/a.json", "{\"a\": [1, 3]}");
    put("left/sub/b.json", "[]");
    put("left/abc", "abc");
    put("left/bad.json", "{\"a\":\n 01}");
    put("right/bad.json", "{,}");
    put("file", "");
    return symlink("nowhere", "dangling");
}

static int leave_folder(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return chdir("/") == 0 ? system(command) : -1;
}

static dvg_snapshot *open_snapshot(const char *path)
{
    dvg_snapshot *snapshot = NULL;
    dvg_error_clear(&error);
    if (dvg_snapshot_open(&snapshot, path, &allocator, &reading, &error) != DVG_OK)
        fail_msg("%s: %s", path, error.message);
    return snapshot;
}

static void check_absent(const char *path, const char *message)
{
    dvg_snapshot *snapshot = NULL;
    dvg_error_clear(&error);
    assert_int_equal(dvg_snapshot_open(&snapshot, path, &allocator, &reading, &error),
                     DVG_E_ABSENT);
    assert_null(snapshot);
    assert_string_equal(error.message, message);
}

static void opens_directories_only(void **state)
{
    (void)state;
    check_absent("absent", "no such directory");
    check_absent("absent/below", "no such directory");
    check_absent("dangling", "no such directory");
    check_absent("file", "is not a directory");
    dvg_snapshot *snapshot = open_snapshot(".//left/./");
    assert_string_equal(dvg_snapshot_path(snapshot), ".//left/./");
    assert_string_equal(dvg_snapshot_shown(snapshot), "left");
    assert_string_equal(dvg_snapshot_file_path(snapshot, "a.json"), "left/a.json");
    assert_string_equal(dvg_snapshot_file_path(snapshot, "./sub//b.json"), "left/sub/b.json");
    dvg_snapshot_free(snapshot);
    snapshot = open_snapshot("");
    assert_string_equal(dvg_snapshot_shown(snapshot), ".");
    assert_string_equal(dvg_snapshot_file_path(snapshot, "file"), "file");
    dvg_snapshot_free(snapshot);
    dvg_snapshot_free(NULL);
}

/* What was asked once is not asked again, whatever becomes of the file. */
static void remembers(void **state)
{
    dvg_snapshot *snapshot = open_snapshot("left");
    dvg_presence presence;
    const dvg_bytes *bytes;
    const dvg_bytes *again;
    const dvg_document *document;
    const char *hex;
    (void)state;
    put("left/gone", "[7]");
    assert_int_equal(dvg_snapshot_look(snapshot, "gone", &presence, &error), DVG_OK);
    assert_int_equal(presence, DVG_PRESENCE_REGULAR);
    assert_int_equal(dvg_snapshot_look(snapshot, "late", &presence, &error), DVG_OK);
    assert_int_equal(presence, DVG_PRESENCE_ABSENT);
    assert_int_equal(dvg_snapshot_bytes(snapshot, "gone", &bytes, &error), DVG_OK);
    assert_int_equal(unlink("left/gone"), 0);
    put("left/late", "");
    assert_int_equal(dvg_snapshot_look(snapshot, "gone", &presence, &error), DVG_OK);
    assert_int_equal(presence, DVG_PRESENCE_REGULAR);
    assert_int_equal(dvg_snapshot_look(snapshot, "late", &presence, &error), DVG_OK);
    assert_int_equal(presence, DVG_PRESENCE_ABSENT);
    assert_int_equal(dvg_snapshot_bytes(snapshot, "gone", &again, &error), DVG_OK);
    assert_ptr_equal(bytes, again);
    assert_int_equal(dvg_snapshot_sha256(snapshot, "gone", &hex, &error), DVG_OK);
    assert_false(dvg_snapshot_has_document(snapshot, "gone"));
    assert_int_equal(dvg_snapshot_document(snapshot, "gone", &document, &error), DVG_OK);
    assert_true(dvg_snapshot_has_document(snapshot, "gone"));
    assert_ptr_equal(document->source, bytes->data);
    assert_int_equal(dvg_value_count(dvg_document_root(document)), 1);
    dvg_snapshot_free(snapshot);
    unlink("left/late");
}

static void reads_hashes_and_parses(void **state)
{
    dvg_snapshot *snapshot = open_snapshot("left");
    const dvg_bytes *bytes;
    const char *hex;
    (void)state;
    assert_int_equal(dvg_snapshot_sha256(snapshot, "abc", &hex, &error), DVG_OK);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(dvg_snapshot_bytes(snapshot, "abc", &bytes, &error), DVG_OK);
    assert_int_equal(bytes->size, 3);
    assert_int_equal(dvg_snapshot_bytes(snapshot, "absent", &bytes, &error), DVG_E_IO);
    assert_string_equal(error.file, "left/absent");
    assert_string_equal(error.message, "no such file");
    dvg_error_clear(&error);
    assert_int_equal(dvg_snapshot_sha256(snapshot, "sub", &hex, &error), DVG_E_IO);
    assert_string_equal(error.message, "is a directory");
    assert_false(dvg_snapshot_has_document(snapshot, "absent"));
    dvg_snapshot_free(snapshot);
}

static void names_the_place_of_an_error(void **state)
{
    dvg_snapshot *snapshot = open_snapshot("./left");
    const dvg_document *document = NULL;
    (void)state;
    for (int i = 0; i < 2; i++) { /* a failure is no answer to remember wrongly */
        dvg_error_clear(&error);
        assert_int_equal(dvg_snapshot_document(snapshot, "bad.json", &document, &error),
                         DVG_E_INPUT);
        assert_string_equal(error.file, "left/bad.json");
        assert_int_equal(error.line, 2);
        assert_null(document);
        assert_false(dvg_snapshot_has_document(snapshot, "bad.json"));
    }
    dvg_snapshot_free(snapshot);
}

static void keeps_many_names_apart(void **state)
{
    dvg_snapshot *snapshot = open_snapshot("left");
    (void)state;
    const char *first = dvg_snapshot_file_path(snapshot, "name-0");
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 5000; i++) {
            char name[32];
            char path[64];
            snprintf(name, sizeof name, "name-%d", i);
            snprintf(path, sizeof path, "left/name-%d", i);
            assert_string_equal(dvg_snapshot_file_path(snapshot, name), path);
        }
    }
    assert_ptr_equal(dvg_snapshot_file_path(snapshot, "name-0"), first);
    dvg_snapshot_free(snapshot);
}

static void check_pair(const char *name, bool threaded, uint64_t count)
{
    dvg_snapshot *left = open_snapshot("left");
    dvg_snapshot *right = open_snapshot("right");
    const dvg_document *documents[2];
    const char *hex[2];
    assert_int_equal(dvg_snapshot_pair(left, right, name, threaded, documents, &error), DVG_OK);
    for (int side = 0; side < 2; side++)
        assert_int_equal(dvg_value_count(dvg_document_root(documents[side])), count);
    assert_ptr_not_equal(documents[0], documents[1]);
    assert_int_equal(dvg_snapshot_pair_sha256(left, right, name, threaded, hex, &error), DVG_OK);
    assert_string_not_equal(hex[0], hex[1]);
    dvg_snapshot_free(left);
    dvg_snapshot_free(right);
}

static void put_large(const char *path, int last)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs("[", file);
    for (int i = 1; i < 100000; i++)
        fprintf(file, "%d,", i);
    fprintf(file, "%d]", last);
    assert_int_equal(fclose(file), 0);
}

static void reads_both_sides(void **state)
{
    (void)state;
    put_large("left/large.json", 1);
    put_large("right/large.json", 2);
    for (int threaded = 0; threaded < 2; threaded++) {
        check_pair("a.json", threaded == 1, 1);
        check_pair("large.json", threaded == 1, 100000);
    }
}

static void tells_the_left_error_first(void **state)
{
    dvg_snapshot *left = open_snapshot("left");
    dvg_snapshot *right = open_snapshot("right");
    const dvg_document *documents[2];
    (void)state;
    assert_int_equal(dvg_snapshot_pair(left, right, "bad.json", true, documents, &error),
                     DVG_E_INPUT);
    assert_string_equal(error.file, "left/bad.json");
    dvg_error_clear(&error);
    assert_int_equal(dvg_snapshot_pair(left, right, "sub/b.json", true, documents, &error),
                     DVG_E_IO);
    assert_string_equal(error.file, "right/sub/b.json");
    assert_int_equal(dvg_snapshot_pair(left, right, "bad.json", true, documents, NULL),
                     DVG_E_INPUT);
    assert_int_equal(dvg_snapshot_pair(left, left, "a.json", true, documents, NULL), DVG_OK);
    assert_ptr_equal(documents[0], documents[1]);
    dvg_snapshot_free(left);
    dvg_snapshot_free(right);
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
    dvg_status status = DVG_E_MEMORY;
    (void)state;
    for (int fail = 0; status != DVG_OK; fail++) {
        int left = fail;
        const dvg_allocator failing = {fail_at, &left};
        dvg_snapshot *sides[2] = {NULL, NULL};
        const dvg_document *documents[2];
        const char *hex[2];
        status = dvg_snapshot_open(&sides[0], "left", &failing, &reading, NULL);
        if (status == DVG_OK)
            status = dvg_snapshot_open(&sides[1], "right", &failing, &reading, NULL);
        if (status == DVG_OK)
            status = dvg_snapshot_pair(sides[0], sides[1], "a.json", false, documents, NULL);
        if (status == DVG_OK)
            status = dvg_snapshot_pair_sha256(sides[0], sides[1], "a.json", false, hex, NULL);
        assert_true(status == DVG_OK || status == DVG_E_MEMORY);
        dvg_snapshot_free(sides[0]);
        dvg_snapshot_free(sides[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_directories_only),
        cmocka_unit_test(remembers),
        cmocka_unit_test(reads_hashes_and_parses),
        cmocka_unit_test(names_the_place_of_an_error),
        cmocka_unit_test(keeps_many_names_apart),
        cmocka_unit_test(reads_both_sides),
        cmocka_unit_test(tells_the_left_error_first),
        cmocka_unit_test(tells_lack_of_memory_everywhere),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
