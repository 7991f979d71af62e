/*
 * within: see within.h.
 */
#include "rules/within.h"

#include "path/glob.h"

#include <string.h>

static dvg_within *append(dvg_within **list, size_t *count, dvg_arena *arena, const char *text)
{
    dvg_within *made = dvg_arena_get(arena, sizeof *made);
    if (made == NULL)
        return NULL;
    memset(made, 0, sizeof *made);
    made->text = dvg_arena_copy(arena, text, strlen(text));
    if (made->text == NULL)
        return NULL;
    while (*list != NULL)
        list = &(*list)->next;
    *list = made;
    ++*count;
    return made;
}

dvg_status dvg_scope_add_place(dvg_scope *scope, dvg_arena *arena, const char *pattern,
                               dvg_error *error)
{
    dvg_pattern parsed;
    dvg_status status = dvg_pattern_parse(&parsed, arena, pattern, strlen(pattern), error);
    if (status != DVG_OK)
        return status;
    dvg_within *made = append(&scope->places, &scope->place_count, arena, pattern);
    if (made == NULL)
        return dvg_fail_memory(error);
    made->pattern = parsed;
    return DVG_OK;
}

dvg_status dvg_scope_add_file(dvg_scope *scope, dvg_arena *arena, const char *glob,
                              dvg_error *error)
{
    if (glob[0] == '\0')
        return dvg_fail(error, DVG_E_ARGUMENT, "the name of a file, or a glob, is expected");
    dvg_status status = dvg_glob_check(glob, strlen(glob), error);
    if (status != DVG_OK)
        return status;
    return append(&scope->files, &scope->file_count, arena, glob) != NULL ? DVG_OK
                                                                          : dvg_fail_memory(error);
}

bool dvg_scope_has_file(const dvg_scope *scope, const char *name, uint64_t *hits)
{
    bool has = scope->files == NULL;
    size_t i = 0;
    for (const dvg_within *file = scope->files; file != NULL; file = file->next, i++) {
        if (!dvg_glob_match(file->text, strlen(file->text), name, strlen(name)))
            continue;
        has = true;
        if (hits != NULL)
            hits[i]++;
    }
    return has;
}

dvg_standing dvg_scope_stand(const dvg_scope *scope, const dvg_step *step, uint64_t *hits,
                             const dvg_allocator *allocator, bool *failed)
{
    dvg_standing standing = DVG_OUTSIDE;
    size_t i = 0;
    for (const dvg_within *place = scope->places; place != NULL; place = place->next, i++) {
        if (dvg_pattern_match(&place->pattern, step, allocator, failed)) {
            standing = DVG_INSIDE;
            if (hits != NULL)
                hits[i]++;
        } else if (standing == DVG_OUTSIDE &&
                   dvg_pattern_leads_on(&place->pattern, step, allocator, failed)) {
            standing = DVG_LEADS_INSIDE;
        }
    }
    return standing;
}
