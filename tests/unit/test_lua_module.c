/*
 * Modules in C that a host gives to its scripts: who can be called what, when they are opened, and
 * what limits and errors do to them.
 */
#include <diverge/lua.h>

#include <lauxlib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/diverge-module-XXXXXX";
static dvg_context *context;
static dvg_error error;
static int opened;         /* times that the module was opened */
static char asked_for[64]; /* the name it was opened by */

static void write_file(const char *name, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
    assert_int_equal(fclose(file), 0);
}

static int set_up_with(dvg_options *options)
{
    static const char *const folders[] = {folder};
    options->script_path = folders;
    options->script_path_count = 1;
    opened = 0;
    return dvg_context_new(&context, options, &error) == DVG_OK ? 0 : -1;
}

static int set_up(void **state)
{
    dvg_options options = DVG_OPTIONS_INIT;
    (void)state;
    return set_up_with(&options);
}

static int set_up_small(void **state)
{
    dvg_options options = DVG_OPTIONS_INIT;
    (void)state;
    options.script_memory = 1 << 20;
    options.script_milliseconds = 200;
    return set_up_with(&options);
}

static int set_up_open(void **state)
{
    dvg_options options = DVG_OPTIONS_INIT;
    (void)state;
    options.sandbox = DVG_SANDBOX_OFF;
    return set_up_with(&options);
}

static int tear_down(void **state)
{
    (void)state;
    dvg_context_free(context);
    return 0;
}

/* ---------------------------------------------------------------- modules */

static int class_of(lua_State *lua)
{
    const char *path = luaL_checkstring(lua, 1);
    lua_pushstring(lua, strcmp(path, "pc") == 0 ? "register" : "memory");
    return 1;
}

static int open_symbols(lua_State *lua)
{
    static const luaL_Reg functions[] = {{"class_of", class_of}, {NULL, NULL}};
    opened++;
    (void)snprintf(asked_for, sizeof asked_for, "%s", luaL_checkstring(lua, 1));
    assert_int_equal(lua_gettop(lua), 1);
    luaL_newlib(lua, functions);
    return 1;
}

static int open_failing(lua_State *lua) { return luaL_error(lua, "the database is locked"); }

static int open_nothing(lua_State *lua)
{
    (void)lua;
    return 0;
}

static int open_greedy(lua_State *lua)
{
    for (int i = 0; i < 100000; i++) {
        luaL_checkstack(lua, 1, NULL);
        lua_newuserdatauv(lua, 4096, 0);
    }
    return 1;
}

/* A module that never comes to an end, as long as a script is called back. */
static int open_endless(lua_State *lua)
{
    (void)luaL_loadstring(lua, "while true do end");
    lua_pcall(lua, 0, 0, 0);
    lua_pushboolean(lua, 1);
    return 1;
}

static int open_again(lua_State *lua)
{
    lua_getglobal(lua, "require");
    lua_pushvalue(lua, 1);
    lua_call(lua, 1, 1);
    return 1;
}

/* ---------------------------------------------------------------- scripts */

#define PROFILE(body)                                                                              \
    "return { api = 1, name = 'p', documents = { 'd.json' },\n"                                    \
    "  classes = { { name = 'memory' }, { name = 'register' } },\n"                                \
    "  classify = function(d)\n" body "\n end }\n"

static dvg_status use_profile(const char *text)
{
    char path[256];
    write_file("p.lua", text);
    (void)snprintf(path, sizeof path, "%s/p.lua", folder);
    return dvg_context_use_profile(context, path, &error);
}

/* The classes of both divergences of a run, as "CLASS CLASS". */
static dvg_status classes(char *text, size_t size)
{
    static const char *const json[] = {"{\"pc\": 1, \"ram\": 1}", "{\"pc\": 2, \"ram\": 2}"};
    dvg_document *documents[2] = {NULL, NULL};
    dvg_result *result = NULL;
    text[0] = '\0';
    for (int side = 0; side < 2; side++)
        assert_int_equal(dvg_document_read(&documents[side], context, json[side],
                                           strlen(json[side]), NULL, &error),
                         DVG_OK);
    dvg_status status =
        dvg_run_documents(&result, context, documents[0], documents[1], "d.json", &error);
    for (size_t i = 0; status == DVG_OK && i < dvg_result_count(result); i++) {
        dvg_divergence divergence;
        assert_int_equal(dvg_result_get(result, i, &divergence, &error), DVG_OK);
        size_t used = strlen(text);
        (void)snprintf(text + used, size - used, "%s%s", i > 0 ? " " : "", divergence.class_name);
    }
    dvg_result_free(result);
    dvg_document_free(documents[0]);
    dvg_document_free(documents[1]);
    return status;
}

static void add(const char *name, lua_CFunction open)
{
    if (dvg_context_add_module(context, name, open, &error) != DVG_OK)
        fail_msg("%s: %s", name, error.message);
}

/* ---------------------------------------------------------------- what scripts find */

static void a_script_finds_it(void **state)
{
    char text[64];
    (void)state;
    add("symbols", open_symbols);
    assert_int_equal(opened, 0);
    assert_int_equal(use_profile(PROFILE("return require 'symbols'.class_of(d.path)")), DVG_OK);
    assert_int_equal(opened, 0);
    assert_int_equal(classes(text, sizeof text), DVG_OK);
    assert_string_equal(text, "register memory");
    assert_string_equal(asked_for, "symbols");
    assert_int_equal(opened, 1); /* for both divergences */
}

static void every_state_opens_its_own(void **state)
{
    char text[64];
    (void)state;
    add("a.b-c_1", open_symbols);
    write_file("first.lua", "require 'a.b-c_1'.class_of = nil\n"
                            "return { api = 1, classify = function() end }\n");
    assert_int_equal(
        use_profile("local s = require 'a.b-c_1'\n" PROFILE("return s.class_of(d.path)")), DVG_OK);
    char path[256];
    (void)snprintf(path, sizeof path, "%s/first.lua", folder);
    assert_int_equal(dvg_context_add_classifier(context, path, &error), DVG_OK);
    assert_int_equal(opened, 2);
    assert_int_equal(classes(text, sizeof text), DVG_OK);
    assert_string_equal(text, "register memory");
}

static void a_context_has_its_own(void **state)
{
    (void)state;
    assert_int_equal(use_profile("require 'symbols'\n" PROFILE("")), DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "\"symbols\" is no module"));
    add("symbols", open_symbols);
    assert_int_equal(use_profile("require 'symbols'\n" PROFILE("")), DVG_OK);
}

static void it_wins_without_a_sandbox(void **state)
{
    (void)state;
    add("lfs", open_symbols);
    assert_int_equal(
        use_profile("assert(require 'lfs'.class_of and require 'string'.rep)\n" PROFILE("")),
        DVG_OK);
}

static void the_sandbox_stays_closed(void **state)
{
    (void)state;
    add("symbols", open_symbols);
    assert_int_equal(use_profile("require 'symbols'\nlocal f = io\n" PROFILE("")), DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "no global named 'io'"));
}

/* ---------------------------------------------------------------- names */

static void refuses(const char *name, const char *message)
{
    assert_int_equal(dvg_context_add_module(context, name, open_symbols, &error), DVG_E_ARGUMENT);
    if (strstr(error.message, message) == NULL)
        fail_msg("%s: %s", name, error.message);
}

static void names_are_checked(void **state)
{
    static const char *const bad[] = {"", ".", "a.", ".a", "a..b", "a b", "a/b", "\xc3\xa4", "a\n"};
    static const char *const taken[] = {"diverge", "diverge.x",  "profile",  "profile.house",
                                        "report",  "classify.a", "util.b.c", "string",
                                        "_G",      "package",    "os",       "io"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refuses(bad[i], "cannot be a module");
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        refuses(taken[i], "would hide");
    add("symbols", open_symbols);
    refuses("symbols", "was added before");
    add("profiles", open_symbols); /* begins like one, and is none */
}

static lua_State *other_newstate(lua_Alloc allocate, void *payload)
{
    return lua_newstate(allocate, payload);
}

static void another_lua_is_refused(void **state)
{
    (void)state;
    assert_int_equal(
        dvg_context_add_module_of(context, "symbols", open_symbols, other_newstate, &error),
        DVG_E_ARGUMENT);
    assert_non_null(strstr(error.message, "another copy of Lua"));
}

static void null_is_refused(void **state)
{
    (void)state;
    assert_int_equal(dvg_context_add_module(NULL, "a", open_symbols, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_add_module(context, NULL, open_symbols, &error), DVG_E_ARGUMENT);
    assert_int_equal(dvg_context_add_module(context, "a", NULL, &error), DVG_E_ARGUMENT);
}

/* ---------------------------------------------------------------- errors and bounds */

static void errors_have_their_place(void **state)
{
    (void)state;
    add("failing", open_failing);
    add("nothing", open_nothing);
    add("again", open_again);
    assert_int_equal(use_profile("\nrequire 'failing'\n" PROFILE("")), DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "the database is locked"));
    assert_int_equal(error.line, 2);
    assert_int_equal(use_profile("\n\nrequire 'nothing'\n" PROFILE("")), DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "\"nothing\" of the host returned nothing"));
    assert_int_equal(use_profile("require 'again'\n" PROFILE("")), DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "requires itself"));
    assert_int_equal(use_profile("assert(not pcall(require, 'failing'))\n" PROFILE("")), DVG_OK);
}

static void bounds_act_on_it(void **state)
{
    (void)state;
    add("greedy", open_greedy);
    add("endless", open_endless);
    assert_int_equal(use_profile("pcall(require, 'greedy')\n" PROFILE("")), DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "memory"));
    assert_int_equal(use_profile("pcall(require, 'endless')\n" PROFILE("")), DVG_E_SCRIPT);
    assert_non_null(strstr(error.message, "200 ms"));
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"p.lua", "first.lua"};
    char path[256];
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_script_finds_it),
        TEST(every_state_opens_its_own),
        TEST(a_context_has_its_own),
        cmocka_unit_test_setup_teardown(it_wins_without_a_sandbox, set_up_open, tear_down),
        TEST(the_sandbox_stays_closed),
        TEST(names_are_checked),
        TEST(another_lua_is_refused),
        TEST(null_is_refused),
        TEST(errors_have_their_place),
        cmocka_unit_test_setup_teardown(bounds_act_on_it, set_up_small, tear_down),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
