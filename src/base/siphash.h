/*
 * siphash: the seeded hash of every look-up, SipHash-1-3 (Aumasson and Bernstein, 2012).
 * With a secret seed nobody can prepare colliding keys; the seed must never show in any output.
 */
#ifndef DVG_BASE_SIPHASH_H
#define DVG_BASE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct dvg_seed {
    uint64_t word[2];
} dvg_seed;

/* Hash of `size` bytes under `seed`. */
uint64_t dvg_siphash(const dvg_seed *seed, const void *data, size_t size);

#endif
