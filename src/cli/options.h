/*
 * options: the command line as data.
 * Answers for the program's own options, one table of which gives parsing and help, and for those
 * that the profile in use declares. Does not choose a profile and does nothing that is asked for.
 * Invariant: a command points into argv and into the context's profile, and copies only the names
 * of unknown options.
 */
#ifndef DVG_CLI_OPTIONS_H
#define DVG_CLI_OPTIONS_H

#include "limits.h"

/* What the program is to do. */
typedef enum dvg_action {
    DVG_ACTION_COMPARE = 0,
    DVG_ACTION_HELP,
    DVG_ACTION_VERSION,
    DVG_ACTION_LIST_SCRIPTS,
    DVG_ACTION_SHOW_SCRIPT,
    DVG_ACTION_HELP_SCRIPT,
    DVG_ACTION_TEST_SCRIPT,
    DVG_ACTION_CANONICAL,
    DVG_ACTION_DIGEST
} dvg_action;

/* What makes the exit status 1: a divergence of that severity or a higher one, or any at all,
 * suppressed ones included. */
typedef enum dvg_fail_on {
    DVG_FAIL_ON_INFO = DVG_INFO,
    DVG_FAIL_ON_WARNING = DVG_WARNING,
    DVG_FAIL_ON_ERROR = DVG_ERROR,
    DVG_FAIL_ON_SUPPRESSED
} dvg_fail_on;

/* Whether reports may be coloured; the first says: on a terminal. */
typedef enum dvg_color { DVG_COLOR_AUTO = 0, DVG_COLOR_ALWAYS, DVG_COLOR_NEVER } dvg_color;

/* An option of the profile with its value. */
typedef struct dvg_given {
    dvg_option_info info;
    const char *value; /* NULL for a flag */
} dvg_given;

/* The values of an option that may be repeated, in the order given. */
typedef struct dvg_values {
    const char **items;
    size_t count;
} dvg_values;

#define DVG_WRONG_SIZE 512

typedef struct dvg_command {
    dvg_action action;
    const char *profile; /* NULL: not named */
    const char *out;
    uint32_t threads; /* 0: not said */
    bool validate_identical;
    bool show_suppressed;
    bool show_ignored;
    bool check_rules;
    bool ledger;
    bool limited;           /* `limit` was given */
    uint64_t limit;         /* divergences that a report lists of a class */
    const char *explain[2]; /* document and path; NULL: not asked for */
    const char *summary;    /* the report that --brief or --stat chose; NULL: neither */
    bool update;            /* with a test: files of expected text */
    dvg_fail_on fail_on;
    dvg_color color;
    dvg_limits limits;  /* of scripts */
    const char *script; /* to be shown, explained or tested; NULL: none */
    dvg_values script_path;
    dvg_values classifiers;
    dvg_values places;     /* patterns that the comparison is restricted to */
    dvg_values files;      /* the same for files, globs */
    dvg_values matches;    /* pattern and way, in turn */
    dvg_values reports;    /* "NAME" or "NAME=FILE" */
    dvg_values sets;       /* "NAME=VALUE", or "NAME" for a flag */
    const char *canonical; /* document whose canonical form is asked for; NULL: none */
    dvg_values digests;    /* documents whose digest is; more may be in `plain` */
    const char *side[2];   /* left, right; NULL: not given */
    bool directories;      /* a side's own option names a directory */
    dvg_given *given;      /* options of the profile, each once */
    size_t given_count;
    const char **plain; /* arguments that are no options */
    size_t plain_count;
    char **unknown; /* names of long options that nobody declares, without dashes */
    size_t unknown_count;
    char wrong[DVG_WRONG_SIZE]; /* what the user got wrong first; "": nothing */
} dvg_command;

/* One of the program's own options. `--help`, the completions of shells and the list of options in
 * the manual page are made of these rows. `values` are all words that may stand there, "a|b|c", or
 * one of DVG_VALUES_. */
#define DVG_VALUES_FILE "<file>"
#define DVG_VALUES_FOLDER "<folder>"
#define DVG_VALUES_SCRIPT "<script>" /* any script, by name or by path */
#define DVG_VALUES_PROFILE "<profile>"
#define DVG_VALUES_CLASSIFIER "<classifier>"
#define DVG_VALUES_REPORT "<report>"
#define DVG_VALUES_LUA "<lua>" /* the path of a script */
typedef struct dvg_option_row {
    const char *name;     /* without dashes */
    const char *argument; /* what its value is called; NULL: it takes none */
    const char *help;     /* one line */
    const char *values;   /* what shells offer for it, see below; NULL: nothing */
    void (*apply)(dvg_command *command, const char *value);
} dvg_option_row;

extern const dvg_option_row dvg_option_rows[];
extern const size_t dvg_option_row_count;

/* An empty command for `argc` arguments. False: out of memory. Clear it in either case. */
bool dvg_command_init(dvg_command *command, int argc);
void dvg_command_clear(dvg_command *command);

/* Forget what was read; the storage stays. */
void dvg_command_reset(dvg_command *command);

/* Read the arguments, knowing the options of the profile that `context` uses; NULL: only the
 * program's own. Everything read before is forgotten. The last value of a repeated option wins.
 * What is wrong is in `wrong` and `unknown`. False: out of memory. */
bool dvg_command_parse(dvg_command *command, int argc, char **argv, const dvg_context *context);

/* Give the plain arguments to the sides. What does not fit is in `wrong`. */
void dvg_command_assign_sides(dvg_command *command, const dvg_context *context);

/* The known long option with the fewest edits to `name`; NULL: none has a letter in common. */
const char *dvg_option_nearest(const char *name, const dvg_context *context);

/* What the value of a profile's option is called; NULL: it takes none. */
const char *dvg_option_argument(dvg_option_type type);

#endif
