/*
 * presence: what stands at one file's name on both sides, and what is said where that alone tells
 * them apart. Declared in pair.h. Reads no file.
 */
#include "base/utf8.h"
#include "engine/pair.h"

#include <string.h>

static dvg_step *label_step(dvg_result *result, const char *label)
{
    dvg_step *step = dvg_arena_get(&result->arena, sizeof *step);
    if (step == NULL)
        return NULL;
    memset(step, 0, sizeof *step);
    step->kind = DVG_STEP_LABEL;
    step->field = label;
    return step;
}

dvg_status dvg_running_record_file(struct dvg_running *running, dvg_kind kind, const char *label,
                                   int side, const dvg_value values[2], dvg_error *error)
{
    dvg_record record;
    memset(&record, 0, sizeof record);
    record.path = label_step(running->result, label);
    if (record.path == NULL)
        return dvg_fail_memory(error);
    record.left = values[0];
    record.right = values[1];
    record.file = running->file;
    record.kind = (uint8_t)kind;
    record.side = (int8_t)side;
    return dvg_running_record(running, &record, error);
}

/* ---- looking */

/* A link that leads nowhere is said. It counts as absent where the profile names the file; where it
 * was found in a directory it is something of its own. */
static dvg_status look(struct dvg_running *running, const dvg_file *file, dvg_presence found[2],
                       dvg_error *error)
{
    dvg_result *result = running->result;
    for (int side = 0; side < 2; side++) {
        dvg_status status = dvg_snapshot_look(result->side[side], file->name, &found[side], error);
        if (status != DVG_OK)
            return status;
        if (found[side] != DVG_PRESENCE_DANGLING)
            continue;
        dvg_result_warn(result, "%s: a link that leads nowhere%s",
                        dvg_snapshot_file_path(result->side[side], file->name),
                        file->listed ? "" : " counts as absent");
        if (!file->listed)
            found[side] = DVG_PRESENCE_ABSENT;
    }
    return DVG_OK;
}

static void count_missing(dvg_ledger *ledger, const dvg_file *file)
{
    if (file->as == DVG_AS_DOCUMENT)
        ledger->documents_missing++;
    else if (file->as == DVG_AS_BYTES)
        ledger->files_missing++;
}

static dvg_status missing(struct dvg_running *running, const dvg_presence found[2],
                          dvg_error *error)
{
    static const dvg_file_status statuses[2] = {DVG_FILE_MISSING_LEFT, DVG_FILE_MISSING_RIGHT};
    dvg_file *file = &running->result->files[running->file];
    dvg_value nothing[2] = {dvg_value_absent(), dvg_value_absent()};
    const dvg_rules *rules = running->result->rules;
    int side = found[0] == DVG_PRESENCE_ABSENT ? 0 : 1;
    count_missing(&running->result->ledger, file);
    if (found[0] == found[1]) {
        dvg_result_warn(running->result, "%s: absent on both sides", file->name);
        file->status = DVG_FILE_MISSING_BOTH;
        if (rules->absent_on_both == DVG_NEITHER)
            return DVG_OK;
        side = (int)rules->absent_on_both;
    }
    file->status = statuses[side];
    return dvg_running_record_file(running, side == 0 ? DVG_KIND_FILE_EXTRA : DVG_KIND_FILE_MISSING,
                                   "<file>", 1 - side, nothing, error);
}

/* ---- files, directories and dead links */

/* Bytes of the links that lead nowhere; empty for what is none. */
static dvg_status read_targets(struct dvg_running *running, const dvg_presence found[2],
                               dvg_buffer targets[2], dvg_error *error)
{
    dvg_result *result = running->result;
    const char *name = result->files[running->file].name;
    dvg_status status = DVG_OK;
    for (int side = 0; side < 2 && status == DVG_OK; side++) {
        if (found[side] != DVG_PRESENCE_DANGLING)
            continue;
        const char *path = dvg_snapshot_file_path(result->side[side], name);
        status = path == NULL ? dvg_fail_memory(error) : dvg_path_link(&targets[side], path, error);
    }
    return status;
}

/* Names are bytes, values are text: every byte that is no part of a character is escaped. */
static void add_as_text(dvg_buffer *words, const dvg_buffer *name)
{
    static const char hex[] = "0123456789abcdef";
    for (size_t at = 0; at < name->size;) {
        uint32_t point;
        size_t length = dvg_utf8_decode(name->data + at, name->size - at, &point);
        unsigned char byte = (unsigned char)name->data[at];
        char escaped[4] = {'\\', 'x', hex[byte >> 4], hex[byte & 15]};
        if (length == 0)
            dvg_buffer_add(words, escaped, sizeof escaped);
        else
            dvg_buffer_add(words, name->data + at, length);
        at += length == 0 ? 1 : length;
    }
}

/* What stands there, in words. */
static dvg_status describe(dvg_result *result, dvg_presence presence, const dvg_buffer *target,
                           dvg_value *value, dvg_error *error)
{
    dvg_buffer words;
    dvg_buffer_init(&words, &result->allocator);
    dvg_buffer_add_text(&words, presence == DVG_PRESENCE_DANGLING    ? "link to "
                                : presence == DVG_PRESENCE_DIRECTORY ? "directory"
                                                                     : "file");
    add_as_text(&words, target);
    if (!words.failed)
        *value = dvg_result_scalar(result, DVG_STRING, words.data, words.size);
    bool failed = words.failed || value->cell == NULL;
    dvg_buffer_clear(&words);
    return failed ? dvg_fail_memory(error) : DVG_OK;
}

/* Only links are told from one another by what they say, byte by byte. */
static bool same_links(const dvg_presence found[2], const dvg_buffer targets[2])
{
    return found[0] == DVG_PRESENCE_DANGLING && found[1] == DVG_PRESENCE_DANGLING &&
           targets[0].size == targets[1].size &&
           memcmp(targets[0].data, targets[1].data, targets[0].size) == 0;
}

static dvg_status compare_targets(struct dvg_running *running, const dvg_presence found[2],
                                  const dvg_buffer targets[2], dvg_error *error)
{
    dvg_file *file = &running->result->files[running->file];
    dvg_value values[2];
    file->status = same_links(found, targets) ? DVG_FILE_SAME : DVG_FILE_WALKED;
    if (file->status == DVG_FILE_SAME)
        return DVG_OK;
    for (int side = 0; side < 2; side++) {
        dvg_status status =
            describe(running->result, found[side], &targets[side], &values[side], error);
        if (status != DVG_OK)
            return status;
    }
    return dvg_running_record_file(running, DVG_KIND_FILE_TYPE, "<file>", DVG_NEITHER, values,
                                   error);
}

/* Two things of which at least one is no file. Dead links that say the same are the same. */
static dvg_status compare_types(struct dvg_running *running, const dvg_presence found[2],
                                dvg_error *error)
{
    dvg_buffer targets[2];
    count_missing(&running->result->ledger, &running->result->files[running->file]);
    for (int side = 0; side < 2; side++)
        dvg_buffer_init(&targets[side], &running->result->allocator);
    dvg_status status = read_targets(running, found, targets, error);
    if (status == DVG_OK)
        status = compare_targets(running, found, targets, error);
    for (int side = 0; side < 2; side++)
        dvg_buffer_clear(&targets[side]);
    return status;
}

dvg_status dvg_presence_compare(struct dvg_running *running, bool *both, dvg_error *error)
{
    dvg_file *file = &running->result->files[running->file];
    dvg_presence found[2];
    *both = false;
    dvg_status status = look(running, file, found, error);
    if (status != DVG_OK)
        return status;
    if (found[0] == DVG_PRESENCE_ABSENT || found[1] == DVG_PRESENCE_ABSENT)
        return missing(running, found, error);
    if (file->listed && (found[0] != found[1] || found[0] == DVG_PRESENCE_DANGLING))
        return compare_types(running, found, error);
    *both = true;
    return DVG_OK;
}
