/*
 * pathname: see pathname.h. A path is a root ("", "/" or "//") and parts; every function writes
 * the root and the parts it keeps.
 */
#include "os/pathname.h"

#include <string.h>

/* One part of a path; `data` NULL: there is none. */
struct part {
    const char *data;
    size_t size;
};

/* A path that is being written behind what the buffer already holds. */
struct writer {
    dvg_buffer *out;
    size_t base; /* size of the buffer behind the root */
};

/* POSIX leaves exactly two leading slashes to the system; three and more are one. */
static size_t root_size(const char *path)
{
    if (path[0] != '/')
        return 0;
    return path[1] == '/' && path[2] != '/' ? 2 : 1;
}

/* The next part that counts: not empty and not ".". Moves `*at` behind it. */
static struct part next_part(const char **at)
{
    for (;;) {
        struct part part = {*at + strspn(*at, "/"), 0};
        part.size = strcspn(part.data, "/");
        *at = part.data + part.size;
        if (part.size == 0)
            return (struct part){NULL, 0};
        if (part.size != 1 || part.data[0] != '.')
            return part;
    }
}

static struct part last_part(const char *path)
{
    struct part last = {NULL, 0};
    for (struct part part = next_part(&path); part.data != NULL; part = next_part(&path))
        last = part;
    return last;
}

static struct writer start(dvg_buffer *out, const char *path)
{
    dvg_buffer_add(out, "//", root_size(path));
    return (struct writer){out, out->size};
}

static void add_part(struct writer *writer, struct part part)
{
    if (writer->out->size > writer->base)
        dvg_buffer_add_byte(writer->out, '/');
    dvg_buffer_add(writer->out, part.data, part.size);
}

/* Every part before `end`, which is where a part begins; NULL: all. */
static void add_parts(struct writer *writer, const char *path, const char *end)
{
    for (struct part part = next_part(&path); part.data != NULL && part.data != end;
         part = next_part(&path))
        add_part(writer, part);
}

/* A path without root and parts is the directory itself. */
static void finish(const struct writer *writer, const char *path)
{
    if (writer->out->size == writer->base && root_size(path) == 0)
        dvg_buffer_add_byte(writer->out, '.');
}

void dvg_pathname_normal(dvg_buffer *out, const char *path)
{
    struct writer writer = start(out, path);
    add_parts(&writer, path, NULL);
    finish(&writer, path);
}

void dvg_pathname_parent(dvg_buffer *out, const char *path)
{
    struct writer writer = start(out, path);
    add_parts(&writer, path, last_part(path).data);
    finish(&writer, path);
}

void dvg_pathname_join(dvg_buffer *out, const char *folder, const char *name)
{
    if (root_size(name) > 0) {
        dvg_pathname_normal(out, name);
        return;
    }
    struct writer writer = start(out, folder);
    add_parts(&writer, folder, NULL);
    add_parts(&writer, name, NULL);
    finish(&writer, folder);
}

/* Bytes of a name before its suffix; all of them where it has none. */
static size_t stem_size(struct part name)
{
    size_t dot = name.size;
    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    return dot < 2 || dot == name.size ? name.size : dot - 1;
}

bool dvg_pathname_suffix(dvg_buffer *out, const char *path, const char *extension)
{
    struct part name = last_part(path);
    if (name.data == NULL)
        return false;
    struct writer writer = start(out, path);
    add_parts(&writer, path, name.data);
    add_part(&writer, (struct part){name.data, stem_size(name)});
    dvg_buffer_add_byte(out, '.');
    dvg_buffer_add_text(out, extension);
    return true;
}

bool dvg_pathname_is_inside(const char *path)
{
    for (;;) {
        size_t size = strcspn(path, "/");
        bool dots = path[0] == '.' && (size == 1 || (size == 2 && path[1] == '.'));
        if (size == 0 || dots)
            return false;
        if (path[size] == '\0')
            return true;
        path += size + 1;
    }
}
