/*
 * glob: see glob.h. Two levels that work alike: parts against parts, where '**' is the wild card,
 * and within a part characters against characters, where '*' is. When something fails to match,
 * only the last wild card before it has to take more: whatever an earlier one could take instead
 * leaves a later wild card no choice that it does not have anyway.
 */
#include "path/glob.h"
#include "base/utf8.h"

#include <string.h>

/* One of the texts that are compared, and where in it. */
struct cursor {
    const char *at, *end;
};

/* The character at hand: U+110000 and more are bytes that are no UTF-8. */
static uint32_t take_character(struct cursor *text)
{
    uint32_t point;
    size_t size = dvg_utf8_decode(text->at, (size_t)(text->end - text->at), &point);
    if (size == 0)
        return 0x110000U + (unsigned char)*text->at++;
    text->at += size;
    return point;
}

/* A character of the pattern, which a backslash may stand before. */
static uint32_t take_literal(struct cursor *pattern)
{
    if (*pattern->at == '\\' && pattern->at + 1 < pattern->end)
        pattern->at++;
    return take_character(pattern);
}

/* ---- one part */

/* Step over a set, whose '[' is at hand. Is the character in it? False, too, if it has no end. */
static bool take_set(struct cursor *pattern, uint32_t character)
{
    bool in = false;
    pattern->at++;
    bool inverted = pattern->at < pattern->end && *pattern->at == '!';
    pattern->at += inverted;
    for (bool first = true; pattern->at < pattern->end; first = false) {
        if (*pattern->at == ']' && !first) {
            pattern->at++;
            return in != inverted;
        }
        uint32_t low = take_literal(pattern);
        uint32_t high = low;
        if (pattern->end - pattern->at > 1 && pattern->at[0] == '-' && pattern->at[1] != ']') {
            pattern->at++;
            high = take_literal(pattern);
        }
        in = in || (low <= character && character <= high);
    }
    return false;
}

/* Step over one character of both; the pattern's is no '*'. */
static bool take_both(struct cursor *pattern, struct cursor *text)
{
    uint32_t character = take_character(text);
    if (*pattern->at == '[')
        return take_set(pattern, character);
    if (*pattern->at != '?')
        return take_literal(pattern) == character;
    pattern->at++;
    return true;
}

/* Does a part of the pattern match a part of the text? */
static bool match_part(struct cursor pattern, struct cursor text)
{
    struct cursor retry[2] = {{NULL, NULL}, {NULL, NULL}}; /* behind the last '*' */
    for (;;) {
        if (pattern.at < pattern.end && *pattern.at == '*') {
            pattern.at++;
            retry[0] = pattern;
            retry[1] = text;
            continue;
        }
        if (pattern.at == pattern.end && text.at == text.end)
            return true;
        if (pattern.at < pattern.end && text.at < text.end && take_both(&pattern, &text))
            continue;
        if (retry[0].at == NULL || retry[1].at == retry[1].end)
            return false;
        take_character(&retry[1]);
        pattern = retry[0];
        text = retry[1];
    }
}

/* ---- parts */

/* Parts that are still to come. */
struct parts {
    struct cursor rest;
    bool more;
};

/* Take the next part, and the '/' behind it. False: there is none. */
static bool take_part(struct parts *parts, struct cursor *part)
{
    struct cursor *rest = &parts->rest;
    if (!parts->more)
        return false;
    const char *slash = memchr(rest->at, '/', (size_t)(rest->end - rest->at));
    part->at = rest->at;
    part->end = slash != NULL ? slash : rest->end;
    parts->more = slash != NULL;
    rest->at = slash != NULL ? slash + 1 : rest->end;
    return true;
}

static bool is_depth(struct cursor part)
{
    return part.end - part.at == 2 && memcmp(part.at, "**", 2) == 0;
}

bool dvg_glob_match(const char *pattern, size_t pattern_size, const char *text, size_t size)
{
    struct parts ours = {{pattern, pattern + pattern_size}, true};
    struct parts theirs = {{text, text + size}, true};
    struct parts retry[2] = {{{NULL, NULL}, false}, {{NULL, NULL}, false}}; /* behind a '**' */
    struct cursor part;
    struct cursor other;
    for (;;) {
        bool wanted = take_part(&ours, &part);
        if (wanted && is_depth(part)) {
            retry[0] = ours;
            retry[1] = theirs;
            continue;
        }
        bool found = take_part(&theirs, &other);
        if (!wanted && !found)
            return true;
        if (wanted && found && match_part(part, other))
            continue;
        if (!take_part(&retry[1], &other))
            return false;
        ours = retry[0];
        theirs = retry[1];
    }
}

/* ---- checking */

static dvg_status fail(dvg_error *error, const char *what, size_t at)
{
    return dvg_fail(error, DVG_E_ARGUMENT, "%s (at character %zu of the glob)", what, at + 1);
}

/* Step over a set, checking it. What is wrong with it; NULL: nothing. */
static const char *check_set(struct cursor *pattern)
{
    pattern->at++;
    pattern->at += pattern->at < pattern->end && *pattern->at == '!';
    for (bool first = true; pattern->at < pattern->end; first = false) {
        if (*pattern->at == ']' && !first) {
            pattern->at++;
            return NULL;
        }
        if (*pattern->at == '/')
            break;
        uint32_t low = take_literal(pattern);
        if (pattern->end - pattern->at > 1 && pattern->at[0] == '-' && pattern->at[1] != ']') {
            pattern->at++;
            if (take_literal(pattern) < low)
                return "a range that ends before it begins";
        }
    }
    return "a set that is not closed by ']'";
}

/* What is wrong with the character at hand, which is stepped over; NULL: nothing. */
static const char *check_character(struct cursor *pattern)
{
    switch (*pattern->at) {
    case '[':
        return check_set(pattern);
    case '{':
    case '}':
        return "alternatives in braces are not supported; a brace is written with '\\' before it";
    case '\\':
        if (pattern->end - pattern->at < 2 || pattern->at[1] == '/')
            return "a backslash with nothing behind it";
        pattern->at++;
        break;
    default:
        break;
    }
    take_character(pattern);
    return NULL;
}

static dvg_status check_part(struct cursor part, const char *start, dvg_error *error)
{
    const char *begin = part.at;
    if (part.at == part.end)
        return fail(error, "a path part is empty; names are relative, with one '/' between parts",
                    (size_t)(part.at - start));
    while (part.at < part.end && !is_depth((struct cursor){begin, part.end})) {
        const char *at = part.at;
        const char *wrong = part.end - at > 1 && at[0] == '*' && at[1] == '*'
                                ? "'**' stands alone between slashes"
                                : check_character(&part);
        if (wrong != NULL)
            return fail(error, wrong, (size_t)(at - start));
    }
    return DVG_OK;
}

dvg_status dvg_glob_check(const char *pattern, size_t pattern_size, dvg_error *error)
{
    struct parts parts = {{pattern, pattern + pattern_size}, true};
    struct cursor part;
    while (take_part(&parts, &part)) {
        dvg_status status = check_part(part, pattern, error);
        if (status != DVG_OK)
            return status;
    }
    return DVG_OK;
}

bool dvg_glob_is_wild(const char *pattern, size_t pattern_size)
{
    for (size_t i = 0; i < pattern_size; i++)
        if (strchr("*?[\\", pattern[i]) != NULL)
            return true;
    return false;
}
