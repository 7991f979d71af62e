/*
 * The embedded profiles: which of them is found by the long options that it declares, and that the
 * text of each has all of those, since one that mentions none is not even loaded.
 */
#include "script/host.h"
#include "script/profile.h"
#include "script/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static dvg_host *new_host(void)
{
    dvg_host *host = NULL;
    dvg_allocator allocator = dvg_allocator_or_default((dvg_allocator){NULL, NULL});
    dvg_options options = DVG_OPTIONS_INIT;
    dvg_script_limits limits = dvg_script_limits_of(&options);
    assert_int_equal(dvg_host_new(&host, &allocator, NULL, 0, &limits, NULL), DVG_OK);
    return host;
}

static void mentions(size_t builtin, const char *name)
{
    if (strcmp(name, "left") != 0 && strcmp(name, "right") != 0 &&
        !dvg_source_builtin_mentions(builtin, name))
        fail_msg("profile %s declares \"%s\" and does not mention it",
                 dvg_source_builtin_name(builtin, "profile"), name);
}

static void profiles_mention_what_they_declare(void **state)
{
    dvg_host *host = new_host();
    int profiles = 0;
    (void)state;
    for (size_t i = 0; i < 1000; i++) {
        dvg_profile *profile = NULL;
        if (dvg_source_builtin_name(i, "profile") == NULL)
            continue;
        profiles++;
        assert_int_equal(dvg_profile_embedded(&profile, host, i, NULL), DVG_OK);
        for (int side = 0; side < 2; side++)
            mentions(i, profile->rules.side_names[side]);
        for (size_t j = 0; j < profile->own_option_count; j++)
            mentions(i, profile->options[j].name);
    }
    assert_true(profiles >= 2);
    dvg_host_free(host);
}

static void finds(const char *first, const char *second, const char *expected, size_t loaded)
{
    const char *names[2] = {first, second};
    const char *found = NULL;
    dvg_host *host = new_host();
    dvg_error error;
    dvg_error_clear(&error);
    dvg_status status = dvg_host_find_profile(host, names, second == NULL ? 1 : 2, &found, &error);
    if (status == DVG_OK)
        assert_string_equal(found, expected);
    else
        assert_non_null(strstr(error.message, expected));
    assert_int_equal(host->loaded_count, loaded);
    dvg_host_free(host);
}

/* Whoever is not loaded makes no difference to what is said. */
static void profiles_are_found_by_their_options(void **state)
{
    (void)state;
    finds("canary", "ours", "phase-b", 1);
    finds("left", "right", "default", 2);
    finds("canary", "no-such-option", "declares the option \"--no-such-option\"", 1);
    finds("no-such-option", "canary", "declares the option \"--no-such-option\"", 1);
    finds("no-such-option", NULL, "declares the option \"--no-such-option\"", 0);
    finds("left", "canary", "declares all of the options", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(profiles_mention_what_they_declare),
        cmocka_unit_test(profiles_are_found_by_their_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
