/*
 * The module for a stock Lua in an interpreter whose memory ends at every point in turn, once and
 * for ever: an error of Lua's or the right answer, nothing else, and nothing left behind.
 */
#include "rock/rock.h"

#include <lualib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char script[] =
    "local diverge = require 'diverge'\n"
    "local left = { a = 1, b = { 1, 2, { x = 'y' } }, n = diverge.number '18446744073709551616' }\n"
    "local right = { a = 1, b = { 1, 3, diverge.null }, n = 0.5 }\n"
    "local profile = { classes = { { name = 'bug' }, { name = 'odd' } },\n"
    "  rules = { { at = 'zz', ignore = true, why = 'w' } } }\n"
    "local first\n"
    "do\n"
    "  local c <close> = assert(diverge.compare(left, right, { profile = profile,\n"
    "    classify = function(d) first = d:copy() return 'odd', 'info', 'note ' .. d.path end }))\n"
    "  assert(#c == 3 and c.verdict == 'different')\n"
    "  for d in c:divergences 'all' do\n"
    "    assert(d.class == 'odd' and d.note == 'note ' .. d.path)\n"
    "    assert(d.path ~= 'b[2]' or d.left.x == 'y' and d.right == diverge.null)\n"
    "  end\n"
    "  assert(c.ledger.left.read > 0 and #c.files == 1 and #c.warnings == 1)\n"
    "end\n"
    "assert(first.path == 'n' and tostring(first.left) == '18446744073709551616')\n"
    "local value, message, word = diverge.compare_json('[1', '1', { profile = profile })\n"
    "assert(value == nil and word == 'input' and message:find '^left:1:3: ', message)\n"
    "assert(not pcall(diverge.compare, 1, 2, { profile = profile, classify = error }))\n";

struct memory {
    size_t left; /* allocations that succeed */
    bool for_ever;
    bool failed;
    size_t live; /* bytes */
};

static void *allocate(void *payload, void *block, size_t old_size, size_t size)
{
    struct memory *memory = payload;
    size_t old = block != NULL ? old_size : 0;
    if (size == 0) {
        memory->live -= old;
        free(block);
        return NULL;
    }
    if (size > old && memory->left-- == 0) {
        memory->failed = true;
        memory->left = memory->for_ever ? 0 : SIZE_MAX;
        return NULL;
    }
    void *moved = realloc(block, size);
    if (moved != NULL)
        memory->live += size - old;
    return moved;
}

static int run_protected(lua_State *lua)
{
    luaL_openlibs(lua);
    luaL_requiref(lua, "diverge", luaopen_diverge, 0);
    if (luaL_loadbufferx(lua, script, sizeof script - 1, "=script", "t") != LUA_OK)
        return lua_error(lua);
    lua_call(lua, 0, 0);
    return 0;
}

/* An error may be anything that speaks of memory: the script wraps some of them. */
static void check_error(lua_State *lua, size_t point)
{
    const char *message = lua_tostring(lua, -1);
    if (message == NULL || strstr(message, "memory") == NULL)
        fail_msg("point %d: %s", (int)point, message != NULL ? message : "an error without words");
}

/* False: the memory was enough. */
static bool run_at(size_t point, bool for_ever)
{
    struct memory memory = {point, for_ever, false, 0};
    lua_State *lua = lua_newstate(allocate, &memory);
    if (lua != NULL) {
        lua_pushcfunction(lua, run_protected);
        int status = lua_pcall(lua, 0, 0, 0);
        /* Lua tries again behind a collection: memory that is short once may be enough. */
        if (status != LUA_OK)
            check_error(lua, point);
        assert_true(status == LUA_OK || memory.failed);
        lua_close(lua);
    }
    assert_int_equal(memory.live, 0);
    return memory.failed;
}

static void every_point(bool for_ever)
{
    size_t point = 0;
    while (run_at(point, for_ever))
        point++;
    assert_true(point > 500);
}

static void every_point_once(void **state)
{
    (void)state;
    every_point(false);
}

static void every_point_for_ever(void **state)
{
    (void)state;
    every_point(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_point_once),
                                       cmocka_unit_test(every_point_for_ever)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
