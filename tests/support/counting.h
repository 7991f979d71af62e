/*
 * counting: an allocator for tests that counts live bytes and can fail one allocation, and reading
 * of a document from a C string. Everything is static, so that each test program has its own.
 */
#ifndef TESTS_SUPPORT_COUNTING_H
#define TESTS_SUPPORT_COUNTING_H

#include "json/reader.h"
#include "support/chunks.h"

#include <stdlib.h>
#include <string.h>

struct counting {
    size_t live;     /* bytes */
    size_t calls;    /* allocations and enlargements so far */
    size_t fail_at;  /* the call that fails, from 1; 0: none */
    bool fail_after; /* every later call fails too */
    bool wrong_size; /* a block came back with another size than it was asked for with */
};

/* The size stands before the block, so that what is given back can be checked. */
enum { COUNTING_HEADER = 16 };

static void *counting_allocate(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    struct counting *counting = payload;
    char *block = pointer == NULL ? NULL : (char *)pointer - COUNTING_HEADER;
    size_t known = 0;
    if (is_pool_chunk(pointer, new_size))
        return NULL;
    if (block != NULL)
        memcpy(&known, block, sizeof known);
    if (known != old_size)
        counting->wrong_size = true;
    if (new_size == 0) {
        counting->live -= known;
        free(block);
        return NULL;
    }
    if (new_size > known) {
        size_t call = ++counting->calls;
        if (counting->fail_at != 0 &&
            (call == counting->fail_at || (counting->fail_after && call > counting->fail_at)))
            return NULL;
    }
    char *moved = realloc(block, new_size + COUNTING_HEADER);
    if (moved == NULL)
        return NULL;
    memcpy(moved, &new_size, sizeof new_size);
    counting->live += new_size - known;
    return moved + COUNTING_HEADER;
}

static inline dvg_allocator counting_allocator(struct counting *counting)
{
    memset(counting, 0, sizeof *counting);
    return (dvg_allocator){counting_allocate, counting};
}

/* Read `size` bytes from a padded heap copy, which the caller frees with free(*copy) after the
 * document. */
static inline dvg_status read_bytes(dvg_document *document, char **copy, const char *text,
                                    size_t size, const dvg_allocator *allocator,
                                    const dvg_reading *reading, dvg_error *error)
{
    *copy = malloc(size + 32);
    if (*copy == NULL)
        abort();
    memset(*copy + size, 0, 32);
    if (size > 0)
        memcpy(*copy, text, size);
    if (error != NULL)
        dvg_error_clear(error);
    dvg_document_init(document, allocator);
    return dvg_json_read(document, *copy, size, "file", reading, error);
}

#endif
