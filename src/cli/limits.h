/*
 * limits: the options that bound scripts, as text and as fields of dvg_options.
 * Answers for units and ranges; which option is which is told by options.c.
 */
#ifndef DVG_CLI_LIMITS_H
#define DVG_CLI_LIMITS_H

#include <diverge/diverge.h>

typedef enum dvg_limit {
    DVG_LIMIT_TIME,
    DVG_LIMIT_RUN_TIME,
    DVG_LIMIT_INSTRUCTIONS,
    DVG_LIMIT_MEMORY,
    DVG_LIMIT_VOLUME,
    DVG_LIMIT_OUTPUT,
    DVG_LIMIT_COUNT
} dvg_limit;

/* What was said; 0: nothing. */
typedef struct dvg_limits {
    dvg_sandbox sandbox;
    uint64_t number[DVG_LIMIT_COUNT]; /* milliseconds, instructions or bytes */
} dvg_limits;

/* The option's name without dashes. */
const char *dvg_limit_name(dvg_limit limit);

/* Read the value of --sandbox. False: it is none. */
bool dvg_limits_sandbox(dvg_limits *limits, const char *text);

/* Read a limit. False: `why` says what it takes. */
bool dvg_limits_set(dvg_limits *limits, dvg_limit limit, const char *text, char *why, size_t size);

/* Hand the limits to the library and set the clock that ends the program; see signals.h. */
void dvg_limits_apply(const dvg_limits *limits, dvg_options *options);

#endif
