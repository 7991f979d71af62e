/*
 * failing: how a failure of the library becomes what Lua expects: nil, a line, a word.
 */
#include "rock.h"

static const char *word(dvg_status status)
{
    static const char *const words[] = {"ok",    "memory", "argument", "io",        "absent",
                                        "input", "limit",  "script",   "cancelled", "internal"};
    return (size_t)status < sizeof words / sizeof words[0] ? words[status] : "internal";
}

int dvg_rock_push_failure(lua_State *lua, const char *front, const dvg_error *error)
{
    char line[DVG_ERROR_FILE_SIZE + DVG_ERROR_MESSAGE_SIZE + 128];
    (void)dvg_error_format(error, line, sizeof line);
    lua_pushnil(lua);
    lua_pushfstring(lua, "%s%s", front, line);
    lua_pushstring(lua, word(error->status));
    return 3;
}
