/*
 * matching: see matching.h. A part of a key is a pattern that holds names only.
 */
#include "rules/matching.h"
#include "path/pattern.h"

#include <string.h>

const char *const dvg_matching_names[DVG_MATCH_COUNT + 1] = {
    "infer", "position", "sequence", "key", "multiset", "best", NULL};

bool dvg_matching_find(const char *name, dvg_matching *matching)
{
    for (int i = 0; i < DVG_MATCH_COUNT; i++) {
        if (strcmp(dvg_matching_names[i], name) == 0) {
            *matching = (dvg_matching)i;
            return true;
        }
    }
    return false;
}

static dvg_status keep_names(dvg_key_part *part, const dvg_pattern *pattern, dvg_arena *arena,
                             dvg_error *error)
{
    dvg_text *kept = dvg_arena_get(arena, pattern->count * sizeof *kept);
    if (kept == NULL)
        return dvg_fail_memory(error);
    for (size_t i = 0; i < pattern->count; i++) {
        if (pattern->parts[i].kind != DVG_PART_NAME)
            return dvg_fail(error, DVG_E_ARGUMENT,
                            "\"%.100s\" is no key: it takes names of members", part->shown);
        kept[i] = pattern->parts[i].text;
    }
    part->names = kept;
    part->count = pattern->count;
    return DVG_OK;
}

static dvg_status parse_part(dvg_key_part *part, dvg_arena *arena, dvg_text text, dvg_error *error)
{
    dvg_pattern pattern;
    part->shown = dvg_arena_copy(arena, text.data, text.size);
    if (part->shown == NULL)
        return dvg_fail_memory(error);
    if (text.size == 0)
        return dvg_fail(error, DVG_E_ARGUMENT, "a key names a member");
    dvg_status status = dvg_pattern_parse(&pattern, arena, part->shown, text.size, error);
    return status == DVG_OK ? keep_names(part, &pattern, arena, error) : status;
}

dvg_status dvg_key_parse(const dvg_key **key, dvg_arena *arena, const dvg_text *texts, size_t count,
                         dvg_error *error)
{
    dvg_key *made = dvg_arena_get(arena, sizeof *made);
    dvg_key_part *parts = dvg_arena_get(arena, (count + 1) * sizeof *parts);
    dvg_status status = DVG_OK;
    if (made == NULL || parts == NULL)
        return dvg_fail_memory(error);
    for (size_t i = 0; i < count && status == DVG_OK; i++)
        status = parse_part(&parts[i], arena, texts[i], error);
    if (status != DVG_OK)
        return status;
    made->parts = parts;
    made->count = count;
    *key = made;
    return DVG_OK;
}

/* Where the part that begins at `at` ends; a comma within quotes is part of a name. */
static size_t find_comma(const char *text, size_t size, size_t at)
{
    bool quoted = false;
    for (; at < size && (quoted || text[at] != ','); at++) {
        if (quoted && text[at] == '\\' && at + 1 < size)
            at++;
        else if (text[at] == '"')
            quoted = !quoted;
    }
    return at;
}

size_t dvg_key_split(const char *text, size_t size, dvg_text parts[DVG_KEY_PARTS_MOST])
{
    size_t count = 0;
    size_t at = 0;
    for (bool more = true; more; at++) {
        size_t end = find_comma(text, size, at);
        if (end == at || count == DVG_KEY_PARTS_MOST)
            return 0;
        parts[count++] = (dvg_text){text + at, end - at};
        more = end < size;
        at = end;
    }
    return count;
}
