#!/bin/sh
# Every name that a script can reach, in each sandbox, against the lists in names/. A new name is a decision: with
# BLESS=1 the lists are written anew, and the difference is for a person to read.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${DIVERGE:?name the program under test}"
DIVERGE=$(cd "$(dirname "$DIVERGE")" && pwd)/$(basename "$DIVERGE")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir left right
echo '{"a": [1, {"b": 2}], "big": 123456789012345678901234567890, "c": 1, "e": 1}' >left/d.json
echo '{"a": [1, {"b": 3}], "big": 123456789012345678901234567890, "c": 2, "e": 2}' >right/d.json
cp "$here/names/walk.lua" .
failed=0
for mode in default strict off; do
    status=0
    : >$mode.txt
    "$DIVERGE" --sandbox $mode --profile ./walk.lua --report ./walk.lua --out $mode.txt left right >said 2>&1 || status=$?
    # Names of older versions, which one build of Lua has and another has not.
    [ $mode != off ] || sed -i -E '/^math\.(atan2|cosh|frexp|ldexp|log10|pow|sinh|tanh): /d' $mode.txt
    if [ $status -ne 1 ]; then
        echo "$mode: status $status"
        cat said
        failed=1
    elif [ -n "${BLESS:-}" ]; then
        cp $mode.txt "$here/names/$mode.txt"
    else
        diff -u "$here/names/$mode.txt" $mode.txt || failed=1
    fi
done
exit $failed
