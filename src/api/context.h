/*
 * context: what stands behind a dvg_context, for the files of this folder.
 * Answers for who owns the profile in use; knows nothing of what a profile says.
 * Invariant: a profile lives as long as its context uses it or a result made with it lives.
 */
#ifndef DVG_API_CONTEXT_H
#define DVG_API_CONTEXT_H

#include "base/error.h"
#include "script/script.h"

/* A profile, shared by the context that uses it and by the results that were made with it. */
typedef struct dvg_loaded {
    dvg_profile *profile;
    size_t users;
} dvg_loaded;

struct dvg_context {
    dvg_allocator allocator;
    dvg_options options; /* as given, but for script_path, which is `folders` */
    char **folders;      /* copies of the caller's folders */
    size_t folder_count;
    dvg_host *host;
    dvg_loaded *loaded;       /* the profile in use; NULL: none */
    dvg_seed seed;            /* of every look-up in every run */
    dvg_classify_fn classify; /* of the host; NULL: none */
    void *classify_payload;
    dvg_progress_fn progress; /* the same */
    void *progress_payload;
    bool audit;         /* runs keep who decided what */
    size_t hidden_most; /* hidden places that they list */
};

/* The profile in use. NULL, and DVG_E_ARGUMENT in `error`, if there is none. */
dvg_loaded *dvg_context_loaded(dvg_context *context, dvg_error *error);

/* Give back one use of a profile; the last one frees it. NULL is allowed. */
void dvg_loaded_release(const dvg_context *context, dvg_loaded *loaded);

/* How the context reads: the profile's reading, or the strict one without a profile, with this
 * context's seed. A limit in the options wins over the profile's, and that over the default. */
void dvg_context_reading(const dvg_context *context, dvg_reading *reading);

/* DVG_OK if `holds`, else DVG_E_ARGUMENT with `message`. Clears `error` first: every public call
 * begins with it, so that an error object can be used again after a failure. */
static inline dvg_status dvg_require(dvg_error *error, bool holds, const char *message)
{
    dvg_error_clear(error);
    if (holds)
        return DVG_OK;
    dvg_fail(error, DVG_E_ARGUMENT, "%s", message);
    return DVG_E_ARGUMENT;
}

#endif
