/*
 * bounding: see bounding.h. Units and ranges are limits.c; here is who is told what is wrong.
 */
#include "bounding.h"

#include <stdio.h>

void dvg_bounding_sandbox(dvg_command *command, const char *value)
{
    if (!dvg_limits_sandbox(&command->limits, value) && command->wrong[0] == '\0')
        (void)snprintf(command->wrong, sizeof command->wrong,
                       "--sandbox takes default, strict or off, not '%.64s'", value);
}

static void set(dvg_command *command, dvg_limit limit, const char *value)
{
    char why[160];
    if (!dvg_limits_set(&command->limits, limit, value, why, sizeof why) &&
        command->wrong[0] == '\0')
        (void)snprintf(command->wrong, sizeof command->wrong, "--%s takes %s, not '%.64s'",
                       dvg_limit_name(limit), why, value);
}

void dvg_bounding_time(dvg_command *command, const char *value)
{
    set(command, DVG_LIMIT_TIME, value);
}

void dvg_bounding_run_time(dvg_command *command, const char *value)
{
    set(command, DVG_LIMIT_RUN_TIME, value);
}

void dvg_bounding_instructions(dvg_command *command, const char *value)
{
    set(command, DVG_LIMIT_INSTRUCTIONS, value);
}

void dvg_bounding_memory(dvg_command *command, const char *value)
{
    set(command, DVG_LIMIT_MEMORY, value);
}

void dvg_bounding_volume(dvg_command *command, const char *value)
{
    set(command, DVG_LIMIT_VOLUME, value);
}

void dvg_bounding_output(dvg_command *command, const char *value)
{
    set(command, DVG_LIMIT_OUTPUT, value);
}
