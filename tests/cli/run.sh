#!/bin/sh
# Command-line cases: one folder a case, run in a scratch folder of its own.
#   cmd            run by sh; $DIVERGE is the program, $HELPERS a file to source; 77 skips the case
#   status         expected exit status of cmd (default 0)
#   stdout stderr  expected bytes; or, where the wording is not the point,
#   stdout.grep stderr.grep    extended regular expressions, one a line, each of which must match a line
#   stdout.lines stderr.lines  how many lines there are
# A stream for which a case says nothing must be empty.
# `BLESS=1 sh run.sh [CASE...]` rewrites status, and those of stdout and stderr that a case has or that are not empty.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${DIVERGE:?name the program under test}"
DIVERGE=$(cd "$(dirname "$DIVERGE")" && pwd)/$(basename "$DIVERGE")
HELPERS=$here/_helpers.sh
LC_ALL=C.UTF-8
export DIVERGE HELPERS LC_ALL
unset DIVERGE_PATH XDG_CONFIG_HOME
work=$(mktemp -d "${TMPDIR:-/tmp}/diverge-cli.XXXXXX") || exit 1
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0 failed=0 skipped=0

wrong() {
    if [ -z "$bad" ]; then echo "FAILED $name"; fi
    bad=yes
    echo "    $*"
}

stream() { # NAME: compare one stream with what the case says of it
    actual=$work/$1
    said=
    if [ -f "$case/$1" ]; then
        said=yes
        if ! cmp -s "$case/$1" "$actual"; then
            wrong "$1 differs"
            diff -a "$case/$1" "$actual" | head -8 | cut -c1-240 | sed 's/^/        /'
        fi
    fi
    if [ -f "$case/$1.grep" ]; then
        said=yes
        while IFS= read -r pattern; do
            grep -qE -e "$pattern" "$actual" || wrong "$1 has no line like: $pattern"
        done <"$case/$1.grep"
    fi
    if [ -f "$case/$1.lines" ]; then
        said=yes
        lines=$(wc -l <"$actual")
        [ "$lines" -eq "$(cat "$case/$1.lines")" ] || wrong "$1 has $lines lines instead of $(cat "$case/$1.lines")"
    fi
    if [ -z "$said" ] && [ -s "$actual" ]; then wrong "$1 is not empty"; fi
}

bless() {
    for part in stdout stderr; do
        if [ -f "$case/$part.grep" ] || [ -f "$case/$part.lines" ]; then continue; fi
        if [ -s "$work/$part" ]; then cp "$work/$part" "$case/$part"; else rm -f "$case/$part"; fi
    done
    if [ "$status" -eq 0 ]; then rm -f "$case/status"; else echo "$status" >"$case/status"; fi
}

if [ $# -eq 0 ]; then
    for case in "$here"/*/; do set -- "$@" "$(basename "$case")"; done
fi
for name in "$@"; do
    case=$here/$name
    bad=
    rm -rf "$work/scratch"
    mkdir "$work/scratch"
    status=0
    (cd "$work/scratch" && exec timeout 60 sh "$case/cmd") >"$work/stdout" 2>"$work/stderr" </dev/null || status=$?
    if [ "$status" -eq 77 ]; then
        skipped=$((skipped + 1))
        continue
    fi
    if [ -n "${BLESS:-}" ]; then
        bless
        continue
    fi
    expected=0
    if [ -f "$case/status" ]; then expected=$(cat "$case/status"); fi
    [ "$status" -eq "$expected" ] || wrong "status $status instead of $expected"
    stream stdout
    stream stderr
    if [ -z "$bad" ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        head -3 "$work/stderr" | cut -c1-240 | sed 's/^/        stderr: /'
    fi
    chmod -R u+rwx "$work/scratch" 2>/dev/null
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
