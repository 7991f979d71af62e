/*
 * option_list: writes the table of options for others to read, when the project is built.
 *     option_list table FILE              name, argument, values and help, between tabs
 *     option_list SHELL TEMPLATE FILE     TEMPLATE, its line @OPTIONS@ replaced by the options as
 *                                         bash, zsh or fish want them
 * Answers for how a shell spells a row; what a shell does with it stands in completions/.
 */
#include "options.h"

#include <stdio.h>
#include <string.h>

#define LINE_SIZE 4096

typedef void row_fn(FILE *out, const dvg_option_row *row);

/* `text`, a backslash before every byte of `escaped`. */
static void put_escaped(FILE *out, const char *text, const char *escaped)
{
    for (; *text != '\0'; text++) {
        if (strchr(escaped, *text) != NULL)
            (void)fputc('\\', out);
        (void)fputc(*text, out);
    }
}

/* As part of a word in single quotes, which end for each one in the text. */
static void put_quoted(FILE *out, const char *text, const char *escaped)
{
    for (; *text != '\0'; text++) {
        if (strchr(escaped, *text) != NULL)
            (void)fputc('\\', out);
        if (*text == '\'')
            (void)fputs("'\\''", out);
        else
            (void)fputc(*text, out);
    }
}

/* The words of "a|b|c", with spaces between. */
static void put_words(FILE *out, const char *values)
{
    for (; *values != '\0'; values++)
        (void)fputc(*values == '|' ? ' ' : *values, out);
}

static bool are_words(const char *values) { return values != NULL && values[0] != '<'; }

static const char *or_nothing(const char *text) { return text != NULL ? text : ""; }

static void table_row(FILE *out, const dvg_option_row *row)
{
    (void)fprintf(out, "%s\t%s\t%s\t%s\n", row->name, or_nothing(row->argument),
                  or_nothing(row->values), row->help);
}

/* [--NAME]='VALUES', where '' is a value that nobody knows and '-' none. */
static void bash_row(FILE *out, const dvg_option_row *row)
{
    (void)fprintf(out, "    [--%s]='", row->name);
    put_words(out, row->argument != NULL ? or_nothing(row->values) : "-");
    (void)fputs("'\n", out);
}

/* What zsh calls for values that are no words. */
static const char *zsh_action(const char *values)
{
    static const char *const actions[][2] = {
        {DVG_VALUES_FILE, "_files"},
        {DVG_VALUES_FOLDER, "_files -/"},
        {DVG_VALUES_LUA, "_files -g \"*.lua\""},
        {DVG_VALUES_SCRIPT, "_diverge_scripts script"},
        {DVG_VALUES_PROFILE, "_diverge_scripts profile"},
        {DVG_VALUES_CLASSIFIER, "_diverge_scripts classify"},
        {DVG_VALUES_REPORT, "_diverge_reports"},
    };
    for (size_t i = 0; values != NULL && i < sizeof actions / sizeof *actions; i++)
        if (strcmp(values, actions[i][0]) == 0)
            return actions[i][1];
    return " ";
}

/* '*--NAME=[HELP]:ARGUMENT:ACTION', for _arguments. */
static void zsh_row(FILE *out, const dvg_option_row *row)
{
    const char *argument = or_nothing(row->argument);
    const char *second = strchr(argument, ' ');
    bool again = strstr(row->help, "may be repeated") != NULL;
    (void)fprintf(out, "    '%s--%s%s[", again ? "*" : "", row->name,
                  argument[0] != '\0' && second == NULL ? "=" : "");
    put_quoted(out, row->help, "[]\\");
    (void)fputc(']', out);
    if (argument[0] != '\0') {
        (void)fprintf(out,
                      ":%.*s:", second != NULL ? (int)(second - argument) : (int)strlen(argument),
                      argument);
        if (are_words(row->values)) {
            (void)fputc('(', out);
            put_words(out, row->values);
            (void)fputc(')', out);
        } else {
            (void)fputs(zsh_action(row->values), out);
        }
    }
    if (second != NULL)
        (void)fprintf(out, ":%s: ", second + 1);
    (void)fputs("'\n", out);
}

/* complete -c diverge -l NAME -d 'HELP' and what its value is. */
static void fish_row(FILE *out, const dvg_option_row *row)
{
    (void)fprintf(out, "complete -c diverge -l %s -d '", row->name);
    put_escaped(out, row->help, "'\\");
    (void)fputc('\'', out);
    if (are_words(row->values)) {
        (void)fputs(" -x -a '", out);
        put_words(out, row->values);
        (void)fputc('\'', out);
    } else if (row->values != NULL) {
        size_t length = strlen(row->values);
        (void)fprintf(out, " -x -a '(__diverge_values %.*s)'", (int)length - 2, row->values + 1);
    } else if (row->argument != NULL) {
        (void)fputs(" -x", out);
    }
    (void)fputc('\n', out);
}

static void write_rows(FILE *out, row_fn *write_row)
{
    for (size_t i = 0; i < dvg_option_row_count; i++)
        write_row(out, &dvg_option_rows[i]);
}

/* False: the template cannot be read, or asks for the options not once. */
static bool fill(FILE *out, const char *template, row_fn *write_row)
{
    char line[LINE_SIZE];
    int found = 0;
    FILE *in = fopen(template, "r");
    if (in == NULL)
        return false;
    while (fgets(line, sizeof line, in) != NULL) {
        if (strcmp(line, "@OPTIONS@\n") == 0) {
            write_rows(out, write_row);
            found++;
        } else {
            (void)fputs(line, out);
        }
    }
    bool read = ferror(in) == 0;
    (void)fclose(in);
    return read && found == 1;
}

static row_fn *find_shell(const char *name)
{
    static const struct {
        const char *name;
        row_fn *write_row;
    } shells[] = {{"bash", bash_row}, {"zsh", zsh_row}, {"fish", fish_row}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
        if (strcmp(name, shells[i].name) == 0)
            return shells[i].write_row;
    return NULL;
}

int main(int argc, char **argv)
{
    bool table = argc == 3 && strcmp(argv[1], "table") == 0;
    row_fn *shell = argc == 4 ? find_shell(argv[1]) : NULL;
    if (!table && shell == NULL) {
        (void)fputs("usage: option_list table FILE | bash|zsh|fish TEMPLATE FILE\n", stderr);
        return 1;
    }
    FILE *out = fopen(argv[argc - 1], "w");
    bool written = out != NULL;
    if (table && written)
        write_rows(out, table_row);
    else if (written)
        written = fill(out, argv[2], shell);
    if (out == NULL || fclose(out) != 0 || !written) {
        (void)fprintf(stderr, "option_list: %s cannot be written\n", argv[argc - 1]);
        return 1;
    }
    return 0;
}
