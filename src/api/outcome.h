/*
 * outcome: what the API keeps beside a result: what it was made with, and texts it lends.
 * Invariant: every result that a public call gave has one, in its field `owner`.
 */
#ifndef DVG_API_OUTCOME_H
#define DVG_API_OUTCOME_H

#include "api/context.h"

/* The path of one place in its three forms. */
typedef struct dvg_places {
    dvg_buffer path, pointer, quoted;
} dvg_places;

void dvg_places_init(dvg_places *places, const dvg_allocator *allocator);
void dvg_places_clear(dvg_places *places);

typedef struct dvg_outcome {
    dvg_context *context;
    dvg_loaded *loaded; /* the profile of the run, which may no longer be the context's */
    dvg_places place;   /* lent by dvg_result_get */
    dvg_buffer report;  /* lent by dvg_result_report_text */
    dvg_buffer value;   /* lent by dvg_result_value */
    dvg_buffer line;    /* lent by dvg_result_line */
    dvg_buffer hidden;  /* lent by dvg_result_hidden_line */
    dvg_buffer words;   /* lent by dvg_result_explain */
} dvg_outcome;

static inline dvg_outcome *dvg_result_outcome(const dvg_result *result) { return result->owner; }

/* Empty a buffer and keep its memory: the same one is lent again and again. */
void dvg_outcome_rewind(dvg_buffer *buffer);

/* Lend what a buffer holds. DVG_E_MEMORY where it could not be written. */
dvg_status dvg_outcome_lend(dvg_text *text, dvg_buffer *buffer, dvg_error *error);

/* Say of a record what needs no result: where it is, what it is, both values; the rest says
 * nothing. The forms of its path are lent by `places`. DVG_E_MEMORY. */
dvg_status dvg_outcome_describe(dvg_divergence *divergence, const dvg_result *result,
                                const dvg_record *record, dvg_places *places, dvg_error *error);

/* The context's classifier and progress functions, in front of what the profile asks. */
typedef struct dvg_guests {
    dvg_context *context;
    dvg_hooks inner;
    dvg_places places;
} dvg_guests;

/* The hooks of a run: those of the profile, or, where the host has functions of its own, `guests`,
 * which must live until the run ends and is then cleared. */
dvg_hooks dvg_guests_join(dvg_guests *guests, dvg_context *context, dvg_hooks inner);
void dvg_guests_clear(dvg_guests *guests);

/* A run that was begun: what its result will keep, who is asked, and what the engine is told. It
 * must not move until it is settled. */
struct dvg_undertaking {
    dvg_outcome *outcome;
    dvg_guests guests;
    dvg_run_input input;
};

/* Begin a run of the context, or say why there can be none: DVG_E_ARGUMENT, DVG_E_MEMORY. */
dvg_status dvg_outcome_begin(struct dvg_undertaking *begun, dvg_context *context, dvg_error *error);

/* Join what was begun to the finished run, or free it where there is no result to carry it. Returns
 * `status`. */
dvg_status dvg_outcome_settle(dvg_result **result, dvg_result *made, struct dvg_undertaking *begun,
                              dvg_status status);

#endif
