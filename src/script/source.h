/*
 * source: the text of a script, found by name.
 * Answers for the order of the search and for what may be a script; runs nothing.
 * Invariant: the text stays where it is until dvg_source_clear.
 */
#ifndef DVG_SCRIPT_SOURCE_H
#define DVG_SCRIPT_SOURCE_H

#include "base/buffer.h"
#include "os/file.h"
#include "script/host.h"

/* No script is longer, in bytes. */
#define DVG_SOURCE_SIZE_MOST ((size_t)1 << 20)

typedef struct dvg_source {
    dvg_allocator allocator;
    char *shown;      /* its file as errors name it; owned, made by dvg_string_copy */
    const char *text; /* not NUL-ended */
    size_t size;
    dvg_bytes bytes; /* what text points into, where it came from a file */
} dvg_source;

/* An empty source in the caller's storage. */
void dvg_source_init(dvg_source *source, const dvg_allocator *allocator);
void dvg_source_clear(dvg_source *source);

/* Is `name` a path rather than a name to look up: does it hold '/' or end in ".lua"? */
bool dvg_source_is_path(const char *name);

/* Find a script of `kind` ("profile", "classify", "report"): a path, else the host's folders in
 * order, else the embedded ones. DVG_E_ARGUMENT: there is none; DVG_E_IO, DVG_E_SCRIPT: it cannot
 * be a script. */
dvg_status dvg_source_find(dvg_source *source, const dvg_host *host, const char *kind,
                           const char *name, dvg_error *error);

/* Is `name` one that dvg_source_module looks for: "profile.x" or "diverge.profile.x"? */
bool dvg_source_is_module(const char *name);

/* Find the module that a script calls `name`: "diverge.profile.x" is the embedded one, "profile.x"
 * stands below the folders. DVG_E_SCRIPT: there is none, or the name is not allowed. */
dvg_status dvg_source_module(dvg_source *source, const dvg_host *host, const char *name,
                             dvg_error *error);

/* Name of embedded script `index` if it is of `kind`, without the kind; NULL otherwise. */
const char *dvg_source_builtin_name(size_t index, const char *kind);

/* Does the text of embedded script `index` mention the words? */
bool dvg_source_builtin_mentions(size_t index, const char *words);

#endif
