#!/usr/bin/env python3
"""Writes the table of src/value/printable.c from Python's own idea of Unicode 14.0.

    make-printable.py FILE           replace the table between its two marks in FILE
    make-printable.py --check FILE   exit 1 if FILE holds another table
Exits 77 where this Python knows another version of Unicode.
"""
import sys
import unicodedata

VERSION = "14.0.0"
BEGIN = "/* table begins */\n"
END = "/* table ends */\n"


def flips(first, last):
    """The code points from first to last at which printability changes, beginning from false."""
    found = []
    printable = False
    for point in range(first, last):
        if chr(point).isprintable() != printable:
            printable = not printable
            found.append(point)
    return found


def array(kind, name, comment, numbers, width):
    per_line = 12 if width == 4 else 10
    lines = ["/* %s */\n" % comment, "static const %s %s[] = {\n" % (kind, name)]
    for at in range(0, len(numbers), per_line):
        row = ", ".join("0x%0*x" % (width, n) for n in numbers[at:at + per_line])
        lines.append("    %s,\n" % row)
    lines.append("};\n")
    return "".join(lines)


def table():
    plane_0 = flips(0, 0x10000)
    plane_1 = flips(0x10000, 0x20000)
    beyond = flips(0x20000, 0x110000)
    return "".join([
        "/* Unicode %s. */\n" % VERSION,
        array("uint16_t", "plane_0", "U+0000 to U+FFFF.", plane_0, 4),
        array("uint16_t", "plane_1", "U+10000 to U+1FFFF, less 0x10000.",
              [n - 0x10000 for n in plane_1], 4),
        array("uint32_t", "beyond", "U+20000 and up.", beyond, 5),
    ])


def main(arguments):
    check = arguments[:1] == ["--check"]
    if len(arguments) != 1 + check:
        sys.exit(__doc__)
    if unicodedata.unidata_version != VERSION:
        print("this Python knows Unicode %s, not %s" % (unicodedata.unidata_version, VERSION))
        sys.exit(77)
    with open(arguments[-1], encoding="ascii", newline="") as source:
        text = source.read()
    before, rest = text.split(BEGIN)
    old, after = rest.split(END)
    new = table()
    if not check:
        with open(arguments[-1], "w", encoding="ascii", newline="") as target:
            target.write(before + BEGIN + new + END + after)
    elif old != new:
        print("%s: the table is not what make-printable.py writes" % arguments[-1])
        sys.exit(1)


main(sys.argv[1:])
