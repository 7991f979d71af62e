#!/usr/bin/env python3
"""Times whole commands in turn (A B C A B C ...), each run warmed by the same command just before;
the reader and the classifier are timed by programs of their own."""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "support", "make-snapshots.lua")
NULL = os.open(os.devnull, os.O_RDWR)
missed = []


def run(command):
    """Wall seconds of one run, without a shell in between."""
    begun = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ,
                         file_actions=[(os.POSIX_SPAWN_DUP2, NULL, 0), (os.POSIX_SPAWN_DUP2, NULL, 1),
                                       (os.POSIX_SPAWN_DUP2, NULL, 2)])
    _, status = os.waitpid(pid, 0)
    seconds = time.perf_counter() - begun
    if os.waitstatus_to_exitcode(status) not in (0, 1, 2):
        sys.exit("ended with %d: %s" % (os.waitstatus_to_exitcode(status), " ".join(command)))
    return seconds


def own_time(command):
    """Seconds as the program itself prints them, first number of its first line."""
    for word in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split():
        try:
            return float(word)
        except ValueError:
            continue
    sys.exit("no time printed by " + " ".join(command))


def peak(command):
    """Peak resident bytes. Through time(1), whose own size is no floor worth speaking of."""
    if os.path.exists("/usr/bin/time"):
        done = subprocess.run(["/usr/bin/time", "-f", "%M"] + command, capture_output=True, text=True, check=False)
        return int(done.stderr.split()[-1]) * 1024
    pid = os.posix_spawn(command[0], command, os.environ,
                         file_actions=[(os.POSIX_SPAWN_DUP2, NULL, 1), (os.POSIX_SPAWN_DUP2, NULL, 2)])
    _, _, usage = os.wait4(pid, 0)
    return usage.ru_maxrss * 1024


def alternate(work, rounds):
    """work: {name: function giving seconds}. Medians by name."""
    times = {name: [] for name in work}
    for _ in range(rounds):
        for name, measure in work.items():
            measure()
            times[name].append(measure())
    return {name: statistics.median(list_) for name, list_ in times.items()}


def goal(label, text, met):
    print("%-4s %s%s" % (label, text, "" if met else "   MISSED"))
    if not met:
        missed.append(label)


def generate(folder, *options):
    subprocess.run(["lua5.4", GENERATOR, *options, folder], check=True)
    return folder


def commands(folder, program, reference, *more):
    def arguments(out):
        return ["--canary", folder + "/canary", "--ours", folder + "/ours", "--out", folder + "/" + out, *more]
    found = {"diverge": [program] + arguments("diverge.md")}
    if reference:
        found["reference"] = ["/usr/bin/python3", reference] + arguments("reference.md")
    return found


def same_reports(folder):
    """The two have done the same work: their reports are equal."""
    for name in ("md", "json"):
        with open("%s/diverge.%s" % (folder, name), "rb") as left, open("%s/reference.%s" % (folder, name), "rb") as right:
            if left.read() != right.read():
                sys.exit("the reports differ: " + folder)


def large(folder, title, program, reference, cjson, rounds):
    documents = [folder + "/canary/kernel.json", folder + "/ours/kernel.json"]
    size = sum(os.path.getsize(name) for name in documents)
    whole = commands(folder, program, reference)
    work = {name: (lambda command=command: run(command)) for name, command in whole.items()}
    if cjson:
        work["cJSON"] = lambda: own_time([cjson] + documents)
    print("%s, %.1f MB both" % (title, size / 1e6))
    median = alternate(work, rounds)
    print("     " + ", ".join("%s %.4f s" % item for item in median.items()))
    if reference:
        same_reports(folder)
        ratio = median["reference"] / median["diverge"]
        goal("F1", "%.1f x as fast as the reference (goal: at least 25)" % ratio, ratio >= 25)
    if cjson:
        ratio = median["diverge"] / median["cJSON"]
        goal("F1", "%.2f x the time that cJSON takes to parse both (goal: at most 0.5)" % ratio, ratio <= 0.5)
    bytes_ = peak(whole["diverge"])
    goal("F3", "peak %.1f MB, %.2f x the bytes of both documents (goal: at most 2.5)" % (bytes_ / 1e6, bytes_ / size),
         bytes_ <= 2.5 * size)


def figures(command):
    """What a benchmark program prints: {name: number}."""
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return {name: float(number) for name, number in (line.split() for line in lines)}


def reader(document, bench, cjson, rounds):
    """The two take turns, so that both see the same machine."""
    size = os.path.getsize(document)
    read, parse = [], []
    for _ in range(rounds):
        read.append(figures([bench, document, "5"]))
        if cjson:
            parse.append(size / figures([cjson, document])["cjson_parse_seconds"] / 1e6)
    speed = statistics.median(one["reader_mb_per_second"] for one in read)
    memory = read[0]["memory_per_byte"]
    print("the reader alone, %.1f MB, one thread: %.0f MB/s%s" % (
        size / 1e6, speed, ", cJSON %.0f MB/s" % statistics.median(parse) if cjson else ""))
    if cjson:
        print("F0   %.1f x the speed of cJSON" % (speed / statistics.median(parse)))
    goal("F0", "%.2f x the file in memory (goal: at most 2)" % memory, memory <= 2)


def classifier(folder, bench):
    cost = figures([bench, folder])["classify_us_per_divergence"]
    goal("F5", "%.2f us to class a divergence in Lua, five fields read (goal: at most 0.6)" % cost, cost <= 0.6)


def small(folder, title, least, program, reference, rounds):
    whole = commands(folder, program, reference)
    work = {name: (lambda command=command: run(command)) for name, command in whole.items()}
    median = alternate(work, rounds)
    print("%s: %s" % (title, ", ".join("%s %.2f ms" % (name, 1e3 * s) for name, s in median.items())))
    if reference:
        same_reports(folder)
        ratio = median["reference"] / median["diverge"]
        goal("F4", "%.1f x as fast as the reference (goal: at least %d)" % (ratio, least), ratio >= least)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=5000000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    program = os.path.abspath(os.environ["DIVERGE"])
    reference = os.environ.get("DIVERGE_REFERENCE", "")
    reference = os.path.abspath(reference) if os.path.isfile(reference) and os.path.exists("/usr/bin/python3") else None
    if not reference:
        print("without the reference: DIVERGE_REFERENCE names no file")
    benches = {}
    for base, _, names in os.walk(os.environ.get("DIVERGE_BUILD", "") or os.path.dirname(program)):
        benches.update((name, os.path.join(base, name)) for name in names
                       if name in ("bench_cjson", "bench_reader", "bench_classify"))
    for name in ("bench_cjson", "bench_reader", "bench_classify"):
        if name not in benches:
            print("without %s: it is not in DIVERGE_BUILD" % name)
    cjson = benches.get("bench_cjson")
    work = tempfile.mkdtemp(prefix="diverge-bench-")
    try:
        for indent, title in (("2", "two large documents, indented"), ("0", "two large documents, compact")):
            folder = generate(work + "/large" + indent, "--size", str(options.size), "--mutate", "0.01",
                              "--no-manifest", "--indent", indent)
            if "bench_reader" in benches:
                reader(folder + "/ours/kernel.json", benches["bench_reader"], cjson, options.rounds)
            large(folder, title, program, reference, cjson, options.rounds)
        rounds = max(21, options.rounds)
        folder = generate(work + "/small", "--mutate", "0.01", "--no-manifest")
        small(folder, "two 30 KB snapshots, no digest needed", 12, program, reference, rounds)
        folder = generate(work + "/claims", "--mutate", "0.01", "--settle", "memory.json")
        small(folder, "two 30 KB snapshots with manifests, one document settled", 8, program, reference, rounds)
        if "bench_classify" in benches:
            classifier(work, benches["bench_classify"])
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
