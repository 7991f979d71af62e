/*
 * utf8: characters of UTF-8 text, RFC 3629.
 * Inside diverge a string may also hold surrogates (U+D800..U+DFFF) in their three-byte form, as
 * JSON escapes can write them alone; a reader of files refuses that form.
 */
#ifndef DVG_BASE_UTF8_H
#define DVG_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Decode the character at `data`, surrogates allowed. Returns its length in bytes, 0 if the bytes
 * are no character (then `*point` is untouched) or `size` is 0. */
size_t dvg_utf8_decode(const char *data, size_t size, uint32_t *point);

/* Length of the well-formed character at `data`, no surrogates; 0 if the bytes are none. */
size_t dvg_utf8_length(const char *data, size_t size);

/* Is the whole text well-formed, without surrogates? */
bool dvg_utf8_is_valid(const char *data, size_t size);

/* Write `point` (below 0x110000, surrogates allowed) to `out`; returns 1 to 4. */
size_t dvg_utf8_encode(char out[4], uint32_t point);

/* True if the text holds a surrogate in its three-byte form. */
bool dvg_utf8_has_surrogate(const char *data, size_t size);

#endif
