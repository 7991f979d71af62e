/*
 * lookup: a script by its name alone, whatever its kind: its source, and what it says of itself.
 */
#include "script/heading.h"
#include "script/nearest.h"
#include "script/option.h"
#include "script/part.h"

#include <string.h>

static const char *const kinds[] = {"classify", "profile", "report", "util"};
enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

/* A script that was asked for. */
struct wanted {
    const char *kind; /* "": it is a path */
    const char *name;
    dvg_source source;
};

/* ---------------------------------------------------------------- finding it */

/* "KIND/NAME", and no path: then its kind. */
static const char *split_kind(const char *text, const char **name)
{
    const char *slash = strchr(text, '/');
    for (int i = 0; slash != NULL && i < KIND_COUNT; i++) {
        size_t size = strlen(kinds[i]);
        if ((size_t)(slash - text) != size || memcmp(text, kinds[i], size) != 0 ||
            slash[1] == '\0' || dvg_source_is_path(slash + 1))
            continue;
        *name = slash + 1;
        return kinds[i];
    }
    return NULL;
}

/* The name among all that is nearest to the wanted one. */
struct guess {
    dvg_nearest nearest;
    char best[128];
};

/* A dvg_script_fn. */
static int offer(void *payload, const dvg_script_info *info)
{
    struct guess *guess = payload;
    size_t size = strlen(info->name);
    dvg_nearest_offer(&guess->nearest, info->name);
    if (guess->nearest.best != info->name || size >= sizeof guess->best)
        return 0;
    memcpy(guess->best, info->name, size + 1); /* the text is valid now only */
    guess->nearest.best = guess->best;
    return 0;
}

static dvg_status fail_none(dvg_host *host, const char *name, dvg_error *error)
{
    struct guess guess;
    dvg_nearest_init(&guess.nearest, name, strlen(name));
    guess.best[0] = '\0';
    dvg_status status = dvg_host_list(host, offer, &guess, error);
    if (status != DVG_OK)
        return status;
    if (guess.nearest.best == NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "there is no script named \"%s\"", name);
    return dvg_fail(error, DVG_E_ARGUMENT, "there is no script named \"%s\"; the nearest is \"%s\"",
                    name, guess.best);
}

static dvg_status fail_several(const char *name, const bool found[KIND_COUNT], dvg_error *error)
{
    char list[256] = "";
    size_t size = 0;
    for (int i = 0; i < KIND_COUNT; i++) {
        if (!found[i])
            continue;
        memcpy(list + size, " ", 2);
        size += 1;
        memcpy(list + size, kinds[i], strlen(kinds[i]) + 1);
        size += strlen(kinds[i]);
    }
    return dvg_fail(error, DVG_E_ARGUMENT,
                    "several scripts are named \"%.100s\": say KIND/%.100s, where KIND is one of%s",
                    name, name, list);
}

/* Look for `name` among the scripts of kind number `kind`. One that is there but wrong counts;
 * where nobody can tell whether it is, that is the error. */
static dvg_status probe(const dvg_host *host, int kind, const char *name, bool *found,
                        dvg_error *error)
{
    dvg_source source;
    dvg_error mine;
    dvg_error_clear(&mine);
    dvg_source_init(&source, &host->allocator);
    dvg_status status = dvg_source_find(&source, host, kinds[kind], name, &mine);
    dvg_source_clear(&source);
    *found = status != DVG_E_ARGUMENT;
    if (status != DVG_E_MEMORY && status != DVG_E_IO)
        return DVG_OK;
    if (error != NULL)
        *error = mine;
    return status;
}

/* The kind of a name that says none. */
static dvg_status find_kind(dvg_host *host, struct wanted *wanted, dvg_error *error)
{
    bool found[KIND_COUNT];
    int count = 0;
    for (int i = 0; i < KIND_COUNT; i++) {
        dvg_status status = probe(host, i, wanted->name, &found[i], error);
        if (status != DVG_OK)
            return status;
        if (found[i])
            wanted->kind = kinds[i];
        count += found[i];
    }
    if (count == 0)
        return fail_none(host, wanted->name, error);
    return count == 1 ? DVG_OK : fail_several(wanted->name, found, error);
}

static dvg_status find(struct wanted *wanted, dvg_host *host, const char *name, dvg_error *error)
{
    dvg_status status = DVG_OK;
    dvg_source_init(&wanted->source, &host->allocator);
    wanted->name = name;
    wanted->kind = split_kind(name, &wanted->name);
    if (wanted->kind == NULL && dvg_source_is_path(name))
        wanted->kind = "";
    else if (wanted->kind == NULL)
        status = find_kind(host, wanted, error);
    if (status != DVG_OK)
        return status;
    return dvg_source_find(&wanted->source, host, wanted->kind, wanted->name, error);
}

/* ---------------------------------------------------------------- its source */

dvg_status dvg_host_show(dvg_host *host, const char *name, dvg_sink_fn sink, void *payload,
                         dvg_error *error)
{
    struct wanted wanted;
    dvg_status status = find(&wanted, host, name, error);
    if (status == DVG_OK && sink(payload, wanted.source.text, wanted.source.size) < 0)
        status = dvg_fail(error, DVG_E_CANCELLED, "the source was not taken");
    dvg_source_clear(&wanted.source);
    return status;
}

/* ---------------------------------------------------------------- its own words */

/* What is read of the table: texts that it holds. */
struct words {
    const char *title;
    const char *help;
    bool sides; /* it is a profile */
};

static const char *text_of(lua_State *lua, const char *name)
{
    lua_pushstring(lua, name);
    int type = lua_rawget(lua, -2);
    const char *text = type == LUA_TSTRING ? lua_tostring(lua, -1) : NULL;
    lua_pop(lua, 1); /* the table holds it */
    return text;
}

static void read_options(dvg_fields *fields)
{
    static const char name[] = "options";
    lua_pushstring(fields->lua, name);
    if (lua_rawget(fields->lua, -2) != LUA_TNIL) {
        fields->steps[0].name = name;
        fields->depth = 1;
        dvg_option_read_all(fields);
        fields->depth = 0;
    }
    lua_pop(fields->lua, 1);
}

/* Read what any script may have, whatever else is in its table. A lua_CFunction. */
static int read_words(lua_State *lua)
{
    struct words *words = lua_touserdata(lua, 1);
    dvg_fields fields;
    dvg_fields_init(&fields, lua, NULL);
    dvg_state_push_script(fields.state);
    words->title = text_of(lua, "title");
    words->help = text_of(lua, "help");
    words->sides = (dvg_part_find(&fields) & DVG_PART_PROFILE) != 0;
    read_options(&fields);
    return 0;
}

/* Load the script; `profile` only holds what is read. A module is not run: it says nothing but by
 * its comment, and need not give a table. */
static dvg_status load(dvg_profile *profile, const struct wanted *wanted, struct words *words,
                       dvg_error *error)
{
    if (strcmp(wanted->kind, "util") == 0)
        return DVG_OK;
    dvg_status status = dvg_profile_open_script(&profile->state, profile, wanted->kind,
                                                wanted->name, read_words, words, error);
    words->sides = words->sides || strcmp(wanted->kind, "profile") == 0;
    if (status == DVG_OK && words->sides)
        status = dvg_state_run(profile->state, dvg_profile_read, profile, error);
    return status;
}

/* The options of a loaded script, in the memory of the host's allocator. */
static dvg_option_info *list_options(const dvg_profile *profile, bool sides, size_t *count)
{
    size_t first = sides ? 0 : 2;
    *count = 0;
    dvg_option_info *infos =
        dvg_allocate(&profile->allocator, (profile->option_count + 2) * sizeof *infos);
    for (size_t i = first; infos != NULL && i < profile->option_count + 2; i++)
        if (dvg_profile_option_any(profile, i, &infos[*count]))
            ++*count;
    return infos;
}

static dvg_status tell(const dvg_profile *profile, const struct wanted *wanted,
                       const struct words *words, dvg_script_help_fn callback, void *payload,
                       dvg_error *error)
{
    dvg_buffer heading;
    dvg_script_help help = {wanted->kind, wanted->name, NULL, words->title, words->help, NULL, 0};
    dvg_buffer_init(&heading, &profile->allocator);
    dvg_heading_add(&heading, &wanted->source);
    dvg_option_info *options = list_options(profile, words->sides, &help.option_count);
    const char *comment = dvg_buffer_string(&heading);
    dvg_status status = DVG_OK;
    if (comment == NULL || options == NULL) {
        status = dvg_fail_memory(error);
    } else {
        help.path = wanted->source.bytes.data != NULL ? wanted->source.shown : NULL;
        help.title = words->title == NULL ? "" : words->title;
        help.words = words->help == NULL ? comment : words->help;
        help.options = options;
        if (callback(payload, &help) < 0)
            status = dvg_fail(error, DVG_E_CANCELLED, "the help was not taken");
    }
    dvg_release(&profile->allocator, options, (profile->option_count + 2) * sizeof *options);
    dvg_buffer_clear(&heading);
    return status;
}

dvg_status dvg_host_help(dvg_host *host, const char *name, dvg_script_help_fn callback,
                         void *payload, dvg_error *error)
{
    struct wanted wanted;
    struct words words = {NULL, NULL, false};
    dvg_profile *profile = NULL;
    dvg_status status = find(&wanted, host, name, error);
    if (status == DVG_OK)
        status = dvg_profile_blank(&profile, host, error);
    if (status == DVG_OK)
        status = load(profile, &wanted, &words, error);
    if (status == DVG_OK)
        status = tell(profile, &wanted, &words, callback, payload, error);
    dvg_profile_free(profile);
    dvg_source_clear(&wanted.source);
    return status;
}
