/*
 * result: what a run found: gates, files, records, ledger. Filled by engine/run.c, read by
 * scripts and by the public API; after the run only the scratch document grows.
 * Invariant: it holds both snapshots as long as it lives, since records point into them.
 */
#ifndef DVG_ENGINE_RESULT_H
#define DVG_ENGINE_RESULT_H

#include "engine/audit.h"
#include "engine/inferred.h"
#include "snapshot/snapshot.h"

/* A gate: a check that is made before anything is compared. */
typedef struct dvg_gate {
    const char *name;
    size_t name_size;
    dvg_value left; /* what was seen; a scalar of the scratch document or a value of a document */
    dvg_value right;
    bool ok;
    bool stop; /* failing it stops */
} dvg_gate;

typedef enum dvg_file_status {
    DVG_FILE_WALKED = 0,    /* "compared": read and walked, or found to be other bytes */
    DVG_FILE_SETTLED,       /* "identical": proved by digests, never parsed */
    DVG_FILE_MISSING_LEFT,  /* "missing-left" */
    DVG_FILE_MISSING_RIGHT, /* "missing-right" */
    DVG_FILE_SAME,          /* "same": no document, and the same on both sides */
    DVG_FILE_MISSING_BOTH,  /* "missing-both": where the profile does not count it as one side's */
    DVG_FILE_OUTSIDE        /* "outside": no place in it is what the run is restricted to */
} dvg_file_status;

/* How a file is compared. */
typedef enum dvg_file_as {
    DVG_AS_DOCUMENT = 0,
    DVG_AS_BYTES,
    DVG_AS_FOLDER /* an empty one: its name ends with '/', and whether it is there is all there is
                   */
} dvg_file_as;

typedef struct dvg_file {
    const char *name;
    dvg_file_as as;
    bool listed; /* found in a directory, not named by the profile */
    dvg_file_status status;
    uint64_t *counts; /* divergences by class; as long as the rules' classes */
} dvg_file;

/* A divergence that a script, or a rule for divergences, took out of the count: kept, so that it
 * can be listed. */
typedef struct dvg_suppressed {
    dvg_record record; /* its class is DVG_CLASS_NONE */
    const char *by;    /* the script, or the rule; never NULL; lives with the profile */
} dvg_suppressed;

struct dvg_result {
    dvg_allocator allocator;
    const dvg_rules *rules;       /* borrowed from the profile, which outlives the result */
    dvg_snapshot *side[2];        /* NULL where the run was given documents */
    const dvg_document *given[2]; /* these; borrowed */
    dvg_arena arena;              /* gate names, notes */
    dvg_arena steps;              /* of the paths; a walk's thread has it for its own */
    dvg_document scratch;         /* values that a program made */
    struct dvg_made *made;        /* more of them, each a document */
    dvg_gate *gates;
    size_t gate_count, gate_capacity;
    dvg_file *files;
    size_t file_count;
    dvg_record *records; /* in walk order; suppressed ones are not here */
    size_t record_count, record_capacity;
    dvg_suppressed *suppressed; /* in walk order */
    size_t suppressed_count, suppressed_capacity;
    dvg_suppressed *ignored; /* by rules for divergences; in walk order */
    size_t ignored_count, ignored_capacity;
    dvg_ruling ruling; /* what rules decided */
    dvg_inferences inferred;
    dvg_audit audit;       /* who decided what, where that was asked for */
    bool show_suppressed;  /* reports that can are to list them */
    bool suppressed_shown; /* one did */
    bool color;            /* reports may colour what they write */
    unsigned columns;      /* of the terminal that they go to; 0: unknown, or none */
    bool limited;          /* reports list at most `limit` divergences of a class */
    uint64_t limit;
    uint64_t *class_counts; /* as long as the rules' classes */
    bool stop;              /* a gate that stops failed */
    dvg_ledger ledger;
    dvg_seed seed;
    uint32_t threads;
    dvg_warning_fn warning;
    void *warning_payload;
    void *attachment; /* for the floor above: its private state, see attachment_free */
    void (*attachment_free)(void *attachment);
    void *owner; /* for the public API: api/outcome.h; not freed with the result */
};

/* Name of a file's status; constant. */
const char *dvg_file_status_name(dvg_file_status status);

/* Add a gate row; the name is copied into the arena. */
dvg_status dvg_result_add_gate(dvg_result *result, const char *name, size_t size, dvg_value left,
                               dvg_value right, bool ok, bool stop, dvg_error *error);

/* Give a warning: counted in the ledger and handed to the warning callback, as one line in which
 * control bytes are escaped. The caller says a thing once. printf-style, as dvg_fail. */
void dvg_result_warn(dvg_result *result, const char *format, ...) DVG_PRINTF(2, 3);

/* Warn of the repeated member names of a document that is looked up in, not walked. */
void dvg_result_warn_repeats(dvg_result *result, const char *path, const dvg_document *document);

/* Divergences that were found so far: those that count and those that were set aside. */
size_t dvg_result_found(const dvg_result *result);

/* Divergences that count in file `index`, of every class. */
uint64_t dvg_result_count_in(const dvg_result *result, size_t index);

/* Is it one of the files that are compared? */
bool dvg_result_has_file(const dvg_result *result, const char *name);

/* A value made by a program from JSON text, which is copied: see dvg_json_read. */
dvg_status dvg_result_object(dvg_result *result, const char *text, size_t size, dvg_value *value,
                             dvg_error *error);
void dvg_result_free_made(dvg_result *result);

/* A scalar made by a program (a gate's cell): see dvg_document_scalar. */
dvg_value dvg_result_scalar(dvg_result *result, dvg_type type, const char *text, size_t size);

#endif
