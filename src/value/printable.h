/*
 * printable: which characters a Python repr shows as they are.
 * Answers for Unicode 14.0, as Python 3.11 knows it; not for how the others are escaped.
 */
#ifndef DVG_VALUE_PRINTABLE_H
#define DVG_VALUE_PRINTABLE_H

#include <stdbool.h>
#include <stdint.h>

/* True as str.isprintable() says for this one character: everything but the general categories
 * Cc Cf Cs Co Cn Zl Zp, and Zs other than the space U+0020. Surrogates and numbers from 0x110000
 * up are not printable. Cannot fail, any thread. */
bool dvg_code_point_printable(uint32_t code_point);

#endif
