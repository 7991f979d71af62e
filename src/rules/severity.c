/*
 * severity: see severity.h.
 */
#include "rules/severity.h"

#include <string.h>

static const char *const names[] = {"info", "warning", "error"};

const char *dvg_severity_name(unsigned severity)
{
    return names[severity <= DVG_ERROR ? severity : DVG_ERROR];
}

bool dvg_severity_find(const char *name, dvg_severity *severity)
{
    for (int i = DVG_INFO; i <= DVG_ERROR; i++) {
        if (strcmp(names[i], name) == 0) {
            *severity = (dvg_severity)i;
            return true;
        }
    }
    return false;
}
