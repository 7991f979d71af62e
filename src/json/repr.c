/*
 * repr: Python's repr and str of a whole value; declared in writer.h. Scalars are value/python.h's.
 */
#include "json/tree.h"
#include "json/writer.h"

static void repr_scalar(dvg_buffer *out, dvg_value value, const void *payload)
{
    (void)payload;
    dvg_scalar_repr(out, value);
}

static void repr_name(dvg_buffer *out, dvg_text name, const void *payload)
{
    (void)payload;
    dvg_repr_string(out, name.data, name.size);
}

bool dvg_repr(dvg_buffer *out, dvg_value value)
{
    static const dvg_tree_form form = {repr_scalar, repr_name, NULL, ", ", ": ", -1, 0, false};
    return dvg_tree_write(out, value, &form);
}

bool dvg_str(dvg_buffer *out, dvg_value value)
{
    if (dvg_value_type(value) != DVG_STRING)
        return dvg_repr(out, value);
    dvg_text text = dvg_value_text(value);
    dvg_buffer_add(out, text.data, text.size);
    return !out->failed;
}
