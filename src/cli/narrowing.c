/*
 * narrowing: see narrowing.h.
 */
#include "narrowing.h"

#include "console.h"

#include <inttypes.h>
#include <stddef.h>

void dvg_narrowing_at(dvg_command *command, const char *value)
{
    command->places.items[command->places.count++] = value;
}

void dvg_narrowing_files(dvg_command *command, const char *value)
{
    command->files.items[command->files.count++] = value;
}

const char *dvg_narrowing_given(const dvg_command *command)
{
    return command->places.count > 0 ? "--at" : command->files.count > 0 ? "--files" : NULL;
}

typedef dvg_status (*add_fn)(dvg_context *context, const char *text, dvg_error *error);

static bool add_all(dvg_context *context, const dvg_values *values, add_fn add, const char *option)
{
    for (size_t i = 0; i < values->count; i++) {
        dvg_error error = {0};
        if (add(context, values->items[i], &error) == DVG_OK)
            continue;
        dvg_console_error("%s '%.200s': %s", option, values->items[i], error.message);
        return false;
    }
    return true;
}

bool dvg_narrowing_apply(dvg_context *context, const dvg_command *command)
{
    return add_all(context, &command->places, dvg_context_add_place, "--at") &&
           add_all(context, &command->files, dvg_context_add_file, "--files");
}

void dvg_narrowing_tell(const dvg_ledger *ledger)
{
    uint64_t left = ledger->side[DVG_LEFT].outside;
    uint64_t right = ledger->side[DVG_RIGHT].outside;
    if (left + right > 0)
        dvg_console_error("outside of --at, and not compared: %" PRIu64 " values and names on the "
                          "left, %" PRIu64 " on the right",
                          left, right);
    if (ledger->files_outside > 0)
        dvg_console_error("%" PRIu64 " %s left out by --files or --at, and not compared",
                          ledger->files_outside,
                          ledger->files_outside == 1 ? "file was" : "files were");
}
