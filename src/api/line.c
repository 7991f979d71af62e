/*
 * line: text as one line that can be printed, for hosts that show names of their own.
 */
#include "base/error.h"

size_t dvg_text_line(char *text, size_t room, const char *data, size_t size)
{
    return dvg_line_escape(text, room, data, size);
}
