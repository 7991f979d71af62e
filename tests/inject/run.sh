#!/bin/sh
# Hostile text in every place that a snapshot or a script can put it, into every report and every line
# of warnings and errors: nothing of it takes effect. See _inject.py. `sh run.sh all` puts every payload
# into every line, not one of eight.
set -u
: "${DIVERGE:?name the program under test}"
here=$(cd "$(dirname "$0")" && pwd)
command -v python3 >/dev/null 2>&1 || {
    echo "skipped: no python3"
    exit 77
}
work=$(mktemp -d "${TMPDIR:-/tmp}/diverge-inject.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
unset DIVERGE_PATH XDG_CONFIG_HOME
LC_ALL=C.UTF-8 PYTHONUTF8=1 PYTHONDONTWRITEBYTECODE=1
export LC_ALL PYTHONUTF8 PYTHONDONTWRITEBYTECODE
python3 "$here/_inject.py" "$work" "$@"
