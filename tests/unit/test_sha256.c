/*
 * SHA-256: known digests, whole and in pieces, in several threads at once.
 */
#include "hash/sha256.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* FIPS 180-4's examples, the empty message and a million times "a". */
static const char empty[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char two_blocks[] = "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
static const char million[] = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

static void knows_the_published_digests(void **state)
{
    char hex[DVG_SHA256_HEX_SIZE];
    const char *text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    (void)state;
    assert_int_equal(dvg_sha256("", 0, hex, NULL), DVG_OK);
    assert_string_equal(hex, empty);
    assert_int_equal(dvg_sha256(NULL, 0, hex, NULL), DVG_OK);
    assert_string_equal(hex, empty);
    assert_int_equal(dvg_sha256("abc", 3, hex, NULL), DVG_OK);
    assert_string_equal(hex, abc);
    assert_int_equal(dvg_sha256(text, strlen(text), hex, NULL), DVG_OK);
    assert_string_equal(hex, two_blocks);
}

static void adds_pieces_of_any_size(void **state)
{
    const dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    char piece[1000];
    char hex[DVG_SHA256_HEX_SIZE];
    dvg_sha256_stream *stream = NULL;
    (void)state;
    memset(piece, 'a', sizeof piece);
    assert_int_equal(dvg_sha256_stream_new(&stream, &allocator, NULL), DVG_OK);
    size_t done = 0;
    for (size_t size = 0; done < 1000000; size = (size + 37) % (sizeof piece + 1)) {
        size_t step = size < 1000000 - done ? size : 1000000 - done;
        assert_int_equal(dvg_sha256_stream_add(stream, piece, step, NULL), DVG_OK);
        done += step;
    }
    assert_int_equal(dvg_sha256_stream_end(stream, hex, NULL), DVG_OK);
    assert_string_equal(hex, million);
    dvg_sha256_stream_free(stream);
    dvg_sha256_stream_free(NULL);
}

static void *hash_often(void *payload)
{
    char hex[DVG_SHA256_HEX_SIZE];
    bool *right = payload;
    *right = true;
    for (int i = 0; i < 1000; i++) {
        if (dvg_sha256("abc", 3, hex, NULL) != DVG_OK || strcmp(hex, abc) != 0)
            *right = false;
    }
    return NULL;
}

static void serves_threads(void **state)
{
    pthread_t threads[4];
    bool right[4];
    (void)state;
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, hash_often, &right[i]), 0);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_true(right[i]);
    }
}

static void *no_memory(void *payload, void *pointer, size_t old_size, size_t new_size)
{
    (void)payload;
    (void)old_size;
    (void)new_size;
    assert_null(pointer);
    return NULL;
}

static void tells_lack_of_memory(void **state)
{
    const dvg_allocator allocator = {no_memory, NULL};
    dvg_sha256_stream *stream = NULL;
    static dvg_error error;
    (void)state;
    assert_int_equal(dvg_sha256_stream_new(&stream, &allocator, &error), DVG_E_MEMORY);
    assert_null(stream);
    assert_int_equal(error.status, DVG_E_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(serves_threads), /* first: the load itself is raced for */
        cmocka_unit_test(knows_the_published_digests),
        cmocka_unit_test(adds_pieces_of_any_size),
        cmocka_unit_test(tells_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
