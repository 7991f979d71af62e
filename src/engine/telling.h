/*
 * telling: the words of an explanation. Whatever comes from documents and scripts is escaped, and
 * cut where it is long. Private to engine/.
 */
#ifndef DVG_ENGINE_TELLING_H
#define DVG_ENGINE_TELLING_H

#include "engine/result.h"

/* What is being told. */
struct dvg_telling {
    dvg_buffer *out;
    dvg_result *result;
    uint32_t file;     /* index of the one that it is about */
    bool counts;       /* a divergence that counts was told */
    dvg_status status; /* what failed, beside lack of memory, which `out` knows of */
    dvg_error *error;
};

void dvg_tell(struct dvg_telling *telling, const char *text);

/* A text from elsewhere; the second is NUL-ended. */
void dvg_tell_escaped(struct dvg_telling *telling, const char *text, size_t size);
void dvg_tell_text(struct dvg_telling *telling, const char *text);

void dvg_tell_path(struct dvg_telling *telling, const dvg_step *path);

/* A value with its type; what stands in a container is only counted. */
void dvg_tell_value(struct dvg_telling *telling, dvg_value value);

/* "rules[1] of p.lua:3, at a.b (why)" */
void dvg_tell_rule(struct dvg_telling *telling, uint32_t index);

/* ", by rules[1] of p.lua:3", ", by the function at p.lua:9", or what it is otherwise; ends the
 * line. */
void dvg_tell_origin(struct dvg_telling *telling, uint32_t rule, const char *file, uint64_t line,
                     const char *otherwise);

#endif
