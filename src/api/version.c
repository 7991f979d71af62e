/*
 * version: the version of the library that is linked, and what it was built with.
 * Answers for constants; the header's own version is in diverge.h.
 */
#include <diverge/diverge.h>

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

unsigned dvg_features(void)
{
    unsigned features = 0;
#ifdef DVG_WITH_LUA
    features |= DVG_FEATURE_LUA;
#endif
#ifdef DVG_WITH_CJSON
    features |= DVG_FEATURE_CJSON;
#endif
    return features;
}

const char *dvg_version(void)
{
    return TEXT(DVG_VERSION_MAJOR) "." TEXT(DVG_VERSION_MINOR) "." TEXT(DVG_VERSION_PATCH);
}
