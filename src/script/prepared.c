/*
 * prepared: see prepared.h. A kind is looked up once in a report, by the rules of Lua, so that a
 * script may make a row when it is first needed.
 */
#include "script/prepared.h"

#include "script/sink.h"

/* What one entry is told. On its stack: this, the table of rows, what was found there. */
struct entry {
    dvg_prepared *prepared;
    const dvg_record *records;
    size_t count;
    size_t written;
};

/* Look up the row of a kind and keep it. */
static void look_up(lua_State *lua, dvg_prepared *prepared, uint8_t kind)
{
    const dvg_result *result = dvg_state_of(lua)->result;
    const char *name = dvg_rules_kind_name(result->rules, (dvg_kind)kind);
    lua_pushstring(lua, name);
    lua_gettable(lua, 2);
    bool any = lua_toboolean(lua, -1) != 0;
    if (any && !dvg_row_is(lua, -1))
        luaL_error(lua, "`rows` has a %s for '%s'; expected a row, which diverge.row makes",
                   luaL_typename(lua, -1), name);
    if (!any && prepared->function == 0)
        luaL_error(lua, "`rows` has none for '%s', and the report has no function `divergence`",
                   name);
    prepared->row[kind] = any ? lua_touserdata(lua, -1) : NULL;
    lua_rawseti(lua, 3, (lua_Integer)kind + 1);
    prepared->known[kind] = true;
}

static int write_some(lua_State *lua)
{
    struct entry *entry = lua_touserdata(lua, 1);
    dvg_prepared *prepared = entry->prepared;
    dvg_state *state = dvg_state_of(lua);
    for (bool full = false; entry->written < entry->count && !full; entry->written++) {
        const dvg_record *record = &entry->records[entry->written];
        if (!prepared->known[record->kind])
            look_up(lua, prepared, record->kind);
        if (prepared->row[record->kind] == NULL)
            break;
        state->divergence->record = record;
        dvg_prepared_lead(prepared, state);
        full = dvg_sink_row(lua, state->divergence, prepared->row[record->kind]);
    }
    return 0;
}

void dvg_prepared_lead(dvg_prepared *prepared, const dvg_state *state)
{
    if (prepared->began)
        dvg_sink_add(state, prepared->between);
    prepared->began = true;
}

dvg_status dvg_prepared_write(dvg_prepared *prepared, dvg_state *state, const dvg_record *records,
                              size_t count, size_t *written, dvg_error *error)
{
    lua_State *lua = state->lua;
    struct entry entry = {prepared, records, count, 0};
    uint8_t first = records[0].kind;
    *written = 0;
    if (prepared->rows == 0 || (prepared->known[first] && prepared->row[first] == NULL))
        return DVG_OK;
    lua_pushcfunction(lua, write_some);
    lua_pushlightuserdata(lua, &entry);
    lua_pushvalue(lua, prepared->rows);
    lua_pushvalue(lua, prepared->found);
    dvg_status status = dvg_state_call(state, 3, 0, error);
    state->divergence->record = NULL;
    *written = entry.written;
    return status;
}
