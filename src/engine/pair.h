/*
 * pair: one file on both sides: present or not, settled by its manifest or by its bytes, or walked;
 * and which files there are. Private to engine/.
 */
#ifndef DVG_ENGINE_PAIR_H
#define DVG_ENGINE_PAIR_H

#include "diff/walk.h"
#include "engine/run.h"

/* A run under way. */
struct dvg_running {
    dvg_result *result;
    const dvg_run_input *input;
    dvg_value claims[2]; /* the manifests' objects of claims; absent: none */
    bool has_manifest[2];
    uint32_t file;                          /* index of the document at hand */
    const dvg_skip *skip;                   /* of the document that is walked */
    struct dvg_channel *channel;            /* from the walk, where that has a thread of its own */
    uint64_t oddities[2][DVG_ODDITY_COUNT]; /* by side: elements so far in this document */
    const dvg_step *odd_path[2][DVG_ODDITY_COUNT];
};

/* Ask for the class of a divergence and keep it. */
dvg_status dvg_running_record(struct dvg_running *running, dvg_record *record, dvg_error *error);

/* Compare file number `running->file` of the result in the two snapshots. */
dvg_status dvg_pair_run(struct dvg_running *running, dvg_error *error);

/* Run the walk in a thread of its own, and ask for the classes of what it finds in this one, in the
 * order in which it is found. `*done` false: not to be had, and nothing was done. Only where the
 * walk needs nothing of what is decided: see dvg_pair_walk. */
dvg_status dvg_relay_walk(struct dvg_running *running, const dvg_walk *walk,
                          const dvg_value roots[2], bool *done, dvg_error *error);

/* Every node read must have been counted once and only once: see dvg_ledger_side. DVG_E_INTERNAL,
 * with the name of the document: it was not. */
dvg_status dvg_ledger_balance(const dvg_ledger *ledger, const char *name, dvg_error *error);

/* May the `count` files that are left be all? DVG_E_ARGUMENT: none is, because of what the run is
 * restricted to. Warns of globs that matched nothing. */
dvg_status dvg_scope_check_files(dvg_result *result, size_t count, dvg_error *error);

/* The same for the places of all documents, at the end of a run. */
dvg_status dvg_scope_check_places(dvg_result *result, dvg_error *error);

/* Walk two documents that were read, and balance the ledger. */
dvg_status dvg_pair_walk(struct dvg_running *running, const dvg_document *left,
                         const dvg_document *right, dvg_error *error);

/* Open both sides of the result: two directories, or two files with the one name in
 * result->files that selects what the profile says of them. */
dvg_status dvg_sides_open(dvg_result *result, const dvg_run_input *input, const char *left,
                          const char *right, dvg_error *error);

/* Decide which files are compared, and how: the names of the profile, and what its globs match in
 * both directories. Needs both snapshots; fills in result->files. */
dvg_status dvg_plan_files(dvg_result *result, dvg_error *error);

/* Make `count` files without names, all as documents, with their counts. */
dvg_status dvg_result_make_files(dvg_result *result, size_t count, dvg_error *error);

/* Make one file, a document of that name, which is copied. */
dvg_status dvg_result_make_file(dvg_result *result, const char *name, dvg_error *error);

/* A divergence of the file at hand as a whole, at the path `label`. */
dvg_status dvg_running_record_file(struct dvg_running *running, dvg_kind kind, const char *label,
                                   int side, const dvg_value values[2], dvg_error *error);

/* Compare what stands at the name of the file at hand. `*both`: there is something on both sides
 * whose contents are to be compared. */
dvg_status dvg_presence_compare(struct dvg_running *running, bool *both, dvg_error *error);

/* Compare the file at hand byte by byte. */
dvg_status dvg_bytes_compare(struct dvg_running *running, dvg_error *error);

/* Fill in the skips for a document: the profile's, and what the two roots list. False: out of
 * memory. */
bool dvg_pair_fill_skip(dvg_skip *skip, const dvg_rules *rules, const char *file,
                        const dvg_value roots[2]);

/* Read the manifests, if the profile has one. */
dvg_status dvg_claims_read(struct dvg_running *running, dvg_error *error);

/* What the manifest of `side` says of `name`; absent if nothing, or null. */
dvg_status dvg_claims_get(const struct dvg_running *running, int side, const char *name,
                          dvg_value *claim, dvg_error *error);

/* Warn of names in the manifests that no document of the profile has. */
void dvg_claims_warn(struct dvg_running *running);

/* Warn of rules, but those of built-in scripts, that decided nothing. */
void dvg_rules_warn_unused(dvg_result *result);

#endif
