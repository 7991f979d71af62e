/*
 * sha256: SHA-256 of bytes, by OpenSSL's libcrypto (FIPS 180-4).
 * Answers for loading libcrypto when the first digest is asked for, not before: a run that needs
 * none does not pay for it. Nothing process-wide is initialised and no configuration file is read.
 * Invariant: no other file knows OpenSSL.
 */
#ifndef DVG_HASH_SHA256_H
#define DVG_HASH_SHA256_H

#include "base/error.h"
#include "base/memory.h"

/* Lower-case hexadecimal digits and a NUL. */
#define DVG_SHA256_HEX_SIZE 65

/* Digest of `size` bytes as text in `hex`. DVG_E_INTERNAL with a message if libcrypto cannot be
 * loaded or fails. Safe in several threads at once. */
dvg_status dvg_sha256(const void *data, size_t size, char hex[DVG_SHA256_HEX_SIZE],
                      dvg_error *error);

/* A digest in pieces. Opaque; heap. */
typedef struct dvg_sha256_stream dvg_sha256_stream;
dvg_status dvg_sha256_stream_new(dvg_sha256_stream **stream, const dvg_allocator *allocator,
                                 dvg_error *error);
/* The next `size` bytes. */
dvg_status dvg_sha256_stream_add(dvg_sha256_stream *stream, const void *data, size_t size,
                                 dvg_error *error);
/* Finish into `hex`; the stream can only be freed afterwards. */
dvg_status dvg_sha256_stream_end(dvg_sha256_stream *stream, char hex[DVG_SHA256_HEX_SIZE],
                                 dvg_error *error);
/* NULL is allowed. */
void dvg_sha256_stream_free(dvg_sha256_stream *stream);

#endif
