/*
 * literal: one side of a divergence as text, exactly: d:text and d:repr. Answers for the methods;
 * how a value is spelled is json/'s.
 */
#ifndef DVG_SCRIPT_LITERAL_H
#define DVG_SCRIPT_LITERAL_H

#include "script/divergence.h"

/* d:text(side): the literal of a number, the characters of a string, compact JSON of the rest;
 * nil where that side has nothing. */
int dvg_literal_text(lua_State *lua);

/* d:repr(side): Python's repr of that side. */
int dvg_literal_repr(lua_State *lua);

#endif
