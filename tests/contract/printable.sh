#!/bin/sh
# The table of printable characters is what its generator writes. Exit 77: no Python with
# Unicode 14.0 here.
set -u
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
for python in python3.11 python3; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" "$root/tests/support/make-printable.py" --check "$root/src/value/printable.c"
    status=$?
    [ "$status" -eq 77 ] && continue
    [ "$status" -eq 0 ] && echo "the table of printable characters is up to date"
    exit "$status"
done
echo "skipped: no python3 that knows Unicode 14.0"
exit 77
