/*
 * bytes: comparing and searching a few bytes, inline. Names and scalars of a document are short,
 * and there are millions: a call for each would cost more than the work.
 */
#ifndef DVG_BASE_BYTES_H
#define DVG_BASE_BYTES_H

#include <diverge/diverge.h>

#include <string.h>

/* Are `size` bytes the same? */
static inline bool dvg_bytes_same(const char *left, const char *right, size_t size)
{
    uint64_t a;
    uint64_t b;
    uint32_t c;
    uint32_t d;
    if (size > 16)
        return memcmp(left, right, size) == 0;
    if (size >= 8) {
        /* Two words that may overlap cover 8 to 16 bytes. */
        memcpy(&a, left, 8);
        memcpy(&b, right, 8);
        if (a != b)
            return false;
        memcpy(&a, left + size - 8, 8);
        memcpy(&b, right + size - 8, 8);
        return a == b;
    }
    if (size >= 4) {
        memcpy(&c, left, 4);
        memcpy(&d, right, 4);
        if (c != d)
            return false;
        memcpy(&c, left + size - 4, 4);
        memcpy(&d, right + size - 4, 4);
        return c == d;
    }
    for (size_t i = 0; i < size; i++) {
        if (left[i] != right[i])
            return false;
    }
    return true;
}

/* Are two texts the same? */
static inline bool dvg_text_same(dvg_text left, dvg_text right)
{
    return left.size == right.size && dvg_bytes_same(left.data, right.data, left.size);
}

/* Does a word hold the byte? Sets the high bit of each byte that is zero after the exclusive or. */
static inline uint64_t dvg_word_holds(uint64_t word, unsigned char byte)
{
    uint64_t mixed = word ^ (UINT64_C(0x0101010101010101) * byte);
    return (mixed - UINT64_C(0x0101010101010101)) & ~mixed & UINT64_C(0x8080808080808080);
}

/* dvg_path_special of a text with at least 7 readable bytes behind it. */
static inline uint64_t dvg_path_special_padded(const char *text, size_t size)
{
    uint64_t found = 0;
    for (size_t i = 0; i < size; i += 8) {
        uint64_t word;
        memcpy(&word, text + i, 8);
        uint64_t holds = dvg_word_holds(word, '.') | dvg_word_holds(word, '[');
        if (holds != 0 && size - i < 8) {
            /* What was found may stand behind the text. */
            for (size_t j = i; j < size; j++)
                found |= text[j] == '.' || text[j] == '[';
            return found;
        }
        found |= holds;
    }
    return found;
}

/* Not 0 if a text holds a dot or an opening bracket, which have a meaning in paths. */
static inline uint64_t dvg_path_special(const char *text, size_t size)
{
    uint64_t found = 0;
    uint64_t word = 0;
    size_t i = 0;
    for (; i + 8 <= size; i += 8) {
        memcpy(&word, text + i, 8);
        found |= dvg_word_holds(word, '.') | dvg_word_holds(word, '[');
    }
    if (i < size && size >= 8) {
        memcpy(&word, text + size - 8, 8);
        found |= dvg_word_holds(word, '.') | dvg_word_holds(word, '[');
        i = size;
    }
    for (; i < size; i++)
        found |= text[i] == '.' || text[i] == '[';
    return found;
}

#endif
