/*
 * outcome: what the API keeps beside a result: what it was made with, and texts it lends.
 * Invariant: every result that a public call gave has one, in its field `owner`.
 */
#ifndef DVG_API_OUTCOME_H
#define DVG_API_OUTCOME_H

#include "api/context.h"

typedef struct dvg_outcome {
    dvg_context *context;
    dvg_loaded *loaded; /* the profile of the run, which may no longer be the context's */
    dvg_buffer path;    /* lent by dvg_result_get */
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

#endif
