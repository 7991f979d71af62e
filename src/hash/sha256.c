/*
 * sha256: see sha256.h.
 * The low-level functions are used, not EVP: their first digest costs nothing where EVP's fetch
 * costs more than a millisecond and reads OpenSSL's configuration file, even in a library context
 * of its own. They keep no state but the caller's, and use the CPU's instructions all the same.
 */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "hash/sha256.h"

#include <dlfcn.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <string.h>

#ifndef DVG_CRYPTO_LIBRARY
#define DVG_CRYPTO_LIBRARY "libcrypto.so.3"
#endif

/* The types of libcrypto's own functions, so that the compiler holds ours against its header. */
typedef __typeof__(&SHA256_Init) init_fn;
typedef __typeof__(&SHA256_Update) update_fn;
typedef __typeof__(&SHA256_Final) final_fn;

struct crypto {
    init_fn init;
    update_fn update;
    final_fn final;
    bool ready;
};

/* The one static object: written once under `once`, only read afterwards, the same for every
 * context. The library stays loaded; libcrypto cannot be unloaded in safety. */
static struct crypto crypto;
static pthread_once_t once = PTHREAD_ONCE_INIT;

struct dvg_sha256_stream {
    dvg_allocator allocator;
    SHA256_CTX state;
};

/* ISO C has no conversion from an object pointer to a function pointer; POSIX has dlsym give one
 * that can be copied. */
static bool find(void *library, const char *name, void *function, size_t size)
{
    void *symbol = dlsym(library, name);
    memcpy(function, &symbol, size);
    return symbol != NULL;
}

static void load(void)
{
    void *library = dlopen(DVG_CRYPTO_LIBRARY, RTLD_LAZY | RTLD_LOCAL);
    crypto.ready = library != NULL &&
                   find(library, "SHA256_Init", &crypto.init, sizeof crypto.init) &&
                   find(library, "SHA256_Update", &crypto.update, sizeof crypto.update) &&
                   find(library, "SHA256_Final", &crypto.final, sizeof crypto.final);
}

static dvg_status begin(SHA256_CTX *state, dvg_error *error)
{
    pthread_once(&once, load);
    if (!crypto.ready)
        return dvg_fail(error, DVG_E_INTERNAL, "%s with SHA-256 cannot be loaded",
                        DVG_CRYPTO_LIBRARY);
    if (crypto.init(state) != 1)
        return dvg_fail(error, DVG_E_INTERNAL, "SHA-256 cannot be begun");
    return DVG_OK;
}

static dvg_status add(SHA256_CTX *state, const void *data, size_t size, dvg_error *error)
{
    if (size > 0 && crypto.update(state, data, size) != 1)
        return dvg_fail(error, DVG_E_INTERNAL, "SHA-256 cannot go on");
    return DVG_OK;
}

static dvg_status end(SHA256_CTX *state, char hex[DVG_SHA256_HEX_SIZE], dvg_error *error)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char digest[SHA256_DIGEST_LENGTH];
    if (crypto.final(digest, state) != 1)
        return dvg_fail(error, DVG_E_INTERNAL, "SHA-256 cannot be finished");
    for (size_t i = 0; i < sizeof digest; i++) {
        hex[2 * i] = digits[digest[i] >> 4];
        hex[2 * i + 1] = digits[digest[i] & 15];
    }
    hex[DVG_SHA256_HEX_SIZE - 1] = '\0';
    return DVG_OK;
}

dvg_status dvg_sha256(const void *data, size_t size, char hex[DVG_SHA256_HEX_SIZE],
                      dvg_error *error)
{
    SHA256_CTX state;
    dvg_status status = begin(&state, error);
    if (status == DVG_OK)
        status = add(&state, data, size, error);
    if (status == DVG_OK)
        status = end(&state, hex, error);
    return status;
}

dvg_status dvg_sha256_stream_new(dvg_sha256_stream **stream, const dvg_allocator *allocator,
                                 dvg_error *error)
{
    *stream = NULL;
    dvg_sha256_stream *made = dvg_allocate(allocator, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    made->allocator = *allocator;
    dvg_status status = begin(&made->state, error);
    if (status == DVG_OK)
        *stream = made;
    else
        dvg_sha256_stream_free(made);
    return status;
}

dvg_status dvg_sha256_stream_add(dvg_sha256_stream *stream, const void *data, size_t size,
                                 dvg_error *error)
{
    return add(&stream->state, data, size, error);
}

dvg_status dvg_sha256_stream_end(dvg_sha256_stream *stream, char hex[DVG_SHA256_HEX_SIZE],
                                 dvg_error *error)
{
    return end(&stream->state, hex, error);
}

void dvg_sha256_stream_free(dvg_sha256_stream *stream)
{
    if (stream == NULL)
        return;
    dvg_allocator allocator = stream->allocator;
    dvg_release(&allocator, stream, sizeof *stream);
}
