/*
 * mask: see mask.h.
 * An image is hashed where it stands: the spans between the ranges from its own bytes, the ranges
 * from a small block of the fill byte. Nothing of the image's size is copied.
 */
#include "image/mask.h"
#include "base/sort.h"

#include <string.h>

enum { BLOCK = 4096 };

void dvg_mask_init(dvg_mask *mask, const dvg_allocator *allocator, unsigned char fill)
{
    memset(mask, 0, sizeof *mask);
    mask->allocator = *allocator;
    mask->fill = fill;
}

void dvg_mask_clear(dvg_mask *mask)
{
    const dvg_allocator allocator = mask->allocator;
    dvg_release(&allocator, mask->ranges, mask->capacity * sizeof *mask->ranges);
    dvg_mask_init(mask, &allocator, mask->fill);
}

/* ---- addresses */

/* An integer of any size: its digits without leading zeros, most significant first. */
struct integer {
    const char *digits;
    size_t size;
    int sign; /* 1 or -1 */
};

static bool parse(const char *text, size_t size, struct integer *integer)
{
    integer->sign = size > 0 && text[0] == '-' ? -1 : 1;
    size_t first = integer->sign < 0;
    if (first == size)
        return false;
    for (size_t i = first; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
    }
    while (first < size && text[first] == '0')
        first++;
    integer->digits = text + first;
    integer->size = size - first;
    return true;
}

/* Digit of weight 10^place, with the sign of its integer. */
static int digit_at(const struct integer *integer, size_t place)
{
    return place < integer->size
               ? integer->sign * (integer->digits[integer->size - 1 - place] - '0')
               : 0;
}

/* `*sum` becomes 10 * sum + digit, where |digit| may be above 9. The two are brought to one sign
 * first: then a step that overflows means that the result does, and every later one will. */
static bool append_digit(int64_t *sum, int digit)
{
    while (*sum > 0 && digit < 0) {
        --*sum;
        digit += 10;
    }
    while (*sum < 0 && digit > 0) {
        ++*sum;
        digit -= 10;
    }
    return !__builtin_mul_overflow(*sum, 10, sum) && !__builtin_add_overflow(*sum, digit, sum);
}

/* left - right, digit by digit from the greatest weight. False: it does not fit 64 bits. */
static bool subtract(const struct integer *left, const struct integer *right, int64_t *difference)
{
    size_t place = left->size > right->size ? left->size : right->size;
    *difference = 0;
    while (place-- > 0) {
        if (!append_digit(difference, digit_at(left, place) - digit_at(right, place)))
            return false;
    }
    return true;
}

dvg_status dvg_mask_add(dvg_mask *mask, const char *address, size_t address_size, const char *base,
                        size_t base_size, uint64_t length, dvg_error *error)
{
    struct integer at;
    struct integer from;
    dvg_mask_range range = {0, length};
    if (!parse(address, address_size, &at) || !parse(base, base_size, &from))
        return dvg_fail(error, DVG_E_ARGUMENT, "an address to mask is not an integer");
    if (!subtract(&at, &from, &range.start)) {
        mask->outside_anywhere++;
        return DVG_OK;
    }
    void *ranges = mask->ranges;
    if (!dvg_grow(&mask->allocator, &ranges, &mask->capacity, mask->count + 1, sizeof range))
        return dvg_fail_memory(error);
    mask->ranges = ranges;
    mask->ranges[mask->count++] = range;
    return DVG_OK;
}

/* ---- images */

static bool inside(const dvg_mask_range *range, size_t size)
{
    return range->start >= 0 && (uint64_t)range->start <= size &&
           range->length <= size - (uint64_t)range->start;
}

static int by_start(const void *left, const void *right)
{
    int64_t first = ((const dvg_mask_range *)left)->start;
    int64_t second = ((const dvg_mask_range *)right)->start;
    return (first > second) - (first < second);
}

/* The ranges that lie inside an image of `size` bytes, sorted, in `*kept`, which is freed with
 * room for mask->count of them. NULL where there are none. */
static dvg_status keep_inside(const dvg_mask *mask, size_t size, dvg_mask_range **kept,
                              size_t *count, dvg_error *error)
{
    *kept = NULL;
    *count = 0;
    if (mask->count == 0)
        return DVG_OK;
    *kept = dvg_allocate(&mask->allocator, mask->count * sizeof **kept);
    if (*kept == NULL)
        return dvg_fail_memory(error);
    for (size_t i = 0; i < mask->count; i++) {
        if (inside(&mask->ranges[i], size))
            (*kept)[(*count)++] = mask->ranges[i];
    }
    if (!dvg_sort(&mask->allocator, *kept, *count, sizeof **kept, by_start))
        return dvg_fail_memory(error);
    return DVG_OK;
}

static dvg_status add_fill(dvg_sha256_stream *stream, const char block[BLOCK], uint64_t length,
                           dvg_error *error)
{
    dvg_status status = DVG_OK;
    while (length > 0 && status == DVG_OK) {
        size_t step = length < BLOCK ? (size_t)length : BLOCK;
        status = dvg_sha256_stream_add(stream, block, step, error);
        length -= step;
    }
    return status;
}

/* Ranges may overlap: each begins where the hashed bytes end, if it begins before that. */
static dvg_status hash_pieces(dvg_sha256_stream *stream, const dvg_mask_range *ranges, size_t count,
                              unsigned char fill, const char *image, size_t size, dvg_error *error)
{
    char block[BLOCK];
    memset(block, fill, sizeof block);
    uint64_t done = 0;
    dvg_status status = DVG_OK;
    for (size_t i = 0; i < count && status == DVG_OK; i++) {
        uint64_t start = (uint64_t)ranges[i].start;
        uint64_t end = start + ranges[i].length;
        if (end <= done)
            continue;
        if (start > done) {
            status = dvg_sha256_stream_add(stream, image + done, (size_t)(start - done), error);
            done = start;
        }
        if (status == DVG_OK)
            status = add_fill(stream, block, end - done, error);
        done = end;
    }
    if (status == DVG_OK)
        status = dvg_sha256_stream_add(stream, image + done, size - (size_t)done, error);
    return status;
}

dvg_status dvg_mask_sha256(const dvg_mask *mask, const void *image, size_t size,
                           char hex[DVG_SHA256_HEX_SIZE], uint64_t *skipped, dvg_error *error)
{
    dvg_mask_range *kept = NULL;
    size_t count = 0;
    dvg_sha256_stream *stream = NULL;
    dvg_status status = keep_inside(mask, size, &kept, &count, error);
    if (status == DVG_OK)
        status = dvg_sha256_stream_new(&stream, &mask->allocator, error);
    if (status == DVG_OK)
        status = hash_pieces(stream, kept, count, mask->fill, image, size, error);
    if (status == DVG_OK)
        status = dvg_sha256_stream_end(stream, hex, error);
    if (status == DVG_OK && skipped != NULL)
        *skipped = mask->outside_anywhere + (mask->count - count);
    dvg_sha256_stream_free(stream);
    dvg_release(&mask->allocator, kept, mask->count * sizeof *kept);
    return status;
}

uint64_t dvg_mask_apply(const dvg_mask *mask, void *image, size_t size)
{
    uint64_t outside = mask->outside_anywhere;
    for (size_t i = 0; i < mask->count; i++) {
        const dvg_mask_range *range = &mask->ranges[i];
        if (!inside(range, size))
            outside++;
        else if (range->length > 0)
            memset((char *)image + range->start, mask->fill, (size_t)range->length);
    }
    return outside;
}
