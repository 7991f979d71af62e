#!/bin/sh
# The same inputs give the same bytes: every built-in report, many times, in every locale there is of
# four, with one thread and with two. `sh run.sh COUNT` runs that often; each run has another process
# with other addresses and seeds.
set -u
: "${DIVERGE:?name the program under test}"
count=${1:-12}
HELPERS=$(cd "$(dirname "$0")/../cli" && pwd)/_helpers.sh
work=$(mktemp -d "${TMPDIR:-/tmp}/diverge-repeat.XXXXXX") || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
unset DIVERGE_PATH XDG_CONFIG_HOME

names="C C.UTF-8"
for wanted in de_DE.UTF-8 tr_TR.UTF-8; do
    if localedef -i "${wanted%%.*}" -f UTF-8 "$work/$wanted" >/dev/null 2>&1; then
        names="$names $wanted"
    else
        echo "no locale $wanted here"
    fi
done
export LOCPATH="$work"

make_inputs() { # FOLDER FUNCTION
    mkdir "$work/$1"
    cd "$work/$1" || exit 1
    . "$HELPERS"
    "$2"
    if [ ! -f over.lua ]; then passing over.lua; fi
}
(make_inputs small report_small)
(make_inputs nasty report_nasty)

failed=0
for input in small nasty; do
    cd "$work/$input" || exit 1
    first=
    run=0
    while [ "$run" -lt "$count" ]; do
        for locale in $names; do
            threads=$((run % 2 + 1))
            LC_ALL=$locale "$DIVERGE" --threads "$threads" --profile ./p.lua --classifier ./over.lua --show-suppressed \
                --report text=t --report markdown=m --report html=h --report json=j --report jsonl=l \
                --report phase-b=b --report phase-b-json=c left right >said 2>&1
            digest=$(cat said t m h j l b c | cksum)
            first=${first:-$digest}
            if [ "$digest" != "$first" ]; then
                echo "FAILED $input: run $run with $threads threads in $locale differs"
                failed=$((failed + 1))
            fi
            rm -f t m h j l b c
        done
        run=$((run + 1))
    done
    echo "$input: $count runs in each of: $names; digest $first"
done
[ "$failed" -eq 0 ]
