/*
 * testing: a script and the test beside it: which cases there are, and one after the other, each
 * with everything loaded anew. What a case can say is tester.c's.
 */
#include "script/part.h"
#include "script/tester.h"

#include <stdlib.h>
#include <string.h>

/* One case: where its function begins decides its place. */
struct item {
    const char *name; /* lives in the arena of the test */
    uint64_t line;
};

/* A script under test. */
struct test {
    dvg_host *host;
    const dvg_test_input *input;
    dvg_test_fn callback;
    void *payload;
    dvg_arena arena;
    const char *path;   /* of the test */
    const char *folder; /* "", or with a slash at its end */
    const char *profile;
    unsigned parts;
    struct item *items;
    size_t count, capacity;
};

/* ---------------------------------------------------------------- names */

/* "DIR/x.lua" is tested by "DIR/x_test.lua". */
static dvg_status find_names(struct test *test, dvg_error *error)
{
    const char *script = test->input->script;
    const char *slash = strrchr(script, '/');
    size_t size = strlen(script);
    if (size >= 4 && strcmp(script + size - 4, ".lua") == 0)
        size -= 4;
    char *path = dvg_arena_get(&test->arena, size + sizeof "_test.lua");
    test->path = path;
    test->folder =
        dvg_arena_copy(&test->arena, script, slash == NULL ? 0 : (size_t)(slash - script) + 1);
    if (path == NULL || test->folder == NULL)
        return dvg_fail_memory(error);
    memcpy(path, script, size);
    memcpy(path + size, "_test.lua", sizeof "_test.lua");
    return DVG_OK;
}

/* A script that has no test: say how one begins. */
static dvg_status check_there(const struct test *test, dvg_error *error)
{
    dvg_presence presence = DVG_PRESENCE_ABSENT;
    dvg_status status = dvg_path_look(test->path, &presence, error);
    if (status != DVG_OK || presence != DVG_PRESENCE_ABSENT)
        return status;
    return dvg_fail_file(
        error, DVG_E_ARGUMENT, test->path,
        "there is no such test; one begins like this: return { first = function(t) %s end }",
        (test->parts & DVG_PART_CLASSIFIER) != 0
            ? "t:equal(t:class { file = \"a.json\", path = \"b.c\", left = 1, right = 2 }, "
              "\"CLASS\")"
            : "t:report([[{\"a\": 1}]], [[{\"a\": 2}]], t:file \"expected.txt\")");
}

/* ---------------------------------------------------------------- loading */

/* Load the script at `path`, as a case or by itself. */
static dvg_status open_state(dvg_state **state, dvg_host *host, const char *path, dvg_error *error)
{
    dvg_source source;
    dvg_source_init(&source, &host->allocator);
    dvg_status status = dvg_source_find(&source, host, "", path, error);
    if (status != DVG_OK) {
        dvg_source_clear(&source);
        return status;
    }
    return dvg_state_new(state, host, &source, error);
}

/* A lua_CFunction. */
static int read_parts(lua_State *lua)
{
    struct test *test = lua_touserdata(lua, 1);
    dvg_fields fields;
    dvg_fields_init(&fields, lua, NULL);
    dvg_state_push_script(fields.state);
    test->parts = dvg_part_find(&fields);
    return 0;
}

/* Which parts does the script have? A script that is wrong is told so here. */
static dvg_status look_at_script(struct test *test, dvg_error *error)
{
    dvg_state *state = NULL;
    dvg_status status = open_state(&state, test->host, test->input->script, error);
    if (status == DVG_OK)
        status = dvg_state_run(state, read_parts, test, error);
    dvg_state_free(state);
    return status;
}

static void read_profile(dvg_fields *fields)
{
    struct test *test = fields->payload;
    if ((test->parts & DVG_PART_PROFILE) != 0)
        dvg_fields_fail(fields, "the script under test is a profile itself");
    const char *name = dvg_fields_text(fields);
    test->profile = dvg_arena_copy(&test->arena, name, strlen(name));
    if (test->profile == NULL)
        dvg_state_raise_memory(fields->lua);
}

static void add_case(dvg_fields *fields, const char *name)
{
    struct test *test = fields->payload;
    lua_Debug about;
    void *items = test->items;
    if (!dvg_grow(&test->host->allocator, &items, &test->capacity, test->count + 1,
                  sizeof(struct item)))
        dvg_state_raise_memory(fields->lua);
    test->items = items;
    lua_pushvalue(fields->lua, -1);
    lua_getinfo(fields->lua, ">S", &about);
    struct item item = {dvg_arena_copy(&test->arena, name, strlen(name)),
                        about.linedefined < 1 ? 0 : (uint64_t)about.linedefined};
    if (item.name == NULL)
        dvg_state_raise_memory(fields->lua);
    test->items[test->count++] = item;
}

/* A member of the table of a test: a case, but for two names. */
static void read_member(dvg_fields *fields, const char *name)
{
    bool profile = strcmp(name, "profile") == 0;
    bool set = strcmp(name, "set") == 0;
    int type = lua_type(fields->lua, -1);
    if (type == LUA_TFUNCTION)
        add_case(fields, name);
    else if (profile && type == LUA_TSTRING)
        read_profile(fields);
    else if (!set || type != LUA_TTABLE)
        dvg_fields_fail(fields,
                        "a test holds functions, beside `profile`, a string, and `set`, a table; "
                        "this is a %s",
                        luaL_typename(fields->lua, -1));
}

/* A lua_CFunction. */
static int read_cases(lua_State *lua)
{
    dvg_fields fields;
    dvg_fields_init(&fields, lua, lua_touserdata(lua, 1));
    dvg_state_push_script(fields.state);
    dvg_fields_map(&fields, ~0U, read_member);
    return 0;
}

/* In the order of the file; those that begin on one line, by name. */
static int compare_items(const void *left, const void *right)
{
    const struct item *a = left;
    const struct item *b = right;
    return a->line != b->line ? (a->line > b->line) - (a->line < b->line)
                              : strcmp(a->name, b->name);
}

static dvg_status look_at_test(struct test *test, dvg_error *error)
{
    dvg_state *state = NULL;
    dvg_status status = open_state(&state, test->host, test->path, error);
    if (status == DVG_OK)
        status = dvg_state_run(state, read_cases, test, error);
    dvg_state_free(state);
    if (status != DVG_OK)
        return status;
    if (test->count == 0)
        return dvg_fail_file(error, DVG_E_SCRIPT, test->path,
                             "a test holds at least one case, a function by its name");
    qsort(test->items, test->count, sizeof *test->items, compare_items);
    return DVG_OK;
}

/* ---------------------------------------------------------------- the profile of a case */

static dvg_status open_profile(const struct test *test, dvg_trial *trial, dvg_error *error)
{
    const char *script = test->input->script;
    const char *name = test->input->profile != NULL ? test->input->profile : test->profile;
    if ((test->parts & DVG_PART_PROFILE) != 0)
        return dvg_profile_load(&trial->profile, test->host, script, error);
    if (test->parts == 0)
        return DVG_OK;
    dvg_status status =
        dvg_profile_load(&trial->profile, test->host, name == NULL ? "default" : name, error);
    if (status == DVG_OK && (test->parts & DVG_PART_CLASSIFIER) != 0)
        status = dvg_profile_add_classifier(trial->profile, script, error);
    if (status == DVG_OK && (test->parts & DVG_PART_REPORT) != 0)
        status = dvg_profile_use_reports(trial->profile, &script, 1, error);
    return status;
}

static void set_option(dvg_fields *fields, const char *name)
{
    lua_State *lua = fields->lua;
    const dvg_trial *trial = fields->payload;
    dvg_error error;
    const char *value = lua_toboolean(lua, -1) ? "true" : "false";
    dvg_error_clear(&error);
    lua_pushvalue(lua, -1); /* a number turns into text where it stands */
    if (!lua_isboolean(lua, -1))
        value = lua_tostring(lua, -1);
    dvg_status status = trial->profile == NULL
                            ? dvg_fail(&error, DVG_E_ARGUMENT, "no script declares an option")
                            : dvg_profile_option_set(trial->profile, name, value, &error);
    dvg_fields_check(fields, status, &error);
    lua_pop(lua, 1);
}

/* Read `set`. A lua_CFunction. */
static int read_options(lua_State *lua)
{
    dvg_fields fields;
    dvg_trial *trial = lua_touserdata(lua, 1);
    dvg_fields_init(&fields, lua, trial);
    dvg_state_push_script(fields.state);
    lua_pushliteral(lua, "set");
    if (lua_rawget(lua, -2) != LUA_TTABLE)
        return 0; /* none, or a case of that name */
    fields.steps[0].name = "set";
    fields.depth = 1;
    dvg_fields_map(&fields, DVG_TAKES_TEXT | DVG_TAKES_NUMBER | DVG_TAKES_FLAG, set_option);
    return 0;
}

/* ---------------------------------------------------------------- one case */

/* Push the function of a case and its `t`. A lua_CFunction. */
static int prepare(lua_State *lua)
{
    const struct item *item = lua_touserdata(lua, 1);
    dvg_state_push_script(dvg_state_of(lua));
    lua_pushstring(lua, item->name);
    lua_rawget(lua, -2);
    dvg_tester_push(lua);
    return 2;
}

static dvg_status call_case(dvg_state *state, struct item *item, dvg_error *error)
{
    if (!lua_checkstack(state->lua, 8))
        return dvg_fail_memory(error);
    lua_pushcfunction(state->lua, prepare);
    lua_pushlightuserdata(state->lua, item);
    dvg_status status = dvg_state_call(state, 1, 2, error);
    return status == DVG_OK ? dvg_state_call(state, 1, 0, error) : status;
}

/* A traceback that only says what the line of the error says already: a function of C, and the one
 * that called it. */
static bool says_nothing(const char *traceback)
{
    int lines = 1;
    for (const char *at = traceback; *at != '\0'; at++)
        lines += *at == '\n';
    return lines <= 3;
}

/* An error in a case is a failure of the case, unless nothing can go on after it. */
static dvg_status note_error(dvg_trial *trial, dvg_status status, dvg_error *error)
{
    dvg_error caught = *error;
    dvg_text message = {caught.message, strlen(caught.message)};
    if (status == DVG_E_MEMORY || status == DVG_E_INTERNAL)
        return status;
    dvg_error_clear(error);
    return dvg_trial_fail(trial, caught.file, caught.line, message,
                          says_nothing(caught.detail) ? "" : caught.detail, error);
}

static dvg_status run_body(const struct test *test, dvg_trial *trial, struct item *item,
                           dvg_error *error)
{
    dvg_state *state = NULL;
    dvg_status status = open_state(&state, test->host, test->path, error);
    if (status == DVG_OK) {
        state->trial = trial;
        state->profile = trial->profile;
        status = dvg_state_run(state, read_options, trial, error);
    }
    if (status == DVG_OK)
        status = call_case(state, item, error);
    dvg_state_free(state);
    return status;
}

static dvg_status check_something(const struct test *test, dvg_trial *trial,
                                  const struct item *item, dvg_error *error)
{
    static const char words[] = "the case checks nothing";
    dvg_text message = {words, sizeof words - 1};
    if (trial->check_count > 0 || trial->failure_count > 0)
        return DVG_OK;
    return dvg_trial_fail(trial, test->path, item->line, message, "", error);
}

static dvg_status tell(const struct test *test, const dvg_trial *trial, const struct item *item,
                       dvg_error *error)
{
    char name[256];
    dvg_line_escape(name, sizeof name, item->name, strlen(item->name));
    dvg_test_case result = {name,
                            trial->check_count,
                            trial->update_count,
                            trial->failure_count,
                            trial->failures,
                            trial->failures_told};
    if (test->callback(test->payload, &result) < 0)
        return dvg_fail(error, DVG_E_CANCELLED, "the outcome of a case was not taken");
    return DVG_OK;
}

static dvg_status run_case(const struct test *test, dvg_trial *trial, struct item *item,
                           dvg_error *error)
{
    dvg_error mine;
    dvg_error_clear(&mine);
    dvg_trial_init(trial, test->host, test->input);
    trial->folder = test->folder;
    trial->parts = test->parts;
    dvg_status status = open_profile(test, trial, error);
    if (status == DVG_OK) {
        status = run_body(test, trial, item, &mine);
        if (status != DVG_OK)
            status = note_error(trial, status, &mine);
        if (status == DVG_OK)
            status = check_something(test, trial, item, &mine);
        if (status != DVG_OK && error != NULL)
            *error = mine;
    }
    if (status == DVG_OK)
        status = tell(test, trial, item, error);
    dvg_trial_clear(trial);
    return status;
}

/* ---------------------------------------------------------------- all of them */

static dvg_status run_all(struct test *test, dvg_error *error)
{
    dvg_trial *trial = dvg_allocate(&test->host->allocator, sizeof *trial);
    if (trial == NULL)
        return dvg_fail_memory(error);
    dvg_status status = find_names(test, error);
    if (status == DVG_OK)
        status = look_at_script(test, error);
    if (status == DVG_OK)
        status = check_there(test, error);
    if (status == DVG_OK)
        status = look_at_test(test, error);
    for (size_t i = 0; i < test->count && status == DVG_OK; i++)
        status = run_case(test, trial, &test->items[i], error);
    dvg_release(&test->host->allocator, trial, sizeof *trial);
    return status;
}

dvg_status dvg_host_test(dvg_host *host, const dvg_test_input *input, dvg_test_fn callback,
                         void *payload, dvg_error *error)
{
    struct test test;
    memset(&test, 0, sizeof test);
    test.host = host;
    test.input = input;
    test.callback = callback;
    test.payload = payload;
    dvg_arena_init(&test.arena, &host->allocator);
    dvg_status status =
        dvg_source_is_path(input->script)
            ? run_all(&test, error)
            : dvg_fail(error, DVG_E_ARGUMENT,
                       "a script is tested by its path, and \"%.200s\" is a name: ./%.200s.lua",
                       input->script, input->script);
    dvg_release(&host->allocator, test.items, test.capacity * sizeof(struct item));
    dvg_arena_clear(&test.arena);
    return status;
}
