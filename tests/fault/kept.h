/*
 * kept: the reports of a scenario on disk: what stands there before a run, and whether every one
 * of them is the old or the complete new one after it. Everything is static, so that each test
 * program has its own.
 */
#ifndef TESTS_FAULT_KEPT_H
#define TESTS_FAULT_KEPT_H

#include "fault/scenario.h"

#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

static char kept_at_hand[200]; /* what is being tried, for whoever reads the end of a log */
static char kept_folder[64];

static inline _Noreturn void kept_give_up(const char *what)
{
    fprintf(stderr, "%s: %s\n", kept_at_hand, what);
    abort();
}

static inline void kept_check(bool truth, const char *what)
{
    if (!truth)
        kept_give_up(what);
}

static inline void kept_tell_crash(int number)
{
    /* Nothing but write is safe here. */
    (void)!write(STDERR_FILENO, kept_at_hand, strlen(kept_at_hand));
    (void)!write(STDERR_FILENO, ": crashed\n", 10);
    signal(number, SIG_DFL);
    raise(number);
}

/* ---- the folder */

/* In memory where that can be had: the files that are replaced are flushed each time. */
static inline void kept_enter(void)
{
    snprintf(kept_folder, sizeof kept_folder, "%s/diverge-fault-XXXXXX",
             access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp");
    kept_check(mkdtemp(kept_folder) != NULL && chdir(kept_folder) == 0, "no folder");
    signal(SIGSEGV, kept_tell_crash);
    scenario_make_files();
    kept_check(mkdir("out", 0700) == 0 && mkdir("behind", 0700) == 0, "no folder for reports");
}

static inline void kept_leave(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", kept_folder);
    if (chdir("/") != 0 || system(command) != 0)
        fprintf(stderr, "%s was left\n", kept_folder);
}

static inline const char *kept_path(size_t index)
{
    static char path[100];
    snprintf(path, sizeof path, "out/%zu", index);
    return path;
}

static inline size_t kept_count(const struct scenario *scenario)
{
    size_t count = 0;
    while (scenario->reports[count] != NULL)
        count++;
    return count;
}

/* Remove all that stands in the two folders. */
static inline void kept_clear(void)
{
    static const char *const folders[] = {"out", "behind"};
    for (int i = 0; i < 2; i++) {
        DIR *list = opendir(folders[i]);
        kept_check(list != NULL, "no folder for reports");
        for (const struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
            char path[400];
            snprintf(path, sizeof path, "%s/%s", folders[i], entry->d_name);
            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
                (void)unlink(path);
        }
        closedir(list);
    }
}

static bool kept_fresh; /* the last report of several does not exist before */

/* The reports of before: the first one is a link into another folder, with a mode of its own; the
 * last one of several is there or not. */
static inline void kept_make(const struct scenario *scenario)
{
    size_t count = kept_count(scenario);
    kept_clear();
    for (size_t i = 0; i < count; i++) {
        if (i == 0 && symlink("../behind/0", kept_path(0)) != 0)
            kept_give_up("no link");
        if (i == 0 || i + 1 < count || !kept_fresh)
            scenario_write(kept_path(i), "old");
    }
    if (count > 0)
        kept_check(chmod("behind/0", 0640) == 0, "no mode");
}

/* ---- looking */

/* Contents of a report, to be freed; NULL: it does not exist. */
static inline char *kept_contents(size_t index)
{
    char *text = NULL;
    size_t size = 0, room = 0, got = 1;
    FILE *file = fopen(kept_path(index), "rb");
    if (file == NULL)
        return NULL;
    while (got > 0) {
        room = 2 * room + 4096;
        text = realloc(text, room);
        kept_check(text != NULL, "no memory for the test");
        got = fread(text + size, 1, room - size - 1, file);
        size += got;
    }
    text[size] = '\0';
    fclose(file);
    return text;
}

static inline size_t kept_files(void)
{
    static const char *const folders[] = {"out", "behind"};
    size_t count = 0;
    for (int i = 0; i < 2; i++) {
        DIR *list = opendir(folders[i]);
        kept_check(list != NULL, "no folder for reports");
        for (const struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list))
            count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
        closedir(list);
    }
    return count;
}

/* Where two texts part ways. */
static inline void kept_show(const char *text, const char *expected)
{
    size_t at = 0;
    while (text[at] != '\0' && text[at] == expected[at])
        at++;
    fprintf(stderr, "at byte %zu: %.60s\nexpected:     %.60s\n", at, text + at, expected + at);
}

/* What may be found. */
enum kept_state { KEPT_OLD = 1, KEPT_NEW = 2, KEPT_EITHER = 3 };

/* Every report is old, or complete, as `allowed` says; a link is a link and a mode is kept. Where
 * `alone` there is no other file. */
static inline void kept_look(const struct scenario *scenario, char *const *complete, int allowed,
                             bool alone)
{
    size_t count = kept_count(scenario);
    size_t files = count > 0;
    struct stat status;
    for (size_t i = 0; i < count; i++) {
        char *text = kept_contents(i);
        bool was_there = i == 0 || i + 1 < count || !kept_fresh;
        bool old = text == NULL ? !was_there : was_there && strcmp(text, "old") == 0;
        bool whole = text != NULL && complete[i] != NULL && strcmp(text, complete[i]) == 0;
        files += text != NULL;
        if (!old && !whole && text != NULL && complete[i] != NULL)
            kept_show(text, complete[i]);
        if (!(old && allowed & KEPT_OLD) && !(whole && allowed & KEPT_NEW))
            kept_give_up(text == NULL ? "a report is gone"
                         : old        ? "a report was not written"
                         : whole      ? "a report changed in a run that failed"
                                      : "a report in part");
        free(text);
    }
    if (count > 0) {
        kept_check(lstat("out/0", &status) == 0 && S_ISLNK(status.st_mode), "the link is gone");
        kept_check(stat("out/0", &status) == 0 && (status.st_mode & 0777) == 0640,
                   "the mode is another");
    }
    if (alone)
        kept_check(kept_files() == files, "a temporary file was left");
}

#endif
