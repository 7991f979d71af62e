/*
 * trial: one case of a test: the profile that it asks, what it ran and what it found wrong.
 * Answers for runs and made-up divergences, and for keeping their results as long as the case;
 * what a test says in Lua is tester.c's, in which order cases run testing.c's.
 * Invariant: results are freed before the profile that they were made with.
 */
#ifndef DVG_SCRIPT_TRIAL_H
#define DVG_SCRIPT_TRIAL_H

#include "os/file.h"
#include "script/profile.h"

/* Failures that are kept; further ones are counted. */
#define DVG_FAILURES_MOST 100

typedef struct dvg_holding dvg_holding;

typedef struct dvg_trial {
    dvg_allocator allocator;
    dvg_host *host;
    const dvg_test_input *input;
    const char *folder; /* that the test stands in */
    const char *named;  /* the profile that the test names; NULL: none */
    dvg_profile *profile;
    unsigned parts; /* of the script under test */
    dvg_holding *holdings;
    uint64_t held;   /* bytes of documents that are kept */
    dvg_arena arena; /* texts of failures */
    dvg_bytes bytes; /* the file read last */
    dvg_buffer text; /* the report written last */
    dvg_test_failure failures[DVG_FAILURES_MOST];
    size_t failures_told;
    uint64_t failure_count, check_count, update_count;
} dvg_trial;

/* A divergence that somebody made up. Texts whose data is NULL were not given. */
typedef struct dvg_question {
    const char *file;
    dvg_text path;
    const char *kind;  /* as the profile or as the library names it; NULL: what the sides say */
    dvg_text value[2]; /* JSON */
    dvg_text key;      /* JSON: of the last step */
    int64_t index;     /* of the last step; -1: not given */
    dvg_which side;
} dvg_question;

/* One side of a run: JSON text, or the path of a snapshot. */
typedef struct dvg_trial_side {
    dvg_text text;
    const char *path; /* NULL: the text counts */
} dvg_trial_side;

void dvg_trial_init(dvg_trial *trial, dvg_host *host, const dvg_test_input *input);
void dvg_trial_clear(dvg_trial *trial);

/* Free what no value handed out points into. */
void dvg_trial_tidy(dvg_trial *trial);

/* Ask the chain for the class of a divergence; `*record` lives until the next dvg_trial_tidy.
 * `*by` becomes the script that suppressed it, or the rule that ignores it, or NULL. */
dvg_status dvg_trial_ask(dvg_trial *trial, const dvg_question *question, const dvg_result **result,
                         const dvg_record **record, const char **by, dvg_error *error);

/* Compare two sides, as document `name` where they are texts; NULL: the profile's first one. The
 * result lives as long as the trial. */
dvg_status dvg_trial_run(dvg_trial *trial, const dvg_trial_side sides[2], const char *name,
                         dvg_result **result, dvg_error *error);

/* Read a JSON text, to be kept as long as the trial. */
dvg_status dvg_trial_read(dvg_trial *trial, dvg_text text, dvg_value *root, dvg_error *error);

/* Run a report over a result into trial->text. `name` NULL: the script under test if it is one,
 * else the profile's first. */
dvg_status dvg_trial_report(dvg_trial *trial, dvg_result *result, const char *name,
                            dvg_error *error);

/* Note what a case found wrong; `message` becomes one line. */
dvg_status dvg_trial_fail(dvg_trial *trial, const char *file, uint64_t line, dvg_text message,
                          const char *detail, dvg_error *error);

/* Append how two texts differ, a line each, as "- expected" and "+ got", shortened. */
void dvg_trial_difference(dvg_buffer *out, dvg_text expected, dvg_text got);

#endif
