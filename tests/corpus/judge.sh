#!/bin/sh
# Python's json as a judge: its verdict and its value of every text, asked now, against those of
# the reader and against the corpus itself. Needs DIVERGE_BUILD, the build folder. Exit 77: no
# Python that limits the digits of an integer (3.11 on).
set -u
corpus=$(cd "$(dirname "$0")" && pwd) || exit 1
build=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}
reader=$build/tests/read-json
[ -x "$reader" ] || reader=$build/read-json
if ! python3 -c 'import sys; sys.get_int_max_str_digits()' 2>/dev/null; then
    echo "skipped: no python3 of version 3.11 or newer"
    exit 77
fi
exec python3 -B "$corpus/judge.py" "$corpus" "$reader"
