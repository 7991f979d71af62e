/*
 * number: see number.h. The "C" locale is a constant of the C library: asking for it allocates
 * nothing and waits for nobody, so no handle has to be kept between calls.
 */
#include "value/decimal.h"
#include "value/number.h"

double dvg_number_double(dvg_text text)
{
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    double number = dvg_decimal_to_double(text.data, text.size, c_locale);
    freelocale(c_locale);
    return number;
}
