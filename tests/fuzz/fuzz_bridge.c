/*
 * fuzz_bridge: bridge.lua looks at two documents in every way, under a lack of memory that the
 * input chooses: bytes 0 and 1 cap the state (times 16), bytes 2 and 3 fail an allocation, byte 4
 * says whether all later ones fail too; then two documents, split at the first 0xFF byte.
 * Checks: without such a lack no script fails and a report comes out twice the same; with it there
 * is a status with a message, nothing leaks, and what was not refused comes out as without it.
 */
#include "fuzz/oracle.h"
#include "script/script.h"
#include "support/counting.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROOMY = 64 << 20 };

/* bridge.lua beside this file. */
static const char *script(void)
{
    static char path[4096];
    const char *slash = strrchr(__FILE__, '/');
    snprintf(path, sizeof path, "%.*s/bridge.lua", slash == NULL ? 1 : (int)(slash - __FILE__),
             slash == NULL ? "." : __FILE__);
    return path;
}

struct outcome {
    dvg_status status;
    bool loaded;   /* the documents could be read */
    uint64_t told; /* a hash of all that was reported */
    size_t records;
    dvg_error error; /* the first */
};

static int take(void *payload, const char *data, size_t size)
{
    struct outcome *outcome = payload;
    /* Byte for byte: in what pieces they come does not matter. */
    for (size_t i = 0; i < size; i++)
        outcome->told = (outcome->told ^ (unsigned char)data[i]) * UINT64_C(0x100000001b3);
    return 0;
}

static bool went_on(struct outcome *outcome, dvg_status status, const dvg_error *error)
{
    REQUIRE(status == error->status);
    REQUIRE(status == DVG_OK || (error->message[0] != '\0' && !strchr(error->message, '\n')));
    if (outcome->status == DVG_OK) {
        outcome->status = status;
        outcome->error = *error;
    }
    return status == DVG_OK;
}

/* One run with two reports, which are the same. */
static bool run_once(struct outcome *outcome, dvg_profile *profile, const dvg_allocator *allocator,
                     const dvg_document documents[2])
{
    dvg_run_input input;
    dvg_result *result = NULL;
    dvg_error error;
    memset(&input, 0, sizeof input);
    dvg_error_clear(&error);
    input.allocator = *allocator;
    input.rules = dvg_profile_rules(profile);
    input.hooks = dvg_profile_hooks(profile);
    dvg_status status =
        dvg_engine_run_documents(&result, &input, &documents[0], &documents[1], "a.json", &error);
    bool on = status == DVG_E_INPUT || went_on(outcome, status, &error);
    uint64_t before = outcome->told, first = 0;
    for (int i = 0; i < 2 && on && result != NULL; i++) {
        outcome->records = result->record_count + result->suppressed_count;
        result->show_suppressed = true;
        dvg_error_clear(&error);
        outcome->told = before;
        on = went_on(outcome, dvg_report_run(profile, result, script(), take, outcome, &error),
                     &error);
        REQUIRE(!on || i == 0 || outcome->told == first);
        first = outcome->told;
    }
    dvg_engine_free(result);
    return on;
}

static void run_both(struct outcome *outcome, dvg_profile *profile, const dvg_allocator *allocator,
                     const dvg_document documents[2])
{
    const dvg_document swapped[2] = {documents[1], documents[0]};
    dvg_error error;
    dvg_error_clear(&error);
    dvg_status status = dvg_profile_option_set(profile, "turn", "first", &error);
    if (went_on(outcome, status, &error) && run_once(outcome, profile, allocator, documents)) {
        dvg_error_clear(&error);
        status = dvg_profile_option_set(profile, "turn", "second", &error);
        if (went_on(outcome, status, &error))
            (void)run_once(outcome, profile, allocator, swapped);
    }
}

static struct outcome try(const uint8_t *texts[2], const size_t sizes[2], uint64_t memory,
                          const dvg_allocator *allocator)
{
    const dvg_options options = {.version = DVG_OPTIONS_VERSION,
                                 .script_memory = memory,
                                 .script_milliseconds = 60000,
                                 .script_run_milliseconds = 600000};
    const dvg_script_limits limits = dvg_script_limits_of(&options);
    struct outcome outcome;
    dvg_host *host = NULL;
    dvg_profile *profile = NULL;
    dvg_document documents[2];
    dvg_error error;
    memset(&outcome, 0, sizeof outcome);
    dvg_error_clear(&error);
    if (!went_on(&outcome, dvg_host_new(&host, allocator, NULL, 0, &limits, &error), &error))
        return outcome;
    dvg_error_clear(&error);
    if (went_on(&outcome, dvg_profile_load(&profile, host, script(), &error), &error)) {
        const dvg_reading *reading = &dvg_profile_rules(profile)->reading;
        outcome.loaded = true;
        for (int i = 0; i < 2; i++)
            outcome.loaded =
                oracle_read(&documents[i], texts[i], sizes[i], reading, NULL) == DVG_OK &&
                outcome.loaded;
        if (outcome.loaded)
            run_both(&outcome, profile, allocator, documents);
        dvg_document_clear(&documents[0]);
        dvg_document_clear(&documents[1]);
    }
    dvg_profile_free(profile);
    dvg_host_free(host);
    return outcome;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { HEAD = 5, MOST = 2000 };
    if (size < HEAD || size > MOST)
        return 0;
    const uint8_t *texts[2] = {data + HEAD, data + HEAD};
    size_t sizes[2] = {size - HEAD, size - HEAD};
    const uint8_t *split = sizes[0] == 0 ? NULL : memchr(texts[0], 0xff, sizes[0]);
    if (split != NULL) {
        sizes[0] = (size_t)(split - texts[0]);
        texts[1] = split + 1;
        sizes[1] -= sizes[0] + 1;
    }
    struct outcome whole = try(texts, sizes, ROOMY, plain_allocator());
    if (whole.status != DVG_OK)
        fprintf(stderr, "%s:%llu: %s\n%s\n", whole.error.file, (unsigned long long)whole.error.line,
                whole.error.message, whole.error.detail);
    REQUIRE(whole.status == DVG_OK);
    if (!whole.loaded)
        return 0;
    struct counting counting;
    dvg_allocator failing = counting_allocator(&counting);
    uint64_t memory = 16 * (uint64_t)(data[0] | data[1] << 8);
    counting.fail_at = (size_t)(data[2] | data[3] << 8);
    counting.fail_after = (data[4] & 1) != 0;
    struct outcome part = try(texts, sizes, memory == 0 ? ROOMY : memory, &failing);
    REQUIRE(counting.live == 0 && !counting.wrong_size);
    REQUIRE(part.status == DVG_OK || part.status == DVG_E_MEMORY ||
            (part.status == DVG_E_SCRIPT && memory != 0));
    if (part.status == DVG_OK)
        REQUIRE(part.told == whole.told && part.records == whole.records);
    return 0;
}
