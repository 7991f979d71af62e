/*
 * fuzz_profile: the input is the script of a profile; it is loaded, and if it is one its classifier
 * and its gates are asked about a small pair. Checks: nothing but a status comes out, an error
 * has a message, and every failure is told as one of the statuses that scripts may cause.
 */
/* memfd_create is a GNU name. */
#define _GNU_SOURCE
#include "script/script.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int truth)
{
    if (!truth)
        abort();
}

static bool read_text(dvg_document *document, const char *text, const dvg_rules *rules,
                      const dvg_allocator *allocator)
{
    char *padded = calloc(1, strlen(text) + 64);
    require(padded != NULL);
    memcpy(padded, text, strlen(text));
    dvg_document_init(document, allocator);
    dvg_status status =
        dvg_json_read(document, padded, strlen(text), "input", &rules->reading, NULL);
    document->owns_source = true;
    document->source = padded;
    document->source_capacity = strlen(text) + 64;
    return status == DVG_OK; /* not if the profile allows little depth */
}

static int take(void *payload, const char *data, size_t size)
{
    (void)data;
    *(size_t *)payload += size;
    return *(size_t *)payload > (size_t)1 << 22 ? -1 : 0;
}

static void check(dvg_status status, const dvg_error *error)
{
    require(status == error->status);
    require(status == DVG_OK || error->message[0] != '\0');
    require(status != DVG_E_INTERNAL);
}

/* Compare a small pair under the profile, and report it by the same script. */
static void use(dvg_profile *profile, const char *path, const dvg_allocator *allocator)
{
    dvg_document left;
    dvg_document right;
    dvg_result *result = NULL;
    dvg_run_input input;
    dvg_error error;
    size_t taken = 0;
    const dvg_rules *rules = dvg_profile_rules(profile);
    memset(&input, 0, sizeof input);
    dvg_error_clear(&error);
    input.allocator = *allocator;
    input.rules = rules;
    input.hooks = dvg_profile_hooks(profile);
    bool read = read_text(&left, "{\"a\":[1,{\"b\":null}],\"c\":1e2}", rules, allocator);
    read = read_text(&right, "{\"a\":[1,{\"b\":\"x\"},3],\"d\":18446744073709551616}", rules,
                     allocator) &&
           read;
    if (read)
        check(dvg_engine_run_documents(&result, &input, &left, &right, rules->documents[0], &error),
              &error);
    if (result != NULL) {
        dvg_error_clear(&error);
        check(dvg_report_run(profile, result, path, take, &taken, &error), &error);
        dvg_engine_free(result);
    }
    dvg_document_clear(&left);
    dvg_document_clear(&right);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int file = -1;
    static char path[64];
    dvg_options options = DVG_OPTIONS_INIT;
    const dvg_allocator none = {NULL, NULL};
    dvg_allocator allocator = dvg_allocator_or_default(none);
    dvg_host *host = NULL;
    dvg_profile *profile = NULL;
    dvg_error error;
    options.script_memory = 4 << 20;
    options.script_milliseconds = 50;
    const dvg_script_limits limits = dvg_script_limits_of(&options);
    if (file < 0) {
        file = memfd_create("script", 0);
        require(file >= 0);
        (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    }
    require(ftruncate(file, 0) == 0);
    require(pwrite(file, data, size, 0) == (ssize_t)size);
    require(dvg_host_new(&host, &allocator, NULL, 0, &limits, NULL) == DVG_OK);
    dvg_error_clear(&error);
    check(dvg_profile_load(&profile, host, path, &error), &error);
    if (profile != NULL)
        use(profile, path, &allocator);
    dvg_profile_free(profile);
    dvg_host_free(host);
    return 0;
}
