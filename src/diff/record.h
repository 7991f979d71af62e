/*
 * record: one divergence. It points into the two documents and owns nothing.
 */
#ifndef DVG_DIFF_RECORD_H
#define DVG_DIFF_RECORD_H

#include "path/step.h"
#include "rules/ruling.h"

/* The class of what has none, because it was suppressed. */
#define DVG_CLASS_NONE UINT32_MAX

typedef struct dvg_record {
    const dvg_step *path; /* NULL: the root */
    dvg_value left;       /* absent where the left side has nothing there */
    dvg_value right;
    const char *note;     /* from a classifier; NULL: none; lives in the result */
    uint32_t file;        /* index into the result's files */
    uint32_t class_index; /* into the rules' classes, or DVG_CLASS_NONE */
    uint32_t rule;        /* that set it aside, classed it or set its severity; DVG_RULE_NONE */
    uint8_t kind;         /* dvg_kind */
    uint8_t severity;     /* dvg_severity */
    int8_t side;          /* dvg_which: the one side that the divergence is on */
} dvg_record;

/* The side whose document the record's pointer leads into: the left one if it has the value. */
static inline int dvg_record_pointer_side(const dvg_record *record)
{
    return record->left.cell != NULL || record->right.cell == NULL ? 0 : 1;
}

/* Takes a divergence as the walk finds it; the record is the caller's and may be copied.
 * Anything but DVG_OK ends the walk with that status. */
typedef dvg_status (*dvg_record_fn)(void *payload, const dvg_record *record, dvg_error *error);

#endif
