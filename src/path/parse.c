/*
 * parse: see parse.h.
 */
#include "path/parse.h"

#include "path/pattern.h"

#include <string.h>

/* Where the reading of a path stands. */
struct parse {
    const char *at;
    const char *end;
    dvg_arena *arena;
    dvg_document *scratch;
    dvg_step *last; /* NULL: still at the root */
};

static dvg_step *add_step(struct parse *parse, dvg_step_kind kind)
{
    dvg_step *step = dvg_arena_get(parse->arena, sizeof *step);
    if (step == NULL)
        return NULL;
    memset(step, 0, sizeof *step);
    step->kind = kind;
    step->parent = parse->last;
    parse->last = step;
    return step;
}

/* A text as a value; false: out of memory. */
static bool set_value(struct parse *parse, dvg_step *step, dvg_type type, const char *text,
                      size_t size)
{
    step->value = dvg_document_scalar(parse->scratch, parse->arena, type, text, size);
    return step->value.cell != NULL;
}

static bool add_member(struct parse *parse, const char *name, size_t size)
{
    dvg_step *step = add_step(parse, DVG_STEP_MEMBER);
    return step != NULL && set_value(parse, step, DVG_STRING, name, size);
}

/* A name up to the next dot or bracket. */
static bool read_name(struct parse *parse)
{
    const char *start = parse->at;
    while (parse->at < parse->end && *parse->at != '.' && *parse->at != '[')
        parse->at++;
    return add_member(parse, start, (size_t)(parse->at - start));
}

/* The bracket that closes what begins at `start`: the first one behind which the path ends or goes
 * on, since a key may hold brackets. NULL: there is none. */
static const char *find_close(const struct parse *parse, const char *start)
{
    for (const char *at = start; at < parse->end; at++)
        if (*at == ']' && (at + 1 == parse->end || at[1] == '.' || at[1] == '['))
            return at;
    return NULL;
}

/* Is it an integer of JSON's grammar? */
static bool is_integer(const char *text, size_t size)
{
    size_t at = size > 0 && text[0] == '-' ? 1 : 0;
    if (at == size || (text[at] == '0' && size - at > 1))
        return false;
    while (at < size && text[at] >= '0' && text[at] <= '9')
        at++;
    return at == size;
}

static bool is_quoted(const char *text, size_t size)
{
    return size >= 2 && text[0] == '"' && text[size - 1] == '"';
}

/* "field=key" without its brackets. */
static bool add_keyed(struct parse *parse, const char *text, size_t field, size_t size)
{
    const char *key = text + field + 1;
    size_t key_size = size - field - 1;
    dvg_step *step = add_step(parse, DVG_STEP_KEYED);
    if (step == NULL)
        return false;
    step->field = dvg_arena_copy(parse->arena, text, field);
    if (step->field == NULL)
        return false;
    if (is_quoted(key, key_size))
        return set_value(parse, step, DVG_STRING, key + 1, key_size - 2);
    return set_value(parse, step, is_integer(key, key_size) ? DVG_INTEGER : DVG_STRING, key,
                     key_size);
}

static bool add_index(struct parse *parse, const char *text, size_t size)
{
    uint64_t index = 0;
    dvg_step *step = add_step(parse, DVG_STEP_INDEX);
    for (size_t i = 0; i < size && index < UINT32_MAX; i++)
        index = index * 10 + (uint64_t)(text[i] - '0');
    if (step != NULL) {
        step->index[0] = index;
        step->index[1] = index;
    }
    return step != NULL;
}

static dvg_status fail(const struct parse *parse, const char *text, dvg_error *error)
{
    return dvg_fail(error, DVG_E_ARGUMENT,
                    "\"%.*s\" is no path, from byte %zu on: expected a.b[3].c, list[key=value] or "
                    "a[\"odd.name\"]",
                    (int)(parse->end - text < 200 ? parse->end - text : 200), text,
                    (size_t)(parse->at - text));
}

/* What stands in brackets; false: out of memory. `*good` false: it is nothing known. */
static bool read_bracket(struct parse *parse, bool *good)
{
    const char *start = parse->at + 1;
    const char *close = find_close(parse, start);
    size_t size = close == NULL ? 0 : (size_t)(close - start);
    const char *equals = memchr(start, '=', size);
    *good = size > 0;
    if (!*good)
        return true;
    parse->at = close + 1;
    if (is_quoted(start, size))
        return add_member(parse, start + 1, size - 2);
    if (is_integer(start, size) && start[0] != '-')
        return add_index(parse, start, size);
    if (equals != NULL && equals > start)
        return add_keyed(parse, start, (size_t)(equals - start), size);
    parse->at = start - 1;
    *good = false;
    return true;
}

/* ---- patterns that name one place */

static bool is_literal(const dvg_pattern *pattern)
{
    bool literal = true;
    for (size_t i = 0; i < pattern->count; i++)
        literal = literal && pattern->parts[i].kind != DVG_PART_MEMBER &&
                  pattern->parts[i].kind != DVG_PART_DEPTH &&
                  pattern->parts[i].kind != DVG_PART_ELEMENT;
    return literal;
}

static dvg_type type_of_literal(dvg_text text)
{
    if (is_integer(text.data, text.size))
        return DVG_INTEGER;
    return text.size == 0 || strchr("tfn", text.data[0]) == NULL ? DVG_REAL
           : text.data[0] == 'n'                                 ? DVG_NULL
           : text.data[0] == 't'                                 ? DVG_TRUE
                                                                 : DVG_FALSE;
}

static bool take_key(struct parse *parse, const dvg_part *part)
{
    dvg_step *step = add_step(parse, DVG_STEP_KEYED);
    if (step == NULL)
        return false;
    step->field = dvg_arena_copy(parse->arena, part->field.data, part->field.size);
    dvg_type type = part->key == DVG_KEY_LITERAL ? type_of_literal(part->text) : DVG_STRING;
    if (part->key == DVG_KEY_TEXT && is_integer(part->text.data, part->text.size))
        type = DVG_INTEGER;
    return step->field != NULL && set_value(parse, step, type, part->text.data, part->text.size);
}

static bool take_position(struct parse *parse, const dvg_part *part)
{
    dvg_step *step = add_step(parse, DVG_STEP_INDEX);
    if (step == NULL)
        return false;
    step->index[0] = part->where == DVG_WHERE_RIGHT ? UINT64_MAX : part->index;
    step->index[1] = part->where == DVG_WHERE_LEFT   ? UINT64_MAX
                     : part->where == DVG_WHERE_BOTH ? part->right
                                                     : part->index;
    return part->kind != DVG_PART_TOKEN ||
           set_value(parse, step, DVG_STRING, part->text.data, part->text.size);
}

/* False: out of memory. */
static bool take_parts(struct parse *parse, const dvg_pattern *pattern)
{
    bool memory = true;
    for (size_t i = 0; i < pattern->count && memory; i++) {
        const dvg_part *part = &pattern->parts[i];
        if (part->kind == DVG_PART_KEY)
            memory = take_key(parse, part);
        else if (part->index != UINT64_MAX)
            memory = take_position(parse, part);
        else
            memory = add_member(parse, part->text.data, part->text.size);
    }
    return memory;
}

/* ---- the text that reports print */

static dvg_status read_text(dvg_step **last, const char *text, size_t size, dvg_arena *arena,
                            dvg_document *scratch, dvg_error *error)
{
    struct parse parse = {text, text + size, arena, scratch, NULL};
    bool memory = true;
    bool good = true;
    if (size > 0 && text[0] != '[')
        memory = read_name(&parse);
    while (memory && good && parse.at < parse.end) {
        if (*parse.at == '[') {
            memory = read_bracket(&parse, &good);
        } else if (*parse.at == '.') {
            parse.at++;
            memory = read_name(&parse);
        } else {
            good = false;
        }
    }
    *last = parse.last;
    if (!memory)
        return dvg_fail_memory(error);
    return good ? DVG_OK : fail(&parse, text, error);
}

/* What is no pattern, or means many places as one, may still be the text of a place. */
dvg_status dvg_path_parse(dvg_step **last, const char *text, size_t size, dvg_arena *arena,
                          dvg_document *scratch, dvg_error *error)
{
    dvg_pattern pattern;
    struct parse parse = {text, text + size, arena, scratch, NULL};
    dvg_status status = dvg_pattern_parse(&pattern, arena, text, size, NULL);
    if (status == DVG_E_MEMORY)
        return dvg_fail_memory(error);
    if (status != DVG_OK || !is_literal(&pattern))
        return read_text(last, text, size, arena, scratch, error);
    if (!take_parts(&parse, &pattern))
        return dvg_fail_memory(error);
    *last = parse.last;
    return DVG_OK;
}
