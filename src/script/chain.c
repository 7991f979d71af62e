/*
 * chain: see chain.h.
 */
#include "script/chain.h"

#include "rules/rule.h"
#include "script/divergence.h"
#include "script/option.h"
#include "script/shortcut.h"

#include <string.h>

/* ---------------------------------------------------------------- one link */

/* The file of a function as errors name it: Lua puts a mark in front of it. */
static const char *file_of(const lua_Debug *about, const dvg_state *state)
{
    if (about->linedefined < 1 || (about->source[0] != '@' && about->source[0] != '='))
        return state->source.shown;
    return about->source + 1;
}

/* Leave the function and `d` on the stack, and note where the function stands; where there is
 * none, nothing is left. A lua_CFunction. */
static int prepare(lua_State *lua)
{
    dvg_link *link = lua_touserdata(lua, 1);
    lua_Debug about;
    dvg_state_push_script(link->state);
    lua_pushliteral(lua, "classify");
    lua_rawget(lua, -2);
    link->asks = lua_isfunction(lua, -1);
    if (!link->asks)
        return 0;
    lua_pushvalue(lua, -1);
    lua_getinfo(lua, ">S", &about);
    link->file = file_of(&about, link->state);
    link->line = about.linedefined < 1 ? 0 : (uint64_t)about.linedefined;
    dvg_divergence_push(lua);
    /* Between two divergences nothing of the state runs that could see what is kept. */
    link->state->divergence->lasting = true;
    dvg_shortcut_push_table(lua);
    return DVG_LINK_LAST - DVG_LINK_FUNCTION + 1;
}

static dvg_status start_asking(dvg_link *link, dvg_error *error)
{
    lua_pushcfunction(link->state->lua, prepare);
    lua_pushlightuserdata(link->state->lua, link);
    return dvg_state_call(link->state, 1, LUA_MULTRET, error);
}

/* Load the classifier `name`; its classes and options join the profile's. */
static dvg_status load(dvg_link *link, dvg_profile *profile, const char *name, dvg_error *error)
{
    dvg_status status = dvg_profile_open_script(&link->state, profile, "classify", name,
                                                dvg_classifier_read, profile, error);
    link->owned = true;
    link->owner = link->state;
    if (status == DVG_OK)
        status = start_asking(link, error);
    return status;
}

static void close_link(dvg_link *link)
{
    if (link->owned)
        dvg_state_free(link->state);
}

/* ---------------------------------------------------------------- the chain */

static dvg_status make_room(dvg_profile *profile, dvg_error *error)
{
    dvg_chain *chain = &profile->chain;
    void *links = chain->links;
    if (!dvg_grow(&profile->allocator, &links, &chain->capacity, chain->count + 1,
                  sizeof(dvg_link)))
        return dvg_fail_memory(error);
    chain->links = links;
    return DVG_OK;
}

/* Put a link in front of the profile's last `behind` ones; there is room. */
static void insert(dvg_chain *chain, const dvg_link *link, size_t behind)
{
    dvg_link *place = chain->links + (chain->count - behind);
    memmove(place + 1, place, behind * sizeof *place);
    *place = *link;
    chain->count++;
}

static dvg_status open_named(dvg_profile *profile, dvg_error *error)
{
    dvg_link link = {NULL, NULL, false, false, NULL, 0};
    dvg_status status = make_room(profile, error);
    if (status == DVG_OK)
        status = load(&link, profile, profile->classify_name, error);
    if (status == DVG_E_ARGUMENT) /* there is none of that name: say who asks for it */
        dvg_error_set_file(error, profile->state->source.shown);
    if (status == DVG_OK)
        insert(&profile->chain, &link, 0);
    else
        close_link(&link);
    return status;
}

dvg_status dvg_chain_open(dvg_profile *profile, dvg_error *error)
{
    dvg_chain *chain = &profile->chain;
    const void *owner = profile->state != NULL ? (const void *)profile->state : profile;
    dvg_link link = {profile->state, owner, false, false, NULL, 0};
    if (chain->own > 0)
        return DVG_OK;
    dvg_status status = make_room(profile, error);
    if (status == DVG_OK && link.state != NULL && profile->has_classify)
        status = start_asking(&link, error);
    if (status == DVG_OK)
        insert(chain, &link, 0);
    if (status == DVG_OK && profile->classify_name != NULL)
        status = open_named(profile, error);
    chain->own = status == DVG_OK ? chain->count : 0;
    profile->own_rule_count = profile->rules.rule_count;
    return status;
}

/* The same script twice would change nothing, and so is not what was meant. */
static dvg_status check_once(const dvg_chain *chain, const dvg_link *link, dvg_error *error)
{
    const char *file = link->state->source.shown;
    for (size_t i = 0; i + chain->own < chain->count; i++)
        if (strcmp(chain->links[i].state->source.shown, file) == 0)
            return dvg_fail_file(error, DVG_E_ARGUMENT, file, "is a classifier already");
    return DVG_OK;
}

dvg_status dvg_profile_add_classifier(dvg_profile *profile, const char *name, dvg_error *error)
{
    dvg_chain *chain = &profile->chain;
    dvg_link link = {NULL, NULL, false, false, NULL, 0};
    size_t classes = profile->rules.class_count;
    size_t options = profile->option_count;
    size_t rules = profile->rules.rule_count;
    dvg_status status = make_room(profile, error);
    if (status == DVG_OK)
        status = load(&link, profile, name, error);
    if (status == DVG_OK)
        status = check_once(chain, &link, error);
    if (status != DVG_OK) {
        close_link(&link);
        profile->rules.class_count = classes;
        dvg_option_forget(profile, options);
        dvg_rules_forget(&profile->rules, rules, profile->own_rule_count);
        return status;
    }
    insert(chain, &link, chain->own);
    return DVG_OK;
}

void dvg_chain_clear(dvg_profile *profile)
{
    dvg_chain *chain = &profile->chain;
    for (size_t i = 0; i < chain->count; i++)
        close_link(&chain->links[i]);
    dvg_release(&profile->allocator, chain->links, chain->capacity * sizeof(dvg_link));
    memset(chain, 0, sizeof *chain);
}

bool dvg_chain_asks(const dvg_chain *chain)
{
    for (size_t i = 0; i < chain->count; i++)
        if (chain->links[i].asks)
            return true;
    return false;
}

/* ---------------------------------------------------------------- another result */

static int forget(lua_State *lua)
{
    dvg_divergence_renew(lua);
    return 0;
}

/* A profile that was said in C has no state. */
static dvg_status renew(dvg_state *state, dvg_error *error)
{
    if (state == NULL)
        return DVG_OK;
    dvg_state_renew(state);
    return state->divergence == NULL ? DVG_OK : dvg_state_run(state, forget, NULL, error);
}

dvg_status dvg_chain_renew(dvg_profile *profile, dvg_error *error)
{
    const dvg_chain *chain = &profile->chain;
    dvg_status status = renew(profile->state, error);
    for (size_t i = 0; i < chain->count && status == DVG_OK; i++)
        if (chain->links[i].owned)
            status = renew(chain->links[i].state, error);
    return status;
}
