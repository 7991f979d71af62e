/*
 * maps: large files may be mapped, since the program owns its signals.
 * Answers for SIGBUS, which a file raises that somebody shortens while it is mapped: one line that
 * names it, and no verdict.
 */
#ifndef DVG_CLI_MAPS_H
#define DVG_CLI_MAPS_H

#include <stdbool.h>
#include <stddef.h>

/* A dvg_map_fn; no payload. Any thread. */
bool dvg_maps_ask(void *payload, const char *path, const void *data, size_t size);

#endif
