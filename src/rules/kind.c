/*
 * kind: see kind.h.
 */
#include "rules/kind.h"

#include <string.h>

static const char *const names[DVG_KIND_COUNT] = {
    "value",           "type-mismatch", "member-missing", "member-extra",
    "element-missing", "element-extra", "length",         "duplicate",
    "file-missing",    "file-extra",    "hash-mismatch",  "keyless",
    "file-type",       "bytes",         "element-moved",  "reordered"};

const char *dvg_kind_name(dvg_kind kind) { return names[kind]; }

dvg_kind dvg_kind_find(const char *name, size_t size)
{
    size_t i = 0;
    while (i < DVG_KIND_COUNT && (strlen(names[i]) != size || memcmp(names[i], name, size) != 0))
        i++;
    return (dvg_kind)i;
}
