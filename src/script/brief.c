/*
 * brief: see brief.h. A container is followed without recursion, and no further than there is room:
 * every level takes a column at least.
 */
#include "script/brief.h"

#include "base/utf8.h"
#include "script/bigint.h"
#include "script/divergence.h"
#include "script/spell.h"
#include "script/view.h"

#include <string.h>

#define ELLIPSIS "\xe2\x80\xa6"

/* A line under construction. `safe` is the longest beginning behind which an ellipsis fits. */
struct line {
    dvg_buffer *out;
    size_t most;
    size_t used; /* columns */
    size_t safe; /* bytes */
    bool cut;
};

static void line_begin(struct line *line, dvg_buffer *out, size_t most)
{
    *line = (struct line){out, most, 0, out->size, false};
}

/* Take note of `columns` more that were just appended; cuts the line where they do not fit. */
static void line_grown(struct line *line, size_t columns)
{
    line->used += columns;
    if (line->used > line->most) {
        line->out->size = line->safe;
        dvg_buffer_add_text(line->out, ELLIPSIS);
        line->cut = true;
    } else if (line->used < line->most) {
        line->safe = line->out->size;
    }
}

/* Append text that is ASCII. */
static void line_add(struct line *line, const char *text)
{
    for (; *text != '\0' && !line->cut; text++) {
        dvg_buffer_add_byte(line->out, *text);
        line_grown(line, 1);
    }
}

/* Append characters; within quotes those that JSON escapes are. */
static void line_add_text(struct line *line, dvg_text text, size_t from, bool quoted)
{
    while (from < text.size && !line->cut) {
        size_t columns = 0;
        if (quoted && (text.data[from] == '"' || text.data[from] == '\\')) {
            dvg_buffer_add_byte(line->out, '\\');
            dvg_buffer_add_byte(line->out, text.data[from++]);
            columns = 2;
        } else {
            from += dvg_escape_one(line->out, text.data + from, text.size - from, &columns);
        }
        line_grown(line, columns);
    }
}

static void line_add_string(struct line *line, dvg_text text, size_t from)
{
    if (from == 0) {
        line_add(line, "\"");
    } else {
        dvg_buffer_add_text(line->out, ELLIPSIS);
        line_grown(line, 1);
    }
    line_add_text(line, text, from, true);
    if (!line->cut)
        line_add(line, "\"");
}

static void line_add_scalar(struct line *line, dvg_value value, size_t from)
{
    dvg_type type = dvg_value_type(value);
    if (type == DVG_STRING) {
        line_add_string(line, dvg_value_text(value), from);
    } else if (type == DVG_INTEGER || type == DVG_REAL) {
        if (from > 0) {
            dvg_buffer_add_text(line->out, ELLIPSIS);
            line_grown(line, 1);
        }
        line_add_text(line, dvg_value_text(value), from, false);
    } else {
        line_add(line, type == DVG_TRUE ? "true" : type == DVG_FALSE ? "false" : "null");
    }
}

/* ---------------------------------------------------------------- containers */

static bool is_container(dvg_value value)
{
    return dvg_value_type(value) == DVG_ARRAY || dvg_value_type(value) == DVG_OBJECT;
}

static void open_container(lua_State *lua, struct line *line, dvg_value value, size_t depth)
{
    dvg_frame *frame = dvg_state_frame(lua, depth);
    frame->object = dvg_value_type(value) == DVG_OBJECT;
    frame->left = dvg_value_count(value);
    frame->done = 0;
    frame->value = dvg_value_first(value);
    line_add(line, frame->object ? "{" : "[");
}

/* Take the next child of a frame, its separator and name written. */
static dvg_value take_child(struct line *line, dvg_frame *frame)
{
    if (frame->done++ > 0)
        line_add(line, ", ");
    frame->left--;
    if (frame->object) {
        line_add_string(line, dvg_value_text(frame->value), 0);
        line_add(line, ": ");
        frame->value = dvg_value_next(frame->value);
    }
    dvg_value child = frame->value;
    if (frame->left > 0)
        frame->value = dvg_value_next(frame->value);
    return child;
}

/* Append a value: JSON with ", " and ": ", in which what cannot be seen is written out; a string or
 * a number from its byte `from` on. Returns true if it was cut. [-0, +0, e] */
static bool add_value(lua_State *lua, dvg_buffer *out, dvg_value value, size_t most, size_t from)
{
    struct line line;
    size_t depth = 0;
    line_begin(&line, out, most);
    if (is_container(value))
        open_container(lua, &line, value, depth++);
    else
        line_add_scalar(&line, value, from);
    while (depth > 0 && !line.cut) {
        dvg_frame *frame = dvg_state_frame(lua, depth - 1);
        if (frame->left == 0) {
            line_add(&line, frame->object ? "}" : "]");
            depth--;
            continue;
        }
        dvg_value child = take_child(&line, frame);
        if (line.cut)
            break;
        if (is_container(child))
            open_container(lua, &line, child, depth++);
        else
            line_add_scalar(&line, child, 0);
    }
    return line.cut;
}

/* ---------------------------------------------------------------- sizes */

static bool continues(char byte) { return ((unsigned char)byte & 0xc0) == 0x80; }

/* Characters of a text: bytes that do not continue one. */
static lua_Integer count_characters(const char *text, size_t size)
{
    lua_Integer count = 0;
    for (size_t i = 0; i < size; i++)
        count += !continues(text[i]);
    return count;
}

/* Where to begin to show two unlike texts, so that what differs is seen in `most` columns. */
static size_t find_start(dvg_text left, dvg_text right, size_t most)
{
    size_t common = 0;
    size_t shorter = left.size < right.size ? left.size : right.size;
    while (common < shorter && left.data[common] == right.data[common])
        common++;
    if (common < most / 2 || (left.size + 2 <= most && right.size + 2 <= most))
        return 0;
    size_t lead = most / 4;
    while (common > 0 && lead > 0) {
        common--;
        lead -= !continues(left.data[common]);
    }
    while (common > 0 && continues(left.data[common]))
        common--;
    return common;
}

/* Push the line in the scratch buffer; if it was cut the size of the whole, characters of a text or
 * elements or members; and the characters before it where it does not begin at the beginning.
 * [-0, +3, e] */
static int push_brief(lua_State *lua, bool cut, dvg_value value, size_t from)
{
    dvg_text text = dvg_value_text(value);
    dvg_state_push_buffer(lua);
    if (is_container(value) && cut)
        lua_pushinteger(lua, (lua_Integer)dvg_value_count(value));
    else if (cut || from > 0)
        lua_pushinteger(lua, count_characters(text.data, text.size));
    else
        lua_pushnil(lua);
    if (from > 0)
        lua_pushinteger(lua, count_characters(text.data, from));
    else
        lua_pushnil(lua);
    return 3;
}

/* How many columns there are, the argument at `index`. */
static size_t check_most(lua_State *lua, int index)
{
    lua_Integer most = luaL_checkinteger(lua, index);
    luaL_argcheck(lua, most >= 4 && most <= 1000000, index, "from 4 to 1000000 columns");
    return (size_t)most;
}

/* ---------------------------------------------------------------- for scripts */

/* A scalar of Lua's as a line; tables and functions raise. */
static bool brief_scalar(lua_State *lua, struct line *line, dvg_text *text)
{
    dvg_buffer spelled;
    if (lua_type(lua, 1) == LUA_TSTRING) {
        text->data = lua_tolstring(lua, 1, &text->size);
        line_add_string(line, *text, 0);
    } else if (dvg_bigint_get(lua, 1, text)) {
        line_add_text(line, *text, 0, false);
    } else if (lua_type(lua, 1) == LUA_TNUMBER) {
        char number[64];
        dvg_buffer_init(&spelled, &line->out->allocator);
        dvg_spell_number(lua, 1, &spelled);
        size_t size = spelled.failed ? 0 : spelled.size;
        size = size < sizeof number ? size : sizeof number - 1;
        if (size > 0)
            memcpy(number, spelled.data, size);
        number[size] = '\0';
        line->out->failed = line->out->failed || spelled.failed;
        dvg_buffer_clear(&spelled);
        line_add(line, number);
    } else if (lua_isboolean(lua, 1)) {
        line_add(line, lua_toboolean(lua, 1) ? "true" : "false");
    } else if (lua_isnoneornil(lua, 1) || dvg_view_is_null(lua, 1)) {
        line_add(line, "null");
    } else {
        luaL_error(lua, "a %s is no value of JSON", luaL_typename(lua, 1));
    }
    return line->cut;
}

/* diverge.brief(v, most): a value for people in at most `most` columns: JSON, cut with an ellipsis.
 * Returns the text and, where it was cut, how many characters, elements or members there are. */
int dvg_brief_of(lua_State *lua)
{
    struct line line;
    dvg_text text = {"", 0};
    dvg_value value = dvg_view_get(lua, 1);
    size_t most = check_most(lua, 2);
    dvg_buffer *out = dvg_state_buffer(dvg_state_of(lua));
    if (value.cell != NULL) {
        bool cut = add_value(lua, out, value, most, 0);
        return push_brief(lua, cut, value, 0) - 1;
    }
    line_begin(&line, out, most);
    bool cut = brief_scalar(lua, &line, &text);
    dvg_state_push_buffer(lua);
    if (cut)
        lua_pushinteger(lua, count_characters(text.data, text.size));
    else
        lua_pushnil(lua);
    return 2;
}

/* Are both sides texts, strings or numbers, of which a part can be shown? */
static bool can_start_late(const dvg_record *record)
{
    dvg_type left = dvg_value_type(record->left);
    dvg_type right = dvg_value_type(record->right);
    bool numbers =
        (left == DVG_INTEGER || left == DVG_REAL) && (right == DVG_INTEGER || right == DVG_REAL);
    return numbers || (left == DVG_STRING && right == DVG_STRING);
}

/* d:brief(side, most): that side for people in at most `most` columns; nil where it has nothing.
 * Returns the text; where it was cut, how many characters, elements or members the whole has; and,
 * where two long texts are shown from the place on where they differ, the characters before. */
int dvg_brief_divergence(lua_State *lua)
{
    static const char *const names[] = {"left", "right", NULL};
    const dvg_record *record = dvg_divergence_check(lua, 1)->record;
    dvg_value value = luaL_checkoption(lua, 2, NULL, names) == 0 ? record->left : record->right;
    size_t most = check_most(lua, 3);
    size_t from = 0;
    if (value.cell == NULL)
        return 0;
    if (can_start_late(record))
        from = find_start(dvg_value_text(record->left), dvg_value_text(record->right), most);
    bool cut = add_value(lua, dvg_state_buffer(dvg_state_of(lua)), value, most, from);
    return push_brief(lua, cut, value, from);
}

/* Length of the character at `text`, and its columns as it is shown where nothing is escaped. */
static size_t measure(const char *text, size_t size, size_t *columns)
{
    uint32_t point = 0;
    size_t length = dvg_utf8_decode(text, size, &point);
    *columns = length == 0 ? 1 : dvg_columns_of(point);
    return length == 0 ? 1 : length;
}

static size_t width_of(const char *text, size_t size)
{
    size_t width = 0;
    for (size_t i = 0, columns; i < size; width += columns)
        i += measure(text + i, size - i, &columns);
    return width;
}

/* diverge.width(s): columns that a text takes in which all can be seen. */
int dvg_brief_width(lua_State *lua)
{
    size_t size = 0;
    const char *text = luaL_checklstring(lua, 1, &size);
    lua_pushinteger(lua, (lua_Integer)width_of(text, size));
    return 1;
}

/* diverge.shorten(s, most): a text in which all can be seen in at most `most` columns: what is too
 * much is taken from the middle, where an ellipsis then stands. */
int dvg_brief_shorten(lua_State *lua)
{
    size_t size = 0;
    size_t columns;
    const char *text = luaL_checklstring(lua, 1, &size);
    size_t most = check_most(lua, 2);
    size_t width = width_of(text, size);
    lua_settop(lua, 1);
    if (width <= most)
        return 1;
    size_t room = (most - 1) / 3; /* in front; the end of a path says more */
    size_t head = 0;
    for (size_t length = measure(text, size, &columns); columns <= room;
         length = measure(text + head, size - head, &columns)) {
        room -= columns;
        head += length;
        width -= columns;
    }
    room += most - 1 - (most - 1) / 3;
    size_t tail = head;
    while (width > room) {
        tail += measure(text + tail, size - tail, &columns);
        width -= columns;
    }
    dvg_buffer *out = dvg_state_buffer(dvg_state_of(lua));
    dvg_buffer_add(out, text, head);
    dvg_buffer_add_text(out, ELLIPSIS);
    dvg_buffer_add(out, text + tail, size - tail);
    dvg_state_push_buffer(lua);
    return 1;
}

const char *const dvg_escape_names[DVG_ESCAPE_COUNT] = {"terminal", "html", "xml", "markdown",
                                                        "code"};

/* diverge.escape.NAME(s): the form is the upvalue. */
static int escape(lua_State *lua)
{
    size_t size = 0;
    const char *text = luaL_checklstring(lua, 1, &size);
    dvg_buffer *out = dvg_state_buffer(dvg_state_of(lua));
    dvg_escape_add(out, (dvg_escape)lua_tointeger(lua, lua_upvalueindex(1)), text, size);
    dvg_state_push_buffer(lua);
    return 1;
}

void dvg_brief_push_escapes(lua_State *lua)
{
    lua_createtable(lua, 0, DVG_ESCAPE_COUNT);
    for (int form = 0; form < DVG_ESCAPE_COUNT; form++) {
        lua_pushinteger(lua, form);
        lua_pushcclosure(lua, escape, 1);
        lua_setfield(lua, -2, dvg_escape_names[form]);
    }
}
