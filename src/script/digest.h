/*
 * digest: SHA-256 of the canonical form of documents and of parts of them, for scripts.
 */
#ifndef DVG_SCRIPT_DIGEST_H
#define DVG_SCRIPT_DIGEST_H

#include "script/state.h"

/* Push the digest of `value`; the time is the library's. Returns 1. [-0, +1, e] */
int dvg_digest_push(lua_State *lua, dvg_value value);

/* diverge.digest(v): that of an array or an object. [-0, +1, e] */
int dvg_digest_of(lua_State *lua);

#endif
