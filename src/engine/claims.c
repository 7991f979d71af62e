/*
 * claims: the manifests, which say what digest each file should have. Declared in pair.h.
 * A manifest is read if it is there; whether it has the right shape matters only when it is asked.
 */
#include "engine/pair.h"
#include "value/cell.h"

#include <string.h>

dvg_status dvg_claims_read(struct dvg_running *running, dvg_error *error)
{
    dvg_result *result = running->result;
    const char *name = result->rules->manifest_file;
    for (int side = 0; side < 2 && name != NULL; side++) {
        const dvg_document *document;
        dvg_presence presence;
        dvg_status status = dvg_snapshot_look(result->side[side], name, &presence, error);
        if (status != DVG_OK)
            return status;
        if (presence == DVG_PRESENCE_DANGLING)
            dvg_result_warn(result, "%s: a link that leads nowhere counts as absent",
                            dvg_snapshot_file_path(result->side[side], name));
        if (presence == DVG_PRESENCE_ABSENT || presence == DVG_PRESENCE_DANGLING)
            continue;
        status = dvg_snapshot_any_document(result->side[side], name, &document, error);
        if (status != DVG_OK)
            return status;
        dvg_result_warn_repeats(result, dvg_snapshot_file_path(result->side[side], name), document);
        running->claims[side] = dvg_document_root(document);
        running->has_manifest[side] = true;
    }
    return DVG_OK;
}

/* The object of claims; absent where the manifest has none. */
static dvg_status claims_object(const struct dvg_running *running, int side, dvg_value *object,
                                dvg_error *error)
{
    const dvg_rules *rules = running->result->rules;
    *object = dvg_value_absent();
    if (!running->has_manifest[side])
        return DVG_OK;
    const char *path = dvg_snapshot_file_path(running->result->side[side], rules->manifest_file);
    if (dvg_value_type(running->claims[side]) != DVG_OBJECT)
        return dvg_fail_file(error, DVG_E_INPUT, path, "the root must be an object, not %s",
                             dvg_type_name(dvg_value_type(running->claims[side])));
    *object = running->claims[side];
    if (rules->manifest_at == NULL)
        return DVG_OK;
    *object = dvg_value_member(*object, rules->manifest_at, strlen(rules->manifest_at));
    dvg_type type = dvg_value_type(*object);
    if (type != DVG_ABSENT && type != DVG_OBJECT)
        return dvg_fail_file(error, DVG_E_INPUT, path, "\"%s\" must be an object, not %s",
                             rules->manifest_at, dvg_type_name(type));
    return DVG_OK;
}

dvg_status dvg_claims_get(const struct dvg_running *running, int side, const char *name,
                          dvg_value *claim, dvg_error *error)
{
    dvg_value object;
    *claim = dvg_value_absent();
    dvg_status status = claims_object(running, side, &object, error);
    if (status != DVG_OK)
        return status;
    dvg_value found = dvg_value_member(object, name, strlen(name));
    if (dvg_value_type(found) != DVG_NULL)
        *claim = found;
    return DVG_OK;
}

/* A name comes from data: it may hold NUL, and be longer than any file's. */
static bool is_compared(const dvg_result *result, dvg_text name)
{
    char copy[4096];
    if (name.size >= sizeof copy || memchr(name.data, '\0', name.size) != NULL)
        return false;
    memcpy(copy, name.data, name.size);
    copy[name.size] = '\0';
    return dvg_result_has_file(result, copy);
}

void dvg_claims_warn(struct dvg_running *running)
{
    dvg_result *result = running->result;
    for (int side = 0; side < 2; side++) {
        dvg_value object;
        unsigned long long count = 0;
        dvg_text first = {"", 0};
        if (claims_object(running, side, &object, NULL) != DVG_OK || object.cell == NULL)
            continue;
        const dvg_cell *end = dvg_cell_after(object.cell);
        for (const dvg_cell *cell = object.cell + 1; cell < end; cell = dvg_cell_after(cell + 1)) {
            dvg_text name = dvg_cell_text(object.document, *cell);
            if (is_compared(result, name))
                continue;
            if (count++ == 0)
                first = name;
        }
        if (count > 0)
            dvg_result_warn(
                result, "%s: %llu %s that the profile never asks for (first: %.*s)",
                dvg_snapshot_file_path(result->side[side], result->rules->manifest_file), count,
                count == 1 ? "name" : "names", first.size > 200 ? 200 : (int)first.size,
                first.data);
    }
}
