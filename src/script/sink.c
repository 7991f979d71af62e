/*
 * sink: see sink.h.
 */
#include "script/sink.h"

#include "script/bigint.h"
#include "script/brief.h"
#include "script/library.h"
#include "script/row.h"
#include "script/spell.h"

/* Bytes that are collected before they are handed on. */
#define PIECE ((size_t)64 << 10)

struct dvg_sink {
    dvg_buffer buffer;
    dvg_sink_fn function;
    void *payload;
    dvg_state *state;
    uint64_t written; /* bytes handed on */
};

/* Bytes that the report may still have. */
static uint64_t room_of(const dvg_sink *sink)
{
    uint64_t most = sink->state->host->limits.output;
    return most > sink->written ? most - sink->written : 0;
}

/* A dvg_allocate_fn for the buffer: one value that a script writes may be larger than any report.
 * The buffer grows ahead of what it holds. */
static void *allocate(void *payload, void *block, size_t old_size, size_t size)
{
    const dvg_sink *sink = payload;
    const dvg_allocator *below = &sink->state->allocator;
    if (size > old_size && size / 2 > room_of(sink) + PIECE) {
        sink->state->bounds.hit = DVG_BOUND_OUTPUT;
        return NULL;
    }
    return below->function(below->payload, block, old_size, size);
}

void dvg_sink_flush(lua_State *lua)
{
    dvg_state *state = dvg_state_of(lua);
    dvg_sink *sink = state->sink;
    if (sink->buffer.failed)
        dvg_state_raise_memory(lua);
    if (sink->buffer.size > room_of(sink))
        dvg_bounds_hit(lua, DVG_BOUND_OUTPUT);
    sink->written += sink->buffer.size;
    if (sink->buffer.size > 0 &&
        sink->function(sink->payload, sink->buffer.data, sink->buffer.size) < 0) {
        dvg_fail(&state->kept, DVG_E_CANCELLED, "the report was not taken");
        dvg_state_raise_kept(lua);
    }
    sink->buffer.size = 0;
}

/* The sink that `out` at 1 is. */
static dvg_sink *check_sink(lua_State *lua)
{
    dvg_sink *sink = dvg_state_of(lua)->sink;
    if (sink == NULL || lua_touserdata(lua, 1) != sink)
        luaL_error(lua, "call it as out:name(...)");
    return sink;
}

/* End of every method: hand on what is much, return out. */
static int finish(lua_State *lua, const dvg_sink *sink)
{
    if (sink->buffer.size >= PIECE || sink->buffer.failed)
        dvg_sink_flush(lua);
    lua_settop(lua, 1);
    return 1;
}

/* Argument number `index` of a method that writes strings and numbers; the digits of a number stand
 * in the state's scratch buffer. */
static dvg_text check_text(lua_State *lua, int index, const char *method)
{
    dvg_text text;
    dvg_buffer *number = dvg_state_buffer(dvg_state_of(lua));
    if (dvg_bigint_get(lua, index, &text))
        return text;
    if (lua_type(lua, index) == LUA_TNUMBER) {
        dvg_spell_number(lua, index, number);
        if (number->failed)
            dvg_state_raise_memory(lua);
        text.data = number->data;
        text.size = number->size;
        return text;
    }
    if (lua_type(lua, index) != LUA_TSTRING)
        luaL_error(lua, "out:%s takes strings and numbers, not this %s (argument %d)", method,
                   lua_isnil(lua, index) ? "nil" : dvg_library_type_name(lua, index), index - 1);
    text.data = lua_tolstring(lua, index, &text.size);
    return text;
}

/* out:write(...): strings and numbers. */
static int sink_write(lua_State *lua)
{
    dvg_sink *sink = check_sink(lua);
    int count = lua_gettop(lua);
    for (int i = 2; i <= count; i++) {
        dvg_text text = check_text(lua, i, "write");
        dvg_buffer_add(&sink->buffer, text.data, text.size);
    }
    return finish(lua, sink);
}

/* out:terminal(...), out:html(...), out:xml(...), out:markdown(...), out:code(...): as out:write,
 * every argument escaped by itself. The form is the upvalue. */
static int sink_escape(lua_State *lua)
{
    dvg_sink *sink = check_sink(lua);
    dvg_escape form = (dvg_escape)lua_tointeger(lua, lua_upvalueindex(1));
    int count = lua_gettop(lua);
    for (int i = 2; i <= count; i++) {
        dvg_text text = check_text(lua, i, dvg_escape_names[form]);
        dvg_escape_add(&sink->buffer, form, text.data, text.size);
    }
    return finish(lua, sink);
}

/* out:json(v [, style]) */
static int sink_json(lua_State *lua)
{
    dvg_sink *sink = check_sink(lua);
    lua_settop(lua, 3);
    dvg_json_style style = dvg_spell_style(lua, 3);
    dvg_spell_json(lua, 2, &sink->buffer, &style);
    return finish(lua, sink);
}

/* out:row(d, row): the fields of a divergence that diverge.row prepared. */
static int sink_row(lua_State *lua)
{
    dvg_sink *sink = check_sink(lua);
    lua_settop(lua, 3);
    dvg_row_write(lua, &sink->buffer);
    return finish(lua, sink);
}

/* out:repr(v), out:str(v): as Python prints a value. */
static int sink_repr(lua_State *lua)
{
    dvg_sink *sink = check_sink(lua);
    dvg_spell_repr(lua, 2, &sink->buffer);
    return finish(lua, sink);
}

static int sink_str(lua_State *lua)
{
    dvg_sink *sink = check_sink(lua);
    dvg_spell_str(lua, 2, &sink->buffer);
    return finish(lua, sink);
}

void dvg_sink_add(const dvg_state *state, dvg_text text)
{
    dvg_buffer_add(&state->sink->buffer, text.data, text.size);
}

bool dvg_sink_row(lua_State *lua, const dvg_divergence_view *self, const dvg_row *row)
{
    dvg_sink *sink = dvg_state_of(lua)->sink;
    dvg_row_add(lua, self, row, &sink->buffer);
    bool full = sink->buffer.size >= PIECE;
    if (full)
        dvg_sink_flush(lua);
    return full;
}

void dvg_sink_push(lua_State *lua, dvg_sink_fn function, void *payload)
{
    static const luaL_Reg methods[] = {{"write", sink_write}, {"json", sink_json},
                                       {"row", sink_row},     {"repr", sink_repr},
                                       {"str", sink_str},     {NULL, NULL}};
    dvg_state *state = dvg_state_of(lua);
    dvg_sink *sink = lua_newuserdatauv(lua, sizeof *sink, 0);
    dvg_buffer_init(&sink->buffer, &(dvg_allocator){allocate, sink});
    sink->state = state;
    sink->written = 0;
    sink->function = function;
    sink->payload = payload;
    lua_createtable(lua, 0, 3);
    luaL_newlib(lua, methods);
    for (int form = 0; form < DVG_ESCAPE_COUNT; form++) {
        lua_pushinteger(lua, form);
        lua_pushcclosure(lua, sink_escape, 1);
        lua_setfield(lua, -2, dvg_escape_names[form]);
    }
    lua_setfield(lua, -2, "__index");
    lua_pushliteral(lua, "out");
    lua_setfield(lua, -2, "__name");
    lua_pushboolean(lua, 0);
    lua_setfield(lua, -2, "__metatable");
    lua_setmetatable(lua, -2);
    state->sink = sink;
}

uint64_t dvg_sink_written(const dvg_state *state)
{
    return state->sink == NULL ? 0 : state->sink->written;
}

void dvg_sink_close(dvg_state *state)
{
    if (state->sink != NULL)
        dvg_buffer_clear(&state->sink->buffer);
    state->sink = NULL;
}
