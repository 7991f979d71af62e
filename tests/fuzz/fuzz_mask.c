/*
 * Masks: the digest in pieces must be that of a masked copy, and addresses of any size must come
 * out as schoolbook subtraction says.
 *
 * Input: byte 0 the fill, byte 1 the image's size (times 16), then ranges, one a line:
 * "ADDRESS BASE LENGTH", any text; the rest is ignored where a line does not parse.
 */
#include "image/mask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { IMAGE_MOST = 255 * 16 };

static void check(int holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "mask: %s\n", what);
    abort();
}

/* The next piece of `text` up to `stop` or its end. */
static dvg_text cut(dvg_text *text, char stop)
{
    const char *end = text->size > 0 ? memchr(text->data, stop, text->size) : NULL;
    dvg_text piece = {text->data, end != NULL ? (size_t)(end - text->data) : text->size};
    size_t taken = piece.size + (end != NULL);
    text->data += taken;
    text->size -= taken;
    return piece;
}

static uint64_t length_of(dvg_text text)
{
    uint64_t length = 0;
    for (size_t i = 0; i < text.size; i++)
        length = length * 10 + (uint64_t)(unsigned char)text.data[i] - '0';
    return length;
}

/* What strtoll makes of a short text; false for what it cannot hold. */
static int plain(dvg_text text, long long *number)
{
    char copy[18];
    if (text.size >= sizeof copy)
        return 0;
    memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    *number = strtoll(copy, NULL, 10);
    return 1;
}

static void add_line(dvg_mask *mask, dvg_text line)
{
    dvg_text address = cut(&line, ' ');
    dvg_text base = cut(&line, ' ');
    size_t before = mask->count;
    long long left, right;
    dvg_status status =
        dvg_mask_add(mask, address.data, address.size, base.data, base.size, length_of(line), NULL);
    if (status != DVG_OK || !plain(address, &left) || !plain(base, &right))
        return;
    check(mask->count == before + 1, "a small address was lost");
    check(mask->ranges[before].start == left - right, "a wrong offset");
}

static void check_digest(const dvg_mask *mask, size_t size)
{
    static char image[IMAGE_MOST + 1];
    static char copy[IMAGE_MOST + 1];
    char hex[DVG_SHA256_HEX_SIZE];
    char expected[DVG_SHA256_HEX_SIZE];
    uint64_t skipped = 0;
    for (size_t i = 0; i < size; i++)
        image[i] = (char)(i * 31 + (i >> 8));
    memcpy(copy, image, size);
    copy[size] = 'x';
    uint64_t outside = dvg_mask_apply(mask, copy, size);
    check(copy[size] == 'x', "a byte behind the image was written");
    check(dvg_sha256(copy, size, expected, NULL) == DVG_OK, "no digest");
    check(dvg_mask_sha256(mask, image, size, hex, &skipped, NULL) == DVG_OK, "no masked digest");
    check(strcmp(hex, expected) == 0, "the digests differ");
    check(skipped == outside, "the skips differ");
    check(outside <= mask->count + mask->outside_anywhere, "too many skips");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    dvg_text text = {(const char *)data + 2, size - 2};
    dvg_mask mask;
    dvg_mask_init(&mask, &allocator, data[0]);
    for (int lines = 0; text.size > 0 && lines < 100; lines++)
        add_line(&mask, cut(&text, '\n'));
    check_digest(&mask, (size_t)data[1] * 16);
    dvg_mask_clear(&mask);
    return 0;
}
