#!/bin/sh
# Whole-command benchmarks: the goals F1 (time on two large documents), F3 (peak memory) and F4 (a small
# pair from start to exit), as ratios measured side by side in one run.
#   DIVERGE            the program, built for release
#   DIVERGE_BUILD      its build folder; bench_cjson is looked for there (cJSON parsing both documents)
#   DIVERGE_REFERENCE  the reference, for the ratios against it
# Options: --size BYTES of kernel.json a side (5000000), --rounds N (7), --check (end with 1 if a goal is missed).
# The reader alone (F0) and the classifier (F5) are programs: bench_reader, bench_classify.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${DIVERGE:?name the program under test}"
python=/usr/bin/python3
[ -x "$python" ] || python=$(command -v python3) || { echo "skipped: no python3 to take the times"; exit 77; }
exec "$python" "$here/whole_command.py" "$@"
