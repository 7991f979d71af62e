#!/bin/sh
# Every example of docs/scripting.md does what the manual says; see manual.py.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${DIVERGE:?name the program under test}"
command -v python3 >/dev/null 2>&1 || { echo "skipped: no python3"; exit 77; }
exec python3 "$here/manual.py" "$here/../.." "$DIVERGE" "$@"
