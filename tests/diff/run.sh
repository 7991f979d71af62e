#!/bin/sh
# Differential run: random snapshot pairs, diverge against the reference, every byte of output.
#   DIVERGE            the program under test
#   DIVERGE_REFERENCE  the reference program; without it this test counts as skipped (77)
# Arguments go on to differential.py: --count N, --seed N, --jobs N, --keep DIR.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${DIVERGE:?name the program under test}"
if [ -z "${DIVERGE_REFERENCE:-}" ] || [ ! -f "$DIVERGE_REFERENCE" ]; then
    echo "skipped: DIVERGE_REFERENCE names no file"
    exit 77
fi
python=/usr/bin/python3
[ -x "$python" ] || python=$(command -v python3) || { echo "skipped: no python3"; exit 77; }
exec "$python" "$here/differential.py" "$@"
