/*
 * tested: tests of scripts, for hosts. Answers for arguments; cases are run by the script floor.
 */
#include "api/context.h"

dvg_status dvg_context_test_script(dvg_context *context, const char *script,
                                   const dvg_test_options *options, dvg_test_fn callback,
                                   void *payload, dvg_error *error)
{
    static const dvg_test_options defaults = DVG_TEST_OPTIONS_INIT;
    dvg_status status = dvg_require(
        error, context != NULL && script != NULL && script[0] != '\0' && callback != NULL,
        "no context, no script, or no callback");
    if (status != DVG_OK)
        return status;
    if (options == NULL)
        options = &defaults;
    if (options->version != DVG_TEST_OPTIONS_VERSION)
        return dvg_fail(error, DVG_E_ARGUMENT, "unknown version %zu of the options",
                        (size_t)options->version);
    dvg_test_input input = {script,
                            options->profile,
                            options->update,
                            context->options.depth,
                            context->options.integer_digits,
                            context->seed};
    return dvg_host_test(context->host, &input, callback, payload, error);
}
