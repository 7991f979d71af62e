/*
 * composite: see composite.h. In a path a key of several members is one text, "a=1,b=x" behind the
 * first name: what would be read as part of the path stands in quotes.
 */
#include "diff/composite.h"
#include "diff/subtree.h"

#include <string.h>

dvg_value dvg_composite_part(const dvg_key_part *part, dvg_value element)
{
    for (size_t i = 0; i < part->count && element.cell != NULL; i++)
        element = dvg_value_member(element, part->names[i].data, part->names[i].size);
    return element;
}

uint64_t dvg_composite_hash(const dvg_key *key, dvg_value element, const dvg_seed *seed, bool *none,
                            bool *bad, dvg_type *type)
{
    uint64_t hash = key->count;
    *none = true;
    *bad = false;
    for (size_t i = 0; i < key->count && !*bad; i++) {
        dvg_value value = dvg_composite_part(&key->parts[i], element);
        *type = dvg_value_type(value);
        *none = *none && *type <= DVG_NULL;
        *bad = *type >= DVG_ARRAY;
        if (!*bad)
            hash = dvg_hash_mix(hash, dvg_key_hash(value, seed));
    }
    return hash;
}

bool dvg_composite_same(const dvg_key *key, dvg_value left, dvg_value right)
{
    bool same = true;
    for (size_t i = 0; i < key->count && same; i++)
        same = dvg_key_same(dvg_composite_part(&key->parts[i], left),
                            dvg_composite_part(&key->parts[i], right));
    return same;
}

/* ---- in a path */

static bool is_plain(dvg_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (strchr(",=[]\"\\", text.data[i]) != NULL && text.data[i] != '\0')
            return false;
    return true;
}

static void spell_part(dvg_buffer *out, dvg_value value)
{
    dvg_text text = dvg_value_type(value) == DVG_STRING ? dvg_value_text(value) : (dvg_text){"", 0};
    if (is_plain(text)) {
        dvg_key_render(out, value);
        return;
    }
    dvg_buffer_add_byte(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\')
            dvg_buffer_add_byte(out, '\\');
        dvg_buffer_add_byte(out, text.data[i]);
    }
    dvg_buffer_add_byte(out, '"');
}

static void spell(dvg_buffer *out, const dvg_key *key, dvg_value element)
{
    for (size_t i = 0; i < key->count; i++) {
        if (i > 0) {
            dvg_buffer_add_byte(out, ',');
            dvg_buffer_add_text(out, key->parts[i].shown);
            dvg_buffer_add_byte(out, '=');
        }
        if (key->count == 1)
            dvg_key_render(out, dvg_composite_part(&key->parts[i], element));
        else
            spell_part(out, dvg_composite_part(&key->parts[i], element));
    }
}

/* A document that holds the text and nothing else. NULL: out of memory. */
static const dvg_cell *make_key(struct dvg_walker *walker, dvg_text text)
{
    struct dvg_made_key *made = dvg_arena_get(walker->walk->steps, sizeof *made);
    if (made == NULL)
        return NULL;
    uint64_t size = text.size < DVG_CELL_LENGTH_MOST ? text.size : DVG_CELL_LENGTH_MOST;
    dvg_document_init(&made->document, walker->walk->allocator);
    made->document.source = text.data;
    made->document.source_size = text.size;
    made->document.cells = &made->cell;
    made->document.cell_count = 1;
    made->cell = dvg_cell_near(DVG_TAG_STRING, 0, size);
    return &made->cell;
}

bool dvg_composite_place(struct dvg_walker *walker, const dvg_keyed *keyed, int side,
                         const dvg_cell *element, struct dvg_pair *place)
{
    const dvg_key *key = keyed->parts;
    dvg_value value = {walker->document[side], element};
    dvg_buffer text;
    dvg_buffer_init(&text, walker->walk->allocator);
    spell(&text, key, value);
    const char *copy =
        text.failed ? NULL : dvg_arena_copy(walker->walk->steps, text.data, text.size);
    place->name = (dvg_text){copy, text.size};
    dvg_buffer_clear(&text);
    if (copy == NULL)
        return dvg_walker_out_of_memory(walker);
    place->key_is_left = side == 0;
    place->made_key = key->count > 1;
    place->key = key->count == 1 ? dvg_composite_part(&key->parts[0], value).cell
                                 : make_key(walker, place->name);
    return key->count == 1 || place->key != NULL || dvg_walker_out_of_memory(walker);
}
