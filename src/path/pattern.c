/*
 * pattern: see pattern.h. Parsing; matching is match.c.
 */
#include "path/pattern.h"

#include <string.h>

struct parse {
    const char *start, *at, *end;
    dvg_arena *arena;
    dvg_part parts[DVG_PATTERN_PARTS_MOST];
    size_t count;
    dvg_error *error;
    dvg_status status;
};

static bool fail(struct parse *p, const char *at, const char *what)
{
    p->status = dvg_fail(p->error, DVG_E_ARGUMENT, "%s (at character %zu of the pattern)", what,
                         (size_t)(at - p->start) + 1);
    return false;
}

static bool keep(struct parse *p, const char *text, size_t size, dvg_text *kept)
{
    kept->data = dvg_arena_copy(p->arena, text, size);
    kept->size = size;
    if (kept->data == NULL)
        p->status = dvg_fail_memory(p->error);
    return kept->data != NULL;
}

/* Append a part; NULL: there is no room. */
static dvg_part *add(struct parse *p, dvg_part_kind kind)
{
    if (p->count == DVG_PATTERN_PARTS_MOST) {
        fail(p, p->at, "too many parts");
        return NULL;
    }
    dvg_part *part = &p->parts[p->count++];
    memset(part, 0, sizeof *part);
    part->kind = kind;
    part->index = UINT64_MAX;
    return part;
}

/* ---- numbers */

/* A position: digits without a leading zero, within 64 bits. */
static bool read_index(const char *text, size_t size, uint64_t *index)
{
    uint64_t sum = 0;
    if (size == 0 || size > 19 || (text[0] == '0' && size > 1))
        return false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        sum = sum * 10 + (uint64_t)(text[i] - '0');
    }
    *index = sum;
    return true;
}

/* ---- brackets */

/* A text in quotes at `at`, in which a backslash takes the next character as it is. */
static bool read_quoted(struct parse *p, dvg_text *text)
{
    const char *opening = p->at++;
    char *copy = dvg_arena_get(p->arena, (size_t)(p->end - opening));
    size_t size = 0;
    if (copy == NULL) {
        p->status = dvg_fail_memory(p->error);
        return false;
    }
    while (p->at < p->end && *p->at != '"') {
        p->at += *p->at == '\\' && p->at + 1 < p->end;
        copy[size++] = *p->at++;
    }
    if (p->at == p->end)
        return fail(p, opening, "a quote that is not closed");
    p->at++;
    *text = (dvg_text){copy, size};
    return true;
}

static bool read_key(struct parse *p, const char *equals, const char *bracket)
{
    dvg_part *part = add(p, DVG_PART_KEY);
    if (part == NULL)
        return false;
    if (equals == p->at)
        return fail(p, p->at, "the name of a key is expected before '='");
    if (!keep(p, p->at, (size_t)(equals - p->at), &part->field))
        return false;
    p->at = equals + 1;
    if (p->at < p->end && *p->at == '"')
        return read_quoted(p, &part->text);
    const char *value = p->at;
    p->at = bracket;
    return keep(p, value, (size_t)(bracket - value), &part->text);
}

/* What stands between '[' and ']'; ends behind it. */
static bool read_inside(struct parse *p)
{
    const char *bracket = memchr(p->at, ']', (size_t)(p->end - p->at));
    const char *equals = memchr(p->at, '=', (size_t)(p->end - p->at));
    dvg_part *part;
    if (p->at < p->end && *p->at == '"') {
        part = add(p, DVG_PART_NAME);
        return part != NULL && read_quoted(p, &part->text);
    }
    if (bracket == NULL)
        return fail(p, p->at, "']' is missing");
    if (bracket - p->at == 1 && *p->at == '*') {
        p->at++;
        return add(p, DVG_PART_ELEMENT) != NULL;
    }
    if (equals != NULL && equals < bracket)
        return read_key(p, equals, bracket);
    part = add(p, DVG_PART_INDEX);
    if (part == NULL)
        return false;
    if (!read_index(p->at, (size_t)(bracket - p->at), &part->index))
        return fail(p, p->at,
                    "a position, *, key=value or a name in quotes is expected in brackets");
    p->at = bracket;
    return true;
}

static bool read_brackets(struct parse *p)
{
    p->at++;
    if (!read_inside(p))
        return false;
    if (p->at == p->end || *p->at != ']')
        return fail(p, p->at, "']' is expected");
    p->at++;
    return true;
}

/* ---- names */

static bool read_word(struct parse *p)
{
    const char *start = p->at;
    while (p->at < p->end && *p->at != '.' && *p->at != '[')
        p->at++;
    size_t size = (size_t)(p->at - start);
    if (size == 0)
        return fail(p, start, "a name is expected");
    if (size <= 2 && memcmp(start, "**", size) == 0)
        return add(p, size == 1 ? DVG_PART_MEMBER : DVG_PART_DEPTH) != NULL;
    for (const char *at = start; at < p->at; at++)
        if (*at == '*' || *at == ']' || *at == '"')
            return fail(p, at,
                        *at == '*' ? "'*' and '**' stand alone; a name that holds one is "
                                     "written [\"name\"]"
                                   : "a name that holds this character is written [\"name\"]");
    dvg_part *part = add(p, DVG_PART_NAME);
    return part != NULL && keep(p, start, size, &part->text);
}

static bool read_parts(struct parse *p)
{
    bool joined = true; /* a name may follow */
    while (p->at < p->end) {
        if (*p->at == '[') {
            if (!read_brackets(p))
                return false;
            joined = false;
            continue;
        }
        if (!joined && *p->at != '.')
            return fail(p, p->at, "'.' or '[' is expected");
        p->at += !joined;
        if (!read_word(p))
            return false;
        joined = false;
    }
    return true;
}

/* ---- pointers */

/* One token behind its slash, unescaped. */
static bool read_token(struct parse *p)
{
    dvg_part *part = add(p, DVG_PART_TOKEN);
    const char *start = ++p->at;
    while (p->at < p->end && *p->at != '/')
        p->at++;
    char *copy = dvg_arena_get(p->arena, (size_t)(p->at - start) + 1);
    size_t size = 0;
    if (part == NULL)
        return false;
    if (copy == NULL) {
        p->status = dvg_fail_memory(p->error);
        return false;
    }
    for (const char *at = start; at < p->at; at++) {
        if (*at == '~' && (at + 1 == p->at || (at[1] != '0' && at[1] != '1')))
            return fail(p, at, "in a JSON Pointer '~' is followed by 0 or 1");
        copy[size++] = *at != '~' ? *at : *++at == '0' ? '~' : '/';
    }
    part->text = (dvg_text){copy, size};
    read_index(start, (size_t)(p->at - start), &part->index);
    return true;
}

static bool read_pointer(struct parse *p)
{
    while (p->at < p->end)
        if (!read_token(p))
            return false;
    return true;
}

dvg_status dvg_pattern_parse(dvg_pattern *pattern, dvg_arena *arena, const char *text, size_t size,
                             dvg_error *error)
{
    struct parse p;
    memset(&p, 0, sizeof p);
    p.start = p.at = text;
    p.end = text + size;
    p.arena = arena;
    p.error = error;
    memset(pattern, 0, sizeof *pattern);
    if (!(size > 0 && text[0] == '/' ? read_pointer(&p) : read_parts(&p)))
        return p.status;
    dvg_part *parts = dvg_arena_get(arena, (p.count + 1) * sizeof *parts);
    if (parts == NULL)
        return dvg_fail_memory(error);
    memcpy(parts, p.parts, p.count * sizeof *parts);
    pattern->parts = parts;
    pattern->count = p.count;
    return DVG_OK;
}
