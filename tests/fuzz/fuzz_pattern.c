/*
 * fuzz_pattern: byte 0 is a choice; then a pattern up to the first 0xFF byte, and behind it a
 * document (even choice) or file names, one a line (odd choice, for globs). Checks: what is a
 * pattern, and what it matches, leads on to and ends in, is what a literal parser and a table of
 * all places say for every node of the document; the pattern of a place matches the place; globs
 * match as a table of all their parts and characters says.
 */
#include "base/utf8.h"
#include "fuzz/oracle.h"
#include "path/glob.h"
#include "path/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PARTS_MOST = 400, STEPS_MOST = 64, NODES_MOST = 400, GLOB_MOST = 60 };

/* ---- a literal parser */

struct part {
    enum {
        NAME,
        MEMBER,
        DEPTH,
        ELEMENT,
        INDEX,
        LEFT,
        RIGHT,
        BOTH,
        KEY,
        STRING,
        LITERAL,
        TOKEN
    } kind;
    char text[300], field[300];
    size_t size, field_size;
};

struct list {
    struct part parts[PARTS_MOST];
    size_t count;
};

static struct part *add_part(struct list *list, int kind)
{
    struct part *part = &list->parts[list->count++];
    memset(part, 0, sizeof *part);
    part->kind = (unsigned)kind;
    return part;
}

static void add_character(struct part *part, char c) { part->text[part->size++] = c; }

/* Digits as the number that they are, if they are written as numbers are. */
static bool is_position(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return size > 0 && size < 20 && (size == 1 || text[0] != '0');
}

static int digit_of(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c == '\0' ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c);
    return found == NULL ? -1 : (int)(found - digits);
}

/* That many digits at `at`; -1: there are fewer. */
static long hex_at(const char *text, size_t at, size_t size, size_t count)
{
    long number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= size || digit_of(text[i]) < 0)
            return -1;
        number = number * 16 + digit_of(text[i]);
    }
    return number;
}

static void add_point(struct part *part, long point)
{
    char bytes[4];
    size_t length = dvg_utf8_encode(bytes, (uint32_t)point);
    for (size_t i = 0; i < length; i++)
        add_character(part, bytes[i]);
}

/* What stands behind a backslash at `at`; its last character, SIZE_MAX: it is no escape. */
static size_t parse_escape(struct part *part, const char *text, size_t at, size_t size)
{
    static const char letters[] = "bfnrt", controls[] = "\b\f\n\r\t";
    long number = text[at] == 'x'   ? hex_at(text, at + 1, size, 2)
                  : text[at] == 'u' ? hex_at(text, at + 1, size, 4)
                                    : -1;
    long low = number >= 0xd800 && number < 0xdc00 && at + 6 < size && text[at + 5] == '\\' &&
                       text[at + 6] == 'u'
                   ? hex_at(text, at + 7, size, 4)
                   : -1;
    char lower = (char)(text[at] | 32);
    if (text[at] == 'x' && number >= 0) {
        add_character(part, (char)number);
        return at + 2;
    }
    if (number >= 0 && low >= 0xdc00 && low < 0xe000) {
        add_point(part, 0x10000 + (number - 0xd800) * 1024 + low - 0xdc00);
        return at + 10;
    }
    if (number >= 0) {
        add_point(part, number);
        return at + 4;
    }
    if (text[at] != '\0' && strchr(letters, text[at]) != NULL) {
        add_character(part, controls[strchr(letters, text[at]) - letters]);
        return at;
    }
    if ((lower >= 'a' && lower <= 'z' && text[at] >= 'A') || (text[at] >= '0' && text[at] <= '9'))
        return SIZE_MAX;
    add_character(part, text[at]);
    return at;
}

/* From an opening quote to behind the closing one; SIZE_MAX: there is none, or a wrong escape. */
static size_t parse_quoted(struct part *part, const char *text, size_t at, size_t size)
{
    part->size = 0;
    for (at++; at < size; at++) {
        if (text[at] == '"')
            return at + 1;
        if (text[at] == '\\' && at + 1 < size)
            at = parse_escape(part, text, at + 1, size);
        else
            add_character(part, text[at]);
        if (at == SIZE_MAX)
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

/* What stands behind the first '=' in brackets, at `at`; behind the closing bracket. */
static size_t parse_key(struct part *part, const char *text, size_t at, size_t size)
{
    part->kind = KEY;
    part->size = 0;
    if (at < size && text[at] == '"') {
        part->kind = STRING;
        at = parse_quoted(part, text, at, size);
        return at < size && text[at] == ']' ? at + 1 : SIZE_MAX;
    }
    if (at < size && text[at] == '=') {
        part->kind = LITERAL;
        at++;
    }
    while (at < size && text[at] != ']')
        add_character(part, text[at++]);
    return at < size ? at + 1 : SIZE_MAX;
}

/* "3", "<3", ">3" or "3>5". */
static bool parse_position(struct part *part, const char *text, size_t size)
{
    const char *mark = memchr(text, '>', size);
    part->kind = INDEX;
    if (size > 0 && (text[0] == '<' || text[0] == '>')) {
        part->kind = text[0] == '<' ? LEFT : RIGHT;
        text++;
        size--;
    } else if (mark != NULL) {
        part->kind = BOTH;
        part->field_size = size - (size_t)(mark - text) - 1;
        memcpy(part->field, mark + 1, part->field_size);
        size = (size_t)(mark - text);
        if (!is_position(part->field, part->field_size))
            return false;
    }
    part->size = size;
    memcpy(part->text, text, size);
    return is_position(part->text, part->size);
}

/* From an opening bracket to behind the closing one; SIZE_MAX: wrong. */
static size_t parse_bracket(struct list *list, const char *text, size_t at, size_t size)
{
    struct part *part = add_part(list, NAME);
    size_t end = ++at;
    if (at < size && text[at] == '"') {
        end = parse_quoted(part, text, at, size);
        if (end < size && text[end] == '=') {
            memcpy(part->field, part->text, part->size);
            part->field_size = part->size;
            return parse_key(part, text, end + 1, size);
        }
        return end < size && text[end] == ']' ? end + 1 : SIZE_MAX;
    }
    while (end < size && text[end] != ']')
        end++;
    if (end == size)
        return SIZE_MAX;
    size_t equals = at;
    while (equals < end && text[equals] != '=')
        equals++;
    if (end - at == 1 && text[at] == '*') {
        part->kind = ELEMENT;
        return end + 1;
    }
    if (equals == end)
        return parse_position(part, text + at, end - at) ? end + 1 : SIZE_MAX;
    part->field_size = equals - at;
    memcpy(part->field, text + at, equals - at);
    return part->field_size == 0 ? SIZE_MAX : parse_key(part, text, equals + 1, size);
}

static size_t parse_word(struct list *list, const char *text, size_t at, size_t size)
{
    struct part *part = add_part(list, NAME);
    while (at < size && text[at] != '.' && text[at] != '[')
        add_character(part, text[at++]);
    if (part->size == 0)
        return SIZE_MAX;
    if (strcmp(part->text, "*") == 0 && part->size == 1)
        part->kind = MEMBER;
    else if (strcmp(part->text, "**") == 0 && part->size == 2)
        part->kind = DEPTH;
    else if (memchr(part->text, '*', part->size) != NULL ||
             memchr(part->text, ']', part->size) != NULL ||
             memchr(part->text, '"', part->size) != NULL)
        return SIZE_MAX;
    return at;
}

static bool parse_pointer(struct list *list, const char *text, size_t size)
{
    struct part *part = NULL;
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '/') {
            part = add_part(list, TOKEN);
        } else if (text[i] != '~') {
            add_character(part, text[i]);
        } else {
            if (i + 1 == size || (text[i + 1] != '0' && text[i + 1] != '1'))
                return false;
            add_character(part, text[++i] == '0' ? '~' : '/');
            part->field_size = 1; /* it was escaped: no number */
        }
    }
    return true;
}

static bool parse(struct list *list, const char *text, size_t size)
{
    list->count = 0;
    if (size > 0 && text[0] == '/')
        return parse_pointer(list, text, size);
    for (size_t at = 0; at < size;) {
        if (text[at] == '[')
            at = parse_bracket(list, text, at, size);
        else if (at == 0)
            at = parse_word(list, text, at, size);
        else
            at = text[at] == '.' ? parse_word(list, text, at + 1, size) : SIZE_MAX;
        if (at == SIZE_MAX)
            return false;
    }
    return true;
}

/* ---- a table of all places */

static bool is_text(const struct part *part, dvg_text text)
{
    return oracle_same_text((dvg_text){part->text, part->size}, text);
}

static bool takes(const struct part *part, const dvg_step *step)
{
    char number[30];
    dvg_buffer key;
    bool member = step->kind == DVG_STEP_MEMBER;
    dvg_text name = member ? dvg_value_text(step->value) : (dvg_text){"", 0};
    int length = snprintf(number, sizeof number, "%llu", (unsigned long long)step->index[0]);
    dvg_text index = {number, (size_t)length};
    switch (part->kind) {
    case NAME:
        return member && is_text(part, name);
    case MEMBER:
        return member;
    case DEPTH:
        return true;
    case ELEMENT:
        return !member;
    case INDEX:
        return !member && is_text(part, index);
    case BOTH: /* both positions of a step are one here */
        return !member && is_text(part, index) && part->field_size == index.size &&
               memcmp(part->field, index.data, index.size) == 0;
    case LEFT:
    case RIGHT:
        return false;
    case TOKEN:
        return member ? is_text(part, name)
                      : part->field_size == 0 && is_position(part->text, part->size) &&
                            is_text(part, index);
    case KEY:
    case STRING:
    case LITERAL:
        break;
    }
    bool string = dvg_value_type(step->value) == DVG_STRING;
    if ((part->kind == STRING && !string) || (part->kind == LITERAL && string))
        return false;
    if (step->kind != DVG_STEP_KEYED || part->field_size != strlen(step->field) ||
        memcmp(part->field, step->field, part->field_size) != 0)
        return false;
    dvg_buffer_init(&key, plain_allocator());
    if (part->kind == LITERAL) {
        static const char *const words[] = {"", "null", "false", "true"};
        dvg_type type = dvg_value_type(step->value);
        if (type < DVG_INTEGER)
            dvg_buffer_add_text(&key, words[type]);
        else
            dvg_buffer_add(&key, dvg_value_text(step->value).data,
                           dvg_value_text(step->value).size);
    } else {
        dvg_key_render(&key, step->value);
    }
    bool same = is_text(part, (dvg_text){key.size > 0 ? key.data : "", key.size});
    dvg_buffer_clear(&key);
    return same;
}

/* Can parts before `i` take the first `j` steps? Filled in for all; the last column is told. */
static void fill_table(const struct list *list, const dvg_step *const *steps, size_t count,
                       bool table[PARTS_MOST + 1][STEPS_MOST + 1])
{
    for (size_t i = 0; i <= list->count; i++) {
        for (size_t j = 0; j <= count; j++) {
            bool reached = i == 0 && j == 0;
            const struct part *before = i > 0 ? &list->parts[i - 1] : NULL;
            if (before != NULL && before->kind == DEPTH)
                reached = table[i - 1][j] || (j > 0 && table[i][j - 1]);
            else if (before != NULL && j > 0)
                reached = table[i - 1][j - 1] && takes(before, steps[j - 1]);
            table[i][j] = reached;
        }
    }
}

struct tails {
    dvg_text wanted;
    bool told;
};

static bool on_tail(void *payload, const char *text, size_t size)
{
    struct tails *tails = payload;
    tails->told = tails->told || oracle_same_text(tails->wanted, (dvg_text){text, size});
    return true;
}

/* The last part of the path is among those that the pattern tells of; keys with dots are another
 * matter. */
static void check_tails(const dvg_pattern *pattern, const dvg_step *last)
{
    dvg_buffer path;
    struct tails tails = {{"", 0}, false};
    dvg_buffer_init(&path, plain_allocator());
    for (const dvg_step *step = last; step != NULL; step = step->parent) {
        if (step->kind != DVG_STEP_KEYED)
            continue;
        dvg_key_render(&path, step->value);
        if (path.size > 0 && memchr(path.data, '.', path.size) != NULL) {
            dvg_buffer_clear(&path);
            return;
        }
    }
    path.size = 0;
    dvg_path_render(&path, last, plain_allocator());
    tails.wanted = oracle_bare((dvg_text){path.size > 0 ? path.data : "", path.size});
    bool complete = dvg_pattern_tails(pattern, false, on_tail, &tails);
    REQUIRE(!complete || tails.told);
    dvg_buffer_clear(&path);
}

/* Both patterns that are made of a place match it; of any number of steps. */
static void check_shape(const dvg_step *last,
                        void (*render)(dvg_buffer *, const dvg_step *, const dvg_allocator *))
{
    dvg_buffer text;
    dvg_arena arena;
    dvg_pattern pattern;
    bool failed = false;
    dvg_buffer_init(&text, plain_allocator());
    dvg_arena_init(&arena, plain_allocator());
    render(&text, last, plain_allocator());
    const char *shape = dvg_buffer_string(&text);
    REQUIRE(dvg_pattern_parse(&pattern, &arena, shape, text.size, NULL) == DVG_OK);
    REQUIRE(dvg_pattern_match(&pattern, last, plain_allocator(), &failed) && !failed);
    dvg_arena_clear(&arena);
    dvg_buffer_clear(&text);
}

struct nodes {
    const dvg_pattern *pattern; /* NULL: it is none */
    const struct list *list;
    const dvg_step *steps[STEPS_MOST];
    size_t depth, seen;
};

static void check_node(const struct nodes *nodes)
{
    static bool table[PARTS_MOST + 1][STEPS_MOST + 1];
    const dvg_step *last = nodes->depth > 0 ? nodes->steps[nodes->depth - 1] : NULL;
    bool failed = false, leads = false;
    check_shape(last, dvg_pattern_render);
    check_shape(last, dvg_path_quoted);
    if (nodes->pattern == NULL)
        return;
    fill_table(nodes->list, nodes->steps, nodes->depth, table);
    bool matched = dvg_pattern_match(nodes->pattern, last, plain_allocator(), &failed);
    REQUIRE(matched == table[nodes->list->count][nodes->depth]);
    for (size_t i = 0; i <= nodes->list->count; i++)
        leads = leads || table[i][nodes->depth];
    REQUIRE(leads == dvg_pattern_leads_on(nodes->pattern, last, plain_allocator(), &failed));
    REQUIRE(!failed);
    if (matched)
        check_tails(nodes->pattern, last);
}

/* Elements of arrays that are called "k" have keys. */
static void visit(struct nodes *nodes, dvg_value value, bool keyed)
{
    dvg_step step;
    check_node(nodes);
    dvg_value at = dvg_value_first(value);
    bool object = dvg_value_type(value) == DVG_OBJECT;
    if (nodes->depth == STEPS_MOST)
        return;
    for (uint64_t i = 0; i < dvg_value_count(value) && ++nodes->seen < NODES_MOST; i++) {
        memset(&step, 0, sizeof step);
        step.parent = nodes->depth > 0 ? nodes->steps[nodes->depth - 1] : NULL;
        step.kind = object ? DVG_STEP_MEMBER : DVG_STEP_INDEX;
        step.index[0] = step.index[1] = i;
        if (object) {
            step.value = at;
            at = dvg_value_next(at);
        } else if (keyed && dvg_value_type(at) == DVG_OBJECT) {
            step.kind = DVG_STEP_KEYED;
            step.field = "id";
            step.value = dvg_value_member(at, "id", 2);
            if (dvg_value_type(step.value) >= DVG_ARRAY)
                step.value = dvg_value_absent();
        }
        nodes->steps[nodes->depth++] = &step;
        visit(nodes, at,
              object && oracle_same_text(dvg_value_text(step.value), (dvg_text){"k", 1}));
        nodes->depth--;
        if (i + 1 < dvg_value_count(value))
            at = dvg_value_next(at);
    }
}

static void check_pattern(dvg_text text, const uint8_t *data, size_t size)
{
    static struct list list;
    dvg_arena arena;
    dvg_pattern pattern;
    dvg_document document;
    dvg_reading reading;
    dvg_error error;
    dvg_error_clear(&error);
    dvg_arena_init(&arena, plain_allocator());
    dvg_reading_init(&reading);
    reading.depth = STEPS_MOST - 2;
    dvg_status status = dvg_pattern_parse(&pattern, &arena, text.data, text.size, &error);
    bool known = parse(&list, text.data, text.size);
    REQUIRE(status == DVG_OK || (status == DVG_E_ARGUMENT && error.message[0] != '\0'));
    bool deep = false;
    for (size_t i = 0; i < list.count; i++)
        deep = deep || list.parts[i].kind == DEPTH;
    REQUIRE((status == DVG_OK) == (known && (!deep || list.count <= DVG_PATTERN_PARTS_MOST)));
    struct nodes nodes = {status == DVG_OK ? &pattern : NULL, &list, {NULL}, 0, 0};
    if (oracle_read(&document, data, size, &reading, NULL) == DVG_OK)
        visit(&nodes, dvg_document_root(&document), false);
    dvg_document_clear(&document);
    dvg_arena_clear(&arena);
}

/* ---- globs */

/* A character, or 0x110000 and more for a byte that is none. */
static uint32_t character_at(dvg_text text, size_t at, size_t *size)
{
    uint32_t point = 0;
    *size = dvg_utf8_decode(text.data + at, text.size - at, &point);
    if (*size > 0)
        return point;
    *size = 1;
    return 0x110000U + (unsigned char)text.data[at];
}

/* What one character of a glob is: '*', '?', or a set of ranges, a literal being a small one. */
struct one {
    enum { ANY, SINGLE, SET } kind;
    uint32_t low[GLOB_MOST], high[GLOB_MOST];
    size_t count;
    bool inverted;
};

static uint32_t literal_at(dvg_text glob, size_t *at)
{
    size_t size;
    *at += glob.data[*at] == '\\';
    uint32_t character = character_at(glob, *at, &size);
    *at += size;
    return character;
}

static size_t list_ones(struct one *ones, dvg_text glob)
{
    size_t count = 0;
    for (size_t at = 0; at < glob.size;) {
        struct one *one = &ones[count++];
        memset(one, 0, sizeof *one);
        one->kind = glob.data[at] == '*' ? ANY : glob.data[at] == '?' ? SINGLE : SET;
        if (one->kind != SET) {
            at++;
        } else if (glob.data[at] != '[') {
            one->low[0] = one->high[0] = literal_at(glob, &at);
            one->count = 1;
        } else {
            at++;
            one->inverted = glob.data[at] == '!';
            at += one->inverted;
            do {
                one->low[one->count] = one->high[one->count] = literal_at(glob, &at);
                if (glob.data[at] == '-' && glob.data[at + 1] != ']') {
                    at++;
                    one->high[one->count] = literal_at(glob, &at);
                }
                one->count++;
            } while (glob.data[at] != ']');
            at++;
        }
    }
    return count;
}

static bool is_in(const struct one *one, uint32_t character)
{
    bool in = false;
    for (size_t i = 0; i < one->count; i++)
        in = in || (one->low[i] <= character && character <= one->high[i]);
    return one->kind == SINGLE || in != one->inverted;
}

/* One part of a checked glob against one part of a name. */
static bool part_matches(dvg_text glob, dvg_text name)
{
    static struct one ones[GLOB_MOST + 1];
    bool reached[GLOB_MOST + 2] = {true};
    size_t count = list_ones(ones, glob);
    for (size_t i = 0; i < count && ones[i].kind == ANY; i++)
        reached[i + 1] = true;
    for (size_t at = 0, size; at < name.size; at += size) {
        bool next[GLOB_MOST + 2] = {false};
        uint32_t character = character_at(name, at, &size);
        for (size_t i = 0; i < count; i++) {
            if (ones[i].kind == ANY)
                next[i] = next[i] || reached[i];
            else if (reached[i] && is_in(&ones[i], character))
                next[i + 1] = true;
        }
        for (size_t i = 0; i < count; i++)
            if (ones[i].kind == ANY && next[i])
                next[i + 1] = true;
        memcpy(reached, next, sizeof reached);
    }
    return reached[count];
}

static size_t split(dvg_text text, dvg_text *parts, size_t most)
{
    size_t count = 0, start = 0;
    for (size_t i = 0; i <= text.size && count < most; i++) {
        if (i < text.size && text.data[i] != '/')
            continue;
        parts[count++] = (dvg_text){text.data + start, i - start};
        start = i + 1;
    }
    return count;
}

static bool glob_matches(dvg_text glob, dvg_text name)
{
    dvg_text ours[GLOB_MOST + 1], theirs[301];
    static bool table[GLOB_MOST + 2][302];
    size_t count = split(glob, ours, GLOB_MOST + 1);
    size_t others = split(name, theirs, 301);
    for (size_t i = 0; i <= count; i++) {
        for (size_t j = 0; j <= others; j++) {
            table[i][j] = i == 0 && j == 0;
            if (i == 0)
                continue;
            if (oracle_same_text(ours[i - 1], (dvg_text){"**", 2}))
                table[i][j] = table[i - 1][j] || (j > 0 && table[i][j - 1]);
            else if (j > 0)
                table[i][j] = table[i - 1][j - 1] && part_matches(ours[i - 1], theirs[j - 1]);
        }
    }
    return table[count][others];
}

/* `literal` is the same text with a NUL behind it. */
static void check_glob(dvg_text glob, dvg_text literal, const uint8_t *data, size_t size)
{
    dvg_error error;
    dvg_error_clear(&error);
    dvg_status status = dvg_glob_check(glob.data, glob.size, &error);
    REQUIRE(status == DVG_OK || (status == DVG_E_ARGUMENT && error.message[0] != '\0'));
    dvg_text names = {(const char *)data, size};
    while (names.size > 0) {
        const char *end = memchr(names.data, '\n', names.size);
        dvg_text name = {names.data, end == NULL ? names.size : (size_t)(end - names.data)};
        bool matched = dvg_glob_match(glob.data, glob.size, name.data, name.size);
        if (status == DVG_OK)
            REQUIRE(matched == glob_matches(literal, name));
        if (status == DVG_OK && !dvg_glob_is_wild(glob.data, glob.size))
            REQUIRE(matched == oracle_same_text(glob, name));
        names.data += name.size + (end != NULL);
        names.size -= name.size + (end != NULL);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *split_at = size == 0 ? NULL : memchr(data + 1, 0xff, size - 1);
    if (split_at == NULL)
        return 0;
    size_t pattern_size = (size_t)(split_at - data - 1);
    size_t rest = size - pattern_size - 2;
    bool glob = (data[0] & 1) != 0;
    if (pattern_size > (glob ? GLOB_MOST : 250) || (glob && rest > 300))
        return 0;
    /* Of exactly that size, so that a sanitizer sees a read beyond it. */
    char *copy = malloc(pattern_size + 1);
    char *pattern = malloc(pattern_size > 0 ? pattern_size : 1);
    REQUIRE(copy != NULL && pattern != NULL);
    memcpy(pattern, data + 1, pattern_size);
    memcpy(copy, data + 1, pattern_size);
    copy[pattern_size] = '\0'; /* the literal reader of sets looks one byte ahead */
    if (glob)
        check_glob((dvg_text){pattern, pattern_size}, (dvg_text){copy, pattern_size}, split_at + 1,
                   rest);
    else
        check_pattern((dvg_text){pattern, pattern_size}, split_at + 1, rest);
    free(pattern);
    free(copy);
    return 0;
}
