/*
 * test_hostile: every script of this folder, each in a process of its own. Whatever it does, the
 * program ends in time and within its memory, says in one line what was wrong and where, leaves old
 * reports as they were and no temporary file behind.
 *
 * The head of a script says what to expect, in comments:
 *     as: profile, classifier or report    how it is named on the command line
 *     status: 3                            exit status
 *     error: REGEX                         extended; the one line on standard error; "": not asked
 *     options: ...                         further arguments; words in capitals are told below
 *     report: new                          it was written before the script did its worst
 * `test_hostile NAME...` runs these only, and shows what they said.
 */
/* wait4 is no POSIX name. */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <regex.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* The budget of an entry, and what is allowed for a process to start and end. */
enum {
    BUDGET_MS = 300,
    MEMORY_KIB = 8 << 10,
    OUTPUT_KIB = 1 << 10,
    JOBS_MOST = 8,
    TEXT_MOST = 8192
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SLACK_MS = 2500, MEASURED = 0 };
#else
enum { SLACK_MS = 250, MEASURED = 1 };
#endif

struct script {
    char name[128]; /* without ".lua" */
    char as[16];
    int status;
    bool written; /* the report is a new one */
    char error[512];
    char options[256];
};

struct job {
    struct script script;
    pid_t pid; /* 0: free */
    struct timespec start;
    char folder[64];
};

static char work[] = "/tmp/diverge-hostile-XXXXXX";
static char source[PATH_MAX];
static const char *program;
static long base_kib; /* what a harmless script takes */
static bool loud;
static int failed;

static void die(const char *what)
{
    fprintf(stderr, "test_hostile: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void write_text(const char *folder, const char *name, const char *text, size_t size)
{
    char path[PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(text, 1, size, file) != size || fclose(file) != 0)
        die(path);
}

static void put(const char *folder, const char *name, const char *text)
{
    write_text(folder, name, text, strlen(text));
}

/* The text of a file, NUL-ended in `text`. */
static size_t read_text(const char *folder, const char *name, char *text, size_t room)
{
    char path[PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        die(path);
    size_t size = fread(text, 1, room - 1, file);
    text[size] = '\0';
    (void)fclose(file);
    return size;
}

/* ---------------------------------------------------------------- what scripts work on */

static void make_folder(const char *name)
{
    char path[PATH_MAX];
    (void)snprintf(path, sizeof path, "%s/%s", work, name);
    if (mkdir(path, 0700) != 0)
        die(path);
}

/* Members m0..; all differ. */
static void make_side(const char *folder, int members, int value)
{
    static char text[1 << 18];
    char path[PATH_MAX];
    size_t at = 0;
    make_folder(folder);
    for (int i = 0; i < members; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s\"m%d\": %d", i > 0 ? ", " : "{", i,
                               value);
    at += (size_t)snprintf(text + at, sizeof text - at, "}\n");
    (void)snprintf(path, sizeof path, "%s/%s", work, folder);
    write_text(path, "d.json", text, at);
}

static void make_modules(void)
{
    char path[PATH_MAX];
    char name[32];
    char text[64];
    make_folder("scripts");
    make_folder("scripts/util");
    (void)snprintf(path, sizeof path, "%s/scripts/util", work);
    put(path, "endless.lua", "while true do end\n");
    put(path, "cycle_a.lua", "return require 'util.cycle_b'\n");
    put(path, "cycle_b.lua", "return require 'util.cycle_a'\n");
    put(path, "binary.lua", "\x1bLua");
    put(path, "deep.lua", "return (require 'util.deep0')\n");
    for (int i = 0; i < 300; i++) {
        (void)snprintf(name, sizeof name, "deep%d.lua", i);
        (void)snprintf(text, sizeof text, "return (require 'util.deep%d')\n", i + 1);
        put(path, name, text);
    }
}

static void make_world(void)
{
    if (mkdtemp(work) == NULL)
        die(work);
    make_side("left", 3, 1);
    make_side("right", 3, 2);
    make_side("left-many", 4000, 1);
    make_side("right-many", 4000, 2);
    make_modules();
    put(work, "base.lua",
        "return { api = 1, name = 'base', documents = { 'd.json' }, reports = { '../plain.lua' } "
        "}\n");
    put(work, "gate.lua",
        "return { api = 1, name = 'base', documents = { 'd.json' }, reports = { '../plain.lua' },\n"
        "  gates = function(run) run:gate('g', 1, 1, true) end }\n");
    put(work, "suppress.lua", "return { api = 1, classify = function() return false end }\n");
    put(work, "plain.lua",
        "return { api = 1, extension = 'txt', finish = function(out) out:write('fine\\n') end }\n");
}

static void remove_all(const char *path)
{
    char command[PATH_MAX + 16];
    (void)snprintf(command, sizeof command, "rm -rf '%s'", path);
    if (system(command) != 0)
        die(path);
}

/* ---------------------------------------------------------------- heads */

/* The value of "-- KEY: VALUE" into `out`, which stays as it is where there is none. */
static void read_head(const char *text, const char *key, char *out, size_t room)
{
    char mark[32];
    (void)snprintf(mark, sizeof mark, "-- %s:", key);
    const char *at = strstr(text, mark);
    if (at == NULL)
        return;
    at += strlen(mark);
    at += *at == ' ';
    (void)snprintf(out, room, "%.*s", (int)strcspn(at, "\n"), at);
}

static void read_script(struct script *script, const char *name)
{
    char file[160];
    char status[16] = "3";
    char report[16] = "";
    static char text[TEXT_MOST];
    memset(script, 0, sizeof *script);
    (void)snprintf(script->name, sizeof script->name, "%s", name);
    (void)snprintf(file, sizeof file, "%.120s.lua", name);
    (void)read_text(source, file, text, sizeof text);
    (void)snprintf(script->as, sizeof script->as, "profile");
    read_head(text, "as", script->as, sizeof script->as);
    read_head(text, "status", status, sizeof status);
    read_head(text, "error", script->error, sizeof script->error);
    read_head(text, "options", script->options, sizeof script->options);
    read_head(text, "report", report, sizeof report);
    script->status = atoi(status);
    script->written = script->status != 3 || strcmp(report, "new") == 0;
}

/* ---------------------------------------------------------------- one child */

/* Take the word out of the options; true if it was there. */
static bool take_word(char *options, const char *word)
{
    char *at = strstr(options, word);
    if (at == NULL)
        return false;
    memset(at, ' ', strlen(word));
    return true;
}

static void redirect(const char *name, int descriptor)
{
    int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(126);
}

static void run_child(const struct job *job)
{
    const char *arguments[48];
    size_t count = 0;
    char file[160];
    char options[256];
    const struct script *script = &job->script;
    (void)snprintf(file, sizeof file, "./%.120s.lua", script->name);
    (void)snprintf(options, sizeof options, "%s", script->options);
    bool many = take_word(options, "MANY");
    bool gate = take_word(options, "GATES");
    bool suppress = take_word(options, "SUPPRESS");
    bool profile = strcmp(script->as, "profile") == 0;
    const char *const first[] = {program,
                                 "--script-time",
                                 "300ms",
                                 "--script-memory",
                                 "8M",
                                 "--script-output",
                                 "1M",
                                 "--script-path",
                                 "../scripts",
                                 "--profile",
                                 profile ? file
                                 : gate  ? "../gate.lua"
                                         : "../base.lua"};
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        arguments[count++] = first[i];
    /* What ends a loop is the time, however much a fast machine allocates in it. */
    if (strncmp(script->name, "loop-", 5) == 0)
        arguments[count++] = "--script-volume=64G";
    if (suppress) {
        arguments[count++] = "--classifier=../suppress.lua";
        arguments[count++] = "--show-suppressed";
    }
    if (!profile) {
        arguments[count++] = strcmp(script->as, "report") == 0 ? "--report" : "--classifier";
        arguments[count++] = file;
    }
    for (char *word = strtok(options, " "); word != NULL; word = strtok(NULL, " "))
        arguments[count++] = word;
    arguments[count++] = "--out";
    arguments[count++] = "report.txt";
    arguments[count++] = many ? "../left-many" : "../left";
    arguments[count++] = many ? "../right-many" : "../right";
    arguments[count] = NULL;
    if (chdir(job->folder) != 0)
        _exit(126);
    redirect("../stdout", STDOUT_FILENO);
    redirect("stderr", STDERR_FILENO);
    alarm(60);
    execv(program, (char *const *)arguments);
    _exit(126);
}

static void start(struct job *job)
{
    static unsigned number;
    static char text[1 << 16];
    char file[160];
    (void)snprintf(job->folder, sizeof job->folder, "%s/%u", work, number++);
    if (mkdir(job->folder, 0700) != 0)
        die(job->folder);
    (void)snprintf(file, sizeof file, "%.120s.lua", job->script.name);
    size_t size = read_text(source, file, text, sizeof text);
    write_text(job->folder, file, text, size);
    put(job->folder, "report.txt", "old\n");
    (void)clock_gettime(CLOCK_MONOTONIC, &job->start);
    job->pid = fork();
    if (job->pid < 0)
        die("fork");
    if (job->pid == 0)
        run_child(job);
}

/* ---------------------------------------------------------------- what came of it */

static bool wrong;
static bool silent; /* the script will be run once more */

static void complain(const struct job *job, const char *format, ...)
{
    va_list arguments;
    if (silent) {
        wrong = true;
        return;
    }
    if (!wrong)
        printf("FAILED %s\n", job->script.name);
    wrong = true;
    printf("    ");
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    printf("\n");
}

static bool matches(const char *pattern, const char *text)
{
    regex_t regex;
    if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
        return false;
    bool good = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return good;
}

/* Standard error: one line of the program's that names the script; other lines are detail. */
static void check_words(const struct job *job)
{
    static char text[1 << 16];
    char named[160];
    char first[4096] = "";
    int errors = 0;
    (void)snprintf(named, sizeof named, "%.120s.lua", job->script.name);
    (void)read_text(job->folder, "stderr", text, sizeof text);
    for (const char *at = text; *at != '\0'; at++)
        if (((unsigned char)*at < ' ' && *at != '\n' && *at != '\t') || *at == 0x7f)
            complain(job, "a control byte, %d, on standard error", *at);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        if (strncmp(line, "diverge: warning: ", 18) == 0)
            continue;
        if (loud)
            printf("    %.300s\n", line);
        if (strncmp(line, "  ", 2) == 0)
            continue;
        if (errors++ == 0)
            (void)snprintf(first, sizeof first, "%s", line);
    }
    if (job->script.status != 3)
        return;
    if (errors != 1 || strncmp(first, "diverge: ", 9) != 0)
        complain(job, "%d errors instead of one: %.300s", errors, first);
    if (strstr(first, named) == NULL && strstr(first, "../scripts/util/") == NULL)
        complain(job, "the script is not named: %.300s", first);
    if (!matches(job->script.error, first))
        complain(job, "expected %s\n    and got  %.400s", job->script.error, first);
}

/* The report is the old one, and there is no file that was not there. */
static void check_files(const struct job *job)
{
    char text[8];
    char file[160];
    DIR *folder = opendir(job->folder);
    (void)snprintf(file, sizeof file, "%.120s.lua", job->script.name);
    if (folder == NULL)
        die(job->folder);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            strcmp(entry->d_name, file) != 0 && strcmp(entry->d_name, "report.txt") != 0 &&
            strcmp(entry->d_name, "stderr") != 0)
            complain(job, "a file was left behind: %s", entry->d_name);
    (void)closedir(folder);
    (void)read_text(job->folder, "report.txt", text, sizeof text);
    if ((strcmp(text, "old\n") != 0) != job->script.written)
        complain(job, "the old report was %s", job->script.written ? "left" : "changed");
}

static long milliseconds_of(const struct timeval *time)
{
    return time->tv_sec * 1000 + time->tv_usec / 1000;
}

/* An entry may last as long as its budget, or twice that in one step. A script may have a budget of
 * its own. Where the machine is busy a process waits for its turn: then it must have used no more
 * than that of the processor, and not have waited for ever. */
static bool in_time(const struct job *job, long passed, const struct rusage *usage)
{
    bool own = strstr(job->script.options, "--script-time") != NULL;
    long most = (own ? 5000 : 2 * BUDGET_MS) + SLACK_MS;
    long used = milliseconds_of(&usage->ru_utime) + milliseconds_of(&usage->ru_stime);
    return passed <= most || (used <= most && passed <= 4 * most);
}

static bool check(const struct job *job, int status, const struct rusage *usage, bool last)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    long passed =
        (now.tv_sec - job->start.tv_sec) * 1000 + (now.tv_nsec - job->start.tv_nsec) / 1000000;
    silent = !last && !loud; /* the machine may be busy: once more, alone */
    wrong = false;
    if (loud)
        printf("%s: %ld ms, %ld KiB above a harmless script\n", job->script.name, passed,
               usage->ru_maxrss - base_kib);
    if (!in_time(job, passed, usage))
        complain(job, "%ld ms", passed);
    if (!WIFEXITED(status))
        complain(job, "ended by signal %d", WTERMSIG(status));
    else if (WEXITSTATUS(status) != job->script.status)
        complain(job, "status %d instead of %d", WEXITSTATUS(status), job->script.status);
    check_words(job);
    check_files(job);
    bool own = strstr(job->script.options, "--script-memory") != NULL;
    if (MEASURED && base_kib > 0 && !own &&
        usage->ru_maxrss > base_kib + (MEMORY_KIB + 2 * OUTPUT_KIB) * 11 / 10)
        complain(job, "%ld KiB above a harmless script", usage->ru_maxrss - base_kib);
    failed += wrong && !silent;
    return !wrong || !silent;
}

/* ---------------------------------------------------------------- all of them */

static struct script *again; /* those that failed among others */
static size_t again_count;

/* Wait for one child and judge it. */
static void finish_one(struct job *jobs, size_t count, bool last)
{
    int status = 0;
    struct rusage usage;
    pid_t pid = wait4(-1, &status, 0, &usage);
    if (pid < 0)
        die("wait4");
    for (size_t i = 0; i < count; i++) {
        if (jobs[i].pid != pid)
            continue;
        jobs[i].pid = 0;
        if (!check(&jobs[i], status, &usage, last))
            again[again_count++] = jobs[i].script;
        if (base_kib == 0)
            base_kib = usage.ru_maxrss;
        remove_all(jobs[i].folder);
    }
}

static void run_all(const struct script *scripts, size_t count, size_t width, bool last)
{
    struct job jobs[JOBS_MOST] = {0};
    size_t running = 0;
    for (size_t next = 0; next < count || running > 0;) {
        if (next < count && running < width) {
            size_t i = 0;
            while (jobs[i].pid != 0)
                i++;
            jobs[i].script = scripts[next++];
            start(&jobs[i]);
            running++;
            continue;
        }
        finish_one(jobs, width, last);
        running--;
    }
}

static int by_name(const void *left, const void *right)
{
    return strcmp(((const struct script *)left)->name, ((const struct script *)right)->name);
}

static size_t read_folder(struct script **scripts)
{
    size_t count = 0;
    DIR *folder = opendir(source);
    if (folder == NULL)
        die(source);
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        char name[128];
        size_t size = strlen(entry->d_name);
        if (size < 5 || size >= sizeof name || strcmp(entry->d_name + size - 4, ".lua") != 0)
            continue;
        (void)snprintf(name, sizeof name, "%.*s", (int)size - 4, entry->d_name);
        *scripts = realloc(*scripts, (count + 1) * sizeof **scripts);
        if (*scripts == NULL)
            die("memory");
        read_script(&(*scripts)[count++], name);
    }
    (void)closedir(folder);
    qsort(*scripts, count, sizeof **scripts, by_name);
    return count;
}

static size_t read_arguments(struct script **scripts, int argc, char **argv)
{
    *scripts = calloc((size_t)argc, sizeof **scripts);
    if (*scripts == NULL)
        die("memory");
    for (int i = 1; i < argc; i++)
        read_script(&(*scripts)[i - 1], argv[i]);
    return (size_t)argc - 1;
}

int main(int argc, char **argv)
{
    struct script *scripts = NULL;
    struct script harmless;
    const char *root = getenv("DIVERGE_SOURCE");
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t width = processors < 1 ? 1 : processors > JOBS_MOST ? JOBS_MOST : (size_t)processors;
    program = getenv("DIVERGE");
    if (program == NULL || root == NULL)
        return 77;
    program = realpath(program, NULL);
    if (program == NULL)
        die("$DIVERGE");
    (void)snprintf(source, sizeof source, "%s/tests/hostile", root);
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    make_world();
    read_script(&harmless, "harmless");
    run_all(&harmless, 1, 1, true);
    loud = argc > 1;
    size_t count = loud ? read_arguments(&scripts, argc, argv) : read_folder(&scripts);
    again = calloc(count, sizeof *again);
    if (again == NULL)
        die("memory");
    run_all(scripts, count, width, false);
    if (again_count > 0)
        run_all(again, again_count, 1, true);
    printf("%zu scripts, %d failed\n", count, failed);
    remove_all(work);
    free(scripts);
    free(again);
    free((void *)(uintptr_t)program);
    return failed > 0;
}
