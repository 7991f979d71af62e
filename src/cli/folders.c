/*
 * folders: see folders.h. Empty parts of $DIVERGE_PATH are left out: they would stand for the
 * working folder, and a script must not come from wherever the program happens to be started.
 */
/* strsep is a GNU and BSD name. */
#define _GNU_SOURCE
#include "folders.h"

#include "console.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *environment(const char *name)
{
    const char *value = getenv(name);
    return value != NULL ? value : "";
}

/* The user's own folder, written to `text`; "" if there is none. A relative one does not count,
 * as the XDG base directory specification says. */
static void own_folder(char *text, size_t size, const char *config, const char *home)
{
    text[0] = '\0';
    if (config[0] == '/')
        (void)snprintf(text, size, "%s/diverge", config);
    else if (home[0] == '/')
        (void)snprintf(text, size, "%s/.config/diverge", home);
}

static void add(dvg_folders *folders, const char *path)
{
    if (path[0] != '\0')
        folders->path[folders->count++] = path;
}

static size_t count_parts(const char *list)
{
    size_t parts = 1;
    for (; *list != '\0'; list++)
        parts += *list == ':';
    return parts;
}

bool dvg_folders_check(const char *const *given, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct stat status;
        if (stat(given[i], &status) != 0)
            dvg_console_error("--script-path %s: %s", given[i], strerror(errno));
        else if (!S_ISDIR(status.st_mode))
            dvg_console_error("--script-path %s: is no directory", given[i]);
        else
            continue;
        return false;
    }
    return true;
}

bool dvg_folders_init(dvg_folders *folders, const char *const *given, size_t count)
{
    const char *list = environment("DIVERGE_PATH");
    const char *config = environment("XDG_CONFIG_HOME");
    const char *home = environment("HOME");
    size_t list_size = strlen(list) + 1;
    size_t own_size = strlen(config) + strlen(home) + sizeof "/.config/diverge";
    *folders = (dvg_folders){0};
    folders->path = calloc(count + count_parts(list) + 1, sizeof *folders->path);
    folders->texts = malloc(list_size + own_size);
    if (folders->path == NULL || folders->texts == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        add(folders, given[i]);
    memcpy(folders->texts, list, list_size);
    char *own = folders->texts + list_size;
    own_folder(own, own_size, config, home);
    char *rest = folders->texts;
    for (char *part = strsep(&rest, ":"); part != NULL; part = strsep(&rest, ":"))
        add(folders, part);
    add(folders, own);
    return true;
}

void dvg_folders_clear(dvg_folders *folders)
{
    free(folders->path);
    free(folders->texts);
}
