/*
 * version: the version of the library that is linked.
 * Answers for one constant; the header's own version is in diverge.h.
 */
#include <diverge/diverge.h>

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

const char *dvg_version(void)
{
    return TEXT(DVG_VERSION_MAJOR) "." TEXT(DVG_VERSION_MINOR) "." TEXT(DVG_VERSION_PATCH);
}
