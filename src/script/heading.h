/*
 * heading: the comment that a script begins with.
 */
#ifndef DVG_SCRIPT_HEADING_H
#define DVG_SCRIPT_HEADING_H

#include "base/buffer.h"
#include "script/source.h"

/* Append the comment, a line each, without its marks; nothing where the script begins with none. */
void dvg_heading_add(dvg_buffer *out, const dvg_source *source);

/* Append its first sentence as one line. */
void dvg_heading_add_sentence(dvg_buffer *out, const dvg_source *source);

#endif
