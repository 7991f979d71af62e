/*
 * explain: who decided about one place, and why, in words.
 * Answers for a text that a person reads; what was decided is in the result already.
 */
#ifndef DVG_ENGINE_EXPLAIN_H
#define DVG_ENGINE_EXPLAIN_H

#include "engine/result.h"

/* Append what is to be said of a path in a file to `out`, lines in which what comes from elsewhere
 * is escaped; the result must hold an audit. `*counts` tells whether a divergence that counts
 * concerns the place. DVG_E_ARGUMENT: there is no such file or place. DVG_E_MEMORY, and what
 * reading the documents once more gives. */
dvg_status dvg_explain_place(dvg_buffer *out, bool *counts, dvg_result *result, const char *file,
                             const char *path, dvg_error *error);

#endif
