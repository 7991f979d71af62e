/*
 * forms: see forms.h. How a document is read, the profile says: whether a repeated name counts, and
 * what numbers there may be.
 */
#include "forms.h"

#include "console.h"
#include "idle.h"

#include <string.h>

void dvg_forms_canonical(dvg_command *command, const char *value)
{
    command->action = DVG_ACTION_CANONICAL;
    command->canonical = value;
}

void dvg_forms_digest(dvg_command *command, const char *value)
{
    command->action = DVG_ACTION_DIGEST;
    command->digests.items[command->digests.count++] = value;
}

/* What says how to compare, and so does nothing here. */
static const char *find_idle(const dvg_command *command)
{
    if (command->side[0] != NULL || command->side[1] != NULL)
        return "the name of a snapshot";
    if (command->given_count > 0 || command->sets.count > 0)
        return "an option of a script";
    if (command->update)
        return "--update";
    return dvg_idle_find(command);
}

/* Is the command one that can be carried out? Else a line has said why not. */
static bool sound(const dvg_command *command)
{
    bool digest = command->action == DVG_ACTION_DIGEST;
    const char *idle = find_idle(command);
    if (digest && command->canonical != NULL)
        idle = "--canonical";
    else if (!digest && command->digests.count > 0)
        idle = "--digest";
    if (idle != NULL)
        dvg_console_error("%s does nothing beside %s", idle, digest ? "--digest" : "--canonical");
    else if (!digest && command->plain_count > 0)
        dvg_console_error("--canonical takes one file, not '%.200s' as well", command->plain[0]);
    else
        return true;
    return false;
}

static bool succeeded(dvg_status status, const dvg_error *error)
{
    if (status != DVG_OK && !dvg_console_broken())
        dvg_console_failure(error);
    return status == DVG_OK;
}

static dvg_status print_digest(const dvg_document *document, const char *name, dvg_error *error)
{
    char hex[DVG_DIGEST_SIZE];
    char line[4 * 4096];
    dvg_status status = dvg_document_digest(hex, document, error);
    if (status != DVG_OK)
        return status;
    (void)dvg_text_line(line, sizeof line, name, strlen(name));
    dvg_console_print("%s  %s\n", hex, line);
    return DVG_OK;
}

/* One document; "-" is standard input. */
static bool print_one(dvg_context *context, const dvg_command *command, const char *name)
{
    dvg_error error = {0};
    dvg_document *document;
    if (name[0] == '\0') {
        dvg_console_error("--%s needs the name of a file",
                          command->action == DVG_ACTION_DIGEST ? "digest" : "canonical");
        return false;
    }
    const char *path = strcmp(name, "-") == 0 ? "/dev/stdin" : name;
    if (!succeeded(dvg_document_read_file(&document, context, path, &error), &error))
        return false;
    dvg_status status = command->action == DVG_ACTION_DIGEST
                            ? print_digest(document, name, &error)
                            : dvg_document_canonical(document, dvg_console_sink, NULL, &error);
    dvg_document_free(document);
    return succeeded(status, &error);
}

int dvg_forms_print(dvg_context *context, const dvg_command *command)
{
    bool done = sound(command);
    if (!done)
        return DVG_EXIT_NO_VERDICT;
    if (command->action == DVG_ACTION_CANONICAL)
        return print_one(context, command, command->canonical) ? 0 : DVG_EXIT_NO_VERDICT;
    for (size_t i = 0; i < command->digests.count; i++)
        done = print_one(context, command, command->digests.items[i]) && done;
    for (size_t i = 0; i < command->plain_count; i++)
        done = print_one(context, command, command->plain[i]) && done;
    return done ? 0 : DVG_EXIT_NO_VERDICT;
}
