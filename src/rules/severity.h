/*
 * severity: what severities are called, everywhere.
 */
#ifndef DVG_RULES_SEVERITY_H
#define DVG_RULES_SEVERITY_H

#include <diverge/diverge.h>

/* "info", "warning" or "error"; constant. `severity` may come from a record, which keeps a byte. */
const char *dvg_severity_name(unsigned severity);

/* The severity of a name. False, and `*severity` untouched: there is none. */
bool dvg_severity_find(const char *name, dvg_severity *severity);

#endif
