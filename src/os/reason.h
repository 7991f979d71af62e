/*
 * reason: what the system says about a failed call, in words that no locale changes.
 * strerror is neither safe in threads nor the same in every locale, so the words are ours.
 */
#ifndef DVG_OS_REASON_H
#define DVG_OS_REASON_H

#include "base/error.h"

/* Words for an errno, lower case, without a period; NULL for one that has none here. */
const char *dvg_reason(int number);

/* Record DVG_E_IO about `file`: `what` (NULL: nothing), then the reason. ENOMEM is DVG_E_MEMORY.
 * Returns the status. */
dvg_status dvg_fail_system(dvg_error *error, const char *file, const char *what, int number);

#endif
