/*
 * run: one comparison from two folders to a result: gates, documents, walk, classes, ledger.
 * Knows two function pointers for what scripts decide, and no Lua.
 */
#ifndef DVG_ENGINE_RUN_H
#define DVG_ENGINE_RUN_H

#include "engine/result.h"

/* What the classify hook answers. */
typedef struct dvg_decision {
    uint32_t class_index;
    dvg_severity severity;
    const char *suppressed_by; /* the script that suppresses it; NULL: none does */
    const char *note;          /* NULL: none; copied by the engine before the next call */
    size_t note_size;
    uint32_t rule; /* that named the class, or else the severity; DVG_RULE_NONE */
    dvg_origin origin;
} dvg_decision;

/* What scripts, or a host, decide. Any may be NULL: no gates; everything is of class 0; nobody is
 * told. */
typedef struct dvg_hooks {
    /* Called once, both snapshots open, nothing walked. Adds rows by dvg_result_add_gate. */
    dvg_status (*gates)(void *payload, dvg_result *result, dvg_error *error);
    /* Called for every divergence in walk order; the record is not yet in the result. */
    dvg_status (*classify)(void *payload, dvg_result *result, const dvg_record *record,
                           dvg_decision *decision, dvg_error *error);
    /* Called for every file before it is read, and for every DVG_PROGRESS_EVERYth divergence. */
    dvg_status (*progress)(void *payload, const dvg_result *result, size_t file, dvg_error *error);
    void *payload;
    dvg_normalizer normalizer; /* its payload outlives the result */
} dvg_hooks;

enum { DVG_PROGRESS_EVERY = 1024 };

/* What a run is told. Borrowed for the call, but the rules, which outlive the result. */
typedef struct dvg_run_input {
    dvg_allocator allocator;
    const dvg_rules *rules;
    dvg_hooks hooks;
    uint32_t threads;
    dvg_warning_fn warning;
    void *warning_payload;
    dvg_mapper mapper;  /* who agrees to files that are mapped; `ask` NULL: nobody */
    bool directories;   /* two directories, nothing else */
    bool audit;         /* keep who decided what, looking at every place */
    size_t hidden_most; /* then list that many hidden places */
} dvg_run_input;

/* Compare two snapshot directories, or, unless the input says otherwise, two files, which are read
 * as documents and may be pipes; of these no gates are asked and no manifest is read. */
dvg_status dvg_engine_run(dvg_result **result, const dvg_run_input *input, const char *left,
                          const char *right, dvg_error *error);

/* Compare two snapshots that were opened, of which none is one file; both become the result's, or
 * are freed where there is none. */
dvg_status dvg_engine_run_snapshots(dvg_result **result, const dvg_run_input *input,
                                    dvg_snapshot *const sides[2], dvg_error *error);

/* Compare one pair of documents that are in memory, under the name `name`; no gates, no manifest.
 * The documents are borrowed and must outlive the result. */
dvg_status dvg_engine_run_documents(dvg_result **result, const dvg_run_input *input,
                                    const dvg_document *left, const dvg_document *right,
                                    const char *name, dvg_error *error);

/* A result with one divergence that nobody found: `record` as it was made up, in document `name`,
 * decided by the hooks like any other. What it points to must outlive the result. */
dvg_status dvg_engine_imagine(dvg_result **result, const dvg_run_input *input, const char *name,
                              dvg_record *record, dvg_error *error);

/* Are the files that the result points into still what they were? Only mapped ones can change.
 * DVG_E_IO names one that did. */
dvg_status dvg_engine_check(const dvg_result *result, dvg_error *error);

/* Free the result with all it holds. NULL is allowed. */
void dvg_engine_free(dvg_result *result);

#endif
