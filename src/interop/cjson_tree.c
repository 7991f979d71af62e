/*
 * cjson_tree: a value becomes a cJSON tree. Declared in cjson.h.
 * What a cJSON item cannot hold as such, a number of more digits than a double has, a string with a
 * NUL or a lone surrogate, becomes raw JSON text, which cJSON prints as it is. Without recursion.
 */
#include "base/buffer.h"
#include "base/utf8.h"
#include "interop/cjson.h"
#include "value/decimal.h"
#include "value/shortest.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

/* A container that is being filled. */
struct filling {
    cJSON *item;
    dvg_value next; /* the name of the next member, or the next element */
    uint64_t left;  /* members or elements */
    bool object;
};

struct tree {
    dvg_allocator allocator;
    struct filling *levels;
    size_t depth, capacity;
    dvg_buffer text; /* working memory */
    dvg_error *error;
};

/* ---- scalars */

/* The text as a C string in the working memory; NULL: out of memory. */
static const char *c_string(struct tree *tree, dvg_text text)
{
    tree->text.size = 0;
    dvg_buffer_add(&tree->text, text.data, text.size);
    return dvg_buffer_string(&tree->text);
}

static bool holds_nul(dvg_text text)
{
    return text.size > 0 && memchr(text.data, '\0', text.size) != NULL;
}

static void add_escape(dvg_buffer *out, uint32_t point)
{
    static const char hex[] = "0123456789abcdef";
    const char escape[6] = {
        '\\',           'u', hex[point >> 12 & 15], hex[point >> 8 & 15], hex[point >> 4 & 15],
        hex[point & 15]};
    dvg_buffer_add(out, escape, sizeof escape);
}

/* A string as JSON text: only what must be escaped is. */
static cJSON *raw_string(struct tree *tree, dvg_text text)
{
    dvg_buffer *out = &tree->text;
    out->size = 0;
    dvg_buffer_add_byte(out, '"');
    for (size_t at = 0; at < text.size;) {
        uint32_t point = (unsigned char)text.data[at];
        size_t length = dvg_utf8_decode(text.data + at, text.size - at, &point);
        bool surrogate = point >= 0xd800 && point < 0xe000;
        if (point < 0x20 || point == '"' || point == '\\' || surrogate)
            add_escape(out, point);
        else
            dvg_buffer_add(out, text.data + at, length);
        at += length > 0 ? length : 1;
    }
    dvg_buffer_add_byte(out, '"');
    const char *shown = dvg_buffer_string(out);
    return shown == NULL ? NULL : cJSON_CreateRaw(shown);
}

static cJSON *make_string(struct tree *tree, dvg_text text)
{
    if (holds_nul(text) || dvg_utf8_has_surrogate(text.data, text.size))
        return raw_string(tree, text);
    const char *shown = c_string(tree, text);
    return shown == NULL ? NULL : cJSON_CreateString(shown);
}

/* A double where cJSON prints the same number again, else its text. */
static cJSON *make_number(struct tree *tree, dvg_value value)
{
    char shortest[DVG_DOUBLE_REPR_SIZE];
    dvg_text text = dvg_value_text(value);
    double number = dvg_value_double(value);
    bool literal = text.size > 0 && (text.data[text.size - 1] > '9');
    if (literal) /* NaN, Infinity, -Infinity */
        return cJSON_CreateNumber(number);
    if (isfinite(number)) {
        size_t size = dvg_double_repr(shortest, number);
        if (dvg_decimal_equal(text.data, text.size, shortest, size))
            return cJSON_CreateNumber(number);
    }
    const char *shown = c_string(tree, text);
    return shown == NULL ? NULL : cJSON_CreateRaw(shown);
}

static cJSON *make_item(struct tree *tree, dvg_value value)
{
    switch (dvg_value_type(value)) {
    case DVG_FALSE:
    case DVG_TRUE:
        return cJSON_CreateBool(dvg_value_type(value) == DVG_TRUE);
    case DVG_INTEGER:
    case DVG_REAL:
        return make_number(tree, value);
    case DVG_STRING:
        return make_string(tree, dvg_value_text(value));
    case DVG_ARRAY:
        return cJSON_CreateArray();
    case DVG_OBJECT:
        return cJSON_CreateObject();
    default:
        return cJSON_CreateNull();
    }
}

/* ---- containers */

static dvg_status open_level(struct tree *tree, cJSON *item, dvg_value value)
{
    void *levels = tree->levels;
    if (dvg_value_count(value) == 0)
        return DVG_OK;
    if (tree->depth >= DVG_CJSON_LEVELS_MOST)
        return dvg_fail(tree->error, DVG_E_LIMIT, "more than %d levels for a cJSON tree",
                        DVG_CJSON_LEVELS_MOST);
    if (!dvg_grow(&tree->allocator, &levels, &tree->capacity, tree->depth + 1,
                  sizeof *tree->levels))
        return dvg_fail_memory(tree->error);
    tree->levels = levels;
    tree->levels[tree->depth++] = (struct filling){
        item, dvg_value_first(value), dvg_value_count(value), dvg_value_type(value) == DVG_OBJECT};
    return DVG_OK;
}

/* Put an item, which is freed where that fails, into the container. */
static dvg_status attach(struct tree *tree, const struct filling *level, cJSON *item)
{
    bool done = false;
    if (item == NULL)
        return dvg_fail_memory(tree->error);
    if (!level->object) {
        done = cJSON_AddItemToArray(level->item, item) != 0;
    } else {
        dvg_text name = dvg_value_text(level->next);
        if (holds_nul(name)) {
            cJSON_Delete(item);
            return dvg_fail(tree->error, DVG_E_INPUT,
                            "the name of a member holds NUL, which no cJSON tree can");
        }
        const char *shown = c_string(tree, name);
        done = shown != NULL && cJSON_AddItemToObject(level->item, shown, item) != 0;
    }
    if (done)
        return DVG_OK;
    cJSON_Delete(item);
    return dvg_fail_memory(tree->error);
}

/* Add the next item of the innermost container, or leave that. */
static dvg_status step(struct tree *tree)
{
    struct filling *level = &tree->levels[tree->depth - 1];
    if (level->left == 0) {
        tree->depth--;
        return DVG_OK;
    }
    dvg_value value = level->object ? dvg_value_next(level->next) : level->next;
    cJSON *item = make_item(tree, value);
    dvg_status status = attach(tree, level, item);
    if (status != DVG_OK)
        return status;
    if (--level->left > 0)
        level->next = dvg_value_next(value);
    return open_level(tree, item, value);
}

dvg_status dvg_cjson_write(struct cJSON **item, dvg_value value, const dvg_allocator *allocator,
                           dvg_error *error)
{
    struct tree tree;
    memset(&tree, 0, sizeof tree);
    tree.allocator = *allocator;
    tree.error = error;
    dvg_buffer_init(&tree.text, allocator);
    cJSON *root = make_item(&tree, value);
    dvg_status status = root == NULL ? dvg_fail_memory(error) : open_level(&tree, root, value);
    while (status == DVG_OK && tree.depth > 0)
        status = step(&tree);
    dvg_release(allocator, tree.levels, tree.capacity * sizeof *tree.levels);
    dvg_buffer_clear(&tree.text);
    if (status == DVG_OK)
        *item = root;
    else
        cJSON_Delete(root);
    return status;
}
