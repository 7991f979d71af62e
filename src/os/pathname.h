/*
 * pathname: file names as text; nothing here asks the file system.
 * Normal form is what Python's pathlib prints for a POSIX path: repeated and trailing slashes and
 * "." parts fall away, ".." stays, two leading slashes stay two, the empty path is ".".
 */
#ifndef DVG_OS_PATHNAME_H
#define DVG_OS_PATHNAME_H

#include "base/buffer.h"

/* Append the normal form of `path`. */
void dvg_pathname_normal(dvg_buffer *out, const char *path);

/* Append the textual parent of `path`, in normal form: "a/b" gives "a"; "a", "." and ".." give
 * "."; "/a" and "/" give "/"; "a/.." gives "a". */
void dvg_pathname_parent(dvg_buffer *out, const char *path);

/* Append `folder` joined with `name`, in normal form; an absolute `name` stands alone. */
void dvg_pathname_join(dvg_buffer *out, const char *folder, const char *name);

/* Append `path` with the suffix of its last part replaced by "." and `extension`, as pathlib's
 * with_suffix does: the last dot counts unless it is the first or the last character of the name
 * ("x" gives "x.json", ".hidden" gives ".hidden.json", "a." gives "a..json"). A path without a
 * last part ("." or "/") gets ".extension" appended to its normal form joined: false is returned
 * and nothing is appended, since no file is named. */
bool dvg_pathname_suffix(dvg_buffer *out, const char *path, const char *extension);

/* Does `path` name something inside of a folder, and in one way only: is no part of it empty, "."
 * or ".."? */
bool dvg_pathname_is_inside(const char *path);

#endif
