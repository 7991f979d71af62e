/*
 * telling: see telling.h.
 */
#include "engine/telling.h"
#include "json/writer.h"

#include <string.h>

/* ---------------------------------------------------------------- words */

void dvg_tell(struct dvg_telling *telling, const char *text)
{
    dvg_buffer_add_text(telling->out, text);
}

void dvg_tell_escaped(struct dvg_telling *telling, const char *text, size_t size)
{
    char line[400];
    dvg_line_escape(line, sizeof line, text, size);
    dvg_tell(telling, line);
}

void dvg_tell_text(struct dvg_telling *telling, const char *text)
{
    dvg_tell_escaped(telling, text, strlen(text));
}

void dvg_tell_path(struct dvg_telling *telling, const dvg_step *path)
{
    dvg_buffer text;
    dvg_buffer_init(&text, &telling->result->allocator);
    dvg_path_render(&text, path, &telling->result->allocator);
    if (text.size == 0)
        dvg_tell(telling, path == NULL ? "the whole document" : "\"\"");
    else
        dvg_tell_escaped(telling, text.data, text.size);
    telling->out->failed = telling->out->failed || text.failed;
    dvg_buffer_clear(&text);
}

static void add_count(struct dvg_telling *telling, uint64_t count, const char *one,
                      const char *more)
{
    dvg_tell(telling, " of ");
    dvg_buffer_add_u64(telling->out, count);
    dvg_tell(telling, count == 1 ? one : more);
}

/* A value in one line: what stands in a container is only counted. */
void dvg_tell_value(struct dvg_telling *telling, dvg_value value)
{
    static const dvg_json_style style = {.indent = -2};
    dvg_type type = dvg_value_type(value);
    dvg_buffer text;
    if (type == DVG_ABSENT || type == DVG_ARRAY || type == DVG_OBJECT) {
        dvg_tell(telling, type == DVG_ABSENT ? "nothing" : dvg_type_name(type));
        if (type == DVG_ARRAY)
            add_count(telling, dvg_value_count(value), " element", " elements");
        if (type == DVG_OBJECT)
            add_count(telling, dvg_value_count(value), " member", " members");
        return;
    }
    dvg_buffer_init(&text, &telling->result->allocator);
    if (!dvg_json_write(&text, value, &style))
        telling->out->failed = true;
    dvg_tell_escaped(telling, text.size > 0 ? text.data : "", text.size);
    dvg_tell(telling, " (");
    dvg_tell(telling, dvg_type_name(type));
    dvg_tell(telling, ")");
    dvg_buffer_clear(&text);
}

/* ---------------------------------------------------------------- who */

static void add_why(struct dvg_telling *telling, const char *why)
{
    if (why == NULL)
        return;
    dvg_tell(telling, " (");
    dvg_tell_text(telling, why);
    dvg_tell(telling, ")");
}

void dvg_tell_rule(struct dvg_telling *telling, uint32_t index)
{
    const dvg_rule *rule = &telling->result->rules->rules[index];
    dvg_tell_text(telling, rule->name);
    if (rule->at != NULL) {
        dvg_tell(telling, ", at ");
        dvg_tell_text(telling, rule->at[0] != '\0' ? rule->at : "the root");
    }
    add_why(telling, rule->why);
}

/* "by rules[1] of p.lua:3", "by the function at p.lua:9", or what it is otherwise. */
void dvg_tell_origin(struct dvg_telling *telling, uint32_t rule, const char *file, uint64_t line,
                     const char *otherwise)
{
    if (rule != DVG_RULE_NONE) {
        dvg_tell(telling, ", by ");
        dvg_tell_rule(telling, rule);
    } else if (file != NULL) {
        dvg_tell(telling, ", by the function at ");
        dvg_tell_text(telling, file);
        dvg_tell(telling, ":");
        dvg_buffer_add_u64(telling->out, line);
    } else {
        dvg_tell(telling, otherwise);
    }
    dvg_tell(telling, "\n");
}
