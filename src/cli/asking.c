/*
 * asking: see asking.h. What they do beside each other, and beside reports, is compare.c's.
 */
#include "asking.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

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

void dvg_asking_ledger(dvg_command *command, const char *value)
{
    (void)value;
    command->ledger = true;
}

void dvg_asking_explain(dvg_command *command, const char *value)
{
    bool second = command->explain[0] != NULL && command->explain[1] == NULL;
    command->explain[second ? 1 : 0] = value;
    if (!second)
        command->explain[1] = NULL;
}

static void set_wrong(dvg_command *command, const char *text)
{
    if (command->wrong[0] == '\0')
        (void)snprintf(command->wrong, sizeof command->wrong, "%s", text);
}

/* A summary is a report, and is not written beside others that are named. */
static void choose_summary(dvg_command *command, const char *name)
{
    if (command->summary != NULL && strcmp(command->summary, name) != 0)
        set_wrong(command, "--brief and --stat are two reports: give one, or both by --report");
    command->summary = name;
}

void dvg_asking_brief(dvg_command *command, const char *value)
{
    (void)value;
    choose_summary(command, "brief");
}

void dvg_asking_stat(dvg_command *command, const char *value)
{
    (void)value;
    choose_summary(command, "stat");
}

void dvg_asking_limit(dvg_command *command, const char *value)
{
    size_t digits = strspn(value, "0123456789");
    command->limited = true;
    command->limit = 0;
    if (digits == 0 || digits > 18 || value[digits] != '\0') {
        set_wrong(command, "--limit takes a whole number from 0 on, of 18 digits at most");
        return;
    }
    for (size_t i = 0; i < digits; i++)
        command->limit = command->limit * 10 + (uint64_t)(value[i] - '0');
}
