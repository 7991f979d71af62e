/*
 * host: what every script of a context shares: folders, limits, memory, and the embedded profiles
 * that were loaded to learn their options. Owns no Lua state but those of such profiles.
 */
#ifndef DVG_SCRIPT_HOST_H
#define DVG_SCRIPT_HOST_H

#include "script/script.h"

#include <locale.h>

struct dvg_host {
    dvg_allocator allocator;
    const char *const *folders; /* borrowed */
    size_t folder_count;
    dvg_script_limits limits;
    uint64_t spent;       /* milliseconds of all entries in this run */
    locale_t c_locale;    /* what scripts run in, whatever locale the program chose */
    dvg_profile **loaded; /* one for each embedded profile that was asked; NULL: taken */
    size_t loaded_count, loaded_capacity;
    struct dvg_foreign *foreign; /* modules of the program's, the last added first */
};

#endif
