#!/bin/sh
# Golden pairs: runs $DIVERGE on every case (or on those named) and compares bytes with expected/.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${DIVERGE:?name the program under test}"
program=$(cd "$(dirname "$DIVERGE")" && pwd)/$(basename "$DIVERGE")
. "$here/_case.sh"
work=$(mktemp -d "${TMPDIR:-/tmp}/diverge-golden.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0

wrong() { # one more thing that is wrong with this case
    if [ -z "$bad" ]; then echo "FAILED $name"; fi
    bad=yes
    echo "    $*"
}

same() { # WHAT EXPECTED ACTUAL
    if cmp -s "$2" "$3"; then return; fi
    wrong "$1 differs"
    diff -a "$2" "$3" 2>&1 | head -6 | cut -c1-240 | sed 's/^/        /'
}

holds() { # every line of FILE from line FROM stands somewhere in standard error
    sed -n "$2,\$p" "$1" >"$work/lines"
    while IFS= read -r line; do
        grep -qF -e "$line" "$work/run/stderr" || wrong "standard error lacks: $line"
    done <"$work/lines"
}

check_traceback() {
    status=$(cat "$work/run/status")
    case $status in
    3) if [ -s "$work/run/stdout" ]; then wrong "exit 3 with standard output"; fi
       if [ -s "$work/run/tree" ]; then wrong "exit 3 wrote $(cat "$work/run/tree")"; fi
       lines=$(grep -vc '^diverge: warning: ' "$work/run/stderr")
       if [ "$lines" != 1 ]; then wrong "exit 3 with $lines lines on standard error"; head -4 "$work/run/stderr"; fi
       holds "$case/traceback" 2 ;;
    0 | 1 | 2) if [ "$(sed -n 1p "$case/traceback")" = 3 ]; then wrong "ended with $status instead of 3"; fi ;;
    *) wrong "ended with $status"; head -4 "$work/run/stderr" ;;
    esac
}

check_expected() {
    same status "$case/expected/status" "$work/run/status"
    same "standard output" "$case/expected/stdout" "$work/run/stdout"
    same "list of new files" "$case/expected/tree" "$work/run/tree"
    while IFS= read -r line; do
        grep -qxF -e "$line" "$work/run/stderr" || wrong "standard error lacks: $line"
    done <"$case/expected/stderr"
    if [ -f "$case/expected/report.md" ]; then same report.md "$case/expected/report.md" "$work/run/case/$(report_name "$case" 1 report.md)"; fi
    if [ -f "$case/expected/report.json" ]; then same report.json "$case/expected/report.json" "$work/run/case/$(report_name "$case" 2 report.json)"; fi
    if [ -f "$case/warnings" ]; then holds "$case/warnings" 1; fi
    if [ -n "$bad" ]; then head -3 "$work/run/stderr" | cut -c1-240 | sed 's/^/        stderr: /'; fi
}

if [ $# -eq 0 ]; then
    for case in "$here"/*/; do set -- "$@" "$(basename "$case")"; done
fi
for name in "$@"; do
    case=$here/$name
    bad=
    if ! run_case "$case" "$work/run" "$program"; then wrong "setup failed"
    elif [ -f "$case/traceback" ]; then check_traceback
    else check_expected
    fi
    if [ -z "$bad" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
