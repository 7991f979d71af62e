/*
 * classes: the list of classes that a script declares, into the profile's rules. Those of a
 * classifier are appended; where it repeats one, it must mean the same.
 */
#include "script/part.h"

#include <string.h>

/* Both stand in every list and heading of a report, in one line. In bytes. */
enum { NAME_MOST = 100, TITLE_MOST = 400 };

static const char *read_line(dvg_fields *fields, size_t most)
{
    char line[TITLE_MOST + 1];
    const char *text = dvg_fields_text(fields);
    size_t size = strlen(text);
    if (size > most)
        dvg_fields_fail(fields, "at most %zu bytes are allowed here, and these are %zu", most,
                        size);
    if (dvg_line_escape(line, sizeof line, text, size) != size)
        dvg_fields_fail(fields, "control characters, and bytes that are no UTF-8, are not allowed "
                                "here");
    return text;
}

static void read_name(dvg_fields *fields)
{
    if (strchr(read_line(fields, NAME_MOST), ' ') != NULL)
        dvg_fields_fail(fields, "a name has no spaces; `title` is for people");
}

static void read_title(dvg_fields *fields) { (void)read_line(fields, TITLE_MOST); }

static void read_severity(dvg_fields *fields)
{
    static const char *const names[] = {"info", "warning", "error", NULL};
    (void)dvg_fields_choice(fields, names);
}

static dvg_severity severity_of(const char *name)
{
    if (name == NULL || strcmp(name, "error") == 0)
        return DVG_ERROR;
    return strcmp(name, "warning") == 0 ? DVG_WARNING : DVG_INFO;
}

/* Is the class there already, and the same? Fails where it is another one of that name. */
static bool repeats(dvg_fields *fields, const dvg_rules *rules, const dvg_class *wanted)
{
    ptrdiff_t index = dvg_rules_class(rules, wanted->name, strlen(wanted->name));
    if (index < 0)
        return false;
    const dvg_class *known = &rules->classes[index];
    if (strcmp(known->title, wanted->title) != 0 || known->severity != wanted->severity)
        dvg_fields_fail(fields,
                        "class \"%.80s\" is declared already, with the title \"%.80s\" and the "
                        "severity %s: leave it out here to use that one, or take another name",
                        known->name, known->title, dvg_severity_name(known->severity));
    return true;
}

static void read_class(dvg_fields *fields)
{
    static const dvg_field known[] = {{"name", DVG_TAKES_TEXT, read_name},
                                      {"title", DVG_TAKES_TEXT, read_title},
                                      {"severity", DVG_TAKES_TEXT, read_severity}};
    dvg_profile *profile = fields->state->profile;
    dvg_error error;
    dvg_fields_table(fields, known, sizeof known / sizeof known[0]);
    const char *name = dvg_fields_member(fields, "name");
    const char *title = dvg_fields_member(fields, "title");
    if (name == NULL)
        dvg_fields_fail(fields, "a class needs a `name`");
    dvg_class made = {name, title == NULL ? name : title,
                      severity_of(dvg_fields_member(fields, "severity"))};
    if (fields->state != profile->state && repeats(fields, &profile->rules, &made))
        return;
    dvg_error_clear(&error);
    dvg_fields_check(fields,
                     dvg_rules_add_class(&profile->rules, name, strlen(name), made.title,
                                         strlen(made.title), made.severity, &error),
                     &error);
}

void dvg_classes_read(dvg_fields *fields) { dvg_fields_list(fields, DVG_TAKES_TABLE, read_class); }
