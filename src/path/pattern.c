/*
 * pattern: see pattern.h. Parsing; matching is match.c.
 */
#include "path/pattern.h"
#include "path/quote.h"

#include <string.h>

struct parse {
    const char *start, *at, *end;
    dvg_arena *arena;
    dvg_part *parts; /* in the arena */
    size_t count, capacity;
    bool deep;
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

/* Room for one more part. Outgrown ones stay in the arena, which costs as much again. */
static bool make_room(struct parse *p)
{
    if (p->count < p->capacity)
        return true;
    size_t capacity = p->capacity > 0 ? 2 * p->capacity : 8;
    dvg_part *parts = dvg_arena_get(p->arena, capacity * sizeof *parts);
    if (parts == NULL) {
        p->status = dvg_fail_memory(p->error);
        return false;
    }
    if (p->count > 0)
        memcpy(parts, p->parts, p->count * sizeof *parts);
    p->parts = parts;
    p->capacity = capacity;
    return true;
}

/* Append a part; NULL: there is no room. */
static dvg_part *add(struct parse *p, dvg_part_kind kind)
{
    p->deep = p->deep || kind == DVG_PART_DEPTH;
    if (p->deep && p->count >= DVG_PATTERN_PARTS_MOST) {
        fail(p, p->at, "too many parts beside \"**\"");
        return NULL;
    }
    if (!make_room(p))
        return NULL;
    dvg_part *part = &p->parts[p->count++];
    memset(part, 0, sizeof *part);
    part->kind = kind;
    part->index = part->right = UINT64_MAX;
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

/* A text in quotes at `at`. */
static bool read_quoted(struct parse *p, dvg_text *text)
{
    char *copy = dvg_arena_get(p->arena, (size_t)(p->end - p->at));
    size_t size = 0;
    if (copy == NULL) {
        p->status = dvg_fail_memory(p->error);
        return false;
    }
    p->at++;
    const char *wrong = dvg_quote_read(&p->at, p->end, copy, &size);
    if (wrong != NULL)
        return fail(p, p->at, wrong);
    *text = (dvg_text){copy, size};
    return true;
}

/* What stands behind '=': a text in quotes, "=literal", or a text up to the bracket. */
static bool read_key_text(struct parse *p, dvg_part *part)
{
    if (p->at < p->end && *p->at == '"') {
        part->key = DVG_KEY_STRING;
        return read_quoted(p, &part->text);
    }
    const char *bracket = memchr(p->at, ']', (size_t)(p->end - p->at));
    if (bracket == NULL)
        return fail(p, p->at, "']' is missing");
    if (*p->at == '=') {
        part->key = DVG_KEY_LITERAL;
        p->at++;
    }
    const char *value = p->at;
    p->at = bracket;
    return keep(p, value, (size_t)(bracket - value), &part->text);
}

/* "key=value" whose first '=' stands at `equals`. */
static bool read_key(struct parse *p, const char *equals)
{
    dvg_part *part = add(p, DVG_PART_KEY);
    if (part == NULL)
        return false;
    if (equals == p->at)
        return fail(p, p->at, "the name of a key is expected before '='");
    if (!keep(p, p->at, (size_t)(equals - p->at), &part->field))
        return false;
    p->at = equals + 1;
    return read_key_text(p, part);
}

/* "name" or "name"=value. */
static bool read_quoted_part(struct parse *p)
{
    dvg_part *part = add(p, DVG_PART_NAME);
    if (part == NULL || !read_quoted(p, &part->text))
        return false;
    if (p->at == p->end || *p->at != '=')
        return true;
    part->kind = DVG_PART_KEY;
    part->field = part->text;
    p->at++;
    return read_key_text(p, part);
}

/* "3", "<3", ">3" or "3>5", up to the bracket. */
static bool read_position(struct parse *p, const char *bracket)
{
    dvg_part *part = add(p, DVG_PART_INDEX);
    if (part == NULL)
        return false;
    const char *start = p->at;
    const char *mark = memchr(start, '>', (size_t)(bracket - start));
    bool good;
    if (bracket > start && (*start == '<' || *start == '>')) {
        part->where = *start == '<' ? DVG_WHERE_LEFT : DVG_WHERE_RIGHT;
        good = read_index(start + 1, (size_t)(bracket - start) - 1, &part->index);
    } else if (mark != NULL) {
        part->where = DVG_WHERE_BOTH;
        good = read_index(start, (size_t)(mark - start), &part->index) &&
               read_index(mark + 1, (size_t)(bracket - mark) - 1, &part->right);
    } else {
        good = read_index(start, (size_t)(bracket - start), &part->index);
    }
    p->at = bracket;
    return good ||
           fail(p, start, "a position, *, key=value or a name in quotes is expected in brackets");
}

/* What stands between '[' and ']'; ends before the latter. */
static bool read_inside(struct parse *p)
{
    const char *bracket = memchr(p->at, ']', (size_t)(p->end - p->at));
    const char *equals = memchr(p->at, '=', (size_t)(p->end - p->at));
    if (p->at < p->end && *p->at == '"')
        return read_quoted_part(p);
    if (bracket == NULL)
        return fail(p, p->at, "']' is missing");
    if (bracket - p->at == 1 && *p->at == '*') {
        p->at++;
        return add(p, DVG_PART_ELEMENT) != NULL;
    }
    return equals != NULL && equals < bracket ? read_key(p, equals) : read_position(p, bracket);
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
    pattern->parts = p.parts;
    pattern->count = p.count;
    pattern->deep = p.deep;
    return DVG_OK;
}
