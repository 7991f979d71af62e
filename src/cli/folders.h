/*
 * folders: where the program's user keeps scripts. The one place that reads the environment.
 * Answers for the order of the folders, and that those named on the command line exist; one from
 * the environment need not.
 */
#ifndef DVG_CLI_FOLDERS_H
#define DVG_CLI_FOLDERS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct dvg_folders {
    const char **path; /* in the order in which they are asked */
    size_t count;
    char *texts; /* what some of them point into */
} dvg_folders;

/* Are all `given` ones directories? If not, a line on standard error has said so. */
bool dvg_folders_check(const char *const *given, size_t count);

/* The `given` ones, then those of $DIVERGE_PATH, separated by colons, then
 * $XDG_CONFIG_HOME/diverge or else ~/.config/diverge. False: out of memory. Clear it in either
 * case. */
bool dvg_folders_init(dvg_folders *folders, const char *const *given, size_t count);
void dvg_folders_clear(dvg_folders *folders);

#endif
