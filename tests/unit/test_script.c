/*
 * test_script: the script host through its face, script.h: what a wrong script is told, what no
 * script can do, and what scripts see.
 */
#include "script/script.h"

#include "base/buffer.h"

#include <lauxlib.h>
#include <lua.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/diverge-script-XXXXXX";
static const dvg_allocator libc_allocator = {NULL, NULL};

static void write_file(const char *name, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static dvg_host *new_host(uint64_t memory, uint64_t milliseconds)
{
    static const char *folders[1];
    dvg_host *host = NULL;
    dvg_allocator allocator = dvg_allocator_or_default(libc_allocator);
    dvg_options options = DVG_OPTIONS_INIT;
    options.script_memory = memory;
    options.script_milliseconds = milliseconds;
    dvg_script_limits limits = dvg_script_limits_of(&options);
    folders[0] = folder;
    assert_int_equal(dvg_host_new(&host, &allocator, folders, 1, &limits, NULL), DVG_OK);
    return host;
}

/* Load `text` as a profile; the status, and the error in `error`. */
static dvg_status load(const char *text, dvg_error *error)
{
    char path[256];
    dvg_profile *profile = NULL;
    dvg_host *host = new_host(8 << 20, 200);
    write_file("p.lua", text);
    (void)snprintf(path, sizeof path, "%s/p.lua", folder);
    dvg_error_clear(error);
    dvg_status status = dvg_profile_load(&profile, host, path, error);
    assert_true((status == DVG_OK) == (profile != NULL));
    dvg_profile_free(profile);
    dvg_host_free(host);
    return status;
}

#define HEAD "return { api = 1, name = 'p', documents = { 'a.json' },\n"

/* The profile fails at that line with a message that holds the text. */
static void refuses(const char *text, uint64_t line, const char *message)
{
    dvg_error error;
    dvg_status status = load(text, &error);
    if (status != DVG_E_SCRIPT || error.line != line || strstr(error.message, message) == NULL)
        fail_msg("%s\nstatus %d, line %d, message: %s", text, (int)status, (int)error.line,
                 error.message);
    assert_non_null(strstr(error.file, "p.lua"));
}

static void accepts(const char *text)
{
    dvg_error error;
    if (load(text, &error) != DVG_OK)
        fail_msg("%s\n%s:%d: %s", text, error.file, (int)error.line, error.message);
}

static void profiles_are_checked(void **state)
{
    (void)state;
    accepts(HEAD "}");
    accepts("#!/usr/bin/env diverge\r\n" HEAD "}");
    refuses("return 3", 1, "returns one table");
    refuses("", 1, "returned nothing");
    refuses("return { name = 'p', documents = { 'a' } }", 1, "lacks `api`");
    refuses("return { api = 2, name = 'p', documents = { 'a' } }", 1, "no other version");
    refuses("return {\n api = 1,\n name = 'p', documents = {} }", 1, "at least one");
    refuses(HEAD "reading = {\n nonfinte = true } }", 3, "reading.nonfinte: there is no field");
    refuses(HEAD "reading = {\n nonfinte = true } }", 3, "nearest is \"nonfinite\"");
    refuses(HEAD "reading = {\n depth = 'x' } }", 3,
            "expected a number, and this is the string \"x\"");
    refuses(HEAD "reading = { duplicates = 'lst' } }", 2, "expected \"report\", \"last\" or");
    refuses(HEAD "['kinds'] = { ['lenght'] = 'x' } }", 2, "nearest is \"length\"");
    refuses(HEAD "gatse = 1 }", 2, "nearest is \"gates\"");
    refuses(HEAD "rules = {\n {} } }", 3, "rules[1]: a rule needs an effect");
    refuses(HEAD "sides = { left = 'out', right = 'b' } }", 2, "program's own");
    refuses(HEAD "sides = { left = 'b', right = 'b' } }", 2, "both sides");
    refuses(HEAD "options = { help = { type = 'flag' } } }", 2, "program's own");
    refuses(HEAD "options = { ['a-b'] = { type = 'fil' } } }", 2, "options[\"a-b\"].type");
    refuses(HEAD "default_class = 'on', classes = { { name = 'one' } } }", 2, "nearest is \"one\"");
    refuses(HEAD "classes = { { name = 'one' }, { name = 'one' } } }", 2, "classes[2]");
    refuses("return { api = 1, name = 'p', documents = { '[a.json' } }", 1, "not closed");
    refuses("return { api = 1, name = 'p', documents = { 'x' }, bytes = { 'a//b' } }", 1,
            "part is empty");
    refuses("return { api = 1, name = 'p', documents = { 'x' }, bytes = { '/a' } }", 1,
            "out of the snapshot");
    refuses("return { api = 1, name = 'p', documents = { 'x' }, bytes = { 'a', 'a' } }", 1,
            "named twice");
    refuses("return { api = 1, name = 'p', documents = {}, bytes = {} }", 1, "at least one");
    refuses(
        "return { api = 1, name = 'p', documents = { 'x' }, bytes = { '**' }, surplus = 'all' }", 1,
        "expected \"each\" or \"length\"");
    refuses("return { api = 1, name = 'p', documents = { '../a' } }", 1, "out of the snapshot");
    refuses("x = 1\nreturn {}", 1, "sets 'x'");
    refuses("xx = 1\nreturn {}", 1, "'xx'");
    refuses("local a = b\nreturn {}", 1, "no global named 'b'");
    refuses("\n\nreturn {", 3, "expected");
    refuses("\xEF\xBB\xBFreturn {}", 1, "byte order mark");
    refuses("\x1bLua", 1, "compiled chunk");
}

static void errors_of_any_type_are_told(void **state)
{
    (void)state;
    refuses("error('plain')", 1, "plain");
    refuses("\nerror(nil)", 2, "nil value");
    refuses("error({})", 1, "table value");
    refuses("error(setmetatable({}, { __tostring = function() return 'mine' end }))", 1, "mine");
    refuses("error(setmetatable({}, { __tostring = function() error('x') end }))", 1,
            "cannot be shown");
    refuses("error(print)", 1, "no global named 'print'");
}

static void sandbox_is_closed(void **state)
{
    static const char *const absent[] = {
        "io", "os",       "debug", "package", "load",          "dofile",
        "_G", "loadfile", "print", "warn",    "collectgarbage"};
    char text[256];
    (void)state;
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        (void)snprintf(text, sizeof text, "local a = %s", absent[i]);
        refuses(text, 1, "no global named");
    }
    accepts("assert(string.dump == nil)\n" HEAD "}");
    accepts("assert(not pcall(string.format, '%p', {}))\n" HEAD "}");
    accepts("assert(string.format('%s|%5s|%d', {}, 'a', 3) == 'table|    a|3')\n" HEAD "}");
    accepts("assert(tostring({}) == 'table' and tostring(pairs) == 'function')\n" HEAD "}");
    accepts("assert(getmetatable('') == false)\n" HEAD "}");
    accepts("assert(not pcall(setmetatable, {}, { __gc = function() end }))\n" HEAD "}");
    accepts("local r = math.random(1000000); math.randomseed()\n"
            "assert(r == math.random(1000000))\n" HEAD "}");
    refuses("require 'profile.p..x'", 1, "no module");
    refuses("require 'os'", 1, "no module");
    refuses("require 'profile.nothing'", 1, "not found");
}

static void order_is_fixed(void **state)
{
    (void)state;
    accepts(
        "local t, k = { b = 1, a = 2, [3] = 1, [1] = 1, [true] = 1, [2.5] = 1, ['a\\0'] = 1 }, {}\n"
        "for key in pairs(t) do k[#k + 1] = tostring(key) end\n"
        "assert(table.concat(k, ',') == '1,2.5,3,a,a\\0,b,true', table.concat(k, ','))\n"
        "local n, key = 0, nil\n"
        "repeat key = next(t, key); n = n + 1; assert(key == nil or tostring(key) == k[n])\n"
        "until key == nil\n"
        "assert(n == 8)\n"
        "assert(not pcall(pairs, { [{}] = 1 }) and next({}) == nil)\n"
        "local s = {}; for i = 1, 1000 do s[i] = { i % 7, i } end\n"
        "table.sort(s, function(a, b) return a[1] < b[1] end)\n"
        "for i = 2, 1000 do local a, b = s[i - 1], s[i]\n"
        "  assert(a[1] < b[1] or a[1] == b[1] and a[2] < b[2]) end\n" HEAD "}");
}

static void limits_hold(void **state)
{
    (void)state;
    refuses("while true do end", 1, "ran longer than 200 ms");
    refuses("while true do pcall(function() while true do end end) end", 1, "ran longer");
    refuses("xpcall(function() while true do end end, function() while true do end end)", 1,
            "ran longer");
    refuses(
        "local c = coroutine.wrap(function() while true do end end)\nwhile true do pcall(c) end", 1,
        "ran longer");
    refuses("local t = {} while true do t[#t + 1] = ('x'):rep(100000) .. #t end", 0, "more memory");
    refuses("local s = 'x' while true do s = s .. s end", 0, "more memory");
    refuses("while true do pcall(string.rep, 'x', 1 << 30) end", 1, "more memory");
    refuses("local ok = pcall(string.rep, 'x', 1 << 30)\nreturn {}", 1, "more memory");
    accepts("for i = 1, 100 do local s = ('x'):rep(1 << 20) end\n" HEAD "}");
}

/* Bytes of a chunk as Lua dumps it. */
static int add_bytes(lua_State *lua, const void *data, size_t size, void *payload)
{
    (void)lua;
    dvg_buffer_add(payload, data, size);
    return 0;
}

static void write_bytes(const char *name, const char *data, size_t size)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* A compiled chunk is no text, and neither is any that differs from it in one bit. */
static void bytecode_is_refused(void **state)
{
    char path[256];
    dvg_buffer chunk;
    dvg_host *host = new_host(8 << 20, 1000);
    dvg_allocator allocator = dvg_allocator_or_default(libc_allocator);
    lua_State *lua = luaL_newstate();
    (void)state;
    (void)snprintf(path, sizeof path, "%s/p.lua", folder);
    dvg_buffer_init(&chunk, &allocator);
    assert_int_equal(luaL_loadstring(lua, HEAD "}"), LUA_OK);
    assert_int_equal(lua_dump(lua, add_bytes, &chunk, 1), 0);
    lua_close(lua);
    for (size_t bit = 0; bit <= chunk.size * 8; bit++) { /* the last time as it is */
        dvg_error error;
        dvg_profile *profile = NULL;
        char *byte = chunk.data + bit / 8;
        char flip = (char)(1U << bit % 8);
        if (bit < chunk.size * 8)
            *byte = (char)(*byte ^ flip);
        write_bytes("p.lua", chunk.data, chunk.size);
        dvg_error_clear(&error);
        assert_int_equal(dvg_profile_load(&profile, host, path, &error), DVG_E_SCRIPT);
        if (bit >= 8)
            assert_non_null(strstr(error.message, "compiled chunk"));
        if (bit < chunk.size * 8)
            *byte = (char)(*byte ^ flip);
    }
    dvg_buffer_clear(&chunk);
    dvg_host_free(host);
}

static void scripts_are_regular_files(void **state)
{
    char path[256];
    dvg_error error;
    dvg_profile *profile = NULL;
    dvg_host *host = new_host(8 << 20, 1000);
    (void)state;
    dvg_error_clear(&error);
    assert_int_not_equal(dvg_profile_load(&profile, host, folder, &error), DVG_OK);
    assert_non_null(strstr(error.message, "directory"));
    dvg_error_clear(&error);
    (void)snprintf(path, sizeof path, "%s/fifo.lua", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_not_equal(dvg_profile_load(&profile, host, path, &error), DVG_OK);
    assert_non_null(strstr(error.message, "regular file"));
    unlink(path);
    dvg_error_clear(&error);
    assert_int_equal(dvg_profile_load(&profile, host, "no-such-one", &error), DVG_E_ARGUMENT);
    assert_non_null(strstr(error.message, "there is no profile"));
    dvg_host_free(host);
}

/* ---------------------------------------------------------------- a run */

static dvg_status collect(dvg_result **result, dvg_profile **profile, dvg_host *host,
                          const char *script, const char *left, const char *right, dvg_error *error)
{
    char path[256];
    char sides[2][256];
    const char *documents[2] = {left, right};
    write_file("p.lua", script);
    for (int side = 0; side < 2; side++) {
        (void)snprintf(sides[side], sizeof sides[side], "%s/%d", folder, side);
        (void)mkdir(sides[side], 0700);
        (void)snprintf(path, sizeof path, "%d/a.json", side);
        write_file(path, documents[side]);
    }
    (void)snprintf(path, sizeof path, "%s/p.lua", folder);
    dvg_error_clear(error);
    dvg_status status = dvg_profile_load(profile, host, path, error);
    if (status != DVG_OK)
        return status;
    dvg_run_input input = {dvg_allocator_or_default(libc_allocator),
                           dvg_profile_rules(*profile),
                           dvg_profile_hooks(*profile),
                           1,
                           NULL,
                           NULL,
                           {NULL, NULL},
                           false,
                           false,
                           0};
    return dvg_engine_run(result, &input, sides[0], sides[1], error);
}

/* Run the script over two documents; it must come to that status and message. */
static void runs(const char *script, const char *left, const char *right, dvg_status expected,
                 const char *message)
{
    dvg_error error;
    dvg_result *result = NULL;
    dvg_profile *profile = NULL;
    dvg_host *host = new_host(8 << 20, 1000);
    dvg_status status = collect(&result, &profile, host, script, left, right, &error);
    if (status != expected || strstr(error.message, message) == NULL)
        fail_msg("%s\nstatus %d: %s:%d: %s", script, (int)status, error.file, (int)error.line,
                 error.message);
    dvg_engine_free(result);
    dvg_profile_free(profile);
    dvg_host_free(host);
}

#define GATES(body)                                                                                \
    HEAD "gates = function(run)\nlocal v = run.left:document('a.json')\n" body "\nend }"

static void views_show_values(void **state)
{
    static const char document[] =
        "{\"n\": null, \"t\": true, \"i\": -0, \"f\": 1E2, \"s\": \"a\\u0000b\", \"l\": [1, [2], "
        "{}],"
        "\"b\": 18446744073709551615, \"c\": -18446744073709551616, \"d\": \"\\ud800\"}";
    (void)state;
    runs(GATES("assert(v.n == diverge.null and v.t == true and v.i == 0 and v.f == 100.0)\n"
               "assert(v.s == 'a\\0b' and v.x == nil and #v == 9 and #v.l == 3)\n"
               "assert(v.l[1] == 1 and v.l[2][1] == 2 and v.l[4] == nil and v.l[0] == nil)\n"
               "assert(diverge.at(v, 'l[1][0]') == 2 and diverge.at(v, 'x.y') == nil)\n"
               "assert(diverge.repr(v.l) == '[1, [2], {}]' and diverge.str(v.n) == 'None')\n"
               "assert(diverge.json(v.l) == '[1, [2], {}]' and diverge.type(v.l) == 'array')\n"
               "assert(diverge.utf8(v.d) == '\\\\ud800')\n"
               "local k = {} for name in pairs(v) do k[#k + 1] = name end\n"
               "assert(table.concat(k) == 'ntifslbcd')\n"
               "local t = diverge.totable(v); assert(t.l[2][1] == 2 and t.n == diverge.null)\n"
               "assert(not pcall(function() v.x = 1 end))"),
         document, "{}", DVG_OK, "");
    runs(GATES("assert(tostring(v.b) == '18446744073709551615' and v.b:hex() == "
               "'0xffffffffffffffff')\n"
               "assert(v.b:u64() == -1 and v.c:u64() == nil and v.c < v.b and v.c < 0 and v.b > "
               "1e19)\n"
               "assert(v.b < 1 / 0 and v.c:hex() == '-0x10000000000000000')\n"
               "assert(diverge.equal(v.c, -2.0 ^ 64) and not diverge.equal(v.b, 2.0 ^ 64))\n"
               "assert(diverge.equal(1, true) and diverge.equal(nil, v.n) and not diverge.equal(0, "
               "''))\n"
               "assert(not diverge.equal(0/0, 0/0) and not diverge.equal(2^53, (1 << 53) + 1))"),
         document, "{}", DVG_OK, "");
}

static void gates_tell_of_bad_documents(void **state)
{
    (void)state;
    runs(GATES(""), "{", "{}", DVG_E_INPUT, "");
    runs(HEAD "gates = function(run) pcall(run.left.document, run.left, 'a.json') end }", "[1",
         "{}", DVG_E_INPUT, "");
    runs(GATES("run.left:document('../a')"), "{}", "{}", DVG_E_SCRIPT, "not a name");
    runs(GATES("run:option('x')"), "{}", "{}", DVG_E_SCRIPT, "declares an option");
    runs(GATES("run:gate('a', {}, 1, true)"), "{}", "{}", DVG_E_SCRIPT, "no value");
    runs(GATES("run:image('i.bin', { fil = 1 })"), "{}", "{}", DVG_E_SCRIPT, "no setting 'fil'");
    runs(GATES("run:refuse('f', 'too odd')"), "{}", "{}", DVG_E_INPUT, "too odd");
}

#define CLASSES "classes = { { name = 'one' }, { name = 'two' } },\n"

static void classifiers_are_watched(void **state)
{
    (void)state;
    runs(HEAD CLASSES "classify = function(d) return 'tow' end }", "{\"a\":1}", "{}", DVG_E_SCRIPT,
         "nearest is \"two\"");
    runs(HEAD CLASSES "classify = function(d) error('why') end }", "{\"a\":1}", "{}", DVG_E_SCRIPT,
         "why (at \"a\" in a.json, member-missing)");
    runs(HEAD CLASSES "classify = function(d) return d.pth end }", "{\"a\":1}", "{}", DVG_E_SCRIPT,
         "nearest is 'path'");
    runs(HEAD CLASSES "classify = function(d) d.path = 1 end }", "{\"a\":1}", "{}", DVG_E_SCRIPT,
         "cannot be changed");
    runs(HEAD CLASSES "classify = function(d) return 'two', 'odd' end }", "{\"a\":1}", "{}",
         DVG_E_SCRIPT, "severity");
    runs("local kept\n" HEAD CLASSES "classify = function(d)\n"
         "  assert(d.file == 'a.json' and d.kind == 'member-missing' and d.path == 'a')\n"
         "  assert(d.left == 1 and d.right == nil and d.left_type == 'integer')\n"
         "  assert(d.right_type == 'absent' and d.side == 'left' and d.depth == 1)\n"
         "  assert(d:text('left') == '1' and d:repr('right') == 'None' and d.pointer == '/a')\n"
         "  kept = d:copy(); assert(kept.path == 'a'); return 'two', 'info', 'a note' end }",
         "{\"a\":1}", "{}", DVG_OK, "");
}

static int append(void *payload, const char *data, size_t size)
{
    dvg_buffer_add(payload, data, size);
    return 0;
}

static void reports_follow_the_protocol(void **state)
{
    static const char script[] = HEAD CLASSES
        "classify = function(d) return d.path == 'c' and 'one' or 'two' end,\n"
        "limit = 2, begin = function(out, run) out:write('b', run.count, run.title) end,\n"
        "file = function(out, f) out:write(' ', f.name, '=', f.status, f.counts.two) end,\n"
        "section = function(out, c) out:write('\\n', c.name, ':', c.count) end,\n"
        "divergence = function(out, d) out:write(' ', d.path, '='):json(d.left) end,\n"
        "omitted = function(out, c, n) out:write(' +', n) end,\n"
        "finish = function(out) out:json({ 1, { x = 'y', a = diverge.null } },\n"
        "  { indent = 1 }) end }";
    char path[256];
    dvg_error error;
    dvg_result *result = NULL;
    dvg_profile *profile = NULL;
    dvg_host *host = new_host(8 << 20, 1000);
    dvg_allocator allocator = dvg_allocator_or_default(libc_allocator);
    dvg_buffer text;
    (void)state;
    dvg_buffer_init(&text, &allocator);
    assert_int_equal(collect(&result, &profile, host, script, "{\"a\":1,\"b\":2,\"c\":[3],\"d\":4}",
                             "{}", &error),
                     DVG_OK);
    (void)snprintf(path, sizeof path, "%s/p.lua", folder);
    if (dvg_report_run(profile, result, path, append, &text, &error) != DVG_OK)
        fail_msg("%s:%d: %s", error.file, (int)error.line, error.message);
    assert_string_equal(dvg_buffer_string(&text),
                        "b4p a.json=compared3\none:1 c=[3]\ntwo:3 a=1 b=2 +1"
                        "[\n 1,\n {\n  \"a\": null,\n  \"x\": \"y\"\n }\n]");
    dvg_buffer_clear(&text);
    dvg_engine_free(result);
    dvg_profile_free(profile);
    dvg_host_free(host);
}

static int set_up(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"p.lua", "0/a.json", "1/a.json", "0", "1", ""};
    char path[256];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)remove(path);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profiles_are_checked),
        cmocka_unit_test(errors_of_any_type_are_told),
        cmocka_unit_test(sandbox_is_closed),
        cmocka_unit_test(order_is_fixed),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(bytecode_is_refused),
        cmocka_unit_test(scripts_are_regular_files),
        cmocka_unit_test(views_show_values),
        cmocka_unit_test(gates_tell_of_bad_documents),
        cmocka_unit_test(classifiers_are_watched),
        cmocka_unit_test(reports_follow_the_protocol),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
