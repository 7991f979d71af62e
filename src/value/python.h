/*
 * python: the text that Python gives to a scalar: repr, and str.
 * Answers for bytes only: the same value gives the same text on every machine and in every locale.
 */
#ifndef DVG_VALUE_PYTHON_H
#define DVG_VALUE_PYTHON_H

#include "base/buffer.h"
#include "value/document.h"

/* Append Python's repr of one string. A lone surrogate is shown as \udXXX, as Python does; a byte
 * that is no character, which only a program can have made, as \xNN. */
void dvg_repr_string(dvg_buffer *out, const char *text, size_t size);

/* Append a number as Python prints it: an integer's value ("-0" is "0"), a real's shortest text. */
void dvg_number_python(dvg_buffer *out, dvg_value number);

/* Append Python's repr of a scalar; the absent value is None. */
void dvg_scalar_repr(dvg_buffer *out, dvg_value value);

/* Append Python's str of a scalar: a string as it is, anything else as its repr. */
void dvg_scalar_str(dvg_buffer *out, dvg_value value);

#endif
