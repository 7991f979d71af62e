/*
 * limits: see limits.h. A number is whole and may have one unit behind it; nothing is rounded.
 */
#include "limits.h"

#include "console.h"
#include "signals.h"

#include <stdio.h>
#include <string.h>

/* No limit is higher: one that is, is meant to be none, and there is none that is none. */
#define LIMIT_MOST ((uint64_t)1 << 53)

struct unit {
    const char *name;
    uint64_t factor;
};

static const struct unit times[] = {{"ms", 1}, {"s", 1000}, {"min", 60000}, {NULL, 0}};
static const struct unit sizes[] = {{"", 1},
                                    {"K", (uint64_t)1 << 10},
                                    {"M", (uint64_t)1 << 20},
                                    {"G", (uint64_t)1 << 30},
                                    {NULL, 0}};
static const struct unit counts[] = {
    {"", 1}, {"K", 1000}, {"M", 1000000}, {"G", 1000000000}, {NULL, 0}};

static const struct {
    const char *name;
    const struct unit *units;
    const char *takes;
    uint64_t least;
} rows[DVG_LIMIT_COUNT] = {
    [DVG_LIMIT_TIME] = {"script-time", times, "a time from 10ms on, such as 500ms, 5s or 2min", 10},
    [DVG_LIMIT_RUN_TIME] = {"script-run-time", times, "a time, such as 500ms, 60s or 2min", 1},
    [DVG_LIMIT_INSTRUCTIONS] = {"script-instructions", counts,
                                "a number from 1K on, such as 500K or 100M", 1000},
    [DVG_LIMIT_MEMORY] = {"script-memory", sizes, "a size from 64K on, such as 512K, 64M or 1G",
                          (uint64_t)64 << 10},
    [DVG_LIMIT_VOLUME] = {"script-volume", sizes, "a size from 64K on, such as 512K, 64M or 1G",
                          (uint64_t)64 << 10},
    [DVG_LIMIT_OUTPUT] = {"script-output", sizes, "a size, such as 512K, 64M or 1G", 1},
};

const char *dvg_limit_name(dvg_limit limit) { return rows[limit].name; }

bool dvg_limits_sandbox(dvg_limits *limits, const char *text)
{
    static const char *const names[] = {"default", "strict", "off"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(names[i], text) != 0)
            continue;
        limits->sandbox = (dvg_sandbox)i;
        return true;
    }
    return false;
}

/* 0: that is no number with one of the units, or it is out of all range. */
static uint64_t read_number(const char *text, const struct unit *units)
{
    uint64_t number = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9' && number <= LIMIT_MOST; at++)
        number = number * 10 + (uint64_t)(*at - '0');
    for (; at > text && units->name != NULL; units++)
        if (strcmp(units->name, at) == 0)
            return number <= LIMIT_MOST / units->factor ? number * units->factor : 0;
    return 0;
}

bool dvg_limits_set(dvg_limits *limits, dvg_limit limit, const char *text, char *why, size_t size)
{
    uint64_t number = read_number(text, rows[limit].units);
    if (number < rows[limit].least) {
        (void)snprintf(why, size, "%s", rows[limit].takes);
        return false;
    }
    limits->number[limit] = number;
    return true;
}

void dvg_limits_apply(const dvg_limits *limits, dvg_options *options)
{
    const uint64_t *number = limits->number;
    options->sandbox = limits->sandbox;
    options->script_milliseconds = number[DVG_LIMIT_TIME];
    options->script_run_milliseconds = number[DVG_LIMIT_RUN_TIME];
    options->script_instructions = number[DVG_LIMIT_INSTRUCTIONS];
    options->script_memory = number[DVG_LIMIT_MEMORY];
    options->script_volume = number[DVG_LIMIT_VOLUME];
    options->script_output = number[DVG_LIMIT_OUTPUT];
    dvg_signals_limit(number[DVG_LIMIT_TIME] > 0 ? number[DVG_LIMIT_TIME]
                                                 : DVG_SCRIPT_MILLISECONDS_DEFAULT);
    if (limits->sandbox == DVG_SANDBOX_OFF)
        dvg_console_error("warning: --sandbox off: scripts may do whatever this program may");
}
