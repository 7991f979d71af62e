/*
 * decide: what rules say of a divergence's class and severity, without a script.
 */
#ifndef DVG_ENGINE_DECIDE_H
#define DVG_ENGINE_DECIDE_H

#include "engine/run.h"

/* Bytes that a note may have. */
enum { DVG_NOTE_MOST = 4096 };

/* What is settled of a decision. */
typedef struct dvg_settled {
    bool has_class;
    bool has_severity;
} dvg_settled;

/* A decision in which nobody has decided: of class `class_index`, with that class's severity. */
void dvg_decision_init(dvg_decision *decision, const dvg_rules *rules, uint32_t class_index);

/* Ask the rules of `owner` about what is not settled yet, and count them. DVG_E_MEMORY. */
dvg_status dvg_decide_by_rules(dvg_result *result, const dvg_record *record, const void *owner,
                               dvg_decision *decision, dvg_settled *settled, dvg_error *error);

/* A classify hook for rules alone; its payload is their owner. */
dvg_status dvg_decide(void *payload, dvg_result *result, const dvg_record *record,
                      dvg_decision *decision, dvg_error *error);

#endif
