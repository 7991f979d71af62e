/*
 * repeats: objects in which a name stands twice.
 * Answers for finding them in linear time whatever the names, and for dropping all but the last
 * member of a name. Knows no text. Invariant: an object with a repeated name carries its mark.
 */
#ifndef DVG_VALUE_REPEATS_H
#define DVG_VALUE_REPEATS_H

#include "value/cell.h"

#include <string.h>

/* Shifting out what stands behind a short name works where the first byte is the lowest. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define DVG_BIG_ENDIAN false
#else
#define DVG_BIG_ENDIAN true
#endif

/* A few bits of a name that differ for most pairs of different names: the first eight bytes, the
 * last one, and the length. A span of the source has readable bytes behind it (json/reader.h). */
static inline uint64_t dvg_repeats_sketch(const dvg_document *document, dvg_cell cell)
{
    uint64_t head = 0;
    dvg_text text;
    if (!DVG_BIG_ENDIAN && dvg_cell_tag(cell) == DVG_TAG_STRING) {
        text.data = document->source + dvg_cell_offset(cell);
        text.size = dvg_cell_length(cell);
        memcpy(&head, text.data, sizeof head);
        if (text.size < sizeof head)
            head = text.size == 0 ? 0 : head << (64 - 8 * text.size);
    } else {
        char near[8] = {0};
        text = dvg_cell_text(document, cell);
        if (text.size >= sizeof near)
            memcpy(near, text.data, sizeof near);
        else if (text.size > 0)
            memcpy(near + (DVG_BIG_ENDIAN ? 0 : sizeof near - text.size), text.data, text.size);
        memcpy(&head, near, sizeof head);
    }
    uint64_t last = text.size == 0 ? 0 : (unsigned char)text.data[text.size - 1];
    return head ^ (last << 40 | (uint64_t)text.size << 48);
}

/* One of 64 bits for a sketch, by its multiple with the golden ratio. */
static inline uint64_t dvg_repeats_bit(uint64_t mine)
{
    return UINT64_C(1) << (mine * UINT64_C(0x9e3779b97f4a7c15) >> 58);
}

/* Working memory that is kept between objects. */
typedef struct dvg_repeats {
    const dvg_allocator *allocator;
    const dvg_seed *seed;
    uint32_t *slots; /* open addressing; 1 + index of a member, 0: free */
    size_t slot_capacity;
    const dvg_cell **names;
    size_t name_capacity;
} dvg_repeats;

void dvg_repeats_init(dvg_repeats *repeats, const dvg_allocator *allocator, const dvg_seed *seed);
void dvg_repeats_clear(dvg_repeats *repeats);

/* Look at the closed object at `position` with `count` members. Marks it and counts in the
 * document where a name stands twice; `*repeated` becomes the name cell of the first second
 * occurrence, else stays as it is. False: out of memory. */
bool dvg_repeats_check(dvg_repeats *repeats, dvg_document *document, size_t position,
                       uint64_t count, const dvg_cell **repeated);

/* Rewrite the tape so that of every name in an object only the last value is left, at the place
 * of the first; the cells dropped are counted as shadowed. False: out of memory. */
bool dvg_repeats_drop(dvg_repeats *repeats, dvg_document *document);

#endif
