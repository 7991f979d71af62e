#!/usr/bin/env python3
"""Runs diverge and the reference on the same random snapshot pairs and compares every byte.

Where the reference finishes: the files it wrote, its standard output, its exit status and the lines
of its standard error must be diverge's too (diverge may say more on standard error).
Where it ends in a traceback: diverge ends with 0 to 3, and with 3 it says why in one line beside its
warnings, prints nothing and leaves every file as it was.
"""
import argparse
import concurrent.futures
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
GENERATOR = os.path.join(HERE, "..", "support", "make-snapshots.lua")
WARNING = b"diverge: warning: "
OLD = b"an older report, which a failed run leaves alone\n"
LIMIT = 60  # seconds for one run of one program

# Arguments, the folder to run in, and the files that an earlier run left there. {n} is the seed.
FORMS = [
    (["--canary", "canary", "--ours", "ours", "--xex-json", "xex.json"], ".", ["report.md", "report.json"]),
    (["--canary", "canary", "--ours", "ours"], ".", []),
    (["--canary=canary", "--ours=ours", "--xex-json=xex.json", "--out", "out.md"], ".", ["out.json"]),
    (["--canary", "canary", "--ours", "ours", "--xex-json", "xex.json", "--validate-identical"], ".", ["report.md"]),
    (["--ours", "./ours//", "--canary", ".//canary/.", "--xex-json", "./xex.json"], ".", []),
    (["--canary", "canary", "--ours", "ours", "--out=sub/x.report.md", "--xex-json", "xex.json"], ".", ["sub/x.report.md"]),
    (["--out", "a.md", "--canary", "ours", "--xex-json", "absent.json", "--out", "b.txt", "--canary", "canary",
      "--ours", "ours", "--xex-json", "xex.json"], ".", []),
    (["--canary", ".", "--ours", "../ours", "--xex-json", "../xex.json"], "canary", []),
    (["--canary", "ours", "--ours", "canary", "--xex-json", "xex.json"], ".", ["report.json"]),
    (["--canary", "canary", "--ours", "ours", "--out", "", "--xex-json", ""], ".", []),
    (["--canary", "canary", "--ours", "ours", "--out", ".hidden", "--xex-json", "xex.json"], ".", []),
    (["--canary", "sub/../canary", "--ours", "ours", "--out", "a.b.", "--xex-json", "xex.json"], ".", []),
    (["--canary", "canary", "--ours", "canary", "--xex-json", "xex.json"], ".", []),
    (["--canary", "canary/../ours/..//canary", "--ours", "ours", "--xex-json", "xex.json"], ".", []),
    (["--canary", "canary", "--ours", "ours", "--out", "sub/n{n}", "--xex-json", "xex.json"], ".", ["sub/n{n}.json"]),
    (["--canary", "../canary", "--ours", "../ours", "--validate-identical", "--out", "ignored.md"], "sub", []),
    (["--canary", "canary", "--ours", "ours", "--out", "-", "--xex-json", "xex.json"], ".", []),
    (["--canary", "absent", "--ours", "ours", "--xex-json", "xex.json"], ".", ["report.md"]),
]
# Most pairs meet the plain forms; the others come in turn.
TURN = [0, 2, 0, 3, 8, 0, 4, 5, 0, 6, 7, 0, 9, 10, 0, 11, 1, 0, 12, 8, 13, 0, 14, 15, 0, 16, 8, 0, 17, 0]


def tree(folder):
    """Every file below `folder` with its bytes, links by their target."""
    found = {}
    for base, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(base, name)
            key = os.path.relpath(path, folder)
            if os.path.islink(path):
                found[key] = b"-> " + os.fsencode(os.readlink(path))
            else:
                with open(path, "rb") as stream:
                    found[key] = stream.read()
    return found


def restore(folder, before):
    after = tree(folder)
    for key in after:
        if key not in before:
            os.unlink(os.path.join(folder, key))
    for key, data in before.items():
        if after.get(key) != data:
            with open(os.path.join(folder, key), "wb") as stream:
                stream.write(data)


def run(command, folder):
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=LIMIT,
                              stdin=subprocess.DEVNULL, check=False)
    except subprocess.TimeoutExpired:
        return "timeout", b"", b""
    return done.returncode, done.stdout, done.stderr


def first_difference(left, right):
    for i, (a, b) in enumerate(zip(left, right)):
        if a != b:
            break
    else:
        i = min(len(left), len(right))
    start = max(0, i - 60)
    return "at byte %d: reference %r, diverge %r" % (i, left[start:i + 60], right[start:i + 60])


def compare(folder, form, seed, reference, program):
    """A list of what is wrong, empty if nothing is; and whether the reference finished."""
    arguments, where, old = form
    arguments = [a.replace("{n}", str(seed)) for a in arguments]
    os.makedirs(os.path.join(folder, "sub"), exist_ok=True)
    for name in old:
        with open(os.path.join(folder, name.replace("{n}", str(seed))), "wb") as stream:
            stream.write(OLD)
    cwd = os.path.join(folder, where)
    before = tree(folder)
    status, out, err = run(["/usr/bin/python3", reference] + arguments, cwd)
    expected = tree(folder)
    restore(folder, before)
    status2, out2, err2 = run([program] + arguments, cwd)
    actual = tree(folder)
    restore(folder, before)

    wrong = []
    lines = [line for line in err2.split(b"\n") if line]
    if status2 not in (0, 1, 2, 3):
        wrong.append("ended with %s: %r" % (status2, err2[-300:]))
    if b"Traceback (most recent call last)" in err or status == "timeout":
        if status2 == 3:
            own = [line for line in lines if not line.startswith(WARNING)]
            if len(own) != 1:
                wrong.append("exit 3 with %d lines: %r" % (len(own), err2[:400]))
            if out2:
                wrong.append("exit 3 with standard output %r" % out2[:200])
            if actual != before:
                wrong.append("exit 3 changed files: %s" % sorted(k for k in set(actual) | set(before)
                                                                 if actual.get(k) != before.get(k)))
        return wrong, False, arguments, where
    if status != status2:
        wrong.append("exit status: reference %s, diverge %s: %r" % (status, status2, err2[:400]))
    if out != out2:
        wrong.append("standard output " + first_difference(out, out2))
    for line in err.split(b"\n"):
        if line and line not in lines:
            wrong.append("standard error lacks %r" % line)
    for key in sorted(set(expected) | set(actual)):
        if key not in actual:
            wrong.append("%s is missing" % key)
        elif key not in expected:
            wrong.append("%s should not be there" % key)
        elif expected[key] != actual[key]:
            wrong.append("%s %s" % (key, first_difference(expected[key], actual[key])))
    return wrong, True, arguments, where


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=max(2, os.cpu_count() or 2))
    parser.add_argument("--keep", help="where pairs that differ are left (default: a new folder)")
    parser.add_argument("--form", type=int, help="only this form of the command line")
    options = parser.parse_args()
    program = os.path.abspath(os.environ["DIVERGE"])
    reference = os.path.abspath(os.environ["DIVERGE_REFERENCE"])

    work = tempfile.mkdtemp(prefix="diverge-diff-")
    kept = None
    passed = failed = finished = 0
    try:
        subprocess.run(["lua5.4", GENERATOR, "--batch", str(options.count), "--vary", "--seed", str(options.seed), work],
                       check=True)

        def one(seed):
            form = TURN[random.Random(seed).randrange(len(TURN)) if seed > len(TURN) else seed - 1]
            form = FORMS[form if options.form is None else options.form]
            return (seed,) + compare(os.path.join(work, str(seed)), form, seed, reference, program)

        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for seed, wrong, ended, arguments, where in pool.map(one, range(options.seed, options.seed + options.count)):
                finished += ended
                if not wrong:
                    passed += 1
                    continue
                failed += 1
                kept = kept or options.keep or tempfile.mkdtemp(prefix="diverge-differs-")
                target = os.path.join(kept, str(seed))
                shutil.rmtree(target, ignore_errors=True)
                shutil.copytree(os.path.join(work, str(seed)), target, symlinks=True)
                print("seed %d differs: cd %s && $DIVERGE %s" % (
                    seed, shlex.quote(os.path.normpath(os.path.join(target, where))),
                    " ".join(map(shlex.quote, arguments))))
                for line in wrong[:4]:
                    print("    " + line[:600])
    finally:
        shutil.rmtree(work, ignore_errors=True)
    print("the reference finishes with %d of %d pairs" % (finished, options.count))
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
