/*
 * alike: are two objects written alike, but for members that a skip hides, and so the same?
 * Answers for the cheapest look of all: a few comparisons of text for a whole element. Most
 * elements of most arrays pass it. Says nothing about elements that it does not pass.
 * Private to diff/.
 */
#ifndef DVG_DIFF_ALIKE_H
#define DVG_DIFF_ALIKE_H

#include "diff/walk.h"
#include "value/cell.h"

/* What is asked of every pair of one walk. */
typedef struct dvg_alike {
    const dvg_document *document[2];
    const dvg_walk *walk;
    bool usable;         /* equal text means equal values, in these documents */
    uint64_t names[256]; /* names that some rule may look at: as dvg_skip.tails */
    uint64_t sizes; /* of all of them: bit n for a length of n bytes, or that and 64 times more */
} dvg_alike;

void dvg_alike_init(dvg_alike *alike, const dvg_walk *walk, const dvg_document *const document[2]);

/* Are the two values such objects? Then all their cells are equal but `*hidden` members of each,
 * a name and a scalar, that a skip hides. */
bool dvg_alike_test(const dvg_alike *alike, const dvg_cell *left, const dvg_cell *right,
                    uint64_t *hidden);

#endif
