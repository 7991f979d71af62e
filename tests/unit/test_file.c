/*
 * Reading files: what is refused, without blocking; what is read, whole and padded; folders.
 */
#define _DEFAULT_SOURCE
#include "os/file.h"
#include "os/folder.h"
#include "os/parallel.h"
#include "os/reason.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

static dvg_allocator allocator;
static dvg_error error;
static char folder[] = "/tmp/diverge-file-XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    if (mkdtemp(folder) == NULL)
        return -1;
    return chdir(folder);
}

static int leave_folder(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return chdir("/") == 0 ? system(command) : -1;
}

static void put(const char *path, const void *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void check_read(const char *path, const void *data, size_t size)
{
    dvg_bytes bytes;
    dvg_error_clear(&error);
    assert_int_equal(dvg_file_read(path, &allocator, &bytes, &error), DVG_OK);
    assert_int_equal(bytes.size, size);
    assert_non_null(bytes.data);
    assert_true(bytes.capacity >= size + DVG_FILE_PADDING);
    if (size > 0)
        assert_memory_equal(bytes.data, data, size);
    for (size_t i = 0; i < DVG_FILE_PADDING; i++)
        assert_int_equal(bytes.data[size + i], 0);
    dvg_bytes_clear(&bytes, &allocator);
    assert_null(bytes.data);
}

static void reads_whole_files(void **state)
{
    size_t size = 9 * 1000 * 1000 + 7; /* more than one read */
    char *large = malloc(size);
    (void)state;
    assert_non_null(large);
    for (size_t i = 0; i < size; i++)
        large[i] = (char)(i ^ i >> 9);
    put("empty", "", 0);
    put("small", "a\0b\n", 4);
    put("large", large, size);
    assert_int_equal(symlink("small", "link"), 0);
    check_read("empty", "", 0);
    check_read("small", "a\0b\n", 4);
    check_read("link", "a\0b\n", 4);
    check_read("large", large, size);
    free(large);
}

static void check_refused(const char *path, const char *message)
{
    dvg_bytes bytes;
    dvg_error_clear(&error);
    assert_int_equal(dvg_file_read(path, &allocator, &bytes, &error), DVG_E_IO);
    assert_string_equal(error.file, path);
    assert_string_equal(error.message, message);
    assert_null(bytes.data);
    assert_int_equal(dvg_file_read(path, &allocator, &bytes, NULL), DVG_E_IO);
}

/* A test that blocks is ended by the alarm. */
static void refuses_what_is_no_file(void **state)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "socket"};
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);
    (void)state;
    alarm(20);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(mkfifo("fifo", 0600), 0);
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_int_equal(symlink("nowhere", "dangling"), 0);
    assert_int_equal(symlink("loop", "loop"), 0);
    check_refused("fifo", "is a pipe, not a regular file");
    check_refused("folder", "is a directory");
    check_refused("socket", "is a socket, not a regular file");
    check_refused("/dev/zero", "is a device, not a regular file");
    check_refused("absent", "no such file");
    check_refused("", "no such file");
    check_refused("small/below", "no such file");
    check_refused("dangling", "no such file");
    check_refused("loop", "cannot be read: too many symbolic links");
    if (geteuid() != 0) {
        put("secret", "x", 1);
        chmod("secret", 0);
        check_refused("secret", "cannot be read: permission denied");
    }
    close(listener);
    alarm(0);
}

static void *write_slowly(void *payload)
{
    const char *path = payload;
    int handle = open(path, O_WRONLY);
    for (int i = 0; i < 200; i++) {
        char piece[999];
        memset(piece, 'a' + i % 26, sizeof piece);
        if (write(handle, piece, sizeof piece) != (ssize_t)sizeof piece)
            break;
        if (i % 50 == 0)
            usleep(1000);
    }
    close(handle);
    return NULL;
}

static void reads_a_pipe_that_was_named(void **state)
{
    pthread_t writer;
    dvg_bytes bytes;
    char path[] = "named";
    (void)state;
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(pthread_create(&writer, NULL, write_slowly, path), 0);
    assert_int_equal(dvg_file_read_any(path, &allocator, &bytes, &error), DVG_OK);
    pthread_join(writer, NULL);
    assert_int_equal(bytes.size, 200 * 999);
    for (size_t i = 0; i < bytes.size; i++)
        assert_int_equal(bytes.data[i], 'a' + (int)(i / 999) % 26);
    for (size_t i = 0; i < DVG_FILE_PADDING; i++)
        assert_int_equal(bytes.data[bytes.size + i], 0);
    dvg_bytes_clear(&bytes, &allocator);
    assert_int_equal(dvg_file_read_any("small", &allocator, &bytes, NULL), DVG_OK);
    assert_int_equal(bytes.size, 4);
    dvg_bytes_clear(&bytes, &allocator);
    assert_int_equal(dvg_file_read_any("/dev/zero", &allocator, &bytes, NULL), DVG_E_IO);
    assert_int_equal(dvg_file_read_any("folder", &allocator, &bytes, NULL), DVG_E_IO);
}

/* The allocator is called between looking and reading: there another writer comes in. */
static void *meddle(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    const char *text = payload;
    if (pointer == NULL && new_size > 0)
        put("changing", text, strlen(text));
    return allocator.function(allocator.payload, pointer, old_size, new_size);
}

static void notices_a_change(void **state)
{
    static const char *const contents[] = {"longer than it was", "short", ""};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char text[32];
        snprintf(text, sizeof text, "%s", contents[i]);
        dvg_allocator meddling = {meddle, text};
        dvg_bytes bytes;
        put("changing", "ten bytes.", 10);
        dvg_error_clear(&error);
        assert_int_equal(dvg_file_read("changing", &meddling, &bytes, &error), DVG_E_IO);
        assert_string_equal(error.message, "changed while it was read");
        assert_null(bytes.data);
    }
}

/* ---- mapping */

struct asked {
    bool answer;
    int maps, unmaps;
};

static bool on_map(void *payload, const char *path, const void *data, size_t size)
{
    struct asked *asked = payload;
    assert_non_null(data);
    assert_true(size > 0);
    if (path == NULL)
        asked->unmaps++;
    else
        asked->maps++;
    return asked->answer;
}

/* What ends at a page, just before it and just behind it is followed by zeroes all the same. */
static void maps_what_may_be_mapped(void **state)
{
    static char text[3 << 16];
    static const size_t sizes[] = {1 << 16, (1 << 16) + 1, (2 << 16) - 1, (2 << 16) + 4095, 100};
    (void)state;
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i % 26);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (int agree = 0; agree < 2; agree++) {
            struct asked asked = {agree == 1, 0, 0};
            const dvg_mapper mapper = {on_map, &asked};
            dvg_bytes bytes;
            put("mapped", text, sizes[i]);
            assert_int_equal(dvg_file_take("mapped", &allocator, &mapper, &bytes, &error), DVG_OK);
            assert_int_equal(bytes.size, sizes[i]);
            assert_memory_equal(bytes.data, text, sizes[i]);
            for (size_t j = 0; j < DVG_FILE_PADDING; j++)
                assert_int_equal(bytes.data[sizes[i] + j], 0);
            assert_int_equal(dvg_bytes_check(&bytes, "mapped", &error), DVG_OK);
            dvg_bytes_clear(&bytes, &allocator);
            assert_int_equal(asked.maps, sizes[i] >= 1 << 16);
            assert_int_equal(asked.unmaps, agree == 1 && sizes[i] >= 1 << 16);
        }
    }
}

static void notices_a_change_of_a_map(void **state)
{
    static char text[1 << 17];
    struct asked asked = {true, 0, 0};
    const dvg_mapper mapper = {on_map, &asked};
    dvg_bytes bytes;
    (void)state;
    memset(text, 'x', sizeof text);
    put("mapped", text, sizeof text);
    assert_int_equal(dvg_file_take("mapped", &allocator, &mapper, &bytes, &error), DVG_OK);
    /* Another file of that name is not this one. */
    assert_int_equal(rename("mapped", "moved"), 0);
    put("mapped", "other", 5);
    text[5] = 'y';
    FILE *file = fopen("moved", "r+");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, 6, file), 6);
    fclose(file);
    dvg_error_clear(&error);
    assert_int_equal(dvg_bytes_check(&bytes, "mapped", &error), DVG_E_IO);
    assert_string_equal(error.message, "changed while it was read");
    dvg_bytes_clear(&bytes, &allocator);
    assert_int_equal(asked.unmaps, 1);
}

static void *no_memory(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    (void)pointer;
    (void)old_size;
    (void)new_size;
    return NULL;
}

static void tells_lack_of_memory(void **state)
{
    const dvg_allocator none = {no_memory, NULL};
    dvg_bytes bytes;
    dvg_folder list;
    (void)state;
    assert_int_equal(dvg_file_read("small", &none, &bytes, NULL), DVG_E_MEMORY);
    assert_null(bytes.data);
    assert_int_equal(dvg_folder_list(&list, ".", &none, NULL), DVG_E_MEMORY);
    dvg_folder_clear(&list);
}

static void check_look(const char *path, dvg_presence expected)
{
    dvg_presence presence = DVG_PRESENCE_OTHER;
    assert_int_equal(dvg_path_look(path, &presence, &error), DVG_OK);
    assert_int_equal(presence, expected);
}

static void looks(void **state)
{
    dvg_presence presence;
    uint64_t size = 99;
    (void)state;
    dvg_error_clear(&error);
    check_look("small", DVG_PRESENCE_REGULAR);
    check_look("link", DVG_PRESENCE_REGULAR);
    check_look("dangling", DVG_PRESENCE_DANGLING);
    check_look("absent", DVG_PRESENCE_ABSENT);
    check_look("small/below", DVG_PRESENCE_ABSENT);
    check_look("folder", DVG_PRESENCE_DIRECTORY);
    check_look("fifo", DVG_PRESENCE_OTHER);
    check_look("/dev/null", DVG_PRESENCE_OTHER);
    check_look("loop", DVG_PRESENCE_DANGLING);
    check_look("loop/below", DVG_PRESENCE_ABSENT);
    assert_int_equal(dvg_path_measure("small", &presence, &size, NULL), DVG_OK);
    assert_int_equal(size, 4);
    assert_int_equal(dvg_path_measure("absent", &presence, &size, NULL), DVG_OK);
    assert_int_equal(size, 0);
}

static void lists_sorted_by_bytes(void **state)
{
    static const char *const names[] = {"\xff", "b", "B", "a", ".hidden", "a.b", "\xc3\xa4"};
    static const char *const sorted[] = {".hidden", "B", "a", "a.b", "b", "\xc3\xa4", "\xff"};
    dvg_folder list;
    (void)state;
    assert_int_equal(mkdir("many", 0700), 0);
    for (size_t i = 0; i < 7; i++) {
        char path[32];
        snprintf(path, sizeof path, "many/%s", names[i]);
        put(path, "", 0);
    }
    assert_int_equal(dvg_folder_list(&list, "many", &allocator, NULL), DVG_OK);
    assert_int_equal(list.count, 7);
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(list.names[i], sorted[i]);
    dvg_folder_clear(&list);
    assert_int_equal(dvg_folder_list(&list, "absent", &allocator, NULL), DVG_OK);
    assert_int_equal(list.count, 0);
    dvg_folder_clear(&list);
    dvg_error_clear(&error);
    assert_int_equal(dvg_folder_list(&list, "small", &allocator, &error), DVG_E_IO);
    assert_string_equal(error.file, "small");
    dvg_folder_clear(&list);
}

static void names_reasons(void **state)
{
    (void)state;
    assert_string_equal(dvg_reason(ENOSPC), "no space left on device");
    assert_null(dvg_reason(-5));
    dvg_error_clear(&error);
    assert_int_equal(dvg_fail_system(&error, "f", "cannot be read", 99999), DVG_E_IO);
    assert_string_equal(error.message, "cannot be read: system error 99999");
    dvg_error_clear(&error);
    assert_int_equal(dvg_fail_system(&error, "f", NULL, ENOMEM), DVG_E_MEMORY);
    assert_string_equal(error.file, "f");
}

struct job {
    pthread_t thread;
    int blocked;
};

static void note_thread(void *payload)
{
    struct job *job = payload;
    sigset_t mask;
    job->thread = pthread_self();
    pthread_sigmask(SIG_BLOCK, NULL, &mask);
    job->blocked = sigismember(&mask, SIGINT);
}

static void runs_side_by_side(void **state)
{
    (void)state;
    for (int threaded = 0; threaded < 2; threaded++) {
        struct job first = {0};
        struct job second = {0};
        dvg_parallel(note_thread, &first, &second, threaded == 1);
        assert_true(pthread_equal(first.thread, pthread_self()));
        assert_int_equal(first.blocked, 0);
        assert_int_equal(!pthread_equal(second.thread, pthread_self()), threaded);
        assert_int_equal(second.blocked, threaded);
    }
}

static void gives_seeds_and_time(void **state)
{
    uint64_t first[2] = {0, 0};
    uint64_t second[2] = {0, 0};
    (void)state;
    assert_true(dvg_random_seed(first) && dvg_random_seed(second));
    assert_memory_not_equal(first, second, sizeof first);
    uint64_t before = dvg_clock_milliseconds();
    usleep(3000);
    assert_true(dvg_clock_milliseconds() > before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_whole_files),           cmocka_unit_test(refuses_what_is_no_file),
        cmocka_unit_test(reads_a_pipe_that_was_named), cmocka_unit_test(notices_a_change),
        cmocka_unit_test(maps_what_may_be_mapped),     cmocka_unit_test(notices_a_change_of_a_map),
        cmocka_unit_test(tells_lack_of_memory),        cmocka_unit_test(looks),
        cmocka_unit_test(lists_sorted_by_bytes),       cmocka_unit_test(names_reasons),
        cmocka_unit_test(runs_side_by_side),           cmocka_unit_test(gives_seeds_and_time),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
