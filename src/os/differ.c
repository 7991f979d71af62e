/*
 * differ: see differ.h.
 */
#define _XOPEN_SOURCE 700
#include "os/differ.h"
#include "os/file.h"
#include "os/reason.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 256 << 10 }; /* bytes of each side that are looked at together */

struct half {
    dvg_differ_source source;
    int handle; /* -1: in memory, or not open */
    struct stat status;
    unsigned char *room;        /* where pieces of a file are read to; NULL: in memory */
    const unsigned char *piece; /* at hand */
    size_t size;                /* its bytes */
    size_t at;                  /* bytes in memory that were taken */
};

/* The next piece of what is in memory stays where it is. */
static void take_piece(struct half *half)
{
    size_t left = half->source.size - half->at;
    half->piece = (const unsigned char *)half->source.data + half->at;
    half->size = left < PIECE ? left : PIECE;
    half->at += half->size;
}

/* Read until the piece is full or the file ends. */
static dvg_status fill(struct half *half, dvg_error *error)
{
    half->size = 0;
    if (half->source.data != NULL) {
        take_piece(half);
        return DVG_OK;
    }
    while (half->size < PIECE) {
        ssize_t got =
            dvg_file_read_some(half->handle, (char *)half->room + half->size, PIECE - half->size);
        if (got < 0)
            return dvg_fail_system(error, half->source.path, "cannot be read", errno);
        if (got == 0)
            break;
        half->size += (size_t)got;
    }
    return DVG_OK;
}

/* The first place where the pieces differ; the shorter one's size if it is how the other begins. */
static size_t first_difference(const struct half halves[2])
{
    size_t common = halves[0].size < halves[1].size ? halves[0].size : halves[1].size;
    size_t at = 0;
    if (common > 0 && memcmp(halves[0].piece, halves[1].piece, common) == 0)
        return common;
    while (at < common && halves[0].piece[at] == halves[1].piece[at])
        at++;
    return at;
}

/* Read what stands at `at` until `room` is full or the file ends: one call may give less. Negative:
 * failed, errno says why. */
static ssize_t read_at(int handle, unsigned char *data, size_t room, uint64_t at)
{
    size_t size = 0;
    while (size < room) {
        ssize_t got = pread(handle, data + size, room - size, (off_t)(at + size));
        if (got < 0 && errno != EINTR)
            return got;
        if (got == 0)
            break;
        size += got > 0 ? (size_t)got : 0;
    }
    return (ssize_t)size;
}

static size_t copy_sample(unsigned char *sample, const dvg_differ_source *source, size_t at)
{
    size_t left = source->size - at;
    size_t size = left < DVG_DIFFER_SAMPLE ? left : DVG_DIFFER_SAMPLE;
    memcpy(sample, (const unsigned char *)source->data + at, size);
    return size;
}

/* What stands where the files part ways: read again, since a piece may end there. */
static dvg_status take_samples(dvg_differ *differ, const struct half halves[2], dvg_error *error)
{
    for (int side = 0; side < 2; side++) {
        const dvg_differ_source *source = &halves[side].source;
        unsigned char *sample = differ->sample[side];
        ssize_t got = 0;
        if (source->data != NULL)
            got = (ssize_t)copy_sample(sample, source, (size_t)differ->at);
        else
            got = read_at(halves[side].handle, sample, DVG_DIFFER_SAMPLE, differ->at);
        if (got < 0)
            return dvg_fail_system(error, source->path, "cannot be read", errno);
        differ->sample_size[side] = (size_t)got;
    }
    return DVG_OK;
}

static dvg_status compare(dvg_differ *differ, struct half halves[2], dvg_error *error)
{
    dvg_status status = DVG_OK;
    bool more = true;
    while (more) {
        for (int side = 0; side < 2 && status == DVG_OK; side++)
            status = fill(&halves[side], error);
        if (status != DVG_OK)
            return status;
        size_t at = first_difference(halves);
        differ->at += at;
        differ->same = at == halves[0].size && at == halves[1].size;
        more = differ->same && at == PIECE;
    }
    return differ->same ? DVG_OK : take_samples(differ, halves, error);
}

/* What was read is what stands there now: sizes too, as far as it was read. */
static dvg_status check(const dvg_differ *differ, const struct half halves[2], dvg_error *error)
{
    for (int side = 0; side < 2; side++) {
        const struct half *half = &halves[side];
        if (half->source.data != NULL)
            continue;
        dvg_status status = dvg_file_check(half->handle, half->source.path, &half->status, error);
        if (status != DVG_OK)
            return status;
        if (differ->same && differ->at != differ->size[side])
            return dvg_fail_file(error, DVG_E_IO, half->source.path, "changed while it was read");
    }
    return DVG_OK;
}

static dvg_status open_half(struct half *half, const dvg_allocator *allocator, dvg_error *error)
{
    if (half->source.data != NULL)
        return DVG_OK;
    dvg_status status = dvg_file_open(&half->handle, half->source.path, &half->status, error);
    if (status != DVG_OK)
        return status;
    half->room = dvg_allocate(allocator, PIECE);
    half->piece = half->room;
    return half->room != NULL ? DVG_OK : dvg_fail_memory(error);
}

static uint64_t size_of(const struct half *half)
{
    return half->source.data != NULL ? half->source.size : (uint64_t)half->status.st_size;
}

dvg_status dvg_differ_find(dvg_differ *differ, const dvg_differ_source sources[2],
                           const dvg_allocator *allocator, dvg_error *error)
{
    struct half halves[2];
    dvg_status status = DVG_OK;
    memset(halves, 0, sizeof halves);
    memset(differ, 0, sizeof *differ);
    halves[0].handle = halves[1].handle = -1;
    for (int side = 0; side < 2 && status == DVG_OK; side++) {
        halves[side].source = sources[side];
        status = open_half(&halves[side], allocator, error);
        differ->size[side] = status == DVG_OK ? size_of(&halves[side]) : 0;
    }
    if (status == DVG_OK)
        status = compare(differ, halves, error);
    if (status == DVG_OK)
        status = check(differ, halves, error);
    for (int side = 0; side < 2; side++) {
        if (halves[side].handle >= 0)
            close(halves[side].handle);
        dvg_release(allocator, halves[side].room, PIECE);
    }
    return status;
}
