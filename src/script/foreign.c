/*
 * foreign: see foreign.h.
 */
#include "script/foreign.h"

#include "base/error.h"
#include "script/host.h"
#include "script/source.h"

#include <string.h>

bool dvg_foreign_is_own_lua(lua_State *(*lua)(lua_Alloc, void *)) { return lua == lua_newstate; }

static bool is_word_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || byte == '-';
}

/* Words joined by single dots? */
static bool is_name(const char *name)
{
    bool word = false;
    for (; *name != '\0'; name++) {
        if (*name == '.' ? !word : !is_word_byte(*name))
            return false;
        word = *name != '.';
    }
    return word;
}

/* The names that `require` knows without the host. */
static bool is_taken(const char *name)
{
    static const char *const libraries[] = {"_G",      "coroutine", "debug",  "io",
                                            "math",    "os",        "string", "table",
                                            "package", "utf8",      "diverge"};
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
        if (strcmp(name, libraries[i]) == 0)
            return true;
    return dvg_source_is_module(name);
}

dvg_status dvg_foreign_add(dvg_host *host, const char *name, lua_CFunction open, dvg_error *error)
{
    if (!is_name(name))
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "\"%s\" cannot be a module: a name is words of letters, digits, '_' and "
                        "'-', joined by dots",
                        name);
    if (is_taken(name))
        return dvg_fail(error, DVG_E_ARGUMENT,
                        "the module \"%s\" would hide one that scripts know by that name", name);
    if (dvg_foreign_find(host, name) != NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "the module \"%s\" was added before", name);
    dvg_foreign *made = dvg_allocate(&host->allocator, sizeof *made);
    if (made == NULL)
        return dvg_fail_memory(error);
    *made =
        (dvg_foreign){host->foreign, dvg_string_copy(&host->allocator, name, strlen(name)), open};
    if (made->name == NULL) {
        dvg_release(&host->allocator, made, sizeof *made);
        return dvg_fail_memory(error);
    }
    host->foreign = made;
    return DVG_OK;
}

lua_CFunction dvg_foreign_find(const dvg_host *host, const char *name)
{
    for (const dvg_foreign *at = host->foreign; at != NULL; at = at->next)
        if (strcmp(at->name, name) == 0)
            return at->open;
    return NULL;
}

void dvg_foreign_clear(dvg_host *host)
{
    while (host->foreign != NULL) {
        dvg_foreign *first = host->foreign;
        host->foreign = first->next;
        dvg_release_string(&host->allocator, first->name);
        dvg_release(&host->allocator, first, sizeof *first);
    }
}
