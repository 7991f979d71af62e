/*
 * error: filling in the caller's dvg_error.
 * Answers for "the first error wins" and for one clean line; does not decide what is an error.
 * Invariant: after a failing call `error->status` equals the status returned.
 */
#ifndef DVG_BASE_ERROR_H
#define DVG_BASE_ERROR_H

#include <diverge/diverge.h>

#include <stdarg.h>

#if defined(__GNUC__)
#define DVG_PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define DVG_PRINTF(text, first)
#endif

/* Record `status` with a printf-style message (%s %.*s %zu %d only: nothing that a locale could
 * change) unless `error` is NULL or holds an error already. Returns `status`, so that a function
 * can end with `return dvg_fail(...)`. Control bytes and bytes that are no UTF-8 are escaped. */
dvg_status dvg_fail(dvg_error *error, dvg_status status, const char *format, ...) DVG_PRINTF(3, 4);

/* The same, about a file as a whole; `file` is a NUL-ended path. */
dvg_status dvg_fail_file(dvg_error *error, dvg_status status, const char *file, const char *format,
                         ...) DVG_PRINTF(4, 5);

/* The same, at a place in a file: line and column from 1, byte from 0. */
dvg_status dvg_fail_at(dvg_error *error, dvg_status status, const char *file, uint64_t line,
                       uint64_t column, uint64_t byte, const char *format, ...) DVG_PRINTF(7, 8);

/* "out of memory", said the same way everywhere. Returns DVG_E_MEMORY. */
dvg_status dvg_fail_memory(dvg_error *error);

/* Name `file` as the one at fault if the error has none yet. */
void dvg_error_set_file(dvg_error *error, const char *file);

/* Copy `size` bytes of `data` to `text` of `room` bytes (at least 1) as one printable line:
 * control bytes, and bytes that are no UTF-8, become \xNN, C1 controls and line separators \uNNNN;
 * cut with "..." where there is no room. Always NUL-ended. Returns the length the whole needs. */
size_t dvg_line_escape(char *text, size_t room, const char *data, size_t size);

#endif
