/*
 * idle: see idle.h.
 */
#include "idle.h"

#include "narrowing.h"

const char *dvg_idle_summary(const dvg_command *command)
{
    if (command->summary == NULL)
        return NULL;
    return command->summary[0] == 'b' ? "--brief" : "--stat";
}

const char *dvg_idle_find(const dvg_command *command)
{
    if (command->classifiers.count > 0)
        return "--classifier";
    if (dvg_narrowing_given(command) != NULL)
        return dvg_narrowing_given(command);
    if (command->matches.count > 0)
        return "--match";
    if (command->limited || command->ledger)
        return command->limited ? "--limit" : "--ledger";
    if (command->summary != NULL)
        return dvg_idle_summary(command);
    if (command->reports.count > 0)
        return "--report";
    if (command->out != NULL)
        return "--out";
    if (command->fail_on != DVG_FAIL_ON_INFO)
        return "--fail-on";
    if (command->show_suppressed || command->show_ignored)
        return command->show_suppressed ? "--show-suppressed" : "--show-ignored";
    if (command->check_rules || command->explain[0] != NULL)
        return command->check_rules ? "--check-rules" : "--explain";
    return command->validate_identical ? "--validate-identical" : NULL;
}
