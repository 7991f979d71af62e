/*
 * brief: values and texts for people: one line in which all can be seen, cut to the room there is.
 * Answers for never writing more than that room, since a value may be a whole document.
 */
#ifndef DVG_SCRIPT_BRIEF_H
#define DVG_SCRIPT_BRIEF_H

#include "script/escape.h"
#include "script/state.h"

/* diverge.brief(v, most), d:brief(side, most), diverge.shorten(s, most), diverge.width(s). `most`
 * is from 4 to 1,000,000 columns. [-args, +results, e] */
int dvg_brief_of(lua_State *lua);
int dvg_brief_divergence(lua_State *lua);
int dvg_brief_shorten(lua_State *lua);
int dvg_brief_width(lua_State *lua);

/* Names of the escapes, by number: terminal, html, xml, markdown, code. */
extern const char *const dvg_escape_names[DVG_ESCAPE_COUNT];

/* Push the table `diverge.escape`, a function for every escape. [-0, +1, e] */
void dvg_brief_push_escapes(lua_State *lua);

#endif
