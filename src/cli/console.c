/*
 * console: see console.h. Standard error is written a line at a time and its failures are not
 * reported, since there is nowhere left to report them to.
 */
#include "console.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Room for an error's file, message and place, and for a path in a line of our own. */
#define LINE_SIZE 8192

static struct {
    bool closed; /* standard output was closed when the program started */
    int failure; /* errno of its first failure; 0: none */
} output;

static char output_buffer[1 << 16];

/* Open a closed descriptor on /dev/null. The lowest free one is taken, which is this one, because
 * those below it are open. Returns true if it was closed. */
static bool reopen(int descriptor)
{
    if (fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF)
        return false;
    if (open("/dev/null", O_RDWR) != descriptor)
        _exit(DVG_EXIT_NO_VERDICT);
    return true;
}

void dvg_console_start(void)
{
    (void)reopen(STDIN_FILENO);
    output.closed = reopen(STDOUT_FILENO);
    (void)reopen(STDERR_FILENO);
    /* A buffer of our own also spares the system calls that would size one. */
    (void)setvbuf(stdout, output_buffer, _IOFBF, sizeof output_buffer);
}

static void note_failure(int error)
{
    if (output.failure == 0)
        output.failure = error != 0 ? error : EIO;
}

void dvg_console_print(const char *format, ...)
{
    if (output.closed) {
        note_failure(EBADF);
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    if (vfprintf(stdout, format, arguments) < 0)
        note_failure(errno);
    va_end(arguments);
}

/* Is a control character at `text`, of one byte or, above ASCII, of two? */
static bool is_control(const char *text)
{
    const unsigned char *byte = (const unsigned char *)text;
    return byte[0] < ' ' || byte[0] == 0x7f ||
           (byte[0] == 0xc2 && byte[1] >= 0x80 && byte[1] <= 0x9f);
}

void dvg_console_text(const char *text, const char *kept)
{
    while (*text != '\0') {
        const char *end = text;
        while (*end != '\0' && (!is_control(end) || strchr(kept, *end) != NULL))
            end++;
        dvg_console_print("%.*s", (int)(end - text), text);
        if (*end == '\0')
            return;
        dvg_console_print("?");
        text = end + 1;
    }
}

int dvg_console_sink(void *payload, const char *data, size_t size)
{
    (void)payload;
    if (output.closed && size > 0)
        note_failure(EBADF);
    else if (fwrite(data, 1, size, stdout) != size)
        note_failure(errno);
    return dvg_console_broken() ? -1 : 0;
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0';
}

bool dvg_console_terminal(unsigned *columns)
{
    struct winsize size;
    const char *kind = getenv("TERM");
    *columns = 0;
    if (output.closed || isatty(STDOUT_FILENO) == 0)
        return false;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        *columns = size.ws_col;
    return !is_set("NO_COLOR") && (kind == NULL || strcmp(kind, "dumb") != 0);
}

bool dvg_console_broken(void) { return output.failure != 0; }

static void say(const char *prefix, const char *format, va_list arguments)
{
    char line[LINE_SIZE];
    char clean[4 * LINE_SIZE];
    int length = vsnprintf(line, sizeof line, format, arguments);
    if (length < 0)
        return;
    /* What the library says is clean already; names that the user gave are not. */
    (void)dvg_text_line(clean, sizeof clean, line, strlen(line));
    fprintf(stderr, "%s%s\n", prefix, clean);
}

void dvg_console_say(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("", format, arguments);
    va_end(arguments);
}

void dvg_console_error(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say("diverge: ", format, arguments);
    va_end(arguments);
}

void dvg_console_failure(const dvg_error *error)
{
    char line[LINE_SIZE];
    (void)dvg_error_format(error, line, sizeof line);
    dvg_console_error("%s", line);
    for (const char *rest = error->detail; *rest != '\0';) {
        rest += strspn(rest, "\t"); /* Lua's own indent */
        int length = (int)strcspn(rest, "\n");
        dvg_console_say("  %.*s", length, rest);
        rest += length;
        rest += *rest == '\n';
    }
}

void dvg_console_warning(void *payload, const char *message)
{
    (void)payload;
    dvg_console_error("warning: %s", message);
}

int dvg_console_finish(int status)
{
    errno = 0;
    if (fclose(stdout) != 0)
        note_failure(errno);
    if (output.failure == 0)
        return status;
    dvg_console_error("standard output: %s", strerror(output.failure));
    return DVG_EXIT_NO_VERDICT;
}
