/*
 * host: see host.h. Also: which embedded profile knows a set of options, and the list of scripts.
 */
#include "script/host.h"

#include "script/builtin.h"
#include "script/foreign.h"
#include "script/profile.h"

#include <string.h>

dvg_status dvg_host_new(dvg_host **host, const dvg_allocator *allocator, const char *const *folders,
                        size_t folder_count, const dvg_script_limits *limits, dvg_error *error)
{
    dvg_host *made = dvg_allocate_zero(allocator, sizeof *made);
    *host = NULL;
    if (made == NULL)
        return dvg_fail_memory(error);
    made->allocator = *allocator;
    made->folders = folders;
    made->folder_count = folder_count;
    made->limits = *limits;
    made->c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (made->c_locale == (locale_t)0) {
        dvg_release(allocator, made, sizeof *made);
        return dvg_fail_memory(error);
    }
    *host = made;
    return DVG_OK;
}

void dvg_host_begin_run(dvg_host *host) { host->spent = 0; }

void dvg_host_free(dvg_host *host)
{
    if (host == NULL)
        return;
    dvg_allocator allocator = host->allocator;
    for (size_t i = 0; i < host->loaded_count; i++)
        dvg_profile_free(host->loaded[i]);
    dvg_release(&allocator, (void *)host->loaded, host->loaded_capacity * sizeof(dvg_profile *));
    dvg_foreign_clear(host);
    freelocale(host->c_locale);
    dvg_release(&allocator, host, sizeof *host);
}

/* ---------------------------------------------------------------- which profile */

static bool declares(const dvg_profile *profile, const char *name)
{
    return strcmp(profile->rules.side_names[0], name) == 0 ||
           strcmp(profile->rules.side_names[1], name) == 0 ||
           dvg_profile_option_find(profile, name) != NULL;
}

/* What asking the embedded profiles has shown. */
struct search {
    const char *found;      /* the first that declares all */
    const char *rival;      /* the second */
    const char *undeclared; /* NULL once every name was declared by somebody */
};

static bool declares_all(const dvg_profile *profile, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!declares(profile, names[i]))
            return false;
    return true;
}

/* Loading a profile takes half a millisecond, so one that declares none of the names is not asked:
 * each has the names that it declares in its own text, but for those of sides that it leaves to the
 * library. */
static bool may_declare_any(size_t builtin, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], "left") == 0 || strcmp(names[i], "right") == 0 ||
            dvg_source_builtin_mentions(builtin, names[i]))
            return true;
    return count == 0;
}

/* The first of the names that no embedded profile declares; NULL: there is none. All that may are
 * loaded. */
static const char *find_undeclared(const dvg_host *host, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool declared = false;
        for (size_t j = 0; j < host->loaded_count && !declared; j++)
            declared = host->loaded[j] != NULL && declares(host->loaded[j], names[i]);
        if (!declared)
            return names[i];
    }
    return NULL;
}

static dvg_status ask_profiles(struct search *search, dvg_host *host, const char *const *names,
                               size_t count, dvg_error *error)
{
    for (size_t i = 0; i < dvg_builtin_count; i++) {
        dvg_profile *profile = NULL;
        const char *name = dvg_source_builtin_name(i, "profile");
        if (name == NULL || !may_declare_any(i, names, count))
            continue;
        dvg_status status = dvg_profile_embedded(&profile, host, i, error);
        if (status != DVG_OK)
            return status;
        if (!declares_all(profile, names, count))
            continue;
        if (search->found == NULL)
            search->found = name;
        else if (search->rival == NULL)
            search->rival = name;
    }
    search->undeclared = find_undeclared(host, names, count);
    return DVG_OK;
}

dvg_status dvg_host_find_profile(dvg_host *host, const char *const *names, size_t count,
                                 const char **profile, dvg_error *error)
{
    struct search search = {NULL, NULL, NULL};
    dvg_status status = ask_profiles(&search, host, names, count, error);
    if (status != DVG_OK)
        return status;
    if (search.undeclared != NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "no built-in profile declares the option \"--%s\"",
                        search.undeclared);
    if (search.found == NULL)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "no built-in profile declares all of the options given; name one");
    if (search.rival != NULL)
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "the profiles \"%s\" and \"%s\" both declare the options given; name one",
                        search.found, search.rival);
    *profile = search.found;
    return DVG_OK;
}
