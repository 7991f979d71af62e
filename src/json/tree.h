/*
 * tree: the layout that JSON text and Python's repr share: brackets, separators, indentation.
 * Answers for visiting a value without recursion; what a scalar looks like is the caller's.
 */
#ifndef DVG_JSON_TREE_H
#define DVG_JSON_TREE_H

#include "base/buffer.h"
#include "value/document.h"

/* How a tree is laid out. */
typedef struct dvg_tree_form {
    void (*scalar)(dvg_buffer *out, dvg_value value, const void *payload);
    void (*name)(dvg_buffer *out, dvg_text name, const void *payload);
    const void *payload;
    const char *comma; /* between members on one line */
    const char *colon;
    int indent; /* spaces a level; negative: one line */
    int level;  /* of the value's own line */
    bool sort;  /* members by code point */
} dvg_tree_form;

/* Append the value. False: out of memory. */
bool dvg_tree_write(dvg_buffer *out, dvg_value value, const dvg_tree_form *form);

#endif
