/*
 * number: the double that a number's text reads as, without a locale to pass around.
 */
#ifndef DVG_VALUE_NUMBER_H
#define DVG_VALUE_NUMBER_H

#include <diverge/diverge.h>

/* The nearest double of a JSON number, or of NaN, Infinity, -Infinity. Any thread. */
double dvg_number_double(dvg_text text);

#endif
