/*
 * Files replaced together: all or none, links followed, modes kept, nothing left behind.
 */
#define _DEFAULT_SOURCE
#include "os/folder.h"
#include "os/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static dvg_allocator allocator;
static dvg_error error;
static dvg_replace *set;
static char folder[] = "/tmp/diverge-replace-XXXXXX";

static int enter_folder(void **state)
{
    (void)state;
    allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return -1;
    return mkdir("work", 0700);
}

static int leave_folder(void **state)
{
    char command[100];
    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return chdir("/") == 0 ? system(command) : -1;
}

/* Every test begins in an empty folder with an empty set. */
static int begin(void **state)
{
    (void)state;
    if (system("chmod -R u+rwx work; rm -rf work; mkdir work") != 0 || chdir("work") != 0)
        return -1;
    dvg_error_clear(&error);
    umask(022);
    return dvg_replace_new(&set, &allocator, NULL) == DVG_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    dvg_replace_free(set);
    set = NULL;
    return chdir("..");
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static bool holds(const char *path, const char *text)
{
    char data[200] = "";
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    size_t size = fread(data, 1, sizeof data - 1, file);
    fclose(file);
    return size == strlen(text) && memcmp(data, text, size) == 0;
}

static mode_t mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(lstat(path, &status), 0);
    return status.st_mode;
}

static size_t names_in(const char *path)
{
    dvg_folder list;
    assert_int_equal(dvg_folder_list(&list, path, &allocator, NULL), DVG_OK);
    size_t count = list.count;
    dvg_folder_clear(&list);
    return count;
}

static void add(const char *path, const char *text)
{
    if (dvg_replace_add(set, path, &error) != DVG_OK)
        fail_msg("%s: %s", path, error.message);
    dvg_buffer_add_text(dvg_replace_buffer(set), text);
}

static void check_refused(const char *path, dvg_status status, const char *message)
{
    dvg_error_clear(&error);
    assert_int_equal(dvg_replace_add(set, path, &error), status);
    assert_string_equal(error.message, message);
    assert_string_equal(error.file, path);
    dvg_error_clear(&error);
}

static void commit(void)
{
    if (dvg_replace_commit(set, true, NULL, NULL, &error) != DVG_OK)
        fail_msg("%s: %s", error.file, error.message);
}

static void makes_and_replaces(void **state)
{
    (void)state;
    put("old", "old");
    chmod("old", 0640);
    add("old", "new contents");
    add("fresh", "");
    add("./newdir/", "named with a slash");
    assert_true(holds("old", "old"));
    commit();
    assert_true(holds("old", "new contents"));
    assert_true(holds("fresh", ""));
    assert_true(holds("newdir", "named with a slash"));
    assert_int_equal(mode_of("old"), S_IFREG | 0640);
    assert_int_equal(mode_of("fresh"), S_IFREG | 0644);
    assert_int_equal(names_in("."), 3);
}

/* More than one file of a size that is waited for in several threads. */
static void writes_much(void **state)
{
    (void)state;
    static const char *const names[] = {"large", "second", "third"};
    put("second", "old");
    for (int i = 0; i < 3; i++) {
        add(names[i], names[i]);
        dvg_buffer *buffer = dvg_replace_buffer(set);
        for (int k = 0; k < 500000; k++)
            dvg_buffer_add_text(buffer, "0123456789");
    }
    commit();
    for (int i = 0; i < 3; i++) {
        struct stat status;
        assert_int_equal(stat(names[i], &status), 0);
        assert_int_equal(status.st_size, 5000000 + strlen(names[i]));
    }
    assert_int_equal(names_in("."), 3);
}

static void follows_links(void **state)
{
    (void)state;
    mkdir("there", 0700);
    put("there/real", "old");
    assert_int_equal(symlink("there/real", "link"), 0);
    assert_int_equal(symlink("./link", "second"), 0);
    assert_int_equal(symlink("there/../there/made", "dangling"), 0);
    assert_int_equal(symlink("there", "way"), 0);
    add("second", "through two links");
    add("dangling", "made behind a link");
    add("way/beside", "a folder that is a link");
    commit();
    assert_true(S_ISLNK(mode_of("second")) && S_ISLNK(mode_of("dangling")));
    assert_true(holds("there/real", "through two links"));
    assert_true(holds("there/made", "made behind a link"));
    assert_true(holds("there/beside", "a folder that is a link"));
    assert_int_equal(names_in("there"), 3);
    assert_int_equal(names_in("."), 5);
}

static void refuses_bad_targets(void **state)
{
    (void)state;
    mkdir("folder", 0700);
    put("file", "");
    symlink("loop", "loop");
    check_refused("folder", DVG_E_IO, "is a directory");
    check_refused("", DVG_E_IO, "is a directory");
    check_refused("..", DVG_E_IO, "is a directory");
    check_refused("absent/x", DVG_E_IO, "cannot be written: there is no directory absent");
    check_refused("file/x", DVG_E_IO, "cannot be written: there is no directory file");
    check_refused("loop", DVG_E_IO, "too many symbolic links");
    if (geteuid() != 0) {
        chmod("file", 0444);
        check_refused("file", DVG_E_IO, "cannot be written: permission denied");
    }
    commit();
    assert_int_equal(names_in("."), 3);
}

static void refuses_the_same_file_twice(void **state)
{
    (void)state;
    put("a", "");
    link("a", "hard");
    symlink("a", "soft");
    symlink("made", "dangling");
    add("a", "x");
    add("made", "x");
    check_refused("./a", DVG_E_ARGUMENT, "two reports would be one file: the other is a");
    check_refused("hard", DVG_E_ARGUMENT, "two reports would be one file: the other is a");
    check_refused("soft", DVG_E_ARGUMENT, "two reports would be one file: the other is a");
    check_refused("../work/made", DVG_E_ARGUMENT,
                  "two reports would be one file: the other is made");
    check_refused("dangling", DVG_E_ARGUMENT, "two reports would be one file: the other is made");
    add("other", "x");
}

static void protects_inputs(void **state)
{
    (void)state;
    put("input", "precious");
    link("input", "hard");
    symlink("input", "soft");
    add("output", "x");
    assert_int_equal(dvg_replace_protect(set, "soft", NULL), DVG_OK);
    assert_int_equal(dvg_replace_protect(set, "absent", NULL), DVG_OK);
    assert_int_equal(dvg_replace_protect(set, "no/folder", NULL), DVG_OK);
    assert_int_equal(dvg_replace_protect(set, "./output", NULL), DVG_E_ARGUMENT);
    check_refused("input", DVG_E_ARGUMENT, "cannot be written: it is an input");
    check_refused("hard", DVG_E_ARGUMENT, "cannot be written: it is an input");
    check_refused("soft", DVG_E_ARGUMENT, "cannot be written: it is an input");
    check_refused("../work/absent", DVG_E_ARGUMENT, "cannot be written: it is an input");
    commit();
    assert_true(holds("input", "precious"));
}

/* ---- what is no regular file */

static void *read_all(void *payload)
{
    char *text = payload;
    FILE *file = fopen("fifo", "rb");
    size_t size = fread(text, 1, 99, file);
    text[size] = '\0';
    fclose(file);
    return NULL;
}

static void writes_pipes_straight(void **state)
{
    pthread_t reader;
    char text[100];
    (void)state;
    mkfifo("fifo", 0600);
    put("file", "old");
    add("fifo", "through the pipe");
    add("file", "new");
    assert_int_equal(pthread_create(&reader, NULL, read_all, text), 0);
    commit();
    pthread_join(reader, NULL);
    assert_string_equal(text, "through the pipe");
    assert_true(S_ISFIFO(mode_of("fifo")));
    assert_true(holds("file", "new"));
    assert_int_equal(names_in("."), 2);
}

static void keeps_files_when_a_device_fails(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    put("file", "old");
    add("file", "new");
    add("/dev/full", "x");
    add("fresh", "x");
    assert_int_equal(dvg_replace_commit(set, true, NULL, NULL, &error), DVG_E_IO);
    assert_string_equal(error.file, "/dev/full");
    assert_string_equal(error.message, "cannot be written: no space left on device");
    assert_true(holds("file", "old"));
    assert_int_equal(names_in("."), 1);
}

/* A descriptor is written where it stands: neither truncated nor renamed over. */
static void writes_descriptors_where_they_stand(void **state)
{
    char path[40];
    (void)state;
    put("log", "");
    int handle = open("log", O_WRONLY | O_APPEND);
    snprintf(path, sizeof path, "/dev/fd/%d", handle);
    if (access(path, F_OK) != 0)
        skip();
    assert_int_equal(write(handle, "before\n", 7), 7);
    add(path, "report\n");
    commit();
    assert_int_equal(write(handle, "after\n", 6), 6);
    close(handle);
    assert_true(holds("log", "before\nreport\nafter\n"));
    assert_int_equal(names_in("."), 1);
}

static void survives_a_broken_pipe(void **state)
{
    char path[40];
    int ends[2];
    sigset_t waiting;
    (void)state;
    signal(SIGPIPE, SIG_DFL);
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[1]);
    put("file", "old");
    add(path, "x");
    add("file", "new");
    assert_int_equal(dvg_replace_commit(set, true, NULL, NULL, &error), DVG_E_IO);
    assert_string_equal(error.message, "cannot be written: broken pipe");
    assert_int_equal(sigpending(&waiting), 0);
    assert_int_equal(sigismember(&waiting, SIGPIPE), 0);
    assert_true(holds("file", "old"));
    assert_int_equal(names_in("."), 1);
    close(ends[1]);
}

/* ---- half-way */

struct plan {
    int asked;
    int stop_at;     /* the ask that answers no */
    int die_at;      /* the ask at which the process is killed */
    int obstruct_at; /* the ask at which a folder is put where the third file goes */
};

static int follow_plan(void *payload)
{
    struct plan *plan = payload;
    int asked = ++plan->asked;
    if (asked == plan->die_at)
        kill(getpid(), SIGKILL);
    if (asked == plan->obstruct_at)
        mkdir("third", 0700);
    return asked == plan->stop_at ? -1 : 0;
}

static void add_three(void)
{
    put("first", "old first");
    chmod("first", 0604);
    add("first", "new first");
    add("second", "new second");
    add("third", "new third");
}

static void stops_anywhere(void **state)
{
    (void)state;
    add_three();
    struct plan plan = {0};
    for (int stop = 1;; stop++) {
        plan = (struct plan){.stop_at = stop};
        dvg_error_clear(&error);
        dvg_status status = dvg_replace_commit(set, true, follow_plan, &plan, &error);
        if (status == DVG_OK)
            break;
        assert_int_equal(status, DVG_E_CANCELLED);
        assert_int_equal(error.status, DVG_E_CANCELLED);
        assert_true(holds("first", "old first"));
        assert_int_equal(mode_of("first"), S_IFREG | 0604);
        assert_int_equal(names_in("."), 1);
    }
    assert_true(plan.asked >= 9); /* each is asked for before it is made, written and renamed */
    assert_true(holds("first", "new first") && holds("third", "new third"));
    assert_int_equal(names_in("."), 3);
}

static void puts_back_when_a_later_rename_fails(void **state)
{
    (void)state;
    add_three();
    struct stat before;
    struct stat after;
    stat("first", &before);
    struct plan plan = {.obstruct_at = 7};
    assert_int_equal(dvg_replace_commit(set, true, follow_plan, &plan, &error), DVG_E_IO);
    assert_string_equal(error.message, "cannot be replaced: is a directory");
    assert_string_equal(error.file, "third");
    assert_string_equal(error.detail, "");
    assert_true(holds("first", "old first"));
    stat("first", &after);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(names_in("."), 2); /* "first" and the folder in the way */
}

/* Old or complete at every moment; what a kill leaves behind besides is hidden. */
static void is_whole_after_a_kill(void **state)
{
    (void)state;
    for (int die = 1, status = 1; status != 0; die++) {
        if (system("rm -rf ./* ./.diverge-*") != 0)
            fail();
        put("first", "old first");
        put("third", "old third");
        pid_t child = fork();
        if (child == 0) {
            struct plan plan = {.die_at = die};
            add("first", "new first");
            add("second", "new second");
            add("third", "new third");
            _exit(dvg_replace_commit(set, true, follow_plan, &plan, NULL) == DVG_OK ? 0 : 2);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(status == 0 || WIFSIGNALED(status));
        assert_true(holds("first", "old first") || holds("first", "new first"));
        assert_true(access("second", F_OK) != 0 || holds("second", "new second"));
        assert_true(holds("third", "old third") || holds("third", "new third"));
    }
    assert_true(holds("first", "new first") && holds("second", "new second"));
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
    (void)state;
    put("first", "old first");
    put("second", "old second");
    dvg_status status = DVG_E_MEMORY;
    for (int fail = 0; status != DVG_OK; fail++) {
        int left = fail;
        const dvg_allocator failing = {fail_at, &left};
        dvg_replace *other = NULL;
        status = dvg_replace_new(&other, &failing, NULL);
        if (status == DVG_OK)
            status = dvg_replace_protect(other, "input", NULL);
        for (int i = 0; i < 2 && status == DVG_OK; i++) {
            status = dvg_replace_add(other, i == 0 ? "first" : "second", NULL);
            if (status == DVG_OK)
                dvg_buffer_add_text(dvg_replace_buffer(other), "new");
        }
        if (status == DVG_OK)
            status = dvg_replace_commit(other, true, NULL, NULL, NULL);
        dvg_replace_free(other);
        assert_true(status == DVG_OK || status == DVG_E_MEMORY);
        assert_true(status == DVG_OK ||
                    (holds("first", "old first") && holds("second", "old second")));
        assert_int_equal(names_in("."), 2);
    }
    assert_true(holds("first", "new") && holds("second", "new"));
}

static void names_a_folder_that_takes_no_files(void **state)
{
    (void)state;
    if (geteuid() == 0)
        skip();
    mkdir("closed", 0700);
    put("closed/file", "old");
    chmod("closed", 0500);
    add("closed/file", "new");
    assert_int_equal(dvg_replace_commit(set, true, NULL, NULL, &error), DVG_E_IO);
    assert_string_equal(error.message,
                        "cannot be written: no file can be made beside it: permission denied");
    assert_true(holds("closed/file", "old"));
    chmod("closed", 0700);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(makes_and_replaces),
        TEST(writes_much),
        TEST(follows_links),
        TEST(refuses_bad_targets),
        TEST(refuses_the_same_file_twice),
        TEST(protects_inputs),
        TEST(writes_pipes_straight),
        TEST(keeps_files_when_a_device_fails),
        TEST(writes_descriptors_where_they_stand),
        TEST(survives_a_broken_pipe),
        TEST(stops_anywhere),
        TEST(puts_back_when_a_later_rename_fails),
        TEST(is_whole_after_a_kill),
        TEST(tells_lack_of_memory_everywhere),
        TEST(names_a_folder_that_takes_no_files),
    };
    return cmocka_run_group_tests(tests, enter_folder, leave_folder);
}
