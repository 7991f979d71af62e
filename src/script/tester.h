/*
 * tester: `t`, what a test asks the script under test with, and what it compares.
 */
#ifndef DVG_SCRIPT_TESTER_H
#define DVG_SCRIPT_TESTER_H

#include "script/trial.h"

/* Push the `t` of a state whose `trial` is set. [-0, +1, e] */
void dvg_tester_push(lua_State *lua);

/* t:equal, t:check and t:fails, in expect.c; t:report in retell.c. [-args, +n, e] */
int dvg_tester_equal(lua_State *lua);
int dvg_tester_check(lua_State *lua);
int dvg_tester_fails(lua_State *lua);
int dvg_tester_report(lua_State *lua);
int dvg_tester_run(lua_State *lua);

/* The case that runs; raises outside of one. `t` stands at 1. [-0, +0, e] */
dvg_trial *dvg_tester_trial(lua_State *lua);

/* Raise what went wrong in C as an error at the line that called. [-0, +0, e] */
void dvg_tester_check_status(lua_State *lua, dvg_status status, const dvg_error *error);

/* The path of what t:file gave at `index`; NULL: it is no file. [-0, +0, -] */
const char *dvg_tester_file(lua_State *lua, int index);

/* Push the bytes of a file as a string. [-0, +1, e] */
void dvg_tester_push_file(lua_State *lua, const char *path);

/* Compare the text at `got` with what is expected at `expected`: a string, or a file, which is
 * written instead where files are to be updated. `what` names it in a failure. [-0, +0, e] */
void dvg_tester_compare(lua_State *lua, int got, int expected, const char *what);

#endif
