#!/bin/sh
# All benchmarks, as ratios measured side by side in one run: the goals F0 (the reader alone, beside
# cJSON), F1 (time on two large documents), F3 (peak memory), F4 (a small pair from start to exit), F5 (a
# classifier in Lua), F6 (objects in another order) and F7 (arrays that are hard to match).
#   DIVERGE            the program; without it, the release build is made and taken
#   DIVERGE_BUILD      its build folder (default: the program's), for bench_cjson, bench_reader and bench_classify
#   DIVERGE_REFERENCE  the reference, for the ratios against it
# Options: --size BYTES of kernel.json a side (5000000), --rounds N (7), --check (end with 1 if a goal is missed).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
python=/usr/bin/python3
[ -x "$python" ] || python=$(command -v python3) || { echo "skipped: no python3 to take the times"; exit 77; }
if [ -z "${DIVERGE:-}" ]; then
    source=$(cd "$here/../.." && pwd)
    (cd "$source" && cmake --preset release && cmake --build build/release --parallel 2) >&2
    DIVERGE=$source/build/release/diverge
    export DIVERGE
fi
status=0
"$python" "$here/whole_command.py" "$@" || status=$?
"$python" "$here/arrays.py" "$@" || status=$?
exit "$status"
