/*
 * nearest: the known name that is most like a wrong one.
 */
#ifndef DVG_SCRIPT_NEAREST_H
#define DVG_SCRIPT_NEAREST_H

#include <stddef.h>

typedef struct dvg_nearest {
    const char *wanted; /* borrowed */
    size_t size;
    const char *best; /* NULL: nothing that is near was offered */
    size_t distance;  /* single-byte edits from wanted to best */
} dvg_nearest;

/* Look for names like `wanted`. */
void dvg_nearest_init(dvg_nearest *nearest, const char *wanted, size_t size);

/* Offer a known name, borrowed. Of equally near ones the first offered stays; one that is farther
 * than a quarter of the wanted name is none. */
void dvg_nearest_offer(dvg_nearest *nearest, const char *name);

#endif
