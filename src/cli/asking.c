/*
 * asking: see asking.h. What they do beside each other, and beside reports, is compare.c's.
 */
#include "asking.h"

#include <stddef.h>

void dvg_asking_show_suppressed(dvg_command *command, const char *value)
{
    (void)value;
    command->show_suppressed = true;
}

void dvg_asking_show_ignored(dvg_command *command, const char *value)
{
    (void)value;
    command->show_ignored = true;
}

void dvg_asking_check_rules(dvg_command *command, const char *value)
{
    (void)value;
    command->check_rules = true;
}

void dvg_asking_explain(dvg_command *command, const char *value)
{
    bool second = command->explain[0] != NULL && command->explain[1] == NULL;
    command->explain[second ? 1 : 0] = value;
    if (!second)
        command->explain[1] = NULL;
}
