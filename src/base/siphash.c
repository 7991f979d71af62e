/*
 * siphash: see siphash.h. One compression round and three at the end.
 */
#include "base/siphash.h"

#include <string.h>

struct state {
    uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static inline void sip_round(struct state *s)
{
    s->v0 += s->v1;
    s->v2 += s->v3;
    s->v1 = rotate(s->v1, 13) ^ s->v0;
    s->v3 = rotate(s->v3, 16) ^ s->v2;
    s->v0 = rotate(s->v0, 32) + s->v3;
    s->v2 += s->v1;
    s->v1 = rotate(s->v1, 17) ^ s->v2;
    s->v3 = rotate(s->v3, 21) ^ s->v0;
    s->v2 = rotate(s->v2, 32);
}

static inline void absorb(struct state *s, uint64_t word)
{
    s->v3 ^= word;
    sip_round(s);
    s->v0 ^= word;
}

uint64_t dvg_siphash(const dvg_seed *seed, const void *data, size_t size)
{
    const char *bytes = data;
    struct state s = {seed->word[0] ^ 0x736f6d6570736575u, seed->word[1] ^ 0x646f72616e646f6du,
                      seed->word[0] ^ 0x6c7967656e657261u, seed->word[1] ^ 0x7465646279746573u};
    size_t left = size;
    uint64_t word;
    for (; left >= 8; left -= 8, bytes += 8) {
        memcpy(&word, bytes, 8);
        absorb(&s, word);
    }
    word = 0;
    if (left > 0)
        memcpy(&word, bytes, left);
    /* The byte order of the last word differs between machines; no output depends on it. */
    absorb(&s, word ^ (uint64_t)size << 56);
    s.v2 ^= 0xff;
    for (int i = 0; i < 3; i++)
        sip_round(&s);
    return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
