/*
 * prepared: divergences that a report writes by rows which it prepared, one for a kind, without a
 * call of Lua for each: the fields `rows` and `between` of a report.
 */
#ifndef DVG_SCRIPT_PREPARED_H
#define DVG_SCRIPT_PREPARED_H

#include "script/row.h"

typedef struct dvg_prepared {
    /* Where these stand on the stack of the state, as absolute indexes; 0: the script has none. */
    int rows;         /* its table of rows */
    int found;        /* a table that holds what was looked up there */
    int function;     /* `divergence` */
    dvg_text between; /* in the script's table */
    bool began;       /* a divergence was written */
    bool known[DVG_KIND_COUNT];
    const dvg_row *row[DVG_KIND_COUNT]; /* NULL: the function writes the kind */
} dvg_prepared;

/* Append what stands between two divergences, unless this is the first. */
void dvg_prepared_lead(dvg_prepared *prepared, const dvg_state *state);

/* Write divergences from `records` on, at most `count`, until one comes that has no row or a piece
 * of the report is full: an entry like a call of the script. `*written` is how many; 0: the first
 * has no row. */
dvg_status dvg_prepared_write(dvg_prepared *prepared, dvg_state *state, const dvg_record *records,
                              size_t count, size_t *written, dvg_error *error);

#endif
