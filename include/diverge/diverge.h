/*
 * diverge.h: compare two snapshots of state, and find every divergence.
 *
 * A *snapshot* is a directory of JSON documents and binary images, or one JSON document. diverge
 * reads two of them, `left` and `right`, walks the documents that a *profile* names and records
 * every place where they differ: its path, its kind, both values and a class. Profiles, classifiers
 * and reports are Lua scripts; the library holds no opinion of its own about any system.
 *
 * The usual order of calls:
 *
 *     dvg_context_new            options, allocator, limits, folders with scripts
 *     dvg_context_use_profile    by name or by path; or
 *     dvg_context_use_rules      what a profile says, from C and without Lua
 *     dvg_context_add_classifier, dvg_context_use_reports
 *                                scripts beside the profile, if any
 *     dvg_context_set_option     options that these scripts declare, if any
 *     dvg_context_set_classify, dvg_context_set_progress
 *                                functions of the host, if any
 *     dvg_run                    two paths in, one result out; or
 *     dvg_run_inputs             snapshots from memory, in whole or in part; or
 *     dvg_run_documents          two documents
 *     dvg_result_verdict, dvg_result_report, ...
 *     dvg_result_free, dvg_context_free
 *
 * Threads: a context and everything made from it belong to one thread at a time. Different
 * contexts share nothing and may be used in different threads at once; documents and inputs may be
 * looked at by all of them. The library keeps no global state, reads no environment, changes no
 * locale, installs no signal handler, never prints and never exits.
 *
 * Memory: everything comes from the allocator of the context, Lua's memory too, and running out of
 * it is a status. libcrypto, which is loaded once a process when the first digest is asked for, and
 * cJSON have allocation hooks of their own, which are the program's to set and are left alone; the
 * functions of libcrypto that are used take no memory and read no configuration.
 *
 * Text: strings are counted where they come from data and end with NUL where they are names that
 * a program chose. All text is UTF-8; file names are bytes, taken as they are.
 *
 * Errors: every call that can fail returns a dvg_status and takes a `dvg_error *`, which the
 * caller owns and may leave NULL. The call clears it first, so that one object serves for many
 * calls; the first error of a call wins. After a failure the out-parameters hold NULL or are
 * untouched. NULL for another argument is DVG_E_ARGUMENT where a status is returned, unless the
 * text at the function says what it means, and not allowed elsewhere.
 */
#ifndef DIVERGE_DIVERGE_H
#define DIVERGE_DIVERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the library exports. Everything else keeps hidden visibility. */
#if defined(__GNUC__)
#define DVG_API __attribute__((visibility("default")))
#else
#define DVG_API
#endif

/* Version of this header. dvg_version() tells the version of the library that was linked. */
#define DVG_VERSION_MAJOR 0
#define DVG_VERSION_MINOR 1
#define DVG_VERSION_PATCH 0

/* "MAJOR.MINOR.PATCH" of the linked library. A constant; never freed. Any thread. */
DVG_API const char *dvg_version(void);

/* What the linked library was built with, as bits. */
#define DVG_FEATURE_LUA 1u   /* profiles, classifiers and reports in Lua */
#define DVG_FEATURE_CJSON 2u /* diverge/cjson.h */

/* The bits of the linked library. Without DVG_FEATURE_LUA every call that needs a script fails with
 * DVG_E_ARGUMENT and says so; profiles come from dvg_context_use_rules then. Any thread. */
DVG_API unsigned dvg_features(void);

/* ---------------------------------------------------------------- status and error */

/* The outcome of a call. Zero is success; everything else left an explanation in the error. */
typedef enum dvg_status {
    DVG_OK = 0,
    DVG_E_MEMORY,    /* the allocator returned NULL */
    DVG_E_ARGUMENT,  /* the caller broke this header's contract, or named what does not exist */
    DVG_E_IO,        /* a file could not be read or written */
    DVG_E_ABSENT,    /* a snapshot directory does not exist */
    DVG_E_INPUT,     /* a document is malformed, or not what the profile says it is */
    DVG_E_LIMIT,     /* a limit was hit: depth, digits, size */
    DVG_E_SCRIPT,    /* a script is wrong, failed, or went over its bounds */
    DVG_E_CANCELLED, /* a callback asked to stop */
    DVG_E_INTERNAL   /* diverge found itself inconsistent; the result must not be used */
} dvg_status;

/* Sizes of the texts in a dvg_error, their final NUL included. Longer texts are cut at a
 * character, and end with "...". */
#define DVG_ERROR_FILE_SIZE 1024
#define DVG_ERROR_MESSAGE_SIZE 1024
#define DVG_ERROR_DETAIL_SIZE 4096

/* Why a call failed. Owned by the caller, of fixed size, so that reporting an error needs no
 * memory. Need not be initialised: every call that takes it clears it first. */
typedef struct dvg_error {
    dvg_status status;                    /* DVG_OK: nothing has gone wrong yet */
    uint64_t line;                        /* from 1; 0: no position */
    uint64_t column;                      /* in bytes, from 1; 0: no column */
    uint64_t byte;                        /* offset in bytes from 0; meant when column is not 0 */
    char file[DVG_ERROR_FILE_SIZE];       /* file or script at fault; "": none */
    char message[DVG_ERROR_MESSAGE_SIZE]; /* one line, no final period, control bytes escaped */
    char detail[DVG_ERROR_DETAIL_SIZE];   /* more lines, a script's traceback; "": none */
} dvg_error;

/* Make `error` say that nothing has gone wrong. `error` may be NULL. */
DVG_API void dvg_error_clear(dvg_error *error);

/* Write "FILE:LINE:COLUMN: MESSAGE (byte N)" with what is known, in one line with every control
 * byte escaped, to `text` of `size` bytes (at least 1), always NUL-ended. Returns the length that
 * the whole line has. */
DVG_API size_t dvg_error_format(const dvg_error *error, char *text, size_t size);

/* Copy `size` bytes of `data` to `text` of `room` bytes (at least 1) as one line that can be
 * printed: control characters, line separators, marks that change the direction of writing,
 * characters without width and bytes that are no UTF-8 become \xNN or \uNNNN. Cut at a character,
 * with "...", where there is no room; always NUL-ended. Returns the length that the whole line has.
 * Any thread. */
DVG_API size_t dvg_text_line(char *text, size_t room, const char *data, size_t size);

/* ---------------------------------------------------------------- allocator */

/* One function does it all, with Lua's contract: `pointer` NULL allocates `new_size` bytes,
 * `new_size` 0 frees `pointer` (of `old_size` bytes) and returns NULL, anything else resizes and
 * may move. It returns NULL when it cannot, leaving the old block as it was; shrinking must not
 * fail. Memory is aligned for any type. Called from several threads at once where
 * dvg_options.threads is above 1, and from one thread otherwise. */
typedef void *(*dvg_allocate_fn)(void *payload, void *pointer, size_t old_size, size_t new_size);

/* `function` NULL means the C library's realloc and free. */
typedef struct dvg_allocator {
    dvg_allocate_fn function;
    void *payload;
} dvg_allocator;

/* ---------------------------------------------------------------- options and context */

/* The two snapshots of a run. A profile may name them otherwise; C always says left and right. */
typedef enum dvg_side { DVG_LEFT = 0, DVG_RIGHT = 1 } dvg_side;

/* How much a divergence matters, least first. */
typedef enum dvg_severity { DVG_INFO = 0, DVG_WARNING, DVG_ERROR } dvg_severity;

/* A counted piece of text that somebody else owns. Not NUL-ended; may hold NUL bytes. */
typedef struct dvg_text {
    const char *data;
    size_t size; /* bytes */
} dvg_text;

/* Something worth knowing that changes no verdict: `message` is one NUL-ended line in which
 * control bytes are escaped, valid during the call only. Called from the thread of dvg_run. */
typedef void (*dvg_warning_fn)(void *payload, const char *message);

/* What libraries scripts find, and what counts how long one entry into a script may last. */
typedef enum dvg_sandbox {
    DVG_SANDBOX_DEFAULT = 0, /* no input, output, system, bytecode or debug library; wall time */
    DVG_SANDBOX_STRICT, /* the same libraries; instructions are counted instead of time, so that
                         * a limit acts at the same place in every run; time for the whole run */
    DVG_SANDBOX_OFF     /* all standard libraries of Lua: scripts may do what the program may. The
                         * limits     hold as far as a script does not lift them */
} dvg_sandbox;

/* What the watch of scripts is told. An entry into a script begins and ends; in between the script
 * is seen at a line, once a millisecond at most, or the library works on its behalf. */
typedef enum dvg_watch_event {
    DVG_WATCH_BEGIN,  /* `name` is the file of the script */
    DVG_WATCH_LINE,   /* the script is at `line` of the file `name`, its own or a module's */
    DVG_WATCH_PAUSE,  /* the library reads or hashes for the script: no time of the script's */
    DVG_WATCH_RESUME, /* the script goes on; `name` as at its beginning */
    DVG_WATCH_END     /* nothing of the script runs any more */
} dvg_watch_event;

/* Told when scripts run. The limits of dvg_options act between two steps of a script. A single
 * function of Lua can loop for hours within one step, which only a program that owns its process
 * can end: the command line keeps a clock here, and ends itself where an entry lasts twice as long
 * as dvg_options.script_milliseconds. Called in the thread of the run, for each divergence, so it
 * must be quick. During a pause another script may begin and end. `name` is valid until the
 * script's own DVG_WATCH_END, that of DVG_WATCH_LINE during the call, and NULL otherwise; `line` is
 * 0 where it says nothing. */
typedef void (*dvg_watch_fn)(void *payload, dvg_watch_event event, const char *name, uint64_t line);

/* Asked whether a large regular file may stay where it was mapped, at `data`, instead of being read
 * into memory of the allocator; `path` is valid until the file is unmapped. False: read it. Asked
 * again with `path` NULL when `data` is about to be unmapped; that answer does not matter. Where
 * somebody shortens a mapped file, looking at it raises SIGBUS, so only a program that owns its
 * signals should say yes: its handler can say which file changed, and has to end the program. A
 * file that changed otherwise is found by its times when the run and every report end, DVG_E_IO; a
 * writer that shares the file by a map of its own may go unseen. Called from several threads at
 * once where dvg_options.threads is above 1. */
typedef bool (*dvg_map_fn)(void *payload, const char *path, const void *data, size_t size);

/* How a context works. Start from DVG_OPTIONS_INIT; a field that is zero means its default. For
 * `depth` and `integer_digits` the default is what the profile says, if it says anything; a number
 * here wins over the profile. Above 1 thread both sides are read side by side, large arrays are
 * looked through in two threads, and what is found in large documents is classed while more is
 * looked for: up to three threads at a time. Scripts and the functions of the host run in the
 * thread of the run all the same, in the same order, and no result depends on it. */
typedef struct dvg_options {
    uint32_t version;               /* DVG_OPTIONS_VERSION */
    uint32_t threads;               /* 0 or 1: one thread; above: more, see there */
    dvg_allocator allocator;        /* default: the C library's */
    const char *const *script_path; /* folders asked for scripts before the built-in ones */
    size_t script_path_count;
    uint64_t depth;               /* nested containers a document may have; default 10,000 */
    uint64_t integer_digits;      /* digits an integer may have; default 4,300 */
    dvg_sandbox sandbox;          /* of all scripts */
    uint64_t script_memory;       /* bytes live in one script's state; and see below */
    uint64_t script_volume;       /* bytes allocated in one entry; default 64 times the memory */
    uint64_t script_milliseconds; /* wall time of one entry into a script */
    uint64_t script_run_milliseconds; /* wall time of all scripts in one run */
    uint64_t script_instructions;     /* instructions of one entry */
    uint64_t script_output;           /* bytes of one report */
    dvg_warning_fn warning;           /* may be NULL */
    void *warning_payload;
    dvg_watch_fn watch; /* may be NULL */
    void *watch_payload;
    dvg_map_fn map; /* NULL: files are read, never mapped */
    void *map_payload;
} dvg_options;

#define DVG_OPTIONS_VERSION 1
#define DVG_OPTIONS_INIT                                                                           \
    {                                                                                              \
        DVG_OPTIONS_VERSION, 0, {0, 0}, 0, 0, 0, 0, DVG_SANDBOX_DEFAULT, 0, 0, 0, 0, 0, 0, 0, 0,   \
            0, 0, 0, 0                                                                             \
    }

/* The defaults of what bounds scripts. A script that goes over a bound ends the call that ran it
 * with DVG_E_SCRIPT, whatever the script catches. An entry is one call into a script: running its
 * file, gates, one divergence for a classifier, one function of a report.
 *
 * Live memory counts what one state holds, texts that the library makes for it and what it gave to
 * the result. Volume counts every byte allocated during one entry, freed or not. */
#define DVG_SCRIPT_MEMORY_DEFAULT (UINT64_C(64) << 20)
#define DVG_SCRIPT_VOLUME_FACTOR UINT64_C(64)
/* Where DVG_SANDBOX_STRICT counts instructions this acts through dvg_watch_fn only. */
#define DVG_SCRIPT_MILLISECONDS_DEFAULT UINT64_C(5000)
/* With DVG_SANDBOX_STRICT; otherwise there is no limit unless one is given. From the beginning of
 * dvg_run on, its reports included; also for all that is loaded before. */
#define DVG_SCRIPT_RUN_MILLISECONDS_STRICT UINT64_C(60000)
/* The same. Counted in thousands: an entry ends at the first full thousand that reaches it. Work of
 * the library on tables, and every coroutine that is made, counts as instructions, too. */
#define DVG_SCRIPT_INSTRUCTIONS_STRICT UINT64_C(100000000)
/* A report is collected in memory before its file is replaced. */
#define DVG_SCRIPT_OUTPUT_DEFAULT (UINT64_C(1) << 30)

/* Scripts, limits and memory that runs share. Opaque. */
typedef struct dvg_context dvg_context;

/* Make a context in `*context`. `options` may be NULL for all defaults and is copied, with the
 * texts it points to. Free it with dvg_context_free.
 * DVG_E_ARGUMENT: an unknown options version. DVG_E_MEMORY. */
DVG_API dvg_status dvg_context_new(dvg_context **context, const dvg_options *options,
                                   dvg_error *error);

/* Free the context. Every result made from it must be freed first. NULL is allowed. */
DVG_API void dvg_context_free(dvg_context *context);

/* ---------------------------------------------------------------- profile */

/* Load the profile `name`: a path if it holds '/' or ends in ".lua", else a name that is looked
 * up in the script path and then among the built-in ones. Replaces a profile used before, whose
 * options, classifiers and reports are forgotten; results made with it keep it. After a failure the
 * profile used before is still in use. DVG_E_ARGUMENT: there is no such script. DVG_E_SCRIPT names
 * file, line and field of what is wrong. */
DVG_API dvg_status dvg_context_use_profile(dvg_context *context, const char *name,
                                           dvg_error *error);

/* Find the one built-in profile that declares every long option in `names` (without dashes) as a
 * side or as an option. `*profile` becomes its name, owned by the library and constant.
 * DVG_E_ARGUMENT: none or several; the message names the first option nobody declares, or the
 * profiles that compete. */
DVG_API dvg_status dvg_context_find_profile(dvg_context *context, const char *const *names,
                                            size_t count, const char **profile, dvg_error *error);

/* What kind of value a profile's option takes. */
typedef enum dvg_option_type {
    DVG_OPTION_SIDE,   /* the path of one snapshot; its name is the side's name */
    DVG_OPTION_FILE,   /* the path of a file */
    DVG_OPTION_TEXT,   /* any text */
    DVG_OPTION_NUMBER, /* a number */
    DVG_OPTION_FLAG    /* present or not; takes no value */
} dvg_option_type;

/* One long option that the profile in use declares. Texts are owned by the context and live
 * until another profile is used. */
typedef struct dvg_option_info {
    const char *name; /* without dashes */
    const char *help; /* one line; "" if the script says nothing */
    dvg_option_type type;
    dvg_side side; /* meant where type is DVG_OPTION_SIDE */
} dvg_option_info;

/* How many long options the profile in use declares, its two sides first. 0 without a profile. */
DVG_API size_t dvg_context_option_count(const dvg_context *context);

/* Describe option `index`. False, and `*info` untouched, if there is no such option. */
DVG_API bool dvg_context_option_get(const dvg_context *context, size_t index,
                                    dvg_option_info *info);

/* Give an option its value (text, copied; for a flag NULL, "true" or "false"). It may be declared
 * by the profile, a classifier or a report in use; scripts that declare one name share the option.
 * The last value given wins; an empty file name takes the option back. DVG_E_ARGUMENT: not
 * declared, or ill-typed. */
DVG_API dvg_status dvg_context_set_option(dvg_context *context, const char *name, const char *value,
                                          dvg_error *error);

/* Name of the profile in use; NULL without one. */
DVG_API const char *dvg_context_profile_name(const dvg_context *context);

/* Put the classifier `name` (a path or a name, as for a profile) in front of the profile's, behind
 * those added before. For every divergence the classifiers are asked in turn until one names a
 * class; one that answers `false` suppresses the divergence, which is then kept apart and counts
 * for nothing but dvg_result_suppressed_count. The classes it declares stand behind the profile's.
 * Call it before the first run, or when every result made with the profile is freed. After a
 * failure everything is as before. DVG_E_ARGUMENT: no profile is in use, there is no such script,
 * it was added before, or a result of the profile is alive. DVG_E_SCRIPT: the script is wrong, or
 * declares a class or an option that means something else elsewhere. */
DVG_API dvg_status dvg_context_add_classifier(dvg_context *context, const char *name,
                                              dvg_error *error);

/* Have the runs that follow compare only what stands at places that the pattern `at` matches, or
 * below them; each call adds a pattern. Everything else in documents is read and counted as
 * `outside`, see dvg_ledger_side: not compared. A value that only one side has, or that is of
 * another type on the other one, is told as a whole where a place in it matches. That documents are
 * missing is told as ever; files that are compared as bytes have no places and are outside. A
 * pattern that matches nothing is warned of, and a run in which none matches anything and nothing
 * was found ends with DVG_E_ARGUMENT: nothing was compared.
 *
 * dvg_context_add_file does the same for files, by name or by glob: others are not read, but by
 * gates, and counted in dvg_ledger.files_outside. A run in which no file is left ends with
 * DVG_E_ARGUMENT.
 *
 * DVG_E_ARGUMENT: no profile is in use, a result of it is alive, or the text is no pattern, or no
 * glob. DVG_E_MEMORY. */
DVG_API dvg_status dvg_context_add_place(dvg_context *context, const char *at, dvg_error *error);
DVG_API dvg_status dvg_context_add_file(dvg_context *context, const char *glob, dvg_error *error);

/* Use the `count` (at least 1) reports of that name or path instead of the profile's. They are
 * loaded at once, so that a wrong one is told before anything is compared and their options can be
 * set. Names are copied; they may repeat. After a failure the reports of before are in use.
 * DVG_E_ARGUMENT: no profile is in use, or there is no such script. DVG_E_SCRIPT. */
DVG_API dvg_status dvg_context_use_reports(dvg_context *context, const char *const *names,
                                           size_t count, dvg_error *error);

/* How many reports are in use, those of the profile or of dvg_context_use_reports, and their names.
 * NULL where there is no such report. Texts live until another profile is used. */
DVG_API size_t dvg_context_report_count(const dvg_context *context);
DVG_API const char *dvg_context_report_name(const dvg_context *context, size_t index);

/* Where report `index` goes. `out` is what the user named for the first report,
 * NULL or "" if nothing; `left` and `right` are the snapshots' paths. The first report goes to
 * `out`, else where the profile's `output` says, else to standard output, which is `*path` NULL;
 * further ones stand beside it under their own extension. `*path` is normalised as text, without
 * asking the file system, and is freed with dvg_context_release_text.
 * DVG_E_ARGUMENT: no such report. */
DVG_API dvg_status dvg_context_report_path(dvg_context *context, size_t index, const char *out,
                                           const char *left, const char *right, char **path,
                                           dvg_error *error);

/* Free a text that a function of this header gave away. NULL is allowed. */
DVG_API void dvg_context_release_text(dvg_context *context, char *text);

/* One script that can be named. All texts are valid during the call only. */
typedef struct dvg_script_info {
    const char *kind; /* "classify", "profile", "report" or "util" */
    const char *name; /* its name on the command line */
    const char *path; /* file it comes from; NULL: built in */
    bool hidden;      /* another script of that kind and name, told before, wins over it */
    /* First sentence of the comment that the script begins with, one line in which control bytes
     * are escaped; "": it begins with none, or cannot be read. */
    const char *summary;
} dvg_script_info;

/* Called once a script, sorted by kind and name. Negative aborts; anything else goes on. */
typedef int (*dvg_script_fn)(void *payload, const dvg_script_info *info);

/* List every script that can be named, those found in the script path before built-in ones. No
 * script is run. DVG_E_CANCELLED where the callback aborted. */
DVG_API dvg_status dvg_context_list_scripts(dvg_context *context, dvg_script_fn callback,
                                            void *payload, dvg_error *error);

/* Takes the next `size` bytes of a text. Negative aborts. */
typedef int (*dvg_sink_fn)(void *payload, const char *data, size_t size);

/* Give the source of a script to `sink`, byte for byte, without running it. `name` is "NAME",
 * "KIND/NAME", or a path as for a profile. DVG_E_ARGUMENT: there is none, or scripts of several
 * kinds have that name, which the message lists. DVG_E_SCRIPT, DVG_E_IO: it cannot be a script, or
 * cannot be read. DVG_E_CANCELLED where the sink aborted. */
DVG_API dvg_status dvg_context_show_script(dvg_context *context, const char *name, dvg_sink_fn sink,
                                           void *payload, dvg_error *error);

/* What a script says of itself. All texts are valid during the call only. */
typedef struct dvg_script_help {
    const char *kind;  /* as in dvg_script_info; "": named by its path */
    const char *name;  /* as it was given, without the kind */
    const char *path;  /* file it comes from; NULL: built in */
    const char *title; /* the field `title`; "": none */
    const char
        *words; /* the field `help`, else the comment that the script begins with; "": none */
    const dvg_option_info *options; /* that it declares, sorted by name, sides first */
    size_t option_count;
} dvg_script_help;

/* Takes the answer of dvg_context_help_script. Negative aborts. */
typedef int (*dvg_script_help_fn)(void *payload, const dvg_script_help *help);

/* Load a script, named as for dvg_context_show_script, and tell what it says of itself. The same
 * statuses, and DVG_E_SCRIPT where the script fails. */
DVG_API dvg_status dvg_context_help_script(dvg_context *context, const char *name,
                                           dvg_script_help_fn callback, void *payload,
                                           dvg_error *error);

/* ---------------------------------------------------------------- a profile from C */

/* A class that divergences can have. */
typedef struct dvg_class_options {
    const char *name;
    const char *title;     /* for people; NULL: the name */
    dvg_severity severity; /* of its divergences, where nobody says otherwise */
} dvg_class_options;

/* When two numbers that differ are near enough: |left - right| is at most `absolute`, or at most
 * `relative` times the greater of |left| and |right|. A bound is the shortest decimal number that
 * reads as the double, and the sum is exact, for integers and reals of any length. Or, unless both
 * are integers, their nearest doubles are at most `ulp` steps apart. An integer and a real are two
 * numbers here. An infinity is near itself only. A bound that is negative or not finite is
 * refused, and so is a tolerance that says nothing. */
typedef struct dvg_tolerance_options {
    double absolute;
    double relative;
    uint64_t ulp;
    bool nan_equal; /* NaN is near NaN */
} dvg_tolerance_options;

/* A member of an object that has one name on the left and another one on the right. They are put
 * together where the left object has the one name only, and the right object the other one only;
 * the path of the member has its left name. */
typedef struct dvg_rename_options {
    const char *left;
    const char *right;
} dvg_rename_options;

/* A value of a document; its fields are below, with what reads it. */
typedef struct dvg_value dvg_value;

/* Are two scalars of one place, which differ, the same all the same? Positive: they are, which is
 * counted like what `normalize` calls equal; zero: no, so that a tolerance there is asked next;
 * negative ends the run with DVG_E_CANCELLED. The same two may be asked about several times, in
 * any order, also while arrays are matched: the answer must depend on nothing else. Called in the
 * thread of the run. It must not use the context or any result of it. */
typedef int (*dvg_same_fn)(void *payload, dvg_value left, dvg_value right);

/* One rule: where it holds, and what it does there. All texts NUL-ended; NULL and false say
 * nothing. docs/scripting.md has the same under `rules`: patterns, globs, and which rule decides.
 * At least one effect must be there. */
typedef struct dvg_rule_options {
    const char *file;  /* glob for document names */
    const char *at;    /* pattern of paths: "regions[*].host_ns", "**.host_ns", or "/a/b" */
    const char *kind;  /* only divergences of that kind: "value", "missing", ... */
    const char *side;  /* only what is on the "left" or the "right" side alone */
    bool ignore;       /* effect: leave it out; what is left out is counted */
    const char *match; /* effect, for arrays: "position", "sequence", "key", "multiset", "best" or
                          "infer" */
    const char *key;   /* with match "key": the member that tells elements apart, a path to one,
                          or several, separated by commas: "type,meta.id" */
    const char *class_name;                 /* effect: the class */
    const char *severity;                   /* effect: "info", "warning", "error" */
    const char *why;                        /* for people */
    const dvg_tolerance_options *tolerance; /* effect: when two numbers are near enough; copied */
    const char *normalize; /* effect: forms that values are brought into before they are compared,
                              one or several with a comma between: "case", "trim", "hex",
                              "null-absent" */
    const char *negative_zero;         /* effect: "different" tells -0.0 from 0.0 */
    const dvg_rename_options *renames; /* effect, for objects: members with another name on the
                                          right; copied */
    size_t rename_count;
    dvg_same_fn same; /* effect, not beside `normalize`: asked of scalars that differ; see there */
    void *same_payload; /* for it; must be valid as long as the rules are */
} dvg_rule_options;

/* What a profile says. Start from DVG_PROFILE_OPTIONS_INIT; a field that is zero means its
 * default. Everything is copied. */
typedef struct dvg_profile_options {
    uint32_t version;  /* DVG_PROFILE_OPTIONS_VERSION */
    const char *name;  /* default: "rules" */
    const char *title; /* default: the name */
    const char *left;  /* what the sides are called; default: "left" and "right" */
    const char *right;
    const char *const *documents; /* names and globs; default, where `bytes` says nothing either: */
    size_t document_count;        /* documents are all names that end in .json, */
    const char *const *bytes;     /* and every other name is compared byte by byte */
    size_t byte_count;
    const dvg_class_options *classes; /* default: one, "divergence"; the first is taken where */
    size_t class_count;               /* nobody names another */
    const dvg_rule_options *rules;    /* in the order in which they are asked */
    size_t rule_count;
    bool nonfinite; /* NaN, Infinity and -Infinity are numbers, too, when text is read */
    bool doubles;   /* numbers are equal if their nearest doubles are; default: if they are the same
                       number, however many digits they have */
    const char *arrays; /* how arrays are matched of which nothing is said: "infer" (the default),
                           "position", "sequence", "multiset", "best" */
} dvg_profile_options;

#define DVG_PROFILE_OPTIONS_VERSION 1
#define DVG_PROFILE_OPTIONS_INIT                                                                   \
    {                                                                                              \
        DVG_PROFILE_OPTIONS_VERSION, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, false, 0           \
    }

/* Use what `options` say as the profile: as dvg_context_use_profile, without any script. NULL: all
 * defaults, which compare everything. Classifiers and reports can be added as to any profile; the
 * report in use is "text". DVG_E_ARGUMENT: unknown version, or what is wrong, with the number of
 * the rule: "rules[2]: ...". DVG_E_MEMORY. */
DVG_API dvg_status dvg_context_use_rules(dvg_context *context, const dvg_profile_options *options,
                                         dvg_error *error);

/* Match the arrays at `at`, a pattern or a JSON Pointer, in the way `match`: "position",
 * "sequence", "key", "multiset", "best" or "infer", as a rule in front of all rules of the profile
 * and behind those that were added so before. `key` goes with "key" alone, else NULL: a name, a
 * path of names, or several, separated by commas: "type,meta.id". A rule that meets no array is
 * warned of. DVG_E_ARGUMENT: no profile is in use, a result of it is alive, or what is wrong.
 * DVG_E_MEMORY. */
DVG_API dvg_status dvg_context_add_match(dvg_context *context, const char *at, const char *match,
                                         const char *key, dvg_error *error);

/* ---------------------------------------------------------------- testing scripts */

/* One thing that a test found wrong. All texts are NUL-ended, control bytes escaped. */
typedef struct dvg_test_failure {
    const char *file;    /* where the check stands, or the error was raised; "": not known */
    uint64_t line;       /* from 1; 0: not known */
    const char *message; /* one line */
    const char *detail;  /* further lines: a difference, a traceback; "": none */
} dvg_test_failure;

/* What became of one case. Everything is valid during the call only. */
typedef struct dvg_test_case {
    const char *name;       /* control bytes escaped */
    uint64_t check_count;   /* comparisons that were made; a case that makes none has failed */
    uint64_t update_count;  /* files that were written, see dvg_test_options */
    uint64_t failure_count; /* 0: it passed */
    const dvg_test_failure *failures; /* the first of them */
    size_t failures_told;             /* how many those are, at most 100 */
} dvg_test_case;

/* Called once a case, in the order in which the cases stand in the file. Negative aborts. */
typedef int (*dvg_test_fn)(void *payload, const dvg_test_case *result);

/* How a script is tested. Start from DVG_TEST_OPTIONS_INIT. */
typedef struct dvg_test_options {
    uint32_t version;    /* DVG_TEST_OPTIONS_VERSION */
    bool update;         /* write files of expected text that differ, instead of failing */
    const char *profile; /* under which a classifier or a report is tested, a name or a path; NULL:
                            the one that the test names, else "default" */
} dvg_test_options;

#define DVG_TEST_OPTIONS_VERSION 1
#define DVG_TEST_OPTIONS_INIT                                                                      \
    {                                                                                              \
        DVG_TEST_OPTIONS_VERSION, false, 0                                                         \
    }

/* Test the script at the path `script`, "DIR/x.lua", by the file "DIR/x_test.lua" beside it: a
 * script like any other, whose table holds functions, the cases. Each case runs by itself: the
 * test, the script under test and its profile are loaded anew for it, so that no case sees what
 * another one left. The profile in use is not touched. docs/scripting.md tells what a test can say.
 * `options` may be NULL. The status is DVG_OK whether cases pass or fail.
 * DVG_E_ARGUMENT: there is no such script, or no test beside it; the message shows how one begins.
 * DVG_E_SCRIPT: one of the two is wrong before any case could run. DVG_E_IO: a file could not be
 * read, or not be updated. DVG_E_CANCELLED where the callback aborted. */
DVG_API dvg_status dvg_context_test_script(dvg_context *context, const char *script,
                                           const dvg_test_options *options, dvg_test_fn callback,
                                           void *payload, dvg_error *error);

/* ---------------------------------------------------------------- values */

/* What a value is. An integer is a number written without fraction and exponent; every other
 * number is a real, the literals NaN, Infinity and -Infinity included. */
typedef enum dvg_type {
    DVG_ABSENT = 0, /* no value at all: the side that lacks it */
    DVG_NULL,
    DVG_FALSE,
    DVG_TRUE,
    DVG_INTEGER,
    DVG_REAL,
    DVG_STRING,
    DVG_ARRAY,
    DVG_OBJECT
} dvg_type;

/* A value somewhere in a document, borrowed: valid as long as its document, or the result that it
 * came from. Copied freely; its members are the library's own. All functions on values may be
 * called from several threads at once, and take any value, the absent one included. */
struct dvg_value {
    const struct dvg_document *document;
    const uint64_t *cell; /* NULL: absent */
};

/* Type of a value; DVG_ABSENT for the absent one. */
DVG_API dvg_type dvg_value_type(dvg_value value);

/* "absent" "null" "boolean" "integer" "real" "string" "array" "object". A constant. */
DVG_API const char *dvg_type_name(dvg_type type);

/* The characters of a string (UTF-8; NUL and lone surrogates, each as three bytes, are possible),
 * or a number as it was written. Empty for other types. */
DVG_API dvg_text dvg_value_text(dvg_value value);

/* Elements of an array or members of an object; 0 for other types. */
DVG_API uint64_t dvg_value_count(dvg_value value);

/* First element, or name of the first member; absent if there is none. With dvg_value_next they
 * visit an array element by element and an object as name, value, name, value. The caller counts:
 * dvg_value_next does not know the end, and must not be called on the last one. */
DVG_API dvg_value dvg_value_first(dvg_value container);
DVG_API dvg_value dvg_value_next(dvg_value value);

/* Element `index`, from 0; absent if there is none. Takes as long as there are elements before. */
DVG_API dvg_value dvg_value_at(dvg_value array, uint64_t index);

/* Value of the member `name`: the last one where the name is repeated; absent if there is none.
 * Takes as long as there are members. */
DVG_API dvg_value dvg_value_member(dvg_value object, const char *name, size_t size);

/* A number as the nearest double, integers too; 0 for other types. */
DVG_API double dvg_value_double(dvg_value value);

/* A 64-bit integer in `*number`. False, and `*number` untouched: the value is no integer, or does
 * not fit. */
DVG_API bool dvg_value_int64(dvg_value value, int64_t *number);

/* ---------------------------------------------------------------- run and result */

/* What two snapshots turned out to be. Opaque. */
typedef struct dvg_result dvg_result;

/* Compare what stands at `left` and `right` under the profile in use: two directories, or two
 * files. The result in `*result` holds both sides in memory until it is freed, but files found by a
 * glob of the profile in which nothing diverged, and files that are compared as bytes. An empty
 * path is ".".
 *
 * Two files are read as JSON documents whatever their names; they may be pipes, and paths that
 * stand for a descriptor of the process, such as /dev/stdin, are read through it from where it
 * stands. "-" is no special name. They are compared as if both stood in their snapshots under one
 * name: a name of the profile's documents with which the right file's path ends, or else the left
 * one's; without one the right file's own name, or the left one's where the right one is a pipe, or
 * "-". No gates are asked and no manifest is read; a warning says so where the profile has gates,
 * and one where it names its documents and none has that name.
 *
 * DVG_E_ARGUMENT: no profile is in use, a file and a directory, or twice the same pipe.
 * DVG_E_ABSENT: of two directories one does not exist. DVG_E_IO: a file does not exist beside
 * another one, something cannot be read, or is nothing that can be compared: a pipe or a device
 * inside a directory, a link that leads out of it or back to where it stands.
 * DVG_E_INPUT, DVG_E_LIMIT, DVG_E_SCRIPT: no verdict, `error` says where. */
DVG_API dvg_status dvg_run(dvg_result **result, dvg_context *context, const char *left,
                           const char *right, dvg_error *error);

/* The same for two directories and nothing else: DVG_E_ABSENT where one is a file. */
DVG_API dvg_status dvg_run_directories(dvg_result **result, dvg_context *context, const char *left,
                                       const char *right, dvg_error *error);

/* A JSON document in memory: read from text, or made from another tree (diverge/cjson.h). Immutable
 * once made, so that several threads may compare it at once. Opaque. */
typedef struct dvg_document dvg_document;

/* Read `size` bytes of JSON text, which are copied, under the reading rules of the profile in use;
 * without a profile strictly. `name` (NULL: "document") names the text in errors.
 * DVG_E_INPUT or DVG_E_LIMIT with line, column and byte. Free with dvg_document_free. */
DVG_API dvg_status dvg_document_read(dvg_document **document, dvg_context *context,
                                     const char *text, size_t size, const char *name,
                                     dvg_error *error);

/* Read what stands at `path`, a regular file or a pipe, as dvg_document_read reads text. A path
 * that stands for a descriptor of the process, such as /dev/stdin, is read through it. DVG_E_IO: it
 * cannot be read. Else as above. */
DVG_API dvg_status dvg_document_read_file(dvg_document **document, dvg_context *context,
                                          const char *path, dvg_error *error);

/* Free a document. Every result made from it must be freed first. NULL is allowed. */
DVG_API void dvg_document_free(dvg_document *document);

/* Numbers of the document that may have lost digits before they reached diverge. */
DVG_API uint64_t dvg_document_inexact(const dvg_document *document);

/* The value that the whole document is. */
DVG_API dvg_value dvg_document_root(const dvg_document *document);

/* Give the canonical form of a document to `sink`: JSON text that is the same, byte for byte, for
 * any two documents between which a comparison without rules finds nothing, and for no others.
 * Members stand in the order of their code points, and of their occurrence where a name is
 * repeated; there is no white space. Integers stand as they are, -0 as 0; every other number has
 * one digit before the point and an exponent, whatever its size: 1.0 and 10e-1 are 1e0, unlike the
 * integer 1, and -0.0 is 0e0. NaN and the infinities are their literals, which are no JSON. Strings
 * escape quotes, backslashes, control characters and lone surrogates, and nothing else.
 * DVG_E_CANCELLED where the sink aborted. DVG_E_MEMORY. */
DVG_API dvg_status dvg_document_canonical(const dvg_document *document, dvg_sink_fn sink,
                                          void *payload, dvg_error *error);

/* Lower-case hexadecimal digits of a digest, and a NUL. */
#define DVG_DIGEST_SIZE 65

/* SHA-256 of the canonical form in `hex`. DVG_E_MEMORY. DVG_E_INTERNAL where libcrypto cannot be
 * loaded. */
DVG_API dvg_status dvg_document_digest(char hex[DVG_DIGEST_SIZE], const dvg_document *document,
                                       dvg_error *error);

/* ---------------------------------------------------------------- documents without text
 *
 * A host that holds its state in structures of its own gives it value by value, in document order:
 *
 *     dvg_builder_open_object(builder);
 *     dvg_builder_name(builder, "pc", 2);
 *     dvg_builder_add_uint64(builder, machine->pc);
 *     dvg_builder_close_object(builder);
 *     status = dvg_builder_finish(&document, builder, &error);
 *
 * The first failure is kept: every call after it does nothing and returns the same status, and
 * dvg_builder_finish tells what it was, and where. So the calls in between need no look; a long
 * loop may ask dvg_builder_status whether to go on. */

/* A document that is being made. One thread at a time. Opaque. */
typedef struct dvg_builder dvg_builder;

/* Make an empty builder. `allocator` NULL or its function NULL: the C library's; it must outlive
 * the builder and its documents. Free it with dvg_builder_free. DVG_E_MEMORY. */
DVG_API dvg_status dvg_builder_new(dvg_builder **builder, const dvg_allocator *allocator,
                                   dvg_error *error);

/* Free the builder and what was not finished; documents that it gave stay. NULL is allowed. */
DVG_API void dvg_builder_free(dvg_builder *builder);

/* Add one value: the root, an element of the open array, or the member whose name was given.
 *
 * Integers are exact. A real becomes the shortest text that reads back as the same double, and
 * always a number with a fraction or an exponent: under the default reading 1.0 is not the integer
 * 1. Not-a-number and the infinities are kept, though JSON has none. A number is the `size` bytes
 * of its text, exact at any length, an integer unless it has a fraction or an exponent. A string is
 * `size` bytes of UTF-8, NUL bytes included; NULL is allowed where `size` is 0. All texts are
 * copied.
 *
 * DVG_E_ARGUMENT: no builder, a second root, a value in an object without a name, NULL with a
 * size. DVG_E_INPUT: a number that is not one by JSON's grammar; a string that is not UTF-8.
 * DVG_E_LIMIT: an integer of more than 4,300 digits. DVG_E_MEMORY. Or what failed before. */
DVG_API dvg_status dvg_builder_add_null(dvg_builder *builder);
DVG_API dvg_status dvg_builder_add_boolean(dvg_builder *builder, bool value);
DVG_API dvg_status dvg_builder_add_int64(dvg_builder *builder, int64_t value);
DVG_API dvg_status dvg_builder_add_uint64(dvg_builder *builder, uint64_t value);
DVG_API dvg_status dvg_builder_add_real(dvg_builder *builder, double value);
DVG_API dvg_status dvg_builder_add_number(dvg_builder *builder, const char *text, size_t size);
DVG_API dvg_status dvg_builder_add_string(dvg_builder *builder, const char *text, size_t size);

/* Name the member whose value comes next: `size` bytes of UTF-8, copied. A name that stood in the
 * object before is kept and known, as when text is read. DVG_E_ARGUMENT: no object is open here,
 * or a name waits for its value. Else as for strings. */
DVG_API dvg_status dvg_builder_name(dvg_builder *builder, const char *name, size_t size);

/* Open an array or an object, which is a value like any other, and close it. DVG_E_LIMIT: more than
 * 10,000 levels, or more values than a document holds (2^32). DVG_E_ARGUMENT, beside what is said
 * above: what is open here is nothing, or the other kind; a name has no value. */
DVG_API dvg_status dvg_builder_open_array(dvg_builder *builder);
DVG_API dvg_status dvg_builder_close_array(dvg_builder *builder);
DVG_API dvg_status dvg_builder_open_object(dvg_builder *builder);
DVG_API dvg_status dvg_builder_close_object(dvg_builder *builder);

/* Make the builder fail with DVG_E_INPUT and `message`, NUL-ended and copied: the host came upon
 * what no document can hold. DVG_E_ARGUMENT: no builder or message. Returns the status of what
 * failed first. */
DVG_API dvg_status dvg_builder_fail(dvg_builder *builder, const char *message);

/* DVG_OK, or the status of the first failure. DVG_E_ARGUMENT: no builder. */
DVG_API dvg_status dvg_builder_status(const dvg_builder *builder);

/* Give the document away in `*document`, to be freed with dvg_document_free. Whatever the outcome,
 * the builder is empty afterwards and can make another one. The first failure of the calls before,
 * with the place in the document in the message; DVG_E_ARGUMENT: nothing was added, or a container
 * is open. */
DVG_API dvg_status dvg_builder_finish(dvg_document **document, dvg_builder *builder,
                                      dvg_error *error);

/* Compare two documents in memory under the profile in use, as if both stood in their snapshots
 * under `name`, which selects the profile's rules for that document. No gates are asked and no
 * manifest is read. The documents are borrowed and must outlive the result. */
DVG_API dvg_status dvg_run_documents(dvg_result **result, dvg_context *context,
                                     const dvg_document *left, const dvg_document *right,
                                     const char *name, dvg_error *error);

/* ---------------------------------------------------------------- snapshots from memory */

/* One side of a run: a directory, or what a host puts together under names of its own. It can serve
 * many runs, one after the other or in several threads at once, as long as nobody adds to it
 * meanwhile. Opaque. */
typedef struct dvg_input dvg_input;

/* Make an input that holds nothing yet. `name` stands for the snapshot in reports and errors, as a
 * directory's path does. Free it with dvg_input_free. DVG_E_MEMORY. */
DVG_API dvg_status dvg_input_new(dvg_input **input, dvg_context *context, const char *name,
                                 dvg_error *error);

/* Make an input of the directory `path`, as dvg_run_directories takes it. Nothing is opened before
 * a run. DVG_E_MEMORY. */
DVG_API dvg_status dvg_input_from_directory(dvg_input **input, dvg_context *context,
                                            const char *path, dvg_error *error);

/* Free an input; results made from it stay. NULL is allowed. */
DVG_API void dvg_input_free(dvg_input *input);

/* Put something under `name` into an input that dvg_input_new made; what stood there is replaced.
 * The profile says by the name what becomes of it: read as a document, compared byte by byte,
 * looked at by gates as a manifest or an image, or nothing, which the run warns of.
 *
 * `bytes`: `size` bytes at `data`, borrowed: they must not change while a run or a report uses them
 * and must outlive every result. `data` may be NULL where `size` is 0.
 * `document`: a document in memory, borrowed: it must outlive every result. It has no bytes: where
 * the profile or a gate wants them, the run ends with DVG_E_ARGUMENT or DVG_E_IO.
 * `file`: what stands at `path` when a run comes to it, a regular file or a pipe.
 *
 * DVG_E_ARGUMENT: `name` is no path below a folder ("a/b.json"; no part empty, "." or ".."), or
 * the input is a directory. DVG_E_MEMORY. */
DVG_API dvg_status dvg_input_add_bytes(dvg_input *input, const char *name, const void *data,
                                       size_t size, dvg_error *error);
DVG_API dvg_status dvg_input_add_document(dvg_input *input, const char *name,
                                          const dvg_document *document, dvg_error *error);
DVG_API dvg_status dvg_input_add_file(dvg_input *input, const char *name, const char *path,
                                      dvg_error *error);

/* Compare two inputs under the profile in use, as dvg_run compares two directories: gates are
 * asked, manifests read, globs matched against the names that were added. Each side may be either
 * kind of input; one input may be both sides. */
DVG_API dvg_status dvg_run_inputs(dvg_result **result, dvg_context *context, const dvg_input *left,
                                  const dvg_input *right, dvg_error *error);

/* ---------------------------------------------------------------- results */

/* Free a result. NULL is allowed. */
DVG_API void dvg_result_free(dvg_result *result);

/* The answer in one word, worst last. A divergence here is one that was neither ignored nor
 * suppressed: DVG_SAME with dvg_result_suppressed_count above 0 is the word of a classifier. */
typedef enum dvg_verdict {
    DVG_SAME = 0,      /* no divergence, and no gate that stops failed */
    DVG_DIFFERENT = 1, /* divergences, and no gate that stops failed */
    DVG_STOP = 2       /* a gate that stops failed: what was compared cannot be interpreted */
} dvg_verdict;

DVG_API dvg_verdict dvg_result_verdict(const dvg_result *result);

/* True if any divergence, neither ignored nor suppressed, is of that severity or a higher one. */
DVG_API bool dvg_result_reaches(const dvg_result *result, dvg_severity severity);

/* Number of divergences that were neither ignored nor suppressed. */
DVG_API size_t dvg_result_count(const dvg_result *result);

/* Number of divergences that classifiers suppressed. */
DVG_API size_t dvg_result_suppressed_count(const dvg_result *result);

/* Number of divergences that rules for divergences set aside. Places that rules hid before anything
 * was found there are no divergences: dvg_ledger. */
DVG_API size_t dvg_result_ignored_count(const dvg_result *result);

/* True if there is no divergence that counts and every gate passed, those that do not stop
 * included. */
DVG_API bool dvg_result_identical(const dvg_result *result);

/* One divergence, in plain words. All texts are owned by the result; `path`, `pointer`
 * and `quoted` are valid until the next call of dvg_result_get on the same result, the others until
 * the result is freed.
 */
typedef struct dvg_divergence {
    const char *file; /* document it is in */
    dvg_text path;    /* "a.b[3].c"; may hold any character, NUL included; two places may have one
                         text, see `pointer` */
    dvg_text pointer; /* JSON Pointer (RFC 6901) into the left document, or into the right one where
                         the left one has no such place; "" for a file as a whole, too */
    dvg_text quoted;  /* the pattern that matches this place and none of its siblings, with names
                         and keys in quotes where they need them: a["odd.name"][id="x"], [<3] and
                         [>3] for what only the left or the right side has, [3>5] for what stands
                         elsewhere on the right; all of it can be printed */
    const char *kind; /* as the profile names it */
    dvg_value left;   /* absent where that side has no value */
    dvg_value right;
    const char *class_name;    /* "" where it was set aside */
    const char *severity;      /* "info", "warning", "error" */
    const char *note;          /* from a classifier; NULL: none */
    const char *suppressed_by; /* the script that suppressed it; NULL: it was not */
    const char *ignored_by;    /* the rule that set it aside; NULL: none did */
    const char *rule;          /* that named the class, or else the severity; NULL: none did */
} dvg_divergence;

/* Divergence `index`, in the order of the walk: those that count, below dvg_result_count, then the
 * dvg_result_suppressed_count suppressed ones, then the dvg_result_ignored_count ignored ones.
 * DVG_E_ARGUMENT: no such divergence. DVG_E_MEMORY. */
DVG_API dvg_status dvg_result_get(dvg_result *result, size_t index, dvg_divergence *divergence,
                                  dvg_error *error);

/* The value of one side of divergence `index` as compact JSON text in `*json`, "" where that side
 * has no value. Valid until the next call of this function on the same result.
 * DVG_E_ARGUMENT: no such divergence. DVG_E_MEMORY. */
DVG_API dvg_status dvg_result_value(dvg_result *result, size_t index, dvg_side side, dvg_text *json,
                                    dvg_error *error);

/* Divergence `index` in one line of text, "FILE: PATH: KIND" and, where it was set aside, by which
 * script or rule and why; control bytes are escaped, very long paths cut. Valid until the next call
 * of this function on the same result. DVG_E_ARGUMENT: no such divergence. DVG_E_MEMORY. */
DVG_API dvg_status dvg_result_line(dvg_result *result, size_t index, dvg_text *line,
                                   dvg_error *error);

/* What became of everything that was read: a node is a value or a member's name. For each side
 *     read = compared + one_sided + ignored + shadowed + outside
 * holds, or the run ends with DVG_E_INTERNAL; documents settled by their hashes are counted as
 * documents, not as nodes. */
typedef struct dvg_ledger_side {
    uint64_t read;      /* nodes read */
    uint64_t compared;  /* put beside their partner */
    uint64_t one_sided; /* inside a value that a divergence, set aside or not, names as a whole */
    uint64_t ignored;   /* set aside by a skip or a rule, or inside a value that one hides */
    uint64_t shadowed;  /* set aside by a reading rule: an earlier duplicate, a non-object */
    uint64_t outside;   /* of what the run was restricted to, see dvg_context_add_place */
} dvg_ledger_side;

typedef struct dvg_ledger {
    dvg_ledger_side side[2];
    uint64_t documents;         /* document pairs the profile names */
    uint64_t documents_walked;  /* read and compared value by value */
    uint64_t documents_settled; /* proved equal by their hashes, not walked */
    uint64_t documents_missing; /* on one side or on both absent, or no file */
    uint64_t skipped;           /* places that skips and rules hid */
    uint64_t suppressed;        /* divergences a classifier suppressed */
    uint64_t warnings;          /* distinct warnings given */
    uint64_t inexact;           /* numbers that may have lost digits before they reached diverge */
    uint64_t files;             /* pairs of files that are compared as bytes */
    uint64_t files_missing;     /* of these, on one side or on both absent, or no file */
    uint64_t folders;           /* empty directories that were looked for on both sides */
    uint64_t outside;       /* names in the directories that no pattern of the profile matches */
    uint64_t files_outside; /* files of the profile that the run was not to look at */
    uint64_t ignored;       /* divergences that rules for divergences set aside */
    uint64_t alike; /* values that differ, or one that is null and one that is not there, and that
                       rules call equal: compared all the same */
} dvg_ledger;

/* The ledger of the run, owned by the result and constant. */
DVG_API const dvg_ledger *dvg_result_ledger(const dvg_result *result);

/* A check that gates made before anything was compared. */
typedef struct dvg_gate_info {
    dvg_text name;  /* owned by the result */
    dvg_value left; /* what was seen */
    dvg_value right;
    bool passed;
    bool stops; /* failing it stops: the verdict is DVG_STOP */
} dvg_gate_info;

/* How many gates there are, and number `index` of them, in the order in which they were made.
 * False, and `*gate` untouched: there is no such gate. */
DVG_API size_t dvg_result_gate_count(const dvg_result *result);
DVG_API bool dvg_result_gate_get(const dvg_result *result, size_t index, dvg_gate_info *gate);

/* A file that was compared, or was not there to be compared. */
typedef struct dvg_file_info {
    const char *name;   /* owned by the result */
    const char *status; /* "compared", "identical" (settled by its digests), "same" (byte by byte),
                           "missing-left", "missing-right", "missing-both", "outside" of what the
                           run is restricted to; a constant */
    uint64_t count;     /* divergences in it that count */
} dvg_file_info;

/* How many files there are, and number `index` of them, in the order of reports. False, and `*file`
 * untouched: there is no such file. */
DVG_API size_t dvg_result_file_count(const dvg_result *result);
DVG_API bool dvg_result_file_get(const dvg_result *result, size_t index, dvg_file_info *file);

/* A class, and how many divergences that count are of it. */
typedef struct dvg_class_info {
    const char *name; /* texts are owned by the profile, which lives as long as the result */
    const char *title;
    dvg_severity severity;
    uint64_t count;
} dvg_class_info;

/* How many classes the profile has, and number `index` of them, in its order. False, and `*info`
 * untouched: there is no such class. */
DVG_API size_t dvg_result_class_count(const dvg_result *result);
DVG_API bool dvg_result_class_get(const dvg_result *result, size_t index, dvg_class_info *info);

/* ---------------------------------------------------------------- who decided */

/* Have the runs that follow keep who decided what: what every skip and every keyed array of the
 * profile did, up to `places` hidden places, and for every divergence who named its class and its
 * severity. Such a run looks at every place, also where a glance tells that all is the same, and so
 * takes longer; what it finds is the same. NULL does nothing. */
DVG_API void dvg_context_keep_account(dvg_context *context, size_t places);

/* What an account counts. */
typedef enum dvg_account_kind {
    DVG_ACCOUNT_RULE, /* a rule of the profile or of a classifier */
    DVG_ACCOUNT_SKIP, /* an entry of the profile's skips, or all entries that documents list */
    DVG_ACCOUNT_KEYED /* an array of the profile that is matched by key */
} dvg_account_kind;

/* A rule, a skip or a keyed array, and what became of it. Texts are owned by the result and by its
 * profile, and live as long as both. */
typedef struct dvg_account {
    dvg_account_kind kind;
    const char *name;    /* a rule: "rules[2] of house.lua:14"; "skip" and "keyed" for the others */
    const char *file;    /* document or glob that it is for; NULL: all documents */
    const char *at;      /* pattern, entry, or name of the array; NULL: every place */
    const char *effects; /* "ignore", "match, class"; a keyed array: its key */
    const char *why;     /* as the rule says; NULL: it says nothing */
    bool counted;        /* the numbers are known: rules always, the others in an account */
    uint64_t hits;       /* times it decided */
    uint64_t left_nodes, right_nodes; /* values and names that it hid */
    uint64_t shadowed;                /* times a rule before it had decided */
    const char *shadowed_by;          /* name of the first that had; NULL: none */
} dvg_account;

/* How many there are: first the rules, in the order in which they are asked, then skips, then keyed
 * arrays. */
DVG_API size_t dvg_result_account_count(const dvg_result *result);

/* Number `index` of them. False, and `*account` untouched: there is no such one. */
DVG_API bool dvg_result_account_get(const dvg_result *result, size_t index, dvg_account *account);

/* How many places were hidden that the account lists, and number `index` of them as one line,
 * "FILE: PATH: hidden by NAME (WHY), N values and names left, M right", in which control bytes are
 * escaped; in the order of the walk. The line is valid until the next call of this function on the
 * same result. dvg_ledger.skipped tells how many there are in all. DVG_E_ARGUMENT: there is no such
 * place. DVG_E_MEMORY. */
DVG_API size_t dvg_result_hidden_count(const dvg_result *result);
DVG_API dvg_status dvg_result_hidden_line(dvg_result *result, size_t index, dvg_text *line,
                                          dvg_error *error);

/* Say of the place `path` in document `file` what stands there on both sides, whether it differs,
 * and who decided what: which rule, skip or keyed array, which function, or nobody. `path` is as
 * reports print it ("a.b[3].c", "" for all), or a JSON Pointer where it begins with a slash, into
 * the left document if it has the place, else into the right one. Where a text means several
 * places, all are told. `*words` are lines for people, in which control bytes are escaped, valid
 * until the next call of this function on the same result; `*counts`, which may be NULL, becomes
 * whether a divergence that counts stands there, around it or in it. The result must hold an
 * account, see dvg_context_keep_account. DVG_E_ARGUMENT: it holds none, or there is no such
 * document or place. DVG_E_MEMORY; DVG_E_INPUT and DVG_E_IO where a document has to be read again
 * and cannot. */
DVG_API dvg_status dvg_result_explain(dvg_result *result, const char *file, const char *path,
                                      dvg_text *words, bool *counts, dvg_error *error);

/* ---------------------------------------------------------------- functions of the host */

/* What the host says of a divergence. NULL: nothing, so that the scripts and rules of the profile
 * are asked as they would be without the host. Texts must be valid until the hook is called again
 * or the run ends. */
typedef struct dvg_answer {
    const char *class_name; /* one that the profile declares */
    const char *severity;   /* "info", "warning", "error" */
    const char *note;       /* a line for people, UTF-8; at most 4,096 bytes */
} dvg_answer;

/* Asked once for every divergence that no rule ignores, in the order of the walk, before any
 * script. `divergence` is valid during the call; nobody has classed it yet. `*answer` says nothing
 * at first. Zero keeps the divergence; positive drops it: it is suppressed, kept apart and counted,
 * by "the host"; negative ends the run with DVG_E_CANCELLED. A class or severity that does not
 * exist ends it with DVG_E_ARGUMENT. Called in the thread of the run. It must not use the context
 * or any result of it. */
typedef int (*dvg_classify_fn)(void *payload, const dvg_divergence *divergence, dvg_answer *answer);

/* Have the runs that follow ask `function`; NULL: nobody. */
DVG_API void dvg_context_set_classify(dvg_context *context, dvg_classify_fn function,
                                      void *payload);

/* How far a run is. */
typedef struct dvg_progress {
    const char *file;     /* name of the file at hand */
    size_t file_index;    /* its number, from 0 */
    size_t file_count;    /* of all files */
    uint64_t divergences; /* found so far, what was set aside included */
} dvg_progress;

/* Told of every file before it is read, and of every 1,024th divergence. Negative ends the run with
 * DVG_E_CANCELLED, and there is no result; everything else goes on, since a place that is dropped
 * from a run would be called the same. Called in the thread of the run. It must not use the context
 * or any result of it. */
typedef int (*dvg_progress_fn)(void *payload, const dvg_progress *progress);

/* Have the runs that follow tell `function`; NULL: nobody. */
DVG_API void dvg_context_set_progress(dvg_context *context, dvg_progress_fn function,
                                      void *payload);

/* ---------------------------------------------------------------- reports */

/* Run the report script `name` (a path or a name, as for a profile) over the result, with the
 * options of the profile that the result was made with; its bytes go to `sink` in pieces. The sink
 * sees a report in part if the script fails half-way: collect first what must be whole.
 * DVG_E_CANCELLED where the sink aborted. */
DVG_API dvg_status dvg_result_report(dvg_result *result, const char *name, dvg_sink_fn sink,
                                     void *payload, dvg_error *error);

/* The same into memory: `*text` is what the report wrote, whole, valid until the next call of this
 * function on the same result. */
DVG_API dvg_status dvg_result_report_text(dvg_result *result, const char *name, dvg_text *text,
                                          dvg_error *error);

/* Have the reports that follow list suppressed divergences, where their scripts have a function
 * `suppressed`. dvg_result_suppressed_shown tells whether any has done it. */
DVG_API void dvg_result_show_suppressed(dvg_result *result, bool show);
DVG_API bool dvg_result_suppressed_shown(const dvg_result *result);

/* Tell the reports that follow what they are shown on: whether they may colour what they write, and
 * how many columns the terminal has (0: not known, or it is none). A report that is not made for
 * terminals takes no notice. At first there are no colours and no columns. */
DVG_API void dvg_result_set_terminal(dvg_result *result, bool color, unsigned columns);

/* Have the reports that follow list at most `most` divergences of a class, or in all where they are
 * not listed by class, instead of as many as their own limit says; 0: none. A report that has no
 * limit lists every divergence, and fails with DVG_E_ARGUMENT. */
DVG_API void dvg_result_set_limit(dvg_result *result, uint64_t most);

/* A set of files that are replaced together: all of them, or none. Opaque. */
typedef struct dvg_output dvg_output;

/* Asked between writes. Negative abandons the whole set. */
typedef int (*dvg_cancel_fn)(void *payload);

/* Make an empty set. `context` must outlive it. */
DVG_API dvg_status dvg_output_new(dvg_output **output, dvg_context *context, dvg_error *error);

/* Free the set; what was not committed is gone. NULL is allowed. */
DVG_API void dvg_output_free(dvg_output *output);

/* Add the file `path` and make it the one that dvg_output_sink feeds. Nothing is written yet.
 * DVG_E_ARGUMENT: `path` is another file of the set, however spelled or linked. DVG_E_IO: it is a
 * directory, or its folder does not exist. */
DVG_API dvg_status dvg_output_add(dvg_output *output, const char *path, dvg_error *error);

/* Say that the file `path` is an input: dvg_output_add refuses what is the same file, however it is
 * spelled or linked, with DVG_E_ARGUMENT. A file that does not exist is protected by its name.
 * Protect first, add afterwards. */
DVG_API dvg_status dvg_output_protect(dvg_output *output, const char *path, dvg_error *error);

/* Say that what `result` was made from is an input: in both snapshots every document of the
 * profile, there or not, the manifest, and every file that was read for a gate; the files given as
 * options; the script files of the profile, its classifiers and the reports that are loaded. What
 * else stands in a snapshot's directory may be written over. */
DVG_API dvg_status dvg_output_protect_result(dvg_output *output, const dvg_result *result,
                                             dvg_error *error);

/* A dvg_sink_fn that appends to the file added last; `output` is its payload. */
DVG_API int dvg_output_sink(void *output, const char *data, size_t size);

/* Write every file. Regular files are written to temporary files beside their targets and
 * flushed to the device before the first is renamed; if a later rename fails, the earlier ones
 * are put back. Links are followed and modes kept. What is no regular file (a pipe, a device) is
 * written straight, after the temporary files are flushed and before the first is renamed: what it
 * has taken by then cannot be taken back. `cancel` may be NULL; where it aborts, the temporary
 * files are gone, the old files are as they were and the status is DVG_E_CANCELLED. */
DVG_API dvg_status dvg_output_commit(dvg_output *output, dvg_cancel_fn cancel, void *payload,
                                     dvg_error *error);

#ifdef __cplusplus
}
#endif

#endif
