/*
 * source: see source.h.
 */
#include "script/source.h"

#include "os/pathname.h"
#include "script/builtin.h"
#include "script/nearest.h"

#include <string.h>

void dvg_source_init(dvg_source *source, const dvg_allocator *allocator)
{
    memset(source, 0, sizeof *source);
    source->allocator = *allocator;
}

void dvg_source_clear(dvg_source *source)
{
    dvg_release_string(&source->allocator, source->shown);
    dvg_bytes_clear(&source->bytes, &source->allocator);
    dvg_source_init(source, &source->allocator);
}

bool dvg_source_is_path(const char *name)
{
    size_t length = strlen(name);
    return strchr(name, '/') != NULL || (length >= 4 && strcmp(name + length - 4, ".lua") == 0);
}

const char *dvg_source_builtin_name(size_t index, const char *kind)
{
    size_t length = strlen(kind);
    const char *name = index < dvg_builtin_count ? dvg_builtins[index].name : "";
    if (strncmp(name, kind, length) != 0 || name[length] != '/')
        return NULL;
    return name + length + 1;
}

bool dvg_source_builtin_mentions(size_t index, const char *words)
{
    size_t length = strlen(words);
    const char *at = dvg_builtins[index].source;
    const char *end = at + dvg_builtins[index].size;
    while (length > 0 && (size_t)(end - at) >= length) {
        at = memchr(at, words[0], (size_t)(end - at) - length + 1);
        if (at == NULL)
            return false;
        if (memcmp(at, words, length) == 0)
            return true;
        at++;
    }
    return length == 0;
}

/* The embedded script "kind/name"; NULL: there is none. */
static const struct dvg_builtin *find_builtin(const char *path)
{
    size_t low = 0;
    size_t high = dvg_builtin_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(path, dvg_builtins[middle].name);
        if (order == 0)
            return &dvg_builtins[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static dvg_status set_shown(dvg_source *source, const char *prefix, const char *path,
                            const char *suffix, dvg_error *error)
{
    dvg_buffer text;
    dvg_buffer_init(&text, &source->allocator);
    dvg_buffer_add_text(&text, prefix);
    dvg_buffer_add_text(&text, path);
    dvg_buffer_add_text(&text, suffix);
    if (!text.failed)
        source->shown = dvg_string_copy(&source->allocator, text.data, text.size);
    dvg_buffer_clear(&text);
    return source->shown == NULL ? dvg_fail_memory(error) : DVG_OK;
}

static dvg_status take_builtin(dvg_source *source, const struct dvg_builtin *builtin,
                               dvg_error *error)
{
    source->text = builtin->source;
    source->size = builtin->size;
    return set_shown(source, "diverge/", builtin->name, ".lua", error);
}

static dvg_status refuse_size(const char *path, dvg_error *error)
{
    return dvg_fail_file(error, DVG_E_SCRIPT, path, "a script of more than %zu bytes is refused",
                         DVG_SOURCE_SIZE_MOST);
}

/* A script is text: what an editor or a compiler put in front of it is refused by name, since Lua
 * would complain about a strange character. */
static dvg_status check_text(const dvg_source *source, dvg_error *error)
{
    const char *text = source->text;
    if (source->size > DVG_SOURCE_SIZE_MOST)
        return refuse_size(source->shown, error); /* it has grown since */
    if (source->size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        return dvg_fail_at(error, DVG_E_SCRIPT, source->shown, 1, 1, 0,
                           "the script begins with a byte order mark");
    if (source->size >= 1 && text[0] == '\x1b')
        return dvg_fail_at(error, DVG_E_SCRIPT, source->shown, 1, 1, 0,
                           "the script is a compiled chunk; only text is taken");
    return DVG_OK;
}

static dvg_status take_file(dvg_source *source, const char *path, dvg_error *error)
{
    dvg_presence presence = DVG_PRESENCE_ABSENT;
    uint64_t size = 0;
    dvg_status status = set_shown(source, "", path, "", error);
    if (status == DVG_OK)
        status = dvg_path_measure(path, &presence, &size, error);
    if (status != DVG_OK)
        return status;
    if (presence == DVG_PRESENCE_ABSENT || presence == DVG_PRESENCE_DANGLING)
        return dvg_fail_file(error, DVG_E_ARGUMENT, path, "no such script");
    if (presence != DVG_PRESENCE_REGULAR)
        return dvg_fail_file(
            error, DVG_E_SCRIPT, path, "a script must be a regular file, and this is %s",
            presence == DVG_PRESENCE_DIRECTORY ? "a directory" : "a pipe, a device or a socket");
    if (size > DVG_SOURCE_SIZE_MOST)
        return refuse_size(path, error); /* not read */
    status = dvg_file_read(path, &source->allocator, &source->bytes, error);
    if (status != DVG_OK)
        return status;
    source->text = source->bytes.data;
    source->size = source->bytes.size;
    return check_text(source, error);
}

/* Look for "PATH.lua" below the folders. `*found` says whether there is one. */
static dvg_status find_file(dvg_buffer *path, const dvg_host *host, const char *below, bool *found,
                            dvg_error *error)
{
    *found = false;
    for (size_t i = 0; i < host->folder_count; i++) {
        dvg_presence presence = DVG_PRESENCE_ABSENT;
        path->size = 0;
        dvg_pathname_join(path, host->folders[i], below);
        dvg_buffer_add_text(path, ".lua");
        const char *text = dvg_buffer_string(path);
        if (text == NULL)
            return dvg_fail_memory(error);
        dvg_status status = dvg_path_look(text, &presence, error);
        if (status != DVG_OK)
            return status;
        if (presence != DVG_PRESENCE_ABSENT) {
            *found = true;
            return DVG_OK;
        }
    }
    return DVG_OK;
}

/* Take "BELOW.lua" from the folders. `*found` says whether there is one. */
static dvg_status take_from_folders(dvg_source *source, const dvg_host *host, const char *below,
                                    bool *found, dvg_error *error)
{
    dvg_buffer path;
    dvg_buffer_init(&path, &source->allocator);
    dvg_status status = find_file(&path, host, below, found, error);
    if (status == DVG_OK && *found)
        status = take_file(source, dvg_buffer_string(&path), error);
    dvg_buffer_clear(&path);
    return status;
}

/* What a kind of script is called in a sentence. */
static const char *noun_of(const char *kind)
{
    return strcmp(kind, "classify") == 0 ? "classifier" : kind;
}

static dvg_status no_such_script(const char *kind, const char *name, dvg_error *error)
{
    dvg_nearest nearest;
    dvg_nearest_init(&nearest, name, strlen(name));
    for (size_t i = 0; i < dvg_builtin_count; i++) {
        const char *other = dvg_source_builtin_name(i, kind);
        if (other != NULL)
            dvg_nearest_offer(&nearest, other);
    }
    if (nearest.best == NULL)
        return dvg_fail(error, DVG_E_ARGUMENT, "there is no %s named \"%s\"", noun_of(kind), name);
    return dvg_fail(error, DVG_E_ARGUMENT,
                    "there is no %s named \"%s\"; the nearest built-in one is \"%s\"",
                    noun_of(kind), name, nearest.best);
}

/* "kind/name" into the buffer; NULL: out of memory. */
static const char *below_text(dvg_buffer *below, const char *kind, const char *name)
{
    dvg_buffer_add_text(below, kind);
    dvg_buffer_add_byte(below, '/');
    dvg_buffer_add_text(below, name);
    return dvg_buffer_string(below);
}

dvg_status dvg_source_find(dvg_source *source, const dvg_host *host, const char *kind,
                           const char *name, dvg_error *error)
{
    if (dvg_source_is_path(name))
        return take_file(source, name, error);
    bool found = false;
    dvg_status status = DVG_OK;
    dvg_buffer below;
    dvg_buffer_init(&below, &source->allocator);
    const char *text = below_text(&below, kind, name);
    if (text == NULL)
        status = dvg_fail_memory(error);
    else
        status = take_from_folders(source, host, text, &found, error);
    if (status == DVG_OK && !found) {
        const struct dvg_builtin *builtin = find_builtin(text);
        status = builtin != NULL ? take_builtin(source, builtin, error)
                                 : no_such_script(kind, name, error);
    }
    dvg_buffer_clear(&below);
    return status;
}

static bool is_kind(const char *text, size_t length)
{
    static const char *const kinds[] = {"profile", "classify", "report", "util"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strlen(kinds[i]) == length && memcmp(kinds[i], text, length) == 0)
            return true;
    return false;
}

bool dvg_source_is_module(const char *name)
{
    static const char own[] = "diverge.";
    if (strncmp(name, own, sizeof own - 1) == 0)
        return true;
    return is_kind(name, strcspn(name, "."));
}

/* Turn "kind.a.b" into "kind/a/b". False: not a name of a module. */
static bool module_path(dvg_buffer *below, const char *name)
{
    size_t kind = strcspn(name, ".");
    char last = '.';
    if (!is_kind(name, kind))
        return false;
    for (const char *at = name; *at != '\0'; at++) {
        if (*at == '/' || *at == '\\' || (*at == '.' && last == '.'))
            return false;
        dvg_buffer_add_byte(below, *at == '.' ? '/' : *at);
        last = *at;
    }
    return last != '.' && name[kind] == '.';
}

dvg_status dvg_source_module(dvg_source *source, const dvg_host *host, const char *name,
                             dvg_error *error)
{
    static const char own[] = "diverge.";
    bool embedded = strncmp(name, own, sizeof own - 1) == 0;
    bool found = false;
    dvg_status status = DVG_OK;
    dvg_buffer below;
    dvg_buffer_init(&below, &source->allocator);
    if (!module_path(&below, embedded ? name + sizeof own - 1 : name)) {
        status = dvg_fail(error, DVG_E_SCRIPT,
                          "\"%s\" is no module: a name is [diverge.]KIND.NAME, where KIND is "
                          "profile, classify, report or util",
                          name);
    } else if (dvg_buffer_string(&below) == NULL) {
        status = dvg_fail_memory(error);
    } else if (embedded) {
        const struct dvg_builtin *builtin = find_builtin(dvg_buffer_string(&below));
        found = builtin != NULL;
        if (found)
            status = take_builtin(source, builtin, error);
    } else {
        status = take_from_folders(source, host, dvg_buffer_string(&below), &found, error);
    }
    if (status == DVG_OK && !found)
        status = dvg_fail(error, DVG_E_SCRIPT, "module \"%s\" not found%s", name,
                          embedded ? " among the built-in ones" : " below the script folders");
    dvg_buffer_clear(&below);
    return status;
}
