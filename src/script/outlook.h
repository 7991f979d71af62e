/*
 * outlook: what `run` tells a report beside the lists and the ledger: the verdict in one word, how
 * severe it is, and what the report is shown on.
 */
#ifndef DVG_SCRIPT_OUTLOOK_H
#define DVG_SCRIPT_OUTLOOK_H

#include "engine/result.h"

#include <lua.h>

/* Set the fields verdict, severities, version, color, columns and show_suppressed of the table on
 * the top. [-0, +0, m] */
void dvg_outlook_add(lua_State *lua, const dvg_result *result);

#endif
