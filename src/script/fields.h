/*
 * fields: reading a script's table with a watchful eye: every key known, every type right.
 * Answers for naming file, line and field of what is wrong; knows no particular field.
 *
 * The line is found by looking for the keys of the field's path in the script's text, each as
 * `key =` or `["key"] =` behind the one before it, and for the elements of lists. That is right for
 * a table written in one piece; a field that a script makes otherwise is said to be on the line of
 * what encloses it, at worst on line 1.
 */
#ifndef DVG_SCRIPT_FIELDS_H
#define DVG_SCRIPT_FIELDS_H

#include "script/state.h"

#define DVG_FIELDS_DEPTH 8

/* Where in the table we are. The value at hand is on the top of the Lua stack. */
typedef struct dvg_fields {
    lua_State *lua;
    dvg_state *state;
    void *payload; /* what the fields are read into */
    struct {
        const char *name; /* NULL: an element of a list */
        lua_Integer index;
    } steps[DVG_FIELDS_DEPTH];
    int depth;
} dvg_fields;

/* Reads the value on the top of the stack, and leaves it there. */
typedef void (*dvg_field_fn)(dvg_fields *fields);

/* The same for a member of a map, whose key is `name`, a non-empty text without NUL. */
typedef void (*dvg_field_named_fn)(dvg_fields *fields, const char *name);

/* Types that a field may have, as bits. */
#define DVG_TAKES_TEXT (1U << LUA_TSTRING)
#define DVG_TAKES_TABLE (1U << LUA_TTABLE)
#define DVG_TAKES_FUNCTION (1U << LUA_TFUNCTION)
#define DVG_TAKES_NUMBER (1U << LUA_TNUMBER)
#define DVG_TAKES_FLAG (1U << LUA_TBOOLEAN)

/* A field that a table may have; `read` NULL: its type is all there is to check. */
typedef struct dvg_field {
    const char *name;
    unsigned takes;
    dvg_field_fn read;
} dvg_field;

void dvg_fields_init(dvg_fields *fields, lua_State *lua, void *payload);

/* Fail about the field at hand: "FILE:LINE: reading.depth: MESSAGE". printf-style. Raises. */
_Noreturn void dvg_fields_fail(dvg_fields *fields, const char *format, ...) DVG_PRINTF(2, 3);

/* The line that the field at hand is on, from 1. */
uint64_t dvg_fields_line(const dvg_fields *fields);

/* Raise what a callee wrote to `error` as a failure of the field at hand, unless it is DVG_OK. */
void dvg_fields_check(dvg_fields *fields, dvg_status status, const dvg_error *error);

/* Fail because `name` is not known; `nearest` is the best among `count` names, at `stride` bytes
 * from each other, each a pointer to text. */
_Noreturn void dvg_fields_unknown(dvg_fields *fields, const char *what, const char *name,
                                  const void *names, size_t count, size_t stride);

/* The value at hand is a table with the `known` fields and no others: read them in that order. */
void dvg_fields_table(dvg_fields *fields, const dvg_field *known, size_t count);

/* The value at hand is a list: `each` reads every element, which must be of a type it takes. */
void dvg_fields_list(dvg_fields *fields, unsigned takes, dvg_field_fn each);

/* The value at hand maps texts to values, which are read in the order of their names. */
void dvg_fields_map(dvg_fields *fields, unsigned takes, dvg_field_named_fn each);

/* The value at hand as a text that is not empty and holds no NUL. Lives as long as the table. */
const char *dvg_fields_text(dvg_fields *fields);

/* The text of member `name` of the table at hand; NULL: it has none. Lives as long as the table. */
const char *dvg_fields_member(dvg_fields *fields, const char *name);

/* The value at hand as one of `names`, NULL-ended: its number. */
size_t dvg_fields_choice(dvg_fields *fields, const char *const *names);

/* The value at hand as a whole number from `least` to `most`. */
uint64_t dvg_fields_whole(dvg_fields *fields, uint64_t least, uint64_t most);

#endif
