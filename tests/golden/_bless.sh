#!/bin/sh
# Writes expected/ of every golden case (or of those named) anew, by running the reference that
# DIVERGE_REFERENCE names. Says which cases changed; a traceback that is not marked, or is marked
# and does not happen, is an error.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
: "${DIVERGE_REFERENCE:?names the reference}"
python=/usr/bin/python3
[ -x "$python" ] || python=python3
. "$here/_case.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/diverge-bless.XXXXXX")
trap 'rm -rf "$work"' EXIT
if [ $# -eq 0 ]; then
    for case in "$here"/*/; do set -- "$@" "$(basename "$case")"; done
fi
failed=0
for name in "$@"; do
    case=$here/$name
    run_case "$case" "$work/run" "$python" "$DIVERGE_REFERENCE"
    if grep -q '^Traceback ' "$work/run/stderr"; then
        if [ ! -f "$case/traceback" ]; then
            echo "$name: $(tail -n 1 "$work/run/stderr")"
            failed=1
        fi
        continue
    fi
    if [ -f "$case/traceback" ]; then
        echo "$name: no traceback"
        failed=1
        continue
    fi
    rm -rf "$work/new"
    mkdir "$work/new"
    for part in stdout stderr status tree; do cp "$work/run/$part" "$work/new/"; done
    for report in "1 report.md" "2 report.json"; do
        file=$work/run/case/$(report_name "$case" "${report%% *}" "${report#* }")
        if [ -f "$file" ]; then cat "$file" >"$work/new/${report#* }"; fi
    done
    if ! diff -r "$work/new" "$case/expected" >"$work/diff" 2>&1; then
        echo "$name: blessed"
        rm -rf "$case/expected"
        cp -R "$work/new" "$case/expected"
    fi
done
exit $failed
