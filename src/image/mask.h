/*
 * mask: ranges of an image that are overwritten before it is hashed, so that bytes that may
 * legitimately differ do not count.
 * Answers for address arithmetic in 64 bits, checked; does not read files and knows no format.
 * Invariant: a range that does not lie whole inside an image changes nothing in that image.
 */
#ifndef DVG_IMAGE_MASK_H
#define DVG_IMAGE_MASK_H

#include "base/error.h"
#include "base/memory.h"
#include "hash/sha256.h"

typedef struct dvg_mask_range {
    int64_t start;   /* offset from the image's first byte; may be negative */
    uint64_t length; /* bytes */
} dvg_mask_range;

/* Ranges to mask, and the byte to mask them with. */
typedef struct dvg_mask {
    dvg_allocator allocator;
    dvg_mask_range *ranges;
    size_t count;
    size_t capacity;
    uint64_t outside_anywhere; /* ranges whose offset does not fit 64 bits: in no image */
    unsigned char fill;
} dvg_mask;

void dvg_mask_init(dvg_mask *mask, const dvg_allocator *allocator, unsigned char fill);
void dvg_mask_clear(dvg_mask *mask);

/* Add `length` bytes at `address` of an image that is loaded at `base`; both are decimal integers
 * of any size, with an optional '-'. What does not fit 64 bits counts as outside of any image.
 * DVG_E_MEMORY; DVG_E_ARGUMENT if a text is no integer. */
dvg_status dvg_mask_add(dvg_mask *mask, const char *address, size_t address_size, const char *base,
                        size_t base_size, uint64_t length, dvg_error *error);

/* SHA-256 of the image with every range overwritten. The image itself is not changed. `*skipped`
 * (may be NULL) becomes the number of ranges that lie outside, in part or whole. */
dvg_status dvg_mask_sha256(const dvg_mask *mask, const void *image, size_t size,
                           char hex[DVG_SHA256_HEX_SIZE], uint64_t *skipped, dvg_error *error);

/* Overwrite the ranges in a copy of the image that the caller owns. Returns how many ranges lie
 * outside. For tests and for tools that need the bytes. */
uint64_t dvg_mask_apply(const dvg_mask *mask, void *image, size_t size);

#endif
