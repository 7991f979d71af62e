/*
 * quote: texts between quotes in patterns and quoted paths, so that each sequence of bytes has a
 * spelling that can be printed and that reads back.
 *
 *     \" \\ and any other mark    itself        \b \f \n \r \t   as in JSON
 *     \uXXXX                      a character; two surrogates are one, a lone one is three bytes
 *     \xNN                        a byte
 */
#ifndef DVG_PATH_QUOTE_H
#define DVG_PATH_QUOTE_H

#include "base/buffer.h"

/* Read from behind the opening quote at `*at`, and go behind the closing one. `out` has room for
 * `end - *at` bytes. NULL: done; else what is wrong, a constant, with `*at` where it stands. */
const char *dvg_quote_read(const char **at, const char *end, char *out, size_t *size);

/* Append the text with its quotes. What cannot be seen is escaped, and so are surrogates and bytes
 * that are no character. */
void dvg_quote_write(dvg_buffer *out, dvg_text text);

/* Append a member's name as a step of a path: as it is where nothing in it has a meaning and all of
 * it can be seen, behind a dot unless it is the `first` step; else ["NAME"]. */
void dvg_quote_name(dvg_buffer *out, dvg_text name, bool first);

/* The same for a name within brackets: as it is, or in quotes. */
void dvg_quote_field(dvg_buffer *out, dvg_text name);

#endif
