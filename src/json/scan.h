/*
 * scan: the smallest pieces of JSON text: white space, strings, numbers, and the place of an error.
 * Answers for reading many bytes at once; does not know values or nesting.
 * Invariant: the byte at `end` is NUL and at least 31 bytes behind it can be read.
 */
#ifndef DVG_JSON_SCAN_H
#define DVG_JSON_SCAN_H

#include "base/buffer.h"
#include "base/bytes.h"
#include "base/error.h"

#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

struct dvg_scan {
    const char *text;
    const char *end;
    const char *at;
    const char *name; /* of the text, in errors */
    dvg_error *error;
    dvg_status status; /* of the first failure */
};

void dvg_scan_init(struct dvg_scan *scan, const char *text, size_t size, const char *name,
                   dvg_error *error);

/* Fail at a byte of the text, with its line and column. Returns false. */
bool dvg_scan_fail(struct dvg_scan *scan, const char *at, dvg_status status, const char *format,
                   ...) DVG_PRINTF(4, 5);

/* Fail at the byte at hand: `message`, or "unexpected end of text" where the text ends there. */
bool dvg_scan_fail_token(struct dvg_scan *scan, const char *message);

/* Fail for lack of memory. Returns false. */
bool dvg_scan_fail_memory(struct dvg_scan *scan);

/* The first byte of the text that is no white space. */
const char *dvg_scan_first(const struct dvg_scan *scan);

/* The first byte at or after `at` that is a quote, a backslash, a control character or no ASCII:
 * sixteen bytes at a time where the machine has SSE2.
 * The NUL at the end of the text stops it. */
static inline const char *dvg_scan_skip_plain(const char *at)
{
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i slash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');
    for (;; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        /* As signed bytes, everything past ASCII is below the space too. */
        __m128i odd =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, slash)),
                         _mm_cmplt_epi8(bytes, space));
        unsigned mask = (unsigned)_mm_movemask_epi8(odd);
        if (mask != 0)
            return at + __builtin_ctz(mask);
    }
#else
    while ((unsigned char)*at >= ' ' && (unsigned char)*at < 0x80 && *at != '"' && *at != '\\')
        at++;
    return at;
#endif
}

/* Are `size` bytes the same, where 16 more can be read on both sides? */
static inline bool dvg_scan_same(const char *left, const char *right, size_t size)
{
#if defined(__SSE2__)
    for (;; left += 16, right += 16, size -= 16) {
        __m128i a = _mm_loadu_si128((const __m128i *)(const void *)left);
        __m128i b = _mm_loadu_si128((const __m128i *)(const void *)right);
        unsigned same = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
        if (size <= 16)
            return (~same & ((1U << size) - 1)) == 0;
        if (same != 0xffff)
            return false;
    }
#else
    return dvg_bytes_same(left, right, size);
#endif
}

/* dvg_scan_plain from a byte that is neither quote, backslash nor plain. */
bool dvg_scan_wide(struct dvg_scan *scan);

/* From behind an opening quote to the closing quote or the first backslash, checking UTF-8 and
 * control characters on the way. False: failed. */
static inline bool dvg_scan_plain(struct dvg_scan *scan)
{
    scan->at = dvg_scan_skip_plain(scan->at);
    return *scan->at == '"' || *scan->at == '\\' || dvg_scan_wide(scan);
}

/* Decode a string with escapes into `out`: `start` is behind its opening quote, `at` on its first
 * backslash; ends behind the closing quote. False: failed, or out of memory (out->failed). */
bool dvg_scan_decode(struct dvg_scan *scan, const char *start, dvg_buffer *out);

/* A number, `*real` if it has a fraction or an exponent. False: failed. */
bool dvg_scan_number(struct dvg_scan *scan, uint64_t integer_digits, bool *real);

/* The longer runs of dvg_scan_space. */
const char *dvg_scan_space_run(const char *at);

/* Behind the white space at `at`. */
static inline const char *dvg_scan_pass_space(const char *at)
{
    return (unsigned char)*at <= ' ' ? dvg_scan_space_run(at) : at;
}

/* Skip white space. Most texts have none, or one byte, or a line's indentation. */
static inline void dvg_scan_space(struct dvg_scan *scan)
{
    scan->at = dvg_scan_pass_space(scan->at);
}

#endif
