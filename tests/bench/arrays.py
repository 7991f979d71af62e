"""How arrays are matched, in time: F6 (10,000 keyed objects shuffled, 1 % of them changed) and F7 (twice the
work takes at most 2.3 times as long) for arrays that are hard to match. DIVERGE names the program. Called by
run.sh; --check ends with 1 if a goal is missed."""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 5
missed = []


def goal(label, text, met):
    print("%-4s %s%s" % (label, text, "" if met else "   MISSED"))
    if not met:
        missed.append(label)


def run(folder, left, right):
    """Seconds of one comparison, start to exit, and how many divergences it found."""
    for name, value in (("left.json", left), ("right.json", right)):
        with open(os.path.join(folder, name), "w") as file:
            json.dump(value, file)
    command = [os.environ["DIVERGE"], folder + "/left.json", folder + "/right.json", "--report", "jsonl"]
    times = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        out = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:]), out.count(b'"type":"divergence"')


def objects(count):
    return [{"id": i, "name": "n%d" % i, "size": i * 7 % 13, "flags": [i % 3, i % 5]} for i in range(count)]


def keyed(folder):
    left = objects(10000)
    right = [dict(item) for item in left]
    for item in right[::100]:
        item["size"] += 1
    random.Random(1).shuffle(right)
    seconds, found = run(folder, left, right)
    goal("F6", "10,000 keyed objects shuffled, 1 %% changed: %.3f s, %d divergences (goal: at most 0.05 s, the 100"
         " changed leaves and the order)" % (seconds, found), seconds <= 0.05 and found == 101)
    plain = [{"a": item["size"], "b": [item["name"]]} for item in left]
    seconds, found = run(folder, plain, [{"a": -1, "b": []}] + plain)
    goal("F6", "one insertion at the head of 10,000 unkeyed objects: %.3f s, %d divergence (goal: 1)"
         % (seconds, found), found == 1)


def all_equal(count):
    return [1] * count, [1] * (count + 1)


def all_different(count):
    return list(range(count)), list(range(count, 2 * count))


def interleaved(count):
    return [i % 2 for i in range(count)], [i % 2 for i in range(1, count)] + [7] * (count // 9)


def shuffled(count):
    right = list(range(count))
    random.Random(2).shuffle(right)
    return list(range(count)), right


def repeated(count):
    rng = random.Random(3)
    return [rng.randrange(50) for _ in range(count)], [rng.randrange(50) for _ in range(count)]


def changed(count):
    return ([{"a": i, "b": i % 7, "c": [i]} for i in range(count)],
            [{"a": i, "b": (i + 1) % 7, "c": [i]} for i in range(count)])


def keys(count):
    left = objects(count)
    return left, left[::-1]


def doubling(folder):
    for make, count in ((all_equal, 100000), (all_different, 30000), (interleaved, 50000), (shuffled, 100000),
                        (repeated, 20000), (changed, 10000), (keys, 20000)):
        once, _ = run(folder, *make(count))
        twice, found = run(folder, *make(2 * count))
        ratio = twice / once
        goal("F7", "%s, %d elements and twice as many: %.3f s, %.3f s, %.2f x (goal: at most 2.3); %d divergences"
             % (make.__name__.replace("_", " "), count, once, twice, ratio, found), ratio <= 2.3)


def main():
    with tempfile.TemporaryDirectory(prefix="diverge-bench-") as folder:
        keyed(folder)
        doubling(folder)
    return 1 if "--check" in sys.argv[1:] and missed else 0


if __name__ == "__main__":
    sys.exit(main())
