/*
 * explain: see explain.h. A place is gone to as the walk would go (descend.h), and what the result
 * holds about it, about what it stands in and about what stands in it is put beside it.
 */
#include "engine/explain.h"
#include "engine/descend.h"
#include "engine/likeness.h"
#include "engine/pair.h"
#include "engine/telling.h"

#include <string.h>

static void add_note(struct dvg_telling *telling, const dvg_record *record)
{
    if (record->note == NULL)
        return;
    dvg_tell(telling, "    note: ");
    dvg_tell_text(telling, record->note);
    dvg_tell(telling, "\n");
}

/* ---------------------------------------------------------------- divergences */

static const char *kind_of(const struct dvg_telling *telling, const dvg_record *record)
{
    return dvg_rules_kind_name(telling->result->rules, (dvg_kind)record->kind);
}

static void tell_counted(struct dvg_telling *telling, const dvg_record *record,
                         const dvg_origin *origin)
{
    telling->counts = true;
    dvg_tell(telling, "    class: ");
    dvg_tell_text(telling, telling->result->rules->classes[record->class_index].name);
    dvg_tell_origin(telling, origin->class_rule, origin->class_file, origin->class_line,
                    ", the default class: nobody named one");
    dvg_tell(telling, "    severity: ");
    dvg_tell(telling, dvg_severity_name(record->severity));
    dvg_tell_origin(telling, origin->severity_rule, origin->severity_file, origin->severity_line,
                    ", that of the class");
    add_note(telling, record);
}

static void tell_suppressed(struct dvg_telling *telling, const dvg_suppressed *suppressed,
                            const dvg_origin *origin)
{
    dvg_tell(telling, "    suppressed");
    dvg_tell_origin(telling, DVG_RULE_NONE, origin->class_file, origin->class_line, "");
    add_note(telling, &suppressed->record);
}

static void tell_ignored(struct dvg_telling *telling, const dvg_record *record)
{
    dvg_tell(telling, "    set aside by ");
    dvg_tell_rule(telling, record->rule);
    dvg_tell(telling, "\n");
}

/* ---------------------------------------------------------------- one place */

static bool same_step(const dvg_step *left, const dvg_step *right)
{
    if (left->kind != right->kind)
        return false;
    if (left->kind == DVG_STEP_LABEL)
        return strcmp(left->field, right->field) == 0;
    if (left->kind != DVG_STEP_MEMBER)
        return left->index[0] == right->index[0] && left->index[1] == right->index[1];
    dvg_text a = dvg_value_text(left->value);
    dvg_text b = dvg_value_text(right->value);
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* Both lead to the same place. */
static bool same_path(const dvg_step *left, const dvg_step *right)
{
    while (left != NULL && right != NULL && same_step(left, right)) {
        left = left->parent;
        right = right->parent;
    }
    return left == NULL && right == NULL;
}

static const dvg_step *cut(const dvg_step *path, uint64_t steps)
{
    for (; steps > 0; steps--)
        path = path->parent;
    return path;
}

/* Where a divergence stands as seen from a place. */
enum relation { ELSEWHERE, HERE, AROUND, BELOW };

static enum relation relate(const dvg_record *record, const dvg_spot *spot)
{
    uint64_t theirs = dvg_path_depth(record->path);
    uint64_t mine = dvg_path_depth(spot->path);
    const dvg_step *outer = theirs > mine ? cut(record->path, theirs - mine) : record->path;
    const dvg_step *inner = mine > theirs ? cut(spot->path, mine - theirs) : spot->path;
    if (!same_path(outer, inner))
        return ELSEWHERE;
    /* Lengths that differ say nothing of what both arrays have. */
    if (theirs < mine && record->kind == DVG_KIND_REORDERED)
        return ELSEWHERE;
    if (theirs < mine && record->kind == DVG_KIND_LENGTH)
        return spot->value[0].cell == NULL || spot->value[1].cell == NULL ? AROUND : ELSEWHERE;
    return theirs == mine ? HERE : theirs < mine ? AROUND : BELOW;
}

static void tell_kind(struct dvg_telling *telling, const dvg_record *record, enum relation relation)
{
    dvg_tell(telling, "  diverges: ");
    dvg_tell_text(telling, kind_of(telling, record));
    if (relation == AROUND) {
        dvg_tell(telling, ", as a part of ");
        dvg_tell_path(telling, record->path);
    }
    dvg_tell(telling, "\n");
}

/* The divergences of one list that concern the place; `*below` counts those that stand in it. */
struct list {
    const dvg_suppressed *aside; /* NULL: the records that count */
    size_t count;
    const dvg_origins *origins; /* NULL: set aside by rules */
};

static bool tell_list(struct dvg_telling *telling, const struct list *list, const dvg_spot *spot,
                      uint64_t *below)
{
    bool told = false;
    for (size_t i = 0; i < list->count; i++) {
        const dvg_record *record =
            list->aside != NULL ? &list->aside[i].record : &telling->result->records[i];
        if (record->file != telling->file)
            continue;
        enum relation relation = relate(record, spot);
        *below += relation == BELOW;
        if (relation != HERE && relation != AROUND)
            continue;
        told = true;
        tell_kind(telling, record, relation);
        if (list->origins == NULL)
            tell_ignored(telling, record);
        else if (list->aside != NULL)
            tell_suppressed(telling, &list->aside[i], &list->origins->items[i]);
        else
            tell_counted(telling, record, &list->origins->items[i]);
    }
    return told;
}

static void tell_below(struct dvg_telling *telling, const uint64_t below[3])
{
    static const char *const words[] = {"below: ", ", suppressed: ", ", set aside by rules: "};
    if (below[0] + below[1] + below[2] == 0)
        return;
    telling->counts = telling->counts || below[0] > 0;
    dvg_tell(telling, "  divergences ");
    for (int i = 0; i < 3; i++) {
        if (i > 0 && below[i] == 0)
            continue;
        dvg_tell(telling, words[i]);
        dvg_buffer_add_u64(telling->out, below[i]);
    }
    dvg_tell(telling, "\n");
}

/* True: there is something to say of the place or below it. */
static bool tell_divergences(struct dvg_telling *telling, const dvg_spot *spot)
{
    const dvg_result *result = telling->result;
    const struct list lists[] = {
        {NULL, result->record_count, &result->audit.records},
        {result->suppressed, result->suppressed_count, &result->audit.suppressed},
        {result->ignored, result->ignored_count, NULL}};
    uint64_t below[3] = {0, 0, 0};
    bool told = false;
    for (int i = 0; i < 3; i++)
        if (tell_list(telling, &lists[i], spot, &below[i]))
            told = true;
    tell_below(telling, below);
    return told || below[0] + below[1] + below[2] > 0;
}

static void tell_hidden(struct dvg_telling *telling, const dvg_spot *spot)
{
    const dvg_decider *hidden = &spot->hidden;
    dvg_tell(telling, "  not compared: ");
    if (!same_path(hidden->path, spot->path)) {
        dvg_tell_path(telling, hidden->path);
        dvg_tell(telling, " ");
    }
    dvg_tell(telling, "is hidden by ");
    if (hidden->skip != NULL) {
        dvg_tell(telling, "the skip \"");
        dvg_tell_text(telling, hidden->skip);
        dvg_tell(telling, "\"\n");
        return;
    }
    dvg_tell_rule(telling, hidden->rule);
    dvg_tell(telling, "\n");
}

/* "the key type,meta.id". */
static void tell_key(struct dvg_telling *telling, const dvg_keyed *keyed)
{
    dvg_tell(telling, "the key ");
    if (keyed->parts == NULL)
        dvg_tell_escaped(telling, keyed->key, keyed->key_size);
    for (size_t i = 0; keyed->parts != NULL && i < keyed->parts->count; i++) {
        dvg_tell(telling, i > 0 ? "," : "");
        dvg_tell_text(telling, keyed->parts->parts[i].shown);
    }
}

/* Who chose the way. */
static void tell_chooser(struct dvg_telling *telling, const dvg_decider *matched)
{
    if (matched->rule != DVG_RULE_NONE) {
        dvg_tell(telling, ", by ");
        dvg_tell_rule(telling, matched->rule);
    } else if (matched->keyed->inferred) {
        dvg_tell(telling, ", which was found: nobody said how");
    } else if (matched->keyed->matching == DVG_MATCH_KEY) {
        dvg_tell(telling, ", by the profile's keyed ");
        dvg_tell_escaped(telling, matched->keyed->field, matched->keyed->field_size);
    }
}

static void tell_match(struct dvg_telling *telling, const char *what, const dvg_decider *matched)
{
    if (matched->keyed == NULL)
        return;
    dvg_tell(telling, what);
    if (matched->keyed->matching == DVG_MATCH_KEY)
        tell_key(telling, matched->keyed);
    else
        dvg_tell(telling, dvg_matching_names[matched->keyed->matching]);
    tell_chooser(telling, matched);
    dvg_tell(telling, "\n");
}

static void add_pointer(struct dvg_telling *telling, const dvg_spot *spot)
{
    dvg_buffer text;
    dvg_buffer_init(&text, &telling->result->allocator);
    dvg_path_pointer(&text, spot->path, spot->value[0].cell != NULL ? 0 : 1,
                     &telling->result->allocator);
    dvg_tell_escaped(telling, text.size > 0 ? text.data : "", text.size);
    telling->out->failed = telling->out->failed || text.failed;
    dvg_buffer_clear(&text);
}

static void tell_values(struct dvg_telling *telling, const dvg_value values[2])
{
    const char *const *names = telling->result->rules->side_names;
    for (int side = 0; side < 2; side++) {
        dvg_tell(telling, "  ");
        dvg_tell_text(telling, names[side]);
        dvg_tell(telling, ": ");
        dvg_tell_value(telling, values[side]);
        dvg_tell(telling, "\n");
    }
}

static void tell_head(struct dvg_telling *telling, const dvg_step *path)
{
    dvg_tell_text(telling, telling->result->files[telling->file].name);
    dvg_tell(telling, ": ");
    dvg_tell_path(telling, path);
    dvg_tell(telling, "\n");
}

static bool is_settled(const struct dvg_telling *telling)
{
    return telling->result->files[telling->file].status == DVG_FILE_SETTLED;
}

/* Neither the place nor what it stands in was looked at, unless something is said of it. */
static bool is_outside(struct dvg_telling *telling, const dvg_step *path)
{
    dvg_result *result = telling->result;
    const dvg_scope *scope = &result->rules->scope;
    bool outside = scope->places != NULL;
    for (const dvg_step *step = path; outside; step = step->parent) {
        outside = dvg_scope_stand(scope, step, NULL, &result->allocator, &telling->out->failed) !=
                  DVG_INSIDE;
        if (step == NULL)
            break;
    }
    for (size_t i = 0; outside && i < result->record_count; i++)
        outside =
            result->records[i].file != telling->file || !same_path(result->records[i].path, path);
    return outside;
}

static void tell_spot(struct dvg_telling *telling, dvg_ruling *ruling, const dvg_spot *spot)
{
    tell_head(telling, spot->path);
    dvg_tell(telling, "  pointer: \"");
    add_pointer(telling, spot);
    dvg_tell(telling, "\"\n");
    tell_values(telling, spot->value);
    dvg_tell_rename(telling, ruling, spot);
    if (spot->element && !spot->alone)
        tell_match(telling, "  matched: by ", &spot->matched);
    if (spot->array)
        tell_match(telling, "  its elements are matched: by ", &spot->inner);
    if (is_outside(telling, spot->path))
        dvg_tell(telling, "  not compared: outside of what the run was restricted to\n");
    else if (spot->hidden.is)
        tell_hidden(telling, spot);
    else if (!tell_divergences(telling, spot) && !dvg_tell_likeness(telling, ruling, spot))
        dvg_tell(telling, is_settled(telling)
                              ? "  the same on both sides, as both manifests say and "
                                "the files bear out\n"
                              : "  the same on both sides\n");
}

/* ---------------------------------------------------------------- finding it */

static dvg_status fail_file(const dvg_result *result, const char *file, dvg_error *error)
{
    const char *known = result->file_count > 0 ? result->files[0].name : "none";
    return dvg_fail(error, DVG_E_ARGUMENT,
                    "there is no \"%.200s\" among the files that are compared; the %s one is "
                    "\"%.200s\"",
                    file, result->file_count == 1 ? "only" : "first", known);
}

static bool find_file(const dvg_result *result, const char *name, uint32_t *file)
{
    for (size_t i = 0; i < result->file_count; i++) {
        if (strcmp(result->files[i].name, name) != 0)
            continue;
        *file = (uint32_t)i;
        return true;
    }
    return false;
}

/* What divergences of a file as a whole stand under. */
static const char *const labels[] = {"<file>", "<bytes>", "<manifest>"};

/* A divergence of the file as a whole, which stands under a label. False: there is none. */
static bool tell_label(struct dvg_telling *telling, const char *label)
{
    const dvg_step step = {NULL, DVG_STEP_LABEL, {NULL, NULL}, label, {0, 0}};
    const dvg_spot spot = {.path = &step};
    size_t before = telling->out->size;
    tell_head(telling, &step);
    if (tell_divergences(telling, &spot))
        return true;
    telling->out->size = before;
    return false;
}

/* A file that is not compared value by value: what its name and its bytes tell. */
static void tell_whole(struct dvg_telling *telling)
{
    const dvg_file *file = &telling->result->files[telling->file];
    bool told = false;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        told = tell_label(telling, labels[i]) || told;
    if (told)
        return;
    dvg_tell_text(telling, file->name);
    dvg_tell(telling, file->status == DVG_FILE_MISSING_BOTH ? ": absent on both sides\n"
                                                            : ": the same on both sides\n");
}

static dvg_status read_roots(struct dvg_telling *telling, dvg_value roots[2], dvg_error *error)
{
    dvg_result *result = telling->result;
    const dvg_document *documents[2] = {result->given[0], result->given[1]};
    dvg_status status = DVG_OK;
    if (documents[0] == NULL)
        status =
            dvg_snapshot_pair(result->side[0], result->side[1], result->files[telling->file].name,
                              result->threads > 1, documents, error);
    for (int side = 0; side < 2 && status == DVG_OK; side++)
        roots[side] = dvg_document_root(documents[side]);
    return status;
}

/* `broken` says why the path is no pattern, if it is none. */
static dvg_status tell_spots(struct dvg_telling *telling, dvg_search *search,
                             const dvg_error *broken, dvg_error *error)
{
    if (search->many)
        return dvg_fail(error, DVG_E_ARGUMENT, "\"%.*s\" means more than %d places of %.200s",
                        (int)(search->path.size < 200 ? search->path.size : 200), search->path.data,
                        (int)DVG_SEARCH_MOST, search->file);
    for (size_t i = search->count; i-- > 0;)
        tell_spot(telling, search->ruling, &search->spots[i]);
    if (search->count == 0)
        return dvg_fail(error, DVG_E_ARGUMENT, "%.200s has no place \"%.*s\" on either side%s%s",
                        search->file, (int)(search->path.size < 200 ? search->path.size : 200),
                        search->path.data, broken->status != DVG_OK ? ": " : "", broken->message);
    return telling->out->failed ? dvg_fail_memory(error) : telling->status;
}

static dvg_status search_document(struct dvg_telling *telling, const char *path, dvg_error *error)
{
    dvg_result *result = telling->result;
    const char *name = result->files[telling->file].name;
    dvg_value roots[2];
    dvg_ruling ruling;
    dvg_skip skip;
    dvg_status status = read_roots(telling, roots, error);
    if (status != DVG_OK)
        return status;
    dvg_pattern pattern;
    dvg_error broken;
    dvg_error_clear(&broken);
    status = dvg_pattern_parse(&pattern, &result->arena, path, strlen(path), &broken);
    if (status == DVG_E_MEMORY)
        return dvg_fail_memory(error);
    bool is_pattern = status == DVG_OK;
    dvg_skip_init(&skip, &result->allocator);
    bool memory = dvg_ruling_init(&ruling, result->rules, &result->allocator) &&
                  dvg_pair_fill_skip(&skip, result->rules, name, roots);
    dvg_search search = {.allocator = &result->allocator,
                         .arena = &result->arena,
                         .ruling = &ruling,
                         .skip = &skip,
                         .file = name,
                         .seed = &result->seed,
                         .path = {path, strlen(path)},
                         .pattern = is_pattern ? &pattern : NULL};
    ruling.normalizer = result->ruling.normalizer;
    if (memory) {
        dvg_ruling_begin(&ruling, name, &skip);
        memory = dvg_search_run(&search, roots);
    }
    status = memory ? tell_spots(telling, &search, &broken, error) : dvg_fail_memory(error);
    dvg_search_clear(&search);
    dvg_ruling_clear(&ruling);
    dvg_skip_clear(&skip);
    return status;
}

/* Is the path the label of a divergence of the file as a whole? */
static bool is_label(const char *path)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (strcmp(path, labels[i]) == 0)
            return true;
    return false;
}

dvg_status dvg_explain_place(dvg_buffer *out, bool *counts, dvg_result *result, const char *file,
                             const char *path, dvg_error *error)
{
    struct dvg_telling telling = {out, result, 0, false, DVG_OK, error};
    dvg_status status = DVG_OK;
    if (!find_file(result, file, &telling.file))
        return fail_file(result, file, error);
    const dvg_file *found = &result->files[telling.file];
    if (found->as != DVG_AS_DOCUMENT ||
        (found->status != DVG_FILE_WALKED && found->status != DVG_FILE_SETTLED &&
         found->status != DVG_FILE_OUTSIDE))
        tell_whole(&telling);
    else if (!is_label(path) || !tell_label(&telling, path))
        status = search_document(&telling, path, error);
    *counts = telling.counts;
    return status == DVG_OK && out->failed ? dvg_fail_memory(error) : status;
}
