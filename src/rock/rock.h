/*
 * rock: the module `diverge` of a stock Lua 5.4, a guest of the library like the program.
 * What the files of this folder share. docs/lua-module.md says what a user sees.
 * Invariant: whatever the library gives belongs to a userdata from the first moment on, so that an
 * error that is raised anywhere leaks nothing, and nothing is freed twice.
 *
 * Notes in brackets at functions that take a lua_State say what they pop and push and what they
 * raise: [-pops, +pushes, raises], where raises is `-` never, `m` lack of memory, `e` errors.
 */
#ifndef DVG_ROCK_H
#define DVG_ROCK_H

#include <diverge/diverge.h>

#include <lauxlib.h>
#include <lua.h>

#if LUA_VERSION_NUM != 504
#error "the module is for Lua 5.4"
#endif

/* ---------------------------------------------------------------- values: pushing.c, taking.c */

/* Make what the values need: null, numbers, the marks of arrays and objects. Expects the module's
 * table on the top and fills in `null`, `array`, `object`, `number` and `type`. [-0, +0, e] */
void dvg_rock_open_values(lua_State *lua);

/* Push a value of a document: absent as nil, arrays and objects as marked tables. [-0, +1, e] */
void dvg_rock_push_value(lua_State *lua, dvg_value value);

/* Give the value at `index` to the builder. What is no value of JSON makes the builder fail; only
 * lack of memory, and tables that change meanwhile, raise. [-0, +0, e] */
void dvg_rock_take_value(lua_State *lua, int index, dvg_builder *builder);

/* Push the null value; is one at `index`? [-0, +1|0, -] */
void dvg_rock_push_null(lua_State *lua);
bool dvg_rock_is_null(lua_State *lua, int index);

/* Push a number by its text. [-0, +1, m] */
void dvg_rock_push_number(lua_State *lua, dvg_text text);

/* The text of the number at `index`. False: there is no such userdata. [-0, +0, -] */
bool dvg_rock_get_number(lua_State *lua, int index, dvg_text *text);

/* The mark of a table, by its metatable. [-0, +0, -] */
typedef enum dvg_rock_mark { DVG_ROCK_NONE, DVG_ROCK_ARRAY, DVG_ROCK_OBJECT } dvg_rock_mark;
dvg_rock_mark dvg_rock_mark_of(lua_State *lua, int index);

/* Mark the table on the top. [-0, +0, -] */
void dvg_rock_set_mark(lua_State *lua, dvg_rock_mark mark);

/* ---------------------------------------------------------------- failures: failing.c */

/* Push nil, "FILE:LINE:COLUMN: MESSAGE" behind `front`, and the word of the status; 3. [-0, +3, m]
 */
int dvg_rock_push_failure(lua_State *lua, const char *front, const dvg_error *error);

/* ---------------------------------------------------------------- one comparison: comparison.c */

/* A line of text that the library said, the next one behind it. */
typedef struct dvg_rock_warning dvg_rock_warning;

/* Everything that one comparison owns; a full userdata. */
typedef struct dvg_rock_comparison {
    dvg_context *context;
    dvg_builder *builder;
    dvg_document *documents[2];
    dvg_result *result; /* NULL: not yet, or closed */
    dvg_rock_warning *warnings;
    dvg_rock_warning **last_warning;
    bool lost_warning; /* there was no memory for one */
} dvg_rock_comparison;

/* Make the metatable. [-0, +0, e] */
void dvg_rock_open_comparison(lua_State *lua);

/* Push an empty comparison. [-0, +1, m] */
dvg_rock_comparison *dvg_rock_new_comparison(lua_State *lua);

/* Free what it owns. Safe at any time, and twice. */
void dvg_rock_close_comparison(dvg_rock_comparison *comparison);

/* A dvg_warning_fn; its payload is the comparison. */
void dvg_rock_warn(void *comparison, const char *message);

/* The comparison at `index`, which must not be closed. [-0, +0, e] */
dvg_rock_comparison *dvg_rock_check_comparison(lua_State *lua, int index);

/* ---------------------------------------------------------------- one divergence: finding.c */

/* Make the metatable. [-0, +0, e] */
void dvg_rock_open_finding(lua_State *lua);

/* Push divergence `index` of the comparison on the stack at `owner`. [-0, +1, m] */
void dvg_rock_push_finding(lua_State *lua, int owner, size_t index);

/* Push a divergence that shows what dvg_rock_show_finding gives it, else nothing. [-0, +1, m] */
void dvg_rock_push_window(lua_State *lua);

/* Let the one at `index` show `divergence`; NULL: nothing. [-0, +0, -] */
void dvg_rock_show_finding(lua_State *lua, int index, const dvg_divergence *divergence);

/* ---------------------------------------------------------------- comparing: wishes.c, inline.c,
 * closure.c */

/* Make the context of `comparison` as the table of options at `index` says (none or nil: all
 * defaults). A status that is not DVG_OK fills in `error`; what is of a wrong type, or no option,
 * raises. [-0, +0, e] */
dvg_status dvg_rock_make_context(lua_State *lua, int index, dvg_rock_comparison *comparison,
                                 dvg_error *error);

/* Use the table at `index` as the profile. As above. [-0, +0, e] */
dvg_status dvg_rock_use_profile_table(lua_State *lua, int index, dvg_context *context,
                                      dvg_error *error);

/* Push field `name` of the table at `index`, which must be a string without NUL or nil: it lives as
 * long as it stands there. NULL: it is nil. [-0, +1, e] */
const char *dvg_rock_push_field(lua_State *lua, int index, const char *name);

/* Push what keeps the strings of the list in field `name` alive, and their array; `*count` becomes
 * how many there are, 0 where the field is nil. [-0, +2, e] */
const char *const *dvg_rock_push_list(lua_State *lua, int index, const char *name, size_t *count);

/* Push field `name`, which must be a table or nil. False: it is nil. [-0, +1, e] */
bool dvg_rock_push_table(lua_State *lua, int index, const char *name);

/* Raise unless every key of the table at `index` is one of `names`, which ends with NULL; `what` it
 * is, in the message. [-0, +0, e] */
void dvg_rock_check_fields(lua_State *lua, int index, const char *what, const char *const *names);

/* What a classify closure needs while the library runs. It calls the function at `function`, shows
 * it the finding at `window`, and leaves what it answered at `answer`, three slots. */
typedef struct dvg_rock_asker {
    lua_State *lua;
    int function;
    int window;
    int answer;
    bool raised; /* the first slot of the answer is what the function raised */
} dvg_rock_asker;

/* A dvg_classify_fn; its payload is the asker. Raises nothing. */
int dvg_rock_ask(void *asker, const dvg_divergence *divergence, dvg_answer *answer);

/* `diverge.compare`, `compare_json`, `compare_paths`, in comparing.c. [-args, +results, e] */
int dvg_rock_compare(lua_State *lua);
int dvg_rock_compare_json(lua_State *lua);
int dvg_rock_compare_paths(lua_State *lua);

/* What `require "diverge"` calls. [-args, +1, e] */
#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
int luaopen_diverge(lua_State *lua);

#endif
