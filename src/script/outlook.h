/*
 * outlook: what `run` tells a report beside its lists: the verdict in one word, how severe it is,
 * the sides and the ledger, and what the report is shown on.
 */
#ifndef DVG_SCRIPT_OUTLOOK_H
#define DVG_SCRIPT_OUTLOOK_H

#include "engine/result.h"

#include <lua.h>

/* Set the fields verdict, sides, severities, version, color, columns and show_suppressed of the
 * table on the top. [-0, +0, m] */
void dvg_outlook_add(lua_State *lua, const dvg_result *result);

/* Push the ledger as a table. [-0, +1, e] */
void dvg_outlook_push_ledger(lua_State *lua, const dvg_ledger *ledger);

#endif
