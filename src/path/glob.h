/*
 * glob: which file names a text with wild cards means.
 *
 *     *      any characters of one path part        ?       one character of a path part
 *     **     as a whole part: any number of folders, none too
 *     [a-z]  one of these characters                [!a-z]  one that is none of these
 *     \x     the character itself
 *
 * None of them takes a '/', and a name that begins with a dot is a name like any other. Answers for
 * matching whole names that are relative and use '/'; reads no folder. Without recursion and memory
 * of its own, in time proportional to the lengths' product at most.
 */
#ifndef DVG_PATH_GLOB_H
#define DVG_PATH_GLOB_H

#include "base/error.h"

#include <stdbool.h>

/* Can the text be a glob? DVG_E_ARGUMENT: the message says what is wrong and at which character. */
dvg_status dvg_glob_check(const char *pattern, size_t pattern_size, dvg_error *error);

/* Does the glob match the whole of a file's name? A glob that was not checked may match nothing. */
bool dvg_glob_match(const char *pattern, size_t pattern_size, const char *text, size_t size);

/* Does the text mean more than the one file that is called so? */
bool dvg_glob_is_wild(const char *pattern, size_t pattern_size);

#endif
