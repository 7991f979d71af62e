/*
 * partners: the elements of two arrays that have to be matched, and which of them are equal.
 * Answers for leaving out what is hidden, for equal heads and tails, and for classes: two elements
 * of one class are equal, or may be where the class is open to rules. How they are put beside each
 * other is said by align.h, similar.h and those who use them. Private to diff/.
 */
#ifndef DVG_DIFF_PARTNERS_H
#define DVG_DIFF_PARTNERS_H

#include "diff/frame.h"

/* No partner. */
#define DVG_ALONE UINT32_MAX

struct dvg_element {
    const dvg_cell *cell;
    uint32_t index; /* in its array */
    uint32_t class_id;
    uint64_t exact;   /* of an open class: hash of the value as it stands */
    uint32_t partner; /* in the list of the other side; DVG_ALONE */
    bool moved;       /* the partner is equal and stands elsewhere */
};

/* What is known of a class. */
struct dvg_element_class {
    uint32_t count[2];
    bool open; /* whether two of it are equal has to be asked */
};

struct dvg_elements {
    struct dvg_walker *walker;
    size_t frame;
    struct dvg_element *list[2];
    size_t count[2], capacity[2];
    struct dvg_element_class *classes;
    size_t class_count, class_capacity;
    int first; /* the side that is gone through first: the same arrays the other way round are
                  matched in the same way */
    bool cut;  /* a search was ended by its budget */
};

/* Collect the elements of the frame's arrays, in classes, but hidden ones and, where nobody but
 * their values decides, equal ones at the beginning and at the end. Counts what it leaves out.
 * False: failed; clear it in any case. */
bool dvg_elements_collect(struct dvg_elements *elements, struct dvg_walker *walker, size_t frame);
void dvg_elements_clear(struct dvg_elements *elements);

/* Are element `left` of the left list and `right` of the right one equal under all rules? */
bool dvg_elements_same(struct dvg_elements *elements, uint32_t left, uint32_t right);

/* Make two elements partners. */
void dvg_elements_join(struct dvg_elements *elements, uint32_t left, uint32_t right);

/* Make partners of equal elements that have none, those of a class in their order. False:
 * failed. */
bool dvg_elements_join_equal(struct dvg_elements *elements, bool moved);

/* Where two elements stand. */
struct dvg_pair dvg_elements_place(const struct dvg_elements *elements, uint32_t left,
                                   uint32_t right);

#endif
