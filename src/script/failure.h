/*
 * failure: what a script threw, as a dvg_error: place, words and traceback.
 * Answers for error values of every type; whether something is an error at all is decided by those
 * who call. Invariant: an error value is asked to tell itself under protection only.
 */
#ifndef DVG_SCRIPT_FAILURE_H
#define DVG_SCRIPT_FAILURE_H

#include "rules/ruling.h"
#include "script/state.h"

/* If `message` begins with "WHERE:LINE: " return what follows and the line; else NULL. */
const char *dvg_failure_skip_place(const char *message, const char *where, int *line);

/* Message handler: note place and traceback while the stack still stands. [-1, +1, m] */
int dvg_failure_note(lua_State *lua);

/* Turn a failed call into `error`, which may be NULL. The error value is on the top unless `status`
 * is LUA_OK. Never DVG_OK. */
dvg_status dvg_failure_explain(dvg_state *state, int status, dvg_error *error);

/* Add to an error of a script at which place of a document it happened, and at which `kind` of
 * divergence; NULL: none was found there yet. */
void dvg_failure_name_place(dvg_error *error, const dvg_allocator *allocator,
                            const struct dvg_at *at, const char *kind);

#endif
