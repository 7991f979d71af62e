/*
 * leniency: see leniency.h.
 * Each value becomes an operand, which the forms change; two operands are the same, or near.
 */
#include "value/leniency.h"
#include "base/bytes.h"
#include "value/decimal.h"

#include <string.h>

const char *const dvg_form_names[] = {"case", "trim", "hex", "null-absent", NULL};

/* Room for the decimal digits of the longest hexadecimal text, and a sign. */
enum { DECIMAL_MOST = DVG_HEX_DIGITS_MOST * 5 / 4 + 2, LIMBS = DECIMAL_MOST / 9 + 2 };

/* A value, or what a form made of it. */
struct operand {
    dvg_type type;
    dvg_text text;
    bool hex;      /* an integer: `text` has its hexadecimal digits, no zeros in front */
    bool negative; /* of those */
    bool changed;
    char room[DECIMAL_MOST];
};

static bool is_number(dvg_type type) { return type == DVG_INTEGER || type == DVG_REAL; }

/* ---- forms */

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r'); /* with the vertical tab and the feed */
}

static char lower(char byte) { return byte >= 'A' && byte <= 'Z' ? (char)(byte + 32) : byte; }

static void trim(struct operand *operand)
{
    dvg_text text = operand->text;
    while (text.size > 0 && is_space(text.data[0])) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && is_space(text.data[text.size - 1]))
        text.size--;
    operand->changed = operand->changed || text.size < operand->text.size;
    operand->text = text;
}

/* 0 to 15, or -1. */
static int hex_digit(char byte)
{
    byte = lower(byte);
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* "0x" and digits, perhaps with a minus in front; else it stays a text. */
static void read_hex(struct operand *operand)
{
    dvg_text text = operand->text;
    bool negative = text.size > 0 && text.data[0] == '-';
    size_t at = negative ? 1 : 0;
    if (text.size < at + 3 || text.data[at] != '0' || lower(text.data[at + 1]) != 'x')
        return;
    at += 2;
    for (size_t i = at; i < text.size; i++)
        if (hex_digit(text.data[i]) < 0)
            return;
    while (at < text.size && text.data[at] == '0')
        at++;
    operand->type = DVG_INTEGER;
    operand->text = (dvg_text){text.data + at, text.size - at};
    operand->hex = operand->changed = true;
    operand->negative = negative && operand->text.size > 0;
}

static void init_operand(struct operand *operand, dvg_value value, unsigned forms)
{
    operand->type = dvg_value_type(value);
    operand->hex = operand->negative = operand->changed = false;
    operand->text = (dvg_text){"", 0};
    if (operand->type >= DVG_INTEGER && operand->type <= DVG_STRING)
        operand->text = dvg_value_text(value);
    if (operand->type != DVG_STRING)
        return;
    if ((forms & DVG_FORM_TRIM) != 0)
        trim(operand);
    if ((forms & DVG_FORM_HEX) != 0)
        read_hex(operand);
}

/* ---- hexadecimal beside decimal */

/* Write decimal digits in place of the hexadecimal ones. False: there are too many. */
static bool make_decimal(struct operand *operand)
{
    uint32_t limbs[LIMBS] = {0}; /* base 10^9, lowest first */
    size_t used = 0;
    size_t size = 0;
    if (!operand->hex)
        return true;
    if (operand->text.size > DVG_HEX_DIGITS_MOST)
        return false;
    for (size_t i = 0; i < operand->text.size; i++) {
        uint64_t carry = (uint64_t)hex_digit(operand->text.data[i]);
        for (size_t limb = 0; limb < used || carry > 0; limb++) {
            carry += (uint64_t)limbs[limb] * 16;
            limbs[limb] = (uint32_t)(carry % 1000000000);
            carry /= 1000000000;
            used = limb < used ? used : limb + 1;
        }
    }
    if (operand->negative)
        operand->room[size++] = '-';
    for (size_t i = used; i-- > 0;)
        for (uint32_t unit = 100000000; unit > 0; unit /= 10)
            operand->room[size++] = (char)('0' + limbs[i] / unit % 10);
    if (used == 0)
        operand->room[size++] = '0';
    operand->text = (dvg_text){operand->room, size};
    operand->hex = false;
    return true;
}

/* ---- comparing */

static bool same_text(dvg_text left, dvg_text right, bool any_case)
{
    if (left.size != right.size)
        return false;
    for (size_t i = 0; i < left.size; i++)
        if (left.data[i] != right.data[i] &&
            (!any_case || lower(left.data[i]) != lower(right.data[i])))
            return false;
    return true;
}

/* Are two integers the same, one of which was written in hexadecimal? */
static bool same_integers(const struct operand *left, const struct operand *right)
{
    if (left->hex && right->hex)
        return left->negative == right->negative && same_text(left->text, right->text, true);
    return !left->hex && !right->hex &&
           dvg_decimal_equal(left->text.data, left->text.size, right->text.data, right->text.size);
}

static bool same_operands(const struct operand *left, const struct operand *right, bool any_case)
{
    if (left->type != right->type)
        return false;
    if (left->type == DVG_STRING)
        return same_text(left->text, right->text, any_case);
    return left->type == DVG_INTEGER && (left->changed || right->changed) &&
           same_integers(left, right);
}

static bool signs_differ(dvg_value left, dvg_value right)
{
    if (!is_number(dvg_value_type(left)) || !is_number(dvg_value_type(right)))
        return false;
    dvg_text a = dvg_value_text(left);
    dvg_text b = dvg_value_text(right);
    return (a.data[0] == '-') != (b.data[0] == '-') && dvg_number_is_zero(a) &&
           dvg_number_is_zero(b);
}

bool dvg_lenient_same(const dvg_leniency *leniency, dvg_value left, dvg_value right, bool same,
                      unsigned *took)
{
    struct operand a;
    struct operand b;
    *took = 0;
    if (leniency->signed_zero && signs_differ(left, right)) {
        *took = same || leniency->tolerance != NULL ? DVG_TOOK_SIGN : 0;
        return false;
    }
    if (same)
        return true;
    init_operand(&a, left, leniency->forms);
    init_operand(&b, right, leniency->forms);
    *took = DVG_TOOK_FORMS;
    if (same_operands(&a, &b, (leniency->forms & DVG_FORM_CASE) != 0))
        return true;
    bool decimal = a.hex != b.hex || leniency->tolerance != NULL;
    if (decimal && is_number(a.type) && is_number(b.type) && make_decimal(&a) && make_decimal(&b)) {
        if (same_operands(&a, &b, false))
            return true;
        *took = (a.changed || b.changed ? DVG_TOOK_FORMS : 0) | DVG_TOOK_TOLERANCE;
        if (leniency->tolerance != NULL &&
            dvg_tolerance_holds(leniency->tolerance, a.text, a.type == DVG_INTEGER, b.text,
                                b.type == DVG_INTEGER))
            return true;
    }
    *took = 0;
    return false;
}
