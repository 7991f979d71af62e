/*
 * builtin: the scripts that are part of the program, as bytes. The table is generated when the
 * project is built, from lua/diverge/.
 */
#ifndef DVG_SCRIPT_BUILTIN_H
#define DVG_SCRIPT_BUILTIN_H

#include <stddef.h>

struct dvg_builtin {
    const char *name;   /* "profile/phase", without ".lua" */
    const char *source; /* text of the script; not NUL-ended */
    size_t size;        /* bytes */
};

/* Sorted by name. */
extern const struct dvg_builtin dvg_builtins[];
extern const size_t dvg_builtin_count;

#endif
