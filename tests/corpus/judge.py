#!/usr/bin/env python3
"""Compares the corpus, and a reader, with what Python's json says of every text.

    judge.py CORPUS [READ-JSON]

Without READ-JSON the corpus alone is checked: verdicts, values, and that the three lines of each
expected error fit the text. Python has no depth limit of its own: the reader's, 10,000, is applied
to it here.
"""
import json
import os
import re
import subprocess
import sys
import threading

DEPTH = 10000
CLASSES = (("accept", [], ".out"), ("accept-nonfinite", ["--nonfinite"], ".out"),
           ("accept-nonfinite", [], ".err"), ("reject", [], ".err"))
failures = []


def refuse(literal):
    raise ValueError("non-finite number " + literal)


def too_deep(text):
    depth = 0
    for match in re.finditer(r'"(?:\\.|[^"\\])*"?|[\[\]{}]', text, re.DOTALL):
        if match.group() in "[{":
            depth += 1
            if depth > DEPTH:
                return True
        elif match.group() in "]}":
            depth -= 1
    return False


def python_says(data, nonfinite):
    """The value as compact ASCII JSON, or None where Python refuses the text."""
    try:
        text = data.decode("utf-8")
        if too_deep(text):
            return None
        value = json.loads(text) if nonfinite else json.loads(text, parse_constant=refuse)
    except ValueError:
        return None
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True)


def shown(byte):
    return chr(byte) if 0x20 <= byte < 0x7f else "\\x%02x" % byte


def check_sidecar(name, data, sidecar):
    """The three lines of an expected error agree with each other and with the text."""
    match = re.fullmatch(r"([ -~]*)\n( *)\^\n(\d+):(\d+) byte (\d+): ([ -~]+)\n", sidecar)
    if match is None:
        failures.append(name + ": not three lines of source, caret and place")
        return
    line, column, offset = (int(match.group(i)) for i in (3, 4, 5))
    at_caret = match.group(1)[len(match.group(2)):]
    begin = data.rfind(b"\n", 0, offset) + 1
    if offset > len(data) or line != data.count(b"\n", 0, offset) + 1:
        failures.append(name + ": no such line")
    elif column != offset - begin + 1:
        failures.append(name + ": line, column and byte disagree")
    elif offset == len(data) or data[offset] == 0x0a:
        if at_caret != "":
            failures.append(name + ": the caret is not behind the line")
    elif not at_caret.startswith(shown(data[offset])):
        failures.append(name + ": the caret is under another byte")


def read_text(path, mode="r"):
    with open(path, mode) as file:
        return file.read()


def reader_says(reader, options, paths):
    lines = subprocess.run([reader] + options + paths, stdout=subprocess.PIPE,
                           check=False).stdout.decode("ascii").split("\n")
    return lines + ["(no line)"] * (len(paths) - len(lines))


def check_class(corpus, reader, folder, options, suffix):
    names = sorted(n for n in os.listdir(os.path.join(corpus, folder)) if n.endswith(".json"))
    paths = [os.path.join(corpus, folder, name) for name in names]
    said = reader_says(reader, options, paths) if reader else [None] * len(paths)
    for path, line in zip(paths, said):
        name = "/".join([folder, os.path.basename(path)]) + "".join(" " + o for o in options)
        data = read_text(path, "rb")
        expected = read_text(path[:-5] + suffix)
        verdict = python_says(data, bool(options))
        if (verdict is not None) != (suffix == ".out"):
            failures.append(name + ": Python's verdict is another one")
        elif verdict is None:
            check_sidecar(name, data, expected)
        elif verdict + "\n" != expected:
            failures.append(name + ": Python's value is another one")
        if line is not None and line != "accept %s" % verdict and (
                verdict is not None or not line.startswith("reject ")):
            failures.append("%s: the reader says %.120s" % (name, line))
    return len(paths)


def judge():
    corpus = sys.argv[1]
    reader = sys.argv[2] if len(sys.argv) > 2 else None
    count = sum(check_class(corpus, reader, *one) for one in CLASSES)
    for failure in failures:
        print("FAILED " + failure)
    print("%d judged, %d disagreements" % (count, len(failures)))


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.setrecursionlimit(5 * DEPTH)
    threading.stack_size(256 << 20)
    done = []
    thread = threading.Thread(target=lambda: done.append(judge()))
    thread.start()
    thread.join()
    sys.exit(1 if failures or not done else 0)


main()
