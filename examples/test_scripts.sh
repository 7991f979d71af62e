#!/bin/sh
# Every example script passes its test, and the commands of the examples' README files give what
# they say.
set -u
: "${DIVERGE:?}"
cd "${DIVERGE_SOURCE:?}" || exit 1
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
failed=0

expect() { # STATUS COMMAND...
    status=0
    wanted=$1
    shift
    "$@" >"$scratch/out" 2>"$scratch/err" || status=$?
    [ "$status" -eq "$wanted" ] && return
    echo "status $status instead of $wanted: $*"
    cat "$scratch/out" "$scratch/err"
    failed=1
}

for test in examples/*/*_test.lua; do
    expect 0 "$DIVERGE" --test-script "${test%_test.lua}.lua"
done

expect 1 "$DIVERGE" --profile examples/image/firmware.lua --report examples/image/firmware.lua \
    examples/image/before examples/image/after
grep -qx 'pass  flash without its stamps' "$scratch/out" || { echo "the gate did not pass"; failed=1; }
expect 2 "$DIVERGE" --profile examples/image/firmware.lua --report examples/image/firmware.lua \
    examples/image/before examples/image/broken

expect 1 "$DIVERGE" --canary examples/phase-b/canary --ours examples/phase-b/ours \
    --xex-json examples/phase-b/xex.json --classifier examples/scripts/heaps.lua \
    --report "examples/scripts/csv.lua=$scratch/report.csv" --report examples/scripts/chat.lua
divergences=$(sed -n '1s/^.*: \([0-9]*\) divergences.*$/\1/p' "$scratch/out")
rows=$(python3 -c 'import csv, sys; print(sum(1 for row in csv.reader(open(sys.argv[1], newline="")) if len(row) == 10))' \
    "$scratch/report.csv") || exit 1
[ "$rows" -eq "$((divergences + 1))" ] || { echo "$rows rows for $divergences divergences"; failed=1; }
expect 1 "$DIVERGE" --profile examples/scripts/house.lua --report examples/scripts/chat.lua \
    --canary examples/phase-b/canary --ours examples/phase-b/ours --xex-json examples/phase-b/xex.json

[ "$failed" -eq 0 ] && echo "examples: scripts and their commands"
exit "$failed"
