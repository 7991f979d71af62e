/*
 * sections: the divergences of a report, ordered, grouped by class, file and shape, and capped; and
 * what report.c, which calls everything else that a report has, shares with it.
 */
#ifndef DVG_SCRIPT_SECTIONS_H
#define DVG_SCRIPT_SECTIONS_H

#include "script/attachment.h"
#include "script/prepared.h"
#include "script/profile.h"
#include "script/shapes.h"

/* What stands on the stack of a state that reports, above the message handler. */
typedef enum dvg_slot {
    DVG_SLOT_OUT = 2,
    DVG_SLOT_DIVERGENCE,
    DVG_SLOT_RUN,
    DVG_SLOT_FILES,
    DVG_SLOT_GATES,
    DVG_SLOT_CLASSES,
    DVG_SLOT_BEGIN,
    DVG_SLOT_GATE,
    DVG_SLOT_FILE,
    DVG_SLOT_SECTION,
    DVG_SLOT_GROUP,
    DVG_SLOT_ONE,
    DVG_SLOT_OMITTED,
    DVG_SLOT_SUPPRESSED,
    DVG_SLOT_FINISH,
    DVG_SLOT_ROWS,
    DVG_SLOT_BETWEEN,
    DVG_SLOT_SHAPE,
    DVG_SLOT_FOUND,
    DVG_SLOT_END
} dvg_slot;

/* One report in progress. */
typedef struct dvg_reporting {
    dvg_state *state;
    dvg_result *result;
    dvg_attachment *attachment;
    dvg_report_settings settings;
    dvg_prepared prepared;
    dvg_sink_fn sink;
    void *payload;
    dvg_error *error;
    dvg_shapes *shapes; /* NULL: not asked for */
} dvg_reporting;

/* Does the script have the callback in `slot`? If so push it and `out`. */
bool dvg_reporting_start(const dvg_reporting *report, dvg_slot slot);

/* Finish a call whose further arguments were pushed. */
dvg_status dvg_reporting_finish(const dvg_reporting *report, int arguments);

/* Call what the report has for divergences, in the order that it names. */
dvg_status dvg_sections_run(dvg_reporting *report);

#endif
