/*
 * digest: see digest.h. The form is json/canonical.h's.
 */
#include "script/digest.h"

#include "json/canonical.h"
#include "script/view.h"

int dvg_digest_push(lua_State *lua, dvg_value value)
{
    char hex[DVG_SHA256_HEX_SIZE];
    dvg_state *state = dvg_state_of(lua);
    dvg_state_pause(lua);
    dvg_status status = dvg_canonical_digest(hex, value, &state->allocator, &state->kept);
    dvg_state_resume(lua);
    dvg_state_check(lua, status);
    lua_pushstring(lua, hex);
    return 1;
}

int dvg_digest_of(lua_State *lua)
{
    dvg_value value = dvg_view_get(lua, 1);
    /* A number that a script holds may be no more than the nearest double of what was read. */
    if (value.cell == NULL)
        return luaL_error(lua, "digest takes an array or an object of a document, not a %s",
                          luaL_typename(lua, 1));
    return dvg_digest_push(lua, value);
}
