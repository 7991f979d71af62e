#!/usr/bin/env python3
"""Writes tests/corpus: accept/, accept-nonfinite/ and reject/ with their expected results.

    make-corpus.py DIR

A rejected text is given as two parts: the error stands at the first byte of the second one.
The cases are in corpus_accepted.py and corpus_rejected.py. Expected values are Python's own, the
expected places and reasons are not.
"""
import json
import os
import sys
import threading

sys.dont_write_bytecode = True

from corpus_accepted import ACCEPTED, NONFINITE
from corpus_rejected import rejected

WINDOW = 32  # bytes shown on either side of an error


def shown(data):
    """Printing ASCII as it is, any other byte as \\xNN."""
    return "".join(chr(b) if 0x20 <= b < 0x7f else "\\x%02x" % b for b in data)


def caret(data, offset, reason):
    """The three lines of a sidecar: the source line, a caret, the place and the reason."""
    begin = data.rfind(b"\n", 0, offset) + 1
    end = data.find(b"\n", offset)
    end = len(data) if end < 0 else end
    line = data.count(b"\n", 0, offset) + 1
    left = max(begin, offset - WINDOW)
    right = min(end, offset + WINDOW)
    before = ("..." if left > begin else "") + shown(data[left:offset])
    after = shown(data[offset:right]) + ("..." if right < end else "")
    return "%s%s\n%s^\n%d:%d byte %d: %s\n" % (
        before, after, " " * len(before), line, offset - begin + 1, offset, reason)


def canonical(data):
    value = json.loads(data.decode("utf-8"))
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True) + "\n"


def put(path, data):
    with open(path, "wb") as file:
        file.write(data)


def empty(folder):
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(folder):
        os.remove(os.path.join(folder, name))


def write_all(root):
    for folder in ("accept", "accept-nonfinite", "reject"):
        empty(os.path.join(root, folder))
    for name, data in ACCEPTED.items():
        put(os.path.join(root, "accept", name + ".json"), data)
        put(os.path.join(root, "accept", name + ".out"), canonical(data).encode("ascii"))
    for name, (before, after) in NONFINITE.items():
        base = os.path.join(root, "accept-nonfinite", name)
        data = before + after
        put(base + ".json", data)
        put(base + ".out", canonical(data).encode("ascii"))
        put(base + ".err", caret(data, len(before), "non-finite number").encode("ascii"))
    for name, (before, after, reason) in rejected().items():
        base = os.path.join(root, "reject", name)
        put(base + ".json", before + after)
        put(base + ".err", caret(before + after, len(before), reason).encode("ascii"))


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    # Python has no depth limit of its own but the recursion of its reader.
    sys.setrecursionlimit(50000)
    threading.stack_size(256 << 20)
    thread = threading.Thread(target=write_all, args=(sys.argv[1],))
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
