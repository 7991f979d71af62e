/*
 * pair: one document of the profile on both sides: present or not, settled by its manifest or
 * walked. Private to engine/.
 */
#ifndef DVG_ENGINE_PAIR_H
#define DVG_ENGINE_PAIR_H

#include "engine/run.h"

/* A run under way. */
struct dvg_running {
    dvg_result *result;
    const dvg_run_input *input;
    dvg_value claims[2]; /* the manifests' objects of claims; absent: none */
    bool has_manifest[2];
    uint32_t file;           /* index of the document at hand */
    uint64_t oddities[2][3]; /* by side and dvg_oddity: elements so far in this document */
    const dvg_step *odd_path[2][3];
};

/* Ask for the class of a divergence and keep it. */
dvg_status dvg_running_record(struct dvg_running *running, dvg_record *record, dvg_error *error);

/* Compare file number `running->file` of the result in the two snapshots. */
dvg_status dvg_pair_run(struct dvg_running *running, dvg_error *error);

/* Walk two documents that were read, and balance the ledger. */
dvg_status dvg_pair_walk(struct dvg_running *running, const dvg_document *left,
                         const dvg_document *right, dvg_error *error);

/* Read the manifests, if the profile has one. */
dvg_status dvg_claims_read(struct dvg_running *running, dvg_error *error);

/* What the manifest of `side` says of `name`; absent if nothing, or null. */
dvg_status dvg_claims_get(const struct dvg_running *running, int side, const char *name,
                          dvg_value *claim, dvg_error *error);

/* Warn of names in the manifests that no document of the profile has. */
void dvg_claims_warn(struct dvg_running *running);

#endif
