/*
 * elements: see elements.h. Knows as much of Lua as separates elements: strings, comments,
 * brackets.
 */
#include "script/elements.h"

#include <stdbool.h>
#include <string.h>

static bool is_blank(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

/* Behind the long bracket at `at`, "[[...]]" or "[=[...]=]"; NULL: there is none. */
static const char *skip_long(const char *at, const char *end)
{
    const char *mark = at + 1;
    if (at >= end || *at != '[')
        return NULL;
    while (mark < end && *mark == '=')
        mark++;
    if (mark == end || *mark != '[')
        return NULL;
    size_t level = (size_t)(mark - at);
    for (at = mark + 1; (size_t)(end - at) > level; at++)
        if (at[0] == ']' && at[level] == ']' && memcmp(at + 1, mark - level + 1, level - 1) == 0)
            return at + level + 1;
    return end;
}

/* Behind the text in quotes at `at`. */
static const char *skip_quoted(const char *at, const char *end)
{
    char quote = *at++;
    while (at < end && *at != quote)
        at += *at == '\\' && at + 1 < end ? 2 : 1;
    return at < end ? at + 1 : end;
}

static const char *skip_comment(const char *at, const char *end)
{
    const char *behind = skip_long(at + 2, end);
    if (behind != NULL)
        return behind;
    behind = memchr(at, '\n', (size_t)(end - at));
    return behind != NULL ? behind + 1 : end;
}

/* Behind blanks and comments. */
static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end) {
        if (is_blank(*at))
            at++;
        else if (end - at > 1 && at[0] == '-' && at[1] == '-')
            at = skip_comment(at, end);
        else
            break;
    }
    return at;
}

/* Behind the token at `at`, which is no blank; `*depth` follows brackets. */
static const char *skip_token(const char *at, const char *end, int *depth)
{
    const char *behind = skip_long(at, end);
    if (behind != NULL)
        return behind;
    if (*at == '"' || *at == '\'')
        return skip_quoted(at, end);
    if (*at == '{' || *at == '(' || *at == '[')
        ++*depth;
    else if (*at == '}' || *at == ')' || *at == ']')
        --*depth;
    return at + 1;
}

const char *dvg_element_find(const char *at, const char *end, size_t number)
{
    int depth = 1;
    while (at < end && (is_blank(*at) || *at == '"' || *at == '\'' || *at == ']' || *at == '='))
        at++;
    if (at == end || *at != '{')
        return NULL;
    at = skip_blanks(at + 1, end);
    while (at < end && depth > 0 && number > 1) {
        number -= depth == 1 && (*at == ',' || *at == ';');
        at = skip_blanks(skip_token(at, end, &depth), end);
    }
    return at < end && depth > 0 && *at != '}' ? at : NULL;
}
