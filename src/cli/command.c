/*
 * command: the storage of a command line that was read; see options.h.
 * Invariant: every list has room for all arguments, so that reading one never asks for memory.
 */
#include "options.h"

#include <stdlib.h>

/* Every list of a command, each with room for all arguments. */
static bool lists_init(dvg_command *command, size_t most)
{
    dvg_values *const lists[] = {&command->script_path, &command->classifiers, &command->matches,
                                 &command->places,      &command->files,       &command->reports,
                                 &command->sets,        &command->digests};
    bool memory = true;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        lists[i]->items = calloc(most, sizeof *lists[i]->items);
        memory = memory && lists[i]->items != NULL;
    }
    return memory;
}

bool dvg_command_init(dvg_command *command, int argc)
{
    *command = (dvg_command){0};
    size_t most = (size_t)argc + 1;
    bool memory = lists_init(command, most);
    command->given = calloc(most, sizeof *command->given);
    command->plain = calloc(most, sizeof *command->plain);
    command->unknown = calloc(most, sizeof *command->unknown);
    return memory && command->given != NULL && command->plain != NULL && command->unknown != NULL;
}

static void forget_unknown(dvg_command *command)
{
    while (command->unknown_count > 0)
        free(command->unknown[--command->unknown_count]);
}

void dvg_command_clear(dvg_command *command)
{
    forget_unknown(command);
    free(command->script_path.items);
    free(command->classifiers.items);
    free(command->matches.items);
    free(command->places.items);
    free(command->files.items);
    free(command->reports.items);
    free(command->sets.items);
    free(command->digests.items);
    free(command->given);
    free(command->plain);
    free(command->unknown);
}

void dvg_command_reset(dvg_command *command)
{
    forget_unknown(command);
    dvg_command empty = {0};
    empty.script_path.items = command->script_path.items;
    empty.classifiers.items = command->classifiers.items;
    empty.matches.items = command->matches.items;
    empty.places.items = command->places.items;
    empty.files.items = command->files.items;
    empty.reports.items = command->reports.items;
    empty.sets.items = command->sets.items;
    empty.digests.items = command->digests.items;
    empty.given = command->given;
    empty.plain = command->plain;
    empty.unknown = command->unknown;
    *command = empty;
}
