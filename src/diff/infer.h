/*
 * infer: a key for two arrays of which nobody said how they are matched.
 * Answers for finding a member that tells the elements apart on both sides; that is a guess, so it
 * is told, and what is set right by it (another order) is reported all the same. Private to diff/.
 */
#ifndef DVG_DIFF_INFER_H
#define DVG_DIFF_INFER_H

#include "diff/frame.h"

/* The way to match the arrays of the frame: by a key, or as sequences. NULL: failed. */
const dvg_keyed *dvg_infer(struct dvg_walker *walker, size_t frame);

#endif
