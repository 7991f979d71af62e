#!/bin/sh
# Every test that docs/conformance.md names is there: a file or folder below tests/, and behind a
# colon functions of it; a name alone is a function of the file that was named before.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
command -v python3 >/dev/null 2>&1 || { echo "skipped: no python3"; exit 77; }
exec python3 - "$root" <<'END'
import pathlib, re, sys
root = pathlib.Path(sys.argv[1])
page = (root / "docs/conformance.md").read_text()
named, wrong = 0, []
for line in page.splitlines():
    file = None
    for span in re.findall(r"`([^`]+)`", line):
        match = re.fullmatch(r"((?:unit|cli|fuzz|contract|golden|repeat)/[\w.-]+)(?:: (\w+))?", span)
        if match:
            named += 1
            file = root / "tests" / match[1]
            function = match[2]
            if not file.exists():
                wrong.append("there is no tests/" + match[1])
                file = None
        else:
            function = span if file and re.fullmatch(r"[a-z]+(_[a-z]+){2,}", span) else None
        if file and file.is_file() and function and not re.search(r"\b%s\(" % function, file.read_text()):
            wrong.append("%s has no %s" % (file.relative_to(root), function))
rows = [line for line in page.splitlines() if line.startswith("| ") and "Test |" not in line]
for row in rows:
    if not re.search(r"`(unit|cli|fuzz)/", row):
        wrong.append("a row names no test: " + row[:70])
print("\n".join(wrong) or "%d tests are named, and are there" % named)
sys.exit(1 if wrong or named < 40 else 0)
END
