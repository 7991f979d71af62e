/*
 * kind: what a divergence can be, and its name. A profile may give a kind another name on the
 * wire; the numbers are internal. It stands on this floor because a rule selects by kind.
 */
#ifndef DVG_RULES_KIND_H
#define DVG_RULES_KIND_H

#include <stddef.h>

typedef enum dvg_kind {
    DVG_KIND_VALUE = 0,       /* "value": two scalars of one type differ */
    DVG_KIND_TYPE,            /* "type-mismatch": the types differ */
    DVG_KIND_MEMBER_MISSING,  /* "member-missing": an object lacks a member on the right */
    DVG_KIND_MEMBER_EXTRA,    /* "member-extra": on the left */
    DVG_KIND_ELEMENT_MISSING, /* "element-missing": a keyed array lacks an element on the right */
    DVG_KIND_ELEMENT_EXTRA,   /* "element-extra": on the left */
    DVG_KIND_LENGTH,          /* "length": two sequences have different lengths */
    DVG_KIND_DUPLICATE,       /* "duplicate": occurrences of a repeated name or key differ */
    DVG_KIND_FILE_MISSING,    /* "file-missing": the document is absent on the right */
    DVG_KIND_FILE_EXTRA,      /* "file-extra": on the left, or on both */
    DVG_KIND_HASH,            /* "hash-mismatch": a manifest's claim is not the file's digest */
    DVG_KIND_KEYLESS,         /* "keyless": elements of a keyed array that have no key differ */
    DVG_KIND_FILE_TYPE,       /* "file-type": a file here, a directory or a dead link there */
    DVG_KIND_BYTES,           /* "bytes": two files that are compared as bytes differ */
    DVG_KIND_MOVED,           /* "element-moved": an element of a sequence stands elsewhere */
    DVG_KIND_REORDERED,       /* "reordered": the elements of an array have another order */
    DVG_KIND_COUNT
} dvg_kind;

/* Name of a kind; constant. */
const char *dvg_kind_name(dvg_kind kind);

/* Kind of a name; DVG_KIND_COUNT if there is none. */
dvg_kind dvg_kind_find(const char *name, size_t size);

#endif
