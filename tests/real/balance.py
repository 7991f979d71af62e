"""Reads a report in JSON lines back against the two documents, knowing nothing of diverge's own code.

Each divergence: its pointer leads to its value, and its two values differ (those that only moved are the
same). All together: what they take from the left document and add to it, leaf by leaf with the path of
each, positions apart, is what makes it the right one. Order is all that this does not see.
    balance.py LEFT RIGHT REPORT      ends with 1, and says what is wrong, if anything is
"""
import collections
import json
import sys


def number(text):
    return ("number", text)


def read(text):
    return json.loads(text, parse_int=number, parse_float=number)


def add_leaves(total, value, shape, sign):
    waiting = [(value, shape)]
    while waiting:
        value, shape = waiting.pop()
        if isinstance(value, dict):
            total[shape, "{}"] += sign
            waiting.extend((v, shape + (name,)) for name, v in value.items())
        elif isinstance(value, list):
            total[shape, "[]"] += sign
            waiting.extend((v, shape + (0,)) for v in value)
        else:
            total[shape, repr(value)] += sign


def follow(document, pointer):
    shape = ()
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        at_element = isinstance(document, list)
        document = document[int(step) if at_element else step]
        shape += (0 if at_element else step,)
    return document, shape


def canonical(value):
    return json.dumps(value, sort_keys=True)


def main():
    sides = {}
    for side, name in zip(("left", "right"), sys.argv[1:3]):
        with open(name, encoding="utf-8") as file:
            sides[side] = read(file.read())
    wrong = []
    told = collections.Counter()
    with open(sys.argv[3], encoding="utf-8") as file:
        divergences = [d for d in map(read, file) if d["type"] == "divergence"]
    for d in divergences:
        there = [side for side in ("left", "right") if side in d]
        place = d["kind"] + " at " + d["pointer"]
        value, shape = follow(sides[there[0]], d["pointer"])
        if canonical(value) != canonical(d[there[0]]):
            wrong.append(place + ": the value is not there")
        same = len(there) == 2 and canonical(d["left"]) == canonical(d["right"])
        if d["kind"] == "element-moved":
            if len(there) == 2 and not same:
                wrong.append(place + ": moved, but not the same")
        elif same:
            wrong.append(place + ": both sides are the same")
        if d["kind"] in ("element-moved", "reordered"):
            continue
        for side in there:
            add_leaves(told, d[side], shape, -1 if side == "left" else 1)
    true = collections.Counter()
    add_leaves(true, sides["left"], (), -1)
    add_leaves(true, sides["right"], (), 1)
    for leaf in set(true) | set(told):
        if true[leaf] != told[leaf]:
            wrong.append("%r: %+d in the documents, %+d in the report" % (leaf, true[leaf], told[leaf]))
    for line in wrong[:10]:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


sys.exit(main())
