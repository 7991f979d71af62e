/*
 * image: the object that `run:image(name, {...})` gives a gate: masks over a binary file of both
 * snapshots, and its digests with the masks applied.
 */
#ifndef DVG_SCRIPT_IMAGE_H
#define DVG_SCRIPT_IMAGE_H

#include "script/state.h"

/* `run:image(name, { base = address, fill = byte })`. [-args, +1, e] */
int dvg_image_new(lua_State *lua);

#endif
