/*
 * leniency: two scalars under what is said of their equality beyond the usual: a tolerance, texts
 * brought into one form, zeros told apart by their sign.
 * Answers for scalars alone; knows no places and counts nothing. Allocates nothing; any thread.
 */
#ifndef DVG_VALUE_LENIENCY_H
#define DVG_VALUE_LENIENCY_H

#include "value/document.h"
#include "value/tolerance.h"

/* Forms that texts are brought into before they are compared, as bits. */
enum {
    DVG_FORM_CASE = 1,       /* A to Z are a to z */
    DVG_FORM_TRIM = 2,       /* without the white space of ASCII around it */
    DVG_FORM_HEX = 4,        /* "0x1F" is the integer 31 */
    DVG_FORM_NULL_ABSENT = 8 /* a member that is null is none: not for two scalars */
};

/* Names of the forms, in the order of the bits; NULL-ended. */
extern const char *const dvg_form_names[];

/* Digits up to which a hexadecimal text is put beside decimal ones; two of them have no bound. */
enum { DVG_HEX_DIGITS_MOST = 1024 };

typedef struct dvg_leniency {
    unsigned forms;
    const dvg_tolerance *tolerance; /* NULL: none */
    bool signed_zero;               /* -0.0 is another number than 0.0 */
} dvg_leniency;

/* What it took to decide, as bits. */
enum { DVG_TOOK_FORMS = 1, DVG_TOOK_TOLERANCE = 2, DVG_TOOK_SIGN = 4 };

/* Are two scalars the same? `same` is what dvg_scalar_same says. `*took` is 0 where the answer is
 * that one. */
bool dvg_lenient_same(const dvg_leniency *leniency, dvg_value left, dvg_value right, bool same,
                      unsigned *took);

#endif
