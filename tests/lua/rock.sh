#!/bin/sh
# The module of a stock Lua, run by a stock interpreter: every file of rock/, each in an interpreter
# of its own. A file ends with its number of checks on standard output.
set -u
here=$(cd "$(dirname "$0")" && pwd)
build=${DIVERGE_BUILD:?set DIVERGE_BUILD to the build folder}
DIVERGE_SOURCE=${DIVERGE_SOURCE:-$here/../..}
export DIVERGE_SOURCE
if ! [ -f "$build/rock/diverge.so" ]; then
    if grep -q '^DIVERGE_ROCK:BOOL=ON' "$build/CMakeCache.txt" &&
        ! grep -q '^DIVERGE_LUA:BOOL=OFF' "$build/CMakeCache.txt"; then
        echo "$build/rock/diverge.so was not built"
        exit 1
    fi
    echo "skipped: this build has no module for Lua"
    exit 77
fi
lua=
for name in lua5.4 lua54; do
    command -v "$name" >/dev/null 2>&1 && { lua=$name; break; }
done
[ -n "$lua" ] || { echo "skipped: no lua5.4"; exit 77; }

# The interpreter is not instrumented: the sanitizer has to be there before it.
preload=
if grep -q '^DIVERGE_SANITIZE:.*address' "$build/CMakeCache.txt"; then
    preload=$("${CC:-cc}" -print-file-name=libasan.so)
    [ -f "$preload" ] || { echo "skipped: no libasan.so to load first"; exit 77; }
fi

folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
failed=0
for file in "$here"/rock/*_test.lua; do
    mkdir "$folder/work" || exit 1
    echo "$(basename "$file" .lua):"
    (cd "$folder/work" &&
        LD_PRELOAD=$preload LUA_INIT='' LUA_INIT_5_4='' LUA_CPATH="$build/rock/?.so" \
            LUA_PATH="$here/rock/?.lua" "$lua" "$file") >"$folder/out" 2>&1
    status=$?
    cat "$folder/out"
    # A file that is cut short by an exit has not passed.
    if [ "$status" -ne 0 ] || ! grep -q '^[1-9][0-9]* checks$' "$folder/out"; then
        echo "failed, status $status"
        failed=1
    fi
    rm -rf "$folder/work"
done
exit "$failed"
