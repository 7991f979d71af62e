/*
 * parse: a path that a person wrote, as steps: "a.b[3].c", "objects[name=x]", "a[\"odd.name\"]".
 * Answers for all forms of a path: the one that dvg_path_render writes, the quoted one, patterns
 * that name one place, and JSON Pointers, which begin with a slash. No document is asked whether
 * there is such a place.
 */
#ifndef DVG_PATH_PARSE_H
#define DVG_PATH_PARSE_H

#include "base/error.h"
#include "path/step.h"

/* The last step of the path in `text` of `size` bytes; NULL: the root, which "" names. Steps live
 * in `arena`, names and keys in `scratch`. A key that reads as an integer is one, unless it stands
 * in quotes. A number in a JSON Pointer is a position that has its text as `value`, too, since it
 * may be a name. DVG_E_ARGUMENT: it is no path. */
dvg_status dvg_path_parse(dvg_step **last, const char *text, size_t size, dvg_arena *arena,
                          dvg_document *scratch, dvg_error *error);

#endif
