#!/bin/sh
# Every script here and its test beside it, run by the program itself: NAME.lua and NAME_test.lua.
set -u
here=$(cd "$(dirname "$0")" && pwd)
: "${DIVERGE:?name the program under test}"
failed=0
for test in "$here"/*_test.lua; do
    name=$(basename "$test" _test.lua)
    echo "$name:"
    # Tables as deep as the stack of Lua take more than a script usually may.
    (cd "$here" && "$DIVERGE" --script-memory 128M --test-script "$name.lua") || failed=1
done
exit $failed
