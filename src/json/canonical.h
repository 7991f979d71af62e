/*
 * canonical: a value in the one form that all values equal to it have, and the digest of that form.
 * Answers for the bytes of the form and for nothing that a rule says: members by code point, no
 * white space, a number and a string each in one spelling. Invariant: two values have one form
 * exactly if a diff without rules, arrays in order, finds nothing between them.
 */
#ifndef DVG_JSON_CANONICAL_H
#define DVG_JSON_CANONICAL_H

#include "base/buffer.h"
#include "hash/sha256.h"
#include "value/document.h"

/* Append the form. The absent value is written as null. False: out of memory.
 *
 * Integers stand as they are, -0 as 0; every other number has an exponent (value/decimal.h), so
 * that 1.0 is 1e0 and not the integer 1; NaN and the infinities are their literals. Strings escape
 * quotes, backslashes, control characters and lone surrogates, and nothing else. Members of one
 * name keep their order. */
bool dvg_canonical_write(dvg_buffer *out, dvg_value value);

/* SHA-256 of the form as text. DVG_E_MEMORY; DVG_E_INTERNAL as dvg_sha256. */
dvg_status dvg_canonical_digest(char hex[DVG_SHA256_HEX_SIZE], dvg_value value,
                                const dvg_allocator *allocator, dvg_error *error);

#endif
