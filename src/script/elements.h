/*
 * elements: where an element of a list begins in the text of a script.
 * Answers for a list that is written out, `{ ... }`, whatever stands in it; guesses nothing else.
 */
#ifndef DVG_SCRIPT_ELEMENTS_H
#define DVG_SCRIPT_ELEMENTS_H

#include <stddef.h>

/* The beginning of element `number`, from 1, of the list behind the key that ends at `at`. NULL:
 * there is no list, or it is shorter. */
const char *dvg_element_find(const char *at, const char *end, size_t number);

#endif
