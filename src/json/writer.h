/*
 * writer: a value into text: JSON as Python's json.dumps writes it, and Python's repr.
 * Answers for bytes only: the same value gives the same text on every machine and in every locale.
 * Without recursion. Invariant: a non-NULL sink never sees a partial character.
 */
#ifndef DVG_JSON_WRITER_H
#define DVG_JSON_WRITER_H

#include "base/buffer.h"
#include "value/document.h"
#include "value/python.h"

typedef struct dvg_json_style {
    int indent;     /* spaces a level; negative: everything on one line with ", " and ": ";
                       -2: compact, "," and ":" */
    int level;      /* level that the value's own first line already stands on */
    bool sort;      /* members sorted by code point */
    bool ascii;     /* everything past U+007E and U+007F as \uXXXX; else what can be seen is raw;
                       lone surrogates, control characters, marks that change the direction of
                       writing and whatever else has no shape of its own are escaped */
    bool python;    /* numbers as Python prints the value it read: -0 as 0, 1E5 as 100000.0, NaN;
                       else the literal as it was written, and NaN as `nonfinite` says */
    bool nonfinite; /* NaN and the infinities, which JSON lacks, as the strings "NaN", "Infinity"
                       and "-Infinity"; else as null. Unless `python`. */
    bool verbatim;  /* NaN and the infinities as the literals that they are */
} dvg_json_style;

/* Append `value` as JSON. The absent value is written as null. False: out of memory. */
bool dvg_json_write(dvg_buffer *out, dvg_value value, const dvg_json_style *style);

/* Append a number that is not finite. */
void dvg_json_write_nonfinite(dvg_buffer *out, double number, const dvg_json_style *style);

/* Append one string as JSON, quotes included. */
void dvg_json_write_string(dvg_buffer *out, const char *text, size_t size, bool ascii);

/* Append Python's repr of a value: None, True, 'text', {'a': [1, 1e-05]}. False: out of memory.
 * Members in document order. A lone surrogate is shown as \udXXX, as Python does. */
bool dvg_repr(dvg_buffer *out, dvg_value value);

/* Append Python's str of a value: a string as it is, anything else as its repr. */
bool dvg_str(dvg_buffer *out, dvg_value value);

#endif
