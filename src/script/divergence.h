/*
 * divergence: `d`, the divergence at hand as scripts see it: one userdata for the whole run, whose
 * fields are made when they are read.
 * Invariant: between calls it shows nothing, and using it is an error.
 */
#ifndef DVG_SCRIPT_DIVERGENCE_H
#define DVG_SCRIPT_DIVERGENCE_H

#include "diff/record.h"
#include "script/state.h"
#include "value/document.h"

/* Some of the numbers of fields. */
enum { DVG_FIELD_FILE = 1, DVG_FIELD_KIND = 4, DVG_FIELD_LEFT, DVG_FIELD_RIGHT };

enum { DVG_SHORTCUT_SLOTS = 64 };

struct dvg_divergence_view {
    const dvg_record *record; /* NULL: none at hand */
    dvg_record own;           /* of a copy */
    uint64_t epoch;           /* of a copy */
    bool classified;          /* class and severity are decided */
    const char *by;           /* the script that suppressed it; NULL: none did */

    /* shortcut.c; not of a copy */
    bool lasting;              /* fields may be kept from one divergence to the next */
    bool kept_file, kept_kind; /* and are */
    bool kept_side[2];         /* the values are, since the script reads them */
    uint32_t file;             /* of the last record */
    uint8_t kind;
    struct {
        const void *name; /* Lua's own string; NULL: free, and the field is 0 */
        int field;
    } slots[DVG_SHORTCUT_SLOTS];
};

/* Make the `d` of a state and push it. [-0, +1, e] */
void dvg_divergence_push(lua_State *lua);

/* The divergence at `index`, which must be at hand; raises otherwise. [-0, +0, e] */
dvg_divergence_view *dvg_divergence_check(lua_State *lua, int index);

/* Raise unless a divergence is at hand. [-0, +0, e] */
void dvg_divergence_require(lua_State *lua, const dvg_divergence_view *view);

/* The number of the field whose name is at `index`; raises if there is none. [-0, +0, e] */
int dvg_divergence_field(lua_State *lua, int index);

/* A field without a trip through Lua: true with the text of one that is text (valid until the
 * next call that uses the state's scratch buffer), or with the value of a side. */
bool dvg_divergence_get_text(lua_State *lua, const dvg_divergence_view *self, int field,
                             dvg_text *text);
bool dvg_divergence_get_value(const dvg_divergence_view *self, int field, dvg_value *value);

/* Push a field by its number, one that neither of the two above gives. [-0, +1, e] */
void dvg_divergence_push_field(lua_State *lua, const dvg_divergence_view *self, int field);

/* Forget texts that belong to another result. [-0, +0, e] */
void dvg_divergence_renew(lua_State *lua);

#endif
