/*
 * chain: the scripts that are asked for the class of a divergence, in their order: those that the
 * user named, then the profile. Each is a link: its rules, then its function.
 * Answers for loading links and for their order; asking them is classify.c.
 * Invariant: the profile's own links are the last ones: its script, and behind it the classifier
 * that it names, if it does; a call that fails leaves the chain, the classes and the options as
 * they were.
 */
#ifndef DVG_SCRIPT_CHAIN_H
#define DVG_SCRIPT_CHAIN_H

#include "script/script.h"
#include "script/state.h"

/* What stands on the stack of a state that classifies, above the message handler. */
enum dvg_link_slot {
    DVG_LINK_FUNCTION = 2,
    DVG_LINK_DIVERGENCE, /* `d`, then what dvg_shortcut_push_table pushes */
    DVG_LINK_FIELDS,
    DVG_LINK_SIDES,
    DVG_LINK_LAST = DVG_LINK_SIDES + 1
};

typedef struct dvg_link {
    dvg_state *state;  /* of the script; NULL: there is none, the profile was said in C */
    const void *owner; /* of its rules: the state, or the profile */
    bool owned;        /* the state is the link's; else it is the profile's own */
    bool asks;         /* there is a function, and it stands on the stack with its `d` */
    const char *file;  /* where the function stands, as errors name it; lives with the state */
    uint64_t line;     /* that it begins on; 0: not known */
} dvg_link;

typedef struct dvg_chain {
    dvg_link *links;
    size_t count, capacity;
    size_t own; /* links at the end that are the profile's */
} dvg_chain;

/* Make the profile's own links, loading the classifier that it names. Done once, before any other
 * link is added. */
dvg_status dvg_chain_open(dvg_profile *profile, dvg_error *error);
void dvg_chain_clear(dvg_profile *profile);

/* Is there any function to ask? */
bool dvg_chain_asks(const dvg_chain *chain);

/* Another result is looked at: what the scripts of the links kept of an earlier one is void. */
dvg_status dvg_chain_renew(dvg_profile *profile, dvg_error *error);

#endif
