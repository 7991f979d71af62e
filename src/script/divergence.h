/*
 * divergence: `d`, the divergence at hand as scripts see it: one userdata for the whole run, whose
 * fields are made when they are read.
 * Invariant: between calls it shows nothing, and using it is an error.
 */
#ifndef DVG_SCRIPT_DIVERGENCE_H
#define DVG_SCRIPT_DIVERGENCE_H

#include "diff/record.h"
#include "script/state.h"

struct dvg_divergence_view {
    const dvg_record *record; /* NULL: none at hand */
    dvg_record own;           /* of a copy */
    uint64_t epoch;           /* of a copy */
    bool classified;          /* class and severity are decided */
    const char *by;           /* the script that suppressed it; NULL: none did */
};

/* Make the `d` of a state and push it. [-0, +1, e] */
void dvg_divergence_push(lua_State *lua);

/* Forget texts that belong to another result. [-0, +0, e] */
void dvg_divergence_renew(lua_State *lua);

#endif
