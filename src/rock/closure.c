/*
 * closure: a function of Lua as the library's classify hook.
 * Invariant: nothing is raised through the library. What the function raises, a yield included, is
 * kept and the run ends; who started the run raises it again, unchanged.
 */
#include "rock.h"

/* Slots of the answer. */
enum { CLASS_SLOT, SEVERITY_SLOT, NOTE_SLOT, ANSWER_SLOTS };

static const char *const slot_names[] = {"class", "severity", "note"};

/* Arguments: the function and the window. Results: three, each a string or nil, the first false
 * where the divergence is suppressed. */
static int ask(lua_State *lua)
{
    lua_call(lua, 1, ANSWER_SLOTS);
    for (int slot = CLASS_SLOT; slot < ANSWER_SLOTS; slot++) {
        int type = lua_type(lua, slot + 1);
        bool dropped = slot == CLASS_SLOT && type == LUA_TBOOLEAN && !lua_toboolean(lua, slot + 1);
        if (type != LUA_TSTRING && type != LUA_TNIL && !dropped)
            return luaL_error(lua, "classify: the %s is a %s; a string is expected",
                              slot_names[slot], lua_typename(lua, type));
    }
    return ANSWER_SLOTS;
}

static const char *text_of(const dvg_rock_asker *asker, int slot)
{
    int index = asker->answer + slot;
    return lua_type(asker->lua, index) == LUA_TSTRING ? lua_tostring(asker->lua, index) : NULL;
}

int dvg_rock_ask(void *payload, const dvg_divergence *divergence, dvg_answer *answer)
{
    dvg_rock_asker *asker = payload;
    lua_State *lua = asker->lua;
    /* The answer of before is needed no more. Room on the stack was made before the run. */
    lua_settop(lua, asker->answer - 1);
    dvg_rock_show_finding(lua, asker->window, divergence);
    lua_pushcfunction(lua, ask);
    lua_pushvalue(lua, asker->function);
    lua_pushvalue(lua, asker->window);
    int status = lua_pcall(lua, 2, ANSWER_SLOTS, 0);
    dvg_rock_show_finding(lua, asker->window, NULL);
    if (status != LUA_OK) {
        asker->raised = true;
        return -1;
    }
    answer->class_name = text_of(asker, CLASS_SLOT);
    answer->severity = text_of(asker, SEVERITY_SLOT);
    answer->note = text_of(asker, NOTE_SLOT);
    return lua_type(lua, asker->answer) == LUA_TBOOLEAN ? 1 : 0;
}
