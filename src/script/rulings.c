/*
 * rulings: `run.rules`, what became of every rule, for reports. Declared in rulings.h.
 */
#include "script/rulings.h"

static void set_text(lua_State *lua, const char *name, const char *text)
{
    lua_pushstring(lua, text); /* nil where there is none */
    lua_setfield(lua, -2, name);
}

static void set_number(lua_State *lua, const char *name, uint64_t number)
{
    lua_pushinteger(lua, (lua_Integer)number);
    lua_setfield(lua, -2, name);
}

static void set_flag(lua_State *lua, const char *name, bool on)
{
    lua_pushboolean(lua, on);
    lua_setfield(lua, -2, name);
}

static void push_rule(lua_State *lua, const dvg_rules *rules, const dvg_rule *rule,
                      const dvg_rule_count *count)
{
    lua_createtable(lua, 0, 12);
    set_text(lua, "name", rule->name);
    set_text(lua, "file", rule->file);
    set_text(lua, "at", rule->at);
    set_text(lua, "why", rule->why);
    set_flag(lua, "ignore", (rule->effects & DVG_EFFECT_IGNORE) != 0);
    set_number(lua, "hits", count->hits);
    set_number(lua, "left_nodes", count->nodes[0]);
    set_number(lua, "right_nodes", count->nodes[1]);
    set_number(lua, "shadowed", count->shadowed);
    if (count->shadow != DVG_RULE_NONE)
        set_text(lua, "shadowed_by", rules->rules[count->shadow].name);
}

void dvg_rulings_push(lua_State *lua, const dvg_result *result)
{
    const dvg_rules *rules = result->rules;
    lua_createtable(lua, (int)rules->rule_count, 0);
    for (size_t i = 0; i < rules->rule_count; i++) {
        push_rule(lua, rules, &rules->rules[i], &result->ruling.counts[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}

static void push_inferred(lua_State *lua, const dvg_result *result, const dvg_inferred *inferred)
{
    lua_createtable(lua, 0, 7);
    set_text(lua, "file", result->files[inferred->file].name);
    set_text(lua, "pattern", inferred->pattern);
    set_text(lua, "key", inferred->key);
    set_number(lua, "arrays", inferred->arrays);
    set_number(lua, "left", inferred->count[0]);
    set_number(lua, "right", inferred->count[1]);
    set_number(lua, "common", inferred->common);
}

void dvg_inferred_push(lua_State *lua, const dvg_result *result)
{
    lua_createtable(lua, (int)result->inferred.count, 0);
    for (size_t i = 0; i < result->inferred.count; i++) {
        push_inferred(lua, result, &result->inferred.items[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
}
