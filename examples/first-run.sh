#!/bin/sh
# Sets up, builds, compares the two example snapshots and says what it all means.
# Ends with 0 if the verdict is the one that the example is known to give.
set -u
exec </dev/null
cd "$(dirname "$0")/.." || exit 1

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
build=build/release
output=$build/first-run
example=examples/phase-b

sh cmake/setup.sh || exit 1
cmake --preset release || { echo "first-run: could not be configured" >&2; exit 1; }
cmake --build "$build" --target diverge-cli --parallel "$jobs" ||
    { echo "first-run: could not be built" >&2; exit 1; }

mkdir -p "$output" || exit 1
rm -f "$output/report.md" "$output/report.json"

set -- "$build/diverge" --canary "$example/canary" --ours "$example/ours" \
    --xex-json "$example/xex.json" --out "$output/report.md"
printf '\n$'
printf ' %s' "$@"
printf '\n\n'
"$@"
status=$?

case $status in
0) meaning="0: the snapshots do not diverge" ;;
1) meaning="1: divergences were found" ;;
2) meaning="2: the run was stopped by a gate, or a snapshot directory is missing" ;;
3) meaning="3: no verdict: something could not be read, or a script failed" ;;
*) meaning="$status: not a status that diverge gives" ;;
esac

echo
if [ -s "$output/report.md" ]; then
    echo "What it found, from the report:"
    echo
    sed -n '1,30p' "$output/report.md" | sed 's/^/    /'
    echo
fi
echo "Exit status $meaning."
if [ -s "$output/report.md" ] && [ -s "$output/report.json" ]; then
    echo "Reports:"
    echo "    $PWD/$output/report.md"
    echo "    $PWD/$output/report.json"
else
    echo "first-run: the reports were not written" >&2
    exit 1
fi

expected=$(cat "$example/EXPECTED") || exit 1
if [ "$status" != "$expected" ]; then
    echo "first-run: exit status $expected was expected, $status came" >&2
    exit 1
fi
echo "This is the verdict that the example is known to give."
