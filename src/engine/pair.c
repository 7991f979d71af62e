/*
 * pair: see pair.h. Whether their manifests settle two files, and the walk otherwise.
 */
#include "engine/pair.h"

#include <string.h>

enum { WORTH_A_THREAD = 20000 }; /* nodes of both documents */

/* ---- manifests */

/* A settled document is proved equal and never parsed for the comparison; whether it is JSON at
 * all is worth a line all the same. One side is enough: the bytes are the same. */
static void warn_if_malformed(struct dvg_running *running, const char *name)
{
    dvg_result *result = running->result;
    dvg_error error;
    dvg_error_clear(&error);
    if (dvg_snapshot_probe(result->side[0], name, &error) != DVG_OK &&
        (error.status == DVG_E_INPUT || error.status == DVG_E_LIMIT))
        dvg_result_warn(result, "%s: settled by its manifest though malformed: %llu:%llu: %s", name,
                        (unsigned long long)error.line, (unsigned long long)error.column,
                        error.message);
}

static bool is_hex(dvg_value claim, const char *hex)
{
    dvg_text text = dvg_value_text(claim);
    return dvg_value_type(claim) == DVG_STRING && text.size == strlen(hex) &&
           memcmp(text.data, hex, text.size) == 0;
}

/* Both manifests agree on the file: believe them if the bytes do too. */
static dvg_status verify(struct dvg_running *running, const char *name, const dvg_value claims[2],
                         bool *settled, dvg_error *error)
{
    dvg_result *result = running->result;
    const char *hex[2];
    dvg_status status = dvg_snapshot_pair_sha256(result->side[0], result->side[1], name,
                                                 result->threads > 1, hex, error);
    if (status != DVG_OK)
        return status;
    *settled = is_hex(claims[0], hex[0]) && is_hex(claims[1], hex[1]);
    for (int side = 0; side < 2 && status == DVG_OK && !*settled; side++) {
        if (is_hex(claims[side], hex[side]))
            continue;
        dvg_value values[2] = {claims[side],
                               dvg_result_scalar(result, DVG_STRING, hex[side], strlen(hex[side]))};
        if (values[1].cell == NULL)
            return dvg_fail_memory(error);
        status = dvg_running_record_file(running, DVG_KIND_HASH, "<manifest>", side, values, error);
    }
    return status;
}

static dvg_status settle(struct dvg_running *running, const char *name, bool *settled,
                         dvg_error *error)
{
    dvg_value claims[2];
    bool equal = false;
    for (int side = 0; side < 2; side++) {
        dvg_status status = dvg_claims_get(running, side, name, &claims[side], error);
        if (status != DVG_OK)
            return status;
    }
    if (claims[0].cell == NULL || claims[1].cell == NULL)
        return DVG_OK;
    if (dvg_snapshot_is_given(running->result->side[0], name) ||
        dvg_snapshot_is_given(running->result->side[1], name)) {
        dvg_result_warn(running->result,
                        "%s: given as a document, so that what the manifests say of its bytes is "
                        "not checked",
                        name);
        return DVG_OK;
    }
    if (!dvg_value_loosely_equal(claims[0], claims[1], &running->result->allocator, &equal))
        return dvg_fail_memory(error);
    return equal ? verify(running, name, claims, settled, error) : DVG_OK;
}

/* ---- the walk */

static bool add_from_document(dvg_skip *skip, dvg_value root, const char *member)
{
    dvg_value list = dvg_value_member(root, member, strlen(member));
    if (dvg_value_type(list) != DVG_ARRAY)
        return true;
    dvg_value entry = dvg_value_first(list);
    for (uint64_t i = dvg_value_count(list); i > 0; i--) {
        dvg_text text = dvg_value_text(entry);
        if (dvg_value_type(entry) == DVG_STRING && !dvg_skip_add(skip, text.data, text.size))
            return false;
        entry = dvg_value_next(entry);
    }
    return true;
}

bool dvg_pair_fill_skip(dvg_skip *skip, const dvg_rules *rules, const char *file,
                        const dvg_value roots[2])
{
    for (size_t i = 0; i < rules->skip_count; i++) {
        const dvg_skip_rule *rule = &rules->skips[i];
        if (!dvg_rules_concern(rule->file, file))
            continue;
        if (!dvg_skip_add(skip, rule->entry, rule->entry_size))
            return false;
    }
    if (rules->skip_from_document == NULL)
        return true;
    return add_from_document(skip, roots[0], rules->skip_from_document) &&
           add_from_document(skip, roots[1], rules->skip_from_document);
}

static dvg_status on_record(void *payload, const dvg_record *record, dvg_error *error)
{
    dvg_record copy = *record;
    return dvg_running_record(payload, &copy, error);
}

static dvg_status on_hit(void *payload, const dvg_hit *hit, dvg_error *error)
{
    const struct dvg_running *running = payload;
    dvg_result *result = running->result;
    if (hit->rule != DVG_RULE_NONE)
        dvg_ruling_count(&result->ruling, hit->rule, hit->by, hit->nodes);
    if (!result->audit.on ||
        dvg_audit_hit(&result->audit, result->rules, running->skip, hit, running->file,
                      result->files[running->file].name, &result->arena, &result->allocator))
        return DVG_OK;
    return dvg_fail_memory(error);
}

/* In the walk's thread, if that has its own: nobody else looks at the list meanwhile. */
static dvg_status on_inferred(void *payload, const dvg_inference *inference, dvg_error *error)
{
    const struct dvg_running *running = payload;
    dvg_result *result = running->result;
    return dvg_inferences_add(&result->inferred, inference, &result->allocator)
               ? DVG_OK
               : dvg_fail_memory(error);
}

static void on_oddity(void *payload, dvg_which side, dvg_oddity oddity, uint64_t count,
                      const dvg_step *path)
{
    struct dvg_running *running = payload;
    if (running->oddities[side][oddity] == 0)
        running->odd_path[side][oddity] = path;
    running->oddities[side][oddity] += count;
}

/* What is odd to the same extent on both sides, and not set aside, is one line. */
static bool is_common(const struct dvg_running *running, uint64_t left, uint64_t right)
{
    return left == right && left > 0 &&
           running->result->rules->reading.duplicates != DVG_DUPLICATES_LAST;
}

static void warn_oddity(struct dvg_running *running, const char *name, const char *where, int side,
                        int oddity)
{
    static const char *const texts[2][DVG_ODDITY_COUNT] = {
        {"in keyed arrays matched by their order: no object",
         "in keyed arrays matched by occurrence: an earlier one has the same key",
         "in keyed arrays without a key, matched as null", NULL},
        {"in keyed arrays set aside: no object",
         "in keyed arrays set aside: a later one has the same key",
         "in keyed arrays without a key, matched as null", NULL}};
    dvg_result *result = running->result;
    bool last = result->rules->reading.duplicates == DVG_DUPLICATES_LAST;
    unsigned long long count = running->oddities[side][oddity];
    dvg_buffer path;
    dvg_buffer_init(&path, &result->allocator);
    dvg_path_render(&path, running->odd_path[side][oddity], &result->allocator);
    const char *text = dvg_buffer_string(&path);
    dvg_result_warn(result, "%s: %s: %llu %s %s (first at %.200s)", where, name, count,
                    count == 1 ? "element" : "elements", texts[last ? 1 : 0][oddity],
                    text != NULL && text[0] != '\0' ? text : "the root");
    dvg_buffer_clear(&path);
}

/* The budget of a search ended it, and what is reported may be more than need be. */
static void warn_cut(struct dvg_running *running, const char *name)
{
    dvg_result *result = running->result;
    unsigned long long count = running->oddities[DVG_THE_LEFT][DVG_ODDITY_CUT];
    dvg_buffer path;
    dvg_buffer_init(&path, &result->allocator);
    dvg_path_render(&path, running->odd_path[DVG_THE_LEFT][DVG_ODDITY_CUT], &result->allocator);
    const char *text = dvg_buffer_string(&path);
    if (count > 0)
        dvg_result_warn(result,
                        "%s: the matching of %llu %s was ended by its budget, so that there may be "
                        "fewer divergences than were found (first at %.200s)",
                        name, count, count == 1 ? "array" : "arrays",
                        text != NULL && text[0] != '\0' ? text : "the root");
    dvg_buffer_clear(&path);
}

static void warn_oddities(struct dvg_running *running, const char *name)
{
    const dvg_rules *rules = running->result->rules;
    warn_cut(running, name);
    for (int i = 0; i < 2 * DVG_ODDITY_CUT; i++) {
        int side = i / DVG_ODDITY_CUT;
        int oddity = i % DVG_ODDITY_CUT;
        bool common =
            is_common(running, running->oddities[0][oddity], running->oddities[1][oddity]);
        if (running->oddities[side][oddity] > 0 && (side == 0 || !common))
            warn_oddity(running, name, common ? "both sides" : rules->side_names[side], side,
                        oddity);
    }
    memset(running->oddities, 0, sizeof running->oddities);
}

static void warn_repeats(struct dvg_running *running, const dvg_document *const documents[2],
                         const char *name)
{
    const dvg_rules *rules = running->result->rules;
    bool common = is_common(running, documents[0]->repeated, documents[1]->repeated);
    const char *what = rules->reading.duplicates == DVG_DUPLICATES_LAST ? "the last value counts"
                                                                        : "matched by occurrence";
    for (int side = 0; side < (common ? 1 : 2); side++) {
        const dvg_document *document = documents[side];
        if (document->repeated == 0)
            continue;
        dvg_result_warn(running->result, "%s: %s: %llu repeated member %s, %s (first at byte %llu)",
                        common ? "both sides" : rules->side_names[side], name,
                        (unsigned long long)document->repeated,
                        document->repeated == 1 ? "name" : "names", what,
                        (unsigned long long)document->first_repeated_byte);
    }
}

/* What an error calls the document of one side. */
static const char *shown_name(dvg_result *result, int side, const char *name)
{
    const char *path = NULL;
    if (result->side[side] != NULL)
        path = dvg_snapshot_file_path(result->side[side], name);
    return path != NULL ? path : name;
}

/* What is found may be classed beside the walk if that pays, and if neither needs what the other
 * one counts: rules are asked by both, and the account of a run is kept by both. */
static bool can_relay(const struct dvg_running *running, const dvg_value roots[2])
{
    const dvg_result *result = running->result;
    return result->threads > 1 && running->input->hooks.classify != NULL && !result->audit.on &&
           result->ruling.active_count == 0 &&
           roots[0].document->cell_count + roots[1].document->cell_count >= WORTH_A_THREAD;
}

static dvg_status run_walk(struct dvg_running *running, const dvg_walk *walk,
                           const dvg_value roots[2], dvg_error *error)
{
    bool done = false;
    dvg_status status = DVG_OK;
    if (can_relay(running, roots))
        status = dvg_relay_walk(running, walk, roots, &done, error);
    return done ? status : dvg_walk_run(walk, roots[0], roots[1], error);
}

/* What of the places that the run is restricted to was met so far. */
static uint64_t met(const dvg_result *result)
{
    uint64_t sum = dvg_result_found(result);
    for (size_t i = 0; i < result->rules->scope.place_count; i++)
        sum += result->ruling.place_hits[i];
    return sum;
}

dvg_status dvg_pair_walk(struct dvg_running *running, const dvg_document *left,
                         const dvg_document *right, dvg_error *error)
{
    dvg_result *result = running->result;
    const uint64_t met_before = met(result);
    const dvg_document *documents[2] = {left, right};
    const char *name = result->files[running->file].name;
    dvg_skip skip;
    dvg_status status;
    dvg_skip_init(&skip, &result->allocator);
    skip.seed = result->seed;
    result->files[running->file].status = DVG_FILE_WALKED;
    result->ledger.documents_walked++;
    for (int side = 0; side < 2; side++) {
        result->ledger.side[side].read += documents[side]->cell_count + documents[side]->shadowed;
        result->ledger.side[side].shadowed += documents[side]->shadowed;
        result->ledger.inexact += documents[side]->inexact;
    }
    warn_repeats(running, documents, name);
    dvg_value roots[2] = {dvg_document_root(left), dvg_document_root(right)};
    if (!dvg_pair_fill_skip(&skip, result->rules, name, roots)) {
        status = dvg_fail_memory(error);
    } else {
        const char *shown[2] = {shown_name(result, 0, name), shown_name(result, 1, name)};
        const dvg_audit *audit = &result->audit;
        dvg_walk walk = {.allocator = &result->allocator,
                         .steps = &result->steps,
                         .rules = result->rules,
                         .skip = &skip,
                         .file = name,
                         .shown = {shown[0], shown[1]},
                         .file_index = running->file,
                         .seed = &result->seed,
                         .record = on_record,
                         .payload = running,
                         .ledger = &result->ledger,
                         .oddity = on_oddity,
                         .inferred = on_inferred,
                         .threaded = result->threads > 1,
                         .scope =
                             result->rules->scope.places != NULL ? &result->rules->scope : NULL,
                         .ruling = &result->ruling,
                         .hit = on_hit,
                         .list = audit->hidden_count < audit->hidden_most,
                         .thorough = audit->on};
        running->skip = &skip;
        dvg_ruling_begin(&result->ruling, name, &skip);
        status = run_walk(running, &walk, roots, error);
    }
    dvg_skip_clear(&skip);
    if (result->rules->scope.place_count > 0 && met(result) == met_before)
        result->files[running->file].status = DVG_FILE_OUTSIDE;
    warn_oddities(running, name);
    return status == DVG_OK ? dvg_ledger_balance(&result->ledger, name, error) : status;
}

/* ---- one file */

static dvg_status compare_documents(struct dvg_running *running, const char *name, dvg_error *error)
{
    dvg_result *result = running->result;
    const dvg_document *documents[2];
    dvg_status status = dvg_snapshot_pair(result->side[0], result->side[1], name,
                                          result->threads > 1, documents, error);
    return status == DVG_OK ? dvg_pair_walk(running, documents[0], documents[1], error) : status;
}

/* Both files are there. */
static dvg_status compare_contents(struct dvg_running *running, dvg_error *error)
{
    dvg_result *result = running->result;
    dvg_file *file = &result->files[running->file];
    bool settled = false;
    dvg_status status = settle(running, file->name, &settled, error);
    if (status != DVG_OK)
        return status;
    if (!settled)
        return file->as == DVG_AS_DOCUMENT ? compare_documents(running, file->name, error)
                                           : dvg_bytes_compare(running, error);
    file->status = DVG_FILE_SETTLED;
    if (file->as != DVG_AS_DOCUMENT)
        return DVG_OK;
    result->ledger.documents_settled++;
    warn_if_malformed(running, file->name);
    return DVG_OK;
}

/* What a directory holds may be more than memory does: of files without a divergence nothing is
 * kept, unless a script asked for them before. */
struct kept {
    size_t records, suppressed, ignored, hidden;
    bool loaded[2];
};

static struct kept note(const dvg_result *result, const dvg_file *file)
{
    struct kept kept = {result->record_count,
                        result->suppressed_count,
                        result->ignored_count,
                        result->audit.hidden_count,
                        {false, false}};
    for (int side = 0; side < 2; side++)
        kept.loaded[side] = dvg_snapshot_is_loaded(result->side[side], file->name);
    return kept;
}

static dvg_status drop(const dvg_result *result, const dvg_file *file, const struct kept *before,
                       dvg_error *error)
{
    dvg_status status = DVG_OK;
    if (!file->listed || result->record_count != before->records ||
        result->suppressed_count != before->suppressed ||
        result->ignored_count != before->ignored || result->audit.hidden_count != before->hidden)
        return DVG_OK;
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        if (!before->loaded[side])
            status = dvg_snapshot_drop(result->side[side], file->name, error);
    return status;
}

dvg_status dvg_pair_run(struct dvg_running *running, dvg_error *error)
{
    dvg_result *result = running->result;
    dvg_file *file = &result->files[running->file];
    struct kept before = note(result, file);
    bool both = false;
    dvg_ruling_begin(&result->ruling, file->name, NULL);
    dvg_status status = dvg_presence_compare(running, &both, error);
    if (status != DVG_OK || !both)
        return status;
    if (file->as == DVG_AS_FOLDER) {
        file->status = DVG_FILE_SAME;
        return DVG_OK;
    }
    status = compare_contents(running, error);
    return status == DVG_OK ? drop(result, file, &before, error) : status;
}
